"""Airtable's cells in and out: one translation of each kind, and the formulas that find records.

In: settled values, or cells as Airtable's answers give them. Out: the other of the two.
Never here: a guess; what is not of its kind comes back as Unreadable.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from pyairtable.formulas import quoted

from automations.ports import File, Unreadable, Value
from schema.parts import Field, Kind
from sync.platforms.cells import blank

TEXTUAL = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.CHOICE, Kind.EMAIL, Kind.PHONE})
"""Kinds whose cells a formula can compare as text."""


def to_airtable(value: Value) -> Any:
    """A settled value of a field as Airtable takes it: instants always in UTC and saying so."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [str(word) for word in value]
    return value


def from_airtable(field: Field, raw: Any) -> Value | Unreadable:
    """A cell of an answer, where a blank one is left out. Unreadable where it is not of the field's kind."""
    if raw is None or raw in ("", []):
        return blank(field)
    try:
        return _READ[field.kind](raw)
    except (ValueError, TypeError, KeyError, AttributeError):
        return Unreadable(str(raw))


def instant(raw: Any) -> datetime:
    """Airtable writes `2026-11-22T10:00:00.000Z`. ValueError where there is no zone or no date."""
    moment = datetime.fromisoformat(raw)
    if moment.tzinfo is None:
        raise ValueError
    return moment.astimezone(UTC).replace(microsecond=0)


def address(raw: Any) -> str | None:
    """The e-mail address of a collaborator; None for somebody at a form, who has none."""
    return (raw.get("email") or None) if isinstance(raw, dict) else None


def _text(raw: Any) -> str:
    if not isinstance(raw, str):
        raise TypeError
    return raw


def _tick(raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise TypeError
    return raw


def _whole(raw: Any) -> int:
    if isinstance(raw, bool) or float(raw) != int(raw):
        raise ValueError
    return int(raw)


def _choices(raw: Any) -> tuple[str, ...]:
    if not isinstance(raw, list):
        raise TypeError
    return tuple(str(word) for word in raw)


def _files(raw: Any) -> tuple[File, ...]:
    return tuple(
        File(each["filename"], int(each.get("size") or 0), str(each["id"]), each.get("type") or "") for each in raw
    )


_READ: Mapping[Kind, Callable[[Any], Value]] = {
    **dict.fromkeys(TEXTUAL | {Kind.LIVE}, _text),
    Kind.CHOICES: _choices,
    Kind.YES: _tick,
    Kind.NUMBER: _whole,
    Kind.MONEY: float,
    Kind.DATE: date.fromisoformat,
    Kind.INSTANT: instant,
    Kind.FILES: _files,
    Kind.MADE_BY: address,
    Kind.CHANGED_BY: address,
}


def same_cell(field: Field, held: Value | Unreadable, wanted: Value) -> bool:
    """Whether a cell holds what was sent. Words of a list may stand in another order; pence are rounded."""
    if field.kind is Kind.CHOICES and isinstance(held, tuple) and isinstance(wanted, tuple):
        return {str(word) for word in held} == {str(word) for word in wanted}
    if field.kind is Kind.MONEY and isinstance(held, (int, float)) and isinstance(wanted, (int, float)):
        return abs(held - wanted) < 0.005
    return held == wanted


# --- formulas -----------------------------------------------------------------------------------


def any_of(column: str, values: Iterable[str]) -> str:
    """Cells of text that equal one of the values."""
    return _either(f"{{{column}}}={quoted(value)}" for value in values)


def numbered(column: str, numbers: Iterable[str]) -> str:
    """Records whose number is one of these."""
    return _either(f"{{{column}}}={number}" for number in numbers)


def identified(ids: Iterable[str]) -> str:
    """Records by Airtable's own ids."""
    return _either(f"RECORD_ID()={quoted(id)}" for id in ids)


def since(moment: datetime) -> str:
    """Records made or changed at or after that instant. It needs no field; a record never changed has no second."""
    at = f"DATETIME_PARSE({quoted(str(to_airtable(moment)))})"
    return (
        f"OR(NOT(IS_BEFORE(CREATED_TIME(),{at})),IF(LAST_MODIFIED_TIME(),NOT(IS_BEFORE(LAST_MODIFIED_TIME(),{at})),0))"
    )


def _either(tests: Iterable[str]) -> str:
    return f"OR({','.join(tests)})"
