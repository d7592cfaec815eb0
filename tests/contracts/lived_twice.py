"""A story lived on another platform than memory, and what must be alike at its end.

In: a story of tests/stories, and what makes a platform. Out: every row of every table; where two ends differ.
Never here: which stories, or on which platform.
"""

import inspect
from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from typing import Any

import pytest

from automations.drafts import HALF, mark_of
from automations.model import Letter
from automations.ports import File, Record
from schema import TABLES
from tests import house

Story = Callable[..., Any]
Rows = dict[str, list[dict[str, Any]]]


def lived(story: Story, make: Callable[[Callable[[], datetime]], Any], monkeypatch: pytest.MonkeyPatch) -> list[Rows]:
    """Every row at the end, of each house that the story opens: `make` makes its platform of the story's clock."""
    made: list[Any] = []

    def opened(now: Callable[[], datetime]) -> Any:
        made.append(make(now))
        return made[-1]

    monkeypatch.setattr(house, "MemoryPlatform", opened)
    story(**dict.fromkeys(inspect.signature(story).parameters))
    return [_rows(each) for each in made]


def _rows(platform: Any) -> Rows:
    return {
        table: [
            {"id": record.id, "created at": record.created_at}
            | {name: _plain(cell, _numbers(record)) for name, cell in record.fields.items()}
            for record in platform.records(table)
        ]
        for table in TABLES
    }


def differences(ours: list[Rows], theirs: list[Rows], apart: Collection[str] = ()) -> list[str]:
    """Where the two differ, but in the columns that are `apart`: table, record and column, with both cells."""
    assert len(ours) == len(theirs) > 0
    return [line for one, other in zip(ours, theirs, strict=True) for line in _differences(one, other, apart)]


def _differences(one: Rows, other: Rows, apart: Collection[str]) -> Iterator[str]:
    for table in one:
        if len(one[table]) != len(other[table]):
            yield f"{table}: {len(one[table])} and {len(other[table])}"
            continue
        for a, b in zip(one[table], other[table], strict=True):
            for name in a:
                if name not in apart and a[name] != b[name]:
                    yield f"{table} {a['id']}, {name}: {a[name]!r} and {b[name]!r}"


def _numbers(record: Record) -> str:
    """The part of an edited file's mark that is made from the platform's own number for it."""
    held = record.fields.get("Edited document")
    files = [each for each in held if isinstance(each, File)] if isinstance(held, tuple) else []
    row = Letter(id="", created_at=record.created_at, edited=tuple(f"{x.name}/{x.size}/{x.id}" for x in files))
    return mark_of(row)[HALF:]


def _plain(cell: Any, numbers: str) -> Any:
    if isinstance(cell, str) and "\nAs the record stood" in cell:
        return cell.rpartition(" (")[0]  # the mark is made from moments too, which servers keep in whole seconds
    if isinstance(cell, tuple):
        return tuple((_plain(each.name, numbers), each.size) if isinstance(each, File) else each for each in cell)
    return cell.replace(numbers, "numbers") if isinstance(cell, str) else cell
