"""A record's history on Airtable, by the ledger: told only where nothing is missing and it ends in the record as it is.

In: a record just read, and what the ledger holds of it. Out: its changes with their authors, or why there are none.
Never here: a mixture. Where anything is missing the ledger names nobody (R-25, R-26).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from itertools import chain
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

TOLD_BY_THEN = timedelta(minutes=1)
"""When a feed has told of every change of one moment, as a rule."""
APART = timedelta(seconds=2)
"""By how much the clock of a payload and that of a record may differ: Airtable takes the one after the other."""


class State(Enum):
    """How much of a record's life the ledger knows."""

    WHOLE = "all of it"
    BEHIND = "the record shows more than the feed has told so far"
    ALONE = "it was made before the ledger began, and nobody but its maker is known to have touched it"
    LOST = "something was missed in between: any cell may be anybody's"


@dataclass(frozen=True, slots=True)
class Told:
    """What the ledger says of a record."""

    state: State
    changes: Sequence[Change] = ()


class Audit:
    """Answers from the ledger."""

    def __init__(
        self, ledger: Ledger, reader: Reader, bound: Callable[[str], Bound], now: Callable[[], datetime]
    ) -> None:
        """`bound` finds the table that a link points at."""
        self._ledger = ledger
        self._now = now
        self._reader = reader
        self._bound = bound

    def of(self, bound: Bound, record: Record, listening: bool) -> Told:
        """The record's history. `listening` says whether the feed was read just now."""
        own = bound.numbers.own[record.id]
        columns = {bound.columns[column.name]: column for column in bound.table.columns}
        every = self._ledger.of(bound.base, bound.id, own)
        for link in bound.table.links:
            every += self._from_the_other_side(bound, link, own)
        entries = [entry for entry in every if entry.field in columns or entry.field in (MADE, GONE)]
        entries.sort(key=lambda entry: (entry.run, entry.number, isinstance(entry.after, _Moved), entry.place))
        deleted = self._ledger.deleted(bound.base, {id for entry in entries for id in linked(entry.after)})
        is_whole = _is_whole_life(entries, frozenset(deleted))
        if is_whole and (changes := self._as_it_stands(bound, record, columns, entries, deleted)) is not None:
            return Told(State.WHOLE, changes)
        unlike = is_whole and entries[0].run == self._ledger.current(bound.base)
        touches = [*every, *chain.from_iterable(deleted.values())]
        if listening and (unlike or not self._is_heard(bound, record, touches)):
            return Told(State.BEHIND)
        return Told(State.ALONE if self._is_alone(bound, record, every) else State.LOST)

    def _as_it_stands(
        self, bound: Bound, record: Record, columns: Mapping[str, Field | Link], entries: Sequence[Entry],
        deleted: Mapping[str, Sequence[Entry]],
    ) -> Sequence[Change] | None:  # fmt: skip
        """The changes of a whole life, where they end in the record; else None."""
        cells = {id: _last(entries, id, column) for id, column in columns.items()}
        pointed = frozenset[str]().union(*(cell for cell in cells.values() if isinstance(cell, frozenset)))
        touches = [*entries, *chain.from_iterable(each for id, each in deleted.items() if id in pointed)]
        lost = {id for id, each in deleted.items() if each[-1].field == GONE}
        if self._ends_in(record, columns, cells, lost) and self._is_up_to_date(bound, record, entries, touches):
            return self._changes(bound, columns, entries)
        return None

    def _is_heard(self, bound: Bound, record: Record, touches: Iterable[Entry]) -> bool:
        """Whether the feed has come as far as the record's last change: it told of something later, or a while ago of
        that. Until then anybody may have made it.
        """
        at, heard = record.updated_at or record.created_at, self._ledger.heard(bound.base)
        if heard is not None and heard > at + APART:
            return True
        return self._now() - at > TOLD_BY_THEN and any(entry.at >= at - APART for entry in touches)

    def _is_alone(self, bound: Bound, record: Record, every: Sequence[Entry]) -> bool:
        """Whether all that is known of the record is its maker's, down to its last change, with no gap in between."""
        if not bound.hands or not every:
            return bound.hands
        made_by, _ = self._reader.hands[bound.table.name, record.id]
        at = record.updated_at or record.created_at
        told = max(entry.at for entry in every) >= at - APART
        return told and len({entry.run for entry in every}) == 1 and {entry.by for entry in every} == {made_by}

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
        self, record: Record, columns: Mapping[str, Field | Link], cells: Mapping[str, Any], lost: AbstractSet[str]
    ) -> bool:  # fmt: skip
        """Whether the record's cells are what the ledger says that they came to hold."""
        for id, column in columns.items():
            held = record.fields[column.name]
            if isinstance(column, Link):
                if set(held) != set(self._numbers(column, cells[id] - lost)):  # type: ignore[arg-type]
                    return False
            elif column.kind in KEPT_BY_THE_PLATFORM:
                continue
            elif not _holds(column, held, _value(column, cells[id])):
                return False
        return True

    def _is_up_to_date(
        self, bound: Bound, record: Record, entries: Sequence[Entry], touches: Sequence[Entry]
    ) -> bool:  # fmt: skip
        """Whether Airtable's own stamps tell of nothing later, and of nobody else. A record that this one pointed at
        touched it when it was deleted, and when it was brought back.
        """
        touches = sorted(touches, key=lambda entry: (entry.run, entry.place))
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
