"""What a copy will do, seen before anything is written: what goes, what cannot, and why it may not be made at all.

In: two platforms. Out: both sides as they stand, cells that cannot go, the numbers to pass; or a Stop.
Never here: a write, or what a cell holds in the words of a fault.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from automations.errors import Stop
from automations.model.moves import Moves
from automations.ports import File, Platform, Record, Unreadable, Value
from schema.parts import Field, Kind, Owner, Table
from sync.platforms.cells import UNWRITABLE, blank, by_number, words
from sync.platforms.copying_moves import kept_before, without_moves

Rows = Mapping[str, Record]

FARTHEST = 1000
"""Numbers after the last row that a sentence may name: what lies beyond is no row's."""
CALLED = {"People": ("person", "victim", "witness", "perpetrator")}
"""What keys call a table's rows, where that is not the table's own name."""


@dataclass(slots=True)
class Ahead:
    """Both sides before the copy."""

    held: dict[str, Rows]
    there: dict[str, Rows]
    left: list[str] = field(default_factory=list)
    """What cannot go, by table, number and field; never what a cell held."""
    barred: set[tuple[str, str, str]] = field(default_factory=set)
    """The same for the copy itself: table, number, field."""
    upto: dict[str, int] = field(default_factory=dict)
    """The highest number of each table that a row has or that is still named, though its row is gone."""
    moves: Moves = field(default_factory=Moves)
    """What the copy before kept, where the source's bases were moved themselves."""
    files: int = 0
    size: int = 0
    """Of all files that go, in bytes."""

    def bar(self, table: str, id: str, column: str, why: str) -> None:
        """This cell stays behind."""
        self.barred.add((table, id, column))
        self.left.append(f"{table} {id}, field {column}: {why}.")


def look(source: Platform, target: Platform, tables: Mapping[str, Table], overwrite: bool = False) -> Ahead:
    """What a copy would do. Stop, naming each table, where the target may not be copied into."""
    tables = without_moves(tables)
    ahead = Ahead(_read(source, tables), _read(target, tables))
    faults = list(_not_as_staff(target.account(), ahead))
    for table in tables.values():
        faults += _not_new(table, ahead.held[table.name], ahead.there[table.name], overwrite)
    if faults:
        raise Stop("\n".join(faults))
    ahead.moves = kept_before(source, ahead.left)
    named = _named(ahead, tables)
    for table in tables.values():
        last = max(map(int, ahead.held[table.name]), default=0)
        ahead.upto[table.name] = max([last, *(n for n in named.get(table.name, ()) if n <= last + FARTHEST)])
        _bar_cells(table, ahead, target)
        _bar_files(table, ahead, target)
    return ahead


def writable(table: Table, record: Record) -> Iterator[tuple[str, Value]]:
    """The cells that a copy may write, links too."""
    for column in table.columns:
        value = record.fields[column.name]
        if not (isinstance(column, Field) and column.kind in UNWRITABLE) and not isinstance(value, Unreadable):
            yield column.name, value


def files_in(record: Record, column: str) -> tuple[File, ...]:
    """The files of a cell."""
    cell = record.fields[column]
    return tuple(each for each in cell if isinstance(each, File)) if isinstance(cell, tuple) else ()


def file_columns(table: Table) -> list[str]:
    """The fields of a table that hold files."""
    return [column.name for column in table.fields if column.kind is Kind.FILES]


def told(value: Value) -> Any:
    """A cell's value so that two platforms tell it alike."""
    if isinstance(value, tuple):
        return sorted(str(each) for each in value)
    if isinstance(value, date):  # and so an instant
        return value.isoformat()
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


# --- whether it may be made -------------------------------------------------------------------------


def _not_as_staff(account: str, ahead: Ahead) -> Iterator[str]:
    """Every row becomes the copier's. A copy by a manager would make each decision that manager's (R-25)."""
    staff = {str(record.fields["E-mail"]).strip().lower() for record in ahead.held.get("Staff", {}).values()}
    if account.strip().lower() in staff:
        yield (
            "The target's token is of somebody in Staff, who would become the author of every decision: "
            "use the token of the account that runs Casewatch there."
        )


def _not_new(table: Table, wanted: Rows, there: Rows, overwrite: bool) -> Iterator[str]:
    last = max(map(int, there), default=0)
    strangers = [id for id, record in there.items() if id not in wanted and not is_blank(table, record)]
    lost = [id for id in wanted if int(id) <= last and id not in there]
    if strangers:
        yield (
            f"{table.name} {min(strangers, key=by_number)}: the target holds this row and the source does not, so no "
            "copy made it, and none takes it away. Begin with new bases."
        )
    elif lost:
        yield (
            f"{table.name} {min(lost, key=by_number)}: the target gave this number to a row that is gone, so the "
            "source's row cannot have it. Begin with new bases."
        )
    elif not overwrite:
        for id in wanted.keys() & there.keys():
            for name in _otherwise(table, wanted[id], there[id]):
                yield (
                    f"{table.name} {id}, field {name}: the target holds something else. Was it worked in already? "
                    "Then a copy would undo that: --overwrite does so."
                )
                return


def is_blank(table: Table, record: Record) -> bool:
    """Whether nobody ever put anything there: no file, and nothing that cannot be read."""
    if any(isinstance(held, Unreadable) for held in record.fields.values()):
        return False
    if any(files_in(record, name) for name in file_columns(table)):
        return False
    return all(value == blank(table.column(name)) for name, value in writable(table, record))


def _otherwise(table: Table, record: Record, there: Record) -> Iterator[str]:
    """Cells that are filled on the target with something that a copy of this row would not have put there."""
    for column in table.columns:
        name, held, value = column.name, record.fields[column.name], there.fields[column.name]
        if isinstance(held, Unreadable) or (isinstance(column, Field) and column.kind in UNWRITABLE):
            continue  # nothing is written there
        if isinstance(value, Unreadable) or (value != blank(column) and not _same(held, value)):
            yield name
    for name in file_columns(table):
        ours = {(file.name, file.size) for file in files_in(record, name)}
        if any((file.name, file.size) not in ours for file in files_in(there, name)):
            yield name


def _same(one: Value, other: Value) -> bool:
    a, b = told(one), told(other)
    return a == b or (isinstance(a, float) and isinstance(b, float) and abs(a - b) < 0.005)


# --- what cannot go ---------------------------------------------------------------------------------


def _bar_cells(table: Table, ahead: Ahead, target: Platform) -> None:
    longest, links = target.capabilities.longest_text, {link.name: link.to for link in table.links}
    unique, seen = {each.name for each in table.fields if each.unique}, set[tuple[str, Value]]()
    for id, record in ahead.held[table.name].items():
        for column in table.columns:
            name, value = column.name, record.fields[column.name]
            if isinstance(value, Unreadable):
                ahead.bar(table.name, id, name, "it cannot be read")
            elif isinstance(value, str) and longest and len(value) > longest:
                ahead.bar(table.name, id, name, f"a text of more than {longest:,} letters")
            elif name in links and not set(words(value)) <= ahead.held[links[name]].keys():
                ahead.bar(table.name, id, name, "it points at a row that is not there")
            elif name in unique and value is not None:
                if (name, value) in seen:
                    ahead.bar(table.name, id, name, "another row has the same")
                seen.add((name, value))


def _bar_files(table: Table, ahead: Ahead, target: Platform) -> None:
    largest = target.capabilities.largest_file
    for id, record in ahead.held[table.name].items():
        for column in file_columns(table):
            files = files_in(record, column)
            if largest and any(file.size > largest for file in files):
                ahead.bar(table.name, id, column, f"a file of more than {largest // 1024 // 1024} MB")
            if max(Counter(file.name for file in files).values(), default=1) > 1:
                ahead.bar(table.name, id, column, "two files of one name, of which the newer alone can be read")
            going = [file for file in files if not largest or file.size <= largest]
            ahead.files += len(going)
            ahead.size += sum(file.size for file in going)


# --- numbers ----------------------------------------------------------------------------------------


def _named(ahead: Ahead, tables: Mapping[str, Table]) -> dict[str, set[int]]:
    """The numbers that our own cells name, by table: "report-12" and "Reviews 3".

    The row may be gone. Another row under its number would be taken for it: a new report for one that was taken.
    """
    called: dict[str, str] = {}
    for name in tables:
        for each in (name, name.removesuffix("s"), *CALLED.get(name, ())):
            called |= {each.lower(): name, each.lower().replace(" ", "-"): name}
    pattern = re.compile(
        rf"\b({'|'.join(sorted(map(re.escape, called), key=len, reverse=True))})[ -](\d{{1,9}})\b", re.I
    )
    found: dict[str, set[int]] = {}
    for table in tables.values():
        ours = [each.name for each in table.fields if each.owner is Owner.RUNNER]
        for record in ahead.held[table.name].values():
            for value in (record.fields[name] for name in ours):
                for word, number in pattern.findall(value) if isinstance(value, str) else ():
                    found.setdefault(called[word.lower()], set()).add(int(number))
    return found


def _read(platform: Platform, tables: Mapping[str, Table]) -> dict[str, Rows]:
    return {name: {record.id: record for record in platform.records(name)} for name in tables}
