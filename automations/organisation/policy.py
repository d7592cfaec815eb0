"""Policy reviews: which count, and whom each still asks to be briefed (HC-143, HC-148).

In: the organisation, a review. Out: reviews in order, sentences.
Never here: a review that somebody other than the operations director entered; a member of staff's name.
"""

from datetime import date

from automations.model import PolicyReview
from automations.organisation.training import unbriefed, words_of
from automations.organisation.whole import Organisation, unsigned
from schema.choices import StaffRole

WHO = "the operations director"


def counting(org: Organisation) -> list[PolicyReview]:
    """Reviews with a date that the operations director entered, in order of that date."""
    rows = [x for x in org.policy_reviews if not _unsigned(org, x)]
    return sorted(rows, key=lambda x: (x.reviewed_on or date.max, x.id))


def lacks(org: Organisation, review: PolicyReview) -> list[str]:
    """Why a review does not count; where it does, who is still to be briefed."""
    said = _unsigned(org, review)
    left = [] if said else unbriefed(org, review)
    return [*said, *(["Not yet briefed: " + "; ".join(words_of(x) for x in left) + "."] if left else ())]


def _unsigned(org: Organisation, review: PolicyReview) -> list[str]:
    said = org.said_of("Policy reviews", review.id)
    if review.reviewed_on is None:
        return [*said, "Say when it was reviewed."]
    if org.stood("Policy reviews", review):
        return said
    why = unsigned(review, "Reviewed on", {StaffRole.OPERATIONS}, WHO)
    return [*said, why] if why else said
