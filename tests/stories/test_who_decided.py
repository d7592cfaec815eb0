"""Stories: whose decision counts. The audit names the author, the office base what they may decide (R-25, R-26)."""

from datetime import timedelta
from typing import Any

import pytest

from schema import choices as c
from tests.house import TALKED_OVER, HarbourRow, london
from tests.stories.day_by_day import two_cases

pytestmark = pytest.mark.usefixtures("plain_letters")


def a_lock() -> tuple[HarbourRow, str]:
    house = HarbourRow()
    house.report()
    id = house.staff_write("amber", "Repairs", kind=c.RepairKind.LOCKS, need_known_at=house.now)
    house.staff_write("amber", "Consents", option=c.Option.SECURITY, answer=c.Answer.YES, given_by=c.GivenBy.VICTIM)
    return house, id


def decide(house: HarbourRow, who: str, repair: str, **cells: Any) -> str:
    told = {"matter": c.Matter.SECURITY, "decision": c.Decision.AGREED, "decided_at": house.now, "repair": (repair,)}
    return house.staff_write(who, "Approvals", **(told | cells))


@pytest.mark.parametrize(
    ("who", "counts"), [("coral", True), ("dahlia", True), ("amber", False), ("ginger", False), ("stranger", False)]
)
def test_only_a_line_manager_of_the_office_base_opens_the_gate(who: str, counts: bool) -> None:
    """HC-016, HC-060e."""
    house, lock = a_lock()
    decide(house, who, lock)
    assert (house.action("security_measures")["Blocked by"] is None) == counts
    assert (house.action("security_approval")["State"] == c.ActionState.DONE) == counts
    assert ("does not count" in str(house.only("Cases").fields["What needs a person"])) != counts


def test_a_decision_from_a_form_that_nobody_signed_in_for_does_not_count() -> None:
    house, lock = a_lock()
    row = {"Matter": c.Matter.SECURITY, "Decision": c.Decision.AGREED, "Repair": (lock,),
           "Case": (house.only("Cases").id,)}  # fmt: skip
    house.platform.submit("Approvals", row)
    house.run()
    assert house.action("security_measures")["Blocked by"]


def test_a_decision_that_the_officer_turned_to_something_else_afterwards_does_not_count() -> None:
    """R-26: the manager agreed to one repair; the officer may not move that to another."""
    house, lock = a_lock()
    other = house.staff_write("amber", "Repairs", kind=c.RepairKind.OTHER, need_known_at=house.now)
    row = decide(house, "coral", other)
    assert house.action("security_measures")["Blocked by"]
    house.wait(minutes=5)
    house.staff_write("amber", "Approvals", row, repair=(lock,))

    assert house.action("security_measures")["Blocked by"]
    assert "Repair was changed by somebody else" in str(house.only("Cases").fields["What needs a person"])
    house.staff_write("coral", "Approvals", row, repair=(other,))
    house.staff_write("coral", "Approvals", row, repair=(lock,))
    assert house.action("security_measures")["Blocked by"] is None


def test_a_review_that_the_officer_amended_does_not_cover_the_outcome() -> None:
    """HC-099, HC-112."""
    house = HarbourRow()
    house.report()
    house.wait(hours=1)
    row = house.staff_write("coral", "Reviews", kind=c.ReviewKind.PROGRESS, held_at=house.now, findings="In hand.")
    assert house.action("progress_review")["State"] == c.ActionState.DONE
    house.wait(hours=1)
    house.staff_write("amber", "Reviews", row, covers_the_outcome=True)
    assert "line manager must first review" in str(house.action("outcome_letter_victim")["Blocked by"])
    house.staff_write("coral", "Reviews", row, covers_the_outcome=False)
    house.staff_write("coral", "Reviews", row, covers_the_outcome=True)
    assert house.action("outcome_letter_victim")["Blocked by"] is None


def test_what_a_manager_decided_stands_after_they_have_left() -> None:
    house, lock = a_lock()
    decide(house, "coral", lock)
    coral = next(r.id for r in house.platform.records("Staff") if r.fields["Name"] == "Coral Mockford")
    house.platform.update("Staff", [(coral, {"Has left": True})])
    house.restart()
    house.run()
    assert house.action("security_measures")["Blocked by"] is None
    assert house.action("security_approval")["State"] == c.ActionState.DONE


def test_what_somebody_decided_before_they_were_a_manager_does_not_count_once_they_are() -> None:
    """R-25, R-26, HC-060e: no gate opens because of a promotion. What they decide from then on counts."""
    house, lock = a_lock()
    basil = next(r.id for r in house.platform.records("Staff") if r.fields["Name"] == "Basil Sampleton")
    decide(house, "basil", lock)
    house.wait(minutes=5)
    assert house.action("security_measures")["Blocked by"]
    house.platform.update("Staff", [(basil, {"Role": c.StaffRole.SUPERVISOR})])
    house.wait(minutes=5)
    assert house.action("security_measures")["Blocked by"]
    decide(house, "basil", lock)
    assert house.action("security_measures")["Blocked by"] is None


def test_the_latest_decision_is_the_one_the_audit_saw_last_whatever_date_is_typed() -> None:
    """R-25, R-26, HC-060e: neither the officer nor a slip of the manager's pen brings an older yes before a no."""
    house, lock = a_lock()
    agreed = decide(house, "coral", lock)
    house.wait(hours=1)
    decide(house, "coral", lock, decision=c.Decision.REFUSED, decided_at=house.now - timedelta(hours=3))
    house.wait(hours=1)
    assert house.action("security_measures")["Blocked by"]
    house.staff_write("amber", "Approvals", agreed, decided_at=house.now)
    assert house.action("security_measures")["Blocked by"]
    assert "Decided at was changed by somebody else" in str(house.only("Cases").fields["What needs a person"])
    decide(house, "coral", lock, decided_at=house.now - timedelta(hours=9))
    assert house.action("security_measures")["Blocked by"] is None


@pytest.mark.parametrize(
    "touch",
    [{"reason": "x"}, {"decision": None}, {"decision": c.Decision.AGREED}, {"matter": c.Matter.FLAGS}, {"repair": ()}],
)
def test_an_officer_cannot_lift_a_managers_refusal_by_touching_it(touch: dict[str, Any]) -> None:
    """R-25, R-26: an older yes does not stand again; the manager's own new yes does."""
    house, lock = a_lock()
    decide(house, "coral", lock)
    house.wait(hours=1)
    refusal = decide(house, "coral", lock, decision=c.Decision.REFUSED)
    house.wait(hours=1)
    house.staff_write("amber", "Approvals", refusal, **touch)
    assert house.action("security_measures")["Blocked by"]
    assert f"Approvals {refusal}" in str(house.only("Cases").fields["What needs a person"])
    house.wait(hours=1)
    decide(house, "coral", lock)
    assert house.action("security_measures")["Blocked by"] is None


def test_a_decision_stays_with_the_case_it_was_made_on() -> None:
    """R-26, HC-112, HC-142: moved to another case by an officer, a review and a closure count for neither."""
    house, one, two = two_cases()
    house.wait(days=5)
    closing = house.close(Case=(one,))
    review = house.staff_write("coral", "Reviews", Case=(one,), kind=c.ReviewKind.PROGRESS, held_at=house.now,
                               findings="In hand.")  # fmt: skip

    def states() -> list[Any]:
        held = {r.fields["Key"]: r.fields["State"] for r in house.platform.records("Actions")}
        cases = [r.fields["State"] for r in house.platform.records("Cases")]
        return [*cases, *(held[f"CW-2026-000{n}/progress_review/incident-1"] for n in (1, 2))]

    assert states() == [c.CaseState.CLOSED, c.CaseState.NEW, c.ActionState.DONE, c.ActionState.OPEN]
    house.wait(hours=1)
    house.staff_write("amber", "Closures", closing, Case=(two,))
    house.staff_write("amber", "Reviews", review, Case=(two,))
    assert states() == [c.CaseState.NEW, c.CaseState.NEEDS_A_PERSON, c.ActionState.OPEN, c.ActionState.OPEN]


def test_a_link_that_leaves_no_trace_on_the_rows_clock_is_seen_without_a_restart() -> None:
    """R-26: some ways of linking do not touch UpdatedAt."""
    house, lock = a_lock()
    other = house.staff_write("amber", "Repairs", kind=c.RepairKind.OTHER, need_known_at=house.now)
    row = decide(house, "coral", other)
    house.wait(minutes=5)
    before = house.platform._rows["Approvals"][row].updated_at
    with house.platform.as_user("amber@harbour-row.example"):
        house.platform.update("Approvals", [(row, {"Repair": (lock,)})])
    house.platform._rows["Approvals"][row].updated_at = before
    house.wait(minutes=5)
    assert house.action("security_measures")["Blocked by"]


def test_a_closing_time_is_the_managers_and_lies_after_the_first_report() -> None:
    """HC-142, HC-146, R-26."""
    house = HarbourRow()
    house.report()
    house.wait(days=20)
    row = house.close(closed_at=london("2026-11-17 09:00"))
    assert "Closed at is before the first report" in str(house.only("Cases").fields["What needs a person"])
    house.wait(hours=1)
    house.staff_write("amber", "Closures", row, closed_at=london("2026-11-18 10:00"))
    assert "Closed at was changed by somebody else" in str(house.only("Cases").fields["What needs a person"])
    assert house.only("Cases").fields["State"] == c.CaseState.NEEDS_A_PERSON
    house.close()
    assert house.only("Cases").fields["State"] == c.CaseState.CLOSED


CLOSING: dict[str, Any] = {"marker": c.Marker.RESOLVED, "victim_agrees": c.Answer.YES}
UNASKED: dict[str, Any] = {"victim_agrees": c.Answer.NOT_ASKED, "exception": "Nothing can be done.",
                           "exception_kind": c.ExceptionKind.UNABLE}  # fmt: skip


@pytest.mark.parametrize(
    ("who", "cells", "feedback", "closes"),
    [
        ("dahlia", {}, True, True), ("amber", {}, True, False), ("stranger", {}, True, False),
        ("dahlia", {}, False, False), ("dahlia", {"victim_agrees": c.Answer.NO}, True, False),
        ("dahlia", UNASKED, True, True), ("elder", UNASKED, True, True), ("dahlia", UNASKED, False, False),
        ("coral", UNASKED, True, False), ("amber", UNASKED, True, False),
        ("coral", {"exception": "Nothing can be done."}, False, False), ("coral", {}, True, True),
        ("dahlia", {"marker": None}, True, False),
    ],
)  # fmt: skip
def test_closing_needs_the_manager_the_victim_and_the_feedback_or_a_recorded_exception(
    who: str, cells: dict[str, Any], feedback: bool, closes: bool
) -> None:
    """HC-142, HC-144, HC-145, R-22: an officer closes nothing; a team leader closes without an exception."""
    house = HarbourRow()
    house.report()
    house.now = london("2026-12-10 10:00")
    if feedback:
        house.staff_write("amber", "Feedback", kind=c.FeedbackKind.BEFORE_CLOSING, answered_at=house.now)
    house.staff_write(who, "Closures", sought_at=house.now, closed_at=house.now, **(CLOSING | cells))

    assert (house.only("Cases").fields["State"] == c.CaseState.CLOSED) == closes
    assert (house.action("interview_victim")["State"] == c.ActionState.NOT_NEEDED) == closes
    surveys = [r for r in house.platform.records("Actions") if r.fields["Step"] == "satisfaction_survey"]
    assert bool(surveys) == closes


def test_feedback_dated_ahead_closes_nothing() -> None:
    """HC-142, R-07: what has not been said yet was not heard."""
    house = HarbourRow()
    house.report()
    house.wait(days=5)
    ahead = house.now + timedelta(days=300)
    row = house.staff_write("amber", "Feedback", kind=c.FeedbackKind.BEFORE_CLOSING, answered_at=ahead)
    house.staff_write("coral", "Closures", closed_at=house.now, **CLOSING)
    assert house.only("Cases").fields["State"] != c.CaseState.CLOSED
    assert "Answered at is in the future" in str(house.only("Cases").fields["What needs a person"])
    house.staff_write("amber", "Feedback", row, answered_at=house.now)
    assert house.only("Cases").fields["State"] == c.CaseState.CLOSED


def test_a_manager_who_is_the_cases_own_officer_decides_nothing_on_it() -> None:
    """HC-112, HC-046: another manager does, and the case says so; reviews and closing are decisions too."""
    house, lock = a_lock()
    house.staff_write("dahlia", "Cases", house.only("Cases").id, reallocate_to="coral@harbour-row.example")
    decide(house, "coral", lock)
    house.staff_write("coral", "Reviews", kind=c.ReviewKind.FIRST, held_at=house.now, findings="Talked over.",
                      **TALKED_OVER)  # fmt: skip
    assert house.action("security_measures")["Blocked by"]
    assert house.action("manager_discussion")["State"] != c.ActionState.DONE
    assert "case's own officer" in str(house.only("Cases").fields["What needs a person"])

    decide(house, "dahlia", lock)
    house.staff_write("dahlia", "Reviews", kind=c.ReviewKind.FIRST, held_at=house.now, findings="Talked over.",
                      **TALKED_OVER)  # fmt: skip
    assert house.action("security_measures")["Blocked by"] is None
    assert house.action("manager_discussion")["State"] == c.ActionState.DONE


def test_what_is_reported_after_closing_is_not_taken_for_closed() -> None:
    """R-23: it should be a case of its own; until it is, its clocks run and the case says so."""
    house = HarbourRow()
    house.report()
    house.wait(days=5)
    house.close()
    house.wait(days=1)
    house.staff_write("amber", "Incidents", first_reported_at=house.now, children_at_risk=c.YesNo.YES)
    assert house.action("safeguarding_report", "Incident 2")["Status"] == "Due"
    assert "case of its own" in str(house.only("Cases").fields["What needs a person"])
