"""Our own cells: what the runner keeps is believed only as it wrote it itself (design 2).

In: a record as it stands, its history, the office. Out: the record as it may be believed, and what to put back.
Never here: a cell of staff's. Rows that nobody but the runner touched cost nothing.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Any

from automations.histories import Histories, same_address
from automations.model import Office, TypedOver
from automations.ports import Change, Record, Value
from schema import TABLES
from schema.choices import StaffRole
from schema.parts import Kind, Owner

OF_AN_IMPORT = {"Cases": frozenset({"Imported", "Reference", "Report"})}
"""What an administrator may set by hand at any time: the marks of a case brought over (R-08)."""


def believed(records: Iterable[Record], histories: Histories, office: Office) -> tuple[list[Record], list[TypedOver]]:
    """The records with each cell of ours as we last wrote it, and the cells that somebody else typed over.

    A row that an administrator made, as an import does, counts as we would have made it (R-08, R-26). A cell
    that the audit does not tell of is left as it stands.
    """
    out: list[Record] = []
    over: list[TypedOver] = []
    for record in records:
        ours = {} if histories.is_ours(record) else _ours(record, histories, office)
        if ours:
            over.append(TypedOver(record.table, record.id, ours, record.updated_at or record.created_at))
        out.append(replace(record, fields={**record.fields, **ours}) if ours else record)
    return out, over


def _ours(record: Record, histories: Histories, office: Office) -> dict[str, Value]:
    """Our value of every cell of ours that somebody else set last and that stands as another."""
    found: dict[str, Value] = {}
    history = histories.of(record, office.read_at)
    for name, empty in _kept(record.table).items():
        changes = [change for change in history if change.field == name]
        if not changes or _counts(record.table, changes[-1], histories.account, office):
            continue
        written = [c.after for c in changes if _counts(record.table, c, histories.account, office)]
        value: Any = written[-1] if written else empty
        if value != record.fields.get(name):
            found[name] = value
    return found


def _counts(table: str, change: Change, account: str, office: Office) -> bool:
    if same_address(change.by, account):
        return True
    author = office.author(change.by)
    if author is None or author.role is not StaffRole.ADMINISTRATOR:
        return False
    return change.made or change.field in OF_AN_IMPORT.get(table, ())


@cache
def _kept(table: str) -> dict[str, Value]:
    """The fields of ours in a table, each with what it holds while it is blank. Files are never taken away."""
    empty: dict[Kind, Value] = {Kind.YES: False, Kind.CHOICES: ()}
    return {
        field.name: empty.get(field.kind)
        for field in TABLES[table].fields
        if field.owner is Owner.RUNNER and field.kind is not Kind.FILES
    }
