"""Stories: what each contact with the victim covers, and the agencies that do not deliver."""

from typing import Any

import pytest

from schema import choices as c
from tests.house import HarbourRow
from tests.stories.test_the_clocks_of_a_case import STATE, a_case, due, met, status
from tests.stories.test_the_options_of_the_plan import needs

pytestmark = pytest.mark.usefixtures("plain_letters")
WHOLE: dict[str, Any] = {
    "progress_told": True, "how_the_victim_is_coping": "Sleeps better.", "agencies_deliver": c.YesNo.YES,
    "further_action_needed": "None.",
}  # fmt: skip


def contact(house: HarbourRow, **cells: Any) -> str:
    told = {"at": house.now, "how": c.Channel.TELEPHONE, "result": c.ContactResult.MADE}
    return house.staff_write("amber", "Contacts", **(told | WHOLE | cells))


def test_a_contact_that_leaves_something_out_counts_and_the_case_says_what() -> None:
    """HC-070, HC-069: the four things; a try that reached nobody need say none of them."""
    house = a_case()
    met(house)
    house.go_to("2026-11-30 23:30")
    row = contact(house, how_the_victim_is_coping=" ")
    assert needs(house) == "Contacts of 30 November 2026: say how the victim is coping."
    rows = [r.fields for r in house.platform.records("Actions") if r.fields["Step"] == "victim_contact"]
    assert [r["State"] for r in rows] == [STATE.DONE, STATE.OPEN], "it counts all the same"
    house.staff_write("amber", "Contacts", row, how_the_victim_is_coping="Better.")
    assert not needs(house)

    contact(house, result=c.ContactResult.ATTEMPTED, **dict.fromkeys(WHOLE))
    assert not needs(house)
    contact(house, **dict.fromkeys(WHOLE), are_other_agencies_delivering="None is involved.")
    assert needs(house) == (
        "Contacts of 30 November 2026: say whether progress was told (tick), how the victim is coping and what further "
        "action is needed, if only none."
    )
    house.close()
    assert not needs(house), "a closed case is not asked for it"


def test_an_agency_that_does_not_deliver_is_chased_within_two_working_days() -> None:
    """HC-070: from the contact in which the victim said so."""
    house = a_case()
    met(house)
    contact(house)
    assert not [r for r in house.platform.records("Actions") if r.fields["Step"] == "chase_agency"]
    house.go_to("2026-11-20 10:00")
    row = contact(house, agencies_deliver=c.YesNo.NO, are_other_agencies_delivering="Nobody from the council came.")
    assert due(house, "chase_agency") == "Tue 24 Nov 23:59"
    house.go_to("2026-11-25 00:00")
    assert status(house, "chase_agency") == "Overdue"
    house.staff_write("amber", "Contacts", row, agency_chased_at=house.now)
    assert house.action("chase_agency")["State"] == STATE.DONE_LATE


def test_an_agency_that_came_after_all_needs_no_chasing() -> None:
    """HC-070."""
    house = a_case()
    met(house)
    contact(house, agencies_deliver=c.YesNo.NO)
    house.wait(hours=20)
    contact(house)
    assert house.action("chase_agency")["State"] == STATE.DONE
