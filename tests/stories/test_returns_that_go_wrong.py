"""Stories: a month's return that is cut off, refused, lost or meddled with: it counts once, or a person asks."""

import json
from hashlib import sha256
from typing import Any

import pytest

from automations.errors import TryAgainLater
from automations.ports import Receipt
from automations.returning import DIFFERS
from schema import choices as c
from tests.stories.test_statistics_returns import TABLE, State, another_report, decide, message, october, returns, row
from tests.stories.test_where_it_goes_is_confirmed import monthly

pytestmark = pytest.mark.usefixtures("plain_letters")


def test_while_nobody_knows_if_it_arrived_it_stays_as_it_left() -> None:
    """HC-052: the answer was lost; the records change; the very bytes go again under the key, and count once."""
    house = october()
    sent = message(house)
    house.east.silent = True
    decide(house)
    another_report(house)
    house.east.silent = False
    house.wait(hours=2)
    house.run()
    assert row(house)["State"] == State.STATISTICS_SENT
    assert (returns(house.east), message(house)) == ([sent], sent)
    assert row(house)["Differs"] == DIFFERS


def test_by_a_way_that_may_count_it_twice_an_unknown_outcome_stops_at_a_person() -> None:
    """HC-052: an e-mail; a runner killed in the middle leaves it alone, too."""
    house = october()
    house.east.once, house.east.silent = False, True
    assert decide(house)["State"] == State.UNKNOWN
    tried = house.east.deliveries
    house.east.silent = False
    house.wait(hours=48)
    assert (row(house)["State"], house.east.deliveries) == (State.UNKNOWN, tried)

    killed = october()

    def dies(*_: Any) -> Any:
        raise KeyboardInterrupt

    killed.east.once = False
    killed.east.deliver = dies  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        decide(killed)
    del killed.east.deliver
    killed.restart()
    killed.wait(minutes=1)
    assert row(killed)["State"] == State.SENDING
    killed.wait(minutes=15)
    assert (row(killed)["State"], returns(killed.east)) == (State.UNKNOWN, [])


def test_a_partner_that_is_down_or_refuses_is_told_on_the_row() -> None:
    """HC-052: tried again at its own time; a refusal is a person's."""
    house = october()
    house.east.down = True
    assert decide(house)["State"] == State.FAILED
    house.east.down = False
    house.wait(hours=2)
    assert row(house)["State"] == State.STATISTICS_SENT
    refused = october()
    refused.east.deliver = lambda *_: Receipt(accepted=False, reason="no_schema")  # type: ignore[method-assign]
    told = decide(refused)
    assert (told["State"], told["Answer"]) == (State.REJECTED, "no_schema")


def test_a_decision_taken_back_between_the_token_and_the_sending_stops_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """R-25: read again before the bytes leave; set again, it goes."""
    house = october()
    take = type(house.runner._returning._tokens).take  # type: ignore[union-attr]
    id = house.only(TABLE).id

    def taken_back(self: Any, key: str, *more: Any, **options: Any) -> bool:
        if key.startswith("return/"):
            with house.platform.as_user("dahlia@harbour-row.example"):
                house.platform.update(TABLE, [(id, {"Decision": None})])
        return take(self, key, *more, **options)

    with monkeypatch.context() as patch:
        patch.setattr(type(house.runner._returning._tokens), "take", taken_back)  # type: ignore[union-attr]
        decide(house)
    assert not returns(house.east)
    house.wait(minutes=1)
    assert decide(house)["State"] == State.STATISTICS_SENT


def test_a_row_that_is_deleted_after_it_went_is_made_anew_and_not_sent_again() -> None:
    """HC-052: the send token remembers."""
    house = october()
    decide(house)
    house.platform.delete(TABLE, house.only(TABLE).id)
    another_report(house)
    house.run()
    house.wait(minutes=1)
    told = decide(house)
    assert (told["State"], len(returns(house.east))) == (State.STATISTICS_SENT, 1)
    assert "sent before" in str(told["Answer"])
    assert told["Message"] == (), "what went is not kept, and this is not it"
    house.run()
    assert row(house)["Differs"] is None


def test_a_file_or_a_fingerprint_that_somebody_put_there_does_not_leave() -> None:
    """R-26: what leaves is what was made from the records."""
    house = october()
    id, name = house.only(TABLE).id, row(house)["Message"][0].name
    with house.platform.as_user("amber@harbour-row.example"):
        house.platform.attach(TABLE, id, "Message", name, b"{}", "application/json", instead=True)
        house.platform.update(TABLE, [(id, {"Fingerprint": sha256(b"{}").hexdigest()})])
    decide(house)
    assert not returns(house.east)
    house.wait(minutes=1)
    decide(house, decision=None)
    decide(house)
    house.run(), house.run()  # one finds that the file is not what was decided on and makes it anew, one sends it
    assert [json.loads(each)["incidents"] for each in returns(house.east)] == [6]


def test_another_file_of_the_same_name_and_size_does_not_leave_either() -> None:
    """R-26: the bytes are looked at, not the name; the file is made anew, and that one goes."""
    house = october()
    id, [file] = house.only(TABLE).id, row(house)["Message"]
    with house.platform.as_user("amber@harbour-row.example"):
        house.platform.update(TABLE, [(id, {"Message": ()})])
        house.platform.attach(TABLE, id, "Message", file.name, b"x" * file.size, "application/json")
    decide(house)
    assert not house.east.notices or all(each[:1] == b"{" for each in house.east.notices.values())
    house.run()
    house.run()
    assert [json.loads(each)["incidents"] for each in returns(house.east)] == [6]


def test_what_may_have_arrived_and_was_taken_away_stops_at_a_person() -> None:
    """HC-052: the answer was lost, the records changed and the file is gone: the same bytes cannot go again."""
    house = october()
    house.east.silent = True
    decide(house)
    house.platform.update(TABLE, [(house.only(TABLE).id, {"Message": ()})])
    another_report(house)
    house.wait(hours=2)
    assert row(house)["State"] == State.UNKNOWN
    assert "ask the partner" in str(row(house)["Why"])
    assert len(returns(house.east)) == 1


def test_what_nobody_foresaw_in_a_return_costs_no_case_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    """HC-052: it is told in the run log, and the pass goes on."""
    house = october()

    def breaks(*_: Any) -> Any:
        raise ValueError("Sample Person")

    with monkeypatch.context() as patch:
        patch.setattr(type(house.outlet.packer), "counts", breaks)
        house.report(victims_name="Another Sample")
    assert any(r.fields["What"] == "return/1/2026-10" for r in house.platform.records("Run log"))
    assert not any("Sample" in str(r.fields["Detail"]) for r in house.platform.records("Run log"))
    assert len(house.platform.records("Cases")) == 7


def test_nothing_is_counted_while_a_case_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """HC-052: it would be left out; afterwards the row is there."""
    from automations.reading import Cases

    house = monthly("2026-10-20 09:00")
    house.report(tell_the_partnership=c.Answer.NO)
    house.report(victims_name="Other Sample", tell_the_partnership=c.Answer.NO)
    real = Cases._case

    def broken(self: Cases, sheet: Any, *more: Any) -> Any:
        if sheet.reference == "CW-2026-0002":
            raise ValueError
        return real(self, sheet, *more)

    with monkeypatch.context() as patch:
        patch.setattr(Cases, "_case", broken)
        house.go_to("2026-11-02 10:00")
        assert not house.platform.records(TABLE)
    house.wait(hours=1)
    house.run()
    assert row(house)["State"] == State.READY


def test_a_platform_that_goes_down_in_the_middle_is_made_good_by_the_next_pass(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """HC-052: cut off after the row, or between its files."""
    for at in (1, 2):
        house = monthly("2026-10-20 09:00")
        house.report(tell_the_partnership=c.Answer.NO)
        real, calls = house.platform.attach, list[int]()

        def down(table: str, *more: Any, real: Any = real, calls: Any = calls, at: int = at, **o: Any) -> None:
            calls.append(1)
            if table == TABLE and len(calls) == at:
                raise TryAgainLater
            real(table, *more, **o)

        with monkeypatch.context() as patch:
            patch.setattr(house.platform, "attach", down)
            with pytest.raises(TryAgainLater):
                house.go_to("2026-11-02 10:00")
        house.run()
        house.run()
        assert row(house)["State"] == State.READY
        assert json.loads(message(house))["month"] == "2026-10"
