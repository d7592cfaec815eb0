"""The rules a pass works with: what the office says, and the lengths and calendars that hold for a case.

In: the office base, read at the start of a pass. Out: calendars, lengths and who may decide.
Never here: a role or a length read from a cell of the case itself (R-26).
"""

from dataclasses import dataclass
from datetime import datetime

from automations.calendar import LONDON, Calendar, calendar_for
from automations.model import Approval, Case, Closure, Decided, Incident, Office, Person
from automations.procedure import Step
from schema import choices as c


@dataclass(frozen=True, slots=True)
class Rules:
    """What decide() needs beside the case and the moment."""

    office: Office

    def calendar(self, case: Case) -> Calendar:
        """The bank holidays of the case's division."""
        return calendar_for(case.division)

    def length(self, case: Case, step: Step, incident: Incident) -> tuple[int, str]:
        """The length of a step on this case and, where the area sets its own, who decided so (14.0)."""
        area = self.office.area(case.area)
        day = incident.counts_from.astimezone(LONDON).date()
        for profile in self.office.profiles if area else ():
            if area and profile.area_id == area.id and profile.holds(step.id, day):
                why = f"The length is set for {area.name} by {profile.decided_by} on {profile.decided_on}."
                return profile.length or step.length, why
        return step.length, ""


def is_line_manager(row: Decided) -> bool:
    """Whether the row's author, as the audit names them, holds a role that may decide (R-25, R-26)."""
    return row.author is not None and row.author.role in c.LINE_MANAGERS


def manager_decided(
    case: Case,
    matter: c.Matter,
    *,
    person: Person | None = None,
    repair_id: str | None = None,
    incident: Incident | None = None,
) -> Approval | None:
    """The latest decision on a matter by somebody who may decide, or None.

    A newer row that refuses, or that was altered after it was decided, shuts whoever wrote it (R-26).

    A decision that names nobody does not stand for a particular person or repair, and one that names no
    incident stands for the first: never for an incident that nobody had heard of.
    """
    rows = [
        a
        for a in case.approvals
        if a.matter is matter
        and (person is None or a.person_id == person.id)
        and (repair_id is None or a.repair_id == repair_id)
        and (incident is None or case.incident_of(a.incident_id) == incident)
    ]
    latest = max((a for a in rows if a.decision and is_line_manager(a)), key=_seen_at, default=None)
    if latest is None or latest.decision is not c.Decision.AGREED:
        return latest
    moved = [a for a in case.approvals if set(MOVES) & set(a.altered.split(", ")) and a not in rows]
    newer = [a for a in (*rows, *moved) if _seen_at(a) > _seen_at(latest)]
    return None if any(a.decision is c.Decision.REFUSED or a.altered for a in newer) else latest


MOVES = ("Matter", "Incident", "Person", "Repair")
"""Altered afterwards, a decision may have been about this subject."""


def _seen_at(row: Approval) -> tuple[datetime, datetime]:
    """When the audit saw it decided: what somebody types into Decided at says nothing about which came last."""
    return row.decided_recorded_at or row.recorded_at, decided_at(row)


def decided_at(row: Approval) -> datetime:
    """When it was decided, as entered; failing that, when the audit or the record saw it."""
    return row.decided_at or row.decided_recorded_at or row.recorded_at


def manager_agreed(
    case: Case,
    matter: c.Matter,
    *,
    person: Person | None = None,
    repair_id: str | None = None,
    incident: Incident | None = None,
) -> bool:
    """Whether the latest such decision was to agree."""
    row = manager_decided(case, matter, person=person, repair_id=repair_id, incident=incident)
    return row is not None and row.decision is c.Decision.AGREED


def closed_at(case: Case) -> datetime | None:
    """When the case was closed by somebody who may, as the procedure asks (17.0); None while it is open."""
    found = [x.closed_at for x in case.closures if x.closed_at and not why_open(case, x)]
    return max(found) if found else None


def why_open(case: Case, row: Closure) -> str:
    """What a closure still lacks, in a sentence; "" where it counts (HC-142, HC-144, HC-145, R-22)."""
    first = min((i.counts_from for i in case.incidents), default=None)
    if first and row.closed_at and row.closed_at < first:
        return "Closed at is before the first report"
    if row.altered:
        return f"{row.altered} was changed by somebody else after the marker was set"
    if row.marker is None or not is_line_manager(row):
        return "the marker must be set by a regional manager or team leader"
    heard = any(x.kind is c.FeedbackKind.BEFORE_CLOSING and x.got_at for x in case.feedback)
    if row.exception or (row.victim_agrees is c.Answer.YES and heard):
        return ""
    return "the victim's agreement and feedback are needed, or the manager's recorded exception"
