"""What a payload of Airtable's webhooks says: which cells were changed, by whom and when.

In: a payload as its list gives it. Out: its cells by Airtable's own ids, without what nobody needs of them.
Never here: a cell in our words (airtable_audit.py), or where payloads are kept (airtable_ledger.py).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sync.platforms.airtable_cells import instant

Row = Mapping[str, Any]

MADE, GONE = "+", "-"
"""In place of a field: the record was made, or deleted."""
NOT_TOLD = object()
"""In place of what stood there before, where a payload does not say."""
SIGNED_IN = frozenset({"client", "publicApi", "formSubmission", "formPageSubmission"})
"""Sources whose user did it. Another's (an automation, a sync, one that we do not know) names nobody."""
JUST_MADE = timedelta(minutes=1)
"""A record that comes from the bin is told as made, too: long after its making, and by who brought it back."""


@dataclass(frozen=True, slots=True)
class Told:
    """One payload: its cells as table, record, field, whether the record was made with it, before and after."""

    number: int
    by: str | None
    at: str
    cells: Sequence[tuple[str, str, str, bool, Any, Any]]


def read(payload: Row) -> Told | None:
    """None where an error stands in a payload's place, or a shape that we do not know: something is missing there."""
    try:
        if payload.get("error"):
            return None
        at = datetime.fromisoformat(payload["timestamp"]).astimezone(UTC)
        return Told(int(payload["baseTransactionNumber"]), _author(payload), at.isoformat(), [*_cells(payload, at)])
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def same(one: Any, other: Any) -> bool:
    """Whether two cells of payloads are one: by ids where they have them, and an empty one is any empty one."""
    if _is_empty(one) or _is_empty(other):
        return _is_empty(one) and _is_empty(other)
    return bool(_ids(one) == _ids(other))


def linked(cell: Any) -> frozenset[str]:
    """The records that a cell points at, by Airtable's ids; none where it is not a link."""
    ids = [each.get("id") for each in cell if isinstance(each, dict)] if isinstance(cell, list) else []
    return frozenset(id for id in ids if isinstance(id, str) and id.startswith("rec"))


def _is_empty(cell: Any) -> bool:
    return cell is None or cell is False or cell in ("", [])


def _ids(cell: Any) -> Any:
    if isinstance(cell, list) and all(isinstance(each, dict) for each in cell):
        return {each.get("id") for each in cell}
    return cell.get("id", cell) if isinstance(cell, dict) else cell


def _author(payload: Row) -> str | None:
    """The address that was signed in; None at a form, and where nobody who could be named did it."""
    action = payload.get("actionMetadata") or {}
    user = (action.get("sourceMetadata") or {}).get("user") or {}
    return (user.get("email") or None) if action.get("source") in SIGNED_IN else None


def _cells(payload: Row, at: datetime) -> Iterator[tuple[str, str, str, bool, Any, Any]]:
    for table, changes in (payload.get("changedTablesById") or {}).items():
        for record, new in (changes.get("createdRecordsById") or {}).items():
            if abs(instant(new["createdTime"]) - at) <= JUST_MADE:
                yield table, record, MADE, True, None, None
            for field, cell in new["cellValuesByFieldId"].items():
                yield table, record, field, True, None, _kept(cell)
        for record, changed in (changes.get("changedRecordsById") or {}).items():
            previous = (changed.get("previous") or {}).get("cellValuesByFieldId") or {}
            for field, cell in changed["current"]["cellValuesByFieldId"].items():
                before = _kept(previous[field]) if field in previous else NOT_TOLD
                yield table, record, field, False, before, _kept(cell)
        for record in changes.get("destroyedRecordIds") or ():
            yield table, record, GONE, False, NOT_TOLD, None


def _kept(cell: Any) -> Any:
    """A cell without what is not needed: a file's address, and what another record is called."""
    if isinstance(cell, list):
        return [_kept(each) for each in cell]
    if not isinstance(cell, dict):
        return cell
    link = str(cell.get("id", "")).startswith("rec")
    names = ("id",) if link else ("id", "name", "email", "filename", "size", "type")
    return {name: cell[name] for name in names if name in cell}
