"""Stories: a step begins its referral, staff look it over and send it, and the partner gets it once. Help waits for no
agreement that it does not need; everything else for the agreement of whom it is about, to the organisation named.
"""

from collections.abc import Mapping
from typing import Any

import pytest

from schema import choices as c
from tests.house import HarbourRow
from tests.stories.day_by_day import STATE, a_case, needs

pytestmark = pytest.mark.usefixtures("plain_letters")
State, Send = c.ReferralState, c.ReferralDecision.SEND
NAME, ACCUSED = "Sample Person", "Person Placeholder"
SUPPORT, POLICE, COUNCIL, CARE, LANDLORD = (
    "Sample Support", "Sample Police", "Sample Council", "Sample Care", "Another Landlord",
)  # fmt: skip
YES: dict[str, Any] = {"answer": c.Answer.YES, "given_by": c.GivenBy.VICTIM}


def referral(house: HarbourRow, purpose: c.Purpose) -> Mapping[str, Any]:
    return house.only("Referrals", purpose=purpose).fields


def send(house: HarbourRow, purpose: c.Purpose, who: str = "amber") -> Mapping[str, Any]:
    """Staff look the row over and send it. The row as it stands then."""
    house.staff_write(who, "Referrals", house.only("Referrals", purpose=purpose).id, decision=Send)
    return referral(house, purpose)


def agreed(house: HarbourRow, option: c.Option, **cells: Any) -> str:
    victim = house.only("People", role=c.PersonRole.VICTIM).id
    told = YES | {"option": option, "given_at": house.now, "victim": (victim,)} | cells
    return house.staff_write("amber", "Consents", **told)


def test_support_is_asked_for_with_the_yes_to_that_organisation_and_no_other() -> None:
    """HC-051, R-12: begun by the step, sent on staff's word; a yes to another organisation opens nothing."""
    house = a_case()
    desk, other = house.partner(SUPPORT), house.partner("Other Support")
    yes = f"Consent {agreed(house, c.Option.SUPPORT, organisation=SUPPORT)},"
    row = referral(house, c.Purpose.SUPPORT)
    assert (row["State"], row["Partner"], row["Form"]) == (State.READY, SUPPORT, c.ReferralForm.IDENTIFIED)
    assert house.action("support_referral", yes)["State"] == STATE.OPEN
    assert not desk.notices
    house.wait(hours=2)
    assert send(house, c.Purpose.SUPPORT)["State"] == State.SENT
    assert desk.named() == [([NAME], ["consent"])]
    assert house.action("support_referral", yes)["State"] == STATE.DONE

    theirs = house.staff_write("amber", "Referrals", purpose=c.Purpose.SUPPORT, partner="Other Support", decision=Send)
    assert house.only("Referrals", partner="Other Support").fields["State"] == State.WAITING
    assert not other.notices
    agreed(house, c.Option.SUPPORT, organisation="Other Support")
    assert house.platform.get("Referrals", [theirs])[0].fields["State"] == State.SENT


def test_the_police_are_referred_to_with_the_accused_on_grounds_of_their_own() -> None:
    """HC-063, R-15: a victim's yes is no ground for anybody else; the step is done when it went."""
    house = a_case(**{"Alleged perpetrator's name": ACCUSED, "Refer to the police": c.Answer.YES})
    desk = house.partner(POLICE, "Police", is_it_a_police_body=c.YesNo.YES)
    house.run()
    assert house.action("police_referral")["State"] == STATE.ALERT
    row = send(house, c.Purpose.POLICE)
    assert desk.named() == [([ACCUSED, NAME], ["consent", "unlawful_acts"])]
    assert (row["State"], row["Sent under"]) == (State.SENT, next(iter(desk.notices)))
    assert house.action("police_referral")["State"] == STATE.DONE


def test_a_police_referral_goes_to_no_partner_that_is_no_police_body() -> None:
    """HC-063, R-12: the agreement is to the police."""
    house = a_case(**{"Refer to the police": c.Answer.YES})
    desk = house.partner(POLICE, "Police")
    house.run()
    assert send(house, c.Purpose.POLICE)["State"] == State.NOT_READY
    assert not desk.notices
    assert "police body" in str(referral(house, c.Purpose.POLICE)["Why"])


def test_the_police_are_asked_for_information_with_everybodys_agreement() -> None:
    """HC-055, R-14: it names the victim, so it takes the same agreement; staff begin it themselves."""
    house = a_case(**{"Refer to the police": c.Answer.NO})
    desk = house.partner(POLICE, is_it_a_police_body=c.YesNo.YES)
    house.staff_write("amber", "Referrals", purpose=c.Purpose.POLICE_INFORMATION, partner=POLICE, decision=Send,
                      words_for_the_partner="Is there anything known of the address?")  # fmt: skip
    assert referral(house, c.Purpose.POLICE_INFORMATION)["Why"] == "The victim said no."
    house.wait(hours=1)
    row = {"purpose": c.Purpose.POLICE_INFORMATION, "organisation": POLICE, "reason": "Danger to life.",
           "lawful_basis": "Crime prevention", "decision": c.Decision.AGREED}  # fmt: skip
    id = house.staff_write("coral", "Overrides", **row)
    assert not desk.notices
    house.staff_write("dahlia", "Overrides", id, second_decision=c.Decision.AGREED)
    assert desk.named() == [([NAME], ["override"])]
    assert desk.told()[0]["asked"] == "Is there anything known of the address?"
    house.wait(hours=1)
    house.staff_write("amber", "Consents", option=c.Option.POLICE, answer=c.Answer.NO)
    house.wait(hours=1)
    assert len(desk.notices) == 1, "what rests on no victim's answer is called back by none"


def test_the_councils_homeless_persons_unit_is_told_where_home_is_not_safe() -> None:
    """HC-015: with the victim's yes to being referred; until then the row says what it waits for."""
    house = a_case(safe_at_home=c.YesNo.NO)
    desk = house.partner(COUNCIL, "Homeless persons unit")
    house.run()
    assert referral(house, c.Purpose.HOMELESSNESS)["State"] == State.WAITING
    assert send(house, c.Purpose.HOMELESSNESS)["State"] == State.WAITING
    assert not desk.notices
    agreed(house, c.Option.HOMELESSNESS)
    assert desk.named() == [([NAME], ["consent"])]
    assert house.action("homelessness_help")["State"] == STATE.DONE


def test_an_agreement_to_another_council_is_none_to_this_one() -> None:
    """HC-015, R-12."""
    house = a_case(safe_at_home=c.YesNo.NO)
    desk = house.partner(COUNCIL, "Homeless persons unit")
    agreed(house, c.Option.HOMELESSNESS, organisation="Council Elsewhere")
    send(house, c.Purpose.HOMELESSNESS)
    assert not desk.notices


def test_social_services_hear_of_a_child_at_risk_without_anybodys_agreement() -> None:
    """HC-022, R-19: a no to everything else keeps nobody from it, nor does triage; the ground is the law's."""
    house = a_case(children_at_risk=c.YesNo.YES, tell_the_partnership=c.Answer.NO)
    desk = house.partner(CARE, "Social services")
    house.run()
    row = send(house, c.Purpose.SAFEGUARDING)
    assert desk.named() == [([NAME], ["safeguarding"])]
    assert row["State"] == State.SENT
    assert house.action("safeguarding_report")["State"] == STATE.DONE
    house.staff_write("amber", "Consents", house.only("Consents", option=c.Option.SUPPORT).id, answer=c.Answer.NO)
    assert referral(house, c.Purpose.SAFEGUARDING)["State"] == State.SENT


def test_an_alleged_perpetrator_is_never_whom_social_services_are_sent_to() -> None:
    """HC-022: though they may be the child's parent."""
    house = a_case(children_at_risk=c.YesNo.YES, **{"Alleged perpetrator's name": ACCUSED})
    desk = house.partner(CARE, "Social services")
    house.run()
    accused = house.only("People", role=c.PersonRole.PERPETRATOR).id
    house.staff_write("amber", "Referrals", house.only("Referrals", purpose=c.Purpose.SAFEGUARDING).id, decision=Send,
                      person=(accused,))  # fmt: skip
    assert not desk.notices
    assert "names an alleged perpetrator" in str(referral(house, c.Purpose.SAFEGUARDING)["Why"])


def test_the_partnership_hears_what_is_proposed_after_it_heard_of_the_incident() -> None:
    """HC-117: in the form of the notice; by name only with the agreement, else for statistics."""
    house = a_case(tell_the_partnership=c.Answer.NO)
    house.staff_write("amber", "Legal", kind=c.LegalKind.STEP, step_taken="Notice served", taken_at=house.now)
    row = send(house, c.Purpose.CDRP_UPDATE)
    assert (row["State"], row["Form"]) == (State.STATISTICS_SENT, c.ReferralForm.STATISTICAL)
    assert [each["message"] for each in house.east.told()] == ["cdrp_notice", "cdrp_update"]
    assert [each["form"] for each in house.east.told("cdrp_update")] == ["statistical"]
    assert house.action("cdrp_update")["State"] == STATE.DONE


def test_the_update_waits_for_the_notice() -> None:
    """HC-117: a partnership that was down hears of the incident first."""
    house = HarbourRow()
    house.east.down = True
    house.report(tell_the_partnership=c.Answer.YES)
    house.staff_write("amber", "Legal", kind=c.LegalKind.STEP, step_taken="Notice served", taken_at=house.now)
    assert send(house, c.Purpose.CDRP_UPDATE)["State"] == State.NOT_READY
    house.east.down = False
    house.wait(hours=2)
    house.run()
    assert [each["message"] for each in house.east.told()] == ["cdrp_notice", "cdrp_update"]


def test_nothing_is_begun_where_nobody_can_receive_it() -> None:
    """HC-063, R-26: no partner, or one without a destination: it is told by hand, as before."""
    house = a_case(**{"Refer to the police": c.Answer.YES})
    house.run()
    assert [r.fields["Purpose"] for r in house.platform.records("Referrals")] == [c.Purpose.CDRP_NOTICE]
    house.partner(POLICE, "Police", is_it_a_police_body=c.YesNo.YES, destination=None)
    house.run()
    assert len(house.platform.records("Referrals")) == 1
    row = house.staff_write("amber", "Referrals", purpose=c.Purpose.POLICE, partner=POLICE, decision=Send)
    assert "tell them another way" in str(house.platform.get("Referrals", [row])[0].fields["Why"])
    house.staff_write("amber", "Referrals", row, made_by_hand_at=house.now)
    assert house.action("police_referral")["State"] == STATE.DONE
    assert "Referrals" not in needs(house)
