"""The moment each of the organisation's steps counts from, or why it waits.

In: the organisation, what the action is about, the last time it was done. Out: Begin, Wait, or None where it has
no place. Never here: a due date (deadlines.py), or a step completed (shown.py).
"""

from collections.abc import Callable
from datetime import date, datetime, time

from automations.calendar import LONDON
from automations.evidence import Evidence
from automations.model import Area, PolicyReview, Staff
from automations.organisation.training import started_on
from automations.organisation.whole import Organisation, Whole
from automations.starts import Begin, Start, Wait

NO_REVIEW = "No policy review is entered: the operations director enters in Policy reviews when the last one was."


def area_cycle(org: Organisation, whole: Whole, last: Evidence | None) -> Start:
    """The last review, or the first report of the first case open since, whichever is later (HC-138)."""
    assert isinstance(whole.record, Area), "the scope is area"
    since = last.happened_at if last else None
    here = [x for x in org.of_area(whole.record) if since is None or x.closed_at is None or x.closed_at > since]
    if not here:
        return Wait("No case of the area has been open since the last review.")
    first = min(x.reported_at for x in here)
    if since and since >= first:
        return Begin(since, "the last review")
    return Begin(first, "the first report in the area")


def policy_reviewed_last(org: Organisation, whole: Whole, last: Evidence | None) -> Start:
    """The last review by the operations director (HC-143, A-25)."""
    return Begin(last.happened_at, "the last review") if last else Wait(NO_REVIEW)


def policy_reviewed_on(org: Organisation, whole: Whole, last: Evidence | None) -> Start:
    """The policy review that staff are to be briefed on (HC-148)."""
    assert isinstance(whole.record, PolicyReview), "the scope is policy"
    return Begin(_morning(whole.record.reviewed_on), "the policy review") if whole.record.reviewed_on else None


def work_started(org: Organisation, whole: Whole, last: Evidence | None) -> Start:
    """The day a member of staff began; no duty where nobody has entered it (HC-147)."""
    assert isinstance(whole.record, Staff), "the scope is a member of staff"
    day = started_on(org, whole.record)
    return Begin(_morning(day), "the start of their work") if day else None


def role_given(org: Organisation, whole: Whole, last: Evidence | None) -> Start:
    """When the role was first seen in the office base, or the start of their work if that is later (HC-149, HC-150)."""
    assert isinstance(whole.record, Staff), "the scope is a member of staff"
    seen = org.roles_since.get(whole.record.id, whole.record.created_at)
    day = started_on(org, whole.record)
    if day and _morning(day) > seen:
        return Begin(_morning(day), "the start of their work")
    return Begin(seen, "the role being given")


STARTS: dict[str, Callable[[Organisation, Whole, Evidence | None], Start]] = {
    f.__name__: f for f in (area_cycle, policy_reviewed_last, policy_reviewed_on, work_started, role_given)
}


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(0), LONDON)
