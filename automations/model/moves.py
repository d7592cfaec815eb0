"""Moves: what the copy that made these bases kept of the old ones: when each row was entered, and last changed there.

In: the texts in Moves that count. Out: records and changes dated as the old bases dated them.
Never here: who decided anything, which does not move (R-25); whose text counts (automations/moved.py).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from automations.ports import Change, Record

TABLE, ENTERED = "Moves", "Entered"
MADE_BY = "Made by"
"""Kept of a row that came by a form, where nobody signs in: a report of that kind is taken at once."""


class Entered(NamedTuple):
    """One row that was brought: when it was made, when it was last changed, when single cells were set. All UTC."""

    at: datetime
    changed_at: datetime | None
    cells: Mapping[str, datetime]

    @property
    def last_at(self) -> datetime:
        """When it was last written: the latest that what it holds can have been entered."""
        return self.changed_at or self.at


Rows = Mapping[tuple[str, str], Entered]


@dataclass(frozen=True, slots=True)
class Moves:
    """What a copy brought. `at` is when it was done, on the new platform's own clock; None where nothing was moved."""

    at: datetime | None = None
    rows: Rows = field(default_factory=dict)

    @classmethod
    def of(cls, kept: Iterable[tuple[str, datetime]]) -> "Moves":
        """From each text that counts, and when it was written."""
        texts = list(kept)
        rows = {row: entered for text, _ in texts for row, entered in read(text).items()}
        return cls(max((at for _, at in texts), default=None), rows)

    def as_entered(self, records: Iterable[Record]) -> list[Record]:
        """The records with the stamps of the old bases. What was changed here since keeps the time of that."""
        return [self._dated(record) for record in records] if self.at else list(records)

    def as_set(self, record: Record, history: Sequence[Change]) -> tuple[Change, ...]:
        """A record's history with what the copy wrote dated as in the old bases: cell by cell where they told it,
        else when the row was last changed there, the latest that the cell can have been filled.
        """
        was = self.rows.get((record.table, record.id))
        if was is None or self.at is None:
            return tuple(history)
        end = self.at
        return tuple(replace(x, at=was.cells.get(x.field, was.last_at)) if x.at <= end else x for x in history)

    def cell(self, table: str, id: str, column: str) -> datetime | None:
        """The instant that was kept of one cell; None where there is none."""
        was = self.rows.get((table, id))
        return was.cells.get(column) if was else None

    def _dated(self, record: Record) -> Record:
        was = self.rows.get((record.table, record.id))
        if was is None or self.at is None:
            return record
        since = record.updated_at if record.updated_at and record.updated_at > self.at else None
        by_form = {MADE_BY: None} if MADE_BY in was.cells else {}
        fields = {**record.fields, **by_form} if by_form else record.fields
        return replace(record, fields=fields, created_at=was.at, updated_at=since or was.changed_at)


def written(table: str, rows: Mapping[str, Entered]) -> str:
    """The text of some rows of a table."""

    def one(row: Entered) -> list[object]:
        changed = row.changed_at.isoformat() if row.changed_at else None
        cells = {name: at.isoformat() for name, at in row.cells.items()}
        return [row.at.isoformat(), changed, *([cells] if cells else [])]

    return json.dumps({table: {id: one(row) for id, row in rows.items()}}, separators=(",", ":"))


@lru_cache(maxsize=256)
def read(text: str) -> Rows:
    """The rows of a text; none where it is no such text. Instants are UTC."""
    try:
        return {
            (table, id): Entered(
                datetime.fromisoformat(made),
                datetime.fromisoformat(changed) if changed else None,
                {name: datetime.fromisoformat(at) for each in cells for name, at in each.items()},
            )
            for table, rows in json.loads(text).items()
            for id, (made, changed, *cells) in rows.items()
        }
    except (AttributeError, TypeError, ValueError):
        return {}
