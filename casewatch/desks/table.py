"""A table as a partner reads it: the CSV of docs/partners/files.md turned back into the message it was made from.

In: the bytes of a file. Out: the message. ValueError where it is no such table.
Never here: our own code for making tables (a desk that shared it would find no fault in it).
"""

import csv
import io
import json
import re
from typing import Any

NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
WORDS = ("true", "false", "null", "[]", "{}")


def message(content: bytes) -> dict[str, Any]:
    """What the table says. An empty cell is a field that the message does not have."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    if len(rows) != 2 or len(rows[0]) != len(rows[1]) or len(set(rows[0])) != len(rows[0]):
        raise ValueError("a table has a line of names, each once, and a line of values")
    told: dict[str, Any] = {}
    for column, cell in zip(*rows, strict=True):
        if cell:
            *folders, last = column.split(".")
            inside = told
            for each in folders:
                inside = inside.setdefault(each, {})
            inside[last] = _value(cell)
    whole = _lists(told)
    if not isinstance(whole, dict):
        raise ValueError("a message is no list")
    return whole


def _value(cell: str) -> Any:
    """After an apostrophe everything is text; without one, what looks like JSON is."""
    if cell.startswith("'"):
        return cell[1:]
    return json.loads(cell) if cell in WORDS or NUMBER.fullmatch(cell) else cell


def _lists(told: Any) -> Any:
    """Names that are numbers from 1 on are a list."""
    if not isinstance(told, dict) or not told:
        return told
    inside = {name: _lists(value) for name, value in told.items()}
    if all(name.isdecimal() for name in inside):
        return [inside[str(number)] for number in range(1, len(inside) + 1)]
    return inside
