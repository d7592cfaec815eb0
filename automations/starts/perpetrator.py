"""Starts that follow from the alleged perpetrator: meetings, missed ones, other landlords, the outcome.

In: a case, a subject, the moment. Out: Begin, Wait, Skip, or None where the step has no place on this case.
Never here: a clock without the victim's agreement (R-01).
"""

from datetime import datetime

from automations import appointments
from automations.consent import Says, Standing, all_agree
from automations.evidence.perpetrator import landlord_asked
from automations.evidence.shown import referral_gone
from automations.model import Case, Interview
from automations.rules import manager_decided, overridden_at, override
from automations.starts.answers import FIRST, Begin, Held, Skip, Start, Wait, agreed, once_agreed
from automations.starts.closing import delay_letters, target_of, unfit_target
from automations.starts.victim import interview_ended, settled_at
from automations.subjects import Subject
from schema import choices as c


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
    if unwilling(case, s, now) is not None:
        return Skip("The person refused to meet or missed two appointments: the letter on the consequences follows.")
    says = _agreement(case, s, now)
    if says.says is not Says.YES:
        return agreed(says, s, "")
    settled = settled_at(case, s, None)
    if settled is None:
        return Wait("It follows the victim's interview.")
    return once_agreed(says, s, Begin(settled, "the victim's interview"))


def _agreement(case: Case, s: Subject, now: datetime) -> Standing:
    return all_agree(case, c.Option.PERPETRATOR, s.incident, now, about=s.person)


def perpetrator_interview_held(case: Case, s: Subject, now: datetime) -> Start:
    """The end of an alleged perpetrator's interview."""
    return interview_ended(s, c.InterviewKind.PERPETRATOR)


def warning_follows(case: Case, s: Subject, now: datetime) -> Start:
    """The end of an alleged perpetrator's interview, while the victim agrees to what follows from it (R-01)."""
    held = interview_ended(s, c.InterviewKind.PERPETRATOR)
    return once_agreed(_agreement(case, s, now), s, held) if isinstance(held, Begin) else held


def appointment_missed(case: Case, s: Subject, now: datetime) -> Start:
    """An appointment that the alleged perpetrator missed, unless it was the second without good reason."""
    row = s.record
    assert isinstance(row, Interview), "the scope is interview"
    missed = row.result in (Held.MISSED, Held.MISSED_WELL)
    if row.with_ is not c.InterviewKind.PERPETRATOR or not missed:
        return None
    if unwilling(case, s, now) is not None:
        return Skip("The person refused to meet or missed two appointments: the letter on the consequences follows.")
    at = row.booked_for or row.happened_at
    if not at:
        return Wait(f"Interviews {row.id}: say when it was missed.")
    return once_agreed(_agreement(case, s, now), s, Begin(at, "the missed appointment"))


def misses(case: Case, s: Subject) -> list[datetime]:
    """Appointments missed without good reason since the person last attended (R-09), oldest first."""
    return appointments.misses(appointments.rounds(case, s.incident, s.person)[-1])


def unwilling(case: Case, s: Subject, now: datetime) -> Begin | None:
    """A refusal to meet, or the second missed appointment (HC-098). Meeting us after all ends both (R-09)."""
    *earlier, current = appointments.rounds(case, s.incident, s.person)
    since = appointments.unwilling_since(current)
    met = appointments.when(earlier[-1][-1]) if earlier else None
    return Begin(*since, ended_at=met) if since else None


def consequences_follow(case: Case, s: Subject, now: datetime) -> Start:
    """The person is unwilling to meet, and the victim agrees to our writing (HC-098, R-01)."""
    start = unwilling(case, s, now)
    if start:
        return once_agreed(_agreement(case, s, now), s, start)
    ever = any(appointments.unwilling_since(rows) for rows in appointments.rounds(case, s.incident, s.person))
    return Skip("The person met us after all.") if ever else None


def _rests_on(case: Case, s: Subject, now: datetime, purpose: c.Purpose) -> tuple[Start, str]:
    """From when this landlord may be told, and, where that rests on an override, words that say so (A-16)."""
    assert s.person, "asked for an alleged perpetrator only"
    if not (s.person.landlord or "").strip():
        return Wait("Enter which landlord it is."), ""
    says = all_agree(case, c.Option.AGENCY, s.incident, now, organisation=s.person.landlord)
    row = override(case, purpose, s.person.landlord, s.incident) if says.says is not Says.YES else None
    if row is None:
        return agreed(says, s, "the victim's agreement"), ""
    return Begin(overridden_at(row), f"the override (Overrides {row.id})"), f", on the override (Overrides {row.id})"


def other_landlord(case: Case, s: Subject, now: datetime) -> Start:
    """The alleged perpetrator is found to live in another landlord's home (HC-095)."""
    if s.person is None or s.person.lives_in is not c.LivesIn.OTHER_LANDLORD:
        return None
    start, on = _rests_on(case, s, now, c.Purpose.OTHER_LANDLORD)
    known = max(s.person.identified_at or s.incident.counts_from, s.incident.counts_from)
    return _not_before(start, known, f"the landlord being known{on}")


def landlord_called(case: Case, s: Subject, now: datetime) -> Start:
    """The telephone call to the other landlord (HC-096)."""
    if s.person is None or s.person.lives_in is not c.LivesIn.OTHER_LANDLORD:
        return None
    start, on = _rests_on(case, s, now, c.Purpose.OTHER_LANDLORD)
    if not isinstance(start, Begin):
        return start
    told = [referral_gone(x) for x in case.referrals
            if x.purpose is c.Purpose.OTHER_LANDLORD and x.person_id == s.person.id]  # fmt: skip
    calls = [e.happened_at for e in told if e]
    if not calls:
        return Wait("It follows the call to the other landlord.")
    return Begin(min(calls), f"the call{on}", theirs=settled_at(case, s, None))


def landlord_written_to(case: Case, s: Subject, now: datetime) -> Start:
    """The written request to the other landlord (HC-118)."""
    if s.person is None or s.person.lives_in is not c.LivesIn.OTHER_LANDLORD:
        return None
    asked = landlord_asked(case, s)
    return Begin(asked.happened_at, "the written request") if asked else Wait("It follows the written request.")


def director_warranted(case: Case, s: Subject, now: datetime) -> Start:
    """A manager's decision that the facts warrant it (HC-116)."""
    if s.person is None or s.person.lives_in is not c.LivesIn.OTHER_LANDLORD:
        return None
    row = manager_decided(case, c.Matter.DIRECTOR_NOTICE, incident=s.incident)
    if row is None or row.decision is not c.Decision.AGREED:
        return None
    start, on = _rests_on(case, s, now, c.Purpose.DIRECTOR)
    return _not_before(start, row.decided_at or row.recorded_at, f"the manager's decision{on}")


def _not_before(start: Start, at: datetime, words: str) -> Start:
    return Begin(at, words) if isinstance(start, Begin) and start.at < at else start


def perpetrator_outcome(case: Case, s: Subject, now: datetime) -> Start:
    """The first report; where a delay letter gave a new date, that date (R-04). Withheld without agreement (A-21)."""
    if s.person is None:
        return Wait("It is not known who the alleged perpetrator is.")
    if s.person.lives_in is c.LivesIn.OTHER_LANDLORD:
        return Skip("Told through the other landlord.")
    says = _agreement(case, s, now)
    if says.says is not Says.YES:
        return agreed(says, s, "")
    revised = [(target_of(x.revised_target), x.sent_at) for x in delay_letters(case, s)
               if x.revised_target and x.sent_at and not unfit_target(case, x)]  # fmt: skip
    return Begin(s.incident.counts_from, FIRST, tuple(sorted(revised, key=lambda r: r[1])))
