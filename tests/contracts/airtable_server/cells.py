"""Cells on the wire: which value a type takes, and how what is held is told.

In: a field, a value as sent. Out: what is kept, or the 422 that Airtable answers.
Never here: links' other sides (records.py keeps both sides of a link).
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from tests.contracts.airtable_server.rows import COMPUTED, Field, Refusal, Row, Table, new_id, wire_time

LONGEST = 100_000
TEXTS = frozenset({"singleLineText", "multilineText", "email", "phoneNumber", "url", "richText"})


def kept(field: Field, value: Any, typecast: bool) -> Any:
    """What a cell holds after that value was sent; None clears it."""
    if field.type in COMPUTED:
        raise _refused(field, "because the field is computed")
    if value is None or value is False or value in ("", []):
        return None
    try:
        return _KEEP[field.type](field, str(value) if typecast and field.type in TEXTS else value, typecast)
    except (TypeError, ValueError, KeyError, AttributeError):
        raise _refused(field, "the provided value") from None


def told(table: Table, row: Row, field: Field) -> Any:
    """The cell as an answer gives it; None is left out of answers."""
    match field.type:
        case "autoNumber":
            return row.number
        case "createdTime":
            return wire_time(row.made_at)
        case "createdBy":
            return row.made_by.told() if row.made_by else None
        case "lastModifiedTime":
            last = last_touch(table, row, field)
            return wire_time(last[0]) if last else None
        case "lastModifiedBy":
            last = last_touch(table, row, field)
            return last[1].told() if last and last[1] else None
        case "formula":
            return row.cells.get(field.options.get("shows", ""))
    return row.cells.get(field.id)


def last_touch(table: Table, row: Row, field: Field | None = None) -> Any:
    """When and by whom one of the watched fields was set last: all fields, or those that the options name."""
    watched = (field.options.get("referencedFieldIds") if field else None) or [each.id for each in table.fields]
    return max((row.touched[id] for id in watched if id in row.touched), key=lambda touch: touch[2], default=None)


def _refused(field: Field, why: str) -> Refusal:
    return Refusal(422, "INVALID_VALUE_FOR_COLUMN", f'Field "{field.name}" cannot accept a value {why}')


def _text(field: Field, value: Any, _: bool) -> str:
    if not isinstance(value, str) or len(value) > LONGEST:
        raise ValueError
    return value


def _number(_field: Field, value: Any, _: bool) -> float | int:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError
    return value


def _tick(_field: Field, value: Any, _: bool) -> bool:
    if value is not True:
        raise ValueError
    return True


def _date(_field: Field, value: Any, _: bool) -> str:
    return date.fromisoformat(value).isoformat()


def _instant(_field: Field, value: Any, _: bool) -> str:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:  # a time without a zone is read in the field's own
        raise ValueError
    return wire_time(moment.astimezone(UTC))


def _choice(field: Field, value: Any, typecast: bool) -> str:
    choices = field.options["choices"]
    if not isinstance(value, str):
        raise ValueError
    if value not in [choice["name"] for choice in choices]:
        if not typecast:
            raise Refusal(422, "INVALID_MULTIPLE_CHOICE_OPTIONS",
                          f'Insufficient permissions to create new select option ""{value}""')  # fmt: skip
        choices.append({"id": new_id("sel"), "name": value})
    return value


def _choices(field: Field, value: Any, typecast: bool) -> list[str]:
    if not isinstance(value, list):
        raise ValueError
    return [_choice(field, each, typecast) for each in value]


def _links(_field: Field, value: Any, _: bool) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(each, str) and each.startswith("rec") for each in value):
        raise ValueError
    return list(dict.fromkeys(value))


def _files(_field: Field, value: Any, _: bool) -> list[dict[str, Any]]:
    if not all(set(each) & {"id", "url"} for each in value):
        raise ValueError
    return list(value)


_KEEP: Mapping[str, Callable[[Field, Any, bool], Any]] = {
    **dict.fromkeys(TEXTS, _text),
    "number": _number,
    "currency": _number,
    "checkbox": _tick,
    "date": _date,
    "dateTime": _instant,
    "singleSelect": _choice,
    "multipleSelects": _choices,
    "multipleRecordLinks": _links,
    "multipleAttachments": _files,
}
