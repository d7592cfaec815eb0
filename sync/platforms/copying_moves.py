"""What a copy keeps of the old bases: when each row was entered there and last changed, and the cells a clock reads.

In: the source, as it stands and as its own audit tells; what an earlier copy kept there. Out: the rows of Moves.
Never here: who wrote or decided anything (decision 69); what a cell held.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from automations.model.moves import ENTERED, MADE_BY, TABLE, Entered, Moves, written
from automations.ports import Platform, Record
from schema import choices as c
from schema.parts import Table

SOME = 400
"""Rows told of in one text: well below what a cell of any platform holds."""
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
    """What the copy kept that brought the source's own bases there, if one did: as its runner's account left it."""
    account, kept = source.account().strip().lower(), list[tuple[str, datetime]]()
    for record in source.records(TABLE):
        hands = [record.fields[name] for name in ("Changed by", "Made by")]
        if next((str(each) for each in hands if each), "").strip().lower() == account:
            kept.append((str(record.fields[ENTERED] or ""), record.updated_at or record.created_at))
        else:
            left.append(f"{TABLE} {record.id}: it is not as the copy before left it, so when its rows were entered is "
                        "not known.")  # fmt: skip
    return Moves.of(kept)


def keep(source: Platform, target: Platform, held: Mapping[str, Mapping[str, Record]], before: Moves) -> None:
    """Write it, last of all: nothing that stands in the target was entered there before this."""
    rows = [row for table, records in held.items() for row in _texts(table, list(records.values()), source, before)]
    there = target.records(TABLE)
    told = zip(there, rows, strict=False)
    target.update(TABLE, [(old.id, new) for old, new in told if any(old.fields[name] != new[name] for name in new)])
    new, size = rows[len(there) :], target.capabilities.batch
    for at in range(0, len(new), size):
        target.create(TABLE, new[at : at + size])


def _texts(table: str, records: Sequence[Record], source: Platform, before: Moves) -> Iterator[dict[str, str]]:
    for at in range(0, len(records), SOME):
        some = records[at : at + SOME]
        text = written(table, {record.id: _entered(record, source, before) for record in some})
        yield {"Rows": f"{table} {some[0].id} to {some[-1].id}", ENTERED: text}


def _entered(record: Record, source: Platform, before: Moves) -> Entered:
    [was] = before.as_entered([record])
    asked, columns = READ_BY_CLOCKS.get(record.table, ("", ()))
    history = before.as_set(record, source.history(record.table, record.id)) if record.fields.get(asked) else ()
    cells = {change.field: change.at for change in history if change.field in columns}
    if record.table == "Reports" and not was.fields[MADE_BY]:
        cells[MADE_BY] = was.created_at
    closed = record.fields.get("Closed at")
    if record.table == "Cases" and record.fields["State"] == c.CaseState.CLOSED and isinstance(closed, datetime):
        cells["Closed at"] = closed
    return Entered(was.created_at, was.updated_at, cells)
