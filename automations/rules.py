"""The rules a pass works with: what the office says, and the lengths and calendars that hold for a case.

In: the office base, read at the start of a pass. Out: calendars, lengths and who may decide.
Never here: a role or a length read from a cell of the case itself (R-26).
"""

from dataclasses import dataclass
from datetime import datetime

from automations.calendar import LONDON, Calendar, calendar_for
from automations.closing import exception_lacks, heard
from automations.consent import same_words
from automations.model import Approval, Area, Case, Closure, Decided, Incident, Office, Override, Person, Staff
from automations.moved import stands
from automations.once import once
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
        if not any(profile.step == step.id for profile in self.office.profiles):
            return step.length, ""
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


def is_line_manager(case: Case, row: Decided) -> bool:
    """Whether the row's author, as the audit names them, may decide on this case (R-25, R-26, HC-112)."""
    return may_decide(case, row.author)


def is_own_officer(case: Case, who: Staff) -> bool:
    """Whether somebody is the case's own officer, who decides nothing on it whatever their role (HC-112)."""
    return bool(case.officer) and same_words(who.name, case.officer or "")


def may_decide(case: Case, who: Staff | None) -> bool:
    """Whether somebody is a line manager who may decide on this case (HC-112)."""
    return who is not None and who.role in c.LINE_MANAGERS and not is_own_officer(case, who)


def manager_decided(
    case: Case,
    matter: c.Matter,
    *,
    person: Person | None = None,
    repair_id: str | None = None,
    incident: Incident | None = None,
    letter_id: str | None = None,
) -> Approval | None:
    """The latest decision on a matter by somebody who may decide, or None.

    A row not older that refuses, or that was altered after it was decided, shuts whoever wrote it (R-26): of two
    of one moment nobody can tell which was the last word.

    A decision that names nobody does not stand for a particular person, repair or letter, and one that names no
    incident stands for the first: never for an incident that nobody had heard of.
    """
    rows = [
        a
        for a in case.approvals
        if a.matter is matter
        and (person is None or a.person_id == person.id)
        and (repair_id is None or a.repair_id == repair_id)
        and (incident is None or case.incident_of(a.incident_id) == incident)
        and (letter_id is None or a.letter_id == letter_id)
    ]
    latest = max((a for a in rows if a.decision and is_line_manager(case, a)), key=_seen_at, default=None)
    if latest is None or latest.decision is not c.Decision.AGREED:
        return latest
    moved = [a for a in case.approvals if set(MOVES) & set(a.altered.split(", ")) and a not in rows]
    newer = [a for a in (*rows, *moved) if a is not latest and _seen_at(a) >= _seen_at(latest)]
    return None if any(a.decision is c.Decision.REFUSED or a.altered for a in newer) else latest


MOVES = ("Matter", "Incident", "Person", "Repair", "Rehousing", "Letter")
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


def set_aside(case: Case) -> str:
    """Why triage asks for nothing more on the case, in words; "" where it goes on, or triage does not count yet.

    An attached report runs its clocks here until it is on the other case.
    """
    if case.triage in (None, c.Triage.HATE) or triage_lacks(case):
        return ""
    if case.triage is c.Triage.ATTACH and not (case.named and case.named.holds_this):
        return ""
    other = f" ({case.named.reference})" if case.named and case.triage is not c.Triage.NOT_HATE else ""
    return f"Triage: {str(case.triage).lower()}{other}."


def triage_lacks(case: Case) -> str:
    """What triage still needs before it counts, in a sentence; "" where it counts (HC-008, HC-066, R-23)."""
    match case.triage:
        case c.Triage.NOT_HATE:
            return _why_hate(case)
        case c.Triage.ATTACH | c.Triage.DUPLICATE:
            return _why_not_joined(case)
    return ""


def _why_hate(case: Case) -> str:
    """It is what anybody perceives it to be: a manager says otherwise, with the reason, or nobody does."""
    decided = manager_decided(case, c.Matter.NOT_HATE)
    if decided is None or decided.decision is not c.Decision.AGREED:
        return (
            "anybody's perception makes it one, so a line manager other than the case's officer decides "
            f"(Approvals, matter: {c.Matter.NOT_HATE})."
        )
    return "" if (decided.reason or "").strip() else f"the manager gives a reason in Approvals {decided.id}."


def _why_not_joined(case: Case) -> str:
    """Why a report cannot be made part of the case that Attach to names."""
    other = case.named
    if not (case.attach_to or "").strip():
        return "say in Attach to which case it belongs to."
    if other is None:
        return "no case has the reference in Attach to; put it right."
    if other.id == case.id:
        return "Attach to names this case itself; put it right."
    if other.is_set_aside:
        return f"{other.reference} is part of another case itself; name the one that goes on."
    if case.triage is c.Triage.DUPLICATE:
        return ""
    if len(case.incidents) > 1:
        return "it has several incidents, so it stays a case of its own; attach the other one to it."
    if other.is_closed and not other.holds_this:
        return f"{other.reference} is closed: this is a case of its own, linked to it. Set Triage to {c.Triage.HATE}."
    return ""


def attaches(case: Case) -> bool:
    """Whether the report is to be put on another case and is not there yet.

    Not while an answer of the victim cannot be read: it may be a no, and must not be lost on the way.
    """
    return not any(x.unread for x in case.consents) and (
        case.triage is c.Triage.ATTACH and len(case.incidents) == 1 and not triage_lacks(case)
        and case.named is not None and not case.named.holds_this
    )  # fmt: skip


def shown_as(case: Case) -> str:
    """The reference that the report goes by: the other case's where it belongs there or repeats it."""
    return case.named.reference if case.named and set_aside(case) else case.reference


@once
def closed_at(case: Case) -> datetime | None:
    """When the case was closed by somebody who may, as the procedure asks (17.0); None while it is open."""
    row = closure(case)
    return row.closed_at if row else None


@once
def closure(case: Case) -> Closure | None:
    """The closure that counts, the latest where there are several; None while the case is open."""
    found = [x for x in case.closures if x.closed_at and not why_open(case, x)]
    return max(found, key=lambda x: x.closed_at or x.created_at, default=None)


def came_after(case: Case, incident: Incident, closed: datetime) -> bool:
    """Whether a further incident was reported, or entered, after the case was closed (R-23)."""
    entered = None if case.imported or incident.id == case.incidents[0].id else incident.created_at
    return max(filter(None, (incident.counts_from, entered))) > closed


def why_open(case: Case, row: Closure) -> str:
    """What a closure still lacks, in a sentence; "" where it counts (HC-142, HC-144, HC-145, R-22)."""
    first = min((i.counts_from for i in case.incidents), default=None)
    if first and row.closed_at and row.closed_at < first:
        return "Closed at is before the first report"
    if row.altered:
        return f"{row.altered} was changed by somebody else after the marker was set"
    if row.marker and row.closed_at and row.closed_at == case.closed_before and stands(case.moved_at, row):
        return ""  # it counted in the old bases, where its author is still told
    if row.marker is None or not is_line_manager(case, row):
        return "the marker must be set by a regional manager or team leader who is not the case's own officer"
    if row.victim_agrees is c.Answer.YES and heard(case):
        return ""
    if not row.exception:
        return "the victim's agreement and feedback are needed, or the regional manager's recorded exception"
    excepted = row.author is not None and row.author.role in c.MAY_EXCEPT
    if not excepted:
        return "closing by exception is for the regional manager, who sets the marker"
    return exception_lacks(case, row)


NEVER_OVERRIDDEN = (c.Purpose.CDRP_NOTICE, c.Purpose.CDRP_UPDATE)
"""A partnership is told statistics where nobody agreed (A-16)."""


def override(case: Case, purpose: c.Purpose, organisation: str | None, incident: Incident) -> Override | None:
    """The disclosure without consent that two managers agreed to, in force now; None where there is none (A-16).

    For a police request (HC-055), another landlord (HC-095, HC-096, HC-116) and support in danger to life. One that
    names no incident is for the first. A refusal by anybody ends the agreement before it.
    """
    rows = [
        x for x in case.overrides
        if x.purpose is purpose and organisation and same_words(x.organisation, organisation)
        and case.incident_of(x.incident_id) == incident
    ]  # fmt: skip
    agreed = max((x for x in rows if not why_no_override(case, x)), key=overridden_at, default=None)
    refused = [x for x in rows if c.Decision.REFUSED in (x.decision, x.second_decision)]
    if agreed is None or any(overridden_at(x) >= overridden_at(agreed) for x in refused):
        return None
    return agreed


def overridden_at(row: Override) -> datetime:
    """When the later of the two decisions was seen by the audit; failing that, when the row was last written."""
    known = [x for x in (row.decided_recorded_at, row.second_recorded_at) if x]
    return max(known, default=row.recorded_at)


def why_no_override(case: Case, row: Override) -> str:
    """What an override still lacks, in a sentence; "" where two managers agreed to it (R-25)."""
    if row.purpose in NEVER_OVERRIDDEN:
        return "the partnership is told statistics, never a name without agreement"
    if row.decision is not c.Decision.AGREED or not is_line_manager(case, row):
        return "a line manager who is not the case's own officer must decide"
    second = row.second_author
    if row.second_decision is not c.Decision.AGREED or second is None or row.author is None:
        return "a second line manager must confirm it as it stands"
    if second.id == row.author.id or same_words(second.email, row.author.email or ""):
        return "the second decision must be another person's"
    if not may_decide(case, second):
        return "the second decision must be a line manager's who is not the case's own officer"
    cells = {"Purpose": row.purpose, "Organisation": row.organisation, "Reason": row.reason,
             "Lawful basis": row.lawful_basis}  # fmt: skip
    blank = [name for name, value in cells.items() if not (value or "").strip()]
    return f"{' and '.join(blank)} must be filled in, and both decide again" if blank else ""
