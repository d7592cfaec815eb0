"""Perform: what cannot be written is told apart, whatever it is, and the rest is written."""

import logging
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from automations.effects import Ref, Write
from automations.runner import KEY_LENGTH, Pass
from tests.house import HarbourRow

NOBODY = "Nobody Realperson"


class Odd(Mapping[str, Any]):
    """Cells that nobody foresaw."""

    def __getitem__(self, name: str) -> Any:
        raise KeyError(NOBODY)

    def __iter__(self) -> Iterator[str]:
        raise RuntimeError(NOBODY)

    def __len__(self) -> int:
        return 1


@pytest.fixture
def house() -> HarbourRow:
    return HarbourRow()


@pytest.mark.parametrize(("cells", "says"), [
    ({"Case": Ref("Cases", "Reference", "CW-2026-0404")}, "Cases: CW-2026-0404 is not there."),
    (Odd(), "Casewatch has a fault (RuntimeError"),
    ({"Titel": "x"}, "Titel"),
])  # fmt: skip
@pytest.mark.parametrize("changes", [True, False])
def test_one_effect_that_cannot_be_carried_out_keeps_no_other_from_being_written(
    house: HarbourRow, cells: Mapping[str, Any], says: str, changes: bool
) -> None:
    """A change as much as a new row: before it and behind it all is written, and its reason names nobody."""
    ids = house.platform.create("Actions", [{"Key": key} for key in ("first", "bad", "last")])
    records = ids if changes else [None] * 3
    keys = ("first", "bad", "last") if changes else ("first new", "bad new", "last new")
    writes = [
        Write("Actions", key, cells if key.startswith("bad") else {"Key": key, "Title": "Written"}, record=record)
        for key, record in zip(keys, records, strict=True)
    ]

    failed = house.runner._performer.perform(writes)

    assert [key for key, _ in failed] == [keys[1]]
    assert says in failed[0][1]
    assert NOBODY not in failed[0][1]
    written = house.platform.find("Actions", "Title", ["Written"])
    assert [r.fields["Key"] for r in written] == [keys[0], keys[2]]


@pytest.mark.parametrize("made_before", [True, False])
def test_a_change_may_point_at_a_record_by_its_key(house: HarbourRow, made_before: bool) -> None:
    """One of an earlier pass, or of this one."""
    (id,) = house.platform.create("Actions", [{"Key": "first"}])
    case = Write("Cases", "CW-2026-0001", {"Reference": "CW-2026-0001"}, column="Reference")
    if made_before:
        house.platform.create("Cases", [dict(case.cells)])
    change = Write("Actions", "first", {"Case": Ref("Cases", "Reference", "CW-2026-0001")}, record=id)

    assert house.runner._performer.perform([change] if made_before else [case, change]) == []
    assert house.only("Actions").fields["Case"] == (house.only("Cases").id,)


def test_two_reasons_that_begin_alike_are_two_lines_of_the_run_log(house: HarbourRow) -> None:
    """The key is cut where the column ends; the same reason twice is one line."""
    alike = "x" * KEY_LENGTH
    for _ in range(2):
        done = Pass(failed=[("Reports 1", f"{alike} one"), ("Reports 1", f"{alike} two"), ("Reports 1", "short")])
        house.runner._tell(done, house.now)

    rows = house.platform.records("Run log")
    assert [r.fields["Detail"] for r in rows] == [f"{alike} one", f"{alike} two", "short"]
    assert all(len(str(r.fields["Key"])) <= KEY_LENGTH for r in rows)
    assert rows[2].fields["Key"] == "Reports 1: short"


def test_a_run_log_that_cannot_be_written_is_said_in_the_programs_own_log(
    house: HarbourRow, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a case could not do must not vanish without a word; the log says how much and why, and nobody's name."""
    done = Pass(failed=[(f"Reports {NOBODY}", f"About {NOBODY}")])
    house.runner._tell(done, house.now)
    assert not [r for r in caplog.records if r.levelno == logging.ERROR]

    create = house.platform.create

    def without_run_log(table: str, rows: Any) -> list[str]:
        return create(table, [{"Kye": "x"} for _ in rows] if table == "Run log" else rows)

    monkeypatch.setattr(house.platform, "create", without_run_log)
    house.platform.delete("Run log", house.only("Run log").id)
    house.runner._tell(done, house.now)

    (error,) = [r for r in caplog.records if r.levelno == logging.ERROR]
    assert error.getMessage() == ("1 of them could not be written to Run log either. Run log has no column 'Kye'.")
    assert NOBODY not in caplog.text
