"""Starts that follow from what a partner was told: their answer is waited for, and asked for where none comes.

In: a case, a subject, the moment. Out: Begin, Skip, or None where the step has no place on this case.
Never here: a partner who is told and asked for nothing (the partnership's notice and update, statistics, a meeting).
"""

from datetime import datetime

from automations.consent import same_words
from automations.evidence.shown import referral_gone
from automations.model import Case, Referral
from automations.starts.answers import Begin, Skip, Start
from automations.subjects import Subject
from schema import choices as c

ASKED = frozenset({c.Purpose.POLICE, c.Purpose.POLICE_INFORMATION, c.Purpose.SUPPORT, c.Purpose.HOMELESSNESS,
                   c.Purpose.SAFEGUARDING, c.Purpose.OTHER_LANDLORD, c.Purpose.DIRECTOR})  # fmt: skip
"""Purposes that ask the partner to do something."""


def partner_has_it(case: Case, s: Subject, now: datetime) -> Start:
    """The moment from which a partner has a referral, by whatever way it went (HC-051, HC-063, HC-070)."""
    row = s.record
    assert isinstance(row, Referral), "the scope is referral"
    if row.purpose not in ASKED or (case.imported and not row.sent_under):
        return None
    if row.state in c.CALLED_BACK or row.stop_asked_at:
        return Skip("It was called back.")
    if row.state is c.ReferralState.REJECTED:
        return Skip("The partner refused it.")
    gone = referral_gone(row)
    if gone is None:
        return None
    if any(_is_later(case, row, x, gone.happened_at) for x in case.referrals):
        return Skip("They were told more of the same since: that is what they are asked about.")
    return Begin(gone.happened_at, "the partner having it")


def _is_later(case: Case, row: Referral, other: Referral, at: datetime) -> bool:
    """Whether another row told the same partner of the same since."""
    same = other.id != row.id and other.purpose is row.purpose and other.person_id == row.person_id
    gone = referral_gone(other) if same and same_words(other.whom, row.whom or "") else None
    return (
        gone is not None
        and case.incident_of(other.incident_id) == case.incident_of(row.incident_id)
        and (gone.happened_at, other.id) > (at, row.id)
    )
