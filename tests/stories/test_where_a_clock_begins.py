"""Stories: where a clock begins when nobody said - a need without a time, a local length without a beginning."""

import pytest

from schema import choices as c
from tests.house import london
from tests.stories.day_by_day import STATE, a_case, due, status

pytestmark = pytest.mark.usefixtures("plain_letters")


@pytest.mark.parametrize(("kind", "step"), [(c.RepairKind.LOCKS, "security_measures"),
                                            (c.RepairKind.GLAZING, "emergency_repair")])  # fmt: skip
def test_work_without_a_time_counts_from_the_first_report_until_somebody_says_when(
    kind: c.RepairKind, step: str
) -> None:
    """HC-060c, HC-060e, R-19, A-19: it says so, and is no promise until then."""
    house = a_case()
    house.wait(days=7)
    row = house.staff_write("amber", "Repairs", kind=kind)
    assert due(house, step) == "Thu 19 Nov 09:00"
    assert status(house, step) == "Overdue"
    assert "nobody entered when the need was known" in house.action(step)["How worked out"]
    assert (house.action(step)["First due"], house.action(step)["First late at"]) == (None, None)
    house.staff_write("amber", "Repairs", row, need_known_at=house.now)
    assert due(house, step) == due(house, step, cell="First due") == "Thu 26 Nov 09:00"
    house.staff_write("amber", "Repairs", row, need_known_at=None, done_at=house.now)
    assert house.action(step)["State"] == STATE.DONE, "the promise that was made"

    late = a_case()
    late.wait(days=7)
    late.staff_write("amber", "Repairs", kind=kind, done_at=late.now)
    assert late.action(step)["State"] == STATE.DONE_LATE


def test_a_length_without_a_beginning_holds_from_the_day_it_was_decided() -> None:
    """A-38, R-05, 14.0: it lifts nothing that was late already."""
    house = a_case()
    house.wait(hours=30)
    area = next(r.id for r in house.platform.records("Areas") if r.fields["Area"] == "Harbour East")
    decided = {"Decided by": "Dahlia Fictionby", "Decided on": london("2026-11-19 00:00").date()}
    house.platform.create("Area profiles", [{"Step": "interview_victim", "Length": 240, "Area": (area,)} | decided])
    house.wait(minutes=5)
    assert due(house, "interview_victim") == "Thu 19 Nov 09:00"
    assert status(house, "interview_victim") == "Overdue"
    house.report()
    rows = [r.fields for r in house.platform.records("Actions") if r.fields["Step"] == "interview_victim"]
    assert f"{rows[-1]['Due at']:%a %d %b}" == "Sun 29 Nov"
