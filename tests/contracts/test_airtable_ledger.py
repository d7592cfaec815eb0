"""The file that keeps what Airtable's feed told: whole or not at all, for this account alone, and cut off anywhere.

In: the wire-rule server and a folder. Out: one test a promise.
Never here: what follows from it (test_airtable_audit.py).
"""

import sqlite3
import stat
from pathlib import Path

import pytest

from automations.errors import Stop, TryAgainLater
from sync.platforms import airtable_ledger
from sync.platforms.airtable_ledger import Ledger
from tests.contracts.airtable_desk import AirtableDesk, begin_feeds
from tests.contracts.airtable_server import AirtableServer, Fault


@pytest.fixture
def desk(at: AirtableServer) -> AirtableDesk:
    return AirtableDesk(at)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "airtable-audit.sqlite"


def sixty_changes(desk: AirtableDesk) -> str:
    """A row of the runner's with sixty changes of the manager's: two pages."""
    (id,) = desk.platform().create("Approvals", [{"Approval": "a"}])
    for n in range(60):
        desk.write("Approvals", id, {"Reason": str(n)})
    return id


def told(desk: AirtableDesk, file: Path, id: str) -> list[object]:
    """By a runner that starts now."""
    return [x.after for x in desk.platform(ledger=Ledger(file)).history("Approvals", id) if x.field == "Reason"]


ALL = [str(n) for n in range(60)]


def test_the_file_is_the_runners_alone(file):
    """It holds what staff wrote about victims: nobody else's account may read it, whatever it was before."""
    file.touch(0o644)
    Ledger(file)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_second_page_that_does_not_come_is_read_by_the_next_run(at, desk, file):
    """The first is kept; nothing of it comes twice."""
    id = sixty_changes(desk)
    at.faults.append(Fault("down", "GET", "/payloads", times=3, after=1))
    with pytest.raises(TryAgainLater):
        told(desk, file, id)

    assert told(desk, file, id) == ALL


@pytest.mark.parametrize("after", [0, 1, 40, 55])
def test_a_run_killed_while_a_page_goes_in_keeps_all_of_it_or_nothing(desk, file, monkeypatch, after):
    """Page and cursor are one: what was half written is read again."""
    id, left = sixty_changes(desk), [after]
    insert = Ledger._insert

    def killed(self, *page):
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        insert(self, *page)

    monkeypatch.setattr(airtable_ledger.Ledger, "_insert", killed)
    with pytest.raises(KeyboardInterrupt):
        told(desk, file, id)
    assert len(sqlite3.connect(file).execute("SELECT * FROM entries").fetchall()) in (0, 51)
    monkeypatch.undo()

    assert told(desk, file, id) == ALL


def test_two_runners_with_one_file_keep_each_change_once(desk, file):
    """The second passes over what the first has kept, and the first what the second has."""
    one, two = (desk.platform(ledger=Ledger(file)) for _ in range(2))
    (id,) = one.create("Approvals", [{"Approval": "a"}])
    for n, platform in enumerate((one, two, one, one, two, two)):
        desk.write("Approvals", id, {"Reason": str(n)})
        assert platform.history("Approvals", id)[-1].after == str(n)

    assert told(desk, file, id) == ALL[:6]
    assert [x.after for x in one.history("Approvals", id) if x.field == "Reason"] == ALL[:6]


def test_a_file_that_was_lost_is_begun_from_what_airtable_still_keeps(at, desk, file):
    """Seven days of it: an older row is known by who touched it, a newer one by its history."""
    old = sixty_changes(desk)
    at.clock.sleep(8 * 24 * 3600)
    desk.found("Approvals")[0].webhooks.clear()
    begin_feeds(at)
    new = sixty_changes(desk)

    assert told(desk, file, old) == []
    assert told(desk, file, new) == ALL


def test_a_file_of_other_bases_names_nobody(at, desk, file, airtable_bases):
    """The same people, other bases."""
    id = sixty_changes(desk)
    assert told(desk, file, id) == ALL
    for base in list(at.bases.values()):
        at.bases[f"app{base.id[3:][::-1]}"] = at.bases.pop(base.id)
        base.id = f"app{base.id[3:][::-1]}"
        base.webhooks.clear()

    assert told(desk, file, id) == []


def test_a_file_that_is_none_stops_and_repeats_nothing_of_it(desk, file):
    """Put aside, a new one is begun."""
    file.write_bytes(b"Mrs A. Person of 1 The Street " * 100)
    with pytest.raises(Stop, match="ledger") as stop:
        Ledger(file)
    assert "Person" not in str(stop.value)

    file.unlink()
    assert told(desk, file, sixty_changes(desk)) == ALL


def test_a_file_that_somebody_else_holds_is_tried_again_later(desk, file):
    """Another runner in the midst of a page, or a full disk."""
    id, platform = sixty_changes(desk), desk.platform(ledger=Ledger(file, wait=0.1))
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(TryAgainLater, match="ledger"):
        platform.history("Approvals", id)

    other.execute("ROLLBACK")
    assert [x.after for x in platform.history("Approvals", id) if x.field == "Reason"] == ALL


def test_what_stood_in_a_record_that_was_deleted_is_gone_from_the_file_after_thirty_days(at, desk, file):
    """Somebody asked for it to go. That it was made and deleted stays, and every other record's history is whole."""
    platform = desk.platform(ledger=Ledger(file))
    (gone, kept) = platform.create("Approvals", [{"Approval": "a"}, {"Approval": "b"}])
    for id in (gone, kept):
        desk.write("Approvals", id, {"Reason": f"Mrs Sample said so, {id}."})
    desk.delete("Approvals", gone)
    platform.history("Approvals", kept)
    for days in (29, 2):
        at.clock.sleep(days * 24 * 3600)
        desk.found("Approvals")[0].webhooks.clear()
        begin_feeds(at)
        assert told(desk, file, sixty_changes(desk)) == ALL
        assert (f"said so, {gone}".encode() in file.read_bytes()) is (days == 29)

    assert f"said so, {kept}".encode() in file.read_bytes()
