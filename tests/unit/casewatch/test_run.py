"""The runner as a process: it goes on whatever one pass meets, says each trouble once, and stops when asked."""

import datetime
import logging
import os
import signal
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest
import schedule

from automations.errors import Stop, TryAgainLater
from automations.runner import Pass, Runner
from casewatch.commands.run import forever

pytestmark = pytest.mark.usefixtures("signals_as_before")


class Passes:
    """A runner whose passes do what they are told one after the other, and then ask the process to stop."""

    def __init__(self, *each: Exception | Callable[[], Any] | None) -> None:
        self.left = list(each)
        self.made = 0

    def once(self) -> Pass:
        self.made += 1
        now = self.left.pop(0)
        if not self.left:
            os.kill(os.getpid(), signal.SIGTERM)
        if isinstance(now, Exception):
            raise now
        if now:
            now()
        return Pass()

    def run(self) -> None:
        forever(cast(Runner, self), 1, lambda: None)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> "Clock":
    """A clock that goes on by itself, quicker than a real one."""
    made = Clock()
    monkeypatch.setattr(schedule, "datetime", SimpleNamespace(datetime=made, timedelta=datetime.timedelta))
    monkeypatch.setattr("time.sleep", lambda _: made.on(0.2))
    return made


class Clock:
    def __init__(self) -> None:
        self.at = datetime.datetime(2026, 10, 25, 1, 59, 58)
        self.slept = 0
        self.goes_back = datetime.timedelta()

    def now(self, _zone: object = None) -> datetime.datetime:
        return self.at

    def on(self, seconds: float) -> None:
        self.slept += 1
        assert self.slept < 1000, "no pass for minutes"
        self.at += datetime.timedelta(seconds=seconds) - self.goes_back
        self.goes_back = datetime.timedelta()


def test_it_goes_on_at_once_when_the_clocks_go_back_an_hour(clock: Clock) -> None:
    """Two o'clock becomes one o'clock on the last Sunday of October; no report waits an hour for that."""
    passes = Passes(None, lambda: setattr(clock, "goes_back", datetime.timedelta(hours=1)), None, None)
    passes.run()
    assert passes.made == 4


@pytest.mark.parametrize("trouble", [KeyError("Nobody Realperson"), ValueError("x"), TryAgainLater(), Stop("a column")])
def test_a_pass_that_breaks_off_is_said_once_and_the_next_is_made(
    trouble: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "casewatch")
    passes = Passes(None, trouble, trouble, None)
    passes.run()
    assert passes.made == 4
    assert [r.levelname for r in caplog.records].count("ERROR") == 1
    assert "Answering again." in caplog.text
    assert "Realperson" not in caplog.text


def test_a_pass_under_way_is_finished_when_the_process_is_asked_to_stop() -> None:
    finished: list[str] = []

    def asked_to_stop() -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        finished.append("to its end")

    passes = Passes(asked_to_stop, None)
    passes.run()
    assert finished == ["to its end"]
    assert passes.made == 1


def test_bases_that_are_not_safe_stop_it_before_the_first_pass() -> None:
    passes = Passes(None)

    def unsafe() -> None:
        raise Stop("sign-up is open")

    with pytest.raises(Stop):
        forever(cast(Runner, passes), 1, unsafe)
    assert passes.made == 0
