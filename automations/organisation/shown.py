"""The records that show the organisation's steps to be done, each occurrence in order.

In: the organisation, what the action is about. Out: evidence.
Never here: a review that lacks something taken for one, or a briefing of one person for another.
"""

from collections.abc import Callable
from datetime import date, datetime

from automations.calendar import end_of
from automations.evidence import Evidence
from automations.model import Area, PolicyReview, Row, Staff
from automations.organisation import area_reviews, policy
from automations.organisation.training import NEEDED, done, to_brief, unbriefed
from automations.organisation.whole import Organisation, Whole
from schema.choices import TrainingKind


def area_reviewed(org: Organisation, whole: Whole) -> list[Evidence]:
    """Reviews of the area that are signed off (HC-138 to HC-140)."""
    assert isinstance(whole.record, Area), "the scope is area"
    return [
        Evidence(f"Area reviews {x.id}", x.held_at, x.decided_recorded_at or x.recorded_at)
        for x in (looked.review for looked in area_reviews.looked(org, whole.record) if not looked.missing)
        if x.held_at
    ]


def policy_reviewed(org: Organisation, whole: Whole) -> list[Evidence]:
    """Reviews by the operations director (HC-143)."""
    return [
        _on(f"Policy reviews {x.id}", x.reviewed_on, x, x.decided_recorded_at)
        for x in policy.counting(org)
        if x.reviewed_on
    ]


def staff_briefed(org: Organisation, whole: Whole) -> list[Evidence]:
    """Everybody who works here has been briefed since the review: the last of them (HC-148)."""
    review = whole.record
    assert isinstance(review, PolicyReview), "the scope is policy"
    if unbriefed(org, review):
        return []
    rows = [done(org, x, TrainingKind.AFTER_REVIEW, review.reviewed_on) for x in to_brief(org, review)]
    last = max((x for x in rows if x and x.done_on), key=lambda x: x.done_on or date.min, default=None)
    return [_on(f"Training {last.id}", last.done_on, last)] if last and last.done_on else []


def inducted(org: Organisation, whole: Whole) -> list[Evidence]:
    """The briefing at induction (HC-147)."""
    return _trained(org, whole, TrainingKind.INDUCTION)


def role_trained(org: Organisation, whole: Whole) -> list[Evidence]:
    """The training that the role needs (HC-149, HC-150)."""
    assert isinstance(whole.record, Staff), "the scope is a member of staff"
    return _trained(org, whole, NEEDED[whole.record.role]) if whole.record.role in NEEDED else []


SHOWN: dict[str, Callable[[Organisation, Whole], list[Evidence]]] = {
    f.__name__: f for f in (area_reviewed, policy_reviewed, staff_briefed, inducted, role_trained)
}


def _trained(org: Organisation, whole: Whole, kind: TrainingKind) -> list[Evidence]:
    assert isinstance(whole.record, Staff), "the scope is a member of staff"
    row = done(org, whole.record, kind)
    return [_on(f"Training {row.id}", row.done_on, row)] if row and row.done_on else []


def _on(key: str, day: date, row: Row, recorded_at: datetime | None = None) -> Evidence:
    """What a day shows: done by its end, so that the last day is in time."""
    return Evidence(key, end_of(day), recorded_at or row.recorded_at)
