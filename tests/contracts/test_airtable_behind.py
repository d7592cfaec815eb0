"""A row that shows more than Airtable's feed has told: nobody decided on it yet, least of all its maker (R-25).

In: the wire-rule server whose feed lags, an officer and a manager on one row, its clock. Out: one test a promise.
Never here: a gap that no feed will ever fill (test_airtable_audit.py).
"""

from datetime import timedelta

import pytest

from automations.histories import Histories
from tests.contracts.airtable_decisions import STAFF, decided, two_hands
from tests.contracts.airtable_desk import begin_feeds
from tests.contracts.airtable_server.payloads import happened

OFFICER = "officer@northfield.example"
TRUTH = [("Agreed", OFFICER)]


def both(desk, id):
    """The officer decides; the manager, who made the row, puts a word right afterwards."""
    desk.write("Approvals", id, {"Decision": "Agreed"}, by=OFFICER)
    desk.write("Approvals", id, {"Reason": "a word put right"})


def told(at, platform, histories, id):
    """What the runner takes for who decided, now."""
    (record,) = platform.get("Approvals", [id])
    return decided(histories.of(record, at.clock.now()))


@pytest.mark.parametrize("lag", [90, 4000])
def test_a_row_made_after_the_feed_began_counts_for_nobody_until_it_was_told_of(at, desk, platform, casework, lag):
    """However late the feed is: its maker touched it last, and is not who decided."""
    histories = Histories(platform)
    platform.records("Approvals")
    casework.lag = lag
    id = desk.add("Approvals", {"Approval": "a"})
    both(desk, id)
    at.clock.sleep(lag - 30)
    assert told(at, platform, histories, id) == []

    at.clock.sleep(60)
    assert told(at, platform, histories, id) == TRUTH


def test_a_row_from_before_the_feed_is_not_its_makers_while_the_feed_is_late(at, desk, platform, casework):
    """Two hands are told of in the end, so nobody counts; a row that only its maker touched does then."""
    casework.webhooks.clear()
    touched, alone = (desk.add("Approvals", {"Approval": "a"}) for _ in range(2))
    begin_feeds(at)
    histories = Histories(platform)
    at.clock.sleep(3600)
    desk.add("Approvals", {"Approval": "b"})
    platform.records("Approvals")
    both(desk, touched)
    desk.write("Approvals", alone, {"Decision": "Agreed"})
    casework.late = 3
    at.clock.sleep(5)
    assert [told(at, platform, histories, id) for id in (touched, alone)] == [[], []]

    casework.late = 0
    at.clock.sleep(60)
    assert [told(at, platform, histories, id) for id in (touched, alone)] == [[], [("Agreed", STAFF)]]


def test_the_feed_is_heard_after_the_row_was_read_and_not_only_at_the_beginning_of_the_look(at, desk, platform):
    """What happened while the look went on is in the row already. Nobody waits for what can be heard at once."""
    histories = Histories(platform)
    with platform.one_look():
        platform.records("Approvals")
        id = desk.add("Approvals", {"Approval": "a"})
        both(desk, id)
        at.clock.sleep(3)
        before = at.clock.time()
        assert told(at, platform, histories, id) == TRUTH
        assert at.clock.time() - before < 1


def test_a_row_whose_last_touch_fell_into_a_gap_is_not_its_makers_while_the_new_feed_is_late(
    at, desk, platform, casework
):
    """Its life was whole in the feed that was lost. The new one has told of others, not of it yet."""
    id = desk.add("Approvals", {"Approval": "a", "Decision": "Refused"})
    platform.history("Approvals", id)
    at.clock.sleep(60)
    casework.webhooks.clear()
    begin_feeds(at)
    at.clock.sleep(3600)
    desk.add("Approvals", {"Approval": "b"})
    at.clock.sleep(60)
    both(desk, id)
    casework.late = 2
    at.clock.sleep(60)
    platform.get("Approvals", [id])
    assert platform.history("Approvals", id) == []

    casework.late = 0
    assert platform.history("Approvals", id) == []
    assert two_hands(platform, desk), "a new row counts"


def test_what_was_told_without_a_feed_is_asked_again_once_there_is_one(at, desk, platform, casework):
    """The creator begins the feed while the runner runs. What it may yet tell of counts for nobody any more."""
    casework.webhooks.clear()
    id, later = (desk.add("Approvals", {"Approval": "a", "Decision": "Agreed"}) for _ in range(2))
    histories = Histories(platform)
    at.clock.sleep(60)
    assert told(at, platform, histories, id) == [("Agreed", STAFF)]
    at.clock.sleep(1800)
    desk.write("Approvals", later, {"Reason": "a word put right"})
    at.clock.sleep(60)
    assert told(at, platform, histories, later) == [("Agreed", STAFF)]
    begin_feeds(at)
    at.clock.sleep(1800)
    platform.records("Approvals")

    assert told(at, platform, histories, later) == [], "of the hour before it, a silent feed may yet tell"
    assert told(at, platform, histories, id) == [("Agreed", STAFF)], "and of nothing older"
    desk.add("Approvals", {"Approval": "b"})
    at.clock.sleep(3)
    assert told(at, platform, histories, later) == [("Agreed", STAFF)]


def test_three_hands_within_two_seconds_are_not_the_first_ones_that_was_told(at, desk, platform, casework):
    """The maker, an officer who decides, the maker again, on a row older than the feed, which tells one after the
    other.
    """
    casework.webhooks.clear()
    id = desk.add("Approvals", {"Approval": "a"})
    begin_feeds(at)
    at.clock.sleep(3600)
    histories = Histories(platform)
    platform.records("Approvals")
    desk.write("Approvals", id, {"Reason": "one"})
    at.clock.sleep(0.8)
    desk.write("Approvals", id, {"Decision": "Agreed"}, by=OFFICER)
    at.clock.sleep(0.8)
    desk.write("Approvals", id, {"Reason": "two"})
    casework.late = 2
    at.clock.sleep(3)
    assert told(at, platform, histories, id) == []

    casework.late = 0
    assert told(at, platform, histories, id) == []
    alone = desk.add("Approvals", {"Approval": "b", "Decision": "Agreed"})
    assert told(at, platform, histories, alone) == [("Agreed", STAFF)], "a new row counts"


def test_one_look_waits_seven_seconds_for_feeds_however_many_rows_are_behind(at, desk, platform, casework):
    """What it has read by then, a consent above all, must not grow old. The next look finds them told."""
    ids = [two_hands(platform, desk) for _ in range(8)]
    at.clock.sleep(60)
    casework.lag = 10
    for id in ids:
        desk.write("Approvals", id, {"Reason": "a word put right"})
    begun = at.clock.time()
    with platform.one_look():
        rows = platform.get("Approvals", ids)
        assert [platform.history("Approvals", row.id) for row in rows] == [[]] * 8
    assert at.clock.time() - begun < 7 + 5, "seven seconds, and the time of its questions"

    at.clock.sleep(10)
    assert [decided(platform.history("Approvals", id)) for id in ids] == [[("Agreed", STAFF)]] * 8


def test_a_case_brought_back_from_the_bin_leaves_what_was_decided_on_it_to_whoever_did(at, desk, platform, casework):
    """Deleted by mistake and put back by the same person: the decision's own row holds what it held."""
    (case,) = platform.create("Cases", [{"Reference": "CW-2026-0001"}])
    (id,) = platform.create("Approvals", [{"Approval": "a", "Case": (case,)}])
    desk.write("Approvals", id, {"Decision": "Agreed"})
    assert decided(platform.history("Approvals", id)) == [("Agreed", STAFF)]
    at.clock.sleep(300)
    row, table = desk.row("Cases", case), desk.found("Cases")[1]
    link = desk.found("Approvals")[1].field("Case").id
    desk.delete("Cases", case)
    at.clock.sleep(60)
    table.rows[row.id] = row
    desk.row("Approvals", id).cells[link] = [row.id]
    happened(at.records(casework, desk.manager), table, created=row, fields=list(row.cells))

    (record,) = platform.get("Approvals", [id])
    assert record.fields["Case"] == (case,)
    assert decided(platform.history("Approvals", id)) == [("Agreed", STAFF)]


def test_two_changes_within_one_second_are_told_in_their_order(at, desk, platform):
    """By the thousandth: who altered a reason right after the decision did so after it (R-26)."""
    id = two_hands(platform, desk)
    desk.write("Approvals", id, {"Decision": "Refused"})
    at.clock.sleep(0.4)
    desk.write("Approvals", id, {"Reason": "something else"}, by=OFFICER)

    *_, decision, reason = platform.history("Approvals", id)
    assert (decision.field, reason.field, reason.by) == ("Decision", "Reason", OFFICER)
    assert timedelta(0) < reason.at - decision.at < timedelta(seconds=1)
