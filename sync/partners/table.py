"""Table: a message as a CSV file of one row, for a partner who opens or imports tables (docs/partners/files.md).

In: bytes that payload.py made. Out: the same as a table from which those very bytes can be made again.
Never here: a field left out, a cell that a spreadsheet would take for a formula, a value in an error.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from automations.errors import NeedsAPerson

LONGEST_CELL = 32_767
MOST_COLUMNS = 16_384
"""What a spreadsheet holds: it would cut off the rest without a word."""

COLUMN = re.compile(r"[A-Za-z][A-Za-z0-9_]*(\.([A-Za-z][A-Za-z0-9_]*|[1-9][0-9]{0,4}))*")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_LIKE_A_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_WORDS = ("", "true", "false", "null", "[]", "{}")
_BEGINS_A_FORMULA = "=+-@＝＋－＠"
_BREAKS = "\t\r\n"


def table(payload: bytes, columns: Sequence[str] = (), bom: bool = False) -> bytes:
    """One line of column names and one of values, in UTF-8. NeedsAPerson where it cannot hold everything.

    Without `columns` they are the fields of the message, in the order of the alphabet and of each list; with them,
    those and no others. `bom` marks the file as UTF-8 for a spreadsheet.
    """
    cells = dict(_cells(_message(payload)))
    plan = tuple(columns) or tuple(cells)
    if left_over := sorted(set(cells) - set(plan)):
        raise NeedsAPerson(f"The columns in the settings have no place for {', '.join(left_over[:5])}.")
    if len(plan) > MOST_COLUMNS or any(_length(cell) > LONGEST_CELL for cell in cells.values()):
        raise NeedsAPerson("The message is too long for a table, which would be cut off: it needs JSON.")
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(plan)
    writer.writerow([cells.get(column, "") for column in plan])
    return text.getvalue().encode("utf-8-sig" if bom else "utf-8")


def _length(cell: str) -> int:
    """As a spreadsheet counts letters: some are two."""
    return len(cell.encode("utf-16-le")) // 2


def _message(payload: bytes) -> dict[str, Any]:
    """What the bytes say, if they can be made again from it: no name twice, no number that a machine would round."""
    try:
        told = json.loads(payload)
        again = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError):
        again = None
    if again != payload or not isinstance(told, dict) or not told:
        raise NeedsAPerson("The message is not one that a table can be made from and turned back into.")
    return told


def _cells(told: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Each field's column and cell. The fields of a list are numbered from 1."""
    if isinstance(told, dict) and told:
        if not all(_NAME.fullmatch(name) for name in told):
            raise NeedsAPerson("The message has a field whose name cannot be a column.")
        inside = [(f"{path}.{name}" if path else name, told[name]) for name in sorted(told)]
    elif isinstance(told, list) and told:
        inside = [(f"{path}.{number}", each) for number, each in enumerate(told, 1)]
    else:
        yield path, _guarded(told) if isinstance(told, str) else json.dumps(told)
        return
    for column, each in inside:
        yield from _cells(each, column)


def _guarded(text: str) -> str:
    """The text, with an apostrophe before it where it could be taken for anything else (HC-052: nothing is altered).

    That is a formula, a number (which would lose its first nought), a word of JSON, nothing, or an apostrophe.
    """
    taken = (
        text in _WORDS
        or text[0] in f"'{_BREAKS}"
        or text.lstrip()[:1] in tuple(_BEGINS_A_FORMULA)
        or _LIKE_A_NUMBER.fullmatch(text)
    )
    return f"'{text}" if taken else text
