"""The formulas that our adapter filters by, read as Airtable reads them. Another function is a 422.

In: a text and a record. Out: whether the record passes.
Never here: a function that the adapter does not use.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from tests.contracts.airtable_server.cells import last_touch, told
from tests.contracts.airtable_server.rows import Refusal, Row, Table

TOKEN = re.compile(
    r"""\s*(?:(?P<text>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")|(?P<number>\d+(?:\.\d+)?)|\{(?P<field>[^{}]+)\}"""
    r"""|(?P<name>[A-Z_]+)\(|(?P<sign>!=|=|&|,|\)))""",
    re.DOTALL,
)

Formula = Callable[[Table, Row], Any]


def parsed(text: str) -> Formula:
    """What works the formula out for a record. 422 where it cannot be read."""
    tokens: list[tuple[str, str]] = []
    at = 0
    while at < len(text.rstrip()):
        found = TOKEN.match(text, at)
        if not found or found.lastgroup is None:
            raise _unread()
        tokens.append((found.lastgroup, found[found.lastgroup]))
        at = found.end()
    value = _comparison(tokens)
    if tokens:
        raise _unread()
    return value


def _comparison(tokens: list[tuple[str, str]]) -> Formula:
    left = _joined(tokens)
    if tokens and tokens[0] in (("sign", "="), ("sign", "!=")):
        same = tokens.pop(0)[1] == "="
        right = _joined(tokens)
        return lambda table, row: (_plain(left(table, row)) == _plain(right(table, row))) is same
    return left


def _joined(tokens: list[tuple[str, str]]) -> Formula:
    left = _single(tokens)
    while tokens and tokens[0] == ("sign", "&"):
        tokens.pop(0)
        first, second = left, _single(tokens)
        left = lambda table, row, a=first, b=second: str(_plain(a(table, row))) + str(_plain(b(table, row)))  # type: ignore[misc] # noqa: E731
    return left


def _single(tokens: list[tuple[str, str]]) -> Formula:
    if not tokens:
        raise _unread()
    kind, word = tokens.pop(0)
    match kind:
        case "text":
            text = re.sub(r"\\(.)", r"\1", word[1:-1], flags=re.DOTALL)
            return lambda _table, _row: text
        case "number":
            return lambda _table, _row: float(word)
        case "field":
            return lambda table, row: told(table, row, _field(table, word))
        case "name" if word in FUNCTIONS:
            inside: list[Formula] = []
            while tokens and tokens[0] != ("sign", ")"):
                inside.append(_comparison(tokens))
                if tokens and tokens[0] == ("sign", ","):
                    tokens.pop(0)
            if not tokens:
                raise _unread()
            tokens.pop(0)
            return lambda table, row: FUNCTIONS[word](table, row, [each(table, row) for each in inside])
    raise _unread()


def _field(table: Table, name: str) -> Any:
    try:
        return table.field(name)
    except Refusal:
        raise _unread(f"Unknown field names: {name.lower()}") from None


def _plain(value: Any) -> Any:
    """Blank equals empty text; a list is its words with commas between; an instant is its text."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return float(value) if isinstance(value, int) else value


def _unread(why: str = "Invalid formula. Please check your formula text.") -> Refusal:
    return Refusal(422, "INVALID_FILTER_BY_FORMULA", f"The formula for filtering records is invalid: {why}")


def _before(_table: Table, _row: Row, told: list[Any]) -> bool:
    one, other = told
    if not isinstance(one, datetime) or not isinstance(other, datetime):
        raise _unread("#ERROR!")
    return one < other


def _touched(table: Table, row: Row, _: list[Any]) -> datetime | None:
    last = last_touch(table, row)
    return last[0] if last else None


FUNCTIONS: Mapping[str, Callable[[Table, Row, list[Any]], Any]] = {
    "OR": lambda _table, _row, told: any(told),
    "AND": lambda _table, _row, told: all(told),
    "NOT": lambda _table, _row, told: not told[0],
    "IF": lambda _table, _row, told: told[1] if told[0] else told[2],
    "RECORD_ID": lambda _table, row, _told: row.id,
    "CREATED_TIME": lambda _table, row, _told: row.made_at,
    "LAST_MODIFIED_TIME": _touched,
    "DATETIME_PARSE": lambda _table, _row, told: datetime.fromisoformat(told[0]).astimezone(UTC),
    "IS_BEFORE": _before,
}
