"""Starts: the moment each step counts from, or why it waits, or why it is not needed.

In: a case, a subject, the moment. Out: Begin, Wait, Skip, or None where the step has no place on this case.
Never here: a due date (deadlines.py), or a step completed (evidence.py).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from automations.consent import VICTIM_SAID_NO, Says, Standing, all_agree, any_agrees, standing
from automations.evidence import reviewed_again
from automations.model import Case, Closure, Consent, Interview, Letter, Person, Repair
from automations.rules import manager_decided
from automations.subjects import Subject
from schema import choices as c


@dataclass(frozen=True, slots=True)
class Begin:
    """The clock starts. `stated` is a date that takes the place of the counted one, and `why` it does.

    `wishes` are other times at the person's wish, each with when it was recorded (R-05).
    """

    at: datetime
    words: str
    stated: datetime | None = None
    why: str = ""
    wishes: tuple[tuple[datetime, datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing runs yet; `why` says what it waits for."""

    why: str


@dataclass(frozen=True, slots=True)
class Skip:
    """Not needed on this case, and why."""

    why: str


Start = Begin | Wait | Skip | None
Held = c.InterviewResult
FIRST = "the first report"


def first_report(case: Case, s: Subject, now: datetime) -> Start:
    """When anybody working for the landlord was first told of the incident (A-05)."""
    return Begin(s.incident.counts_from, FIRST)


def victim_to_interview(case: Case, s: Subject, now: datetime) -> Start:
    """The first report, unless the victim wants no interview or asked for another time (HC-053)."""
    mine = (None, s.person.id if s.person else None)
    rows = [
        x
        for x in case.interviews
        if x.with_ is c.InterviewKind.VICTIM and x.person_id in mine and case.incident_of(x.incident_id) == s.incident
    ]
    if any(x.result is Held.WAIVED for x in rows):
        return Skip("The victim said the first report was enough.")
    wishes = [(x.moved_to, x.recorded_at) for x in rows if x.result is Held.MOVED and x.moved_to]
    return Begin(s.incident.counts_from, FIRST, wishes=tuple(sorted(wishes, key=lambda w: w[1])))


def logged_by(case: Case, s: Subject, now: datetime) -> Start:
    """The first report; records brought over from elsewhere are exempt (R-08)."""
    return Skip("Brought over from older records.") if case.imported else first_report(case, s, now)


def progress_review_held(case: Case, s: Subject, now: datetime) -> Start:
    """The line manager's first progress review (HC-111)."""
    held = reviewed_again(case, s)
    return Begin(held[0].happened_at, "the last review") if held else Wait("It follows the progress review.")


def first_report_of_case(case: Case, s: Subject, now: datetime) -> Start:
    """The first incident's first report; further incidents need none of this (HC-106)."""
    return Begin(case.incidents[0].counts_from, FIRST)


def someone_at_risk(case: Case, s: Subject, now: datetime) -> Start:
    """A child or adult is at risk (HC-022); nobody's agreement is needed (R-19)."""
    i = s.incident
    if c.YesNo.YES in (i.children_at_risk, i.adult_at_risk):
        return Begin(i.risk_known_at or i.counts_from, "the risk being known")
    return Wait("Ask whether a child is at risk.") if i.children_at_risk is c.YesNo.NOT_KNOWN else None


def unsafe_home(case: Case, s: Subject, now: datetime) -> Start:
    """The victim is not safe at home, or fears staying (HC-015, HC-073)."""
    i = s.incident
    if i.safe_at_home is c.YesNo.NO or case.fears_staying is c.YesNo.YES:
        says = any_agrees(case, c.Option.HOMELESSNESS, i, now)
        return Skip(says.why) if says.says is Says.NO else Begin(i.counts_from, FIRST)
    return Wait("Ask whether it is safe to be at home.") if i.safe_at_home is c.YesNo.NOT_KNOWN else None


def legal_considered(case: Case, s: Subject, now: datetime) -> Start:
    """Emergency legal action is in view (HC-020)."""
    if case.legal_considered is c.YesNo.YES:
        return Begin(s.incident.counts_from, FIRST)
    return (
        Wait("Decide whether emergency legal action is considered.")
        if case.legal_considered is c.YesNo.NOT_KNOWN
        else None
    )


def victim_settled(case: Case, s: Subject, now: datetime) -> Start:
    """The victim's interview has ended, or the victim wants none (A-10)."""
    at = settled_at(case, s, s.person)
    return Begin(at, "the victim's interview") if at else Wait("It follows the victim's interview.")


def victim_settled_first(case: Case, s: Subject, now: datetime) -> Start:
    """As victim_settled, on the first incident only: a signed plan is reconfirmed, not signed again (HC-106)."""
    return victim_settled(case, s, now) if s.incident.number == 1 else None


def settled_at(case: Case, s: Subject, victim: Person | None) -> datetime | None:
    """When a victim's interview on the incident ended or was waived; any victim's where none is named."""
    ends = [
        x.ended_at or x.happened_at
        for x in case.interviews
        if x.with_ is c.InterviewKind.VICTIM
        and x.result in (Held.HELD, Held.WAIVED)
        and case.incident_of(x.incident_id) == s.incident
        and (victim is None or x.person_id in (None, victim.id))
    ]
    return min((at for at in ends if at), default=None)


def support_agreed(case: Case, s: Subject, now: datetime) -> Start:
    """When the victim agreed to be referred to this organisation (A-18)."""
    assert isinstance(s.record, Consent), "the scope is consent"
    if s.person is None:
        return Wait("Say whose agreement it is.")
    says = standing(case, c.Option.SUPPORT, s.person, s.incident, now, organisation=s.record.organisation)
    return _agreed(says, s, "the agreement")


def police_agreed(case: Case, s: Subject, now: datetime) -> Start:
    """When a victim agreed to the police; not needed where they know (HC-063)."""
    if s.incident.police_know is c.PoliceTold.YES:
        return Skip("The police already know.")
    return _agreed(any_agrees(case, c.Option.POLICE, s.incident, now), s, "the agreement")


def repair_known(case: Case, s: Subject, now: datetime) -> Start:
    """When an emergency repair was known to be needed, never before the first report (A-19)."""
    repair = _repair(s)
    if repair.kind is c.RepairKind.GRAFFITI or repair.kind in c.SECURITY_MEASURES:
        return None
    return _work(repair, max(repair.known_at or repair.reported_at or s.incident.counts_from, s.incident.counts_from))


def graffiti_known(case: Case, s: Subject, now: datetime) -> Start:
    """From the report of the graffiti or the known need, whichever is earlier (R-19)."""
    repair = _repair(s)
    if repair.kind is not c.RepairKind.GRAFFITI:
        return None
    known = [x for x in (repair.known_at, repair.reported_at) if x]
    return _work(repair, min(known, default=s.incident.counts_from))


def security_need(case: Case, s: Subject, now: datetime) -> Start:
    """When the need for a security measure was known (R-01): the approval does not move it."""
    repair = _repair(s)
    if repair.kind not in c.SECURITY_MEASURES:
        return None
    return _work(repair, repair.known_at or repair.reported_at or repair.created_at)


def witness_known(case: Case, s: Subject, now: datetime) -> Start:
    """The first report, or when a later witness was found (R-06). Not known whether there is one: the clock runs."""
    at = s.incident.counts_from
    if s.person is None:
        if s.incident.witnesses_known is c.Witnesses.NONE:
            return Skip("No witness is likely.")
        return Begin(at, FIRST)
    if s.person.evidence_use is c.WitnessUse.UNWILLING:
        return Skip("The witness does not want their evidence used.")
    found = s.person.identified_at
    return Begin(found, "the day the witness was found") if found and found > at else Begin(at, FIRST)


def victim_interview_held(case: Case, s: Subject, now: datetime) -> Start:
    """The end of a victim's interview."""
    return _interview(s, c.InterviewKind.VICTIM)


def witness_interview_held(case: Case, s: Subject, now: datetime) -> Start:
    """The end of a witness's interview."""
    return _interview(s, c.InterviewKind.WITNESS)


def perpetrator_interview_held(case: Case, s: Subject, now: datetime) -> Start:
    """The end of an alleged perpetrator's interview."""
    return _interview(s, c.InterviewKind.PERPETRATOR)


def perpetrator_ready(case: Case, s: Subject, now: datetime) -> Start:
    """The victim's interview or the victim's agreement, whichever is later (A-10); our own homes only (A-13)."""
    if s.person is None:
        return Wait("It is not known who the alleged perpetrator is.")
    match s.person.lives_in:
        case c.LivesIn.OTHER_LANDLORD:
            return Skip("Lives in another landlord's home: that landlord is asked.")
        case c.LivesIn.PRIVATE:
            return Skip("Does not live in one of our homes.")
        case c.LivesIn.NOT_KNOWN:
            return Wait("Find out whose home the alleged perpetrator lives in.")
    says = all_agree(case, c.Option.PERPETRATOR, s.incident, now, about=s.person)
    if says.says is not Says.YES:
        return _agreed(says, s, "")
    settled = settled_at(case, s, None)
    if settled is None:
        return Wait("It follows the victim's interview.")
    since = says.since or settled
    return Begin(since, "the victim's agreement") if since > settled else Begin(settled, "the victim's interview")


def appointment_missed(case: Case, s: Subject, now: datetime) -> Start:
    """An appointment that the alleged perpetrator missed, unless it was the second without good reason."""
    row = s.record
    assert isinstance(row, Interview), "the scope is interview"
    missed = row.result in (Held.MISSED, Held.MISSED_WELL)
    if row.with_ is not c.InterviewKind.PERPETRATOR or not missed:
        return None
    if len(misses(case, s)) >= 2:
        return Skip("Two appointments were missed: the letter on the consequences follows.")
    at = row.booked_for or row.happened_at
    return Begin(at, "the missed appointment") if at else Wait(f"Interviews {row.id}: say when it was missed.")


def misses(case: Case, s: Subject) -> list[datetime]:
    """Appointments missed without good reason since the person last attended (R-09), oldest first."""
    rows = [
        x
        for x in case.interviews
        if x.with_ is c.InterviewKind.PERPETRATOR
        and x.person_id == (s.person.id if s.person else None)
        and case.incident_of(x.incident_id) == s.incident
        and (x.booked_for or x.happened_at)
    ]
    found: list[datetime] = []
    for x in sorted(rows, key=lambda x: x.booked_for or x.happened_at or x.created_at):
        if x.result is Held.HELD:
            found.clear()
        elif x.result is Held.MISSED:
            found.append(x.booked_for or x.happened_at or x.created_at)
    return found


def unwilling(case: Case, s: Subject, now: datetime) -> Start:
    """A refusal to meet, or the second missed appointment (HC-098)."""
    if s.person is None:
        return None
    refused = [
        x.happened_at
        for x in case.interviews
        if x.with_ is c.InterviewKind.PERPETRATOR and x.result is Held.REFUSED and x.happened_at
        and x.person_id == s.person.id and case.incident_of(x.incident_id) == s.incident
    ]  # fmt: skip
    if refused:
        return Begin(min(refused), "the refusal")
    missed = misses(case, s)
    return Begin(missed[1], "the second missed appointment") if len(missed) >= 2 else None


def other_landlord(case: Case, s: Subject, now: datetime) -> Start:
    """The alleged perpetrator is found to live in another landlord's home (HC-095)."""
    if s.person is None or s.person.lives_in is not c.LivesIn.OTHER_LANDLORD:
        return None
    says = all_agree(case, c.Option.AGENCY, s.incident, now, organisation=s.person.landlord)
    if s.person.landlord is None:
        return Wait("Enter which landlord it is.")
    known = max(s.person.identified_at or s.incident.counts_from, s.incident.counts_from)
    start = _agreed(says, s, "the victim's agreement")
    return Begin(known, "the landlord being known") if isinstance(start, Begin) and start.at < known else start


def landlord_called(case: Case, s: Subject, now: datetime) -> Start:
    """The telephone call to the other landlord (HC-096)."""
    if s.person is None or s.person.lives_in is not c.LivesIn.OTHER_LANDLORD:
        return None
    calls = [x.by_hand_at for x in case.referrals
             if x.purpose is c.Purpose.OTHER_LANDLORD and x.person_id == s.person.id and x.by_hand_at]  # fmt: skip
    return Begin(min(calls), "the call") if calls else Wait("It follows the call to the other landlord.")


def director_warranted(case: Case, s: Subject, now: datetime) -> Start:
    """A manager's decision that the facts warrant it (HC-116)."""
    if s.person is None or s.person.lives_in is not c.LivesIn.OTHER_LANDLORD:
        return None
    row = manager_decided(case, c.Matter.DIRECTOR_NOTICE, incident=s.incident)
    if row is None or row.decision is not c.Decision.AGREED:
        return None
    says = all_agree(case, c.Option.AGENCY, s.incident, now, organisation=s.person.landlord)
    start = _agreed(says, s, "the victim's agreement")
    at = row.decided_at or row.recorded_at
    return Begin(at, "the manager's decision") if isinstance(start, Begin) and start.at < at else start


def perpetrator_outcome(case: Case, s: Subject, now: datetime) -> Start:
    """The first report; where a delay letter gave a new date, that date (R-04). Withheld without agreement (A-21)."""
    if s.person is None:
        return Wait("It is not known who the alleged perpetrator is.")
    if s.person.lives_in is c.LivesIn.OTHER_LANDLORD:
        return Skip("Told through the other landlord.")
    says = all_agree(case, c.Option.PERPETRATOR, s.incident, now, about=s.person)
    if says.says is not Says.YES:
        return _agreed(says, s, "")
    revised = [x.revised_target for x in delay_letters(case, s) if x.revised_target]
    if revised:
        return Begin(s.incident.counts_from, FIRST, max(revised), "The delay letter to the victim gave this date.")
    return Begin(s.incident.counts_from, FIRST)


def delay_letters(case: Case, s: Subject) -> list[Letter]:
    """Delay letters that were sent to a victim of the incident."""
    return [
        x
        for x in case.letters
        if x.kind is c.LetterKind.DELAY and x.decision is c.LetterDecision.POSTED and x.sent_at
        and case.incident_of(x.incident_id) == s.incident
    ]  # fmt: skip


def delay_letter(case: Case, s: Subject, now: datetime) -> Start:
    """The date that a delay letter gave (HC-104)."""
    row = s.record
    if row not in delay_letters(case, s) or not isinstance(row, Letter):
        return None
    if row.revised_target is None:
        return Wait(f"Letters {row.id}: enter the revised target that the letter gave.")
    return Begin(row.revised_target, "the delay letter")


def course_proposed(case: Case, s: Subject, now: datetime) -> Start:
    """Legal action was taken or another landlord's Director notified (HC-117)."""
    steps = [
        x.taken_at
        for x in case.legal
        if x.kind is c.LegalKind.STEP and x.taken_at and case.incident_of(x.incident_id) == s.incident
    ]
    row = manager_decided(case, c.Matter.DIRECTOR_NOTICE, incident=s.incident)
    if row and row.decision is c.Decision.AGREED:
        steps.append(row.decided_at or row.recorded_at)
    return Begin(min(steps), "the course being settled") if steps else None


def closing_sought(case: Case, s: Subject, now: datetime) -> Start:
    """Closing was first sought (HC-142)."""
    row = s.record
    assert isinstance(row, Closure), "the scope is closure"
    return Begin(row.sought_at, "closing being sought") if row.sought_at else Wait("It is asked for before closing.")


def closed(case: Case, s: Subject, now: datetime) -> Start:
    """The case was closed by somebody who may (HC-146)."""
    row = s.record
    assert isinstance(row, Closure), "the scope is closure"
    done = row.closed_at and row.closed_at == case.closed_at
    return Begin(row.closed_at, "closing") if done and row.closed_at else None


def _agreed(says: Standing, s: Subject, words: str) -> Start:
    if says.says is Says.YES:
        return Begin(max(says.since or s.incident.counts_from, s.incident.counts_from), words)
    if says.says is Says.NO:
        return Skip(VICTIM_SAID_NO if says.why == VICTIM_SAID_NO else says.why)
    return Wait(says.why)


def _interview(s: Subject, kind: c.InterviewKind) -> Start:
    row = s.record
    assert isinstance(row, Interview), "the scope is interview"
    if row.with_ is not kind or row.result is not Held.HELD:
        return None
    at = row.ended_at or row.happened_at
    return Begin(at, "the end of the interview") if at else Wait(f"Interviews {row.id}: say when it was held.")


def _work(repair: Repair, at: datetime) -> Start:
    return Skip(f"Not needed: {repair.not_needed}") if repair.not_needed else Begin(at, "the need being known")


def _repair(s: Subject) -> Repair:
    assert isinstance(s.record, Repair), "the scope is repair"
    return s.record


STARTS: dict[str, Callable[[Case, Subject, datetime], Start]] = {
    f.__name__: f
    for f in (
        first_report, victim_to_interview, logged_by, progress_review_held, first_report_of_case,
        someone_at_risk, unsafe_home, legal_considered, victim_settled,
        victim_settled_first, support_agreed, police_agreed, repair_known, graffiti_known, security_need, witness_known,
        victim_interview_held, witness_interview_held, perpetrator_interview_held, perpetrator_ready,
        appointment_missed, unwilling, other_landlord, landlord_called, director_warranted, perpetrator_outcome,
        delay_letter, course_proposed, closing_sought, closed,
    )
}  # fmt: skip
