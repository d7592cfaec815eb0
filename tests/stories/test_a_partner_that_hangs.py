"""Stories: a partner that takes half a minute and answers nothing. Nobody else waits for it, and it is left alone."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from automations.errors import NeedsAPerson, TryAgainLater
from automations.ports import Receipt
from automations.rests import PAUSES
from schema import choices as c
from tests.house import HarbourRow

pytestmark = pytest.mark.usefixtures("plain_letters")
HANGS = timedelta(seconds=30)
POLL = timedelta(seconds=15)
State = c.ReferralState


def hangs(house: HarbourRow, meanwhile: Callable[[], Any] = lambda: None) -> list[datetime]:
    """When the partner in the east was tried, each time for half a minute and in vain."""
    tries: list[datetime] = []

    def deliver(payload: bytes, key: str) -> Receipt:
        tries.append(house.now)
        meanwhile()
        house.now += HANGS
        raise TryAgainLater("Quayside did not answer (ReadTimeout).")

    house.east.deliver = deliver  # type: ignore[method-assign]
    return tries


def reports(house: HarbourRow, number: int, postcode: str = "ZZ1 4AB") -> None:
    for n in range(number):
        house.platform.submit("Reports", {
            "Victim's name": f"Sample Person {n}", "Postcode": postcode, "Reporter is": c.Reporter.VICTIM,
            "Tell the partnership": c.Answer.NO, "First reported at": house.now,
        })  # fmt: skip


def test_ten_notices_wait_for_one_try_in_a_pass_and_for_fewer_and_fewer() -> None:
    """HC-006: a pass that hangs is a pass in which nobody is alerted."""
    house = HarbourRow()
    tries = hangs(house)
    reports(house, 10)
    start = house.now
    house.run()
    assert (len(tries), house.now - start) == (1, HANGS)
    while house.now < start + timedelta(hours=3):
        house.now += POLL
        before = len(tries)
        house.runner.once()
        assert len(tries) - before <= 1, "one failure rests it for the rest of the pass"
    assert len(tries) <= len(PAUSES) + 3, "all ten together are tried as seldom as one would be"
    waiting = {r.fields["Try again at"] for r in house.platform.records("Referrals")}
    assert len(waiting) == 1
    assert max(waiting) > house.now


def test_once_the_partner_answers_everything_that_waited_goes_in_one_pass() -> None:
    """HC-052."""
    house = HarbourRow()
    tries, deliver = hangs(house), type(house.east).deliver
    reports(house, 4)
    house.run()
    assert len(tries) == 1
    house.east.deliver = deliver.__get__(house.east)  # type: ignore[method-assign]
    house.now += PAUSES[0]
    house.runner.once()
    assert len(house.east.notices) == 4
    house.wait(minutes=1)
    assert {r.fields["State"] for r in house.platform.records("Referrals")} == {State.STATISTICS_SENT}


def test_the_pause_begins_when_the_partner_has_been_given_up() -> None:
    """Counted from before a try of thirty seconds, a pause of fifteen would be over before it began."""
    house = HarbourRow()
    tries = hangs(house)
    reports(house, 1)
    house.run()
    row = house.only("Referrals").fields
    assert tries[0] + HANGS == house.now
    assert PAUSES[0] * 0.8 <= row["Try again at"] - house.now <= PAUSES[0]
    assert row["State"] == State.FAILED


def test_another_partner_is_told_all_the_same() -> None:
    """HC-052: only the one that hangs is left alone."""
    house = HarbourRow()
    tries = hangs(house)
    reports(house, 2)
    reports(house, 2, postcode="ZZ9 1AA")
    house.run()
    assert len(tries) == 1
    assert len(house.west.notices) == 2


def test_every_report_is_taken_and_every_alert_is_out_before_a_partner_is_waited_for() -> None:
    """HC-006: the alerts of a pass go first, also those that a second look in it finds."""
    house = HarbourRow()
    rung: list[int] = []
    hangs(house, lambda: rung.append(len(house.mail.sent)))
    reports(house, 3)
    house.run()
    assert rung == [6], "two people for each of three reports"

    reports(house, 1)
    house.now += timedelta(hours=2)
    before = len(house.mail.sent)
    house.runner.once()
    assert rung[1] >= before + 2


def test_a_report_that_comes_while_a_partner_hangs_is_alerted_in_the_very_next_pass() -> None:
    """HC-006: what it waits for is one try, not ten."""
    house = HarbourRow()
    reports(house, 10)
    house.east.down = True
    house.run()
    house.now += timedelta(hours=2)
    new: list[datetime] = []

    def meanwhile() -> None:
        if not new:
            new.append(house.now)
            house.platform.submit("Reports", {"Victim's name": "Sample Newcomer", "Postcode": "ZZ1 4AB"})

    hangs(house, meanwhile)
    house.runner.once()
    house.runner.once()
    alert = house.only("Alerts", Key="CW-2026-0011/alert/new-report/incident-1").fields
    assert alert["State"] == c.AlertState.SENT
    assert alert["Sent at"] - new[0] <= HANGS


def test_a_wrong_door_is_knocked_at_once_a_pass() -> None:
    """Each knock shows somebody a notice: one is enough to know."""
    house = HarbourRow()
    knocks: list[str] = []

    def deliver(payload: bytes, key: str) -> Receipt:
        knocks.append(key)
        raise NeedsAPerson("It has nothing at the address in the settings (404).")

    house.east.deliver = deliver  # type: ignore[method-assign]
    reports(house, 5)
    house.run()
    assert len(knocks) == 1
    house.wait(minutes=1)
    assert len(set(knocks)) == 2, "the next pass tries the next one"


def test_a_clock_put_back_does_not_make_a_partner_rest_for_longer_than_an_hour() -> None:
    """As every October, where a machine's clock is set by hand."""
    house = HarbourRow()
    hangs(house)
    reports(house, 1)
    house.run()
    house.now -= timedelta(days=1)
    del house.east.deliver
    reports(house, 1)
    house.run()
    assert len(house.east.notices) == 1


def test_a_partner_that_is_slow_keeps_no_new_report_waiting() -> None:
    """HC-001, HC-006: each notice takes fifty seconds, so after two minutes the rest waits for the next pass; that one
    takes the report that came meanwhile first, and every notice arrives once.
    """
    house = HarbourRow()
    order: list[str] = []
    taken, rung = house.east.deliver, house.mail.send

    def slowly(payload: bytes, key: str, to: str = "") -> Receipt:
        order.append("notice")
        house.now += timedelta(seconds=50)
        return taken(payload, key, to)

    def ring(to: str, subject: str, text: str, key: str) -> None:
        order.append("alert")
        rung(to, subject, text, key)

    house.east.deliver, house.mail.send = slowly, ring  # type: ignore[method-assign]
    reports(house, 5)
    assert house.runner.once(sweep=True).left == 2
    assert order.count("notice") == 3
    reports(house, 1, postcode="ZZ9 4AB")
    order.clear()
    house.now += 8 * POLL
    assert house.runner.once().left == 0
    assert order[0] == "alert"
    assert (order.count("notice"), len(house.east.notices), len(house.west.notices)) == (2, 5, 1)


def test_what_is_left_of_a_partners_backlog_goes_in_the_next_pass() -> None:
    """HC-052: nothing was written on those cases meanwhile, and no sweep is waited for."""
    house = HarbourRow()
    taken, left = house.east.deliver, list[int]()

    def slowly(payload: bytes, key: str, to: str = "") -> Receipt:
        house.now += timedelta(seconds=50)
        return taken(payload, key, to)

    house.east.down = True
    reports(house, 8)
    house.run()
    house.wait(minutes=30)
    house.east.down, house.east.deliver = False, slowly  # type: ignore[method-assign]
    house.now += timedelta(hours=1)
    for _ in range(4):
        house.runner._swept_at = house.now  # no sweep finds them in its place
        left.append(house.runner.once().left)
        house.now += POLL
    assert left[0] > left[1] > 0
    assert (left[-1], len(house.east.notices)) == (0, 8)
