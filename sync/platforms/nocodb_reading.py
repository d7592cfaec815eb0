"""Reading from NocoDB: rows become records, links and all.

In: a Bound table and what to look for. Out: records, oldest id first.
Never here: a write.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from automations.ports import Record, Unreadable, Value
from schema.parts import Field, Kind, Link
from sync.platforms.cells import by_number, column_of, words
from sync.platforms.nocodb_cells import TEXTUAL, any_of, filterable, from_nocodb, instant, shows
from sync.platforms.nocodb_client import Client, Row
from sync.platforms.nocodb_tables import Bound

T = TypeVar("T")

ASKED_AT_ONCE = 500
"""Values a filter holds; a longer list is asked for in turns."""
COUNTED_AT_ONCE = 200
"""The same where the filter can only travel in the address."""


class Reader:
    """Reads the tables of one server."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def all(self, bound: Bound, where: str = "") -> list[Record]:
        """Every record that fits."""
        return self._records(bound, self._client.rows(bound.id, bound.asked, where), whole=not where)

    def any_of(self, bound: Bound, title: str, values: Sequence[str], live: bool = False) -> list[Record]:
        """Records whose column of that title equals one of the values."""
        asked = shows if live else any_of
        found: dict[str, Record] = {}
        for some in batches(values, ASKED_AT_ONCE):
            rows = self._client.rows(bound.id, bound.asked, asked(title, some))
            found |= {record.id: record for record in self._records(bound, rows, whole=False)}
        return [found[id] for id in sorted(found, key=by_number)]

    def by_id(self, bound: Bound, ids: Iterable[str]) -> list[Record]:
        """Records by id, those that exist."""
        return self.any_of(bound, "Id", sorted({id for id in ids if id.isdecimal()}, key=by_number))

    def find(self, bound: Bound, column: str, values: Iterable[str]) -> list[Record]:
        """Records whose column equals one of the values. Where no filter can ask for it (links to many, lists,
        a text with both kinds of quote or a backslash), all records are read and looked through."""
        wanted = sorted(set(values) - {""})
        declared = column_of(bound.table, column)
        live = isinstance(declared, Field) and declared.kind is Kind.LIVE
        if isinstance(declared, Link):
            wanted = [value for value in wanted if value.isdecimal()]
            title = bound.one.get(column, "")
        else:
            title = column if declared.kind in TEXTUAL and all(map(filterable, wanted)) else ""
        if not wanted:
            return []
        found = self.any_of(bound, title, wanted, live) if title else self.all(bound)
        return [record for record in found if not set(wanted).isdisjoint(words(record.fields[column]))]

    def missing(self, bound: Bound, ids: Iterable[str]) -> set[str]:
        """Those of the ids that have no record."""
        asked = set(ids)
        for some in batches(sorted((id for id in asked if id.isdecimal()), key=by_number), COUNTED_AT_ONCE):
            there = any_of("Id", some)
            if self._client.count(bound.id, there) == len(some):
                asked -= set(some)
            else:
                asked -= {str(row["Id"]) for row in self._client.rows(bound.id, ("Id",), there)}
        return asked

    def _records(self, bound: Bound, rows: Iterable[Row], *, whole: bool) -> list[Record]:
        held = list(rows)
        links = self._linked(bound, [row["Id"] for row in held], whole=whole)
        return [_record(bound, row, links) for row in held]

    def _linked(self, bound: Bound, ids: Sequence[int], *, whole: bool) -> dict[str, dict[int, list[str]]]:
        """For each link to many, the other ids by record."""
        linked: dict[str, dict[int, list[str]]] = {}
        for name, junction in bound.many.items():
            others: dict[int, list[str]] = {}
            for some in [()] if whole else batches(ids, ASKED_AT_ONCE):
                where = any_of(junction.mine, some) if some else ""
                for pair in self._client.pairs(junction.table, junction.mine, junction.theirs, where):
                    others.setdefault(pair[junction.mine], []).append(str(pair[junction.theirs]))
            linked[name] = others
        return linked


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of that size; the last may be shorter."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


def _record(bound: Bound, row: Row, links: dict[str, dict[int, list[str]]]) -> Record:
    fields: dict[str, Value | Unreadable] = {
        field.name: from_nocodb(field, row.get(field.name)) for field in bound.table.fields
    }
    for link in bound.table.links:
        if link.many:
            fields[link.name] = tuple(sorted(links[link.name].get(row["Id"], ()), key=by_number))
        else:
            other = row.get(bound.one[link.name])
            fields[link.name] = () if other is None else (str(other),)
    changed = row.get("UpdatedAt")
    return Record(
        bound.table.name, str(row["Id"]), fields, instant(row["CreatedAt"]), instant(changed) if changed else None
    )
