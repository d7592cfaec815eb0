"""Webhooks: what happened in a base, kept for as long as Airtable keeps it, and read by a cursor.

In: changes of records. Out: payloads, cursors, expiry.
Never here: a notification; nothing of ours listens for one.
"""

import copy
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.contracts.airtable_server.rows import Base, Field, Refusal, Row, Table, missing, new_id, wire_time

if TYPE_CHECKING:
    from tests.contracts.airtable_server.records import Records

LIVES = KEPT = timedelta(days=7)
"""A webhook after it was last read, and a payload after it happened."""
PAGE = 50
AT_MOST = 10


def happened(
    at: "Records",
    table: Table,
    created: Row | None = None,
    changed: Row | None = None,
    destroyed: str = "",
    fields: Sequence[str] = (),
    before: Mapping[str, Any] | None = None,
) -> None:
    """Note one change for everybody who reads the base's payloads."""
    told: dict[str, Any] = {}
    row = created or changed
    if row:
        cells = {id: second_format(table.field(id), row.cells.get(id)) for id in fields}
        if created:
            cells = {id: cell for id, cell in cells.items() if cell is not None}
            told["createdRecordsById"] = {row.id: {"createdTime": wire_time(row.made_at), "cellValuesByFieldId": cells}}
        else:
            previous = {id: second_format(table.field(id), cell) for id, cell in (before or {}).items()}
            told["changedRecordsById"] = {row.id: {"current": {"cellValuesByFieldId": cells},
                                                   "previous": {"cellValuesByFieldId": previous}}}  # fmt: skip
    if destroyed:
        told["destroyedRecordIds"] = [destroyed]
    at.base.heard.append(at.base.time)
    user = {"user": {**at.person.told(), "permissionLevel": at.person.level}} if at.person else {}
    at.base.payloads.append({
        "timestamp": wire_time(at.at).replace(".000Z", f".{at.at.microsecond // 1000:03}Z"),
        "baseTransactionNumber": len(at.base.payloads) + 1,
        "payloadFormat": "v0",
        "actionMetadata": {"source": at.source, "sourceMetadata": user},
        "changedTablesById": {table.id: told},
    })  # fmt: skip


def second_format(field: Field, cell: Any) -> Any:
    """A cell as webhooks tell it: a choice with its id, a link with what the other record is called."""
    if cell is None:
        return None
    choices = {choice["name"]: dict(choice) for choice in field.options.get("choices", ())}
    match field.type:
        case "singleSelect":
            return choices.get(cell, {"id": "sel00000000000000", "name": cell})
        case "multipleSelects":
            return [choices.get(word, {"id": "sel00000000000000", "name": word}) for word in cell]
        case "multipleRecordLinks":
            return [{"id": id, "name": "what it is called"} for id in cell]
        case "multipleAttachments":
            return [{**file, "url": f"https://files.airtable.example/{file['id']}?signed"} for file in cell]
    return cell


def make(base: Base, body: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """A webhook that begins now and ends in seven days."""
    if "tableData" not in body["specification"]["options"]["filters"]["dataTypes"]:
        raise Refusal(422, "INVALID_WEBHOOK_SPECIFICATION")
    if len(base.webhooks) >= AT_MOST:
        raise Refusal(422, "TOO_MANY_WEBHOOKS_IN_BASE")
    id = new_id("ach")
    told = {"options": {"includes": {}, **body["specification"]["options"]}}
    base.webhooks[id] = {"begins": len(base.payloads), "until": now + LIVES, "specification": told}
    return {"id": id, "macSecretBase64": "c2VjcmV0", "expirationTime": wire_time(now + LIVES)}


def listed(base: Base, now: datetime) -> dict[str, Any]:
    """The webhooks of a base. One that has expired is disabled first and gone a week later."""
    _forget(base, now)
    return {"webhooks": [
        {"id": id, "specification": hook["specification"], "areNotificationsEnabled": False, "notificationUrl": None,
         "cursorForNextPayload": len(_of(base, hook)) + 1, "isHookEnabled": hook["until"] > now,
         "expirationTime": wire_time(hook["until"]), "lastSuccessfulNotificationTime": None,
         "lastNotificationResult": None}
        for id, hook in base.webhooks.items()
    ]}  # fmt: skip


def payloads(base: Base, id: str, ask: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """What happened from a cursor on, as far as it is still kept. Cursors of a webhook begin at 1; reading gives it
    seven more days.
    """
    hook = _there(base, id, now)
    if hook["until"] > now:
        hook["until"] = now + LIVES
    cursor, limit = int(ask.get("cursor") or 1), min(int(ask.get("limit") or PAGE), PAGE)
    every = _of(base, hook)
    lost = sum(_when(each) <= now - KEPT for each in every)
    first = max(cursor, lost + 1) if len(every) > lost else cursor
    rest = every[first - 1 :] if len(every) > lost else []
    page = [_included(each, hook) for each in rest[:limit]]
    return {"payloads": page, "cursor": first + len(page), "mightHaveMore": len(rest) > len(page)}


def refresh(base: Base, id: str, now: datetime) -> dict[str, Any]:
    """Seven more days, for one that is alive."""
    hook = _there(base, id, now)
    if hook["until"] <= now:
        raise missing()
    hook["until"] = now + LIVES
    return {"expirationTime": wire_time(now + LIVES)}


def _of(base: Base, hook: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What a webhook was told: nothing after it expired."""
    told = sum(heard + base.lag <= base.time for heard in base.heard) if base.lag else len(base.payloads) - base.late
    listed = base.payloads[hook["begins"] : told]
    return [each for each in listed if _when(each) <= hook["until"]]


def _included(payload: Mapping[str, Any], hook: Mapping[str, Any]) -> dict[str, Any]:
    """What stood there before is told to whoever asked for it."""
    told = copy.deepcopy(dict(payload))
    if not hook["specification"]["options"]["includes"].get("includePreviousCellValues"):
        for table in told.get("changedTablesById", {}).values():
            for changed in table.get("changedRecordsById", {}).values():
                changed.pop("previous", None)
    return told


def _when(payload: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(payload["timestamp"])


def _there(base: Base, id: str, now: datetime) -> dict[str, Any]:
    _forget(base, now)
    if id not in base.webhooks:
        raise missing()
    return base.webhooks[id]


def _forget(base: Base, now: datetime) -> None:
    for id, hook in list(base.webhooks.items()):
        if hook["until"] + LIVES <= now:
            del base.webhooks[id]
