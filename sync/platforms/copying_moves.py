"""What a copy keeps of the old bases: when each row was entered there and last changed, and the cells a clock reads.

In: the source, as it stands and as its own audit tells; what an earlier copy kept there. Out: the rows of Moves.
Never here: who wrote or decided anything (decision 69); what a cell held.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from automations.errors import Stop
from automations.model.moves import (
    ENTERED,
    MADE_BY,
    NOT_KNOWN,
    TABLE,
    UNDER_WAY,
    UNFINISHED,
    Entered,
    Moves,
    finished,
    written,
)
from automations.ports import Platform, Record
from schema import choices as c
from schema.parts import Table

LONGEST = 90_000
"""Letters of one text: below what a cell of any platform holds."""
HEAD = "The copy"
READ_BY_CLOCKS: dict[str, tuple[str, tuple[str, ...]]] = {
    "Cases": ("Longer interval is the victim's wish", ("Contact every (days)", "Longer interval is the victim's wish")),
    "Incidents": ("Reason for changing it", ("First reported at", "Reason for changing it")),
    "Interviews": ("Moved to", ("Moved to",)),
    "Checklist": ("Done", ("Done",)),
    "Staff": ("Role", ("Role",)),
}
"""Of each table the cell without which nobody asks, and the cells of which it matters when they were set (R-05, R-07):
automations/recorded.py."""


def without_moves(tables: Mapping[str, Table]) -> dict[str, Table]:
    """The tables that go. What an earlier copy kept is told anew, with what was entered since."""
    return {name: table for name, table in tables.items() if name != TABLE}


def kept_before(source: Platform, left: list[str]) -> Moves:
    """What the copy kept that brought the source's own bases there, if one did: as its runner's account left it. Stop
    where that copy is not finished.
    """
    account, kept, lost = source.account().strip().lower(), list[tuple[str, datetime]](), list[datetime]()
    for record in source.records(TABLE):
        hands = [record.fields[name] for name in ("Changed by", "Made by")]
        if next((str(each) for each in hands if each), "").strip().lower() == account:
            kept.append((str(record.fields[ENTERED] or ""), record.updated_at or record.created_at))
        else:
            lost.append(record.created_at)
            left.append(f"{TABLE} {record.id}: it is not as the copy before left it, so when its rows were entered is "
                        "not known.")  # fmt: skip
    before = Moves.of(kept, lost)
    if before.under_way:
        raise Stop(UNFINISHED)
    if not before.is_whole:
        left.append(f"{TABLE}: not every part is there as the copy before left it. Of what came with it a yes without "
                    "a Given at will count for nothing.")  # fmt: skip
    return before


class Mark:
    """The first row of the target's Moves: a copy is under way from before it writes anything else until all is there.

    A copy that writes nothing leaves it alone: what was entered since is no part of it.
    """

    def __init__(self, target: Platform) -> None:
        self._target = target
        self.is_set = False

    def set(self) -> None:
        """Before anything is written."""
        if self.is_set:
            return
        head = next(iter(self._target.records(TABLE)), None)
        if head is None:
            self._target.create(TABLE, [_head(UNDER_WAY)])
        elif head.fields[ENTERED] != UNDER_WAY:
            self._target.update(TABLE, [(head.id, _head(UNDER_WAY))])
        self.is_set = True

    def lift(self, parts: int) -> None:
        """Once everything is written: that moment is the move's."""
        head, *_ = self._target.records(TABLE)
        self._target.update(TABLE, [(head.id, _head(finished(parts)))])


def keep(
    source: Platform, target: Platform, held: Mapping[str, Mapping[str, Record]], before: Moves, mark: Mark
) -> None:
    """Write it, last of all: nothing that stands in the target was entered there before this. Rows of a longer copy
    before are emptied, so that they count no more.
    """
    rows = [row for table, records in held.items() for row in _texts(table, list(records.values()), source, before)]
    found = target.records(TABLE)
    head, there = found[:1], found[1:]
    wanted = [*rows, *[_NOTHING] * (len(there) - len(rows))]
    told = zip(there, wanted, strict=False)
    changes = [(old.id, new) for old, new in told if any((old.fields[name] or "") != new[name] for name in new)]
    new, size = rows[len(there) :], target.capabilities.batch
    if changes or new or [each.fields[ENTERED] for each in head] != [finished(len(rows))]:
        mark.set()
    if not mark.is_set:
        return
    target.update(TABLE, changes)
    for at in range(0, len(new), size):
        target.create(TABLE, new[at : at + size])
    mark.lift(len(rows))


_NOTHING = {"Rows": "", ENTERED: ""}


def _head(said: str) -> dict[str, str]:
    return {"Rows": HEAD, ENTERED: said}


def _texts(table: str, records: Sequence[Record], source: Platform, before: Moves) -> Iterator[dict[str, str]]:
    some: dict[str, Entered] = {}
    long = 0
    for record in records:
        row = _entered(record, source, before)
        more = len(written(table, {record.id: row}))
        if some and long + more > LONGEST:
            yield _text(table, some)
            some, long = {}, 0
        some[record.id] = row
        long += more
    if some:
        yield _text(table, some)


def _text(table: str, rows: Mapping[str, Entered]) -> dict[str, str]:
    first, *_, last = [*rows, *rows]
    return {"Rows": f"{table} {first} to {last}", ENTERED: written(table, rows)}


def _entered(record: Record, source: Platform, before: Moves) -> Entered:
    [was] = before.as_entered([record])
    asked, columns = READ_BY_CLOCKS.get(record.table, ("", ()))
    told = source.history(record.table, record.id) if record.fields.get(asked) else ()
    history = before.as_set(record, told, source.account())
    cells = {change.field: change.at for change in history if change.field in columns}
    if record.table == "Reports" and not was.fields[MADE_BY]:
        cells[MADE_BY] = was.created_at
    if not before.knows(record):
        cells[NOT_KNOWN] = was.created_at
    closed = record.fields.get("Closed at")
    if record.table == "Cases" and record.fields["State"] == c.CaseState.CLOSED and isinstance(closed, datetime):
        cells["Closed at"] = closed
    return Entered(was.created_at, was.updated_at, cells)
