"""Airtable as a platform: each promise of automations/ports.py, on bases that have no unique fields.

In: a personal access token and the name of the landlord's bases. Out: records by table name.
Never here: an HTTP call (airtable_client.py) or a cell's translation (airtable_cells.py).
"""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime

from automations.errors import NotWritten, Stop
from automations.ports import Capabilities, Change, Record, Value
from schema import TABLES
from schema.parts import Link, Table
from sync.platforms.airtable_audit import Audit
from sync.platforms.airtable_client import BATCH, LARGEST_FILE, LONGEST_TEXT, Client, Refused, Row
from sync.platforms.airtable_history import Histories
from sync.platforms.airtable_ledger import Ledger
from sync.platforms.airtable_mirror import FRESH, Mirror
from sync.platforms.airtable_quota import Quota
from sync.platforms.airtable_reading import Reader
from sync.platforms.airtable_tables import Bound, bind
from sync.platforms.airtable_writing import Writer
from sync.platforms.cells import column_of, files_field, words

log = logging.getLogger("casewatch")


class AirtablePlatform:
    """The bases on Airtable. For one thread only.

    A record's id is its number in the field Id, which staff read in sentences too; Airtable's own stays in here.
    """

    def __init__(
        self,
        client: Client,
        name: str,
        tables: Mapping[str, Table] = TABLES,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        fresh: float = FRESH,
        ledger: Ledger | None = None,
    ) -> None:
        """`name` ends the title of each base; `fresh` is for how many seconds what the feed told holds; `ledger` keeps
        it, and so makes an audit of it.

        Nothing is asked of Airtable before the first use.
        """
        self._client = client
        self._name = name
        self._declared = tables
        self._found: dict[str, Bound] = {}
        self._account = ""
        self._client.when_unread = self._look_again
        self._reader = Reader(client, self._bound, now)
        self._quota = Quota(client.pace)
        self._mirror = Mirror(client, self._reader, now, fresh, ledger)
        audit = Audit(ledger, self._reader, self._bound, now) if ledger else None
        self._histories = Histories(client, self._reader, self._mirror, audit, now)
        self._capabilities = Capabilities(
            live_status=False, audit=False, batch=BATCH, longest_text=LONGEST_TEXT, largest_file=LARGEST_FILE
        )
        self._writer = Writer(client, self._reader, self._bound, now, self._mirror.known, self._mirror.put)

    @property
    def capabilities(self) -> Capabilities:
        """What can be counted on now: an audit, as long as no base is known to be without its feed."""
        return replace(self._capabilities, audit=self._histories.is_audit)

    def account(self) -> str:
        """The e-mail address that the token belongs to. Stop where the token may not tell it."""
        self._account = self._account or str(self._client.whoami().get("email") or "")
        if not self._account:
            raise Stop("Airtable does not tell whose token this is: give it the scope user.email:read as well.")
        return self._account

    def address_of(self, table: str, id: str) -> str:
        """The path of a record's own page, after Airtable's address; "" where there is no such record."""
        bound = self._bound(table)
        own = self._reader.own_ids(bound, [id]).get(id)
        return f"{bound.base}/{bound.id}/{own}?id={id}" if own else ""

    def records(self, table: str) -> list[Record]:
        """Every record of the table, oldest id first."""
        return self._mirror.records(self._bound(table))

    def find(self, table: str, column: str, values: Iterable[str]) -> list[Record]:
        """Records whose column equals one of the values: text, or record ids for a link to one."""
        bound, wanted = self._bound(table), set(values)
        if isinstance(column_of(bound.table, column), Link) and (told := self._as_told(bound)) is not None:
            return [record for record in told if not wanted.isdisjoint(words(record.fields[column]))]
        return self._reader.find(bound, column, wanted)

    def get(self, table: str, ids: Iterable[str]) -> list[Record]:
        """Records by id, those that exist, oldest id first."""
        bound, wanted = self._bound(table), set(ids)
        if (told := self._as_told(bound)) is not None:
            return [record for record in told if record.id in wanted]
        return self._reader.by_id(bound, wanted)

    def changed_since(self, table: str, since: datetime) -> list[Record]:
        """Records created or updated at or after that instant (UTC)."""
        return self._mirror.changed_since(self._bound(table), since)

    def ids(self, table: str) -> set[str]:
        """The ids of all records, to notice deletions."""
        return self._reader.numbers(self._bound(table))

    def one_look(self, told: bool = False) -> AbstractContextManager[None]:
        """What is asked within is asked once; what is written within makes it ask anew."""
        return self._reader.look.begun(told)

    def create(self, table: str, rows: Sequence[Mapping[str, Value]]) -> list[str]:
        """Make records, in the order given; their ids."""
        bound = self._bound(table)
        self._reader.look.anew()
        try:
            return self._writer.create(bound, rows)
        except BaseException:
            self._mirror.wrote(bound)
            raise

    def update(self, table: str, rows: Sequence[tuple[str, Mapping[str, Value]]]) -> None:
        """Change the named cells (links too); the answer is compared with what was sent."""
        bound = self._bound(table)
        self._reader.look.anew()
        try:
            self._writer.update(bound, rows)
        except BaseException:
            self._mirror.wrote(bound, [id for id, _ in rows])
            raise

    def attach(
        self, table: str, id: str, column: str, name: str, content: bytes, mimetype: str, *, instead: bool = False
    ) -> None:
        """Add one file to a files cell, or put it in place of what is there. The same twice adds nothing."""
        bound, same = self._bound(table), (name, len(content))
        if len(content) > LARGEST_FILE:
            raise NotWritten(f"{table}, field {column}: Airtable takes no file of more than 5 MB.", (id,))
        own, held = self._files(bound, id, column)
        self._mirror.wrote(bound, [id])
        cell = [file for file in held if _same(file, same)][-1:]
        try:
            if not cell:
                held = self._client.upload(bound.base, own, bound.columns[column], name, content, mimetype)
                cell = [file for file in held if _same(file, same)][-1:]
            if instead and cell and len(held) > 1:
                answers = self._client.change(bound.base, bound.id, [(own, {column: [{"id": cell[0]["id"]}]})])
                held = list(answers[0]["fields"].get(column) or ())
        except Refused as refused:
            raise NotWritten(f"{table}, field {column}: refused {refused.detail}.", (id,)) from None
        self._reader.look.put(bound.id, own, column, held)
        if not any(_same(file, same) for file in held) or (instead and len(held) > 1):
            raise NotWritten(f"{table}, field {column}: the file was not kept.", (id,))

    def fetch(self, table: str, id: str, column: str, name: str) -> bytes:
        """A file's content, of the newest of that name. KeyError where the cell has none."""
        for file in reversed(self._files(self._bound(table), id, column)[1]):
            if file["filename"] == name:
                return self._client.download(file["url"])
        raise KeyError(f"{table}, field {column}: no such file")

    def history(self, table: str, id: str) -> list[Change]:
        """Every change that is known, oldest first, as airtable_history.py tells it."""
        return self._histories.of(self._bound(table), id)

    def behind(self, table: str, id: str) -> bool:
        """Whether the history that was told last may yet change though the record stays as it is."""
        return self._histories.behind(table, id)

    def erase(self, table: str, ids: Sequence[str]) -> None:
        """Delete blank rows that a copy made."""
        bound = self._bound(table)
        own = self._reader.own_ids(bound, ids)
        self._reader.look.anew()
        self._client.delete(bound.base, bound.id, list(own.values()))
        self._mirror.wrote(bound)

    def forget(self) -> None:
        """Nothing that was read or written before answers any more."""
        self._reader.look.anew()
        self._mirror.forget()

    def show(self) -> int:
        """Write what live fields show by now, of the records that were read; how many that was.

        Nothing is asked for it: what stands in the cells is remembered. It also tells, once a day, how many calls
        a month this pace makes.
        """
        if told := self._quota.daily():
            log.info("%s", told)
        ids: dict[str, list[str]] = {}
        for table, id in self._reader.shown:
            ids.setdefault(table, []).append(id)
        return sum(self._writer.show(self._bound(table), each) for table, each in ids.items())

    def _bound(self, table: str) -> Bound:
        if table not in self._declared:
            raise Stop(f"There is no table {table!r}.")
        if not self._found:
            self._found = bind(self._client, self._name, self._declared)
        return self._found[table]

    def _as_told(self, bound: Bound) -> list[Record] | None:
        """The table by the feed, in a look where that may answer; else None."""
        return self._mirror.as_told(bound) if self._reader.look.is_told else None

    def _look_again(self) -> None:
        """Find the tables anew; Stop says what is missing now."""
        self._found = {}
        self._mirror.forget()
        self._found = bind(self._client, self._name, self._declared)

    def _files(self, bound: Bound, id: str, column: str) -> tuple[str, list[Row]]:
        """The record's own id there, and the files of its cell."""
        field = files_field(bound.table, column)
        row = self._reader.row(bound, id, field.name)
        if row is None:
            raise NotWritten(f"{bound.table.name}: the record is no longer there.", (id,))
        return str(row["id"]), list(row["fields"].get(field.name) or ())


def _same(file: Row, same: tuple[str, int]) -> bool:
    return (file["filename"], file["size"]) == same
