"""What spares a platform calls: rows handed over together, alerts found together, a token settled without a look.

In: a house whose look-ups are counted. Out: one test a promise; each shows what happens where it goes wrong.
Never here: how many calls a platform makes of it (tests/contracts/test_airtable_calls.py).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from automations.effects import Write
from automations.perform import HANDED_AT_ONCE
from automations.tokens import Tokens
from schema import choices as c
from tests.house import HarbourRow

PAUSE = timedelta(minutes=2)


@pytest.fixture
def house() -> HarbourRow:
    return HarbourRow()


def seen(house: HarbourRow, monkeypatch: pytest.MonkeyPatch, name: str, table: str) -> list[Any]:
    """What that call is given for the table, from now on."""
    given: list[Any] = []
    call = getattr(house.platform, name)

    def noted(of: str, *more: Any) -> Any:
        if of == table:
            given.append(more[-1])
        return call(of, *more)

    monkeypatch.setattr(house.platform, name, noted)
    return given


def rows(count: int) -> list[Write]:
    return [Write("Actions", f"key {n}", {"Key": f"key {n}"}) for n in range(count)]


def test_rows_are_handed_over_a_hundred_at_a_time(house: HarbourRow, monkeypatch: pytest.MonkeyPatch) -> None:
    given = seen(house, monkeypatch, "create", "Actions")
    assert house.runner._performer.perform(rows(250)) == []

    assert [len(each) for each in given] == [HANDED_AT_ONCE, HANDED_AT_ONCE, 50]
    assert len(house.platform.records("Actions")) == 250


def test_where_one_of_them_is_refused_the_others_are_made(house: HarbourRow, monkeypatch: pytest.MonkeyPatch) -> None:
    """In batches, and one by one only in the batch that holds it; what was there is left as it is."""
    monkeypatch.setattr(house.platform, "capabilities", replace(house.platform.capabilities, batch=10))
    house.platform.create("Actions", [{"Key": "key 3", "Title": "There before"}])
    writes = rows(50)
    writes[25] = Write("Actions", "key 25", {"Key": "key 25", "State": "Nonsense"})
    given = seen(house, monkeypatch, "create", "Actions")
    failed = house.runner._performer.perform(writes)

    assert [key for key, _ in failed] == ["key 25"]
    made = {r.fields["Key"]: r.fields["Title"] for r in house.platform.records("Actions")}
    assert set(made) == {f"key {n}" for n in range(50)}, "the refused cell alone is left out"
    assert made["key 3"] == "There before"
    assert len(given) == 1 + 5 + 10 + 1, "no batch is made row by row but the one"


def test_the_alerts_of_a_pass_are_looked_up_together(house: HarbourRow, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two people are told of each of three reports."""
    given = seen(house, monkeypatch, "find", "Alerts")
    three_reports(house)

    assert {r.fields["State"] for r in house.platform.records("Alerts")} == {c.AlertState.SENT}
    assert len(house.mail.sent) == 6
    assert [len(each) for each in given if "/alert/" in str(each)] == [3, 3], "whether a number is given; then these"


def test_where_they_cannot_be_each_is_looked_up_by_itself(house: HarbourRow, monkeypatch: pytest.MonkeyPatch) -> None:
    """HC-006: nobody goes untold."""
    find = house.platform.find

    def not_together(table: str, column: str, values: Sequence[str]) -> Any:
        if (table, column) == ("Alerts", "Key") and len(values) > 1 and house.platform.records("Alerts"):
            raise ValueError
        return find(table, column, values)

    monkeypatch.setattr(house.platform, "find", not_together)
    three_reports(house)

    assert len(house.mail.sent) == 6


def three_reports(house: HarbourRow) -> None:
    for n in range(3):
        house.platform.submit("Reports", {
            "Victim's name": f"Sample {n}", "Address": f"{n} Example Row", "Postcode": "ZZ1 4AB",
            "First reported at": house.now, "Reporter is": c.Reporter.VICTIM, "What happened": "Words.",
        })  # fmt: skip
    house.run()


def test_our_own_token_is_settled_as_sent_without_a_look(house: HarbourRow, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever anybody says of it meanwhile, it was sent."""
    tokens = Tokens(house.platform, lambda: house.now)
    assert tokens.take("k", PAUSE)
    given = seen(house, monkeypatch, "find", "Send tokens")
    tokens.settle("k", "Sent")

    assert (given, house.only("Send tokens").fields["Outcome"]) == ([], "Sent")


def test_a_token_that_somebody_took_away_is_looked_up_and_breaks_nothing(house: HarbourRow) -> None:
    """What there is of that sending says so."""
    tokens = Tokens(house.platform, lambda: house.now)
    assert tokens.take("k", only_once=True)
    house.platform.create("Send tokens", [{"Token": "k/try-2", "Key": "k", "Taken at": house.now}])
    house.platform.delete("Send tokens", house.platform.find("Send tokens", "Token", ["k"])[0].id)
    tokens.settle("k", "Sent")

    assert house.only("Send tokens").fields["Outcome"] == "Sent"


def test_not_sent_is_said_of_no_token_that_another_knows_to_be_sent(house: HarbourRow) -> None:
    """It hung, another runner sent: that stays known."""
    ours, theirs = (Tokens(house.platform, lambda: house.now) for _ in range(2))
    assert ours.take("k", PAUSE)
    house.now += PAUSE
    assert theirs.take("k", PAUSE)
    theirs.settle("k", "Sent")
    ours.settle("k", "Not sent")

    assert house.only("Send tokens").fields["Outcome"] == "Sent"
