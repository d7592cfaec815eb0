"""Records to values: a platform's rows become the case, the reports and the office that rules read.

In: records by table. Out: model values, with a sentence for every cell that could not be used.
Never here: a guess at what a cell meant, a rule, a write.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from automations.model import Row
from automations.ports import Record, Unreadable

T = TypeVar("T", bound=Row)


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of a value: which column it is read from and how."""

    name: str
    column: str
    default: Any
    read: Callable[[Any], Any]


class NotAnOption(ValueError):
    """The cell holds an option that is not in our list."""


def value(kind: type[T], record: Record, said: list[str], **more: Any) -> T:
    """A value of that kind from a record. What cannot be used is left blank, with a sentence in `said`."""
    cells: dict[str, Any] = {}
    of: Any = kind
    for cell in _cells(of):
        raw = record.fields.get(cell.column)
        if raw is None or raw in ("", ()):
            cells[cell.name] = cell.default
            continue
        try:
            if isinstance(raw, Unreadable):
                raise ValueError
            cells[cell.name] = cell.read(raw)
        except NotAnOption:
            said.append(f"{record.table} {record.id}: {cell.column} holds an option that Casewatch does not know.")
            cells[cell.name] = cell.default
        except (TypeError, ValueError):
            said.append(f"{record.table} {record.id}: {cell.column} cannot be read as what it should hold.")
            cells[cell.name] = cell.default
    cells |= {"id": record.id, "created_at": record.created_at, "updated_at": record.updated_at}
    return kind(**cells, **more)


@cache
def _cells(kind: Any) -> tuple[Cell, ...]:
    hints = get_type_hints(kind)
    return tuple(
        Cell(f.name, f.metadata["column"], f.default, _reader(hints[f.name], f.name))
        for f in fields(kind)
        if "column" in f.metadata
    )


def _reader(hint: Any, name: str) -> Callable[[Any], Any]:
    if get_origin(hint) in (Union, UnionType):
        hint = next(a for a in get_args(hint) if a is not type(None))
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        if issubclass(inner, StrEnum):
            return lambda raw: tuple(_option(inner, x) for x in raw)
        return tuple
    if name.endswith("_id"):
        return lambda raw: raw[0] if isinstance(raw, tuple) else raw
    if issubclass(hint, StrEnum):
        return lambda raw: _option(hint, raw)
    if hint is datetime:
        return _instant
    return _exactly(hint)


def _option(kind: type[StrEnum], raw: Any) -> StrEnum:
    try:
        return kind(raw)
    except ValueError:
        raise NotAnOption from None


def _instant(raw: Any) -> datetime:
    if not isinstance(raw, datetime) or raw.tzinfo is None:
        raise ValueError
    return raw


def _exactly(kind: type) -> Callable[[Any], Any]:
    def read(raw: Any) -> Any:
        if kind in (str, bool, int) and not isinstance(raw, (str, bool, int, float)):
            raise ValueError
        if kind is date and (not isinstance(raw, date) or isinstance(raw, datetime)):
            raise ValueError
        return kind(raw) if kind in (str, bool, int) else raw

    return read
