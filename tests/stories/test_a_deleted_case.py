"""Stories: somebody deletes a whole case. What hung from it is kept, asks nothing of anybody, and is said once."""

from typing import Any

import pytest

from automations.lost_cases import IN_LOG, ON_REPORT, WHY
from schema import choices as c
from tests.house import HarbourRow
from tests.stories.day_by_day import STATE, met

pytestmark = pytest.mark.usefixtures("plain_letters")


def two_cases() -> HarbourRow:
    """The first one with an interview; both with their reports."""
    house = HarbourRow()
    house.report()
    met(house)
    house.report(victims_name="Other Sample")
    house.wait(hours=1)
    return house


def deleted(house: HarbourRow, reference: str) -> None:
    """The case's row is deleted in the grid, which blanks every link to it."""
    house.platform.delete("Cases", house.only("Cases", reference=reference).id)
    house.wait(hours=1)


def to_do(house: HarbourRow) -> set[str]:
    """The cases for which some action still shows as to be done."""
    return {
        str(r.fields["Key"]).partition("/")[0]
        for r in house.platform.records("Actions")
        if r.fields["State"] != STATE.NOT_NEEDED and str(r.fields["Key"]).startswith("CW-")
    }


def log(house: HarbourRow) -> list[tuple[Any, Any]]:
    return [(r.fields["What"], r.fields["Detail"]) for r in house.platform.records("Run log")]


def test_its_actions_leave_the_views_of_what_is_due() -> None:
    """R-10: not needed, with the reason; those of the other case stand."""
    house = two_cases()
    assert to_do(house) == {"CW-2026-0001", "CW-2026-0002"}
    deleted(house, "CW-2026-0001")

    assert to_do(house) == {"CW-2026-0002"}
    gone = [r for r in house.platform.records("Actions") if str(r.fields["Key"]).startswith("CW-2026-0001/")]
    assert {r.fields["Why"] for r in gone if r.fields["State"] == STATE.NOT_NEEDED} >= {WHY}


def test_it_is_told_in_one_line_and_not_in_one_a_row() -> None:
    """Its interview, which has no key, is known by its person. A row that never had a case is told apart."""
    house = two_cases()
    deleted(house, "CW-2026-0001")
    house.platform.create("Interviews", [{"Interview": "Nobody's", "Result": c.InterviewResult.HELD}])
    house.wait(hours=1)

    assert [line for line in log(house) if line[0] == "CW-2026-0001"] == [("CW-2026-0001", IN_LOG)]
    assert [what for what, detail in log(house) if "hangs from no case" in str(detail)] == ["Interviews 2"]


def test_its_report_says_so_and_the_other_ones_does_not() -> None:
    """Whoever deleted it by mistake finds out what to do."""
    house = two_cases()
    deleted(house, "CW-2026-0001")

    told = {r.fields["Case reference"]: r.fields["What needs a person"] for r in house.platform.records("Reports")}
    assert told == {"CW-2026-0001": ON_REPORT, "CW-2026-0002": None}
    house.wait(hours=1)
    assert house.only("Reports", **{"Case reference": "CW-2026-0001"}).fields["What needs a person"] == ON_REPORT


def test_reports_that_come_together_take_numbers_that_no_row_tells_of() -> None:
    """R-10: a number whose people, alert or report is still there is nobody else's; the next ones are free."""
    house = HarbourRow()
    house.report()
    house.platform.create("People", [{"Key": "CW-2026-0002/victim"}])
    house.platform.create("Alerts", [{"Key": "CW-2026-0004/alert/new-report/incident-1"}])
    for name in ("Sample One", "Sample Two", "Sample Three"):
        told = {"Victim's name": name, "Address": f"{name} Row", "First reported at": house.now}
        house.platform.submit("Reports", told | {"Reporter is": c.Reporter.VICTIM, "What happened": "Words."})
    house.run()

    assert [r.fields["Reference"] for r in house.platform.records("Cases")] == [
        "CW-2026-0001", "CW-2026-0003", "CW-2026-0005", "CW-2026-0006",
    ]  # fmt: skip
