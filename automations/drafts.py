"""Drafts: the row of a letter that nobody has decided about, and its document, as they should be.

In: a row, and the letter as the facts have it now. Out: what to write on the row and what to attach.
Never here: an edited letter of staff's touched, or a document beside a reason why there must be none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from automations.effects import Attach, Beside, Write
from automations.letters import Draft, Held, Missing
from automations.model import Case, Incident, Letter, Person
from automations.sent import APPROVED_FIRST, unapproved
from schema import choices as c

NOT_MADE = (c.LetterState.NOT_MADE, c.LetterState.HELD)
OURS = re.compile(r"CW-\d{4}-\d+ letter (?P<mark>[0-9a-f]{6})\b")
"""The name of a draft of ours, as it is or as a word processor saved it."""
CHANGED = (
    "The facts changed since the edited letter was made. Look at Document, which has them as they are now; then put "
    "the letter right and attach it anew, named as Document is."
)
FAILED = "The letter could not be made, and is tried again; see Run log."
WORDS, IN_WORD = "What is missing", "Draft in Word"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Cannot:
    """The letter cannot be begun. `why` is one sentence for staff, without a name."""

    why: str


Made = Draft | Held | Missing | Cannot


def new_row(
    case: Case, kind: c.LetterKind, incident: Incident, to: Person | None, key: str, made: Made, now: datetime
) -> Iterator[Write | Attach]:
    """A row of ours for a letter, with its document where it can be made."""
    reader = {"To": (to.id,)} if to else {}
    yield Write("Letters", key, {
        "Key": key, "Case": (case.id,), **reader, "Incident": (incident.id,), "Kind": kind,
        "Letter": _label(case), **({} if isinstance(made, Draft) else _why_not(made)),
    })  # fmt: skip
    if isinstance(made, Draft):
        first = Letter(id="", created_at=now, kind=kind, made_at=now)
        yield _attach(case, first, key, None, made, now)


def row_as_it_should_be(case: Case, row: Letter, made: Made, now: datetime) -> Iterator[Write | Attach]:
    """What is unsafe or has a hole in it has no document. A letter of staff's own stays, whatever it lacks of ours;
    one that they made from a draft is kept, and they are told where the facts have changed since.
    """
    key = row.key or f"{case.reference}/letters-{row.id}"
    cells, basis = _edited(row, now)
    if row.state is None and not row.label:
        cells["Letter"] = _label(case)
    theirs = _is_their_own(row, basis)
    if isinstance(made, Draft) and not theirs:
        stands = (row.made_from, row.documents, row.in_word) == (
            made.fingerprint, (made.file_name,), (made.word_name,)
        )  # fmt: skip
        outdated = bool(basis) and basis != made.fingerprint[: len(basis)]
        if not stands:
            yield _attach(case, row, key, row.id, made, now, CHANGED if outdated else "")
        else:
            cells |= _approval(case, row, cells.get("Made at", row.made_at), CHANGED * outdated)
    elif theirs and not isinstance(made, Held):
        if row.state is not None or row.kind in APPROVED_FIRST or row.edited:
            cells |= _approval(case, row, cells.get("Made at", row.made_at), "")
    else:
        assert not isinstance(made, Draft), "made above, or theirs"
        cells |= _why_not(made)
        if not theirs:
            cells |= {"Document": (), IN_WORD: (), "Made at": None, "Made from": None}
    kept = {"Letter": row.label, "State": row.state, WORDS: row.missing, "Document": row.documents,
            IN_WORD: row.in_word, "Made at": row.made_at, "Made from": row.made_from,
            "Edited from": row.edited_from}  # fmt: skip
    if changed := {name: value for name, value in cells.items() if value != kept[name]}:
        yield Write("Letters", key, changed, record=row.id)


def _label(case: Case) -> str:
    """What a letter is called where nobody has called it anything, so that an approval can point at it."""
    return f"{case.reference}: letter"


def _attach(
    case: Case, row: Letter, key: str, record: str | None, made: Draft, now: datetime, outdated: str = ""
) -> Attach:
    then = {"Made at": now, "Made from": made.fingerprint, "Audience": made.audience,
            **_approval(case, row, now, outdated)}  # fmt: skip
    failed = {"State": c.LetterState.NOT_MADE, WORDS: FAILED, "Document": (), IN_WORD: (), "Made at": None,
              "Made from": None}  # fmt: skip
    word = Beside(IN_WORD, made.word_name, made.render_word, WORD)
    return Attach(key, "Letters", "Document", made.file_name, made.render, then, unless="Decision", record=record,
                  failed=failed, beside=(word,))  # fmt: skip


def _approval(case: Case, row: Letter, made_at: datetime | None, outdated: str) -> dict[str, Any]:
    """Draft, or Approved: with what must be done before it goes. New words want an approval of their own (R-25)."""
    if row.kind not in APPROVED_FIRST:
        return {"State": c.LetterState.DRAFT, WORDS: outdated or None}
    lacks = unapproved(case, replace(row, made_at=made_at))
    approved = not lacks
    said = outdated or (f"Not to be sent yet: {lacks}." if lacks else None)
    return {"State": c.LetterState.APPROVED if approved else c.LetterState.DRAFT, WORDS: said}


def _edited(row: Letter, now: datetime) -> tuple[dict[str, Any], str]:
    """What to keep of the edited file: its mark, when it was last changed, and the first signs of the draft it was
    made from, by its name or by the draft that stood then.
    """
    if not row.edited:
        return ({"Edited from": None} if row.edited_from else {}), ""
    kept, _, basis = (row.edited_from or "").partition(" ")
    mark = sha256("\n".join(row.edited).encode()).hexdigest()[:12]
    if mark == kept:
        return {}, basis
    named = [found["mark"] for name in row.edited if (found := OURS.search(name))]
    basis = named[-1] if named else (row.made_from or "")[:6]
    return {"Edited from": f"{mark} {basis}".strip(), "Made at": min(now, row.recorded_at)}, basis


def _is_their_own(row: Letter, basis: str) -> bool:
    """Whether staff wrote the letter themselves: it was made from no draft of ours."""
    if row.edited:
        return not basis and not row.made_from
    return not row.key and not row.made_from and any(not OURS.search(name) for name in row.documents)


def _why_not(made: Held | Missing | Cannot) -> dict[str, Any]:
    match made:
        case Held():
            return {"State": c.LetterState.HELD, WORDS: made.why}
        case Missing():
            return {"State": c.LetterState.NOT_MADE, WORDS: f"Missing: {', '.join(made.facts)}."}
    return {"State": c.LetterState.NOT_MADE, WORDS: made.why}
