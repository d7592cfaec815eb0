"""Evidence: the record that shows a step was done.

In: a case (times in the future already left out), a subject. Out: what happened, when, on which record.
Never here: a booking, a draft or an attempt taken for the thing itself; a decision without its author (R-25).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from automations.model import Case, Closure, Consent, Interview, Letter, Referral, Repair, Review, Row
from automations.rules import is_line_manager, manager_decided
from automations.subjects import Subject, is_theirs
from schema import choices as c


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows it: the record's key, when it happened, when it was recorded (both UTC).

    `measured_at` is what counts against the due date where that is not when it happened: the day of a
    re-arranged meeting (A-20).
    """

    key: str
    happened_at: datetime
    recorded_at: datetime
    measured_at: datetime | None = None

    @property
    def counts_at(self) -> datetime:
        """The instant set against the due date."""
        return self.measured_at or self.happened_at


Found = Evidence | None
OUTCOMES = (c.LetterKind.VICTIM_OUTCOME,)
WRITTEN = (c.LetterKind.VICTIM_OUTCOME, c.LetterKind.PROGRESS, c.LetterKind.DELAY)
TOLD = (c.ReferralState.SENT, c.ReferralState.STATISTICS_SENT, c.ReferralState.ACKNOWLEDGED)


def _at(table: str, row: Row, at: datetime | None) -> Found:
    return Evidence(f"{table} {row.id}", at, row.recorded_at) if at else None


def _first(found: Iterable[Found]) -> Found:
    return min((e for e in found if e), key=lambda e: e.happened_at, default=None)


def picked_up(case: Case, s: Subject) -> Found:
    return _at("Incidents", s.incident, s.incident.picked_up_at)


def assessed(case: Case, s: Subject) -> Found:
    return _at("Incidents", s.incident, s.incident.assessed_at if s.incident.assessment else None)


def logged(case: Case, s: Subject) -> Found:
    """The row itself: happened when the platform made it (A-27). Records brought over show nothing (R-08)."""
    if case.imported:
        return None
    return Evidence(f"Incidents {s.incident.id}", s.incident.created_at, s.incident.created_at)


def form_completed(case: Case, s: Subject) -> Found:
    return _at("Cases", case, case.form_completed_at)


def details_given(case: Case, s: Subject) -> Found:
    letter = _sent(case, s, (c.LetterKind.ACKNOWLEDGEMENT,), any_incident=True)
    return _first([letter, _at("Cases", case, case.details_given_at)])


def first_discussion(case: Case, s: Subject) -> Found:
    return _first(_reviews(case, s, c.ReviewKind.FIRST))


def safeguarding_made(case: Case, s: Subject) -> Found:
    return _told(case, s, c.Purpose.SAFEGUARDING)


def homelessness_helped(case: Case, s: Subject) -> Found:
    kinds = (c.RehousingKind.HOMELESSNESS, c.RehousingKind.TEMPORARY)
    return _first(
        _at("Rehousing", x, x.called_at) for x in case.rehousing if x.kind in kinds and _about(case, s, x.incident_id)
    )


def legal_advice_asked(case: Case, s: Subject) -> Found:
    return _first(
        _at("Legal", x, x.asked_at)
        for x in case.legal
        if x.kind is c.LegalKind.EMERGENCY_ADVICE and _about(case, s, x.incident_id)
    )


def victim_interviewed(case: Case, s: Subject) -> Found:
    return _interviewed(case, s, c.InterviewKind.VICTIM)


def witness_interviewed(case: Case, s: Subject) -> Found:
    return _interviewed(case, s, c.InterviewKind.WITNESS)


def perpetrator_interviewed(case: Case, s: Subject) -> Found:
    return _interviewed(case, s, c.InterviewKind.PERPETRATOR)


def note_saved(case: Case, s: Subject) -> Found:
    row = s.record
    return _at("Interviews", row, row.note_saved_at) if isinstance(row, Interview) else None


def statement_signed(case: Case, s: Subject) -> Found:
    row = s.record
    return _at("Interviews", row, row.statement_signed_at) if isinstance(row, Interview) else None


def plan_signed(case: Case, s: Subject) -> Found:
    rows = [x for x in case.plans if is_theirs(case, s.person, x.victim_id)]
    return _first(_at("Action plan", x, x.signed_at) for x in rows)


def cdrp_told(case: Case, s: Subject) -> Found:
    return _told(case, s, c.Purpose.CDRP_NOTICE)


def cdrp_updated(case: Case, s: Subject) -> Found:
    return _told(case, s, c.Purpose.CDRP_UPDATE)


def police_told(case: Case, s: Subject) -> Found:
    return _told(case, s, c.Purpose.POLICE)


def support_referred(case: Case, s: Subject) -> Found:
    """A referral of this victim to the organisation that the agreement names, made after it."""
    row = s.record
    if not isinstance(row, Consent):
        return None
    gone = [
        _gone(x)
        for x in case.referrals
        if x.purpose is c.Purpose.SUPPORT and is_theirs(case, s.person, x.person_id)
        and (row.incident_id is None or _about(case, s, x.incident_id))
        and (not row.organisation or _same(x.partner, row.organisation))
    ]  # fmt: skip
    return _first(e for e in gone if e and (row.given_at is None or e.happened_at >= row.given_at))


def repair_done(case: Case, s: Subject) -> Found:
    row = s.record
    return _at("Repairs", row, row.done_at) if isinstance(row, Repair) else None


def security_decided(case: Case, s: Subject) -> Found:
    row = manager_decided(case, c.Matter.SECURITY, repair_id=s.record.id if s.record else "")
    return _at("Approvals", row, row.decided_at or row.decided_recorded_at) if row else None


def delay_reviewed(case: Case, s: Subject) -> list[Evidence]:
    rows = [r for r in case.reviews if r.kind is c.ReviewKind.DELAY and r.findings and _about(case, s, r.incident_id)]
    return _ordered(_at("Reviews", r, r.held_at) for r in rows)


def warning_sent(case: Case, s: Subject) -> Found:
    held = s.record.happened_at if isinstance(s.record, Interview) else None
    return _sent(case, s, (c.LetterKind.WARNING,), since=held)


def meeting_rearranged(case: Case, s: Subject) -> Found:
    """Another booking with the same person: made when it was booked, measured on the day it is for (A-20)."""
    row = s.record
    if not isinstance(row, Interview):
        return None
    missed = row.booked_for or row.happened_at
    later = [
        x
        for x in case.interviews
        if x.id != row.id and x.with_ is row.with_ and x.person_id == row.person_id and x.booked_for and missed
        and x.booked_for > missed and _about(case, s, x.incident_id) and x.result is not c.InterviewResult.CANCELLED
    ]  # fmt: skip
    first = min(later, key=lambda x: x.booked_for or x.created_at, default=None)
    if first is None:
        return None
    return Evidence(f"Interviews {first.id}", first.booked_at or first.created_at, first.created_at, first.booked_for)


def non_attendance_sent(case: Case, s: Subject) -> Found:
    return _sent(case, s, (c.LetterKind.NON_ATTENDANCE,))


def landlord_told(case: Case, s: Subject) -> Found:
    return _told(case, s, c.Purpose.OTHER_LANDLORD, person=True)


def landlord_asked(case: Case, s: Subject) -> Found:
    return _sent(case, s, (c.LetterKind.LANDLORD_REQUEST,))


def director_notified(case: Case, s: Subject) -> Found:
    """By telephone and in writing: done when the later of the two is (HC-116)."""
    call, letter = _told(case, s, c.Purpose.DIRECTOR, person=True), _sent(case, s, (c.LetterKind.DIRECTOR,))
    return max(call, letter, key=lambda e: e.happened_at) if call and letter else None


def progress_reviewed(case: Case, s: Subject) -> Found:
    return _first(_reviews(case, s, c.ReviewKind.PROGRESS))


def outcome_reviewed(case: Case, s: Subject) -> Found:
    """A review by a line manager that covered the outcome, whichever it was (A-07)."""
    return _first(_reviews(case, s, c.ReviewKind.PROGRESS, c.ReviewKind.OUTCOME, outcome=True))


def reviewed_again(case: Case, s: Subject) -> list[Evidence]:
    """The line manager's reviews after the first progress review (HC-111), in order."""
    kinds = (c.ReviewKind.PROGRESS, c.ReviewKind.OUTCOME, c.ReviewKind.FORTNIGHTLY)
    rows = [r for r in case.reviews if r.kind in kinds and r.findings and is_line_manager(r)]
    found = _ordered(_at("Reviews", r, r.held_at) for r in rows)
    started = [r.held_at for r in rows if r.kind is c.ReviewKind.PROGRESS and r.held_at]
    return [e for e in found if started and e.happened_at >= min(started)]


def victim_written(case: Case, s: Subject) -> Found:
    return _sent(case, s, WRITTEN)


def victim_outcome_sent(case: Case, s: Subject) -> Found:
    return _sent(case, s, OUTCOMES)


def findings_told(case: Case, s: Subject) -> Found:
    """The outcome letter, or a further delay letter with a later date (HC-104)."""
    later = [
        _at("Letters", x, x.sent_at)
        for x in case.letters
        if isinstance(s.record, Letter) and x.kind is c.LetterKind.DELAY and x.id != s.record.id and _posted(x)
        and x.sent_at and s.record.sent_at and x.sent_at > s.record.sent_at and _about(case, s, x.incident_id)
    ]  # fmt: skip
    return _first([_sent(case, s, OUTCOMES), *later])


def perpetrator_outcome_sent(case: Case, s: Subject) -> Found:
    return _sent(case, s, (c.LetterKind.PERPETRATOR_OUTCOME,))


def contact_made(case: Case, s: Subject) -> list[Evidence]:
    rows = [x for x in case.contacts if x.result is c.ContactResult.MADE and is_theirs(case, s.person, x.person_id)]
    return _ordered(_at("Contacts", x, x.at) for x in rows)


def survey_sent(case: Case, s: Subject) -> Found:
    return _sent(case, s, (c.LetterKind.SURVEY,), any_incident=True)


def checked_again(case: Case, s: Subject) -> Found:
    row = s.record
    return _at("Closures", row, row.checked_again_at) if isinstance(row, Closure) else None


def feedback_got(case: Case, s: Subject) -> Found:
    """What the victim said before closing; the survey is another thing (A-24)."""
    return _first(_at("Feedback", x, x.got_at) for x in case.feedback if x.kind is c.FeedbackKind.BEFORE_CLOSING)


def _about(case: Case, s: Subject, incident_id: str | None) -> bool:
    return case.incident_of(incident_id) == s.incident


def _ordered(found: Iterable[Found]) -> list[Evidence]:
    return sorted((e for e in found if e), key=lambda e: (e.happened_at, e.key))


def _reviews(case: Case, s: Subject, *kinds: c.ReviewKind, outcome: bool = False) -> list[Found]:
    def counts(r: Review) -> bool:
        fits = r.kind in kinds and _about(case, s, r.incident_id) and (r.covers_outcome or not outcome)
        return fits and bool(r.findings) and is_line_manager(r)

    return [_at("Reviews", r, r.held_at) for r in case.reviews if counts(r)]


def _interviewed(case: Case, s: Subject, kind: c.InterviewKind) -> Found:
    def theirs(x: Interview) -> bool:
        if kind is c.InterviewKind.VICTIM:
            return is_theirs(case, s.person, x.person_id)
        return s.person is not None and x.person_id == s.person.id

    return _first(
        _at("Interviews", x, x.happened_at)
        for x in case.interviews
        if x.with_ is kind and x.result is c.InterviewResult.HELD and theirs(x) and _about(case, s, x.incident_id)
    )


def _same(one: str | None, other: str) -> bool:
    return " ".join((one or "").lower().split()) == " ".join(other.lower().split())


def _posted(x: Letter) -> bool:
    return x.decision is c.LetterDecision.POSTED and x.sent_at is not None


def _sent(
    case: Case, s: Subject, kinds: tuple[c.LetterKind, ...], since: datetime | None = None, any_incident: bool = False
) -> Found:
    """A letter of that kind to the subject's person that staff say was sent. Made is not sent (A-33)."""
    return _first(
        _at("Letters", x, x.sent_at)
        for x in case.letters
        if x.kind in kinds and _posted(x) and (any_incident or _about(case, s, x.incident_id))
        and is_theirs(case, s.person, x.to_id)
        and (since is None or (x.sent_at and x.sent_at >= since))
    )  # fmt: skip


def _gone(x: Referral) -> Found:
    return _at("Referrals", x, x.by_hand_at or (x.sent_at if x.state in TOLD else None))


def _told(case: Case, s: Subject, purpose: c.Purpose, person: bool = False) -> Found:
    wanted = s.person.id if person and s.person else None
    rows = [x for x in case.referrals if x.purpose is purpose and _about(case, s, x.incident_id)]
    return _first(_gone(x) for x in rows if wanted is None or x.person_id == wanted)


EVIDENCE: dict[str, Callable[[Case, Subject], Found]] = {
    f.__name__: f
    for f in (
        picked_up, assessed, logged, form_completed, details_given, first_discussion, safeguarding_made,
        homelessness_helped, legal_advice_asked, victim_interviewed, witness_interviewed, perpetrator_interviewed,
        note_saved, statement_signed, plan_signed, cdrp_told, cdrp_updated, police_told, support_referred, repair_done,
        security_decided, warning_sent, meeting_rearranged, non_attendance_sent, landlord_told, landlord_asked,
        director_notified, progress_reviewed, outcome_reviewed, victim_written, victim_outcome_sent, findings_told,
        perpetrator_outcome_sent, survey_sent, checked_again, feedback_got,
    )
}  # fmt: skip
OCCURRENCES: dict[str, Callable[[Case, Subject], list[Evidence]]] = {
    f.__name__: f for f in (delay_reviewed, reviewed_again, contact_made)
}
"""Steps that recur: each occurrence in order."""
