"""Evidence of what was done with and for the victim, and whom we told for them.

In: a case (times in the future already left out), a subject. Out: what happened, when, on which record.
Never here: a booking, a draft or an attempt taken for the thing itself; a decision without its author (R-25).
"""

from automations.evidence.shown import (
    OUTCOMES,
    WRITTEN,
    Evidence,
    Found,
    earliest,
    in_order,
    is_about,
    letter_sent,
    partner_told,
    referral_gone,
    row_shows,
    same_words,
)
from automations.model import Case, Consent, Letter
from automations.sent import was_posted
from automations.subjects import Subject, is_theirs
from schema import choices as c


def plan_signed(case: Case, s: Subject) -> Found:
    rows = [x for x in case.plans if is_theirs(case, s.person, x.victim_id)]
    return earliest(row_shows("Action plan", x, x.signed_at) for x in rows)


def cdrp_told(case: Case, s: Subject) -> Found:
    return partner_told(case, s, c.Purpose.CDRP_NOTICE)


def cdrp_updated(case: Case, s: Subject) -> Found:
    return partner_told(case, s, c.Purpose.CDRP_UPDATE)


def police_told(case: Case, s: Subject) -> Found:
    return partner_told(case, s, c.Purpose.POLICE)


def support_referred(case: Case, s: Subject) -> Found:
    """A referral of this victim to the organisation that the agreement names, made after it."""
    row = s.record
    if not isinstance(row, Consent):
        return None
    gone = [
        referral_gone(x)
        for x in case.referrals
        if x.purpose is c.Purpose.SUPPORT and is_theirs(case, s.person, x.person_id)
        and (row.incident_id is None or is_about(case, s, x.incident_id))
        and (not row.organisation or same_words(x.partner, row.organisation))
    ]  # fmt: skip
    return earliest(e for e in gone if e and (row.given_at is None or e.happened_at >= row.given_at))


def way_found(case: Case, s: Subject) -> Found:
    """A way to reach the victim or whoever reported it, or a try to (R-21). When a way was first seen stays."""
    tried = [row_shows("Contacts", x, x.at) for x in case.contacts if x.result]
    roles = (c.PersonRole.VICTIM, c.PersonRole.REPORTER)
    seen = {a.evidence_key: a.done_at for a in case.actions if a.step == "chase_contact"}
    reached = [
        row_shows("People", p, seen.get(f"People {p.id}") or p.recorded_at)
        for p in case.people
        if p.role in roles and (p.address or p.telephone or p.email)
    ]
    return earliest([*tried, *reached])


def contact_made(case: Case, s: Subject) -> list[Evidence]:
    rows = [x for x in case.contacts if x.result is c.ContactResult.MADE and is_theirs(case, s.person, x.person_id)]
    return in_order(row_shows("Contacts", x, x.at) for x in rows)


def victim_written(case: Case, s: Subject) -> Found:
    return letter_sent(case, s, WRITTEN)


def victim_outcome_sent(case: Case, s: Subject) -> Found:
    return letter_sent(case, s, OUTCOMES)


def findings_told(case: Case, s: Subject) -> Found:
    """The outcome letter, or a further delay letter to the same victim with a later date (HC-104)."""
    row = s.record
    if not isinstance(row, Letter):
        return None
    later = [
        row_shows("Letters", x, x.sent_at)
        for x in case.letters
        if x.kind is c.LetterKind.DELAY and was_posted(case, x) and is_about(case, s, x.incident_id)
        and x.sent_at and row.sent_at and x.sent_at > row.sent_at and is_theirs(case, s.person, x.to_id)
        and x.revised_target and row.revised_target and x.revised_target > row.revised_target
    ]  # fmt: skip
    return earliest([letter_sent(case, s, OUTCOMES), *later])
