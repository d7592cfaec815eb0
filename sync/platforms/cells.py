"""What every platform checks before it writes: that the columns exist, are ours to write and hold the right kind.

In: rows as the port takes them. Out: the same rows with each value in one settled form, or a Stop.
Never here: how a platform stores a value.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime

from automations.errors import NotWritten, Stop, UnknownChoice
from automations.ports import Unreadable, Value
from schema.parts import Field, Kind, Link, Table

MANY = frozenset({Kind.CHOICES, Kind.FILES})
UNWRITABLE: Mapping[Kind, str] = {
    Kind.LIVE: "is worked out by the platform",
    Kind.MADE_BY: "is kept by the platform",
    Kind.CHANGED_BY: "is kept by the platform",
    Kind.FILES: "takes files through attach()",
}
_TYPES: Mapping[Kind, type | tuple[type, ...]] = {
    Kind.YES: bool, Kind.NUMBER: int, Kind.MONEY: (int, float), Kind.DATE: date, Kind.INSTANT: datetime,
}  # fmt: skip


def blank(column: Field | Link) -> Value:
    """What an empty cell of this column reads as."""
    if isinstance(column, Link) or column.kind in MANY:
        return ()
    return False if column.kind is Kind.YES else None


def settled(column: Field | Link, value: Value) -> Value:
    """The value in the form it will be read back in: seconds, UTC, tuples. TypeError where it is not of the kind."""
    if value is None or value in ("", ()):
        return blank(column)
    if isinstance(column, Link):
        return _ids(column, value)
    if column.kind is Kind.CHOICES:
        if not isinstance(value, tuple):
            raise TypeError
        return tuple(str(word) for word in value)
    expected = _TYPES.get(column.kind, str)
    if not isinstance(value, expected) or (isinstance(value, bool) and column.kind is not Kind.YES):
        raise TypeError
    if isinstance(value, datetime):
        if column.kind is not Kind.INSTANT or value.tzinfo is None:
            raise TypeError
        return value.astimezone(UTC).replace(microsecond=0)
    return str(value) if isinstance(value, str) else value


def checked(table: Table, rows: Iterable[Mapping[str, Value]]) -> list[dict[str, Value]]:
    """The rows, settled. Stop names every column that is unknown, not ours to write or given the wrong kind."""
    columns = {column.name: column for column in table.columns}
    faults: dict[str, None] = {}
    out: list[dict[str, Value]] = []
    for row in rows:
        cells: dict[str, Value] = {}
        for name, value in row.items():
            column = columns.get(name)
            if column is None:
                faults[f"{table.name} has no column {name!r}."] = None
            elif isinstance(column, Field) and column.kind in UNWRITABLE and not _emptied(column, value):
                faults[f"{table.name}, field {name} {UNWRITABLE[column.kind]}."] = None
            else:
                try:
                    cells[name] = settled(column, value)
                except TypeError:
                    faults[f"{table.name}, field {name} does not hold a {type(value).__name__}."] = None
        out.append(cells)
    if faults:
        raise Stop(" ".join(faults))
    return out


def _emptied(column: Field, value: Value) -> bool:
    return column.kind is Kind.FILES and value in (None, ())


def column_of(table: Table, name: str) -> Field | Link:
    """The column of that name. Stop where the table has none."""
    try:
        return table.column(name)
    except KeyError:
        raise Stop(f"{table.name} has no column {name!r}.") from None


def files_field(table: Table, name: str) -> Field:
    """The column of that name, which must hold files."""
    column = column_of(table, name)
    if not isinstance(column, Field) or column.kind is not Kind.FILES:
        raise Stop(f"{table.name}, field {name} does not hold files.")
    return column


def option_missing(
    table: Table, cells: Mapping[str, Value], options: Mapping[str, Collection[str]]
) -> UnknownChoice | None:
    """The first word that its drop-down no longer offers. `options` are those on the platform, by field."""
    for name, value in cells.items():
        for word in words(value) if name in options else ():
            if word not in options[name]:
                declared = column_of(table, name)
                known = isinstance(declared, Field) and word in declared.choices
                return UnknownChoice(table.name, name, word if known else "that the schema does not know")
    return None


def not_taken(failed: Mapping[str, NotWritten]) -> NotWritten:
    """One error for all records of a call that did not take. UnknownChoice comes first: it has a cure."""
    ids = tuple(failed)
    for error in failed.values():
        if isinstance(error, UnknownChoice):
            return UnknownChoice(error.table, error.column, error.option, ids)
    return NotWritten(" ".join(dict.fromkeys(error.detail for error in failed.values())), ids)


def words(cell: Value | Unreadable) -> tuple[str, ...]:
    """The words or ids in a cell, one or several; none where it is blank or holds something else."""
    return tuple(word for word in (cell if isinstance(cell, tuple) else (cell,)) if isinstance(word, str))


def _ids(column: Link, value: Value) -> tuple[str, ...]:
    ids = (value,) if isinstance(value, str) else value
    if not isinstance(ids, tuple) or not all(isinstance(each, str) for each in ids):
        raise TypeError
    if len(ids) > 1 and not column.many:
        raise TypeError
    return tuple(sorted({str(each) for each in ids}, key=by_number))


def by_number(id: str) -> tuple[int, str]:
    """Sorts record ids oldest first: 9 comes before 10."""
    return (len(id), id)
