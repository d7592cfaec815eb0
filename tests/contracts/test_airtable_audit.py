"""The audit that is made of Airtable's feed: who set which cell, and nobody where anything was missed (R-25).

In: the wire-rule server, staff at its grid, its clock. Out: one test a promise; each shows what counts as well.
Never here: the contract (test_airtable.py), or the file that keeps it (test_airtable_ledger.py).
"""

import pytest

from automations.authors import decided_by
from automations.histories import Histories
from automations.model import Approval, Office, Staff
from schema.choices import StaffRole
from sync.platforms.airtable import AirtablePlatform
from sync.platforms.airtable_ledger import Ledger
from tests.contracts.airtable_decisions import RUNNER, STAFF, decided, two_hands
from tests.contracts.airtable_desk import AirtableDesk, begin_feeds
from tests.contracts.airtable_server.payloads import happened
from tests.contracts.airtable_server.rows import Person

DAY = 24 * 3600


def to_and_fro(platform: AirtablePlatform, desk: AirtableDesk, id: str, who: str) -> None:
    """The decision taken back and taken again."""
    for word in ("Refused", "Agreed"):
        if who == RUNNER:
            platform.update("Approvals", [(id, {"Decision": word})])
        else:
            desk.write("Approvals", id, {"Decision": word})


def test_a_decision_counts_once_the_feed_has_told_of_it_and_not_before(at, desk, platform, casework):
    """The row shows it, the list of payloads does not yet: unknown is shut, and it is asked about again (R-25)."""
    (id,) = platform.create("Approvals", [{"Approval": "a"}])
    desk.write("Approvals", id, {"Decision": "Agreed"})
    casework.late = 1
    platform.get("Approvals", [id])
    assert (platform.history("Approvals", id), platform.behind("Approvals", id)) == ([], True)

    at.clock.sleep(3600)
    assert (platform.history("Approvals", id), platform.behind("Approvals", id)) == ([], True), "however late it is"
    casework.late = 0
    assert decided(platform.history("Approvals", id)) == [("Agreed", STAFF)]
    assert not platform.behind("Approvals", id)


def test_what_the_feed_tells_late_is_not_kept_from_those_who_asked_early(at, desk, platform, casework):
    """The row itself stays as it is: no change of it brings the question up again (R-25)."""
    histories = Histories(platform)
    (id,) = platform.create("Approvals", [{"Approval": "a"}])
    desk.write("Approvals", id, {"Decision": "Agreed"})
    casework.late = 1
    at.clock.sleep(60)
    (record,) = platform.get("Approvals", [id])
    assert histories.of(record, at.clock.now()) == ()

    casework.late = 0
    assert decided(histories.of(record, at.clock.now())) == [("Agreed", STAFF)]


@pytest.mark.parametrize(("who", "seconds"), [(RUNNER, 0), (STAFF, 60)])
def test_a_cell_set_to_and_fro_is_not_taken_for_what_it_was(at, desk, platform, casework, who, seconds):
    """It holds what the ledger knows; but the row says that it was changed since, or by another."""
    id = two_hands(platform, desk)
    at.clock.sleep(seconds)
    to_and_fro(platform, desk, id, who)
    casework.late = 2
    platform.get("Approvals", [id])
    assert platform.history("Approvals", id) == []

    casework.late = 0
    assert decided(platform.history("Approvals", id))[-1] == ("Agreed", who)


def test_a_row_from_before_the_feed_counts_for_its_maker_while_nobody_else_is_known_to_have_touched_it(
    at, desk, platform, casework
):
    """As on any platform without an audit (R-25); what the ledger knows of others is never forgotten. As long as a new
    feed is silent, nobody knows how far it has come.
    """
    casework.webhooks.clear()
    alone, touched = (desk.add("Approvals", {"Approval": "a", "Decision": "Agreed"}) for _ in range(2))
    begin_feeds(desk.at)
    at.clock.sleep(60)
    assert platform.history("Approvals", alone) == []
    desk.add("Approvals", {"Approval": "b"})
    assert decided(platform.history("Approvals", alone)) == [("Agreed", STAFF)]
    platform.update("Approvals", [(touched, {"Decision": "Refused"})])
    desk.write("Approvals", touched, {"Reason": "mine again"})

    assert platform.history("Approvals", touched) == []
    assert decided(platform.history("Approvals", alone)) == [("Agreed", STAFF)]


def test_after_a_feed_was_lost_only_what_nobody_touched_since_keeps_its_authors(at, desk, platform, casework):
    """The webhook is deleted and begun anew: a row changed meanwhile, or afterwards, has lost its history."""
    still, meanwhile, afterwards = (two_hands(platform, desk) for _ in range(3))
    at.clock.sleep(60)
    casework.webhooks.clear()
    desk.write("Approvals", meanwhile, {"Reason": "unheard"})
    begin_feeds(at)
    at.clock.sleep(3600)
    new = two_hands(platform, desk)
    desk.write("Approvals", afterwards, {"Reason": "heard"})

    assert [decided(platform.history("Approvals", id)) for id in (still, new)] == [[("Agreed", STAFF)]] * 2
    assert [platform.history("Approvals", id) for id in (meanwhile, afterwards)] == [[], []]


def test_what_somebody_decided_in_a_gap_is_not_the_makers_who_touched_the_row_last(at, desk, platform, casework):
    """The ledger knows the row with another decision; who changed it meanwhile, it cannot know (R-25)."""
    id = desk.add("Approvals", {"Approval": "a", "Decision": "Refused"})
    assert decided(platform.history("Approvals", id)) == [("Refused", STAFF)]
    casework.webhooks.clear()
    at.clock.sleep(8 * DAY)
    desk.write("Approvals", id, {"Decision": "Agreed"}, by="officer@northfield.example")
    at.clock.sleep(60)
    desk.write("Approvals", id, {"Reason": "a word put right"})
    begin_feeds(at)
    at.clock.sleep(3600)
    new = desk.add("Approvals", {"Approval": "a", "Decision": "Refused"})
    at.clock.sleep(60)

    assert platform.history("Approvals", id) == []
    assert decided(platform.history("Approvals", new)) == [("Refused", STAFF)]


def test_payloads_that_airtable_no_longer_keeps_are_noticed(at, desk, platform, casework):
    """Seven days unread, though another reader kept the webhook alive: places in the list are missing, and what they
    told cannot be guessed by what came afterwards.
    """
    id, other = two_hands(platform, desk), two_hands(platform, desk)
    at.clock.sleep(4 * DAY)
    desk.platform().records("Approvals")
    to_and_fro(desk.platform(), desk, id, RUNNER)
    for _ in range(2):
        at.clock.sleep(4 * DAY)
        desk.platform().records("Approvals")
    desk.write("Approvals", id, {"Reason": "heard"})

    assert platform.history("Approvals", id) == []
    assert decided(platform.history("Approvals", other)) == [("Agreed", STAFF)]
    assert two_hands(platform, desk)


def test_an_error_in_place_of_a_payload_is_a_gap(at, desk, platform, casework):
    """What it should have told is not known."""
    id = two_hands(platform, desk)
    at.clock.sleep(60)
    to_and_fro(desk.platform(), desk, id, RUNNER)
    for told in casework.payloads[-2:]:
        told |= {"error": True, "code": "INTERNAL_ERROR"}
    desk.write("Approvals", id, {"Reason": "heard"})

    assert platform.history("Approvals", id) == []
    assert two_hands(platform, desk)


def test_a_change_that_does_not_begin_where_the_last_one_ended_is_a_gap(desk, platform, casework):
    """Something between the two was never told."""
    id = two_hands(platform, desk)
    desk.write("Approvals", id, {"Decision": "Refused"})
    told = next(iter(casework.payloads[-1]["changedTablesById"].values()))["changedRecordsById"]
    next(iter(told.values()))["previous"]["cellValuesByFieldId"] |= dict.fromkeys(
        next(iter(told.values()))["previous"]["cellValuesByFieldId"]
    )

    assert platform.history("Approvals", id) == []


@pytest.mark.parametrize("heard", [True, False])
def test_a_record_brought_back_from_the_bin_is_nobodys(at, desk, platform, ledger, heard):
    """It is told as made, by who brought it back: what it holds is not theirs, its first life heard or not."""
    (id,) = platform.create("Developments", [{"Detail": "what was said"}])
    row, (base, table) = desk.row("Developments", id), desk.found("Developments")
    assert [x.by for x in platform.history("Developments", id)] == [RUNNER]
    at.clock.sleep(120)
    desk.delete("Developments", id)
    table.rows[row.id] = row
    if not heard:
        begin_feeds(at)
    happened(at.records(base, Person("somebody@northfield.example")), table, created=row, fields=list(row.cells))
    if not heard:
        base.webhooks.pop(next(iter(base.webhooks)))

    assert desk.platform(ledger=ledger if heard else Ledger(":memory:")).history("Developments", id) == []


def test_what_an_automation_sets_is_nobodys(at, desk, platform):
    """Whoever it runs under did not sign in and decide."""
    (id,) = platform.create("Contacts", [{"Contact": "a"}])
    base, table = desk.found("Contacts")
    records = at.records(base, desk.manager)
    records.source = "automation"
    records.change(table, desk.row("Contacts", id), records.ready(table, {"Contact": "b"}, False))
    assert [x.by for x in platform.history("Contacts", id)] == [RUNNER, None]

    desk.write("Contacts", id, {"Contact": "c"})
    assert [x.by for x in platform.history("Contacts", id)] == [RUNNER, None, STAFF]


def test_what_we_wrote_a_moment_ago_does_not_shut_what_was_decided_on_the_row(at, desk, platform, casework):
    """The runner writes on a referral before it sends it and reads the decision once more: it waits for the feed."""
    id = two_hands(platform, desk)
    at.clock.sleep(60)
    casework.lag, before = 3, at.clock.time()
    platform.update("Approvals", [(id, {"Reason": "ours"})])
    assert decided(platform.history("Approvals", id)) == [("Agreed", STAFF)]
    assert 3 <= at.clock.time() - before < 9

    at.clock.sleep(60)
    desk.rename_choice("Approvals", "Decision", "Agreed", "Fine")
    platform.get("Approvals", [id])
    before = at.clock.time()
    assert platform.history("Approvals", id) == []
    assert at.clock.time() - before < 2, "no feed will tell of what changed long ago"


def test_a_decision_is_not_whose_who_decided_otherwise_while_the_case_was_read(at, desk, platform):
    """R-25: the officer's yes was read, and then the history with the manager's no. Read again it is the manager's."""
    office = Office(staff=(Staff(id="1", created_at=at.clock.now(), email=STAFF, role=StaffRole.REGIONAL),))
    (id,) = platform.create("Approvals", [{"Approval": "a"}])
    base, there = desk.found("Approvals")
    officer = at.records(base, Person("officer@northfield.example"))
    officer.source = "client"
    officer.change(there, desk.row("Approvals", id), officer.ready(there, {"Decision": "Agreed"}, False))
    at.clock.sleep(60)
    (read,) = platform.get("Approvals", [id])
    desk.write("Approvals", id, {"Decision": "Refused"})
    told = tuple(platform.history("Approvals", id))

    assert decided(told) == [("Agreed", "officer@northfield.example"), ("Refused", STAFF)]
    assert decided_by(read, Approval, "Decision", told, office) == {}
    (again,) = platform.get("Approvals", [id])
    assert again.fields["Decision"] == "Refused"
    assert decided_by(again, Approval, "Decision", told, office)["author"] == office.staff[0]
