"""Evidence of the first hours: the report passed on, assessed and logged, the home, the witnesses.

In: a case (times in the future already left out), a subject. Out: what happened, when, on which record.
Never here: a booking, a draft or an attempt taken for the thing itself; a decision without its author (R-25).
"""

from datetime import datetime

from automations.evidence.shown import (
    Evidence,
    Found,
    earliest,
    is_about,
    letter_sent,
    partner_told,
    reviews_held,
    row_shows,
)
from automations.model import Case, Rehousing, Repair
from automations.rules import manager_decided
from automations.subjects import Subject, is_theirs
from schema import choices as c


def picked_up(case: Case, s: Subject) -> Found:
    return row_shows("Incidents", s.incident, s.incident.picked_up_at)


def assessed(case: Case, s: Subject) -> Found:
    return row_shows("Incidents", s.incident, s.incident.assessed_at if s.incident.assessment else None)


def logged(case: Case, s: Subject) -> Found:
    """The row itself: happened when the platform made it (A-27). Records brought over show nothing (R-08)."""
    if case.imported:
        return None
    at = s.incident.logged_at or s.incident.created_at
    return Evidence(f"Incidents {s.incident.id}", at, at)


def form_completed(case: Case, s: Subject) -> Found:
    return row_shows("Cases", case, case.form_completed_at)


def details_given(case: Case, s: Subject) -> Found:
    """The letter to this victim; the case's own cell speaks of the only victim there was then (A-30)."""
    letter = letter_sent(case, s, (c.LetterKind.ACKNOWLEDGEMENT,), any_incident=True)
    at = case.details_given_at
    others = [v for v in case.victims if s.person is not None and v.id != s.person.id]
    alone = at is not None and all(v.created_at > at for v in others)
    return earliest([letter, row_shows("Cases", case, at if alone else None)])


def tenancy_checked(case: Case, s: Subject) -> Found:
    """A check of this victim's tenancy since the first report that says what was found, be it nothing (HC-037)."""
    first = min(i.counts_from for i in case.incidents)
    return earliest(
        row_shows("Tenancy checks", x, x.checked_at)
        for x in case.checks
        if x.found and x.checked_at and x.checked_at >= first and is_theirs(case, s.person, x.person_id)
    )


def first_discussion(case: Case, s: Subject) -> Found:
    """Held with a line manager on the plan, on repairs and security and on emergency legal action (HC-047)."""
    return earliest(reviews_held(case, s, c.ReviewKind.FIRST))


def safeguarding_made(case: Case, s: Subject) -> Found:
    """A referral made once the risk was known: an earlier one was of another risk (R-21)."""
    return partner_told(case, s, c.Purpose.SAFEGUARDING, since=s.incident.risk_known_at)


def homelessness_helped(case: Case, s: Subject) -> Found:
    """The council was called and the victim has the letter for it, or it has the referral (HC-015); or somewhere
    temporary was asked for.
    """

    def helped(x: Rehousing) -> datetime | None:
        if x.kind is c.RehousingKind.TEMPORARY:
            return x.called_at
        both = x.called_at and x.letter_given_at and max(x.called_at, x.letter_given_at)
        return both if x.kind is c.RehousingKind.HOMELESSNESS else None

    asked = [row_shows("Rehousing", x, helped(x)) for x in case.rehousing if is_about(case, s, x.incident_id)]
    return earliest([*asked, partner_told(case, s, c.Purpose.HOMELESSNESS)])


def legal_advice_asked(case: Case, s: Subject) -> Found:
    return earliest(
        row_shows("Legal", x, x.asked_at)
        for x in case.legal
        if x.kind is c.LegalKind.EMERGENCY_ADVICE and is_about(case, s, x.incident_id)
    )


def repair_done(case: Case, s: Subject) -> Found:
    row = s.record
    return row_shows("Repairs", row, row.done_at) if isinstance(row, Repair) else None


def security_decided(case: Case, s: Subject) -> Found:
    row = manager_decided(case, c.Matter.SECURITY, repair_id=s.record.id if s.record else "")
    return row_shows("Approvals", row, row.decided_at or row.decided_recorded_at) if row else None
