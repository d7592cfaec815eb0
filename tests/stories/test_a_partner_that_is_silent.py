"""Stories: a partner that was asked to act, however it was told, and says nothing for five working days is asked."""

from typing import Any

import pytest

from automations.ports import Answer
from schema import choices as c
from tests.house import HarbourRow
from tests.stories.day_by_day import STATE, a_case, due, each_of, status
from tests.stories.test_a_partner_for_each_purpose import SUPPORT, agreed, send
from tests.stories.test_other_landlords_in_writing import abroad, called
from tests.stories.test_staff_decide_what_goes import POLICE, edit, ready, row
from tests.stories.test_what_partners_answer import Answers, says

pytestmark = pytest.mark.usefixtures("plain_letters")
STEP = "chase_partner"
SEND = c.ReferralDecision.SEND


def sent() -> tuple[HarbourRow, Answers]:
    """The police have a referral since Wednesday, and can answer."""
    house, _ = ready()
    desk = house.ways[POLICE] = Answers()
    house.restart()
    edit(house, decision=SEND)
    assert desk.notices
    return house, desk


def why_not(house: HarbourRow) -> str:
    """Why nobody need ask."""
    assert house.action(STEP)["State"] == STATE.NOT_NEEDED
    return str(house.action(STEP)["Why"])


def test_a_partner_that_never_answers_is_asked_after_five_working_days() -> None:
    """HC-063, HC-070: from Wednesday to the end of the next Wednesday; what came of it ends it, whatever is added."""
    house, _ = sent()
    assert (due(house, STEP), house.action(STEP)["State"]) == ("Wed 25 Nov 23:59", STATE.OPEN)
    house.go_to("2026-11-26 09:00")
    assert status(house, STEP) == "Overdue"
    edit(house, outcome="They opened a file.")
    assert house.action(STEP)["State"] == STATE.DONE_LATE
    done = house.action(STEP)["Done at"]
    house.wait(days=3)
    edit(house, outcome="They opened a file, and visited.")
    assert house.action(STEP)["Done at"] == done


@pytest.mark.parametrize("said", ["accepted", "outcome"])
def test_whoever_answers_is_not_asked(said: Any) -> None:
    """HC-063, HC-070: nothing is to be entered for it."""
    house, desk = sent()
    says(house, desk, Answer(next(iter(desk.notices)), said, code="logged"))
    house.run()
    assert house.action(STEP)["State"] == STATE.DONE


def test_support_that_was_asked_for_by_telephone_is_asked_about_too() -> None:
    """HC-051, HC-070: there is no way to answer; that they agreed to act ends it."""
    house = a_case()
    agreed(house, c.Option.SUPPORT, organisation=SUPPORT)
    victim = house.only("People", role=c.PersonRole.VICTIM).id
    id = house.staff_write("amber", "Referrals", purpose=c.Purpose.SUPPORT, partner=SUPPORT, person=(victim,),
                           made_by_hand_at=house.now)  # fmt: skip
    assert due(house, STEP) == "Wed 25 Nov 23:59"
    house.wait(days=1)
    house.staff_write("amber", "Referrals", id, agreed_at=house.now)
    assert (house.action(STEP)["State"], house.action(STEP)["Done at"]) == (STATE.DONE, house.now)


def test_a_partner_that_is_asked_for_nothing_is_not_chased() -> None:
    """HC-052, HC-117: the partnership's notice and its update, by name or for statistics; nor what has not gone."""
    house = a_case(tell_the_partnership=c.Answer.YES, **{"Refer to the police": c.Answer.YES})
    house.partner(POLICE, "Police", is_it_a_police_body=c.YesNo.YES)
    house.staff_write("amber", "Legal", kind=c.LegalKind.STEP, step_taken="Notice served", taken_at=house.now)
    assert send(house, c.Purpose.CDRP_UPDATE)["Sent at"]
    assert row(house)["State"] == c.ReferralState.READY
    assert not each_of(house, STEP)


def test_what_was_called_back_or_refused_is_not_asked_about() -> None:
    """R-13, HC-063: and the action says why; nor what was told by hand, once somebody asked them to stop."""
    house, desk = sent()
    house.wait(hours=1)
    house.staff_write("amber", "Consents", house.only("Consents", option=c.Option.POLICE).id, withdrawn_at=house.now)
    assert row(house)["State"] == c.ReferralState.RECALL_SENT
    assert why_not(house) == "It was called back."
    house, desk = sent()
    says(house, desk, Answer(next(iter(desk.notices)), "rejected"))
    house.run()
    assert why_not(house) == "The partner refused it."
    house, _ = ready()
    edit(house, made_by_hand_at=house.now)
    house.wait(hours=1)
    edit(house, partner_asked_to_stop_at=house.now)
    assert why_not(house) == "It was called back."


def test_of_a_call_and_a_request_in_writing_the_latest_is_asked_about() -> None:
    """HC-096, HC-070: one question a partner and a matter."""
    house, _, who = abroad()
    called(house, who)
    assert house.action(STEP)["State"] == STATE.OPEN
    house.wait(hours=1)
    request = next(r for r in house.platform.records("Referrals") if "landlord_request" in str(r.fields["Key"]))
    house.staff_write("amber", "Referrals", request.id, decision=SEND, words_for_the_partner="Eggs were thrown.")
    assert sorted(str(each["State"]) for each in each_of(house, STEP)) == [STATE.NOT_NEEDED, STATE.OPEN]
    assert house.action(STEP, f"Referral {request.id}")["State"] == STATE.OPEN
