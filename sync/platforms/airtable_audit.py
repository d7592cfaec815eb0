"""A record's history on Airtable, by the ledger: told only where nothing is missing and it ends in the record as it is.

In: a record just read, and what the ledger holds of it. Out: its changes with their authors, or why there are none.
Never here: a mixture. Where anything is missing the ledger names nobody (R-25, R-26).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum
from typing import Any

from automations.ports import Change, Record, Unreadable, Value
from schema.parts import Field, Kind, Link
from sync.platforms.airtable_cells import from_airtable, same_cell
from sync.platforms.airtable_hands import KEPT_BY_THE_PLATFORM
from sync.platforms.airtable_ledger import Entry, Ledger
from sync.platforms.airtable_payloads import GONE, MADE, NOT_TOLD, linked, same
from sync.platforms.airtable_reading import Reader
from sync.platforms.airtable_tables import Bound
from sync.platforms.cells import blank, by_number

APART = timedelta(seconds=2)
"""By how much the clock of a payload and that of a record may differ: Airtable takes the one after the other."""


class State(Enum):
    """How much of a record's life the ledger knows."""

    WHOLE = "all of it"
    BEHIND = "the record shows more than the feed has told so far"
    GAP = "something was missed, or it was made before the ledger began"


@dataclass(frozen=True, slots=True)
class Told:
    """What the ledger says of a record."""

    state: State
    changes: Sequence[Change] = ()
    touched_by: frozenset[str | None] = frozenset()
    """Everybody whose hand on it is known, though more may be missing."""


class Audit:
    """Answers from the ledger."""

    def __init__(self, ledger: Ledger, reader: Reader, bound: Callable[[str], Bound]) -> None:
        """`bound` finds the table that a link points at."""
        self._ledger = ledger
        self._reader = reader
        self._bound = bound

    def of(self, bound: Bound, record: Record, listening: bool) -> Told:
        """The record's history. `listening` says whether the feed was read just now."""
        own = bound.numbers.own[record.id]
        columns = {bound.columns[column.name]: column for column in bound.table.columns}
        entries = [
            entry for entry in self._ledger.of(bound.base, bound.id, own)
            if entry.field in columns or entry.field in (MADE, GONE)
        ]  # fmt: skip
        for link in bound.table.links:
            entries += self._from_the_other_side(bound, link, own)
        entries.sort(key=lambda entry: (entry.run, entry.number, isinstance(entry.after, _Moved), entry.place))
        hands = frozenset(entry.by for entry in entries)
        lost = self._ledger.gone(bound.base, {id for entry in entries for id in linked(entry.after)})
        if not _is_whole_life(entries, frozenset(lost)):
            return Told(State.GAP, touched_by=hands)
        cells = {id: _last(entries, id, column) for id, column in columns.items()}
        pointed = frozenset[str]().union(*(cell for cell in cells.values() if isinstance(cell, frozenset)))
        missed = {id: entry for id, entry in lost.items() if id in pointed}
        if self._ends_in(record, columns, cells, missed) and self._is_up_to_date(bound, record, entries, missed):
            return Told(State.WHOLE, self._changes(bound, columns, entries), hands)
        current = listening and entries[0].run == self._ledger.current(bound.base)
        return Told(State.BEHIND if current else State.GAP, touched_by=hands)

    def _from_the_other_side(self, bound: Bound, link: Link, own: str) -> list[Entry]:
        """Changes of a link as the other table's rows tell them. Told on both sides, a change is one all the same."""
        other, field = self._bound(link.to), bound.columns[link.name]
        found: list[Entry] = []
        for entry in self._ledger.pointing(bound.base, other.columns[bound.back[link.name]], own):
            if entry.before is NOT_TOLD and not entry.made:
                continue
            here, before = own in linked(entry.after), own in linked(entry.before)
            if here != before:
                cells: dict[str, Any] = {"before": _Moved(entry.record, before), "after": _Moved(entry.record, here)}
                found.append(replace(entry, table=bound.id, record=own, field=field, made=False, **cells))
        return found

    def _ends_in(
        self, record: Record, columns: Mapping[str, Field | Link], cells: Mapping[str, Any], lost: Mapping[str, Entry]
    ) -> bool:  # fmt: skip
        """Whether the record's cells are what the ledger says that they came to hold."""
        for id, column in columns.items():
            held = record.fields[column.name]
            if isinstance(column, Link):
                if set(held) != set(self._numbers(column, cells[id] - lost.keys())):  # type: ignore[arg-type]
                    return False
            elif column.kind in KEPT_BY_THE_PLATFORM:
                continue
            elif not _holds(column, held, _value(column, cells[id])):
                return False
        return True

    def _is_up_to_date(self, bound: Bound, record: Record, entries: Sequence[Entry], lost: Mapping[str, Entry]) -> bool:
        """Whether Airtable's own stamps tell of nothing later, and of nobody else. A record that this one pointed at
        touched it when it was deleted.
        """
        touches = sorted([*entries, *lost.values()], key=lambda entry: (entry.run, entry.place))
        if (record.updated_at or record.created_at) > max(entry.at for entry in touches) + APART:
            return False
        if not bound.hands:
            return True
        made_by, changed_by = self._reader.hands[bound.table.name, record.id]
        maker = next(entry.by for entry in entries if entry.field == MADE)
        return made_by == maker and (record.updated_at is None or changed_by == touches[-1].by)

    def _changes(self, bound: Bound, columns: Mapping[str, Field | Link], entries: Sequence[Entry]) -> list[Change]:
        cells: dict[str, Any] = {id: frozenset() if isinstance(c, Link) else None for id, c in columns.items()}
        made: list[Change] = []
        for entry in entries:
            column = columns.get(entry.field)
            if column is None:
                continue
            before, cells[entry.field] = cells[entry.field], _after(entry, cells[entry.field])
            after = cells[entry.field]
            if isinstance(column, Link):
                went, came = self._numbers(column, before - after), self._numbers(column, after - before)
                if not entry.made and (went or came):
                    made.append(Change(column.name, went, came, entry.by, entry.at))
            elif column.kind not in KEPT_BY_THE_PLATFORM:
                one, other = _value(column, before), _value(column, after)
                if one != other:
                    made.append(Change(column.name, one, other, entry.by, entry.at, entry.made))
        return made

    def _numbers(self, link: Link, own: frozenset[str]) -> tuple[str, ...]:
        """Our ids of records, those that are still there."""
        known = self._reader.numbers_of(self._bound(link.to), sorted(own))
        return tuple(sorted(known, key=by_number))


@dataclass(frozen=True, slots=True)
class _Moved:
    """One record more or less in a link, as the other side tells it."""

    other: str
    there: bool


def _is_whole_life(entries: Sequence[Entry], lost: frozenset[str]) -> bool:
    """Made where we read it, once, never in the bin, in one run, and each change begins where the last one ended.

    A link loses a record that is deleted, though nobody may tell so.
    """
    if [entry.field for entry in entries if entry.field in (MADE, GONE)] != [MADE]:
        return False
    if len({entry.run for entry in entries}) > 1:
        return False
    cells: dict[str, Any] = {}
    for entry in entries:
        if entry.before is not NOT_TOLD and not isinstance(entry.before, _Moved):
            held = cells.get(entry.field)
            if isinstance(held, frozenset):
                if not linked(entry.before) ^ held <= lost:
                    return False
            elif not same(entry.before, held):
                return False
        cells[entry.field] = _after(entry, cells.get(entry.field))
    return True


def _after(entry: Entry, held: Any) -> Any:
    """What a cell holds after an entry: of a link, the set of Airtable's ids."""
    if isinstance(entry.after, _Moved):
        other = frozenset({entry.after.other})
        return (held or frozenset()) | other if entry.after.there else (held or frozenset()) - other
    if linked(entry.after) or isinstance(held, frozenset):
        return linked(entry.after)
    return entry.after


def _last(entries: Sequence[Entry], field: str, column: Field | Link) -> Any:
    held: Any = frozenset() if isinstance(column, Link) else None
    for entry in entries:
        if entry.field == field:
            held = _after(entry, held)
    return held


def _value(field: Field, cell: Any) -> Value | Unreadable:
    """A cell of a payload as the record itself would be read."""
    if cell is None:
        return blank(field)
    if field.kind is Kind.CHOICES and isinstance(cell, list):
        cell = [_word(each) for each in cell]
    return from_airtable(field, cell if field.kind is Kind.FILES else _word(cell))


def _word(cell: Any) -> Any:
    return cell["name"] if isinstance(cell, dict) and "name" in cell else cell


def _holds(field: Field, held: Value | Unreadable, told: Value | Unreadable) -> bool:
    if isinstance(held, Unreadable) or isinstance(told, Unreadable):
        return held == told
    if field.kind is Kind.FILES and isinstance(held, tuple) and isinstance(told, tuple):
        return {getattr(file, "id", file) for file in held} == {getattr(file, "id", file) for file in told}
    return same_cell(field, held, told)
