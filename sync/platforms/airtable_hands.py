"""What can be known of a record's history where the platform keeps no audit (R-25).

In: a record, who made it, who changed it last. Out: changes, where one and the same person did both; else none.
Never here: a guess. Where two had their hands on a row, nobody can say which cell is whose, and nothing counts.
"""

from automations.ports import Change, Record, Unreadable, Value
from schema.parts import Field, Kind, Table
from sync.platforms.cells import blank

KEPT_BY_THE_PLATFORM = frozenset({Kind.LIVE, Kind.MADE_BY, Kind.CHANGED_BY})


def history(table: Table, record: Record, made_by: str | None, changed_by: str | None) -> list[Change]:
    """Each filled cell as its maker's, while nobody else has touched the record.

    A cell may have been set as late as the record's last change, so that is its moment: a decision is never taken
    to be older than it may be. Links are left out, as the port lets them be.
    """
    if changed_by is not None and changed_by != made_by:
        return []
    if record.updated_at is not None and changed_by is None:
        return []
    at = record.updated_at or record.created_at
    return [
        Change(field.name, blank(field), value, made_by, at, made=record.updated_at is None)
        for field in table.fields
        if (value := _filled(record, field)) is not None
    ]


def _filled(record: Record, field: Field) -> Value | Unreadable:
    value = record.fields[field.name]
    return None if field.kind in KEPT_BY_THE_PLATFORM or value == blank(field) else value
