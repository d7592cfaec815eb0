"""Stories: a partner that may hold a name already, a receipt that could not be written, a row that was deleted."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from automations.errors import NeedsAPerson, NoReceipt, NotReached, TryAgainLater
from automations.ports import Receipt
from schema import choices as c
from tests.house import HarbourRow

pytestmark = pytest.mark.usefixtures("plain_letters")
State, Form, Answer = c.ReferralState, c.ReferralForm, c.Answer
LOST = TryAgainLater("Quayside did not answer (ReadTimeout).")


def told(house: HarbourRow, *first: Exception | Receipt) -> list[str]:
    """The forms of what the partner in the east is handed from now on. It begins with these answers."""
    handed: list[str] = []
    answers = list(first)

    def deliver(payload: bytes, key: str) -> Receipt:
        handed.append(json.loads(payload)["form"])
        answer = answers.pop(0) if answers else Receipt(accepted=True, reference="QS-1")
        if isinstance(answer, Exception):
            raise answer
        return answer

    house.east.deliver = deliver  # type: ignore[method-assign]
    return handed


def consent(house: HarbourRow) -> str:
    return house.only("Consents", Option=c.Option.CDRP).id


def withdraw(house: HarbourRow) -> None:
    house.staff_write("amber", "Consents", consent(house), withdrawn_at=house.now)


def row(house: HarbourRow) -> Any:
    return house.only("Referrals").fields


@pytest.mark.parametrize(
    "answer", [LOST, NoReceipt("It answered with something that is no receipt."), KeyError("odd")],
    ids=["lost", "no receipt", "a fault of ours"],
)  # fmt: skip
def test_where_the_name_may_have_arrived_a_withdrawal_stops_everything_and_a_person_is_told(answer: Exception) -> None:
    """R-13, HC-052: statistics would hide that the partner may hold the name; a recall may be needed."""
    house = HarbourRow()
    handed = told(house, answer)
    house.report(tell_the_partnership=Answer.YES)
    before = row(house)
    withdraw(house)
    house.wait(hours=2)
    house.wait(hours=48)

    assert handed == ["identified"]
    after = row(house)
    assert (after["State"], after["Form"]) == (State.UNKNOWN, Form.IDENTIFIED)
    for cell in ("What left", "Consent", "Fingerprint", "Answer"):
        assert after[cell] == before[cell] != "", cell
    assert "people.name" in after["What left"]
    assert "may hold the name" in after["Why"]
    assert "a recall may be needed" in after["Why"]
    assert "nobody knows if it arrived" in str(house.only("Cases").fields["What needs a person"])
    assert house.action("notify_cdrp")["State"] != c.ActionState.DONE


@pytest.mark.parametrize("answer", [NotReached(), NeedsAPerson("Nothing is at that address (404).")])
def test_where_nothing_can_have_arrived_statistics_go_instead(answer: Exception) -> None:
    """HC-052: the partnership is told of the incident all the same."""
    house = HarbourRow()
    handed = told(house, answer)
    house.report(tell_the_partnership=Answer.YES)
    withdraw(house)
    house.wait(hours=2)
    assert handed == ["identified", "statistical"]
    assert (row(house)["State"], row(house)["Form"]) == (State.STATISTICS_SENT, Form.STATISTICAL)


def test_the_same_notice_is_tried_again_after_a_lost_answer() -> None:
    house = HarbourRow()
    handed = told(house, LOST, LOST)
    house.report(tell_the_partnership=Answer.YES)
    house.wait(minutes=5)
    house.wait(minutes=5)
    assert handed == ["identified"] * 3
    assert row(house)["State"] == State.SENT


@pytest.mark.parametrize("later", [NotReached(), NeedsAPerson("It does not let us (403)."), Receipt(accepted=False)])
def test_what_comes_after_a_lost_answer_does_not_tell_that_the_first_try_never_arrived(later: Any) -> None:
    """R-13: the name may have gone the first time."""
    house = HarbourRow()
    handed = told(house, LOST, later)
    house.report(tell_the_partnership=Answer.YES)
    house.wait(minutes=5)
    withdraw(house)
    house.wait(hours=2)
    assert handed == ["identified", "identified"]
    assert (row(house)["State"], row(house)["Form"]) == (State.UNKNOWN, Form.IDENTIFIED)


@pytest.mark.parametrize("change", ["Withdrawn at", "Answer"])
def test_withdrawn_or_blanked_while_the_second_try_is_made_ready_nothing_more_goes(change: str) -> None:
    """R-13: the last reading sees it; the first try may have arrived."""
    house = HarbourRow()
    handed = told(house, LOST)
    house.report(tell_the_partnership=Answer.YES)
    update, at = house.platform.update, consent(house)

    def watched(table: str, rows: Any) -> None:
        update(table, rows)
        if table == "Referrals" and any(cells.get("State") == State.SENDING for _, cells in rows):
            house.platform.update = update  # type: ignore[method-assign]
            update("Consents", [(at, {change: house.now if change == "Withdrawn at" else None})])

    house.platform.update = watched  # type: ignore[method-assign]
    house.wait(minutes=5)
    house.wait(hours=2)
    assert handed == ["identified"]
    assert (row(house)["State"], row(house)["Form"]) == (State.UNKNOWN, Form.IDENTIFIED)


def test_a_replacement_by_name_that_may_have_arrived_is_not_called_waiting() -> None:
    """R-14: statistics went first; the notice by name had no answer; then the victim withdrew."""
    house = HarbourRow()
    house.report(tell_the_partnership=Answer.NO)
    house.wait(hours=1)
    handed = told(house, LOST)
    house.staff_write("amber", "Action plan", version="2", agreed_at=house.now)
    yes = {"answer": Answer.YES, "given_at": house.now, "given_by": c.GivenBy.VICTIM}
    house.staff_write("amber", "Consents", consent(house), **yes)
    withdraw(house)
    house.wait(hours=2)
    states = [(r.fields["State"], r.fields["Form"]) for r in house.platform.records("Referrals")]
    assert handed == ["identified"]
    assert states == [(State.STATISTICS_SENT, Form.STATISTICAL), (State.UNKNOWN, Form.IDENTIFIED)]


def test_statistics_that_may_have_arrived_are_not_followed_by_a_name_unseen() -> None:
    """R-14: the partnership might count the incident twice."""
    house = HarbourRow()
    handed = told(house, LOST, LOST)
    house.report(tell_the_partnership=Answer.NO)
    house.wait(hours=1)
    house.staff_write("amber", "Action plan", version="2", agreed_at=house.now)
    yes = {"answer": Answer.YES, "given_at": house.now, "given_by": c.GivenBy.VICTIM}
    house.staff_write("amber", "Consents", consent(house), **yes)
    house.wait(hours=2)
    assert handed == ["statistical", "statistical"]
    assert (row(house)["State"], row(house)["Form"]) == (State.UNKNOWN, Form.STATISTICAL)
    assert "may count it already" in row(house)["Why"]


@pytest.mark.parametrize(("answer", "state"), [(Answer.YES, State.SENT), (Answer.NO, State.STATISTICS_SENT)])
def test_an_option_that_was_renamed_makes_no_second_delivery(answer: c.Answer, state: c.ReferralState) -> None:
    """HC-052: the word for what happened is missing; what happened is known all the same."""
    house = HarbourRow()
    house.platform.rename_choice("Referrals", "State", state, "Gone")
    house.report(tell_the_partnership=answer)
    sent_at = house.now
    for _ in range(20):
        house.now += timedelta(seconds=15)
        house.runner.once()
    house.wait(hours=1)
    assert house.east.deliveries == 1
    assert "put the option" in "".join(str(r.fields["Detail"]) for r in house.platform.records("Run log"))

    house.platform.rename_choice("Referrals", "State", "Gone", state)
    house.wait(hours=1)
    house.wait(minutes=1)
    assert house.east.deliveries == 1
    assert (row(house)["State"], row(house)["Sent at"]) == (state, sent_at)
    assert house.action("notify_cdrp")["State"] == c.ActionState.DONE


def deleted(house: HarbourRow, then: Callable[[], None] = lambda: None) -> Any:
    house.platform.delete("Referrals", house.only("Referrals").id)
    then()
    house.wait(hours=1)
    house.wait(hours=48)
    return row(house)


@pytest.mark.parametrize(("answer", "state"), [(Answer.YES, State.SENT), (Answer.NO, State.STATISTICS_SENT)])
def test_a_deleted_row_of_a_notice_that_went_comes_back_with_when_it_went(
    answer: c.Answer, state: c.ReferralState
) -> None:
    """HC-052, R-10: nothing is sent again, and the step stays done in time."""
    house = HarbourRow()
    house.report(tell_the_partnership=answer)
    sent_at = house.now
    assert house.action("notify_cdrp")["State"] == c.ActionState.DONE
    again = deleted(house)
    assert (again["State"], again["Sent at"], house.east.deliveries) == (state, sent_at, 1)
    action = house.action("notify_cdrp")
    assert (action["State"], action["First late at"]) == (c.ActionState.DONE, None)


def test_a_deleted_row_comes_back_as_what_went_although_that_may_not_be_told_any_more() -> None:
    """R-13: after a withdrawal statistics beside the name would count twice and hide that the name went."""
    house = HarbourRow()
    house.report(tell_the_partnership=Answer.YES)
    again = deleted(house, lambda: withdraw(house))
    assert (again["State"], again["Form"], house.east.deliveries) == (State.SENT, Form.IDENTIFIED, 1)
