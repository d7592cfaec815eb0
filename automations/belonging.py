"""Belonging: which incident a record is about, and records dated before anybody had told us of it.

In: a case as recorded. Out: the case with links and times that can be used, and a sentence for each that cannot.
Never here: a record of one incident counted for another because a link is blank (R-10); help left undone for it.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from automations.deadlines import say
from automations.model import Case
from schema import choices as c

ABOUT_ONE = {
    "interviews": "Interviews", "reviews": "Reviews", "approvals": "Approvals", "letters": "Letters",
    "referrals": "Referrals", "rehousing": "Rehousing", "legal": "Legal",
}  # fmt: skip
"""Records that are about one incident. A repair without one is still owed, and an answer without one holds for all."""
WHICHEVER = frozenset(
    {c.ReviewKind.FORTNIGHTLY, c.LetterKind.ACKNOWLEDGEMENT, c.LetterKind.SURVEY, c.Purpose.SUPPORT,
     c.RehousingKind.MANAGEMENT_TRANSFER, c.RehousingKind.TRANSFER, c.RehousingKind.ESTATE, c.LegalKind.ADVICE,
     c.LegalKind.DECISION}
)  # fmt: skip
"""Kinds of them that count whichever incident they name, or none."""
OF_AN_INCIDENT = frozenset(
    {
        c.Matter.POLICE_POSITION,
        c.Matter.DIRECTOR_NOTICE,
        c.Matter.LONGER_EXTENSION,
        c.Matter.WARRANTED,
        c.Matter.LANDLORD_ACTION,
    }
)
"""Matters that a manager decides for an incident rather than for a person or a repair."""
NOT_BEFORE = {
    "interviews": ("Interviews", "happened_at", "ended_at"), "contacts": ("Contacts", "at"),
    "reviews": ("Reviews", "held_at"), "letters": ("Letters", "sent_at"), "referrals": ("Referrals", "by_hand_at"),
    "closures": ("Closures", "sought_at"), "plans": ("Action plan", "agreed_at"),
}  # fmt: skip
"""Times that cannot lie before the first report. Repairs, photographs and graffiti may have been known earlier."""


def linked(case: Case) -> Case:
    """The case with what a blank Incident link means made plain.

    It means the first incident for whatever was entered before the case had another one, and nothing
    afterwards: the platform blanks the link when an incident is deleted, and its records are not the first's.
    """
    since = _others_since(case)
    if since is None:
        return case
    first = next((i.id for i in case.incidents if i.number == 1), None)
    changed: dict[str, Any] = {}
    for name in ABOUT_ONE:
        rows = getattr(case, name)
        if any(x.incident_id is None for x in rows):
            changed[name] = tuple(
                replace(x, incident_id=first) if x.incident_id is None and x.created_at < since else x for x in rows
            )
    return replace(case, has_had_others=True, **changed)


def unlinked(case: Case) -> list[str]:
    """A sentence for each record of a `linked` case that must say which incident it is about (HC-099)."""
    return [
        f"{table} {x.id}: say which incident it is about; the case has had more than one, so until then it counts "
        f"for none."
        for name, table in ABOUT_ONE.items()
        for x in getattr(case, name)
        if case.has_had_others and x.incident_id is None and _must_say(x)
    ]


def refuse_the_early(case: Case) -> tuple[Case, list[str]]:
    """The case without times before the first report of the incident that a record is about, a sentence for each."""
    said: list[str] = []
    if not case.incidents:
        return case, said
    changed: dict[str, Any] = {}
    reported = {i.id: i.counts_from for i in case.incidents}
    first = min(reported.values())
    for name, (table, *cells) in NOT_BEFORE.items():
        rows = getattr(case, name)
        kept = tuple(_not_before(x, cells, table, reported if name in ABOUT_ONE else {}, first, said)
                     for x in rows)  # fmt: skip
        if kept != rows:
            changed[name] = kept
    return (replace(case, **changed) if changed else case), said


def _not_before(
    row: Any, cells: list[str], table: str, reported: Mapping[str, datetime], first: datetime, said: list[str]
) -> Any:
    first = reported.get(getattr(row, "incident_id", None) or "", first)
    gone = {cell: at for cell in cells if (at := getattr(row, cell)) and at < first}
    for cell, at in gone.items():
        column = type(row).__dataclass_fields__[cell].metadata["column"]
        said.append(
            f"{table} {row.id}: {column} ({say(at)}) is before the first report ({say(first)}), so it does not count."
        )
    return replace(row, **dict.fromkeys(gone)) if gone else row


def _must_say(row: Any) -> bool:
    if hasattr(row, "matter"):
        return row.matter in OF_AN_INCIDENT
    if "/incident-" in (getattr(row, "key", None) or ""):
        return False  # ours, and the key says it
    return not {getattr(row, "kind", None), getattr(row, "purpose", None)} & WHICHEVER


def _others_since(case: Case) -> datetime | None:
    """When the case first had an incident beside its first, by what stands or by the actions of one that is gone."""
    entered = [i.created_at for i in case.incidents if i.number > 1]
    entered += [a.created_at for a in case.actions if of_incident(a.key or "") > 1]
    return min(entered, default=None)


def of_incident(key: str) -> int:
    """The number of the incident in an action's key; 0 where there is none."""
    number = key.partition("/incident-")[2].partition("/")[0]
    return int(number) if number.isdecimal() else 0
