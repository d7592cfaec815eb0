"""Correspondence: the letters a case owes now, made as drafts, held, or wanting facts.

In: a case, the rules, the landlord's letterhead, the moment. Out: letter rows and their documents.
Never here: what a letter says (letter_templates/), or a letter counted as sent (staff say so).
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from automations.calendar import LONDON
from automations.consent import victims_of
from automations.effects import Attach, Write
from automations.letters import Draft, Held, Missing, draft
from automations.letters.facts import Landlord
from automations.letters.writing import Writing
from automations.model import Case, Incident, Letter, Person
from automations.rules import Rules, closed_at, set_aside
from automations.subjects import has_short_key
from schema import choices as c

STATES = {
    c.LetterDecision.POSTED: c.LetterState.SENT,
    c.LetterDecision.CANCELLED: c.LetterState.CANCELLED,
    c.LetterDecision.RETURNED: c.LetterState.RETURNED,
}
"""The runner's State follows staff's Decision."""
ANOTHERS = "To names somebody else than the victim whose letter this is: put the victim back, or cancel the letter."
NOT_MADE = (c.LetterState.NOT_MADE, c.LetterState.HELD)


def letters(case: Case, rules: Rules, landlord: Landlord, now: datetime) -> Iterator[Write | Attach]:
    """The contact and acknowledgement letter to each victim (HC-024, HC-025). Records brought over get none."""
    if not _owes(case):
        return
    incident = case.incidents[0]
    for victim in victims_of(case, incident):
        key = f"{case.reference}/letter/acknowledgement" + (
            "" if victim.id == has_short_key(case) else f"/person-{victim.id}"
        )
        yield from _letter(case, incident, victim, key, rules, landlord, now)


def unmade(case: Case) -> list[str]:
    """A sentence for each letter that cannot be made and that nobody has decided about.

    A letter that is not safe to write needs nobody once the details were given in another way (HC-024).
    """
    return [
        f"Letters {x.id}: not made. {x.missing}"
        for x in (case.letters if _owes(case) else ())
        if x.state in NOT_MADE and not x.decision and x.missing
        and not (x.state is c.LetterState.HELD and case.details_given_at)
    ]  # fmt: skip


def _owes(case: Case) -> bool:
    return bool(case.incidents) and not case.imported and not closed_at(case) and not set_aside(case)


def _letter(
    case: Case, incident: Incident, to: Person, key: str, rules: Rules, landlord: Landlord, now: datetime
) -> Iterator[Write | Attach]:
    """The letter as the facts stand, until staff decide about it: then it stays as it is.

    A letter made, sent or cancelled keeps its row. After a cancelled one other facts make a row of their own.
    """
    rows = {_number(x, key): x for x in reversed(case.letters) if _number(x, key)}
    for row in rows.values():
        if row.decision and row.state is not STATES[row.decision]:
            yield Write("Letters", str(row.key), {"State": STATES[row.decision]}, record=row.id)
    number = max(rows, default=1)
    last = rows.get(number)
    if last and last.decision and last.decision is not c.LetterDecision.CANCELLED:
        return
    promised = rules.calendar(case).after(incident.counts_from, 10).at.astimezone(LONDON).date()
    of = Writing(case=case, incident=incident, to=to, officer=case.officer_is, landlord=landlord, now=now, row=last,
                 promised_on=promised, dated=now.astimezone(LONDON).date())  # fmt: skip
    drafted = last is not None and last.state is c.LetterState.DRAFT
    made = draft(of, c.LetterKind.ACKNOWLEDGEMENT, last.made_from if last and drafted else None)
    if last and not last.decision and last.to_id not in (None, to.id):
        made = Held(ANOTHERS)
    if last and last.decision:
        if isinstance(made, Draft) and made.fingerprint != last.made_from:
            yield from _made(case, incident, to, f"{key}/{number + 1}", None, made, now)
    else:
        yield from _made(case, incident, to, str(last.key) if last else key, last, made, now)


def _made(
    case: Case,
    incident: Incident,
    to: Person,
    key: str,
    row: Letter | None,
    made: Draft | Held | Missing,
    now: datetime,
) -> Iterator[Write | Attach]:
    """The row and its document as they should be. What is unsafe or has a hole in it has no document."""
    if row is None:
        yield Write("Letters", key, {
            "Key": key, "Case": (case.id,), "To": (to.id,), "Incident": (incident.id,),
            "Kind": c.LetterKind.ACKNOWLEDGEMENT, "Letter": f"{case.reference}: letter",
            **({} if isinstance(made, Draft) else _why_not(made)),
        })  # fmt: skip
    elif not isinstance(made, Draft):
        cells = _why_not(made) | {"Document": (), "Made at": None, "Made from": None}
        if (row.state, row.missing, row.documents) != (cells["State"], cells["What is missing"], ()):
            yield Write("Letters", key, cells, record=row.id)
    if isinstance(made, Draft) and not (row and _stands(row, made)):
        yield Attach(key, "Letters", "Document", made.file_name, made.render, {
            "State": c.LetterState.DRAFT, "Made at": now, "Made from": made.fingerprint, "Audience": made.audience,
            "What is missing": None,
        }, unless="Decision")  # fmt: skip


def _why_not(made: Held | Missing) -> dict[str, Any]:
    if isinstance(made, Held):
        return {"State": c.LetterState.HELD, "What is missing": made.why}
    return {"State": c.LetterState.NOT_MADE, "What is missing": f"Missing: {', '.join(made.facts)}."}


def _stands(row: Letter, made: Draft) -> bool:
    """Whether the row already holds this letter, and no other beside it."""
    return (row.state, row.made_from, row.documents, row.missing) == (
        c.LetterState.DRAFT, made.fingerprint, (made.file_name,), None,
    )  # fmt: skip


def _number(row: Letter, key: str) -> int:
    """Which of the rows of this letter it is: the first has the key itself. 0: a row of another letter."""
    tail = (row.key or "").removeprefix(f"{key}/")
    if row.key == key:
        return 1
    return int(tail) if tail != row.key and tail.isascii() and tail.isdecimal() else 0
