"""Evidence of a partner's answer to what it was told.

In: a case (times in the future already left out), a subject. Out: what happened, when, on which record.
Never here: a receipt taken for an answer: that they have it is what they say later, or what staff were told.
"""

from automations.evidence.shown import Found, earliest, row_shows
from automations.model import Case, Referral
from automations.subjects import Subject


def partner_answered(case: Case, s: Subject) -> Found:
    """What they answered to Casewatch, when they agreed to act, or what came of it, as staff entered it."""
    row = s.record
    if not isinstance(row, Referral):
        return None
    outcome = (row.outcome_at or row.recorded_at) if (row.outcome or "").strip() else None
    return earliest(row_shows("Referrals", row, at) for at in (row.acknowledged_at, row.agreed_at, outcome))
