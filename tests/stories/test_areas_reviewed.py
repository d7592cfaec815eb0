"""Stories: a manager looks at every case of an area each fortnight, and nothing late passes without its reason."""

from collections.abc import Mapping
from typing import Any

import pytest

from automations.calendar import LONDON
from schema import TABLES
from schema import choices as c
from tests.house import HarbourRow
from tests.stories.day_by_day import a_case

pytestmark = pytest.mark.usefixtures("plain_letters")
STATE = c.ActionState


def owed(house: HarbourRow, number: int = 1, area: str = "Harbour East") -> Mapping[str, Any]:
    id = house.only("Areas", area=area).id
    return house.only("Actions", key=f"area_review/{id}/{number}").fields


def due(row: Mapping[str, Any]) -> str:
    return f"{row['Due at'].astimezone(LONDON):%a %d %b}"


def reviewed(house: HarbourRow, who: str = "dahlia", **cells: Any) -> str:
    told = {"area": "Harbour East", "held_at": house.now, "plans_followed_through": c.YesNo.YES,
            "records_adequate": c.YesNo.NO, "findings": "In hand.",
            "cases_covered": tuple(r.id for r in house.platform.records("Cases"))}  # fmt: skip
    cells = {k: v for k, v in (told | cells).items() if v is not None}
    return house.staff_write(who, "Area reviews", **cells)


def says(house: HarbourRow, review: str, field: str = "What is missing") -> str:
    return str(house.platform.get("Area reviews", [review])[0].fields[field] or "")


def give_reasons(house: HarbourRow) -> None:
    for row in house.platform.records("Actions"):
        if row.fields["First late at"] and not row.fields["Reason for lateness"]:
            with house.platform.as_user("amber@harbour-row.example"):
                house.platform.update("Actions", [(row.id, {"Reason for lateness": "The officer was ill."})])
    house.run()


def test_an_area_is_reviewed_fortnight_by_fortnight_from_its_first_report() -> None:
    """HC-138, HC-140, C19: each review counts from the one before it, and a missed one stays overdue."""
    house = a_case()
    first = owed(house)
    assert (due(first), first["Status"], first["Area"], first["Case"]) == ("Wed 02 Dec", "Due", "Harbour East", ())
    assert first["Owner role"] == c.StaffRole.REGIONAL
    house.wait(hours=1)
    reviewed(house)
    assert owed(house)["State"] == STATE.DONE
    assert due(owed(house, 2)) == "Wed 02 Dec"
    house.go_to("2026-12-03 10:00")
    assert owed(house, 2)["Status"] == "Overdue"
    review = reviewed(house)
    give_reasons(house)
    assert says(house, review) == ""
    assert owed(house, 2)["State"] == STATE.DONE_LATE
    assert due(owed(house, 3)) == "Thu 17 Dec"
    assert house.runner.once(sweep=True).effects == 0


def test_a_review_is_not_signed_off_while_something_late_has_no_reason() -> None:
    """HC-139: the review says which case and step, and counts once staff have said why."""
    house = a_case()
    house.go_to("2026-11-20 10:00")
    review = reviewed(house)
    missing = says(house, review)
    assert "CW-2026-0001: Interview the victim: enter the reason for lateness on the action." in missing
    assert "Sample Person" not in missing
    assert "CW-2026-0001: Interview the victim (no reason yet)" in says(house, review, "Late or left out")
    assert owed(house)["State"] == STATE.OPEN

    give_reasons(house)
    assert says(house, review) == ""
    assert "CW-2026-0001: Interview the victim (reason given)" in says(house, review, "Late or left out")
    assert owed(house)["State"] == STATE.DONE
    house.go_to("2026-11-26 10:00")
    assert says(house, review) == "", "what was late only after it is the next one's"
    following = says(house, reviewed(house), "Late or left out")
    assert "Interview the witness (no reason yet)" in following
    assert "Interview the victim (" not in following, "looked at a fortnight ago, with its reason"


def test_what_was_left_out_after_it_was_late_still_needs_its_reason() -> None:
    """HC-139, R-10: a waiver makes it not needed, and does not make it never late."""
    house = a_case()
    house.wait(hours=30)
    house.staff_write("amber", "Interviews", with_=c.InterviewKind.VICTIM, result=c.InterviewResult.WAIVED,
                      happened_at=house.now)  # fmt: skip
    assert house.action("interview_victim")["State"] == STATE.NOT_NEEDED
    house.wait(hours=1)
    review = reviewed(house)
    assert "Interview the victim: enter the reason" in says(house, review)
    assert "Interview the victim (left out, no reason yet)" in says(house, review, "Late or left out")
    give_reasons(house)
    assert owed(house)["State"] == STATE.DONE


def test_what_is_left_out_in_time_needs_none() -> None:
    """HC-139: the action itself says that the victim wanted no interview."""
    house = a_case()
    house.staff_write("amber", "Interviews", with_=c.InterviewKind.VICTIM, result=c.InterviewResult.WAIVED,
                      happened_at=house.now)  # fmt: skip
    house.wait(hours=1)
    assert "Interview the victim" not in says(house, reviewed(house))
    assert owed(house)["State"] == STATE.DONE


@pytest.mark.parametrize(
    ("who", "counts"), [("dahlia", True), ("elder", True), ("coral", True), ("fern", True), ("ivy", True),
                        ("amber", False), ("ginger", False), ("hazel", False), ("stranger", False)],
)  # fmt: skip
def test_only_a_manager_of_the_office_base_reviews_an_area(who: str, counts: bool) -> None:
    """HC-138, R-25, R-26: whoever typed the findings, as the audit says."""
    house = a_case()
    house.wait(minutes=10)
    review = reviewed(house, who)
    assert (owed(house)["State"] == STATE.DONE) == counts
    assert ("team leader" in says(house, review)) != counts


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"held_at": None}, "Say when it was held."),
        ({"plans_followed_through": None}, "Answer whether the action plans were followed through."),
        ({"records_adequate": c.YesNo.NOT_KNOWN}, "Answer whether the records are adequate."),
        ({"cases_covered": None}, "Cases covered: add CW-2026-0001, open then."),
        ({"findings": None}, "Enter the findings."),
        ({"area": "Nowhere"}, "the office base has no area of that name"),
    ],
)
def test_a_review_that_lacks_something_says_what_and_does_not_count(cells: dict[str, Any], words: str) -> None:
    """HC-138, HC-140: both checks, the findings and every open case."""
    house = a_case()
    house.wait(minutes=10)
    review = reviewed(house, **cells)
    assert words in says(house, review)
    assert owed(house)["State"] == STATE.OPEN
    reviewed(house)
    assert owed(house)["State"] == STATE.DONE


def test_a_review_dated_ahead_does_not_count() -> None:
    """R-07, HC-138."""
    house = a_case()
    review = reviewed(house, held_at=house.now.replace(day=25))
    assert "Held at is in the future" in says(house, review)
    assert owed(house)["State"] == STATE.OPEN


def test_a_review_that_somebody_changed_after_it_was_signed_is_signed_again() -> None:
    """HC-140, R-26: an officer does not turn a manager's no into a yes."""
    house = a_case()
    house.wait(minutes=10)
    review = reviewed(house)
    house.wait(minutes=10)
    house.staff_write("amber", "Area reviews", review, records_adequate=c.YesNo.YES)
    assert "Records adequate was changed by somebody else after it was signed" in says(house, review)
    assert owed(house)["State"] == STATE.OPEN
    assert "no longer shows that it was done" in str(owed(house)["Reopened why"])
    house.staff_write("dahlia", "Area reviews", review, records_adequate=c.YesNo.NO)
    assert owed(house)["State"] == STATE.DONE


def test_a_case_opened_after_the_review_is_the_next_ones() -> None:
    """HC-138: a review covers the cases on the log and open when it was held."""
    house = a_case()
    house.wait(hours=1)
    review = reviewed(house)
    house.wait(hours=1)
    house.report(victims_name="Another Person")
    assert says(house, review) == ""
    only_the_first = house.platform.records("Cases")[0].id
    house.wait(hours=1)
    assert "add CW-2026-0002, open then" in says(house, reviewed(house, cases_covered=(only_the_first,)))


def test_an_area_without_an_open_case_waits_and_a_new_case_begins_it_again() -> None:
    """HC-138: from the first report of the new case, not from a review of long ago."""
    house = a_case()
    house.wait(hours=1)
    house.close()
    house.wait(hours=1)
    reviewed(house)
    assert (owed(house, 2)["State"], owed(house, 2)["Due at"]) == (STATE.WAITING, None)
    house.go_to("2027-02-01 09:00")
    house.report(victims_name="Another Person")
    assert due(owed(house, 2)) == "Mon 15 Feb"
    assert not [r for r in house.platform.records("Actions") if str(r.fields["Key"]).startswith("area_review/2")]


def test_a_row_of_cases_typed_by_hand_begins_no_review() -> None:
    """HC-138: it has no reference, so nothing is worked out from it until it has."""
    house = HarbourRow()
    typed = house.platform.create("Cases", [{"Area": "Harbour East"}])[0]
    house.run()
    assert not [r for r in house.platform.records("Actions") if r.fields["Step"] == "area_review"]
    house.platform.update("Cases", [(typed, {"Reference": "CW-2026-0099"})])
    house.run()
    assert owed(house)["State"] == STATE.OPEN


def test_rows_of_the_organisation_are_not_told_as_adrift_and_a_strangers_row_is() -> None:
    """HC-138: they hang from no case by right."""
    house = a_case()
    house.wait(minutes=20)
    assert not house.platform.records("Run log")
    house.platform.create("Actions", [{"Title": "Somebody's own"}])
    house.wait(minutes=20)
    assert "hangs from no case" in str(house.only("Run log").fields["Detail"])


def test_the_same_facts_ask_the_same_of_every_area() -> None:
    """HC-141: and managers see the areas' reviews beside each other, with what each compared."""
    house = a_case()
    house.report(victims_name="Another Person", postcode="ZZ9 1AA")
    assert due(owed(house)) == due(owed(house, area="Kirkinlea"))
    house.wait(hours=1)
    for area in ("Harbour East", "Kirkinlea"):
        assert says(house, reviewed(house, area=area)) == ""
    view = next(v for v in TABLES["Area reviews"].views if v.name == "Area by area")
    assert view.by == "Area"
    assert {"Compared with other areas", "Late or left out"} <= set(view.show)


def test_an_area_of_its_own_fortnight_is_reviewed_by_it() -> None:
    """HC-127, HC-138."""
    house = HarbourRow()
    area = house.only("Areas", area="Harbour East").id
    house.platform.create("Area profiles", [{
        "Step": "area_review", "Length": 7, "Area": (area,), "Decided by": "dahlia@harbour-row.example",
        "Decided on": house.now.date(),
    }])  # fmt: skip
    house.report()
    assert due(owed(house)) == "Wed 25 Nov"
    assert "Harbour East" in str(owed(house)["How worked out"])
