"""Stories: two managers let a partner be told what a victim said no to. The partner rings us first, and somebody tells
the victim.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest

from schema import choices as c
from tests.house import Desk, HarbourRow
from tests.stories.day_by_day import a_case, needs
from tests.stories.test_staff_decide_what_goes import POLICE, edit, row
from tests.stories.test_told_by_hand import AForm, put_in
from tests.stories.test_two_managers import first, second

pytestmark = pytest.mark.usefixtures("plain_letters")
SEND = {"decision": c.ReferralDecision.SEND}


def overridden(answer: c.Answer = c.Answer.NO) -> tuple[HarbourRow, Desk]:
    """A referral to the police that waits for nobody but staff: two managers decided on it."""
    house = a_case(**{"Refer to the police": answer})
    desk = house.partner(POLICE, "Police", is_it_a_police_body=c.YesNo.YES)
    cells = {"purpose": c.Purpose.POLICE, "organisation": POLICE}
    if answer is c.Answer.NO:
        second(house, first(house, **cells), "dahlia")
        house.staff_write("amber", "Referrals", partner=POLICE, purpose=c.Purpose.POLICE)
    house.run()
    return house, desk


def victim_of(desk: Desk) -> dict[str, Any]:
    [told] = desk.told("police_referral")
    return next(x for x in told["people"] if x["part"] == "victim")


def test_the_partner_is_to_ring_us_before_it_contacts_who_did_not_agree() -> None:
    """A-16, R-15: safe ways are told, as they keep a partner from an unsafe one; they are no leave to use them."""
    house, desk = overridden()
    edit(house, **SEND)
    told = victim_of(desk)
    assert [x["basis"] for x in told["grounds"]] == ["override"]
    assert told["ask_us_first"] is True
    house, desk = overridden(c.Answer.YES)
    edit(house, **SEND)
    assert victim_of(desk)["ask_us_first"] is False, "who agreed may be rung"
    assert victim_of(desk)["safe_ways"] == told["safe_ways"]


def test_somebody_tells_the_victim_or_says_why_not() -> None:
    """A-16: once it went, until it is entered; of an agreement nothing is asked."""
    words = "tell the victim what was told and to whom"
    house, _ = overridden()
    assert words not in needs(house), "nothing went yet"
    edit(house, **SEND)
    id = house.only("Overrides").id
    assert f"Overrides {id}: {words} (Referrals {house.only('Referrals', purpose=c.Purpose.POLICE).id}), unless" in (
        needs(house)
    )
    house.wait(hours=1)
    house.staff_write("amber", "Overrides", id, why_not_told=" ")
    assert words in needs(house), "a blank is no reason"
    house.staff_write("amber", "Overrides", id, why_not_told="They share a telephone with who threatens them.")
    assert words not in needs(house)
    house.staff_write("amber", "Overrides", id, why_not_told=None)
    assert words in needs(house)
    house.staff_write("amber", "Overrides", id, victim_told_at=house.now)
    assert words not in needs(house)
    house, _ = overridden(c.Answer.YES)
    edit(house, **SEND)
    assert words not in needs(house)


def test_it_was_told_by_hand_on_the_override_too() -> None:
    """A-16, HC-063: the pack says at its top that the victim did not agree, and who decided."""
    at_the_top: list[Sequence[str]] = []

    class Looks(AForm):
        def pack(self, payload: bytes, key: str, at: datetime, first: Sequence[str] = ()) -> bytes:
            at_the_top.append(first)
            self.packs.append(json.loads(payload))
            return b"%PDF"

    house, _ = overridden()
    put_in(house, Looks())
    edit(house, **SEND)
    [[said]] = at_the_top
    assert "A victim did not agree that this partner is told. Two line managers decided" in said
    assert f"(Overrides {house.only('Overrides').id})" in said
    edit(house, made_by_hand_at=house.now)
    assert "tell the victim what was told and to whom" in needs(house)
    house, _ = overridden(c.Answer.YES)
    put_in(house, Looks())
    edit(house, **SEND)
    assert at_the_top[1:] == [()]
    assert row(house)["Pack"]


def test_what_goes_later_on_the_same_override_is_told_to_the_victim_too() -> None:
    """A-16: told of the first, the victim knows nothing of the second."""
    house, _ = overridden()
    edit(house, **SEND)
    house.wait(hours=1)
    house.staff_write("amber", "Overrides", house.only("Overrides").id, victim_told_at=house.now)
    house.wait(days=3)
    assert "tell the victim" not in needs(house)
    more = house.staff_write("amber", "Referrals", partner=POLICE, purpose=c.Purpose.POLICE,
                             words_for_the_partner="There is more.")  # fmt: skip
    house.staff_write("amber", "Referrals", more, **SEND)

    assert f"tell the victim what was told and to whom (Referrals {more})" in needs(house)


def test_what_may_have_gone_on_an_override_counts_as_told() -> None:
    """A-16: the partner may have it, so the victim hears of it."""
    house, _ = overridden()
    id = house.only("Referrals", purpose=c.Purpose.POLICE).id
    house.platform.update("Referrals", [(id, {"State": c.ReferralState.UNKNOWN, "Consent": "Overrides 1"})])
    house.run()

    assert f"(Referrals {id})" in needs(house)
