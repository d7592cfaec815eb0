"""Stories: the runner looks for the same people before anybody works on a new case, and lists what to say and ask."""

from datetime import timedelta

import pytest

from automations.prompts import PROMPTS, Moment
from schema import choices as c
from tests.house import HarbourRow
from tests.stories.day_by_day import STATE, a_case, met

pytestmark = pytest.mark.usefixtures("plain_letters")


def same(house: HarbourRow) -> list[str | None]:
    return [r.fields["May be the same as"] for r in house.platform.records("Cases")]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {"victims_name": "SAMPLE  person", "postcode": "zz14ab", "address": None}),
        ({"telephone": "01632 960123"}, {"victims_name": "S.", "telephone": "+44 (0)1632 960123"}),
        ({"email": "sample@example.org"}, {"victims_name": None, "email": "Sample@Example.ORG"}),
        ({"Alleged perpetrator's address": "3 Example Row"}, {"victims_name": "Other",
                                                              "Alleged perpetrator's address": "3, example row"}),
    ],
    ids=["name and postcode", "telephone", "e-mail", "address of the other side"],
)  # fmt: skip
def test_a_new_report_names_the_open_cases_it_may_be_the_same_as(
    first: dict[str, str], second: dict[str, str | None]
) -> None:
    """HC-011, HC-042: at once, in both directions, and by reference only."""
    house = HarbourRow()
    house.report(**first)
    assert same(house) == [None]
    house.report(**second)
    assert same(house) == ["CW-2026-0002", "CW-2026-0001"]


def test_nothing_is_found_that_is_not_alike_or_is_closed_or_was_triaged() -> None:
    """HC-011: a case that somebody triaged keeps what it said."""
    house = HarbourRow()
    house.report()
    house.report(victims_name="Other Sample", address="3 Far Row")
    assert same(house) == [None, None]
    first = house.platform.records("Cases")[0].id
    house.close(Case=(first,))
    house.report()
    assert same(house) == [None, None, None]
    assert house.platform.get("Cases", [first])[0].fields["State"] == c.CaseState.CLOSED
    house.staff_write("coral", "Cases", house.platform.records("Cases")[2].id, triage=c.Triage.HATE)
    house.report()
    assert same(house) == [None, None, None, "CW-2026-0003"]


def test_a_quick_pass_looks_before_anybody_opens_the_case() -> None:
    """HC-011."""
    house = HarbourRow()
    house.report()
    house.platform.submit("Reports", {"Victim's name": "Sample Person", "Postcode": "ZZ1 4AB"})
    house.runner.once()
    assert same(house)[1] == "CW-2026-0001"


def listed(house: HarbourRow, about: str) -> set[str]:
    return {str(r.fields["Prompt"]) for r in house.platform.records("Checklist") if r.fields["About"] == about}


def words(moment: Moment) -> set[str]:
    return {prompt.words for prompt in PROMPTS if prompt.when is moment}


def test_each_moment_brings_its_prompts_when_it_comes() -> None:
    """HC-012, HC-013, HC-019, HC-056c, HC-056d, HC-056h, HC-060b, HC-067, HC-068, HC-090."""
    house = a_case()
    assert listed(house, "First contact") == words(Moment.FIRST_CONTACT)
    assert len(house.platform.records("Checklist")) == len(words(Moment.FIRST_CONTACT))
    met(house)
    assert listed(house, "Interview with the victim 1") == words(Moment.VICTIM_INTERVIEW)
    house.staff_write("amber", "Repairs", kind=c.RepairKind.GLAZING)
    assert listed(house, "Repair order 1") == words(Moment.REPAIR)
    house.staff_write("amber", "Interviews", with_=c.InterviewKind.PERPETRATOR, booked_for=house.now)
    assert listed(house, "Interview with the alleged perpetrator 2") == words(Moment.PERPETRATOR_INTERVIEW)
    house.restart()
    house.wait(minutes=6)
    assert house.runner.once(sweep=True).effects == 0


def test_a_tick_has_its_time_and_an_empty_one_holds_nothing_up() -> None:
    """HC-012, HC-056d: when it was recorded, by the audit; taken back, the time goes too."""
    house = a_case()
    row = house.platform.records("Checklist")[0].id
    before = house.only("Cases").fields
    ticked = house.now
    with house.platform.as_user("amber@harbour-row.example"):
        house.platform.update("Checklist", [(row, {"Done": True})])
        house.now += timedelta(hours=2)
        house.platform.update("Checklist", [(row, {"Answer or detail": "Said at the door."})])
    house.run()
    assert house.platform.get("Checklist", [row])[0].fields["Ticked at"] == ticked
    house.staff_write("amber", "Checklist", row, done=False)
    assert house.platform.get("Checklist", [row])[0].fields["Ticked at"] is None
    after = house.only("Cases").fields
    assert (after["What needs a person"], after["What would move it"]) == (
        before["What needs a person"], before["What would move it"],
    )  # fmt: skip
    assert len(house.platform.records("Alerts")) == 1
    house.wait(days=3)
    assert house.action("interview_victim")["State"] == STATE.OPEN


def test_a_case_that_is_over_is_asked_nothing_new() -> None:
    """HC-012: closed, or brought over from older records."""
    house = a_case()
    house.close()
    count = len(house.platform.records("Checklist"))
    house.staff_write("amber", "Repairs", kind=c.RepairKind.GLAZING)
    assert len(house.platform.records("Checklist")) == count
