"""NocoDB's cells in and out: one translation of each kind, and filters that hold any text.

In: settled values, or cells as NocoDB's v2 answers give them. Out: the other of the two.
Never here: a guess; what is not of its kind comes back as Unreadable.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from automations.ports import File, Unreadable, Value
from schema.parts import Field, Kind
from sync.platforms.cells import blank

TEXTUAL = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.CHOICE, Kind.EMAIL, Kind.PHONE, Kind.LIVE})
"""Kinds whose cells NocoDB can filter by text."""


def to_nocodb(value: Value) -> Any:
    """A settled value of a field as a v2 body takes it: instants always in UTC and saying so."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return ",".join(str(word) for word in value) or None
    return value


def from_nocodb(field: Field, raw: Any) -> Value | Unreadable:
    """A cell of a v2 answer. Unreadable, with what was there, where it is not of the field's kind."""
    if raw is None or raw in ("", []):
        return blank(field)
    try:
        return _READ[field.kind](raw)
    except (ValueError, TypeError, KeyError, AttributeError):
        return Unreadable(str(raw))


def instant(raw: Any) -> datetime:
    """NocoDB writes `2026-11-22 10:00:00+00:00`. ValueError where there is no zone or no date."""
    moment = datetime.fromisoformat(raw)
    if moment.tzinfo is None:
        raise ValueError
    return moment.astimezone(UTC)


def _tick(raw: Any) -> bool:
    if raw in (0, 1):  # False and True are 0 and 1
        return bool(raw)
    raise ValueError


def _whole(raw: Any) -> int:
    if isinstance(raw, bool) or (number := float(raw)) != int(number):
        raise ValueError
    return int(raw) if isinstance(raw, (int, str)) else int(number)


def _choices(raw: Any) -> tuple[str, ...]:
    return tuple(raw) if isinstance(raw, list) else tuple(raw.split(","))


def _files(raw: Any) -> tuple[File, ...]:
    return tuple(
        File(each["title"], int(each.get("size") or 0), str(each.get("id", "")), each.get("mimetype") or "")
        for each in raw
    )


_READ: Mapping[Kind, Callable[[Any], Value]] = {
    **dict.fromkeys(TEXTUAL, str),
    Kind.CHOICES: _choices,
    Kind.YES: _tick,
    Kind.NUMBER: _whole,
    Kind.MONEY: float,
    Kind.DATE: date.fromisoformat,
    Kind.INSTANT: instant,
    Kind.FILES: _files,
    Kind.MADE_BY: lambda raw: raw["email"] or None,
    Kind.CHANGED_BY: lambda raw: raw["email"] or None,
}


def same_cell(field: Field, held: Value | Unreadable, wanted: Value) -> bool:
    """Whether a cell holds what was sent. Words of a list may stand in another order; pence are rounded."""
    if field.kind is Kind.CHOICES and isinstance(held, tuple) and isinstance(wanted, tuple):
        return {str(word) for word in held} == {str(word) for word in wanted}
    if field.kind is Kind.MONEY and isinstance(held, (int, float)) and isinstance(wanted, (int, float)):
        return abs(held - wanted) < 0.005
    return held == wanted


# --- filters ------------------------------------------------------------------------------------


def filterable(value: str) -> bool:
    """Whether a filter can hold this text. Its quotes have no escape (measured): not both kinds, no backslash."""
    return "\\" not in value and not ("'" in value and '"' in value)


def any_of(title: str, values: Iterable[str | int]) -> str:
    """A filter for cells that equal one of the values; commas and brackets in them are safe."""
    return f"({_quoted(title)},in,{','.join(_quoted(str(value)) for value in values)})"


def shows(title: str, values: Iterable[str]) -> str:
    """The same for a live field, where `in` is answered 500 (measured)."""
    return f"({'~or'.join(f'({_quoted(title)},eq,{_quoted(value)})' for value in values)})"


def since(moment: datetime) -> str:
    """A filter for records made or changed at or after that instant. UpdatedAt is blank until a first change."""
    at = to_nocodb(moment)
    return f'(("UpdatedAt",gte,exactDate,"{at}")~or("CreatedAt",gte,exactDate,"{at}"))'


def _quoted(value: str) -> str:
    return f"'{value}'" if '"' in value else f'"{value}"'
