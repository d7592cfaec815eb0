"""Stories: another landlord and its Director are told in writing of their own tenant, and of no victim (9.0, 13.0)."""

import pytest

from schema import choices as c
from tests.house import Desk, HarbourRow
from tests.stories.day_by_day import STATE, a_case, met
from tests.stories.test_a_partner_for_each_purpose import ACCUSED, LANDLORD, Send, agreed, send

pytestmark = pytest.mark.usefixtures("plain_letters")
ASKED = {"Words for the partner": "Please speak to your tenant about shouting on the stairs."}
ABROAD = {"Alleged perpetrator's name": ACCUSED, "Alleged perpetrator lives in": c.LivesIn.OTHER_LANDLORD,
          "Refer to the police": c.Answer.NO, "Police know": c.PoliceTold.NO}  # fmt: skip


def abroad() -> tuple[HarbourRow, Desk, str]:
    """A case whose alleged perpetrator is another landlord's tenant, as every victim agreed to tell them."""
    house = a_case(**ABROAD)
    desk = house.partner(LANDLORD)
    who = house.only("People", role=c.PersonRole.PERPETRATOR).id
    house.staff_write("amber", "People", who, their_landlord=LANDLORD)
    agreed(house, c.Option.AGENCY, organisation=LANDLORD)
    return house, desk, who


def called(house: HarbourRow, who: str, purpose: c.Purpose = c.Purpose.OTHER_LANDLORD) -> None:
    house.staff_write("amber", "Referrals", purpose=purpose, partner=LANDLORD, person=(who,), made_by_hand_at=house.now)


def test_another_landlord_is_asked_in_writing_after_the_call() -> None:
    """HC-095, HC-096: their own tenant is named and no victim; the request in writing completes its step."""
    house, desk, who = abroad()
    assert [r.fields["Purpose"] for r in house.platform.records("Referrals")] == [c.Purpose.CDRP_NOTICE]
    called(house, who)
    assert house.action("landlord_request")["State"] == STATE.OPEN
    row = next(r for r in house.platform.records("Referrals") if "landlord_request" in str(r.fields["Key"]))
    house.wait(hours=1)
    house.staff_write("amber", "Referrals", row.id, decision=Send)
    assert not desk.notices
    assert "say what is asked" in str(house.platform.get("Referrals", [row.id])[0].fields["Why"])
    house.staff_write("amber", "Referrals", row.id, decision=None, **ASKED)
    house.staff_write("amber", "Referrals", row.id, decision=Send)
    assert desk.named() == [([ACCUSED], ["unlawful_acts"])]
    assert house.action("landlord_request")["State"] == STATE.DONE
    assert house.action("landlord_call")["State"] in (STATE.DONE, STATE.DONE_LATE)


def test_a_landlord_that_people_does_not_name_for_the_tenant_is_told_nothing() -> None:
    """HC-096, R-12; nor while the police ask us to wait (5.0)."""
    house, desk, who = abroad()
    other = house.partner("Third Landlord")
    agreed(house, c.Option.AGENCY, organisation="Third Landlord")
    house.staff_write("amber", "Referrals", purpose=c.Purpose.OTHER_LANDLORD, partner="Third Landlord", person=(who,),
                      decision=Send, **ASKED)  # fmt: skip
    incident = house.only("Incidents").id
    house.staff_write("amber", "Incidents", incident, police_position=c.PolicePosition.WAIT)
    row = house.staff_write("amber", "Referrals", purpose=c.Purpose.OTHER_LANDLORD, partner=LANDLORD, person=(who,),
                            decision=Send, **ASKED)  # fmt: skip
    assert not other.notices
    assert not desk.notices
    assert "police ask us to wait" in str(house.platform.get("Referrals", [row])[0].fields["Why"])
    house.staff_write("amber", "Incidents", incident, police_position=c.PolicePosition.NO_OBJECTION)
    assert len(desk.notices) == 1
    assert not other.notices


def test_a_director_is_written_to_once_a_manager_decided_and_sends_it() -> None:
    """HC-116: by telephone and in writing; an officer's Send is not enough, as it is not for the letter."""
    house, desk, who = abroad()
    met(house)
    house.staff_write("coral", "Approvals", matter=c.Matter.DIRECTOR_NOTICE, decision=c.Decision.AGREED,
                      reason="The facts warrant it.")  # fmt: skip
    id = house.only("Referrals", purpose=c.Purpose.DIRECTOR).id
    house.staff_write("amber", "Referrals", id, **ASKED)
    row = send(house, c.Purpose.DIRECTOR)
    assert not desk.notices
    assert "line manager" in str(row["Why"])
    house.staff_write("coral", "Referrals", id, decision=None)
    house.staff_write("coral", "Referrals", id, decision=Send)
    assert [each["message"] for each in desk.told()] == ["director_notice"]
    assert house.action("director_notice")["State"] == STATE.OPEN, "and by telephone"
    called(house, who, c.Purpose.DIRECTOR)
    assert house.action("director_notice")["State"] == STATE.DONE


def test_another_landlord_is_asked_to_interview_within_our_own_time() -> None:
    """HC-096, A-14, HC-084: 48 hours after the victim's interview, as the letter asks; down for days, they get the
    same bytes; decided on after that day, no day is asked for.
    """
    for decided, days in (("2026-11-18 11:00", 0), ("2026-11-18 11:00", 4), ("2026-11-21 11:00", 0)):
        house, desk, who = abroad()
        met(house)
        called(house, who)
        desk.down = bool(days)
        house.go_to(decided)
        row = next(r for r in house.platform.records("Referrals") if "landlord_request" in str(r.fields["Key"]))
        house.staff_write("amber", "Referrals", row.id, decision=c.ReferralDecision.SEND, **ASKED)
        desk.down = False
        house.wait(days=days)
        assert [each.get("asked_by") for each in desk.told()] == ["2026-11-20" if decided < "2026-11-21" else None]
