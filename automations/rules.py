"""The rules a pass works with: what the office says, and the lengths and calendars that hold for a case.

In: the office base, read at the start of a pass. Out: calendars, lengths and who may decide.
Never here: a role or a length read from a cell of the case itself (R-26).
"""

from dataclasses import dataclass
from datetime import datetime

from automations.calendar import LONDON, Calendar, calendar_for
from automations.model import Approval, Area, Case, Closure, Decided, Incident, Office, Person
from automations.procedure import Step
from automations.profiles import why_not
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
        return self.length_in(self.office.area(case.area), step, incident.counts_from)

    def length_in(self, area: Area | None, step: Step, since: datetime) -> tuple[int, str]:
        """The length of a step in an area for what began then, and who decided so (HC-127, HC-128)."""
        day = since.astimezone(LONDON).date()
        for profile in self.office.profiles if area else ():
            holds = area and profile.area_id == area.id and profile.holds(step.id, day)
            if area and holds and not why_not(profile, self.office):
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

    A decision that names nobody does not stand for a particular person or repair, and one that names no
    incident stands for the first: never for an incident that nobody had heard of.
    """
    rows = [
        a
        for a in case.approvals
        if a.matter is matter
        and a.decision
        and is_line_manager(a)
        and (person is None or a.person_id == person.id)
        and (repair_id is None or a.repair_id == repair_id)
        and (incident is None or case.incident_of(a.incident_id) == incident)
    ]
    return max(rows, key=decided_at, default=None)


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
    if row.marker is None or not is_line_manager(row):
        return "the marker must be set by a regional manager or team leader"
    heard = any(x.kind is c.FeedbackKind.BEFORE_CLOSING and x.got_at for x in case.feedback)
    if row.exception or (row.victim_agrees is c.Answer.YES and heard):
        return ""
    return "the victim's agreement and feedback are needed, or the manager's recorded exception"
