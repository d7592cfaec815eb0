"""Stories: what may leave is asked of the bases at the last instant, and goes to the organisation it was agreed for."""

from collections.abc import Callable
from typing import Any

import pytest

from casewatch.demo.landlord import EAST_PARTNERSHIP, WEST_PARTNERSHIP
from schema import choices as c
from tests.house import HarbourRow

pytestmark = pytest.mark.usefixtures("plain_letters")
YES: dict[str, Any] = {"Tell the partnership": c.Answer.YES}
NAME = b"Sample Person"


def when_the_notice_is_under_way(house: HarbourRow, act: Callable[[], None]) -> None:
    """Let somebody act between the decision to send and the sending: just after the row says Sending."""
    update = house.platform.update

    def watched(table: str, rows: Any) -> None:
        update(table, rows)
        if table == "Referrals" and any(cells.get("State") == c.ReferralState.SENDING for _, cells in rows):
            house.platform.update = update  # type: ignore[method-assign]
            act()

    house.platform.update = watched  # type: ignore[method-assign]


def consent(house: HarbourRow) -> str:
    return house.only("Consents", Option=c.Option.CDRP).id


def test_a_withdrawal_entered_while_the_notice_is_made_ready_still_stops_it() -> None:
    """R-13: it acts the moment it is entered."""
    house = HarbourRow()
    when_the_notice_is_under_way(
        house, lambda: house.platform.update("Consents", [(consent(house), {"Withdrawn at": house.now})])
    )
    house.report(**YES)
    house.wait(minutes=6)

    assert not any(NAME in body for body in house.east.notices.values())
    assert house.only("Referrals").fields["Form"] == c.ReferralForm.STATISTICAL

    told = HarbourRow()
    told.report(**YES)
    assert [NAME in body for body in told.east.notices.values()] == [True]


def test_a_notice_made_by_hand_while_ours_is_made_ready_is_not_sent_twice() -> None:
    house = HarbourRow()
    when_the_notice_is_under_way(
        house,
        lambda: house.platform.update("Referrals", [(house.only("Referrals").id, {"Made by hand at": house.now})]),
    )
    house.report(**YES)
    house.wait(minutes=6)
    assert house.east.deliveries == 0


def test_nothing_goes_for_a_case_that_triage_set_aside() -> None:
    """HC-052: and it goes once triage says that it is one after all."""
    house = HarbourRow()
    house.east.down = True
    house.report(**YES)
    house.staff_write("coral", "Cases", house.only("Cases").id, triage=c.Triage.NOT_HATE)
    house.staff_write("coral", "Approvals", matter=c.Matter.NOT_HATE, decision=c.Decision.AGREED, reason="A mix-up.")
    house.east.down = False
    house.wait(hours=2)
    assert house.east.deliveries == 0
    assert "not a hate incident" in str(house.only("Referrals").fields["Why"])

    house.staff_write("coral", "Cases", house.only("Cases").id, triage=c.Triage.HATE)
    house.wait(hours=2)
    assert [NAME in body for body in house.east.notices.values()] == [True]


def test_a_partner_row_that_is_pointed_at_another_partners_desk_sends_nothing_there() -> None:
    """R-26: whose a destination is stands in the settings, where nobody in the office base can change it."""
    house = HarbourRow()
    east = house.only("Partners", Partner=EAST_PARTNERSHIP).id
    house.platform.update("Partners", [(east, {"Destination": "kirkinlea"})])
    house.report(**YES)

    assert house.west.deliveries == house.east.deliveries == 0
    row = house.only("Referrals").fields
    assert row["State"] == c.ReferralState.FAILED
    assert "another organisation" in str(row["Answer"])

    house.platform.update("Partners", [(east, {"Destination": "quayside"})])
    house.wait(minutes=6)
    assert (house.east.deliveries, house.west.deliveries) == (1, 0)


def test_a_partner_row_that_is_given_another_partners_name_sends_nothing_under_it() -> None:
    house = HarbourRow()
    house.platform.update("Partners", [(house.only("Partners", Partner=WEST_PARTNERSHIP).id, {"Partner": "Old name"})])
    house.platform.update("Partners", [
        (house.only("Partners", Partner=EAST_PARTNERSHIP).id, {"Partner": WEST_PARTNERSHIP})
    ])  # fmt: skip
    house.report(**YES)
    assert house.west.deliveries == house.east.deliveries == 0


@pytest.mark.parametrize("column", ["Answer", "Withdrawn at", "Option"])
def test_a_second_answer_that_cannot_be_read_may_be_a_no_and_shuts_what_the_first_allowed(column: str) -> None:
    house = HarbourRow()
    house.east.down = True
    house.report(**YES)
    later = house.staff_write("amber", "Consents", option=c.Option.CDRP, answer=c.Answer.YES)
    house.platform.spoil("Consents", later, column, "the victim rang")
    house.east.down = False
    house.wait(hours=2)

    assert not any(NAME in body for body in house.east.notices.values())
    assert f"Consents {later}" in str(house.only("Cases").fields["What needs a person"])
