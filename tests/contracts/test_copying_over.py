"""A copy into bases in which somebody was: what stands there is named, and nothing of it is lost without a word.

In: a row or two in memory, and a target with rows of its own. Out: a Stop that names the row, or what was asked for.
Never here: a whole landlord (test_copying.py).
"""

from datetime import UTC, datetime

import pytest

from automations.errors import Stop
from automations.ports import Unreadable
from schema import TABLES
from sync.platforms.copying import copy
from sync.platforms.memory import MemoryPlatform


def now() -> datetime:
    return datetime(2026, 11, 18, 9, tzinfo=UTC)


@pytest.fixture
def source() -> MemoryPlatform:
    made = MemoryPlatform(now)
    made.create("Developments", [{"Detail": "a", "Happened at": now()}])
    made.create("Evidence", [{}])
    return made


def carried(source: MemoryPlatform, target: MemoryPlatform, overwrite: bool = False) -> bool:
    return copy(source, target, TABLES, lambda _: None, overwrite).alike


def test_a_cell_that_cannot_be_read_is_somebodys_and_is_written_over_only_when_asked_for(source):
    """The row has the number that the source's row wants: the cell's content may be nowhere else."""
    target = MemoryPlatform(now)
    target.create("Developments", [{"Detail": "a"}])
    target.spoil("Developments", "1", "Happened at", "last Tuesday, by the bins")
    with pytest.raises(Stop, match="Developments 1, field Happened at: the target holds something else") as stop:
        carried(source, target)
    assert "bins" not in str(stop.value)
    assert target.get("Developments", ["1"])[0].fields["Happened at"] == Unreadable("last Tuesday, by the bins")

    assert carried(source, target, overwrite=True)
    assert target.get("Developments", ["1"])[0].fields["Happened at"] == now()


def test_a_row_with_nothing_but_a_file_keeps_it_under_a_number_that_the_source_has(source):
    """It is named; overwritten, the file stays beside what the source brings."""
    target = MemoryPlatform(now)
    (id,) = target.create("Evidence", [{}])
    target.attach("Evidence", id, "Files", "photo.jpg", b"the only copy", "image/jpeg")
    for overwrite in (False, True):
        if overwrite:
            assert not carried(source, target, overwrite)
        else:
            with pytest.raises(Stop, match="Evidence 1, field Files"):
                carried(source, target)
        assert target.fetch("Evidence", id, "Files", "photo.jpg") == b"the only copy"


def test_a_row_that_the_source_does_not_have_is_named_and_stays_whatever_was_asked(source):
    """Its number and its table, and no word of it."""
    target = MemoryPlatform(now)
    target.create("Loans", [{}, {"Loan": "the blue camera"}])
    for overwrite in (False, True):
        with pytest.raises(Stop, match="Loans 2: the target holds this row") as stop:
            carried(source, target, overwrite)
        assert "camera" not in str(stop.value)
    assert target.get("Loans", ["2"])[0].fields["Loan"] == "the blue camera"

    target.delete("Loans", "2")
    assert carried(source, target)


def test_a_row_that_somebody_fills_while_the_copy_runs_is_not_taken_away(source, monkeypatch):
    """It was blank when the copy looked. Nobody should work there meanwhile; somebody did."""
    target = MemoryPlatform(now)
    (id,) = target.create("Loans", [{}])
    create = target.create

    def meanwhile(table, rows):
        if table == "Developments":
            target.update("Loans", [(id, {"Loan": "the blue camera"})])
        return create(table, rows)

    monkeypatch.setattr(target, "create", meanwhile)
    with pytest.raises(Stop, match="Loans 1: somebody wrote in this row"):
        carried(source, target)
    assert target.get("Loans", [id])[0].fields["Loan"] == "the blue camera"
