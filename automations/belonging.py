"""Belonging: which incident a record is about, and records dated before anybody had told us of it.

In: a case as recorded. Out: the case with links and times that can be used, and a sentence for each that cannot.
Never here: a record of one incident counted for another because a link is blank (R-10); help left undone for it.
"""

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
    "incidents": ("assessed_at",), "interviews": ("happened_at", "ended_at", "note_saved_at", "statement_signed_at"),
    "contacts": ("at", "chased_at"), "reviews": ("held_at",), "letters": ("sent_at",),
    "referrals": ("by_hand_at", "agreed_at"),
    "plans": ("agreed_at", "signed_at", "reconfirmed_at"),
    "rehousing": ("called_at", "letter_given_at", "form_given_at"), "legal": ("asked_at", "decided_at", "taken_at"),
    "feedback": ("asked_at", "got_at"), "closures": ("sought_at",),
}  # fmt: skip
"""Times that cannot lie before the first report. Repairs, photographs and graffiti may have been known earlier."""
OF_THE_CASE = ("form_completed_at", "details_given_at", "case_review_told_at")
"""Cells of the case itself that cannot either."""
AFTER: dict[str, dict[str, tuple[str, ...]]] = {
    "interviews": {"ended_at": ("happened_at",), "note_saved_at": ("happened_at",)},
    "repairs": {"done_at": ("known_at", "reported_at")}, "closures": {"checked_again_at": ("closed_at",)},
}  # fmt: skip
"""Times that cannot lie before another one of the same record (the earliest of those named that is filled in)."""
CALLED = {"plans": "Action plan"}


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
    """The case without times before the first report of the incident that a record is about, or before what they
    follow, a sentence for each (R-07).
    """
    said: list[str] = []
    if not case.incidents:
        return case, said
    changed: dict[str, Any] = {}
    reported = {i.id: i.counts_from for i in case.incidents}
    first = min(reported.values())
    for name, cells in NOT_BEFORE.items():
        rows = getattr(case, name)
        table = ABOUT_ONE.get(name) or CALLED.get(name, name.capitalize())
        about = {x.id: reported.get(x.incident_id or "", first) for x in rows} if name in ABOUT_ONE else {}
        if name == "incidents":
            about = reported
        kept = tuple([_not_before(x, cells, table, about.get(x.id, first), said) for x in rows])
        if any(one is not other for one, other in zip(kept, rows, strict=True)):
            changed[name] = kept
    for name, follows in AFTER.items():
        rows = changed.get(name, getattr(case, name))
        kept = tuple([_in_order(x, follows, name.capitalize(), said) for x in rows])
        if any(one is not other for one, other in zip(kept, rows, strict=True)):
            changed[name] = kept
    case = _not_before(case, OF_THE_CASE, "Cases", first, said)
    for x in case.checks:  # not made on this report, so no step is done; what it found stands all the same
        _not_before(x, ("checked_at",), "Tenancy checks", first, said)
    return (replace(case, **changed) if changed else case), said


def _not_before(row: Any, cells: tuple[str, ...], table: str, first: datetime, said: list[str]) -> Any:
    gone = {cell: at for cell in cells if (at := getattr(row, cell)) and at < first}
    for cell, at in gone.items():
        said.append(
            f"{table} {row.id}: {_column(row, cell)} ({say(at)}) is before the first report ({say(first)}), so it does "
            "not count."
        )
    return replace(row, **dict.fromkeys(gone)) if gone else row


def _in_order(row: Any, follows: dict[str, tuple[str, ...]], table: str, said: list[str]) -> Any:
    gone: list[str] = []
    for cell, others in follows.items():
        earlier = min(((at, each) for each in others if (at := getattr(row, each))), default=None)
        at = getattr(row, cell)
        if at and earlier and at < earlier[0]:
            said.append(f"{table} {row.id}: {_column(row, cell)} ({say(at)}) is before {_column(row, earlier[1])} "
                        f"({say(earlier[0])}), so it does not count.")  # fmt: skip
            gone.append(cell)
    return replace(row, **dict.fromkeys(gone)) if gone else row


def _column(row: Any, cell: str) -> str:
    return str(type(row).__dataclass_fields__[cell].metadata["column"])


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
