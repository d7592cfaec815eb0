"""Copies: reports that say they were taken and were not, and taken ones that no longer say so.

In: report rows as they stand. Out: those rows as the runner left them.
Never here: a report taken twice, or a copied row that nobody ever picks up.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from automations.effects import Write
from automations.ports import Platform, Record
from automations.reading import Cases

MARKS = ("Case reference", "Taken at")


def told_apart(
    records: Sequence[Record], platform: Platform, reader: Cases, now: datetime
) -> tuple[list[Record], list[Write]]:
    """The reports by what became of them, not by what their cells say; and the marks to put right.

    A report was taken where a case says that it came from it, or where we ourselves once marked it so (its
    case may be deleted). A copied row is neither: its marks are cleared, and it is a report like any other.
    """
    if not records:
        return [], []
    made = {r.fields["Report"] for r in platform.find("Cases", "Report", [f"report-{r.id}" for r in records])}
    out: list[Record] = []
    writes: list[Write] = []
    for record in records:
        key = f"report-{record.id}"
        marks = _marks(record, key in made, reader, now)
        if marks:
            writes.append(Write("Reports", key, marks, record=record.id))
        out.append(replace(record, fields={**record.fields, **marks}))
    return out, writes


def _marks(record: Record, has_case: bool, reader: Cases, now: datetime) -> dict[str, Any]:
    """The marks that are to be put right. A report with a case and no mark was cut off: it is taken to the end."""
    says_so = any(record.fields.get(mark) for mark in MARKS)
    if has_case == bool(record.fields.get("Case reference")) and has_case == says_so:
        return {}
    history = reader.history(record, now)
    ours: dict[str, Any] = {c.field: c.after for c in history if c.field in MARKS and c.after and reader.is_ours(c)}
    if has_case:
        return ours
    return {} if ours else dict.fromkeys(MARKS)
