"""The feed of each base, and what is held in memory by it: nothing is missed, and an idle pass asks next to nothing.

In: the wire-rule server, staff at its grid, its clock. Out: one test a promise.
Never here: the contract, which is kept with the feed and without (test_airtable.py).
"""

from datetime import timedelta

import pytest

from automations.errors import TryAgainLater
from sync.platforms.airtable import AirtablePlatform
from tests.contracts.airtable_desk import AirtableDesk, begin_feeds
from tests.contracts.airtable_server import AirtableServer, Fault
from tests.contracts.platform import a_key

DAY = 24 * 3600
TABLES = ("Reports", "Cases", "Actions", "Contacts", "Incidents", "People")


@pytest.fixture
def desk(at: AirtableServer) -> AirtableDesk:
    return AirtableDesk(at)


@pytest.fixture
def platform(desk: AirtableDesk) -> AirtablePlatform:
    return desk.platform(fresh=1)


def everything(platform: AirtablePlatform) -> dict[str, list[str]]:
    return {table: [record.id for record in platform.records(table)] for table in TABLES}


def asked(at: AirtableServer) -> int:
    """What was asked since the last time, after a minute."""
    count = len(at.asked)
    at.asked.clear()
    at.clock.sleep(60)
    return count


def test_a_pass_that_finds_nothing_new_asks_one_question_a_base(at, platform):
    """However many tables are looked at, whole or by what changed: the least that can be asked."""
    platform.create("Cases", [{"Reference": a_key()} for _ in range(20)])
    before = everything(platform)
    asked(at)

    assert (everything(platform), asked(at)) == (before, 2)
    since = at.clock.now()
    assert ([platform.changed_since(table, since) for table in TABLES], asked(at)) == ([[]] * len(TABLES), 2)


def test_what_staff_changed_is_read_again_and_nothing_else_is(at, desk, platform):
    """One question for the news, one for the row."""
    one, two = platform.create("Contacts", [{"Contact": "a"}, {"Contact": "b"}])
    everything(platform), asked(at), everything(platform), asked(at)
    desk.write("Contacts", two, {"Contact": "c"})

    assert [r.fields["Contact"] for r in platform.records("Contacts")] == ["a", "c"]
    assert asked(at) == 2
    assert one in {r.id for r in platform.records("Contacts")}


def test_what_we_wrote_ourselves_is_seen_at_once(at, platform):
    """Within the seconds for which the feed's news hold: made, changed and given a file."""
    everything(platform)
    (id,) = platform.create("Letters", [{"Key": a_key()}])
    platform.records("Letters")
    platform.update("Letters", [(id, {"Made from": "x"})])
    platform.attach("Letters", id, "Document", "letter.pdf", b"%PDF", "application/pdf")

    (letter,) = platform.records("Letters")
    assert (letter.fields["Made from"], [f.name for f in letter.fields["Document"]]) == ("x", ["letter.pdf"])


def test_a_deleted_record_is_gone_and_so_are_the_links_to_it(at, desk, platform):
    """Though no row that pointed at it is told as changed."""
    (case,) = platform.create("Cases", [{"Reference": a_key()}])
    platform.create("Actions", [{"Key": a_key(), "Case": (case,)}])
    assert platform.records("Actions")[0].fields["Case"] == (case,)
    everything(platform)
    at.clock.sleep(60)
    desk.delete("Cases", case)

    assert platform.records("Cases") == []
    assert platform.records("Actions")[0].fields["Case"] == ()


def test_a_feed_that_expired_is_missed_and_nothing_of_the_gap_is(at, desk, platform, caplog):
    """A machine that stood still for eight days: its webhook is off, and everything is read once more. The runner may
    make none; once the creator has, it is taken up.
    """
    (id,) = platform.create("Contacts", [{"Contact": "a"}])
    everything(platform)
    at.clock.sleep(8 * DAY)
    desk.write("Contacts", id, {"Contact": "b"})
    new = desk.submit("Reports", {"What happened": "Words were shouted."})

    assert platform.records("Contacts")[0].fields["Contact"] == "b"
    assert [record.id for record in platform.records("Reports")] == [new]
    assert any("schema apply" in line for line in caplog.messages)
    begin_feeds(at)
    at.clock.sleep(3600)
    everything(platform), asked(at)
    assert (everything(platform), asked(at))[1] == 2


@pytest.mark.parametrize("why", ["expired", "narrowed"])
def test_a_feed_that_was_switched_off_under_our_hands_is_not_trusted_for_more_than_an_hour(at, desk, platform, why):
    """It goes on answering, and tells nothing, or less than we asked for."""
    (id,) = platform.create("Contacts", [{"Contact": "a"}])
    everything(platform)
    (hook,) = desk.found("Contacts")[0].webhooks.values()
    if why == "expired":
        hook["until"] = at.clock.now()
    else:
        hook["specification"]["options"]["includes"] = {}
    at.clock.sleep(3601)
    everything(platform)
    at.clock.sleep(60)
    desk.write("Contacts", id, {"Contact": "b"})
    at.asked.clear()

    assert platform.records("Contacts")[0].fields["Contact"] == "b"
    assert not any("/payloads" in path for _, path in at.asked)


def test_an_error_in_place_of_a_payload_means_that_everything_is_read_once_more(at, desk, platform):
    """What it should have told of is not known."""
    (id,) = platform.create("Contacts", [{"Contact": "a"}])
    everything(platform)
    at.clock.sleep(60)
    desk.write("Contacts", id, {"Contact": "b"})
    told = desk.found("Contacts")[0].payloads.pop()
    desk.found("Contacts")[0].payloads.append({"error": True, "code": "INTERNAL_ERROR", "timestamp": told["timestamp"]})

    assert platform.records("Contacts")[0].fields["Contact"] == "b"


def test_a_feed_in_use_never_expires(at, desk, platform):
    """Reading it gives it seven more days; three weeks on it is the same one, though the runner may make none."""
    everything(platform)
    (before,) = next(iter(at.bases.values())).webhooks
    for _ in range(21):
        at.clock.sleep(DAY)
        everything(platform)

    assert list(next(iter(at.bases.values())).webhooks) == [before]
    assert ("POST", f"/v0/bases/{next(iter(at.bases))}/webhooks") not in at.asked


def test_news_that_broke_off_half_way_are_told_the_next_time(at, desk, platform):
    """The first page was read, the second was not: what stood on the first is not forgotten."""
    ids = platform.create("Contacts", [{"Contact": str(n)} for n in range(60)])
    everything(platform), at.clock.sleep(60), everything(platform), at.clock.sleep(60)
    for id in ids:
        desk.write("Contacts", id, {"Contact": f"changed {id}"})
    at.faults.append(Fault("down", "GET", "/payloads", times=3, after=1))
    with pytest.raises(TryAgainLater):
        platform.records("Contacts")

    assert [r.fields["Contact"] for r in platform.records("Contacts")] == [f"changed {id}" for id in ids]


def test_a_later_run_goes_on_with_the_feed_of_an_earlier_one(at, desk, platform):
    """Airtable lets a base have ten: a runner that is started every morning must not use them up."""
    for _ in range(12):
        everything(desk.platform(fresh=1))

    assert {len(base.webhooks) for base in at.bases.values()} <= {0, 1}


def test_a_token_that_may_keep_no_feed_finds_changes_by_asking(at, desk, platform, caplog):
    """It is said once; what staff change is found all the same."""
    at.faults.append(Fault("forbidden", path="/webhooks", times=10**6))
    (id,) = platform.create("Contacts", [{"Contact": "a"}])
    everything(platform), at.clock.sleep(60), everything(platform)
    since = at.clock.now()
    at.clock.sleep(5)
    desk.write("Contacts", id, {"Contact": "b"})

    assert [r.fields["Contact"] for r in platform.changed_since("Contacts", since)] == ["b"]
    assert sum("keeps no feed" in line for line in caplog.messages) == 2, "once a base"


def test_the_status_goes_on_with_the_clock_and_is_written_where_staff_filter(at, desk, platform):
    """R-11: worked out each time it is read; the cell follows when the runner shows it, and only where it is stale."""
    due = at.clock.now() + timedelta(seconds=30)
    soon, done = platform.create(
        "Actions", [{"Key": a_key(), "State": "Open", "Due at": due}, {"Key": a_key(), "State": "Done"}]
    )
    cell = desk.found("Actions")[1].field("Status").id
    assert [desk.row("Actions", id).cells[cell] for id in (soon, done)] == ["Due", "Done"]
    at.clock.sleep(60)

    assert [r.fields["Status"] for r in platform.records("Actions")] == ["Overdue", "Done"]
    assert (platform.show(), platform.show()) == (1, 0)
    assert [desk.row("Actions", id).cells[cell] for id in (soon, done)] == ["Overdue", "Done"]
