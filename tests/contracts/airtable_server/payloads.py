"""Webhooks: what happened in a base, kept for as long as Airtable keeps it, and read by a cursor.

In: changes of records. Out: payloads, cursors, expiry.
Never here: a notification; nothing of ours listens for one.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.contracts.airtable_server.rows import Base, Refusal, Row, Table, missing, new_id, wire_time

if TYPE_CHECKING:
    from tests.contracts.airtable_server.records import Records

LIVES = timedelta(days=7)
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
        cells = {id: row.cells.get(id) for id in fields}
        if created:
            told["createdRecordsById"] = {row.id: {"createdTime": wire_time(row.made_at), "cellValuesByFieldId": cells}}
        else:
            told["changedRecordsById"] = {row.id: {"current": {"cellValuesByFieldId": cells},
                                                   "previous": {"cellValuesByFieldId": before}}}  # fmt: skip
    if destroyed:
        told["destroyedRecordIds"] = [destroyed]
    user = {"user": {**at.person.told(), "permissionLevel": at.person.level}} if at.person else {}
    at.base.payloads.append({
        "timestamp": wire_time(at.at).replace(".000Z", f".{at.at.microsecond // 1000:03}Z"),
        "baseTransactionNumber": len(at.base.payloads) + 1,
        "payloadFormat": "v0",
        "actionMetadata": {"source": at.source, "sourceMetadata": user},
        "changedTablesById": {table.id: told},
    })  # fmt: skip


def make(base: Base, body: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """A webhook that begins now and ends in seven days."""
    if "tableData" not in body["specification"]["options"]["filters"]["dataTypes"]:
        raise Refusal(422, "INVALID_WEBHOOK_SPECIFICATION")
    if len(base.webhooks) >= AT_MOST:
        raise Refusal(422, "TOO_MANY_WEBHOOKS_IN_BASE")
    id = new_id("ach")
    told = {"options": {**body["specification"]["options"], "includes": {}}}
    base.webhooks[id] = {"begins": len(base.payloads), "until": now + LIVES, "specification": told}
    return {"id": id, "macSecretBase64": "c2VjcmV0", "expirationTime": wire_time(now + LIVES)}


def listed(base: Base, now: datetime) -> dict[str, Any]:
    """The webhooks of a base. One that has expired is disabled first and gone a week later."""
    return {"webhooks": [
        {"id": id, "specification": hook["specification"], "areNotificationsEnabled": False, "notificationUrl": None,
         "cursorForNextPayload": len(base.payloads) - hook["begins"] + 1, "isHookEnabled": hook["until"] > now,
         "expirationTime": wire_time(hook["until"]), "lastSuccessfulNotificationTime": None,
         "lastNotificationResult": None}
        for id, hook in base.webhooks.items()
    ]}  # fmt: skip


def payloads(base: Base, id: str, ask: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """What happened from a cursor on. Cursors of a webhook begin at 1."""
    hook = _alive(base, id, now)
    cursor, limit = int(ask.get("cursor") or 1), min(int(ask.get("limit") or PAGE), PAGE)
    rest = base.payloads[hook["begins"] + cursor - 1 :]
    page = rest[:limit]
    return {"payloads": page, "cursor": cursor + len(page), "mightHaveMore": len(rest) > len(page)}


def refresh(base: Base, id: str, now: datetime) -> dict[str, Any]:
    """Seven more days."""
    _alive(base, id, now)["until"] = now + LIVES
    return {"expirationTime": wire_time(now + LIVES)}


def _alive(base: Base, id: str, now: datetime) -> dict[str, Any]:
    if id not in base.webhooks or base.webhooks[id]["until"] <= now:
        raise missing()
    return base.webhooks[id]
