"""Stories: what each contact with the victim covers, and the agencies that do not deliver."""

from typing import Any

import pytest

from schema import choices as c
from tests.house import HarbourRow
from tests.stories.day_by_day import STATE, a_case, due, each_of, met, needs, status

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
    rows = each_of(house, "victim_contact")
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
    assert not each_of(house, "chase_agency")
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


def test_the_officer_keeps_in_touch_every_fourteen_days_or_as_agreed() -> None:
    """HC-069, A-09: an attempt is no contact, and longer is only at the victim's wish."""
    house = a_case()
    met(house)
    case = house.only("Cases").id
    assert due(house, "victim_contact") == "Wed 02 Dec 23:59"
    house.staff_write("amber", "Cases", case, **{"Contact every (days)": 31})
    assert due(house, "victim_contact") == "Wed 02 Dec 23:59"
    house.staff_write("amber", "Cases", case, **{"Longer interval is the victim's wish": True})
    assert due(house, "victim_contact") == "Sat 19 Dec 23:59"
    house.staff_write("amber", "Cases", case, **{"Contact every (days)": 7})
    assert due(house, "victim_contact") == "Wed 25 Nov 23:59"
    house.go_to("2026-11-24 10:00")
    house.staff_write("amber", "Contacts", at=house.now, result=c.ContactResult.ATTEMPTED)
    assert due(house, "victim_contact") == "Wed 25 Nov 23:59"
    house.staff_write("amber", "Contacts", at=house.now, result=c.ContactResult.MADE)
    rows = each_of(house, "victim_contact")
    assert [r["State"] for r in rows] == [STATE.DONE, STATE.OPEN]
    assert f"{rows[1]['Due at']:%a %d %b}" == "Tue 01 Dec"


def test_a_victim_of_the_second_incident_only_is_kept_in_touch_with_too() -> None:
    house = a_case()
    second = house.staff_write("amber", "People", role=c.PersonRole.VICTIM, name="Another Person",
                               safe_ways_to_contact=(c.Channel.TELEPHONE,))  # fmt: skip
    first = house.only("Incidents").id
    house.staff_write("amber", "Incidents", first, victims=(house.platform.records("People")[0].id,))
    again = house.staff_write("amber", "Incidents", first_reported_at=house.now, victims=(second,))
    met(house, person=(second,), incident=(again,))
    assert house.action("victim_contact", "Victim 2")["State"] == STATE.OPEN
    assert house.action("signature", "victim")["State"] == STATE.OPEN
