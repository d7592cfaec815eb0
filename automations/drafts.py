"""Drafts: the row of a letter that nobody has decided about, and its document, as they should be.

In: a row, and the letter as the facts have it now. Out: what to write on the row and what to attach.
Never here: an edited letter of staff's touched, or a document beside a reason why there must be none.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from automations.effects import Attach, Beside, Write
from automations.errors import Stop
from automations.letters import Draft, Held, Missing, Untranslated
from automations.letters.catalogue import CATALOGUE
from automations.letters.facts import AT_HOME, AUDIENCES
from automations.letters.template import template
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
WRITTEN_FOR_ANOTHER = (
    "This letter of your own was attached for somebody else: put To back, or attach what is for this reader under "
    "another name."
)
FAILED = "The letter could not be made, and is tried again; see Run log."
ONLY_BY_EMAIL = (
    "Not by post: the reader asked for letters by e-mail, and has not said that a letter to the home is safe. Set "
    "Decision to Send by e-mail."
)
DRAFTED = (c.LetterState.DRAFT, c.LetterState.APPROVED)
HALF = 6
"""Signs of each half of an edited file's mark."""
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
        "Letter": _label(case), **({} if isinstance(made, Draft) else why_not_made(made)),
    })  # fmt: skip
    if isinstance(made, Draft):
        first = Letter(id="", created_at=now, kind=kind, made_at=now, to_id=to.id if to else None)
        yield _attach(case, first, key, None, made, now)


def row_as_it_should_be(case: Case, row: Letter, made: Made, now: datetime) -> Iterator[Write | Attach]:
    """What is unsafe or has a hole in it has no document. A letter of staff's own stays, whatever it lacks of ours;
    one that they made from a draft is kept, and they are told where the facts have changed since.
    """
    key = row.key or f"{case.reference}/letters-{row.id}"
    yield from _pointed_at_another(case, row, now)
    cells, basis = edited(row, now)
    if row.state is None and not row.label:
        cells["Letter"] = _label(case)
    theirs = is_their_own(row, basis)
    if isinstance(made, Draft) and not theirs:
        stands = (row.made_from, row.documents, row.in_word) == (
            made.fingerprint, (made.file_name,), (made.word_name,)
        )  # fmt: skip
        outdated = bool(basis) and basis != made.fingerprint[: len(basis)]
        if not stands:
            yield _attach(case, row, key, row.id, made, now, CHANGED if outdated else "")
        else:
            cells |= _approval(case, row, cells.get("Made at", row.made_at), CHANGED * outdated)
            cells["Made for"] = row.to_id
    elif theirs and (not isinstance(made, Held) or isinstance(made, Untranslated)):
        if row.state is not None or row.kind in APPROVED_FIRST or row.edited:
            cells |= {"Made for": row.to_id} if row.made_for is None else {}
            said = WRITTEN_FOR_ANOTHER if is_for_another(row, cells) else ""
            cells |= _approval(case, row, cells.get("Made at", row.made_at), said)
    else:
        assert not isinstance(made, Draft), "made above, or theirs"
        cells |= why_not_made(made)
        if not theirs:
            cells |= {"Document": (), IN_WORD: (), "Made at": None, "Made from": None, "Made for": None}
    kept = {"Letter": row.label, "State": row.state, WORDS: row.missing, "Document": row.documents,
            IN_WORD: row.in_word, "Made at": row.made_at, "Made from": row.made_from, "Made for": row.made_for,
            "Edited from": row.edited_from}  # fmt: skip
    if changed := {name: value for name, value in cells.items() if value != kept[name]}:
        yield Write("Letters", key, changed, record=row.id)


def _pointed_at_another(case: Case, row: Letter, now: datetime) -> Iterator[Write]:
    """A development where a row whose letter was made for one person now names another, or nobody: the earlier draft
    may have been read or printed (HC-121). People are named by their record.
    """
    if row.made_for is None or row.made_at is None or row.made_for == row.to_id:
        return
    there = f"People {row.to_id}" if row.to_id else "nobody"
    tail = f"letter-pointed/letters-{row.id}/{row.made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}/{row.to_id or 'nobody'}"
    key = f"{case.reference}/development/{tail}"
    if key not in case.development_keys:
        yield Write("Developments", key, {
            "Key": key, "Case": (case.id,), "Happened at": min(now, row.recorded_at),
            "Development": f"A letter's row was pointed at somebody else: {row.kind}",
            "Detail": f"Letters {row.id}: the draft was made for People {row.made_for}; it is now to {there}.",
        })  # fmt: skip


def _label(case: Case) -> str:
    """What a letter is called where nobody has called it anything, so that an approval can point at it."""
    return f"{case.reference}: letter"


def _attach(
    case: Case, row: Letter, key: str, record: str | None, made: Draft, now: datetime, outdated: str = ""
) -> Attach:
    then = {"Made at": now, "Made from": made.fingerprint, "Made for": row.to_id, "Audience": made.audience,
            **_approval(case, row, now, outdated)}  # fmt: skip
    failed = {"State": c.LetterState.NOT_MADE, WORDS: FAILED, "Document": (), IN_WORD: (), "Made at": None,
              "Made from": None, "Made for": None}  # fmt: skip
    word = Beside(IN_WORD, made.word_name, made.render_word, WORD)
    return Attach(key, "Letters", "Document", made.file_name, made.render, then, unless="Decision", record=record,
                  failed=failed, beside=(word,))  # fmt: skip


def _approval(case: Case, row: Letter, made_at: datetime | None, outdated: str) -> dict[str, Any]:
    """Draft, or Approved: with what must be done before it goes. New words want an approval of their own (R-25)."""
    outdated = outdated or (ONLY_BY_EMAIL if is_only_by_email(case, row) else "")
    if row.kind not in APPROVED_FIRST:
        return {"State": c.LetterState.DRAFT, WORDS: outdated or None}
    lacks = unapproved(case, replace(row, made_at=made_at))
    approved = not lacks
    said = outdated or (f"Not to be sent yet: {lacks}." if lacks else None)
    return {"State": c.LetterState.APPROVED if approved else c.LetterState.DRAFT, WORDS: said}


def at_home(kind: c.LetterKind | None) -> bool:
    """Whether a letter of that kind is to somebody on the case, and no organisation's or our own file's."""
    if kind is None or kind not in CATALOGUE:
        return False
    try:
        return AUDIENCES[template(CATALOGUE[kind].template, "en").audience] in AT_HOME
    except Stop:  # a template that is broken keeps its letter from being made, and is told there
        return False


def is_only_by_email(case: Case, row: Letter) -> bool:
    """Whether a letter was written only because its reader has letters by e-mail: it may not be posted."""
    reader = case.person(row.to_id)
    if reader is None or not reader.has_letters_by_email or row.addressed_to or not at_home(row.kind):
        return False
    return c.Channel.LETTER not in reader.safe_ways


def edited(row: Letter, now: datetime) -> tuple[dict[str, Any], str]:
    """What to keep of the edited file: its mark, when it was last changed, and the first signs of the draft it was
    made from, by its name or by the draft that stood then. A copy of the bases numbers every file anew: whom it was
    written for, and from which draft, is not changed by that (HC-121).
    """
    if not row.edited:
        return ({"Edited from": None} if row.edited_from else {}), ""
    kept, _, basis = (row.edited_from or "").partition(" ")
    mark = mark_of(row)
    if mark == kept:
        return {}, basis
    made_for = row.made_for
    if mark[:HALF] != kept[:HALF]:
        basis, made_for = (row.made_from or "")[:6], row.to_id
    named = [found["mark"] for name in row.edited if (found := OURS.search(name))]
    basis = named[-1] if named else basis
    made_at = min(now, row.recorded_at)
    return {"Edited from": f"{mark} {basis}".strip(), "Made at": made_at, "Made for": made_for}, basis


def is_for_another(row: Letter, cells: Mapping[str, Any]) -> bool:
    """Whether a letter of staff's own was attached while To named somebody else (HC-121). `cells`: see `edited`."""
    return cells.get("Made for", row.made_for) not in (None, row.to_id)


def mark_of(row: Letter) -> str:
    """The mark of the files in Edited document: its first half is of their names and sizes, which a copy of the bases
    leaves as they are, its second half of their numbers too, so that another file of that name and size is noticed.
    """
    halves = ([each.rpartition("/")[0] for each in row.edited], row.edited)
    return "".join(sha256("\n".join(half).encode()).hexdigest()[:HALF] for half in halves)


def is_their_own(row: Letter, basis: str) -> bool:
    """Whether staff wrote the letter themselves: it was made from no draft of ours."""
    if row.edited:
        return not basis and not row.made_from
    return not row.key and not row.made_from and any(not OURS.search(name) for name in row.documents)


def why_not_made(made: Held | Missing | Cannot) -> dict[str, Any]:
    match made:
        case Held():
            return {"State": c.LetterState.HELD, WORDS: made.why}
        case Missing():
            return {"State": c.LetterState.NOT_MADE, WORDS: f"Missing: {', '.join(made.facts)}."}
    return {"State": c.LetterState.NOT_MADE, WORDS: made.why}
