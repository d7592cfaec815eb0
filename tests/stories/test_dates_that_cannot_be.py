"""Stories: a time that cannot be completes nothing: of another year, before what it follows, or planned."""

from datetime import timedelta
from typing import Any

import pytest

from schema import choices as c
from tests.house import HarbourRow, london
from tests.stories.day_by_day import ACCUSED, STATE, a_case, checked, due, met, status

pytestmark = pytest.mark.usefixtures("plain_letters")
MISTYPED = london("2025-11-18 10:00")
REPAIR = {"Emergency repair needed": c.YesNo.YES}


def needs(house: HarbourRow) -> str:
    return str(house.only("Cases").fields["What needs a person"] or "")


ON_WHAT_IS_THERE: list[tuple[str, str, str, dict[str, Any]]] = [
    ("initial_report_form", "Cases", "Initial report form completed at", {}),
    ("details_to_victim", "Cases", "Details given to the victim at", {}),
    ("case_review_told", "Cases", "Told of the ASB Case Review at", {}),
    ("emergency_assessment", "Incidents", "Assessed at", {"emergency_assessment": next(iter(c.Assessment))}),
]


@pytest.mark.parametrize(("step", "table", "column", "cells"), ON_WHAT_IS_THERE, ids=[s for s, *_ in ON_WHAT_IS_THERE])
def test_a_mistyped_year_completes_no_step_of_the_case_itself(
    step: str, table: str, column: str, cells: dict[str, Any]
) -> None:
    """HC-007, HC-009, HC-024, HC-065, R-07: the case says which cell, and the right year completes it."""
    house = a_case()
    house.wait(minutes=30)
    row = house.only(table).id
    house.staff_write("amber", table, row, **{column: MISTYPED}, **cells)
    assert house.action(step)["Done at"] is None
    assert f"{table} {row}: {column} (Tuesday 18 November 2025 10:00) is before the first report" in needs(house)
    house.staff_write("amber", table, row, **{column: house.now})
    assert house.action(step)["State"] == STATE.DONE
    assert column not in needs(house)


def test_a_tenancy_check_of_another_year_is_no_check_on_this_report_and_what_it_found_stands() -> None:
    """HC-037, HC-041, R-07, R-20."""
    house = a_case()
    victim = house.only("People").id
    row = house.staff_write("amber", "Tenancy checks", person=(victim,), checked_at=MISTYPED, found=(c.Flag.NONE,))
    assert house.action("tenancy_check")["State"] == STATE.OPEN
    assert f"Tenancy checks {row}: Checked at" in needs(house)
    house.staff_write("amber", "Tenancy checks", row, checked_at=house.now)
    assert status(house, "tenancy_check") == "Done"


def test_a_plan_is_agreed_and_signed_after_the_first_report() -> None:
    """HC-056j, HC-108, R-07: nothing is due in a year before anybody had told us."""
    house = a_case()
    met(house)
    victim = house.only("People").id
    row = house.staff_write("amber", "Action plan", victim=(victim,), version="2", agreed_at=MISTYPED,
                            signed_at=MISTYPED)  # fmt: skip
    assert not [r for r in house.platform.records("Actions") if r.fields["Step"] == "new_version_signed"]
    assert house.action("signature")["State"] == STATE.OPEN
    house.staff_write("amber", "Action plan", row, agreed_at=house.now, signed_at=house.now)
    assert [house.action(s)["State"] for s in ("signature", "new_version_signed")] == [STATE.DONE, STATE.DONE]


def test_work_is_not_done_before_anybody_knew_of_it() -> None:
    """HC-060c, R-07: a mistyped year is no mended window; work before the report itself may be so (A-19)."""
    house = a_case(**REPAIR)
    row = house.only("Repairs").id
    house.staff_write("amber", "Repairs", row, need_known_at=house.now, done_at=MISTYPED)
    assert house.action("emergency_repair")["Done at"] is None
    assert f"Repairs {row}: Done at (Tuesday 18 November 2025 10:00) is before Need known at" in needs(house)
    house.staff_write("amber", "Repairs", row, need_known_at=london("2026-11-17 09:00"), done_at=house.now)
    assert status(house, "emergency_repair") == "Done"


def test_an_interview_ends_after_it_began_and_its_note_is_saved_after_that() -> None:
    """HC-057, HC-084, A-10: nobody is hurried, and no note counts, by a time typed wrong."""
    house = a_case(**ACCUSED)
    checked(house)
    house.wait(hours=5)
    row = met(house, ended_at=london("2026-11-18 09:30"), impact="Afraid.", account="As told.",
              note_saved_at=london("2026-11-18 09:40"))  # fmt: skip
    assert due(house, "interview_perpetrator") == "Fri 20 Nov 14:00"
    assert house.action("victim_interview_note")["State"] == STATE.OPEN
    assert f"Interviews {row}: Ended at (Wednesday 18 November 2026 09:30) is before Happened at" in needs(house)
    house.wait(hours=1)
    house.staff_write("amber", "Interviews", row, ended_at=house.now, note_saved_at=house.now)
    assert due(house, "interview_perpetrator") == "Fri 20 Nov 15:00"
    assert house.action("victim_interview_note")["State"] == STATE.DONE


def test_that_all_is_well_after_closing_is_checked_after_closing() -> None:
    """HC-146, R-07."""
    house = a_case()
    house.go_to("2026-12-01 09:00")
    house.close()
    row = house.only("Closures").id
    house.staff_write("amber", "Closures", row, checked_again_at=house.now - timedelta(days=2))
    assert house.action("after_closure_check")["State"] == STATE.OPEN
    house.wait(days=28)
    house.staff_write("amber", "Closures", row, checked_again_at=house.now)
    assert house.action("after_closure_check")["State"] == STATE.DONE


def test_what_was_planned_has_not_happened_because_its_hour_has_come() -> None:
    """HC-060c, R-07: a contractor's appointment entered as done is no lock; entered once it is, it counts."""
    house = a_case(**REPAIR)
    row = house.only("Repairs").id
    house.staff_write("amber", "Repairs", row, need_known_at=house.now, done_at=house.now + timedelta(hours=7))
    assert "Done at is in the future" in needs(house)
    house.wait(hours=8)
    assert house.action("emergency_repair")["Done at"] is None
    assert f"Repairs {row}: Done at is later than when it was entered" in needs(house)
    house.wait(hours=17)
    assert status(house, "emergency_repair") == "Overdue"
    house.staff_write("amber", "Repairs", row, done_at=house.now)
    assert status(house, "emergency_repair") == "Done late"


def test_a_time_rounded_up_by_a_few_minutes_counts_once_it_is_there() -> None:
    """R-07: clocks differ."""
    house = a_case(**REPAIR)
    house.staff_write("amber", "Repairs", house.only("Repairs").id, done_at=house.now + timedelta(minutes=10))
    house.wait(minutes=10)
    assert status(house, "emergency_repair") == "Done"
