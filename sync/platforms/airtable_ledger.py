"""The ledger of what Airtable's feeds told: who changed which cell, kept for longer than Airtable's seven days.

In: pages of payloads, in their order. Out: the entries of a record, and whether anything between them was missed.
Never here: a call, a record as it stands (airtable_audit.py compares the two), or a value in an error.
"""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from automations.errors import Stop, TryAgainLater
from sync.platforms.airtable_payloads import GONE, MADE, NOT_TOLD, Row, Told, linked, read

KEPT_OF_THE_GONE = timedelta(days=30)
"""How long it stays known what stood in a record that was deleted. It is about people, who may have asked for that."""

SHAPE = """
CREATE TABLE IF NOT EXISTS runs (
    id INTEGER PRIMARY KEY, base TEXT NOT NULL, hook TEXT NOT NULL, cursor INTEGER NOT NULL, number INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS begun (run INTEGER PRIMARY KEY, at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS entries (
    base TEXT NOT NULL, number INTEGER NOT NULL, tbl TEXT NOT NULL, record TEXT NOT NULL, field TEXT NOT NULL,
    run INTEGER NOT NULL, place INTEGER NOT NULL, made INTEGER NOT NULL,
    before TEXT, after TEXT NOT NULL, email TEXT, at TEXT NOT NULL,
    PRIMARY KEY (base, number, tbl, record, field)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pointed (
    other TEXT NOT NULL, base TEXT NOT NULL, number INTEGER NOT NULL, tbl TEXT NOT NULL, record TEXT NOT NULL,
    field TEXT NOT NULL, PRIMARY KEY (other, base, number, tbl, record, field)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS entries_of ON entries (record);
"""
OF_A_RECORD = "SELECT * FROM entries WHERE record = ? AND base = ? AND tbl = ?"
OF_A_RECORD_ANYWHERE = "SELECT * FROM entries WHERE record = ? AND base = ?"
LAST_OF_A_RUN = "SELECT at FROM entries WHERE base = ? AND run = ? ORDER BY number DESC LIMIT 1"
POINTING = """SELECT entries.* FROM entries JOIN pointed USING (base, number, tbl, record, field)
    WHERE pointed.other = ? AND base = ? AND field = ?"""
FORGET = """DELETE FROM entries WHERE base = :base AND field NOT IN (:made, :gone)
    AND after NOT LIKE '%"id": "rec%' AND (before IS NULL OR before NOT LIKE '%"id": "rec%')
    AND record IN (SELECT record FROM entries WHERE base = :base GROUP BY record
        HAVING MAX(at) < :until AND MAX(at) = MAX(CASE WHEN field = :gone THEN at END))"""
"""The cells of records that were deleted, and did not come back. That they were made and deleted, by which account, and
which records they pointed at stays: without it those would have no whole history any more."""
AT_MOST_LATE = timedelta(hours=1)
"""How late a list of payloads may be when it is read for the first time."""
INSERT = """INSERT OR IGNORE INTO entries (base, number, tbl, record, field, run, place, made, before, after, email, at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One change of one cell, by Airtable's own ids; or that a record was made or deleted."""

    run: int
    """Entries of one run have nothing missing between them."""
    place: int
    number: int
    """The transaction's, in its base."""
    table: str
    record: str
    field: str
    made: bool
    before: Any
    """What the payload says stood there; NOT_TOLD where it does not."""
    after: Any
    by: str | None
    at: datetime


class Ledger:
    """One file, of this account alone. Every page goes in whole, together with how far it brings us, or not at all."""

    def __init__(self, path: Path | str, wait: float = 30.0) -> None:
        """Stop where the file cannot be opened. ":memory:" keeps it for as long as the process lives; `wait` is for
        how many seconds another runner may hold it.
        """
        try:
            if path != ":memory:":
                os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
                os.chmod(path, 0o600)
            self._file = sqlite3.connect(path, isolation_level=None, timeout=wait)
            self._file.execute("PRAGMA secure_delete = ON")
            self._file.executescript(SHAPE)
            self._forgot: dict[str, str] = {}
        except (OSError, sqlite3.Error) as error:
            why = type(error).__name__
            raise Stop(f"The ledger of changes on Airtable cannot be opened: {path} ({why}).") from None

    def cursor(self, base: str, hook: str) -> int:
        """From where the feed is to be read: from its first payload that is still kept, or where we left off."""
        run = self._run(base)
        return run[2] if run and run[1] == hook else 1

    def hook(self, base: str) -> str:
        """The webhook that was read last; "" where there was none."""
        run = self._run(base)
        return str(run[1]) if run else ""

    def current(self, base: str) -> int:
        """The run that the next payload would go on with; 0 where there is none."""
        run = self._run(base)
        return int(run[0]) if run else 0

    def keep(self, base: str, hook: str, first: int, payloads: Sequence[Row], now: datetime) -> None:
        """Payloads in their order, heard `now` (UTC); `first` is the place of the first. What another runner kept
        already is passed over.

        Anything missing before a payload begins a new run: another webhook, a place that was skipped, an error in
        place of a payload, or transactions that go backwards.
        """
        with self._whole():
            run = self._run(base)
            if run is None or run[1] != hook:
                run = self._begin(base, hook, first, now)
            for place, payload in enumerate(payloads, first):
                id, _, cursor, last = run
                if place < cursor:
                    continue
                told = read(payload)
                if told is None:
                    run = self._begin(base, hook, place + 1, now)
                    continue
                if place > cursor or told.number < last:
                    id = self._begin(base, hook, place, now)[0]
                self._insert(base, id, place, told)
                self._forget(base, told.at)
                run = (id, hook, place + 1, told.number)
                self._file.execute("UPDATE runs SET cursor = ?, number = ? WHERE id = ?", (place + 1, told.number, id))

    def of(self, base: str, table: str, record: str) -> list[Entry]:
        """Everything that was told of a record, oldest first."""
        return self._found(OF_A_RECORD, (record, base, table))

    def pointing(self, base: str, field: str, other: str) -> list[Entry]:
        """What was told of a link's other side where it named that record, oldest first."""
        return self._found(POINTING, (other, base, field))

    def heard(self, base: str) -> datetime | None:
        """How far the feed has come: nothing from before that moment is told any more. It is when the last change
        happened that the current run was told of; where there was none yet, an hour before the run began, as its
        first page tells what happened by then. None where nobody knows when that was.
        """
        run = self.current(base)
        with _plainly():
            last = self._file.execute(LAST_OF_A_RUN, (base, run)).fetchone()
            begun = self._file.execute("SELECT at FROM begun WHERE run = ?", (run,)).fetchone()
        if last:
            return datetime.fromisoformat(last[0])
        return datetime.fromisoformat(begun[0]) - AT_MOST_LATE if begun else None

    def deleted(self, base: str, records: Iterable[str]) -> dict[str, list[Entry]]:
        """Those of the records that were ever deleted: what was told of them since, beginning with that. One that was
        brought back from the bin has more after it.
        """
        found = {record: self._found(OF_A_RECORD_ANYWHERE, (record, base)) for record in records}
        return {
            record: entries[next(place for place, entry in enumerate(entries) if entry.field == GONE) :]
            for record, entries in found.items() if any(entry.field == GONE for entry in entries)
        }  # fmt: skip

    # --- inside -----------------------------------------------------------------------------------

    def _run(self, base: str) -> tuple[int, str, int, int] | None:
        with _plainly():
            ask = "SELECT id, hook, cursor, number FROM runs WHERE base = ? ORDER BY id DESC LIMIT 1"
            found: tuple[int, str, int, int] | None = self._file.execute(ask, (base,)).fetchone()
            return found

    def _begin(self, base: str, hook: str, cursor: int, now: datetime) -> tuple[int, str, int, int]:
        row = self._file.execute("INSERT INTO runs (base, hook, cursor, number) VALUES (?, ?, ?, 0)",
                                 (base, hook, cursor))  # fmt: skip
        self._file.execute("INSERT INTO begun VALUES (?, ?)", (row.lastrowid, now.isoformat()))
        return (int(row.lastrowid or 0), hook, cursor, 0)

    def _insert(self, base: str, run: int, place: int, told: Told) -> None:
        for table, record, field, made, before, after in told.cells:
            key = (base, told.number, table, record, field)
            cells = (None if before is NOT_TOLD else json.dumps(before), json.dumps(after))
            self._file.execute(INSERT, (*key, run, place, made, *cells, told.by, told.at))
            for other in sorted({*linked(before), *linked(after)}):
                self._file.execute("INSERT OR IGNORE INTO pointed VALUES (?, ?, ?, ?, ?, ?)", (other, *key))

    def _forget(self, base: str, at: str) -> None:
        """Once a day of the feed: what stood in records that are long gone. Nothing of it stays in the file."""
        if self._forgot.get(base) != at[:10]:
            self._forgot[base] = at[:10]
            until = (datetime.fromisoformat(at) - KEPT_OF_THE_GONE).isoformat()
            self._file.execute(FORGET, {"base": base, "made": MADE, "gone": GONE, "until": until})

    def _found(self, ask: str, values: Sequence[str]) -> list[Entry]:
        with _plainly():
            rows = self._file.execute(ask, values).fetchall()
        entries = [
            Entry(run, place, number, table, record, field, bool(made),
                  NOT_TOLD if before is None else json.loads(before), json.loads(after), by, datetime.fromisoformat(at))
            for _, number, table, record, field, run, place, made, before, after, by, at in rows
        ]  # fmt: skip
        return sorted(entries, key=lambda entry: (entry.run, entry.place))

    @contextmanager
    def _whole(self) -> Iterator[None]:
        with _plainly():
            self._file.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._file.execute("COMMIT")
            except BaseException:
                if self._file.in_transaction:
                    self._file.execute("ROLLBACK")
                raise


@contextmanager
def _plainly() -> Iterator[None]:
    """What a fault of the file means. A full disk or another runner's lock passes; a file that is none does not."""
    try:
        yield
    except sqlite3.OperationalError as error:
        why = type(error).__name__
        raise TryAgainLater(f"The ledger of changes on Airtable could not be read or written ({why}).") from None
    except sqlite3.Error as error:
        raise Stop(f"The ledger of changes on Airtable cannot be read ({type(error).__name__}): put it aside; a new "
                   "one is begun, and older rows count by who touched them.") from None  # fmt: skip
