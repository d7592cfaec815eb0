"""Appointments: those of an alleged perpetrator that were missed or refused, since the person last attended (R-09).

In: a case, an incident, a person. Out: interviews in order, and the moment from which the person is unwilling.
Never here: a miss with good reason or our own cancelling counted; a round that the person has ended by meeting us.
"""

from datetime import datetime

from automations.model import Case, Incident, Interview, Person
from schema import choices as c

Held = c.InterviewResult


def rounds(case: Case, incident: Incident, person: Person | None) -> list[list[Interview]]:
    """The person's appointments on the incident, oldest first; each round but the last ends with one that was held."""
    rows = [
        x for x in case.interviews
        if x.with_ is c.InterviewKind.PERPETRATOR and person and x.person_id == person.id
        and case.incident_of(x.incident_id) == incident and (x.booked_for or x.happened_at)
    ]  # fmt: skip
    found: list[list[Interview]] = [[]]
    for row in sorted(rows, key=when):
        found[-1].append(row)
        if row.result is Held.HELD:
            found.append([])
    return found


def when(x: Interview) -> datetime:
    """The time that an appointment was for; failing that, when it happened."""
    return x.booked_for or x.happened_at or x.created_at


def misses(rows: list[Interview]) -> list[datetime]:
    """Those missed without good reason, oldest first."""
    return [when(x) for x in rows if x.result is Held.MISSED]


def unwilling_since(rows: list[Interview]) -> tuple[datetime, str] | None:
    """A refusal, or the second miss, of one round (HC-098), and in words which of them."""
    refused = [x.happened_at or when(x) for x in rows if x.result is Held.REFUSED]
    if refused:
        return min(refused), "the refusal"
    missed = misses(rows)
    return (missed[1], "the second missed appointment") if len(missed) >= 2 else None
