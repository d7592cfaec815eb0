"""Stories: what staff copy, edit or add in Referrals. Nothing is told twice, and whoever was told stays on record."""

from typing import Any

import pytest

from casewatch.demo.landlord import EAST_PARTNERSHIP
from schema import choices as c
from tests.house import HarbourRow
from tests.stories.day_by_day import STATE, needs
from tests.stories.test_a_partner_for_each_purpose import agreed
from tests.stories.test_staff_decide_what_goes import POLICE, edit, ready, row

pytestmark = pytest.mark.usefixtures("plain_letters")
State, Decision = c.ReferralState, c.ReferralDecision
COPIED = ("Purpose", "Partner", "Incident", "Person", "Decision", "Words for the partner")


def copied(house: HarbourRow) -> str:
    """An officer copies the row of the police referral in the grid, its Decision with it; the copy's id."""
    cells = {k: v for k, v in row(house).items() if k in COPIED and v}
    return house.staff_write("amber", "Referrals", **cells)


def cells_of(house: HarbourRow, id: str) -> Any:
    return house.platform.get("Referrals", [id])[0].fields


def test_a_row_that_was_copied_tells_nobody_the_same_twice() -> None:
    """HC-063: with something new to say it goes."""
    house, desk = ready()
    edit(house, decision=Decision.SEND)
    copy = copied(house)
    house.wait(hours=1)
    assert len(desk.notices) == 1
    assert (cells_of(house, copy)["State"], "tells this partner the same" in cells_of(house, copy)["Why"]) == (
        State.NOT_READY, True,
    )  # fmt: skip
    house.staff_write("amber", "Referrals", copy, words_for_the_partner="There is a second witness.", decision=None)
    house.staff_write("amber", "Referrals", copy, decision=Decision.SEND)
    assert [each.get("words") for each in desk.told()] == [None, "There is a second witness."]


def test_of_two_rows_decided_on_in_one_moment_one_goes() -> None:
    """HC-063: a paste of two."""
    house, desk = ready()
    told = {k: v for k, v in row(house).items() if k in COPIED and v} | {"Decision": Decision.SEND}
    case = (house.only("Cases").id,)
    with house.platform.as_user("amber@harbour-row.example"):
        house.platform.create("Referrals", [{**told, "Case": case}, {**told, "Case": case}])
    house.run()
    house.wait(hours=1)
    assert len(desk.notices) == 1


def test_while_a_recall_is_open_nothing_new_goes_to_that_partner() -> None:
    """R-13, HC-063: they must not be told to delete what they were just sent."""
    house, desk = ready()
    edit(house, decision=Decision.SEND)
    first = house.only("Referrals", purpose=c.Purpose.POLICE).id
    house.wait(hours=1)
    yes = house.only("Consents", option=c.Option.POLICE).id
    house.staff_write("amber", "Consents", yes, withdrawn_at=house.now)
    house.wait(hours=1)
    house.staff_write("amber", "Action plan", version="2", agreed_at=house.now)
    house.staff_write("amber", "Consents", yes, withdrawn_at=None, given_at=house.now)
    again = house.staff_write("amber", "Referrals", purpose=c.Purpose.POLICE, partner=POLICE, decision=Decision.SEND)
    assert [each["message"] for each in desk.told()] == ["police_referral", "recall"]
    assert "is not confirmed yet" in cells_of(house, again)["Why"]
    house.staff_write("amber", "Referrals", first, partner_confirmed_at=house.now)
    house.wait(hours=1)
    assert [each["message"] for each in desk.told()] == ["police_referral", "recall", "police_referral"]


def test_whoever_was_told_is_called_back_whatever_partner_says_since() -> None:
    """R-13: the cell is staff's; who was told is not."""
    house, desk = ready()
    other = house.partner("Other Police", is_it_a_police_body=c.YesNo.YES)
    edit(house, decision=Decision.SEND)
    edit(house, partner="Other Police")
    house.wait(hours=1)
    house.staff_write("amber", "Consents", house.only("Consents", option=c.Option.POLICE).id, answer=c.Answer.NO)
    assert [each["message"] for each in desk.told()] == ["police_referral", "recall"]
    assert not other.notices


def test_where_one_partner_may_have_it_another_is_not_sent_it() -> None:
    """R-13, HC-063: a person asks the first; an edit of Partner is no proof that nothing arrived."""
    house, desk = ready()
    other = house.partner("Other Police", is_it_a_police_body=c.YesNo.YES)
    desk.silent = True
    edit(house, decision=Decision.SEND)
    assert row(house)["State"] == State.FAILED
    edit(house, partner="Other Police", decision=None)
    house.wait(minutes=1)
    edit(house, decision=Decision.SEND)
    house.wait(hours=2)
    assert (row(house)["State"], row(house)["Handed to"], other.notices) == (State.UNKNOWN, POLICE, {})


def test_the_notice_is_kept_back_where_staff_say_so_and_its_step_stays_open() -> None:
    """HC-052: the reason stands on the row; taken back, it goes."""
    house = HarbourRow()
    house.east.down = True
    house.report(tell_the_partnership=c.Answer.YES)
    notice = house.only("Referrals").id
    house.staff_write("amber", "Referrals", notice, decision=Decision.DO_NOT,
                      **{"Not sent: reason": "They were at the meeting."})  # fmt: skip
    house.east.down = False
    house.wait(hours=2)
    house.wait(hours=2)
    told = house.only("Referrals").fields
    assert (told["State"], told["Why"], house.east.notices) == (State.NOT_SENT, "They were at the meeting.", {})
    assert house.action("notify_cdrp")["State"] == STATE.OPEN
    house.staff_write("amber", "Referrals", notice, decision=None)
    house.wait(hours=1)
    assert len(house.east.notices) == 1


def test_the_notice_that_may_have_arrived_is_not_said_to_be_kept_back() -> None:
    """R-13, HC-052: a person asks."""
    house = HarbourRow()
    house.east.silent = True
    house.report(tell_the_partnership=c.Answer.YES)
    house.staff_write("amber", "Referrals", house.only("Referrals").id, decision=Decision.DO_NOT)
    house.wait(hours=2)
    assert house.only("Referrals").fields["State"] == State.UNKNOWN


def test_a_forum_is_told_with_everybodys_agreement_to_that_forum() -> None:
    """HC-129, R-15: the agreement names it; the partnership's own agreement is another."""
    house = HarbourRow()
    desk = house.partner("Sample Forum")
    house.report(tell_the_partnership=c.Answer.YES)
    house.staff_write("amber", "Referrals", purpose=c.Purpose.FORUM, partner="Sample Forum", decision=Decision.SEND)
    agreed(house, c.Option.AGENCY, organisation=EAST_PARTNERSHIP)
    assert not desk.notices
    agreed(house, c.Option.AGENCY, organisation="Sample Forum")
    assert desk.named() == [(["Sample Person"], ["consent"])]


def test_nothing_but_help_goes_for_a_case_that_triage_set_aside() -> None:
    """R-19, HC-022: a manager says that it is no hate incident; the child is at risk all the same."""
    house, desk = ready()
    care = house.partner("Sample Care", "Social services")
    house.staff_write("amber", "Incidents", house.only("Incidents").id, children_at_risk=c.YesNo.YES)
    house.staff_write("coral", "Cases", house.only("Cases").id, triage=c.Triage.NOT_HATE)
    house.staff_write("coral", "Approvals", matter=c.Matter.NOT_HATE, decision=c.Decision.AGREED, reason="A mix-up.")
    edit(house, decision=Decision.SEND)
    house.staff_write("amber", "Referrals", house.only("Referrals", purpose=c.Purpose.SAFEGUARDING).id,
                      decision=Decision.SEND)  # fmt: skip
    assert not desk.notices
    assert "not a hate incident" in str(row(house)["Why"])
    assert len(care.notices) == 1


def test_a_row_without_a_partner_or_an_incident_says_what_it_lacks() -> None:
    """HC-063: nothing is guessed, and nothing goes."""
    house, desk = ready()
    blank = house.staff_write("amber", "Referrals", purpose=c.Purpose.POLICE, decision=Decision.SEND)
    assert cells_of(house, blank)["Why"] == "The office base names no such partner: put Partner right."
    assert not desk.notices
    assert "Referrals" not in needs(house)
