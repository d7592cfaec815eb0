"""Stories: a disclosure without consent, as two managers agree to it in the grid (A-16, R-25)."""

from datetime import timedelta
from typing import Any

import pytest

from schema import choices as c
from tests.house import HarbourRow

pytestmark = pytest.mark.usefixtures("plain_letters")

LANDLORD = "Example Homes"


def in_another_landlords_home() -> HarbourRow:
    house = HarbourRow()
    house.report(**{"Alleged perpetrator's name": "Person Placeholder",
                    "Alleged perpetrator lives in": c.LivesIn.OTHER_LANDLORD})  # fmt: skip
    person = house.only("People", role=c.PersonRole.PERPETRATOR).id
    house.staff_write("amber", "People", person, **{"Their landlord": LANDLORD})
    house.staff_write("amber", "Consents", option=c.Option.AGENCY, organisation=LANDLORD, answer=c.Answer.NO)
    return house


def first(house: HarbourRow, who: str = "coral", **cells: Any) -> str:
    told = {"purpose": c.Purpose.OTHER_LANDLORD, "organisation": LANDLORD, "reason": "Threats to life.",
            "lawful_basis": "Vital interests", "decision": c.Decision.AGREED}  # fmt: skip
    return house.staff_write(who, "Overrides", **(told | cells))


def second(house: HarbourRow, row: str, who: str) -> None:
    house.wait(minutes=5)
    house.staff_write(who, "Overrides", row, second_decision=c.Decision.AGREED)


def says(house: HarbourRow) -> str:
    return str(house.only("Cases").fields["What needs a person"] or "")


@pytest.mark.parametrize(
    ("one", "other", "counts"),
    [("coral", "dahlia", True), ("coral", "coral", False), ("coral", "amber", False), ("amber", "dahlia", False),
     ("coral", None, False), ("coral", "stranger", False)],
)  # fmt: skip
def test_another_landlord_is_told_without_consent_only_where_two_managers_agreed(
    one: str, other: str | None, counts: bool
) -> None:
    """HC-095, A-16, HC-112: the platform's audit says who they are, and the action says what it rests on."""
    house = in_another_landlords_home()
    assert house.action("landlord_call")["State"] == c.ActionState.NOT_NEEDED
    row = first(house, one)
    assert "so it does not count" in says(house)
    if other:
        second(house, row, other)

    call = house.action("landlord_call")
    assert (call["State"] == c.ActionState.ALERT) == counts
    assert ("on the override" in str(call["How worked out"]) or "from the override" in str(call["How worked out"])) == (
        counts
    )
    assert ("Overrides" in says(house)) != counts


def test_what_the_first_manager_changes_after_the_second_confirmed_is_confirmed_by_nobody() -> None:
    """A-16, R-26: two people agree to the same thing, or to nothing."""
    house = in_another_landlords_home()
    row = first(house, organisation="A Third Landlord")
    second(house, row, "dahlia")
    assert house.action("landlord_call")["State"] == c.ActionState.NOT_NEEDED
    house.now += timedelta(minutes=5)
    house.staff_write("coral", "Overrides", row, organisation=LANDLORD)

    assert house.action("landlord_call")["State"] == c.ActionState.NOT_NEEDED
    assert "must confirm it as it stands" in says(house)
    house.staff_write("dahlia", "Overrides", row, second_decision=None)
    second(house, row, "dahlia")
    assert house.action("landlord_call")["State"] == c.ActionState.ALERT
