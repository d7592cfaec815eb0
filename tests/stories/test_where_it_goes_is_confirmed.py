"""Stories: the recipient in a destination, which one person enters and a second one confirms; and monthly batches."""

from typing import Any

import pytest

from automations.calendar import LONDON
from casewatch.demo.landlord import EAST_PARTNERSHIP
from schema import choices as c
from tests.house import HarbourRow
from tests.stories.day_by_day import needs
from tests.stories.test_staff_decide_what_goes import POLICE, edit, ready, row

pytestmark = pytest.mark.usefixtures("plain_letters")
State, Send = c.ReferralState, c.ReferralDecision.SEND
BOX = "referrals@police.example"


def partner(house: HarbourRow, name: str = POLICE) -> str:
    return house.only("Partners", partner=name).id


def recipient(house: HarbourRow, box: str | None, who: str = "hazel", name: str = POLICE) -> None:
    house.staff_write(who, "Partners", partner(house, name), recipient=box)


def confirm(house: HarbourRow, who: str = "dahlia", box: str = BOX, **cells: Any) -> str:
    told = {"partner": (partner(house),), "recipient": box, "decision": c.Decision.AGREED} | cells
    return house.staff_write(who, "Recipient confirmations", **told)


def test_a_recipient_that_one_person_entered_holds_the_queue_until_a_second_confirms_it() -> None:
    """R-26: Held says why; then everything goes to that recipient."""
    house, desk = ready()
    recipient(house, BOX)
    assert edit(house, decision=Send)["State"] == State.HELD
    assert "somebody else" in str(row(house)["Why"])
    assert not desk.notices
    house.wait(minutes=5)
    confirm(house)
    house.wait(minutes=1)
    assert (row(house)["State"], desk.to) == (State.SENT, [BOX])


@pytest.mark.parametrize("who", ["hazel", "amber", "stranger"])
def test_neither_whoever_entered_it_nor_somebody_who_is_no_manager_confirms_it(who: str) -> None:
    """R-25, R-26: the audit names the hand, the office base the role."""
    house, desk = ready()
    recipient(house, BOX)
    edit(house, decision=Send)
    house.wait(minutes=5)
    confirm(house, who)
    assert (row(house)["State"], desk.notices) == (State.HELD, {})
    confirm(house)
    assert len(desk.notices) == 1


def test_a_manager_does_not_confirm_what_they_entered_themselves() -> None:
    """R-26."""
    house, desk = ready()
    recipient(house, BOX, who="dahlia")
    edit(house, decision=Send)
    confirm(house, "dahlia")
    assert not desk.notices
    confirm(house, "coral")
    assert len(desk.notices) == 1


def test_a_confirmation_is_of_that_recipient_and_no_later_one() -> None:
    """R-26: changed again it holds again, also where it is changed back."""
    house, desk = ready()
    recipient(house, BOX)
    confirm(house)
    house.wait(minutes=5)
    recipient(house, "somebody@else.example")
    assert edit(house, decision=Send)["State"] == State.HELD
    house.wait(minutes=5)
    recipient(house, BOX)
    assert row(house)["State"] == State.HELD
    house.wait(minutes=5)
    confirm(house)
    assert desk.to == [BOX]


def test_a_confirmation_that_was_altered_or_refused_counts_for_nothing() -> None:
    """R-25, R-26."""
    house, desk = ready()
    recipient(house, BOX)
    edit(house, decision=Send)
    other = confirm(house, box="somebody@else.example")
    house.wait(minutes=5)
    house.staff_write("hazel", "Recipient confirmations", other, recipient=BOX)
    assert not desk.notices
    confirm(house, "coral", decision=c.Decision.REFUSED)
    confirm(house)
    assert not desk.notices


def test_a_recipient_changed_while_the_referral_is_made_ready_is_found() -> None:
    """R-26: read again immediately before the bytes leave."""
    house, desk = ready()
    update = house.platform.update

    def meanwhile(table: str, rows: Any) -> None:
        update(table, rows)
        if table == "Referrals" and rows[0][1].get("State") == State.SENDING:
            with house.platform.as_user("hazel@harbour-row.example"):
                update("Partners", [(partner(house), {"Recipient": BOX})])

    house.platform.update = meanwhile  # type: ignore[method-assign]
    edit(house, decision=Send)
    assert not desk.notices
    house.run()
    assert (row(house)["State"], desk.notices) == (State.HELD, {})


def test_a_recipient_taken_away_while_it_is_made_ready_gets_nothing() -> None:
    """R-26: the next pass sends it to the destination's own."""
    house, desk = ready()
    recipient(house, BOX)
    confirm(house)
    update, tried = house.platform.update, list[int]()

    def meanwhile(table: str, rows: Any) -> None:
        update(table, rows)
        if table == "Referrals" and rows[0][1].get("State") == State.SENDING:
            tried.append(len(desk.notices))
            update("Partners", [(partner(house), {"Recipient": None})])

    house.platform.update = meanwhile  # type: ignore[method-assign]
    edit(house, decision=Send)
    house.wait(minutes=5)
    assert (tried[0], desk.to) == (0, [""])


def test_the_partnerships_notice_is_held_too_and_its_office_is_told() -> None:
    """R-26, HC-052."""
    house = HarbourRow()
    recipient(house, BOX, name=EAST_PARTNERSHIP)
    house.report(tell_the_partnership=c.Answer.YES)
    assert house.only("Referrals").fields["State"] == State.HELD
    assert not house.east.notices
    assert any(str(r.fields["Detail"]).startswith("Partners ") for r in house.platform.records("Run log"))
    house.staff_write("dahlia", "Recipient confirmations", partner=(partner(house, EAST_PARTNERSHIP),), recipient=BOX,
                      decision=c.Decision.AGREED)  # fmt: skip
    assert house.east.to == [BOX]


def monthly(at: str = "2026-11-18 09:00", **cells: Any) -> HarbourRow:
    """A landlord whose partnership in the east takes its notices in a monthly batch."""
    house = HarbourRow(at)
    east = house.only("Areas", area="Harbour East").id
    house.platform.update("Areas", [(east, {"Sends": c.Arrangement.MONTHLY, **cells})])
    return house


def test_a_monthly_batch_goes_on_the_first_working_day_of_the_next_month() -> None:
    """HC-052, HC-127: a local arrangement, kept as a row; over the new year it is the fourth, a Monday."""
    house = monthly("2026-12-18 09:00")
    house.report(tell_the_partnership=c.Answer.YES)
    told = house.only("Referrals").fields
    assert (told["State"], house.east.notices) == (State.READY, {})
    assert "monthly batch on Monday 4 January 2027" in str(told["Why"])
    assert f"{told['Goes at'].astimezone(LONDON):%d %b %H:%M}" == "04 Jan 09:00"  # type: ignore[union-attr]
    house.go_to("2027-01-04 08:59")
    assert not house.east.notices
    house.go_to("2027-01-04 09:00")
    assert len(house.east.notices) == 1


def test_a_runner_that_was_down_on_that_day_sends_it_afterwards() -> None:
    """HC-052: it keeps its own day, and does not wait for the next month."""
    house = monthly()
    house.report(tell_the_partnership=c.Answer.YES)
    house.go_to("2026-12-09 10:00")
    assert len(house.east.notices) == 1


def test_a_no_before_the_batch_goes_leaves_no_name_in_it() -> None:
    """R-13: the form is that of the day on which it goes."""
    house = monthly()
    house.report(tell_the_partnership=c.Answer.YES)
    house.wait(hours=1)
    house.staff_write("amber", "Consents", house.only("Consents", option=c.Option.CDRP).id, answer=c.Answer.NO)
    house.go_to("2026-12-01 09:00")
    assert [each["form"] for each in house.east.told()] == ["statistical"]


def test_an_arrangement_that_is_ended_sends_what_waited_for_it() -> None:
    """HC-128: the area takes them at once again."""
    house = monthly()
    house.report(tell_the_partnership=c.Answer.YES)
    house.platform.update("Areas", [(house.only("Areas", area="Harbour East").id, {"Sends": c.Arrangement.AT_ONCE})])
    house.run()
    assert len(house.east.notices) == 1


def test_no_referral_for_help_waits_for_a_batch() -> None:
    """R-19, HC-127: only what the partnership collects does."""
    house = monthly()
    house.report(refer_to_the_police=c.Answer.YES)
    desk = house.partner(POLICE, "Police", is_it_a_police_body=c.YesNo.YES)
    house.run()
    edit(house, decision=Send)
    assert len(desk.notices) == 1


def test_what_the_partnership_agreed_not_to_be_sent_stays_with_us() -> None:
    """HC-127: the account and the police reference; empty, both go."""
    sent = []
    for left_out in ((), tuple(c.FieldGroup)):
        house = monthly(Sends=None, **{"Fields left out": left_out})
        house.east.down = True
        house.report(tell_the_partnership=c.Answer.YES, police_know=c.PoliceTold.YES, police_reference="AB/12")
        incident = house.only("Incidents").id
        house.staff_write("amber", "Incidents", incident, account_for_the_partnership="Words were shouted.")
        house.east.down = False
        house.wait(hours=1)
        [told] = house.east.told()
        sent.append((told["incident"].get("narrative"), told["incident"].get("police_reference")))
    assert sent == [("Words were shouted.", "AB/12"), (None, None)]


def test_a_recall_does_not_go_to_another_recipient_than_the_name_went_to() -> None:
    """R-13, R-26: whoever has the name would keep it, so a person rings; where it is the same one, the recall goes."""
    for later in (BOX, "new@police.example"):
        house, desk = ready()
        recipient(house, BOX)
        house.wait(minutes=5)
        confirm(house)
        edit(house, decision=Send)
        house.wait(hours=1)
        recipient(house, later)
        house.wait(minutes=5)
        confirm(house, box=later)
        house.wait(minutes=5)
        house.staff_write("amber", "Consents", house.only("Consents", option=c.Option.POLICE).id, answer=c.Answer.NO)
        house.wait(hours=1)
        assert desk.to == ([BOX, BOX] if later == BOX else [BOX])
        assert ("is not where it went" in str(row(house)["Answer"])) is (later != BOX)
        assert ("ring them and ask them to stop" in needs(house)) is (later != BOX)


def test_what_may_be_in_one_folder_is_not_put_in_another() -> None:
    """R-13: an answer that was lost; a person asks. Where it is known that nothing arrived, the new folder gets it."""
    for silent in (True, False):
        house, desk = ready()
        recipient(house, "one")
        house.wait(minutes=5)
        confirm(house, box="one")
        desk.silent, desk.down = silent, not silent
        edit(house, decision=Send)
        recipient(house, "two")
        house.wait(minutes=5)
        confirm(house, box="two")
        desk.silent = desk.down = False
        house.wait(hours=2)
        assert (desk.to, row(house)["State"]) == ((["one"], State.UNKNOWN) if silent else (["two"], State.SENT))
