"""Stories: the case log. The report form, the first development, and when each action was done."""

import pytest

from tests.stories.day_by_day import STATE, a_case, due, met

pytestmark = pytest.mark.usefixtures("plain_letters")


def test_the_report_form_is_completed_with_the_victim_and_filed_within_a_day() -> None:
    """HC-009, HC-044: once a case; a further incident asks for no other."""
    house = a_case()
    case = house.only("Cases").id
    assert due(house, "initial_report_form") == "Thu 19 Nov 09:00"
    house.wait(hours=2)
    house.staff_write("amber", "Cases", case, initial_report_form_completed_at=house.now)
    house.platform.attach("Cases", case, "Initial report form", "form.pdf", b"%PDF- a form", "application/pdf")
    house.staff_write("amber", "Incidents", first_reported_at=house.now)
    form = house.action("initial_report_form")
    assert (form["State"], form["Done at"]) == (STATE.DONE, house.now)
    assert [file.name for file in house.only("Cases").fields["Initial report form"]] == ["form.pdf"]


def test_the_first_report_is_the_first_development_and_each_action_says_when_it_was_done() -> None:
    """HC-043, HC-045."""
    house = a_case()
    told = house.platform.records("Developments")[0].fields
    assert (told["Development"], told["Happened at"]) == ("First report", house.now)
    logged = house.action("log_case")
    assert (logged["State"], logged["Done at"]) == (STATE.DONE, house.now)
    assert house.action("interview_victim")["Done at"] is None
    house.wait(hours=3)
    met(house)
    assert house.action("interview_victim")["Done at"] == house.now
    house.staff_write("amber", "Incidents", first_reported_at=house.now)
    assert [r.fields["Development"] for r in house.platform.records("Developments")].count("First report") == 1
