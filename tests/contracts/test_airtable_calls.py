"""How many calls the work takes, and what the runner's token may do: measured on the wire-rule server.

In: a landlord with its runner. Out: counts that the projection of a month rests on.
Never here: a price.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest

from automations.errors import Stop
from schema import choices as c
from sync.platforms import airtable_mirror, airtable_rights
from sync.platforms.airtable_pace import Pace
from sync.platforms.airtable_quota import (
    A_CASE,
    A_FIRST_DAY,
    A_PASS,
    A_READING,
    AN_HOUR,
    EVERY,
    PLAN,
    Quota,
    projected,
    said,
)
from tests import house
from tests.contracts.airtable_desk import CREATOR, NAME, client
from tests.contracts.airtable_house import HouseOnAirtable
from tests.stories.conftest import plain_letters  # noqa: F401 -- a fixture
from tests.stories.day_by_day import ACCUSED, checked, met, reviewed
from tests.stories.test_a_case_from_first_to_last import first_day, interviewed
from tests.stories.test_keeping_in_touch import contact
from tests.stories.test_the_outcome import posted

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
def test_an_idle_pass_asks_each_base_once_and_nothing_else(harbour_row):
    """The least that can be asked, whether it looks at everything or not."""
    harbour_row.report()
    for _ in range(3):
        calls(harbour_row)

    assert [calls(harbour_row), calls(harbour_row, sweep=True)] == [BASES, BASES] == [A_PASS, A_PASS]
    assert calls(harbour_row) == BASES, "a case that is due a look is decided by what the feed told"


@pytest.mark.usefixtures("plain_letters")
def test_a_notice_asks_for_its_case_twice_and_for_what_may_have_left_once_each_time(harbour_row):
    """HC-052: decided, and decided again on what is then read; each time a table with a row is asked once."""
    at = harbour_row.platform.at
    at.asked.clear()
    harbour_row.report(tell_the_partnership=c.Answer.YES)
    ids = {each.id: each.name for base in at.bases.values() for each in base.tables}
    read = Counter(ids.get(path.split("/")[3]) for method, path in at.asked if reading(method, path))

    alerts = len(harbour_row.mail.sent)
    assert (harbour_row.east.deliveries, alerts) == (1, 2)
    assert read["Send tokens"] == alerts * 2 + 2 * 1 + 3, "look before and after; each reading once; and ours, thrice"


def reading(method: str, path: str) -> bool:
    return method == "GET" or path.endswith("/listRecords")


def test_every_table_is_read_whole_once_a_day(harbour_row):
    """What no feed tells, as that somebody renamed an option, is seen by then."""
    harbour_row.run()
    for _ in range(2):
        harbour_row.now += timedelta(hours=23)
        calls(harbour_row, sweep=True)
        assert calls(harbour_row, sweep=True) == BASES
        harbour_row.now += timedelta(hours=2)
        assert A_READING - 5 <= calls(harbour_row, sweep=True) - AN_HOUR <= A_READING + 5


@pytest.mark.usefixtures("plain_letters")
def test_a_case_day_asks_no_more_than_is_reckoned_with(harbour_row, monkeypatch):
    """By a whole case day by day. Passes that find nothing are reckoned apart, and reading every table anew."""
    asked: list[int] = []

    def two_passes(made: house.HarbourRow) -> None:
        asked.extend(calls(made, sweep=True) - A_PASS for _ in range(2))

    def day() -> int:
        total = sum(asked)
        asked.clear()
        return total

    monkeypatch.setattr(airtable_mirror, "READ_ANEW", timedelta(days=1000))
    monkeypatch.setattr(house.HarbourRow, "run", two_passes)
    harbour_row.run()
    begun = BASES * 2 + AN_HOUR * 2
    assert A_READING - 5 <= day() - begun <= A_READING + 5, "each table once, and what begins the feeds"

    harbour_row.report(**ACCUSED, tell_the_partnership=c.Answer.YES)
    first_day(harbour_row)
    interviewed(harbour_row, "2026-11-18 14:00")
    assert A_FIRST_DAY * 0.7 <= day() <= A_FIRST_DAY
    later = []
    harbour_row.go_to("2026-11-19 15:00")
    suspect = checked(harbour_row)
    met(harbour_row, c.InterviewKind.PERPETRATOR, note_saved_at=harbour_row.now, account="Denies it.")
    later.append(day())
    harbour_row.go_to("2026-11-20 10:00")
    posted(harbour_row, c.LetterKind.WARNING, suspect)
    later.append(day())
    harbour_row.go_to("2026-11-24 10:00")
    contact(harbour_row)
    reviewed(harbour_row, c.ReviewKind.PROGRESS)
    later.append(day())
    assert A_CASE * 0.7 <= max(later) <= A_CASE, later
    harbour_row.wait(hours=1)
    assert day() <= AN_HOUR, "nobody recorded anything"


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
    assert total < 10 * 31, "with the reading of every table, as it is a runner's first pass"
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
