"""In step: whether a record and its history tell of one and the same state (R-25).

In: a record as read, its history, read before or after. Out: whether the cell is what the history says it came to hold.
Never here: a guess at which of the two is right. Where they differ, nobody knows yet whose the cell is.
"""

from collections.abc import Sequence
from datetime import datetime

from automations.histories import History
from automations.ports import Change, Record, Unreadable, Value
from schema import TABLES


def in_step(record: Record, field: str, history: History) -> bool:
    """Whether the cell holds what was last put there, by the history. True where that tells nothing of the field.

    Otherwise somebody changed it between the two readings, or past the audit: the next reading tells.
    """
    changes = [change for change in history if change.field == field]
    if not changes:
        return True
    cell = record.fields.get(field)
    if field in {link.name for link in TABLES[record.table].links}:
        return _points(cell, changes)
    return _settled(cell) == _settled(changes[-1].after)


def _points(cell: Value | Unreadable, changes: Sequence[Change]) -> bool:
    """The same of a link to one. A grid takes the old one away and brings the new one in either order."""
    there: frozenset[object] = frozenset()
    for change in changes:
        came = _ids(change.after)
        there = came or there - _ids(change.before)
    return _ids(cell) == there


def _ids(cell: Value | Unreadable) -> frozenset[object]:
    return frozenset(cell) if isinstance(cell, tuple) else frozenset()


def _settled(cell: Value | Unreadable) -> object:
    """What counts of a cell: no white space around it, no part of a second, no order of several words."""
    if isinstance(cell, datetime):
        return cell.replace(microsecond=0)
    if isinstance(cell, tuple):
        return frozenset(cell) or None
    return (cell.strip() or None) if isinstance(cell, str) else cell
