"""Reading from Airtable: rows become records, links and all.

In: a Bound table and what to look for. Out: records, oldest number first.
Never here: a write.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Any, TypeVar

from automations.ports import Record, Unreadable, Value
from schema.parts import NUMBER, Field, Kind, Link
from sync.platforms.airtable_cells import TEXTUAL, address, any_of, from_airtable, identified, instant, numbered
from sync.platforms.airtable_client import Client, Row
from sync.platforms.airtable_columns import CHANGED_AT, CHANGED_BY, MADE_BY
from sync.platforms.airtable_look import Look
from sync.platforms.airtable_tables import Bound
from sync.platforms.cells import by_number, column_of, words
from sync.platforms.live import LIVE

T = TypeVar("T")

LOOKED_FOR = 2.0
"""Seconds for which a key that was looked for and not found counts as looked for."""

ASKED_AT_ONCE = 100
"""Values that a formula holds: as many as one page of an answer may bring."""


class Reader:
    """Reads the tables of one landlord's bases."""

    def __init__(self, client: Client, bound: Callable[[str], Bound], now: Callable[[], datetime]) -> None:
        """`bound` finds the table that a link points at; `now` is what live fields are worked out by."""
        self._client = client
        self._bound = bound
        self._now = now
        self.hands: dict[tuple[str, str], tuple[str | None, str | None]] = {}
        """Who made each record and who changed it last, as last read."""
        self._latest: dict[str, Record] = {}
        """Each record as it was last read, by Airtable's id: nobody here has seen a newer one."""
        self._since: dict[str, set[str]] = {}
        """By base, the records that were read since its feed was last heard."""
        self._stale: set[str] = set()
        """Records of which a feed told since they were read."""
        self.shown: dict[tuple[str, str], Record] = {}
        """Records of tables with a live field, with the word that stands in the cell, as last read."""
        self._absent: dict[tuple[str, str, str], float] = {}
        self.look = Look()

    def all(self, bound: Bound, formula: str = "") -> list[Record]:
        """Every record that fits."""
        rows = list(self._client.rows(bound.base, bound.id, bound.asked, formula))
        return self.records(bound, rows)

    def numbers(self, bound: Bound) -> set[str]:
        """The number of every record."""
        return {_learnt(bound, row) for row in self._client.rows(bound.base, bound.id, (NUMBER,))}

    def by_id(self, bound: Bound, ids: Iterable[str]) -> list[Record]:
        """Records by number, those that exist."""
        wanted = sorted({id for id in ids if _is_number(id)}, key=by_number)
        return self.records(bound, self._numbered(bound, wanted))

    def find(self, bound: Bound, column: str, values: Iterable[str]) -> list[Record]:
        """Records whose column equals one of the values.

        A formula sees of a link only the names of what it points at, which need not be unique: a link is followed
        from the other side, by ids. A list or a live field is looked through.
        """
        wanted = sorted(set(values) - {""})
        declared, asked = column_of(bound.table, column), True
        if not wanted:
            return []
        if isinstance(declared, Link):
            own = self._pointing(bound, declared, wanted)
            found = self.records(bound, self._identified(bound, own))
        elif declared.kind in TEXTUAL:
            formulas = [any_of(column, some) for some in batches(wanted, ASKED_AT_ONCE)]
            asked = not any(self.look.asked(bound.id, formula) for formula in formulas)
            found = self.records(bound, self._rows(bound, formulas))
        else:
            found = self.all(bound)
        fitting = [record for record in found if not set(wanted).isdisjoint(words(record.fields[column]))]
        if isinstance(declared, Field) and declared.unique and asked:
            there, now = {str(record.fields[column]) for record in fitting}, self._client.pace.clock()
            self._absent = {key: at for key, at in self._absent.items() if now - at < LOOKED_FOR}
            self._absent |= {(bound.id, column, key): now for key in wanted if key not in there}
        return fitting

    def latest_of(self, bound: Bound, number: str) -> Record | None:
        """The record as it was last read; None where it never was."""
        return self._latest.get(bound.numbers.own.get(number, ""))

    def is_stale(self, bound: Bound, number: str) -> bool:
        """Whether a feed told of the record since it was read."""
        return bound.numbers.own.get(number, "") in self._stale

    def was_read_since(self, bound: Bound, number: str) -> bool:
        """Whether the record was read after the feed of its base was last heard."""
        return bound.numbers.own.get(number, "") in self._since.get(bound.base, ())

    def heard(self, base: str, touched: Iterable[str]) -> None:
        """The feed of that base was heard, and told of these records by Airtable's id."""
        self._since.pop(base, None)
        self._stale |= self._latest.keys() & set(touched)

    def forget(self) -> None:
        """A feed began anew: what happened before is not known."""
        self._latest.clear()
        self._stale.clear()

    def was_absent(self, bound: Bound, column: str, key: str) -> bool:
        """Whether somebody looked for that key a moment ago and it was not there: the look before, done already."""
        at = self._absent.get((bound.id, column, key))
        return at is not None and self._client.pace.clock() - at < LOOKED_FOR

    def keys(self, bound: Bound, column: str, values: Sequence[str]) -> dict[str, list[str]]:
        """The numbers of the records that hold each of those keys, oldest first, and nothing else of them."""
        held: dict[str, list[str]] = {}
        for some in batches(values, ASKED_AT_ONCE):
            for row in self._client.rows(bound.base, bound.id, (NUMBER, column), any_of(column, some)):
                held.setdefault(str(row["fields"].get(column)), []).append(_learnt(bound, row))
        return {key: sorted(held[key], key=by_number) for key in values if key in held}

    def holding(self, bound: Bound, column: str, values: Sequence[str]) -> list[Record]:
        """The records that hold one of those keys, whole, and asked for now whatever a look holds."""
        formulas = [any_of(column, some) for some in batches(values, ASKED_AT_ONCE)]
        rows = [row for f in formulas for row in self._client.rows(bound.base, bound.id, bound.asked, f)]
        return self.records(bound, rows)

    def standing(self, bound: Bound, numbers: Iterable[str]) -> list[tuple[Record, bool]]:
        """Records that we made, those still there, as they stand now, each with whether anything points at it."""
        own, asked = [bound.numbers.own[number] for number in numbers], (*bound.asked, *bound.sides)
        formulas = [identified(some) for some in batches(own, ASKED_AT_ONCE)]
        rows = [row for f in formulas for row in self._client.rows(bound.base, bound.id, asked, f)]
        pointed = {_learnt(bound, row) for row in rows if any(row["fields"].get(side) for side in bound.sides)}
        return [(record, record.id in pointed) for record in self.records(bound, rows)]

    def own_ids(self, bound: Bound, numbers: Iterable[str]) -> dict[str, str]:
        """Airtable's id by number, of those that exist; asked for where it is not known."""
        wanted = {number for number in numbers if _is_number(number)}
        unknown = sorted(wanted - bound.numbers.own.keys(), key=by_number)
        for some in batches(unknown, ASKED_AT_ONCE):
            for row in self._client.rows(bound.base, bound.id, (NUMBER,), numbered(NUMBER, some)):
                _learnt(bound, row)
        return {number: bound.numbers.own[number] for number in wanted if number in bound.numbers.own}

    def numbers_of(self, bound: Bound, own: Sequence[str]) -> list[str]:
        """The numbers of records by Airtable's own ids, of those that exist; asked for where they are not known."""
        known = self._linked(bound, "", [{"fields": {"": list(own)}}])
        return [known[id] for id in own if id in known]

    def row(self, bound: Bound, number: str, column: str) -> Row | None:
        """One record's cell as Airtable gives it, with its id; None where the record is not there."""
        if held := self.look.held(bound.id, bound.numbers.own.get(number, "")):
            return held
        asked = numbered(NUMBER, [number])
        rows = self._client.rows(bound.base, bound.id, (NUMBER, column), asked) if _is_number(number) else ()
        return next(iter(rows), None)

    def records(self, bound: Bound, rows: Sequence[Row]) -> list[Record]:
        """What those rows of the table are, links by number, oldest first."""
        links = {link.name: self._linked(self._bound(link.to), link.name, rows) for link in bound.table.links}
        made = [self._record(bound, row, links) for row in rows]
        return sorted(made, key=lambda record: by_number(record.id))

    def _rows(self, bound: Bound, formulas: Iterable[str]) -> list[Row]:
        """Whole rows; within a look with their sides of the links to them, and none asked for twice."""
        fields = (*bound.asked, *bound.sides) if self.look.is_on else bound.asked
        ask = partial(self._client.rows, bound.base, bound.id, fields)
        rows = [row for each in formulas for row in self.look.answer(bound.id, each, partial(ask, each))]
        return list({row["id"]: row for row in rows}.values())

    def _numbered(self, bound: Bound, numbers: Iterable[str]) -> list[Row]:
        own = {number: bound.numbers.own.get(number, "") for number in numbers}
        held = {number: row for number, id in own.items() if (row := self.look.held(bound.id, id))}
        rest = batches((number for number in own if number not in held), ASKED_AT_ONCE)
        return [*held.values(), *self._rows(bound, (numbered(NUMBER, some) for some in rest))]

    def _identified(self, bound: Bound, ids: Iterable[str]) -> list[Row]:
        held = {id: self.look.held(bound.id, id) for id in ids}
        rest = batches((id for id, row in held.items() if not row), ASKED_AT_ONCE)
        return [*filter(None, held.values()), *self._rows(bound, (identified(some) for some in rest))]

    def _pointing(self, bound: Bound, link: Link, numbers: Sequence[str]) -> list[str]:
        other, back = self._bound(link.to), bound.back[link.name]
        wanted = [number for number in numbers if _is_number(number)]
        if self.look.is_on:
            rows = self._numbered(other, wanted)
        else:
            formulas = [numbered(NUMBER, some) for some in batches(wanted, ASKED_AT_ONCE)]
            rows = [row for each in formulas for row in self._client.rows(other.base, other.id, (NUMBER, back), each)]
        for row in rows:
            _learnt(other, row)
        return list(dict.fromkeys(id for row in rows for id in row["fields"].get(back) or ()))

    def _linked(self, other: Bound, column: str, rows: Sequence[Row]) -> Mapping[str, str]:
        """Our number of each record that the rows point at. Of many unknown ones the whole table is read."""
        known = other.numbers.number
        cells = [row["fields"].get(column) for row in rows]
        unknown = list(dict.fromkeys(id for cell in cells if isinstance(cell, list) for id in cell if id not in known))
        asked = [""] if len(unknown) > ASKED_AT_ONCE else [identified(some) for some in batches(unknown, ASKED_AT_ONCE)]
        for formula in asked:
            for row in self._client.rows(other.base, other.id, (NUMBER,), formula):
                _learnt(other, row)
        return known

    def _record(self, bound: Bound, row: Row, links: Mapping[str, Mapping[str, str]]) -> Record:
        """Airtable keeps whole seconds, and a new record's last change is its making. So a record that its maker
        changed within that second counts as only made; one that somebody else did as changed.
        """
        cells, number, made = row["fields"], _learnt(bound, row), instant(row["createdTime"])
        fields: dict[str, Value | Unreadable] = {
            field.name: from_airtable(field, cells.get(field.name)) for field in bound.table.fields
        }
        for name, numbers in links.items():
            held = cells.get(name)
            own = held if isinstance(held, list) else ()
            fields[name] = tuple(sorted((numbers[id] for id in own if id in numbers), key=by_number))
        stamp = instant(cells[CHANGED_AT]) if cells.get(CHANGED_AT) else made
        by, last = address(cells.get(MADE_BY)), address(cells.get(CHANGED_BY))
        changed = stamp if stamp > made or (bound.hands and last not in (None, by)) else None
        if bound.hands:
            hands = by, last if changed else None
            self.hands[bound.table.name, number] = hands
            fields |= {name: each for name, each in zip((MADE_BY, CHANGED_BY), hands, strict=True) if name in fields}
        record = self._latest[row["id"]] = Record(bound.table.name, number, fields, made, changed)
        self._stale.discard(row["id"])
        self._since.setdefault(bound.base, set()).add(row["id"])
        live = [field for field in bound.table.fields if field.kind is Kind.LIVE]
        if not live:
            return record
        self.shown[bound.table.name, number] = record
        worked_out = {field.name: LIVE[field.live](fields, self._now()) for field in live}
        return Record(bound.table.name, number, {**fields, **worked_out}, made, changed)


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of that size; the last may be shorter."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


def _learnt(bound: Bound, row: Row) -> str:
    number = str(row["fields"][NUMBER])
    bound.numbers.learn(row["id"], number)
    return number


def _is_number(id: Any) -> bool:
    return isinstance(id, str) and id.isascii() and id.isdecimal()
