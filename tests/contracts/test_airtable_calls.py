"""How many calls the work takes, and what the runner's token may do: measured on the wire-rule server.

In: a landlord with its runner. Out: counts that the projection of a month rests on.
Never here: a price.
"""

from collections.abc import Iterator

import pytest

from automations.errors import Stop
from schema import choices as c
from sync.platforms import airtable_rights
from sync.platforms.airtable_pace import Pace
from sync.platforms.airtable_quota import A_PASS, EVERY, PLAN, Quota, projected, said
from tests import house
from tests.contracts.airtable_desk import CREATOR, NAME, client
from tests.contracts.airtable_house import HouseOnAirtable
from tests.stories.conftest import plain_letters  # noqa: F401 -- a fixture

BASES = 3


@pytest.fixture
def harbour_row(monkeypatch: pytest.MonkeyPatch) -> Iterator[house.HarbourRow]:
    """The landlord, its bases on the wire-rule server; what the feed told holds for two seconds, as it does live."""
    monkeypatch.setattr(house, "MemoryPlatform", HouseOnAirtable)
    made = house.HarbourRow()
    for hand in made.platform._signed.values():
        hand._mirror._fresh = 2.0
    yield made
    while HouseOnAirtable.running:
        HouseOnAirtable.running.pop().__exit__()


def calls(made: house.HarbourRow, sweep: bool = False) -> int:
    """What one pass asks, a minute after the last."""
    made.platform.clock.sleep(60)
    made.platform.at.asked.clear()
    made.runner.once(sweep=sweep)
    return len(made.platform.at.asked)


@pytest.mark.usefixtures("plain_letters")
def test_an_idle_pass_asks_little_more_than_each_base_once(harbour_row):
    """The least is one question a base. What is due a look, and an empty rota, cost one more each."""
    harbour_row.report()
    for _ in range(3):
        calls(harbour_row)

    assert BASES <= calls(harbour_row) <= A_PASS
    assert BASES <= calls(harbour_row, sweep=True) <= A_PASS


@pytest.mark.usefixtures("plain_letters")
def test_new_reports_are_written_ten_rows_a_call(harbour_row):
    """Ten reports: every table's rows go in as few calls as ten a call allows, and the pace is kept."""
    for n in range(10):
        harbour_row.platform.submit(
            "Reports",
            {"Victim's name": f"Sample {n}", "Address": f"{n} Example Row", "Postcode": "ZZ1 4AB",
             "First reported at": harbour_row.now, "Reporter is": c.Reporter.VICTIM, "What happened": "Words.",
             "Because of": (c.Strand.RACE,), "Safe ways to contact": (c.Channel.LETTER,)},
        )  # fmt: skip
    total, at = calls(harbour_row), harbour_row.platform.at
    asked = at.asked[:total]
    ids = {each.name: each.id for base in at.bases.values() for each in base.tables}
    for name in ("Cases", "People", "Incidents", "Actions"):
        rows = len(harbour_row.platform.records(name))
        made = sum(method == "POST" and path.endswith(ids[name]) for method, path in asked)
        assert made <= -(-rows // 10) * 1.3, name

    assert len(harbour_row.platform.records("Cases")) == 10
    assert total < 10 * 50, "with the reading of every table, as it is a runner's first pass"
    assert (at.limits.worst, at.limits.refused, harbour_row.platform.pace.worst) == (5, 0, 5)


def test_the_calls_of_a_month_are_told_once_a_day():
    """By the meter; with a warning where the plan has fewer."""
    now = [0.0]
    pace = Pace(lambda: now[0], lambda _: None)
    quota = Quota(pace)
    assert quota.daily() == ""
    pace.counted["app"] += 5000
    now[0] += EVERY

    assert quota.daily() == said(150_000)
    assert "more than" in said(150_000)
    assert quota.daily() == ""
    assert "more than" not in said(PLAN)


def test_looking_seldom_keeps_a_landlord_of_fifty_cases_within_the_plan():
    """Every five minutes; every fifteen seconds does not."""
    assert projected(300) <= PLAN < projected(15)


def test_a_token_that_may_more_than_edit_is_refused(at):
    """The runner's may pass; the creator's may not, and the reason names each base (R-26)."""
    airtable_rights.check(client(at), NAME)
    with pytest.raises(Stop) as stop:
        airtable_rights.check(client(at, CREATOR), NAME)

    assert all(f"create {base.name}" in str(stop.value) for base in at.bases.values())
