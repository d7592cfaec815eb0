"""Evidence of what was done about the alleged perpetrator and their landlord.

In: a case (times in the future already left out), a subject. Out: what happened, when, on which record.
Never here: a booking, a draft or an attempt taken for the thing itself; a decision without its author (R-25).
"""

from dataclasses import replace
from datetime import datetime

from automations.appointments import rounds, unwilling_since
from automations.contact import under_14
from automations.evidence.shown import (
    Evidence,
    Found,
    earliest,
    in_order,
    is_about,
    letter_sent,
    partner_told,
    row_shows,
    rung_up,
    written_to,
)
from automations.model import Case, Interview
from automations.moved import stood
from automations.rules import is_line_manager
from automations.subjects import Subject
from schema import choices as c


def delay_reviewed(case: Case, s: Subject) -> list[Evidence]:
    """Reviews of why this person's interview is late; one that names nobody counts only where there is one person."""
    alone = len(case.persons(s.incident.perpetrator_ids)) <= 1
    shown = [
        found._replace(by_manager=is_line_manager(case, r) or stood(case, "Reviews", r))
        for r in case.reviews
        if r.kind is c.ReviewKind.DELAY and r.findings and is_about(case, s, r.incident_id)
        and (alone if r.person_id is None else s.person is not None and r.person_id == s.person.id)
        and (found := row_shows("Reviews", r, r.held_at))
    ]  # fmt: skip
    return in_order(shown)


def warning_sent(case: Case, s: Subject) -> Found:
    held = s.record.happened_at if isinstance(s.record, Interview) else None
    return _written(case, s, c.LetterKind.WARNING, c.LetterKind.TENANT_WARNING, since=held)


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
        and x.booked_for > missed and is_about(case, s, x.incident_id) and x.result is not c.InterviewResult.CANCELLED
    ]  # fmt: skip
    first = min(later, key=lambda x: x.booked_for or x.created_at, default=None)
    if first is None:
        return None
    return Evidence(f"Interviews {first.id}", first.booked_at or first.created_at, first.created_at, first.booked_for)


def non_attendance_sent(case: Case, s: Subject) -> Found:
    """The letter on the consequences, of this refusal or these misses and not of an earlier round (R-09)."""
    unwilling = unwilling_since(rounds(case, s.incident, s.person)[-1])
    since = unwilling[0] if unwilling else None
    return _written(case, s, c.LetterKind.NON_ATTENDANCE, c.LetterKind.TENANT_NON_ATTENDANCE, since=since)


def landlord_told(case: Case, s: Subject) -> Found:
    return partner_told(case, s, c.Purpose.OTHER_LANDLORD, person=True)


def landlord_asked(case: Case, s: Subject) -> Found:
    """By letter, or in writing by the way to their desk (HC-096)."""
    return earliest([letter_sent(case, s, (c.LetterKind.LANDLORD_REQUEST,)),
                     written_to(case, s, c.Purpose.OTHER_LANDLORD)])  # fmt: skip


def director_notified(case: Case, s: Subject) -> Found:
    """By telephone and in writing: done when the later of the two is (HC-116)."""
    call = rung_up(case, s, c.Purpose.DIRECTOR)
    letter = earliest([letter_sent(case, s, (c.LetterKind.DIRECTOR,)), written_to(case, s, c.Purpose.DIRECTOR)])
    return max(call, letter, key=lambda e: e.happened_at) if call and letter else None


def perpetrator_outcome_sent(case: Case, s: Subject) -> Found:
    return _written(case, s, c.LetterKind.PERPETRATOR_OUTCOME, c.LetterKind.TENANT_OUTCOME)


def _written(case: Case, s: Subject, own: c.LetterKind, tenants: c.LetterKind, since: datetime | None = None) -> Found:
    """Their own letter; of a child under 14, on that day, the one to the tenant, who is written to instead (R-18).

    A tenant's letter does not say which child it is about: it counts where there is one alleged perpetrator.
    """
    found = [letter_sent(case, s, (own,), since=since)]
    if s.person and len(case.persons(s.incident.perpetrator_ids)) == 1:
        to = [replace(s, person=p) for p in case.people if p.role is c.PersonRole.TENANT]
        sent = [letter_sent(case, each, (tenants,), since=since) for each in to]
        found += [x for x in sent if x and under_14(s.person, x.happened_at)]
    return earliest(found)
