"""Area reviews: whether a manager's fortnightly look at an area counts, and what it lacks (HC-138 to HC-140).

In: the organisation, an area. Out: each review of it with sentences, and its late steps by case reference.
Never here: a person's name; a reason taken for given because the review says something somewhere else.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from automations.model import Action, Area, AreaReview
from automations.organisation.whole import Held, Organisation, unsigned
from automations.procedure import STEP
from schema import choices as c

WHO = "a regional housing manager, ASB manager or team leader"
STILL_TO_DO = (c.ActionState.OPEN, c.ActionState.BLOCKED)
NO_AREA = "Area: the office base has no area of that name."


@dataclass(frozen=True, slots=True)
class Looked:
    """One review: what keeps it from being signed off (nothing: it counts), and what was late by then."""

    review: AreaReview
    missing: tuple[str, ...]
    to_look_at: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Late:
    """One step of one case that was late: done late, still not done, or left out after it was late (HC-139)."""

    case: Held
    row: Action
    at: datetime

    @property
    def reason(self) -> str:
        """What staff entered as the reason for lateness."""
        return str(self.row.kept.get("Reason for lateness") or "").strip()

    @property
    def words(self) -> str:
        """The case and the step, without a name."""
        title = STEP[self.row.step].title if self.row.step in STEP else "a step that is no more"
        return f"{self.case.reference}: {title}"


def looked(org: Organisation, area: Area, now: datetime | None = None) -> list[Looked]:
    """Every review of an area, in the order in which they were held; one not yet held is as of `now`."""
    found: list[Looked] = []
    before: datetime | None = None
    lates = late(org, area)
    for review in _in_order(org, area):
        by = review.held_at or now or datetime.max.replace(tzinfo=UTC)
        then = [x for x in lates if x.at < by]
        missing = (*_lacks(org, review), *_left_out(org, area, review), *_no_reason(then, review),
                   *_signed(org, review))  # fmt: skip
        shown = tuple(_shown(x) for x in then if not x.reason or before is None or x.at >= before)
        found.append(Looked(review, missing, shown))
        before = before if missing else review.held_at
    return found


def late(org: Organisation, area: Area) -> list[Late]:
    """Every step of the area's cases that was late, or is by the clock of whoever asks."""
    rows = ((case, row) for case in org.of_area(area) for row in case.actions)
    told = ((x, r, r.first_late_at or (r.due_at if r.state in STILL_TO_DO else None)) for x, r in rows)
    return [Late(case, row, at) for case, row, at in told if at]


def of_no_area(org: Organisation) -> list[AreaReview]:
    """Reviews whose area the office base does not have."""
    return [x for x in org.area_reviews if org.office.area(x.area) is None]


def no_area(org: Organisation, review: AreaReview) -> list[str]:
    """What such a review lacks."""
    return [NO_AREA, *_lacks(org, review), *_signed(org, review)]


def _in_order(org: Organisation, area: Area) -> list[AreaReview]:
    rows = [x for x in org.area_reviews if org.office.area(x.area) == area]
    return sorted(rows, key=lambda x: (x.held_at is None, x.held_at or x.created_at, x.created_at))


def _lacks(org: Organisation, review: AreaReview) -> list[str]:
    said = org.said_of("Area reviews", review.id)
    if review.held_at is None:
        said.append("Say when it was held.")
    if review.plans_followed is c.YesNo.NOT_KNOWN:
        said.append("Answer whether the action plans were followed through.")
    if review.records_adequate is c.YesNo.NOT_KNOWN:
        said.append("Answer whether the records are adequate.")
    return said


def _left_out(org: Organisation, area: Area, review: AreaReview) -> list[str]:
    """Every case that was on the log and open then is covered (HC-138)."""
    if review.held_at is None:
        return []
    held_at = review.held_at
    left = [x.reference for x in org.of_area(area) if x.is_open_at(held_at) and x.id not in review.covered_ids]
    return [f"Cases covered: add {', '.join(left)}, open then."] if left else []


def _no_reason(then: list[Late], review: AreaReview) -> list[str]:
    """Every late or left-out step has its reason (HC-139)."""
    if review.held_at is None:
        return []
    return [f"{x.words}: enter the reason for lateness on the action." for x in then if not x.reason]


def _signed(org: Organisation, review: AreaReview) -> list[str]:
    if not review.findings:
        return ["Enter the findings."]
    if org.stood("Area reviews", review):
        return []
    why = unsigned(review, "Findings", c.LINE_MANAGERS, WHO)
    return [why] if why else []


def _shown(x: Late) -> str:
    left_out = "left out, " if x.row.state is c.ActionState.NOT_NEEDED else ""
    return f"{x.words} ({left_out}{'reason given' if x.reason else 'no reason yet'})"
