"""Stories: a record without a link to an incident is the first one's only while there has been no other."""

import pytest

from schema import choices as c
from tests.house import HarbourRow
from tests.stories.day_by_day import STATE, a_case, due, met, needs, reviewed, status

pytestmark = pytest.mark.usefixtures("plain_letters")


def further(house: HarbourRow) -> str:
    """A further incident, reported an hour later."""
    house.wait(hours=1)
    return house.staff_write("amber", "Incidents", first_reported_at=house.now)


def test_what_was_of_a_deleted_incident_is_not_given_to_the_first() -> None:
    """HC-099, R-10: its interview and its review complete nothing and open no gate, and the case names them."""
    house = a_case()
    second = further(house)
    house.wait(hours=30)
    interview = met(house, incident=(second,))
    review = reviewed(house, c.ReviewKind.OUTCOME, covers_the_outcome=True, incident=(second,))
    assert status(house, "interview_victim", "Incident 2") == "Done late"
    assert not needs(house)
    house.platform.delete("Incidents", second)
    house.wait(hours=1)

    assert status(house, "interview_victim", "Incident 1") == "Overdue"
    assert "review the outcome" in house.action("outcome_letter_victim", "Incident 1")["Blocked by"]
    assert f"Interviews {interview}: say which incident" in needs(house)
    assert f"Reviews {review}: say which incident" in needs(house)
    house.staff_write("amber", "Interviews", interview, incident=(house.only("Incidents").id,))
    assert status(house, "interview_victim", "Incident 1") == "Done late", "once somebody says so it counts"


def test_what_was_entered_before_there_was_another_incident_stays_the_firsts() -> None:
    """HC-105, R-02: a further incident reopens nothing of the old one."""
    house = a_case()
    met(house)
    reviewed(house, c.ReviewKind.OUTCOME, covers_the_outcome=True)
    further(house)
    assert house.action("interview_victim", "Incident 1")["State"] == STATE.DONE
    assert house.action("outcome_letter_victim", "Incident 1")["Blocked by"] is None
    assert house.action("interview_victim", "Incident 2")["State"] == STATE.OPEN
    assert not needs(house)


def test_the_second_incident_does_not_inherit_what_was_the_deleted_firsts() -> None:
    """R-10."""
    house = a_case()
    first = house.only("Incidents").id
    row = met(house)
    further(house)
    house.platform.delete("Incidents", first)
    house.run()
    assert house.action("interview_victim", "Incident 2")["State"] == STATE.OPEN
    assert f"Interviews {row}: say which incident" in needs(house)


def test_a_repair_that_names_no_incident_is_owed_all_the_same() -> None:
    """HC-060c, R-19: a blank link keeps no help away; nor is a survey or a review of the whole case asked about."""
    house = a_case()
    further(house)
    house.staff_write("amber", "Repairs", kind=c.RepairKind.GLAZING, need_known_at=house.now)
    assert due(house, "emergency_repair") == "Thu 19 Nov 10:00"
    reviewed(house, c.ReviewKind.FORTNIGHTLY)
    assert not needs(house)
    met(house)
    assert house.action("victim_interview_note")["State"] == STATE.OPEN, "its note is owed, whichever incident it was"
    assert "say which incident" in needs(house)
