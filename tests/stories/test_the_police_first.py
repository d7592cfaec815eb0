"""Stories: where the victim agrees to the police, they are told before anybody speaks to the alleged perpetrator."""

import pytest

from schema import choices as c
from tests.stories.day_by_day import ACCUSED, a_case, checked, due, met, status

pytestmark = pytest.mark.usefixtures("plain_letters")
INTERVIEW = "interview_perpetrator"


def test_the_police_are_told_at_once_and_nobody_speaks_to_the_alleged_perpetrator_before() -> None:
    """HC-061, HC-062, HC-063: told within the hour; then their position is asked for, and then the gate opens."""
    house = a_case(**ACCUSED | {"Refer to the police": c.Answer.YES})
    checked(house)
    met(house)
    assert due(house, "police_referral") == "Wed 18 Nov 10:00"
    assert "police" in str(house.action(INTERVIEW)["Blocked by"])
    house.wait(minutes=30)
    house.staff_write("amber", "Referrals", purpose=c.Purpose.POLICE, made_by_hand_at=house.now)
    assert status(house, "police_referral") == "Done"
    assert "police's position" in str(house.action(INTERVIEW)["Blocked by"])
    house.staff_write("amber", "Incidents", house.only("Incidents").id, police_position=c.PolicePosition.NO_OBJECTION)
    assert house.action(INTERVIEW)["Blocked by"] is None


def test_a_victim_who_wants_no_police_keeps_nobody_waiting_for_them() -> None:
    """HC-062: no referral is owed, and the interview does not wait for one."""
    house = a_case(**ACCUSED)
    checked(house)
    met(house)
    assert house.action("police_referral")["Why"] == "The victim said no."
    assert house.action(INTERVIEW)["Blocked by"] is None
