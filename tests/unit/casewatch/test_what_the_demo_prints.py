"""What a newcomer reads on the screen: whole sentences, said once, and commands that work when they are typed."""

import logging
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from click.testing import CliRunner

from automations.errors import NotReached
from automations.how_many import how_many
from automations.runner import Pass
from casewatch.cli import main
from casewatch.commands.run import summary
from casewatch.demo.landlord import STAFF, email
from casewatch.demo.show import TO_SEE, Stage, stay, what_to_look_at
from schema import CASEWORK
from schema.choices import ReferralState
from tests.house import HarbourRow

ASK, PREVIEW = "Ask about a case", "Look at what would leave of a referral"


@pytest.fixture
def urllib3() -> Iterator[logging.Logger]:
    """urllib3's own log as it is before any command."""
    log = logging.getLogger("urllib3")
    before = log.level
    log.setLevel(logging.NOTSET)
    yield logging.getLogger("urllib3.connectionpool")
    log.setLevel(before)


def test_each_try_at_a_server_that_went_away_is_no_line_of_its_own(urllib3: logging.Logger) -> None:
    """In no command; what urllib3 calls an error is still said."""
    assert urllib3.isEnabledFor(logging.WARNING)
    CliRunner().invoke(main, ["demo", "--platform", "airtable"])
    assert not urllib3.isEnabledFor(logging.WARNING)
    assert urllib3.isEnabledFor(logging.ERROR)


def test_a_server_that_went_away_is_said_once_until_it_is_back() -> None:
    passes: list[BaseException | None] = [NotReached(), NotReached(), None, NotReached(), KeyboardInterrupt()]
    said: list[str] = []

    def once() -> None:
        if now := passes.pop(0):
            raise now

    stage: Any = SimpleNamespace(runner=SimpleNamespace(once=once), partners=SimpleNamespace(work=lambda: None))
    with pytest.raises(KeyboardInterrupt):
        stay(stage, said.append, 0)
    assert said == [str(NotReached())] * 2


def test_one_is_said_as_one_and_two_as_two(caplog: pytest.LogCaptureFixture) -> None:
    """In the figures of a pass, and where something could not be done."""
    assert (how_many(0, "thing"), how_many(1, "thing"), how_many(2, "thing")) == ("0 things", "1 thing", "2 things")
    assert summary(Pass(reports=1, cases=1, effects=1)) == (
        "1 report taken, 1 case looked at, 1 thing to do, all done."
    )
    assert summary(Pass(reports=2, cases=0, effects=3)).startswith("2 reports taken, 0 cases looked at, 3 things to do")

    house = HarbourRow("2026-11-20 10:00")
    for failed, said in ((["one"], "1 thing could not be done"), (["one", "other"], "2 things could not be done")):
        caplog.clear()
        house.runner._tell(Pass(failed=[(each, "why") for each in failed]), house.now)
        assert caplog.messages == [f"{said}; see Run log."]


def shown(once: bool) -> list[str]:
    """Of a demonstration with one referral that waits for a Decision."""
    rows = {
        "Referrals": SimpleNamespace(
            id="7", fields={"State": ReferralState.READY, "Case": ("3",), "Partner": "Sample Council"}
        ),
        "Cases": SimpleNamespace(id="3", fields={"Reference": "CW-2026-0003"}),
    }
    officer = SimpleNamespace(records=lambda table: [rows[table]], get=lambda table, _: [rows[table]])
    stage = SimpleNamespace(
        running=SimpleNamespace(url="http://127.0.0.1:8080"),
        workspace="w",
        form="f",
        pages=[f"page-{number}" for number in range(len(TO_SEE))],
        accounts=SimpleNamespace(
            passwords={email(first): "made-up" for _, first, *_ in STAFF}, form_password="made-up"
        ),
        folder=Path("/demo"),
        partners=SimpleNamespace(lines=list),
        example="CW-2026-0009",
        officer=officer,
    )
    return what_to_look_at(cast(Stage, stage), once).splitlines()


def test_commands_that_ask_the_demo_say_when_they_work() -> None:
    """After --once the servers are stopped by the time that anybody types one."""
    for begin in (ASK, PREVIEW):
        (stopped,) = (line for line in shown(once=True) if line.startswith(begin))
        (still_open,) = (line for line in shown(once=False) if line.startswith(begin))
        assert "(while `make demo` is open)" in stopped
        assert "while this is open" in still_open
        assert "make demo" not in still_open


def test_whoever_signed_in_is_told_to_open_an_address_and_what_cannot_wait_is_the_first() -> None:
    """NocoDB's own first page is a list of members. Each view in the list is there."""
    lines = shown(once=False)
    at = next(number for number, line in enumerate(lines) if line.startswith("After signing in"))
    assert "open one of these addresses: NocoDB's own first page is a list of members" in lines[at]
    assert lines[at + 1] == "  Actions > Within the hour: what cannot wait, how to finish it"
    assert lines[at + 2].endswith("/page-0")

    views = {(table.name, view.name) for table in CASEWORK.tables for view in table.views}
    assert {(table, view) for table, view, _ in TO_SEE} <= views
