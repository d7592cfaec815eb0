"""Copying bases from one platform to another: every row under the number that it has, its links, its files.

In: two platforms, the second empty or begun by an earlier copy. Out: how many rows, what could not be copied, proofs.
Never here: who wrote a row and when; no platform lets anybody say that of another's hand.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from automations.errors import DuplicateKey, NotWritten, Stop
from automations.ports import Erasing, File, Platform, Record, Unreadable, Value
from schema.parts import Field, Kind, Table
from sync.platforms.cells import UNWRITABLE, blank, by_number


@dataclass(slots=True)
class Copied:
    """How it went."""

    rows: dict[str, int] = field(default_factory=dict)
    files: int = 0
    left: list[str] = field(default_factory=list)
    """What the other platform could not take, by table, number and field; never what a cell held."""
    proofs: dict[str, tuple[str, str]] = field(default_factory=dict)
    """For each table the hash of all its cells and files, there and here."""

    @property
    def alike(self) -> bool:
        """Whether every table is the same on both sides."""
        return not self.left and all(one == other for one, other in self.proofs.values())


def copy(source: Platform, target: Platform, tables: Mapping[str, Table], say: Callable[[str], None]) -> Copied:
    """Copy all tables. Cut off anywhere, it is called again and goes on. Nobody may work in either meanwhile.

    Rows keep their numbers, as keys and sentences name them: where a number is missing a blank row is made and taken
    away again. Stop where the target holds rows of its own, or numbers them otherwise.
    """
    done = Copied()
    held = {name: {record.id: record for record in source.records(name)} for name in tables}
    for name, table in tables.items():
        _rows(table, held[name], target, done)
        say(f"{name}: {len(held[name])} rows")
    for name, table in tables.items():
        _cells(table, held[name], target, done)
        _files(table, held[name], source, target, done)
    for name, table in tables.items():
        done.proofs[name] = (_proof(table, source, source.records(name)), _proof(table, target, target.records(name)))
        done.rows[name] = len(held[name])
    return done


def _rows(table: Table, wanted: Mapping[str, Record], target: Platform, done: Copied) -> None:
    """Every row without its links and files, in the order of the numbers."""
    there = {record.id: record for record in target.records(table.name)}
    last = max((int(id) for id in there), default=0)
    strangers = [id for id, record in there.items() if id not in wanted and not _is_blank(table, record)]
    lost = [id for id in wanted if int(id) <= last and id not in there]
    if strangers or lost:
        raise Stop(f"{table.name}: the target holds rows that no copy made, or lost some: begin with new bases.")
    numbers = [str(number) for number in range(last + 1, max((int(id) for id in wanted), default=0) + 1)]
    size = target.capabilities.batch
    for at in range(0, len(numbers), size):
        some = numbers[at : at + size]
        _numbered(table, some, _made(table, some, wanted, target, done))
    blank_rows = sorted((set(numbers) | set(there)) - set(wanted), key=by_number)
    if blank_rows:
        assert isinstance(target, Erasing)
        target.erase(table.name, blank_rows)


def _made(
    table: Table, numbers: Sequence[str], wanted: Mapping[str, Record], target: Platform, done: Copied
) -> list[str]:
    rows = [_plain(table, wanted[number], done) if number in wanted else {} for number in numbers]
    try:
        return target.create(table.name, rows)
    except (NotWritten, DuplicateKey):
        ids: list[str] = []
        for row in rows:
            try:
                ids += target.create(table.name, [row])
            except (NotWritten, DuplicateKey):  # cell by cell, once every row is there
                ids += target.create(table.name, [{}])
        return ids


def _numbered(table: Table, numbers: Sequence[str], made: Sequence[str]) -> None:
    if list(made) != list(numbers):
        raise Stop(
            f"{table.name}: the target gave the number {made[0]} where {numbers[0]} is due: begin with new bases."
        )


def _cells(table: Table, wanted: Mapping[str, Record], target: Platform, done: Copied) -> None:
    """Links, now that everything is there; and whatever else differs."""
    there = {record.id: record for record in target.records(table.name)}
    changes: list[tuple[str, Mapping[str, Value]]] = []
    for id, record in wanted.items():
        cells = {name: value for name, value in _writable(table, record) if there[id].fields[name] != value}
        if cells:
            changes.append((id, cells))
    try:
        target.update(table.name, changes)
    except NotWritten as error:
        for id, refused in changes:
            if id in error.ids:
                _one_by_one(table, id, refused, target, done)


def _one_by_one(table: Table, id: str, cells: Mapping[str, Value], target: Platform, done: Copied) -> None:
    for name, value in cells.items():
        try:
            target.update(table.name, [(id, {name: value})])
        except NotWritten:
            done.left.append(f"{table.name} {id}, field {name}: the other platform does not hold it.")


def _files(table: Table, wanted: Mapping[str, Record], source: Platform, target: Platform, done: Copied) -> None:
    """Each file, read back and compared."""
    columns = [column.name for column in table.fields if column.kind is Kind.FILES]
    there = {record.id: record for record in target.records(table.name)} if columns else {}
    for id, record in wanted.items():
        for column in columns:
            held = {(file.name, file.size) for file in _in(there[id], column)}
            for file in _in(record, column):
                if (file.name, file.size) in held:
                    continue
                content = source.fetch(table.name, id, column, file.name)
                if len(content) != file.size:
                    done.left.append(f"{table.name} {id}, field {column}: a newer file has the name of an older one.")
                    continue
                try:
                    target.attach(table.name, id, column, file.name, content, file.mimetype)
                except NotWritten as error:
                    done.left.append(f"{table.name} {id}: {error.detail}")
                    continue
                done.files += 1
                if target.fetch(table.name, id, column, file.name) != content:
                    done.left.append(f"{table.name} {id}, field {column}: the file came back otherwise.")


def _writable(table: Table, record: Record) -> Iterator[tuple[str, Value]]:
    """The cells that a copy may write, links too."""
    for column in table.columns:
        value = record.fields[column.name]
        if not (isinstance(column, Field) and column.kind in UNWRITABLE) and not isinstance(value, Unreadable):
            yield column.name, value


def _plain(table: Table, record: Record, done: Copied) -> dict[str, Value]:
    """The cells that point at no other row. What cannot be read is named."""
    links = {link.name for link in table.links}
    for column in table.columns:
        if isinstance(record.fields[column.name], Unreadable):
            done.left.append(f"{table.name} {record.id}, field {column.name}: it cannot be read.")
    return {name: value for name, value in _writable(table, record) if name not in links}


def _is_blank(table: Table, record: Record) -> bool:
    return all(value == blank(table.column(name)) for name, value in _writable(table, record))


def _in(record: Record, column: str) -> tuple[File, ...]:
    cell = record.fields[column]
    return tuple(each for each in cell if isinstance(each, File)) if isinstance(cell, tuple) else ()


def _proof(table: Table, platform: Platform, records: Sequence[Record]) -> str:
    """One hash of all that a copy carries: numbers, cells, links, and each file's content."""
    whole = hashlib.sha256()
    for record in sorted(records, key=lambda record: by_number(record.id)):
        cells: dict[str, Any] = {name: _told(value) for name, value in _writable(table, record)}
        for column in (each.name for each in table.fields if each.kind is Kind.FILES):
            cells[column] = [
                [file.name, hashlib.sha256(platform.fetch(table.name, record.id, column, file.name)).hexdigest()]
                for file in _in(record, column)
            ]
        whole.update(json.dumps([record.id, cells], sort_keys=True, ensure_ascii=False).encode())
    return whole.hexdigest()


def _told(value: Value) -> Any:
    if isinstance(value, tuple):
        return sorted(str(each) for each in value)
    if isinstance(value, date):  # and so an instant
        return value.isoformat()
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value
