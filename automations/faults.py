"""Faults: what staff entered that cannot be so. Each is one sentence, and the cell is treated as blank.

In: a case as recorded, the moment. Out: the case with impossible times left out, and the sentences.
Never here: an edit of what staff wrote (it stays in the base until they put it right).
"""

from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from automations.deadlines import say
from automations.model import Case, Row
from automations.rules import is_line_manager
from schema import choices as c

MAY_LIE_AHEAD = frozenset(
    {"Booked for", "Moved to", "Revised target", "Due at", "First due", "Try again at", "Goes up at"}
)
"""Every other instant is of something that happened, so a future one is refused (R-07)."""

TABLES = {
    "incidents": "Incidents", "people": "People", "consents": "Consents", "plans": "Action plan",
    "interviews": "Interviews", "contacts": "Contacts", "reviews": "Reviews", "approvals": "Approvals",
    "closures": "Closures", "checks": "Tenancy checks", "repairs": "Repairs", "rehousing": "Rehousing",
    "legal": "Legal", "letters": "Letters", "referrals": "Referrals",
}  # fmt: skip


def refuse_the_future(case: Case, now: datetime) -> tuple[Case, list[str]]:
    """The case with times after `now` left out, and a sentence for each."""
    said: list[str] = []
    changed: dict[str, Any] = {}
    for name, table in TABLES.items():
        rows = getattr(case, name)
        kept = tuple(_past(row, f"{table} {row.id}", now, said) for row in rows)
        if kept != rows:
            changed[name] = kept
    whole = _past(case, f"Case {case.reference}", now, said)
    return (replace(whole, **changed) if changed else whole), said


def _past(row: Any, words: str, now: datetime, said: list[str]) -> Any:
    gone: dict[str, Any] = {}
    for f in fields(row):
        column = f.metadata.get("column")
        value = getattr(row, f.name)
        if column and column not in MAY_LIE_AHEAD and isinstance(value, datetime) and value > now:
            said.append(f"{words}: {column} is in the future ({say(value)}), so it does not count.")
            gone[f.name] = None
    return replace(row, **gone) if gone else row


def faults(case: Case) -> list[str]:
    """What else on the case cannot be used as it stands, a sentence each."""
    said: list[str] = []
    for i in case.incidents:
        if i.stated_at is None:
            said.append(f"Incidents {i.id}: First reported at is missing; counted from {say(i.counts_from)}.")
        elif i.first_recorded_as and i.stated_at != i.first_recorded_as and not i.reason_for_change:
            said.append(
                f"Incidents {i.id}: First reported at was changed without a reason, so "
                f"{say(i.first_recorded_as)} still counts."
            )
    if not case.incidents:
        said.append("No incident is on the case: enter one.")
    if not case.victims:
        said.append("No victim is entered on the case.")
    for r in case.reviews:
        if r.findings and r.kind is not c.ReviewKind.DELAY and not is_line_manager(r):
            said.append(_author("Reviews", r))
    said += [_author("Approvals", a) for a in case.approvals if a.decision and not is_line_manager(a)]
    keys = [a.key for a in case.actions if a.key]
    said += [
        f"Actions: {key} is there twice; the first one counts."
        for key in sorted({k for k in keys if keys.count(k) > 1})
    ]
    return said


def _author(table: str, row: Row) -> str:
    who = getattr(row, "author", None)
    why = "its author is not a line manager" if who else "the platform's audit names no member of staff as its author"
    return f"{table} {row.id}: {why}, so it does not count."
