"""Starts that follow from the victims: their interviews, and what they agree to.

In: a case, a subject, the moment. Out: Begin, Wait, Skip, or None where the step has no place on this case.
Never here: one victim's interview counted for another.
"""

from datetime import datetime

from automations.consent import any_agrees, standing, victims_of
from automations.model import Case, Consent, Incident, Interview, Person
from automations.starts.answers import FIRST, Begin, Held, Skip, Start, Wait, agreed
from automations.subjects import Subject, is_theirs
from schema import choices as c

NO_CONTACT = Wait("No contact: nobody knows yet how to reach the victim.")


def victim_to_interview(case: Case, s: Subject, now: datetime) -> Start:
    """The first report, unless the victim wants no interview or asked for another time (HC-053).

    A waiver counts once it says when it was; until then the clock runs.
    """
    rows = [x for x in _interviews(case, s.person) if case.incident_of(x.incident_id) == s.incident]
    if any(x.result is Held.WAIVED and x.happened_at for x in rows):
        return Skip("The victim said the first report was enough.")
    if out_of_reach(case, s.incident):
        return NO_CONTACT
    wishes = [w for x in rows if x.moved_to for w in x.wishes or ((x.moved_to, x.recorded_at),)]
    return Begin(s.incident.counts_from, FIRST, wishes=tuple(sorted(wishes, key=lambda w: w[1])))


def out_of_reach(case: Case, incident: Incident) -> bool:
    """Whether the report was anonymous and tells nothing of any victim by which to find them (R-21)."""
    known = any(v.name or v.address or v.telephone or v.email for v in victims_of(case, incident))
    return incident.reporter is c.Reporter.ANONYMOUS and not known


def victim_to_tell(case: Case, s: Subject, now: datetime) -> Start:
    """The first report of what first harmed this victim; further incidents need none of this (HC-106, A-30)."""
    incident = first_of(case, s.person)
    if out_of_reach(case, incident or case.incidents[0]):
        return NO_CONTACT
    return from_first(case, incident)


def first_of(case: Case, victim: Person | None) -> Incident | None:
    """The first incident that harmed a victim; None while no incident says so."""
    return next((i for i in case.incidents if victim is not None and victim in victims_of(case, i)), None)


def from_first(case: Case, incident: Incident | None) -> Begin:
    """Its first report; the case's own, and no promise yet, while nobody has entered what harmed them."""
    return Begin((incident or case.incidents[0]).counts_from, FIRST, assumed=incident is None)


def victim_settled(case: Case, s: Subject, now: datetime) -> Start:
    """The victim's first interview on the case has ended, or the victim wants none (A-10)."""
    at = min(_ends(_interviews(case, s.person)), default=None)
    return Begin(at, "the victim's interview") if at else Wait("It follows the victim's interview.")


def victim_settled_first(case: Case, s: Subject, now: datetime) -> Start:
    """The interview on the victim's first incident: later the plan is reconfirmed, not signed again (HC-106)."""
    if s.incident != next((i for i in case.incidents if s.person is None or s.person in victims_of(case, i)), None):
        return None
    at = settled_at(case, s, s.person)
    return Begin(at, "the victim's interview") if at else Wait("It follows the victim's interview.")


def settled_at(case: Case, s: Subject, victim: Person | None) -> datetime | None:
    """When a victim's interview on the incident ended or was waived; any victim's where none is named."""
    rows = [x for x in _interviews(case, victim) if case.incident_of(x.incident_id) == s.incident]
    return min(_ends(rows), default=None)


def _interviews(case: Case, victim: Person | None) -> list[Interview]:
    return [x for x in case.interviews if x.with_ is c.InterviewKind.VICTIM and is_theirs(case, victim, x.person_id)]


def _ends(rows: list[Interview]) -> list[datetime]:
    ends = [x.ended_at or x.happened_at for x in rows if x.result in (Held.HELD, Held.WAIVED)]
    return [at for at in ends if at]


def support_agreed(case: Case, s: Subject, now: datetime) -> Start:
    """When the victim agreed to be referred to this organisation (A-18)."""
    assert isinstance(s.record, Consent), "the scope is consent"
    if s.person is None:
        return Wait("Say whose agreement it is.")
    says = standing(case, c.Option.SUPPORT, s.person, s.incident, now, organisation=s.record.organisation)
    return agreed(says, s, "the agreement")


def police_agreed(case: Case, s: Subject, now: datetime) -> Start:
    """When a victim agreed to the police; not needed where they know (HC-063)."""
    if s.incident.police_know is c.PoliceTold.YES:
        return Skip("The police already know.")
    return agreed(any_agrees(case, c.Option.POLICE, s.incident, now), s, "the agreement")


def victim_interview_held(case: Case, s: Subject, now: datetime) -> Start:
    """The end of a victim's interview."""
    return interview_ended(s, c.InterviewKind.VICTIM)


def witness_interview_held(case: Case, s: Subject, now: datetime) -> Start:
    """The end of a witness's interview."""
    return interview_ended(s, c.InterviewKind.WITNESS)


def statement_to_sign(case: Case, s: Subject, now: datetime) -> Start:
    """The end of a witness's interview, unless they do not want their evidence used (HC-080, HC-083)."""
    held = interview_ended(s, c.InterviewKind.WITNESS)
    if held is not None and s.person and s.person.evidence_use is c.WitnessUse.UNWILLING:
        return Skip("The witness does not want their evidence used.")
    return held


def interview_ended(s: Subject, kind: c.InterviewKind) -> Start:
    """The end of an interview of that kind that was held."""
    row = s.record
    assert isinstance(row, Interview), "the scope is interview"
    if row.with_ is not kind or row.result is not Held.HELD:
        return None
    at = row.ended_at or row.happened_at
    return Begin(at, "the end of the interview") if at else Wait(f"Interviews {row.id}: say when it was held.")
