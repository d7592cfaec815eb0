"""NocoDB's record audit: its entries become changes of fields, by our names whatever staff call them now.

In: one entry as the server tells it, and the table as it stands there. Out: a Change for each field it set.
Never here: a call (nocodb_client.py), or a guess where the audit is silent.
"""

import json
from collections.abc import Iterator

from automations.ports import Change
from schema.parts import Field
from sync.platforms.cells import blank, column_of
from sync.platforms.nocodb_cells import from_nocodb, instant
from sync.platforms.nocodb_client import Row
from sync.platforms.nocodb_tables import Bound


def changes(entry: Row, bound: Bound) -> Iterator[Change]:
    """What one entry says was changed. A deletion changes no field.

    The grid links through the hidden column that holds the other record's Id, and the audit names that one
    (measured on 0.301.3); a link made over the API is named by the link itself.
    """
    details, operation = json.loads(entry["details"] or "{}"), entry["op_type"]
    by, at = entry["user"] or None, instant(entry["created_at"])
    if "link_field_id" in details:
        name, other = bound.name_of(details["link_field_id"]), (str(details.get("ref_row_id") or ""),)
        if name:
            undone = "UNLINK" in operation
            yield Change(name, other if undone else (), () if undone else other, by, at)
        return
    if "DELETE" in operation:
        return
    made, columns, old = "INSERT" in operation, details.get("column_meta") or {}, details.get("old_data") or {}
    for title, value in (details.get("data") or {}).items():
        name = bound.name_of(columns[title]["id"]) if title in columns else None
        column = column_of(bound.table, name) if name else None
        if name is None or not isinstance(column, Field):
            continue
        before = blank(column) if made else from_nocodb(column, old.get(title))
        after = from_nocodb(column, value)
        if before != after:
            yield Change(name, before, after, by, at, made)
