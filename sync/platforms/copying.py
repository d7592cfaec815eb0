"""Copying bases from one platform to another: every row under the number that it has, its links, its files.

In: two platforms, the second empty or begun by an earlier copy. Out: how many rows, what could not be copied, proofs.
Never here: who wrote a row; no platform lets anybody say that of another's hand. When: copying_moves.py.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from automations.errors import DuplicateKey, NotWritten, Stop
from automations.ports import Erasing, Platform, Record, Remembering, Value
from schema.parts import Table
from sync.platforms.cells import by_number
from sync.platforms.copying_ahead import Ahead, file_columns, files_in, is_blank, look, told, writable
from sync.platforms.copying_moves import Mark, keep, without_moves

Say = Callable[[str], None]
SOME = 25
"""Files between two words about them."""


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


def copy(source: Platform, target: Platform, tables: Mapping[str, Table], say: Say, overwrite: bool = False) -> Copied:
    """Copy all tables. Cut off anywhere, it is called again and goes on. Nobody may work in either meanwhile.

    Rows keep their numbers, as keys and sentences name them: where a number is missing a blank row is made and taken
    away again. Stop where the target holds rows of its own, cells of its own (unless `overwrite`), or numbers rows
    otherwise. It must be signed in as the account that runs there: the runner believes no other's rows (R-26).
    """
    ahead = look(source, target, tables, overwrite)
    tables = without_moves(tables)
    done, mark = Copied(left=list(ahead.left)), Mark(target)
    for number, (name, table) in enumerate(tables.items()):
        _rows(table, ahead, target, set(list(tables)[:number]), mark)
        done.rows[name] = len(ahead.held[name])
        say(f"{name}: {done.rows[name]} rows")
    for table in tables.values():
        there = {record.id: record for record in target.records(table.name)}
        _cells(table, ahead, there, target, done, mark)
        _files(table, ahead, there, source, target, done, say, mark)
    keep(source, target, ahead.held, ahead.moves, mark)
    say("Everything was carried over. Both sides are compared.")
    for platform in (source, target):
        if isinstance(platform, Remembering):
            platform.forget()
    for name, table in tables.items():
        done.proofs[name] = (_proof(table, source, source.records(name)), _proof(table, target, target.records(name)))
    return done


def _rows(table: Table, ahead: Ahead, target: Platform, ready: set[str], mark: Mark) -> None:
    """Every row without its files, in the order of the numbers. Links go along to the tables that are ready."""
    wanted, there = ahead.held[table.name], ahead.there[table.name]
    last = max(map(int, there), default=0)
    final = max(map(int, wanted), default=0)
    numbers = [str(number) for number in range(last + 1, final + 1)]
    size = target.capabilities.batch
    for some in (numbers[at : at + size] for at in range(0, len(numbers), size)):
        rows = [_row(table, wanted[number], ahead, ready) if number in wanted else {} for number in some]
        mark.set()
        made = _made(table, rows, target)
        if made != some:
            raise Stop(
                f"{table.name}: the target gave the number {made[0]} where {some[0]} is due: begin with new bases."
            )
    blank_rows = {*numbers, *there, *_passed(table, max(last, final), ahead, target, mark)} - set(wanted)
    seen = blank_rows & there.keys()
    for row in target.get(table.name, seen) if seen else ():
        if not is_blank(table, row):
            raise Stop(f"{table.name} {row.id}: somebody wrote in this row of the target since. Begin with new bases.")
    if blank_rows:
        assert isinstance(target, Erasing)
        mark.set()
        target.erase(table.name, sorted(blank_rows, key=by_number))


def _passed(table: Table, last: int, ahead: Ahead, target: Platform, mark: Mark) -> list[str]:
    """Blank rows under numbers that are still named though their rows are gone, and so for no other row."""
    made: list[str] = []
    upto = ahead.upto[table.name]
    while last < upto:  # one first: an earlier call may have passed them all
        mark.set()
        made += target.create(table.name, [{}] * min(upto - last if made else 1, target.capabilities.batch))
        last = int(made[-1])
    return made


def _made(table: Table, rows: Sequence[Mapping[str, Value]], target: Platform) -> list[str]:
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


def _row(table: Table, record: Record, ahead: Ahead, ready: set[str]) -> dict[str, Value]:
    early = {link.name for link in table.links if link.to not in ready}
    return {name: value for name, value in _going(table, record, ahead) if name not in early}


def _cells(table: Table, ahead: Ahead, there: Mapping[str, Record], target: Platform, done: Copied, mark: Mark) -> None:
    """Whatever differs, now that everything is there."""
    changes: list[tuple[str, Mapping[str, Value]]] = []
    for id, record in ahead.held[table.name].items():
        held = there[id].fields
        cells = {name: value for name, value in _going(table, record, ahead) if not _alike(held[name], value)}
        if cells:
            changes.append((id, cells))
    if changes:
        mark.set()
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


def _files(
    table: Table,
    ahead: Ahead,
    there: Mapping[str, Record],
    source: Platform,
    target: Platform,
    done: Copied,
    say: Say,
    mark: Mark,
) -> None:
    """Each file, read back and compared."""
    for id, record in ahead.held[table.name].items():
        for column in file_columns(table):
            held = {(file.name, file.size) for file in files_in(there[id], column)}
            largest = target.capabilities.largest_file
            for file in files_in(record, column):
                if (file.name, file.size) in held or (largest and file.size > largest):
                    continue
                content = source.fetch(table.name, id, column, file.name)
                if len(content) != file.size:  # an older one under the same name, which was said before
                    continue
                mark.set()
                try:
                    target.attach(table.name, id, column, file.name, content, file.mimetype)
                except NotWritten as error:
                    done.left.append(f"{table.name} {id}: {error.detail}")
                    continue
                done.files += 1
                if target.fetch(table.name, id, column, file.name) != content:
                    done.left.append(f"{table.name} {id}, field {column}: the file came back otherwise.")
                if done.files % SOME == 0:
                    say(f"{done.files} of {ahead.files} files")


def _going(table: Table, record: Record, ahead: Ahead) -> Iterator[tuple[str, Value]]:
    """The cells that go."""
    for name, value in writable(table, record):
        if (table.name, record.id, name) not in ahead.barred:
            yield name, value


def _alike(held: Any, value: Value) -> bool:
    return bool(told(held) == told(value))


def _proof(table: Table, platform: Platform, records: Sequence[Record]) -> str:
    """One hash of all that a copy carries: numbers, cells, links, and each file's content."""
    whole = hashlib.sha256()
    for record in sorted(records, key=lambda record: by_number(record.id)):
        cells: dict[str, Any] = {name: told(value) for name, value in writable(table, record)}
        for column in file_columns(table):
            cells[column] = [
                [file.name, hashlib.sha256(platform.fetch(table.name, record.id, column, file.name)).hexdigest()]
                for file in files_in(record, column)
            ]
        whole.update(json.dumps([record.id, cells], sort_keys=True, ensure_ascii=False).encode())
    return whole.hexdigest()
