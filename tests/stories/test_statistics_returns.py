"""Stories: a partnership that collects by the month gets each month of an area once, as a manager saw it."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from automations.returning import BY_HAND, DIFFERS
from schema import choices as c
from tests.house import Desk, HarbourRow, london
from tests.stories.test_where_it_goes_is_confirmed import monthly

pytestmark = pytest.mark.usefixtures("plain_letters")
TABLE = "Statistics returns"
State, Decision = c.ReferralState, c.ReferralDecision


def october(reports: int = 6) -> HarbourRow:
    """It is 2 November; that many incidents of October are told to the partnership of the east by the month."""
    house = monthly("2026-10-20 09:00")
    for number in range(reports):
        house.report(victims_name=f"Sample {number}", tell_the_partnership=c.Answer.NO)
    house.go_to("2026-11-02 10:00")
    house.run()
    return house


def row(house: HarbourRow, month: str = "2026-10") -> Mapping[str, Any]:
    return house.only(TABLE, month=month).fields


def decide(house: HarbourRow, who: str = "dahlia", **cells: Any) -> Mapping[str, Any]:
    house.staff_write(who, TABLE, house.only(TABLE, month="2026-10").id, **({"decision": Decision.SEND} | cells))
    return row(house)


def message(house: HarbourRow) -> bytes:
    [file] = row(house)["Message"]
    return house.platform.fetch(TABLE, house.only(TABLE, month="2026-10").id, "Message", file.name)


def returns(desk: Desk) -> list[bytes]:
    return [each for each in desk.notices.values() if json.loads(each)["message"] == "monthly_return"]


def another_report(house: HarbourRow) -> None:
    """A minute later somebody enters what was reported in October."""
    house.now += timedelta(minutes=1)
    reported = london("2026-10-30 09:00")
    house.report(victims_name="Late Sample", first_reported_at=reported, tell_the_partnership=c.Answer.NO)


def test_the_first_pass_of_a_month_counts_the_last_one_and_a_line_manager_sends_it_once() -> None:
    """HC-052, R-16: both forms are there to be looked at; what goes is the file, and it goes once."""
    house = october()
    assert row(house)["State"] == State.READY
    assert "A line manager looks it over" in str(row(house)["Why"])
    assert [row(house)[x][0].mimetype for x in ("Message", "Table")] == ["application/json", "text/csv"]
    assert json.loads(message(house))["incidents"] == 6
    assert not returns(house.east)
    told = decide(house)
    assert (told["State"], told["Sent at"]) == (State.STATISTICS_SENT, house.now)
    assert returns(house.east) == [message(house)]
    assert house.east.notices[str(told["Sent under"])] == message(house)
    house.wait(hours=48)
    house.restart()
    house.run()
    assert len(returns(house.east)) == 1
    assert house.runner.once(sweep=True).effects == 0
    assert len(house.platform.records(TABLE)) == 1, "the west collects each incident at once"


def test_only_a_line_manager_sends_it() -> None:
    """R-25, R-26: an officer's word and a stranger's send nothing; Do not send counts whoever set it."""
    house = october()
    assert "names no member of staff" in str(decide(house, who="stranger")["Why"])
    assert not returns(house.east)
    house = october()
    assert "A line manager sets this Decision" in str(decide(house, who="amber")["Why"])
    assert decide(house, who="amber", decision=Decision.DO_NOT)["State"] == State.NOT_SENT
    assert not returns(house.east)
    decide(house, decision=None)
    assert decide(house)["State"] == State.STATISTICS_SENT


def test_it_is_made_anew_until_it_is_sent_and_what_a_manager_did_not_see_does_not_go() -> None:
    """HC-052: the partner is down when it is decided on; the records change; it is looked over and decided on again."""
    house = october()
    first = message(house)
    house.east.down = True
    decide(house)
    assert row(house)["State"] == State.FAILED
    another_report(house)
    house.east.down = False
    house.wait(hours=2)
    house.run()
    assert json.loads(message(house))["incidents"] == 7 != json.loads(first)["incidents"]
    assert not returns(house.east)
    assert "made anew after the Decision" in str(row(house)["Why"])
    decide(house, decision=None)
    decide(house)
    assert returns(house.east) == [message(house)]


def test_what_was_told_is_kept_and_the_row_says_that_it_would_differ() -> None:
    """HC-052: nothing more goes, the files and the fingerprint stay; put right again, the row says nothing."""
    house = october()
    incident = house.platform.records("Incidents")[0].id
    sent = message(house)
    before = decide(house)
    house.staff_write("amber", "Incidents", incident, because_of=(c.Strand.RELIGION,))
    house.run()
    after = row(house)
    assert after["Differs"] == DIFFERS
    kept = ("State", "Fingerprint", "Sent at", "Message", "Table")
    assert [after[x] for x in kept] == [before[x] for x in kept]
    assert (message(house), returns(house.east)) == (sent, [sent])
    house.staff_write("amber", "Incidents", incident, because_of=(c.Strand.RACE,))
    house.run()
    assert row(house)["Differs"] is None


@pytest.mark.parametrize(("table", "cells", "state"), [
    ("Partners", {"Recipient": "another"}, State.HELD),
    ("Partners", {"Switched off": True}, State.NOT_READY),
    ("Partners", {"Destination": None}, State.READY),
    ("Partners", {"Destination": "kirkinlea"}, State.FAILED),
    ("Areas", {"Partnership": ()}, State.NOT_READY),
    ("Areas", {"Sends": c.Arrangement.AT_ONCE}, State.NOT_READY),
])  # fmt: skip
def test_the_partner_is_read_again_and_nothing_goes_where_it_may_not(
    table: str, cells: dict[str, Any], state: c.ReferralState
) -> None:
    """R-26: a recipient that one person entered, a destination of another's, an arrangement that ended."""
    house = october()
    east = house.only("Areas", area="Harbour East")
    id = east.id if table == "Areas" else east.fields["Partnership"][0]  # type: ignore[index]
    with house.platform.as_user("hazel@harbour-row.example"):
        house.platform.update(table, [(id, cells)])
    assert decide(house)["State"] == state
    assert not returns(house.east)
    assert not returns(house.west)


def test_one_told_by_hand_is_kept_as_it_was_given() -> None:
    """HC-052: a partner with a page of its own; the files stay as they were when staff gave them."""
    house = october()
    house.east.pack = lambda *_: b"%PDF-"  # type: ignore[attr-defined]
    assert decide(house)["Why"] == BY_HAND
    decide(house, made_by_hand_at=house.now)
    given = message(house)
    another_report(house)
    house.run()
    assert (message(house), row(house)["Differs"], returns(house.east)) == (given, DIFFERS, [])


def test_a_runner_that_was_down_for_months_leaves_none_out() -> None:
    """HC-052: each month has its row; a month before the arrangement began has none."""
    house = october()
    house.go_to("2027-01-05 10:00")
    assert [r.fields["Month"] for r in house.platform.records(TABLE)] == ["2026-10", "2026-11", "2026-12"]
    assert json.loads(message(house))["incidents"] == 6
