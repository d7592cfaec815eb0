"""The bases in memory: for trying things out and for tests. Nothing is kept once the process ends.

In: a clock. Out: the promises of automations/ports.py, and what staff would do by hand (as_user, submit, delete).
Never here: a promise that tests/contracts/platform.py does not also ask of a real server.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime

from automations.errors import DuplicateKey, NotWritten, Stop
from automations.ports import Capabilities, Change, File, Record, Unreadable, Value
from schema import TABLES
from schema.parts import Kind, Table
from sync.platforms.cells import blank, by_number, checked, column_of, files_field, not_taken, option_missing, words
from sync.platforms.live import LIVE

RUNNER = "runner@casewatch.example"

Cell = Value | Unreadable


@dataclass(slots=True)
class _Row:
    cells: dict[str, Cell]
    created_at: datetime
    made_by: str | None
    updated_at: datetime | None = None
    changed_by: str | None = None
    history: list[Change] = field(default_factory=list)


class MemoryPlatform:
    """A platform without a server. Rows are written by the runner unless `as_user` says otherwise."""

    capabilities = Capabilities(live_status=True, audit=True, batch=100)

    def __init__(self, now: Callable[[], datetime], tables: Mapping[str, Table] = TABLES) -> None:
        """`now` is the clock; created_at, updated_at and the live fields follow it."""
        self._now = now
        self._tables = tables
        self._rows: dict[str, dict[str, _Row]] = {name: {} for name in tables}
        self._choices = {
            (table.name, column.name): list(column.choices)
            for table in tables.values()
            for column in table.fields
            if column.choices
        }
        self._contents: dict[str, bytes] = {}
        self._last_id = dict.fromkeys(tables, 0)
        self._user: str | None = RUNNER

    # --- what the port promises -----------------------------------------------------------------

    def account(self) -> str:
        """The address that the runner is signed in as."""
        return RUNNER

    def address_of(self, table: str, id: str) -> str:
        """Nothing here has a page."""
        return ""

    def records(self, table: str) -> list[Record]:
        """Every record of the table, oldest id first."""
        return [self._record(table, id) for id in self._rows_of(table)]

    def find(self, table: str, column: str, values: Iterable[str]) -> list[Record]:
        """Records whose column equals one of the values: text, or record ids for a link to one."""
        wanted = set(values)
        name = column_of(self._table(table), column).name
        return [record for record in self.records(table) if not wanted.isdisjoint(words(record.fields[name]))]

    def get(self, table: str, ids: Iterable[str]) -> list[Record]:
        """Records by id, those that exist, oldest id first."""
        rows = self._rows_of(table)
        return [self._record(table, id) for id in sorted(set(ids), key=by_number) if id in rows]

    def changed_since(self, table: str, since: datetime) -> list[Record]:
        """Records created or updated at or after that instant (UTC)."""
        cursor = since.replace(microsecond=0)
        return [
            self._record(table, id)
            for id, row in self._rows_of(table).items()
            if max(row.created_at, row.updated_at or row.created_at) >= cursor
        ]

    def ids(self, table: str) -> set[str]:
        """The ids of all records, to notice deletions."""
        return set(self._rows_of(table))

    def one_look(self, told: bool = False) -> AbstractContextManager[None]:
        """Each reading is asked for by itself."""
        return nullcontext()

    def create(self, table: str, rows: Sequence[Mapping[str, Value]]) -> list[str]:
        """Make records, in the order given; their ids. A batch is made whole or not at all, as on a server."""
        cells, made, size = checked(self._table(table), rows), [], self.capabilities.batch
        for start in range(0, len(cells), size):
            batch = cells[start : start + size]
            self._refuse(table, [(None, row) for row in batch])
            made += [self._insert(table, row) for row in batch]
        return made

    def update(self, table: str, rows: Sequence[tuple[str, Mapping[str, Value]]]) -> None:
        """Change the named cells, each row whole or not at all. NotWritten names the rows that did not take."""
        failed: dict[str, NotWritten] = {}
        for (id, _), cells in zip(rows, checked(self._table(table), [row for _, row in rows]), strict=True):
            try:
                if id not in self._rows_of(table):
                    raise NotWritten(f"{table}: the record is no longer there.")
                self._refuse(table, [(id, cells)])
            except (NotWritten, DuplicateKey) as error:
                failed[id] = error if isinstance(error, NotWritten) else NotWritten(error.detail)
            else:
                self._change(table, id, cells)
        if failed:
            raise not_taken(failed)

    def attach(
        self, table: str, id: str, column: str, name: str, content: bytes, mimetype: str, *, instead: bool = False
    ) -> None:
        """Add one file to a files cell, or put it in place of what is there. The same twice adds nothing."""
        files = self._files(table, id, column)
        same = tuple(file for file in files if (file.name, file.size) == (name, len(content)))
        if same:
            if instead and len(files) > 1:
                self._change(table, id, {column: same[-1:]})
            return
        file = File(name, len(content), f"file-{len(self._contents) + 1}", mimetype)
        self._contents[file.id] = content
        self._change(table, id, {column: (*(() if instead else files), file)})

    def fetch(self, table: str, id: str, column: str, name: str) -> bytes:
        """A file's content, of the newest of that name. KeyError where the cell has none."""
        for file in reversed(self._files(table, id, column)):
            if file.name == name:
                return self._contents[file.id]
        raise KeyError(f"{table}, field {column}: no such file")

    def history(self, table: str, id: str) -> list[Change]:
        """Every change of every field of one record, oldest first; empty for a record that never was."""
        row = self._rows_of(table).get(id)
        return list(row.history) if row else []

    def erase(self, table: str, ids: Sequence[str]) -> None:
        """Delete blank rows that a copy made."""
        for id in ids:
            self.delete(table, id)

    # --- what staff do by hand ------------------------------------------------------------------

    @contextmanager
    def as_user(self, email: str | None) -> Iterator[None]:
        """Write as that member of staff; None is somebody at a form, who does not sign in."""
        before, self._user = self._user, email
        try:
            yield
        finally:
            self._user = before

    def submit(self, table: str, row: Mapping[str, Value]) -> str:
        """Send in a form: a record that nobody signed in for."""
        with self.as_user(None):
            return self.create(table, [row])[0]

    def delete(self, table: str, id: str) -> None:
        """Delete a record; links to it vanish with it."""
        del self._rows_of(table)[id]
        for other in self._tables.values():
            for link in (each for each in other.links if each.to == table):
                for row in self._rows[other.name].values():
                    row.cells[link.name] = tuple(word for word in words(row.cells[link.name]) if word != id)

    def rename_choice(self, table: str, column: str, old: str, new: str) -> None:
        """Rename an option of a drop-down, as anybody with the right to may; cells follow."""
        options = self._choices[table, column]
        options[options.index(old)] = new
        for row in self._rows[table].values():
            cell = row.cells[column]
            renamed = tuple(new if word == old else word for word in words(cell))
            row.cells[column] = renamed if isinstance(cell, tuple) else renamed[0] if renamed else cell

    def spoil(self, table: str, id: str, column: str, raw: str) -> None:
        """Put something in a cell that is not of its kind, as an import or another tool might."""
        self._rows_of(table)[id].cells[column] = Unreadable(raw)

    # --- inside ---------------------------------------------------------------------------------

    def _table(self, name: str) -> Table:
        if name not in self._tables:
            raise Stop(f"There is no table {name!r}.")
        return self._tables[name]

    def _rows_of(self, table: str) -> dict[str, _Row]:
        return self._rows[self._table(table).name]

    def _time(self) -> datetime:
        return self._now().replace(microsecond=0)

    def _insert(self, table: str, cells: Mapping[str, Value]) -> str:
        self._last_id[table] += 1
        id = str(self._last_id[table])
        row = _Row({column.name: blank(column) for column in self._table(table).columns}, self._time(), self._user)
        self._rows_of(table)[id] = row
        links = {link.name for link in self._table(table).links}
        self._set(row, {name: value for name, value in cells.items() if name not in links}, made=True)
        row.cells |= {name: value for name, value in cells.items() if name in links}
        return id

    def _change(self, table: str, id: str, cells: Mapping[str, Cell]) -> None:
        row = self._rows_of(table)[id]
        self._set(row, cells)
        row.updated_at = self._time()
        row.changed_by = self._user

    def _set(self, row: _Row, cells: Mapping[str, Cell], made: bool = False) -> None:
        for name, value in cells.items():
            before = row.cells[name]
            if before != value:
                row.cells[name] = value
                row.history.append(Change(name, before, value, self._user, self._time(), made))

    def _files(self, table: str, id: str, column: str) -> tuple[File, ...]:
        declared = files_field(self._table(table), column)
        row = self._rows_of(table).get(id)
        if row is None:
            raise NotWritten(f"{table}: the record is no longer there.", (id,))
        cell = row.cells[declared.name]
        return tuple(each for each in cell if isinstance(each, File)) if isinstance(cell, tuple) else ()

    def _record(self, table: str, id: str) -> Record:
        row, fields = self._rows[table][id], self._tables[table].fields
        cells = row.cells | {field.name: row.made_by for field in fields if field.kind is Kind.MADE_BY}
        cells |= {field.name: row.changed_by for field in fields if field.kind is Kind.CHANGED_BY}
        cells |= {field.name: LIVE[field.live](cells, self._now()) for field in fields if field.kind is Kind.LIVE}
        return Record(table, id, cells, row.created_at, row.updated_at)

    def _refuse(self, table: str, rows: Sequence[tuple[str | None, Mapping[str, Value]]]) -> None:
        """Raise what a server would: a missing option, a link to nothing, a key used twice."""
        options = {name: offered for (of, name), offered in self._choices.items() if of == table}
        for _, cells in rows:
            if missing := option_missing(self._table(table), cells, options):
                raise missing
            for link in self._table(table).links:
                if not set(words(cells.get(link.name))) <= set(self._rows[link.to]):
                    raise NotWritten(f"{table}, field {link.name}: it points at a record that is not there.")
        changed = {id: cells for id, cells in rows if id is not None}
        for column in (each for each in self._table(table).fields if each.unique):
            held = [changed.get(id, {}).get(column.name, row.cells[column.name])
                    for id, row in self._rows_of(table).items()]  # fmt: skip
            held += [cells.get(column.name) for id, cells in rows if id is None]
            keys = [key for key in held if key is not None]
            if len(set(keys)) < len(keys):
                raise DuplicateKey(f"{table}, field {column.name}.")
