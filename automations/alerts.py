"""Alerts: who must know at once that a case needs them, and who comes next if nobody answers (design 10).

In: a case, the office, the moment. Out: alert rows and the messages to send now, at any hour.
Never here: a victim's name, an address or what happened; sending (perform.py).
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from automations.alert_words import You, escalation, new_report
from automations.effects import Ring, Write
from automations.model import Alert, Case, Office, Staff
from automations.rules import set_aside
from schema import choices as c

GOES_UP_AFTER = timedelta(hours=1)
"""An alert nobody has acknowledged goes to the managers after this long (A-31)."""


def alerts(case: Case, office: Office, now: datetime, address: str) -> Iterator[Write | Ring]:
    """The new-report alert of each incident (HC-006). `address` is of the case's own page. Records brought over ring
    nobody.

    Where triage set the case aside no more are raised; one that stands is still answered or goes up.
    """
    for incident in () if case.imported else case.incidents:
        key = f"{case.reference}/alert/new-report/incident-{incident.number}"
        row = next((a for a in case.alerts if a.key == key), None)
        if row is None and set_aside(case):
            continue
        if row is None:
            yield Write("Alerts", key, {
                "Key": key, "Case": (case.id,), "State": c.AlertState.RAISED,
                "Alert": f"{case.reference}: a new report needs you", "Raised at": now,
                "Goes up at": now + GOES_UP_AFTER,
            })  # fmt: skip
        yield from _next(case, key, row, office, now, address)


def _next(
    case: Case, key: str, row: Alert | None, office: Office, now: datetime, address: str
) -> Iterator[Write | Ring]:
    raised = row.raised_at if row and row.raised_at else now
    if row and row.acknowledged:
        if row.state is not c.AlertState.ACKNOWLEDGED:
            yield Write("Alerts", key, {"State": c.AlertState.ACKNOWLEDGED}, record=row.id)
        return
    waited = row is not None and now >= goes_up_at(row)
    if row is None or row.state in (None, c.AlertState.RAISED):
        people = first_told(case, office, now)
        subject, text = new_report(case.reference, address, raised, You.NEXT)
        words = {p.email: new_report(case.reference, address, raised, _you(case, office, now, p))[1]
                 for p in people if p.email}  # fmt: skip
        yield Ring(f"{key}/first", _to(people), subject, text,
                   {"State": c.AlertState.SENT, "Sent at": now, "Sent to": _names(people)}, words)  # fmt: skip
    if waited and row and row.state is not c.AlertState.ESCALATED:
        people = told_next(case, office)
        subject, text = escalation(case.reference, address, raised)
        yield Ring(f"{key}/up", _to(people), subject, text,
                   {"State": c.AlertState.ESCALATED, "Escalated at": now, "Sent to": _names(people)})  # fmt: skip


def goes_up_at(row: Alert) -> datetime:
    """When an alert goes up: never later than an hour after it was raised, whatever stands in the cell by now."""
    latest = (row.raised_at or row.created_at) + GOES_UP_AFTER
    return min(row.goes_up_at or latest, latest)


def first_told(case: Case, office: Office, now: datetime) -> list[Staff]:
    """The officer and the duty person; the supervisor where the officer is away or there is none (HC-006).

    Where none of them is at work, those who come next as well.
    """
    people = [case.officer_is, office.on_duty(now)]
    if case.officer_is is None or case.officer_is.away:
        people.append(case.supervisor_is)
    found = _distinct(people)
    return found if any(not s.away for s in found) else _distinct([*found, *told_next(case, office)])


def _you(case: Case, office: Office, now: datetime, who: Staff) -> You:
    """Why it is this one who is told."""
    if who == case.officer_is:
        return You.BOTH if who == office.on_duty(now) else You.OFFICER
    if who == office.on_duty(now):
        return You.DUTY
    return You.SUPERVISOR if who == case.supervisor_is else You.NEXT


def told_next(case: Case, office: Office) -> list[Staff]:
    """Every line manager who is at work, the case's supervisor first; else administrators; else who is away."""
    staff = sorted((s for s in office.staff if not s.has_left), key=lambda s: s != case.supervisor_is)
    managers = [s for s in staff if s.role in c.LINE_MANAGERS]
    administrators = [s for s in staff if s.role is c.StaffRole.ADMINISTRATOR]
    at_work = (_distinct(s for s in some if not s.away) for some in (managers, administrators))
    return next(filter(None, at_work), None) or _distinct(managers) or _distinct(administrators)


def _distinct(people: Iterable[Staff | None]) -> list[Staff]:
    found: dict[str, Staff] = {}
    for person in people:
        if person is not None and person.email:
            found.setdefault(person.email.lower(), person)
    return list(found.values())


def _to(people: list[Staff]) -> tuple[str, ...]:
    return tuple(p.email for p in people if p.email)


def _names(people: list[Staff]) -> str:
    return ", ".join(p.name or "A member of staff" for p in people) or "Nobody: no staff have an address"
