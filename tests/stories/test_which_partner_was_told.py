"""Stories: the partner that a notice's row names is the one that was told, or may have been, and no other."""

from collections.abc import Mapping
from typing import Any

import pytest

from automations.errors import TryAgainLater
from automations.ports import Receipt
from casewatch.demo.landlord import EAST_PARTNERSHIP, WEST_PARTNERSHIP
from schema import choices as c
from tests.house import HarbourRow

pytestmark = pytest.mark.usefixtures("plain_letters")
YES: dict[str, Any] = {"answer": c.Answer.YES, "given_by": c.GivenBy.VICTIM}


def victim(house: HarbourRow) -> str:
    return house.only("People", role=c.PersonRole.VICTIM).id


def answer(house: HarbourRow, option: c.Option) -> str:
    return house.only("Consents", option=option).id


def moved(house: HarbourRow) -> Mapping[str, Any]:
    """The victim's postcode was wrong: they live in the other area, and agreed to the partnership there."""
    row = answer(house, c.Option.CDRP)
    police = answer(house, c.Option.POLICE)
    house.staff_write("amber", "Consents", police, given_at=house.now, **YES)
    with house.platform.as_user("amber@harbour-row.example"):
        house.platform.update("Consents", [(row, {"Organisation": WEST_PARTNERSHIP})])
        house.platform.update("People", [(victim(house), {"Postcode": "ZZ9 1AA"})])
    house.wait(hours=2)
    return house.only("Referrals").fields


def test_the_notice_names_the_partner_that_was_told_and_that_one_is_called_back() -> None:
    """R-13, R-14, HC-052: it waited for one partnership and went to another; nobody rings who knows nothing."""
    house = HarbourRow()
    house.east.down = True
    house.report(tell_the_partnership=c.Answer.YES)
    assert house.only("Referrals").fields["Partner"] == EAST_PARTNERSHIP
    told = moved(house)
    assert (told["State"], told["Partner"]) == (c.ReferralState.SENT, WEST_PARTNERSHIP)
    house.staff_write("amber", "Consents", answer(house, c.Option.CDRP), withdrawn_at=house.now)
    assert f"after {WEST_PARTNERSHIP} was told by name" in str(house.only("Referrals").fields["Why"])
    assert [each["message"] for each in house.west.told()] == ["cdrp_notice", "recall"]
    assert not house.east.notices


class Hangs:
    """A partner that takes a notice and never answers."""

    once = True
    carries_names = True

    def deliver(self, payload: bytes, key: str, to: str = "") -> Receipt:
        raise TryAgainLater


def test_where_one_partner_may_have_the_notice_another_does_not_get_it() -> None:
    """R-14, HC-052: a person asks the first. The same key again means nothing to somebody else."""
    house = HarbourRow()
    house.east = Hangs()  # type: ignore[assignment]
    house.restart()
    house.report(tell_the_partnership=c.Answer.YES)
    told = moved(house)
    assert (told["State"], told["Partner"]) == (c.ReferralState.UNKNOWN, EAST_PARTNERSHIP)
    assert not house.west.notices


def test_a_notice_whose_partner_changes_at_the_last_moment_waits_for_the_next_pass() -> None:
    """R-14, R-26, HC-052: what goes out is what the row says, to the partner that the row says."""
    house = HarbourRow()
    update = house.platform.update
    tries: list[Any] = []

    def meanwhile(table: str, rows: Any) -> None:
        update(table, rows)
        if table == "Referrals" and rows[0][1].get("State") == c.ReferralState.SENDING:
            tries.append((rows[0][1]["Partner"], len(house.east.notices), len(house.west.notices)))
            with house.platform.as_user("amber@harbour-row.example"):
                update("People", [(victim(house), {"Postcode": "ZZ9 1AA"})])

    house.platform.update = meanwhile  # type: ignore[method-assign]
    house.report(tell_the_partnership=c.Answer.NO)
    assert tries[0] == (EAST_PARTNERSHIP, 0, 0)
    house.wait(minutes=5)
    assert (len(house.east.notices), len(house.west.notices)) == (0, 1)
    assert house.only("Referrals").fields["Partner"] == WEST_PARTNERSHIP


def test_a_notice_that_waits_names_the_partner_it_waits_for_now() -> None:
    """R-14, HC-052: nobody telephones the wrong one."""
    house = HarbourRow()
    house.report()
    assert house.only("Referrals").fields["Partner"] == EAST_PARTNERSHIP
    house.staff_write("amber", "People", victim(house), postcode="ZZ9 1AA")
    assert house.only("Referrals").fields["Partner"] == WEST_PARTNERSHIP
    assert house.only("Referrals").fields["State"] == c.ReferralState.WAITING
