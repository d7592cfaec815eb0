"""Stories: nothing but the partnership's notice goes without staff's word, by the audit, on the row as it stands."""

from collections.abc import Mapping
from typing import Any

import pytest

from schema import choices as c
from tests.house import Desk, HarbourRow
from tests.stories.day_by_day import STATE, a_case

pytestmark = pytest.mark.usefixtures("plain_letters")
State, Decision = c.ReferralState, c.ReferralDecision
POLICE = "Sample Police"


def ready(**cells: Any) -> tuple[HarbourRow, Desk]:
    """A case whose victim agreed to the police, with the referral begun and not decided on."""
    house = a_case(**{"Refer to the police": c.Answer.YES})
    desk = house.partner(POLICE, "Police", **{"is_it_a_police_body": c.YesNo.YES} | cells)
    house.run()
    assert row(house)["State"] == State.READY
    return house, desk


def row(house: HarbourRow) -> Mapping[str, Any]:
    return house.only("Referrals", purpose=c.Purpose.POLICE).fields


def edit(house: HarbourRow, who: str = "amber", **cells: Any) -> Mapping[str, Any]:
    house.staff_write(who, "Referrals", house.only("Referrals", purpose=c.Purpose.POLICE).id, **cells)
    return row(house)


def test_each_change_is_kept_with_when_why_and_by_whom() -> None:
    """HC-063, R-25: the history is ours to keep; nobody writes it by hand."""
    house, _ = ready()
    edit(house, decision=Decision.SEND)
    lines = str(row(house)["History"]).splitlines()
    assert [line.split(" ", 2)[2].split(":")[0] for line in lines] == ["Ready", "Sending", "Sent"]
    assert lines[0].startswith("18/11/2026 09:00:00 ")
    assert lines[0].endswith("(Casewatch)")
    assert [line.endswith("(Casewatch, on Amber Testwood's decision)") for line in lines] == [False, True, True]
    assert edit(house, history="Nothing happened.")["History"] == "\n".join(lines)


def test_three_days_of_tries_are_one_line() -> None:
    """HC-063: what was tried again stands in Tries."""
    house, desk = ready()
    desk.down = True
    edit(house, decision=Decision.SEND)
    for _ in range(72):
        house.wait(hours=1)
    assert int(row(house)["Tries"]) > 60
    assert [line.split(" ", 2)[2].split(":")[0] for line in str(row(house)["History"]).splitlines()] == [
        "Ready", "Sending", "Failed",
    ]  # fmt: skip


def test_do_not_send_ends_it_with_the_reason_and_leaves_the_step_open() -> None:
    """HC-063: nothing goes, and no second row is begun; taken back, it may go again."""
    house, desk = ready()
    told = edit(house, decision=Decision.DO_NOT, **{"Not sent: reason": "They came to our office."})
    assert (told["State"], told["Why"]) == (State.NOT_SENT, "They came to our office.")
    assert str(told["History"]).endswith("They came to our office. (Casewatch, on Amber Testwood's decision)")
    house.wait(hours=1)
    assert not desk.notices
    assert house.action("police_referral")["State"] == STATE.ALERT
    edit(house, decision=Decision.SEND)
    assert len(desk.notices) == 1


def test_a_decision_that_no_member_of_staff_made_sends_nothing() -> None:
    """R-25, R-26: a stranger's, and one that our own account would have set."""
    house, desk = ready()
    edit(house, who="stranger", decision=Decision.SEND)
    assert not desk.notices
    assert "names no member of staff" in str(row(house)["Why"])
    edit(house, decision=None)
    edit(house, decision=Decision.SEND)
    assert len(desk.notices) == 1


@pytest.mark.parametrize("column", ["Partner", "Words for the partner", "Purpose"])
def test_what_was_changed_after_the_decision_is_decided_on_again(column: str) -> None:
    """R-26: who decided saw something else. Whoever changed it."""
    house, desk = ready()
    house.partner("Other Police", is_it_a_police_body=c.YesNo.YES)
    desk.down = True
    edit(house, words_for_the_partner="Please ring us.")
    edit(house, decision=Decision.SEND)
    house.wait(minutes=2)
    other = {"Partner": "Other Police", "Words for the partner": "Something else.",
             "Purpose": c.Purpose.POLICE_INFORMATION}[column]  # fmt: skip
    house.staff_write("amber", "Referrals", house.only("Referrals", partner=POLICE).id, **{column: other})
    desk.down = False
    house.wait(hours=2)
    assert not any(desk.notices for desk in house.ways.values())
    told = next(r.fields for r in house.platform.records("Referrals") if r.fields["Decision"])
    assert f"{column} was changed after the Decision" in str(told["Why"])


def test_a_no_between_the_decision_and_the_sending_stops_it_for_good() -> None:
    """HC-063, R-13: Stopped, and a later yes waits for a decision of its own."""
    house, desk = ready()
    desk.down = True
    edit(house, decision=Decision.SEND)
    yes = house.only("Consents", option=c.Option.POLICE).id
    house.wait(minutes=1)
    house.staff_write("amber", "Consents", yes, withdrawn_at=house.now)
    desk.down = False
    house.wait(hours=2)
    assert (row(house)["State"], desk.notices) == (State.STOPPED, {})

    house.staff_write("amber", "Action plan", version="2", agreed_at=house.now)
    house.staff_write("amber", "Consents", option=c.Option.POLICE, answer=c.Answer.YES, given_by=c.GivenBy.VICTIM,
                      given_at=house.now)  # fmt: skip
    house.staff_write("amber", "Consents", yes, withdrawn_at=None, answer=c.Answer.YES, given_at=house.now)
    house.wait(hours=1)
    assert not desk.notices
    assert "said no after the Decision" in str(row(house)["Why"])
    edit(house, decision=None)
    edit(house, decision=Decision.SEND)
    assert len(desk.notices) == 1


def test_a_partner_switched_off_with_a_referral_queued_waits_and_says_so() -> None:
    """HC-063, R-26: and it goes once the partner is there again."""
    house, desk = ready()
    desk.down = True
    edit(house, decision=Decision.SEND)
    partner = house.only("Partners", partner=POLICE).id
    house.platform.update("Partners", [(partner, {"Switched off": True})])
    desk.down = False
    house.wait(hours=2)
    assert (row(house)["State"], desk.notices) == (State.NOT_READY, {})
    assert "switched off" in str(row(house)["Why"])
    house.platform.update("Partners", [(partner, {"Switched off": False})])
    house.wait(hours=1)
    assert row(house)["State"] == State.SENT


def test_a_partner_row_that_points_elsewhere_changes_nothing() -> None:
    """R-26: whose a destination is stands in the settings."""
    house, desk = ready()
    other = house.partner("Other Police")
    house.platform.update("Partners", [(house.only("Partners", partner=POLICE).id, {"Destination": "Other Police"})])
    edit(house, decision=Decision.SEND)
    assert not other.notices
    assert not desk.notices
    assert "another organisation" in str(row(house)["Answer"])


def test_what_names_somebody_goes_by_no_way_that_keeps_it_open() -> None:
    """R-15: a plain folder is refused with a sentence; statistics may go that way."""
    house, desk = ready()
    desk.carries_names = False
    edit(house, decision=Decision.SEND)
    assert (row(house)["State"], desk.notices) == (State.FAILED, {})
    assert "names somebody may not go by this way" in str(row(house)["Answer"])
    counted = HarbourRow()
    counted.east.carries_names = False
    counted.report(tell_the_partnership=c.Answer.NO)
    assert counted.only("Referrals").fields["State"] == State.STATISTICS_SENT


def test_by_a_way_that_may_count_twice_an_unknown_outcome_stops_at_a_person() -> None:
    """HC-063: an e-mail whose answer was lost may have arrived; it is not sent again, however often we run."""
    house, desk = ready()
    desk.once, desk.silent = False, True
    edit(house, decision=Decision.SEND)
    assert (row(house)["State"], desk.deliveries) == (State.UNKNOWN, 1)
    desk.silent = False
    house.restart()
    house.wait(hours=48)
    assert desk.deliveries == 1
    assert "nobody knows if it arrived" in str(house.only("Cases").fields["What needs a person"])


def test_by_such_a_way_what_is_known_not_to_have_arrived_is_tried_again() -> None:
    """HC-063: the mail server was down; the message goes once it is back, and once only."""
    house, desk = ready()
    desk.once, desk.down = False, True
    edit(house, decision=Decision.SEND)
    house.wait(minutes=2)
    house.wait(minutes=10)
    assert row(house)["State"] == State.FAILED
    desk.down = False
    house.wait(hours=2)
    house.wait(hours=2)
    assert (row(house)["State"], desk.deliveries) == (State.SENT, 1)
    tokens = [r.fields["Outcome"] for r in house.platform.records("Send tokens") if "police" in str(r.fields["Key"])]
    assert tokens[-1] == "Sent"
    assert set(tokens[:-1]) == {"Not sent"}


def test_a_runner_killed_in_the_middle_of_such_a_sending_sends_nothing_more() -> None:
    """HC-063: the token is there and nobody knows what became of it; another runner may still be at it for a while."""
    house, desk = ready()
    desk.once = False

    def killed(*_: Any) -> Any:
        raise KeyboardInterrupt

    desk.deliver = killed  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        edit(house, decision=Decision.SEND)
    del desk.deliver
    house.restart()
    house.wait(minutes=1)
    assert row(house)["State"] == State.SENDING
    house.wait(minutes=15)
    assert (row(house)["State"], desk.deliveries) == (State.UNKNOWN, 0)
