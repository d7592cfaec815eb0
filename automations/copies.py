"""Copies: reports that say they were taken and were not, and taken ones that no longer say so.

In: report rows as they stand. Out: those rows as the runner left them, and which of them are copies.
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
    records: Sequence[Record], platform: Platform, reader: Cases, now: datetime, *, whole: bool
) -> tuple[list[Record], list[Write], set[str]]:
    """The reports by what became of them, not by what their cells say; the marks to put right; the ids of copies.

    A report was taken where a case says that it came from it, or where we ourselves once marked it so (its
    case may be deleted). A copied row is neither: its marks are cleared, and it is a report like any other, but
    for what the victim said in it (intake.py). `whole`: these are all the reports.
    """
    if not records:
        return [], [], set()
    keys = [f"report-{r.id}" for r in records]
    cases = platform.records("Cases") if whole else platform.find("Cases", "Report", keys)
    made = {r.fields["Report"] for r in cases}
    out: list[Record] = []
    writes: list[Write] = []
    copies: set[str] = set()
    for record in records:
        key = f"report-{record.id}"
        marks = _marks(record, key in made, reader, now)
        if key not in made and _is_copy(record, reader, now):
            copies.add(record.id)
        if marks:
            writes.append(Write("Reports", key, marks, record=record.id))
        out.append(replace(record, fields={**record.fields, **marks}))
    return out, writes, copies


def _is_copy(record: Record, reader: Cases, now: datetime) -> bool:
    """Whether a report not taken yet came with the marks of another, be they cleared by now."""
    if record.updated_at is None and not any(record.fields.get(mark) for mark in MARKS):
        return False
    marked = [c for c in reader.history(record, now) if c.field in MARKS and c.after]
    return bool(marked) and not any(map(reader.is_ours, marked))


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
