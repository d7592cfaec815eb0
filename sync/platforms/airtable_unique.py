"""Keys on Airtable, which has no unique fields: looked for before a write and after it.

In: a Bound table and the rows of a call. Out: which keys are taken, by whom, and what became of a lost answer.
Never here: a write (airtable_writing.py).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from automations.errors import DuplicateKey
from automations.ports import Record, Value
from schema.parts import Field
from sync.platforms.airtable_cells import same_cell
from sync.platforms.airtable_reading import Reader
from sync.platforms.airtable_tables import Bound
from sync.platforms.cells import column_of

Cells = dict[str, Value]


class Unique:
    """Looks keys up in the bases of one landlord."""

    def __init__(self, reader: Reader, known: Callable[[Bound], Iterable[Record] | None]) -> None:
        """`known` is what is known of a table without asking."""
        self._reader = reader
        self._known = known

    def taken(self, bound: Bound, rows: Sequence[Cells]) -> dict[str, set[str]]:
        """For each unique field, those of the keys that records already hold, by what is known or by asking.

        What is known may be some seconds old: the look afterwards finds what it missed.
        """
        asked = keys_of(bound, rows)
        if asked and (known := self._known(bound)) is not None:
            held = list(known)
            return {name: {str(record.fields[name]) for record in held} & set(keys) for name, keys in asked.items()}
        unsure = {
            name: [key for key in dict.fromkeys(keys) if not self._reader.was_absent(bound, name, key)]
            for name, keys in asked.items()
        }
        return {name: set(self._reader.keys(bound, name, keys)) for name, keys in unsure.items()}

    def twins(self, bound: Bound, rows: Sequence[Cells], ours: AbstractSet[str]) -> Iterator[tuple[str, str]]:
        """Each of our records whose key an older record has as well, with the field."""
        for name, keys in keys_of(bound, rows).items():
            for ids in self._reader.keys(bound, name, keys).values():
                yield from ((id, name) for id in ids[1:] if id in ours)

    def settled(self, bound: Bound, rows: Sequence[Cells]) -> list[Record] | None:
        """What became of a batch whose answer was lost: its records, in the order of the rows; None where nobody can
        tell. DuplicateKey: somebody else has one of its keys.

        A record is ours where it alone holds every cell that was sent. What two runners would send alike is not told
        apart: where it matters who made a row, it holds a word that nobody else sends (automations/tokens.py).
        """
        keys = [next(iter(keys_in(bound, row).items()), None) for row in rows]
        held: dict[tuple[str, str], list[Record]] = {}
        for name in {key[0] for key in keys if key}:
            for record in self._reader.holding(bound, name, [key[1] for key in keys if key and key[0] == name]):
                held.setdefault((name, str(record.fields[name])), []).append(record)
        ours: list[Record] = []
        for key, row in zip(keys, rows, strict=True):
            there = held.get(key, []) if key else []
            like = [record for record in there if not unlike(bound, record, row)]
            if key and there and not like:
                raise DuplicateKey(f"{bound.table.name}, field {key[0]}.")
            ours += like if len(like) == 1 else []
        return ours if len(ours) == len(rows) else None

    def held_by_others(self, bound: Bound, wanted: Mapping[str, Cells]) -> dict[str, str]:
        """For each record that would get a key which another has: the field."""
        found: dict[str, str] = {}
        for name, keys in keys_of(bound, wanted.values()).items():
            held = self._reader.keys(bound, name, list(dict.fromkeys(keys)))
            seen: set[Any] = set()
            for id, row in wanted.items():
                key = row.get(name)
                if key and (set(held.get(str(key), ())) - {id} or key in seen):
                    found[id] = name
                seen.add(key)
        return found


def keys_in(bound: Bound, row: Cells) -> dict[str, str]:
    """The row's cells in unique fields, where they are filled."""
    return {field.name: str(row[field.name]) for field in bound.table.fields if field.unique and row.get(field.name)}


def keys_of(bound: Bound, rows: Iterable[Cells]) -> dict[str, list[str]]:
    """The keys of all rows, by unique field."""
    keys: dict[str, list[str]] = {}
    for row in rows:
        for name, key in keys_in(bound, row).items():
            keys.setdefault(name, []).append(key)
    return keys


def unlike(bound: Bound, record: Record, row: Cells) -> list[str]:
    """The cells that do not hold what was sent."""
    return [name for name, value in row.items() if not _holds(bound, record, name, value)]


def _holds(bound: Bound, record: Record, name: str, value: Value) -> bool:
    column, held = column_of(bound.table, name), record.fields[name]
    return same_cell(column, held, value) if isinstance(column, Field) else held == value
