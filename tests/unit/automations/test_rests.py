"""A circuit breaker for each partner: closed, open, half open with one trial; the clock is in the test's hand."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from automations.rests import PAUSES, Circuit, Rests

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def silent(rests: Rests, now: datetime, asked: int | None = None, key: str = "a key") -> datetime:
    return rests.silent("quayside", now, 0, asked, key)


def test_a_partner_is_tried_until_it_is_silent_then_left_alone_then_tried_once() -> None:
    """One failure opens it; its rest over, one trial either closes it or opens it for longer."""
    rests = Rests()
    assert rests.circuit("quayside", NOW) is Circuit.CLOSED
    first = silent(rests, NOW)
    rests.begin()
    assert rests.circuit("quayside", first - SECOND) is Circuit.OPEN
    assert rests.circuit("quayside", first) is Circuit.HALF_OPEN
    second = silent(rests, first)
    assert second - first > first - NOW
    assert rests.circuit("quayside", second) is Circuit.OPEN, "the one trial of this pass was in vain"
    rests.begin()
    assert rests.circuit("quayside", second) is Circuit.HALF_OPEN
    rests.answered("quayside")
    assert rests.circuit("quayside", second) is Circuit.CLOSED
    assert silent(rests, second) - second <= PAUSES[0], "it begins anew"
    assert rests.circuit("kirkinlea", NOW) is Circuit.CLOSED, "another partner is another circuit"


def test_three_days_down_are_a_try_an_hour_and_no_more() -> None:
    """Looked at every fifteen seconds, as a runner does: never more than one an hour, never given up."""
    rests, now, tries = Rests(), NOW, list[datetime]()
    while now < NOW + timedelta(days=3):
        rests.begin()
        if rests.circuit("quayside", now) is not Circuit.OPEN:
            tries.append(now)
            silent(rests, now)
        now += timedelta(seconds=15)
    assert 72 <= len(tries) <= 72 / 0.8 + len(PAUSES)
    gaps = [after - before for before, after in pairwise(tries)]
    assert max(gaps) <= PAUSES[-1] + timedelta(seconds=15)
    assert min(gaps[len(PAUSES) :]) >= PAUSES[-1] * 0.8


@pytest.mark.parametrize("asked", [1, 60, 3599, 3600])
def test_a_partner_that_names_a_time_is_not_tried_before_it(asked: int) -> None:
    """Nor much later, and after an hour at the most."""
    for n in range(50):
        wait = silent(Rests(), NOW, asked, f"key {n}") - NOW
        assert timedelta(seconds=asked) <= wait <= min(timedelta(seconds=asked * 1.1 + 1), PAUSES[-1])


def test_the_pauses_of_two_landlords_differ_and_each_is_the_same_when_worked_out_again() -> None:
    """So that all of them do not ring in the same second; no chance is in it. Whole seconds, as a row keeps them."""
    rests = [Rests() for _ in range(40)]
    for n, each in enumerate(rests):
        for _ in PAUSES:
            silent(each, NOW, key=f"key {n}")
    waits = [silent(each, NOW, key=f"key {n}") - NOW for n, each in enumerate(rests)]
    assert len(set(waits)) > 20
    assert all(PAUSES[-1] * 0.8 <= wait <= PAUSES[-1] and wait % SECOND == timedelta(0) for wait in waits)
    assert silent(Rests(), NOW) == silent(Rests(), NOW)


def test_a_partner_that_answers_what_nobody_can_use_is_tried_again_in_the_next_pass() -> None:
    """A wrong door does not mend itself in a second; nor does it hold anything up."""
    rests = Rests()
    rests.failed("quayside")
    assert rests.circuit("quayside", NOW) is Circuit.OPEN
    rests.begin()
    assert rests.circuit("quayside", NOW) is Circuit.CLOSED
