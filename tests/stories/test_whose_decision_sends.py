"""Stories: whose Decision sends a referral, and whose puts right what was sent (R-25, R-26)."""

import pytest

from schema import choices as c
from tests.stories.test_a_partner_for_each_purpose import LANDLORD
from tests.stories.test_other_landlords_in_writing import ASKED, abroad, called
from tests.stories.test_staff_decide_what_goes import edit, ready, row

pytestmark = pytest.mark.usefixtures("plain_letters")
Send = c.ReferralDecision.SEND


def test_somebody_who_has_left_sends_nothing_more() -> None:
    """R-26, HC-063: an account that was not closed is nobody's word; a colleague's is."""
    house, desk = ready()
    amber = house.only("Staff", **{"E-mail": "amber@harbour-row.example"}).id
    with house.platform.as_user("hazel@harbour-row.example"):
        house.platform.update("Staff", [(amber, {"Has left": True})])
    edit(house, decision=Send)
    assert (len(desk.notices), "has left" in str(row(house)["Why"])) == (0, True)
    edit(house, who="coral", decision=None)
    edit(house, who="coral", decision=Send)
    assert len(desk.notices) == 1


def test_other_words_for_a_director_are_decided_on_before_they_correct_anything() -> None:
    """HC-116, R-25: what a line manager saw is not what stands there; decided on as it stands, it goes."""
    house, desk, who = abroad()
    called(house, who)
    told = {"matter": c.Matter.DIRECTOR_NOTICE, "decision": c.Decision.AGREED, "reason": "Three serious incidents."}
    house.staff_write("coral", "Approvals", incident=(house.only("Incidents").id,), person=(who,), **told)
    id = house.staff_write("coral", "Referrals", purpose=c.Purpose.DIRECTOR, partner=LANDLORD, person=(who,),
                           **ASKED, decision=Send)  # fmt: skip
    house.wait(hours=1)
    house.staff_write("amber", "Referrals", id, words_for_the_partner="Nobody saw this.", recall_because="A slip.")
    house.wait(hours=1)
    assert [each["message"] for each in desk.told()] == ["director_notice"]
    assert "Words for the partner was changed after the Decision" in str(
        house.platform.get("Referrals", [id])[0].fields["Answer"]
    )
    house.staff_write("coral", "Referrals", id, decision=None)
    house.staff_write("amber", "Referrals", id, decision=Send)
    house.wait(hours=1)
    assert len(desk.notices) == 1, "an officer's Decision is none for a Director"
    house.staff_write("coral", "Referrals", id, decision=None)
    house.staff_write("coral", "Referrals", id, decision=Send)
    house.wait(hours=1)
    assert [each["message"] for each in desk.told()] == ["director_notice", "correction"]
    assert b"Nobody saw this." in list(desk.notices.values())[-1]


def test_another_landlord_hears_no_words_that_a_victim_may_have_held_back() -> None:
    """R-12, HC-096: nobody but a person can read what is withheld; where nothing is, it goes."""
    house, desk, who = abroad()
    called(house, who)
    yes = house.only("Consents", option=c.Option.AGENCY, organisation=LANDLORD).id
    house.staff_write("amber", "Consents", yes, withhold="Nothing about the dog.")
    id = house.staff_write("amber", "Referrals", purpose=c.Purpose.OTHER_LANDLORD, partner=LANDLORD, person=(who,),
                           words_for_the_partner="A dog was kicked.", decision=Send)  # fmt: skip
    assert not desk.notices
    assert "A victim limits what this landlord may be told" in str(
        house.platform.get("Referrals", [id])[0].fields["Why"]
    )
    house.staff_write("amber", "Consents", yes, withhold=None)
    house.wait(hours=1)
    assert [each["words"] for each in desk.told()] == ["A dog was kicked."]


def test_a_record_that_was_put_right_corrects_what_its_decision_sent() -> None:
    """HC-063, R-10: nothing on the row was changed, so nobody decides anew."""
    house, desk = ready()
    edit(house, decision=Send)
    house.staff_write("amber", "People", house.only("People", role=c.PersonRole.VICTIM).id, language="Welsh")
    edit(house, recall_because="The language was missing.")
    house.wait(hours=1)
    assert [each["message"] for each in desk.told()] == ["police_referral", "correction"]
