"""Moves: what the copy that made these bases kept of the old ones: when each row was entered, and last changed there.

In: the texts in Moves that count. Out: records and changes dated as the old bases dated them; what is not known.
Never here: who decided anything, which does not move (R-25); whose text counts (automations/moved.py).
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from automations.ports import Change, Record

TABLE, ENTERED = "Moves", "Entered"
MADE_BY = "Made by"
"""Kept of a row that came by a form, where nobody signs in: a report of that kind is taken at once."""
NOT_KNOWN = "Not known"
"""Kept of a row of which the copy before does not tell when it was entered: its date is that of the copy before."""
UNDER_WAY = "The copy is under way."
"""The first row of Moves from before anything else is written until everything is, Moves too."""
UNFINISHED = (
    "A copy into these bases was begun and is not finished: call casewatch copy again with the same settings, "
    "and it goes on. Until then nothing runs here and nothing is sent; work in the bases that are copied from."
)
EVER = datetime.max.replace(tzinfo=UTC)
_DONE = re.compile(r"The copy is done\. Parts: (\d+)\.")


def finished(parts: int) -> str:
    """The first row of Moves once everything is written. Whoever takes a part away leaves one too few."""
    return f"The copy is done. Parts: {parts}."


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
    unknown_until: datetime | None = None
    """A row made here up to then, of which no part tells, may be older than it looks. None where every part is here."""
    under_way: bool = False

    @classmethod
    def of(cls, kept: Iterable[tuple[str, datetime]], lost: Iterable[datetime] = ()) -> "Moves":
        """From each text that counts and when it was written; and when the rows were made whose text does not count."""
        texts, made = [(text, at) for text, at in kept if text], list(lost)
        if not texts and not made:
            return cls()
        heads = [(at, text) for text, at in texts if text == UNDER_WAY or _DONE.fullmatch(text)]
        parts = [(text, at) for text, at in texts if text != UNDER_WAY and not _DONE.fullmatch(text)]
        done_at, head = max(heads, default=(None, ""))
        done = _DONE.fullmatch(head)
        whole = done is not None and int(done[1]) == len(parts)
        return cls(
            at=done_at or max((*made, *(at for _, at in parts))),
            rows={row: entered for text, _ in parts for row, entered in read(text).items()},
            unknown_until=None if whole else done_at or EVER,
            under_way=head == UNDER_WAY,
        )

    @property
    def is_whole(self) -> bool:
        """Whether it tells of every row that came along when it was entered."""
        return self.unknown_until is None and not any(NOT_KNOWN in row.cells for row in self.rows.values())

    def knows(self, record: Record) -> bool:
        """Whether it is known when the row was entered: here, or as a part tells it."""
        was = self.rows.get((record.table, record.id))
        if was is not None:
            return NOT_KNOWN not in was.cells
        return self.unknown_until is None or record.created_at > self.unknown_until

    def as_entered(self, records: Iterable[Record]) -> list[Record]:
        """The records with the stamps of the old bases. What was changed here since keeps the time of that."""
        return [self._dated(record) for record in records] if self.at else list(records)

    def as_set(self, record: Record, history: Sequence[Change], account: str) -> tuple[Change, ...]:
        """A record's history with what the copy wrote, under this account, dated as in the old bases: cell by cell
        where they told it, else when the row was last changed there, the latest that the cell can have been filled.
        What anybody else did has its own time, also on bases that were worked in before a copy came back to them.
        """
        was = self.rows.get((record.table, record.id))
        if was is None or self.at is None:
            return tuple(history)
        end, ours = self.at, account.strip().lower()

        def copied(x: Change) -> bool:
            return x.at <= end and (x.by or "").strip().lower() == ours

        return tuple(replace(x, at=min(x.at, was.cells.get(x.field, was.last_at))) if copied(x) else x for x in history)

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


@lru_cache(maxsize=4096)  # more than the texts of any landlord: each reading of the office asks for all of them
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
