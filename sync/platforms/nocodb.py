"""NocoDB as a platform: each promise of automations/ports.py, kept by reading back what was written.

In: an address, an editor's API token and the name of the landlord's bases. Out: records by table name.
Never here: an HTTP call (nocodb_client.py) or a cell's translation (nocodb_cells.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime

from automations.errors import NotWritten, Stop
from automations.ports import Capabilities, Change, Record, Value
from schema import TABLES
from schema.parts import Table
from sync.platforms.cells import files_field
from sync.platforms.nocodb_audit import changes
from sync.platforms.nocodb_cells import since as changed_at_or_after
from sync.platforms.nocodb_client import BATCH, LONGEST_TEXT, Client, Refused, Row
from sync.platforms.nocodb_reading import Reader
from sync.platforms.nocodb_tables import Bound, bind
from sync.platforms.nocodb_writing import Writer


class NocoDBPlatform:
    """The bases on a NocoDB server (0.301, on PostgreSQL). For one thread only."""

    capabilities = Capabilities(live_status=True, audit=True, batch=BATCH, longest_text=LONGEST_TEXT)

    def __init__(self, url: str, token: str, name: str, tables: Mapping[str, Table] = TABLES) -> None:
        """`name` ends the title of each base. Nothing is asked of the server before the first use."""
        self._client = Client(url, token)
        self._name = name
        self._declared = tables
        self._found: dict[str, Bound] = {}
        self._workspace = ""
        self._account = ""
        self._client.when_unread = self._look_again
        self._reader = Reader(self._client)
        self._writer = Writer(self._client, self._reader, self._bound)

    def records(self, table: str) -> list[Record]:
        """Every record of the table, oldest id first."""
        return self._reader.all(self._bound(table))

    def find(self, table: str, column: str, values: Iterable[str]) -> list[Record]:
        """Records whose column equals one of the values: text, or record ids for a link to one."""
        return self._reader.find(self._bound(table), column, values)

    def get(self, table: str, ids: Iterable[str]) -> list[Record]:
        """Records by id, those that exist, oldest id first."""
        return self._reader.by_id(self._bound(table), ids)

    def changed_since(self, table: str, since: datetime) -> list[Record]:
        """Records created or updated at or after that instant (UTC)."""
        return self._reader.all(self._bound(table), changed_at_or_after(since))

    def ids(self, table: str) -> set[str]:
        """The ids of all records, to notice deletions."""
        return {str(row["Id"]) for row in self._client.rows(self._bound(table).id, ("Id",))}

    def one_look(self, told: bool = False) -> AbstractContextManager[None]:
        """Each reading is asked for by itself."""
        return nullcontext()

    def create(self, table: str, rows: Sequence[Mapping[str, Value]]) -> list[str]:
        """Make records, in the order given; their ids."""
        return self._writer.create(self._bound(table), rows)

    def update(self, table: str, rows: Sequence[tuple[str, Mapping[str, Value]]]) -> None:
        """Change the named cells (links too) and read them back."""
        self._writer.update(self._bound(table), rows)

    def attach(
        self, table: str, id: str, column: str, name: str, content: bytes, mimetype: str, *, instead: bool = False
    ) -> None:
        """Add one file to a files cell, or put it in place of what is there. The same twice adds nothing."""
        bound, same = self._bound(table), (name, len(content))
        held = self._files(bound, id, column)
        cell = [file for file in held if (file["title"], file["size"]) == same][-1:]
        if cell and not (instead and len(held) > 1):
            return
        if not cell:
            stored = self._client.upload(bound.base, bound.id, bound.columns[column], name, content, mimetype)
            cell = [*(() if instead else held), *({**file, "title": name} for file in stored)]
        try:
            self._client.change_one(bound.base, bound.id, int(id), {column: cell})
        except Refused as refused:
            raise NotWritten(f"{table}, field {column}: refused {refused.detail}.", (id,)) from None
        kept = self._files(bound, id, column)
        if same not in _names(kept) or (instead and len(kept) > 1):
            raise NotWritten(f"{table}, field {column}: the file was not kept.", (id,))

    def fetch(self, table: str, id: str, column: str, name: str) -> bytes:
        """A file's content, of the newest of that name. KeyError where the cell has none."""
        for file in reversed(self._files(self._bound(table), id, column)):
            if file["title"] == name:
                return self._client.download(file["signedPath"])
        raise KeyError(f"{table}, field {column}: no such file")

    def account(self) -> str:
        """The e-mail address that the token belongs to."""
        self._account = self._account or self._client.account()
        return self._account

    def address_of(self, table: str, id: str) -> str:
        """The path of a record's own page, after the address of the dashboard."""
        bound = self._bound(table)
        self._workspace = self._workspace or self._client.workspace()
        return f"#/{self._workspace}/{bound.base}/{bound.id}?rowId={id}"

    def history(self, table: str, id: str) -> list[Change]:
        """Every change of every field of one record, oldest first, by the record audit."""
        bound = self._bound(table)
        if not id.isdecimal():
            return []
        self._workspace = self._workspace or self._client.workspace()
        entries = list(self._client.audit(self._workspace, bound.base, bound.id, int(id)))
        return [change for entry in reversed(entries) for change in changes(entry, bound)]

    def erase(self, table: str, ids: Sequence[str]) -> None:
        """Delete blank rows that a copy made."""
        self._client.delete(self._bound(table).id, [int(id) for id in ids])

    def _bound(self, table: str) -> Bound:
        if table not in self._declared:
            raise Stop(f"There is no table {table!r}.")
        if not self._found:
            self._found = bind(self._client, self._name, self._declared)
        return self._found[table]

    def _look_again(self) -> None:
        """Find the tables anew; Stop says what is missing now."""
        self._found = {}
        self._found = bind(self._client, self._name, self._declared)

    def _files(self, bound: Bound, id: str, column: str) -> list[Row]:
        field = files_field(bound.table, column)
        where = f'("Id",eq,"{id}")'
        for row in self._client.rows(bound.id, ("Id", field.name), where) if id.isdecimal() else ():
            return list(row[field.name] or ())
        raise NotWritten(f"{bound.table.name}: the record is no longer there.", (id,))


def _names(files: Iterable[Row]) -> set[tuple[str, int]]:
    return {(file["title"], file["size"]) for file in files}
