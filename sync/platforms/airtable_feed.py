"""What happened in a base, by the payload list of a webhook that notifies nobody: one cursor for all its tables.

In: a base. Out: for each table the records made or changed since the last look, and those that are gone.
Never here: a cell of a payload; what it holds goes to the ledger, whole and unread, and the records are read.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sync.platforms.airtable_client import Client, Refused, Row
from sync.platforms.airtable_ledger import Ledger

SPECIFICATION: Row = {
    "options": {"filters": {"dataTypes": ["tableData"]}, "includes": {"includePreviousCellValues": True}}
}
LOOKED_AT = timedelta(hours=1)
"""How often a webhook is looked at: one that is switched off goes on answering, and tells nothing new. Each reading
of its payloads gives it seven more days."""
NO_FEED = (
    "Airtable keeps no feed for this token %s: changes are found by asking, and a decision counts only on a row that "
    "one person touched. `casewatch schema apply --platform airtable` begins it."
)

log = logging.getLogger("casewatch")


@dataclass(slots=True)
class News:
    """What happened in one base since the last look, by Airtable's own ids."""

    anew: bool = False
    """Whether the feed began only now: what happened before is not known."""
    touched: dict[str, set[str]] = field(default_factory=dict)
    gone: dict[str, set[str]] = field(default_factory=dict)


class Feed:
    """The feed of one base."""

    def __init__(self, client: Client, base: str, ledger: Ledger | None = None) -> None:
        """`ledger` keeps every page that is read; it also knows how far an earlier run of the program came."""
        self._client = client
        self._base = base
        self._ledger = ledger
        self._id = ""
        self._cursor = 1
        self._looked: datetime | None = None
        self._off = False
        self._told = News()

    def news(self, now: datetime) -> News | None:
        """Since the last look. None where there is no feed to be had: then formulas must do."""
        begins = not self._id
        try:
            if self._looked is None or now - self._looked >= LOOKED_AT:
                self._begin()
                self._looked = now
            if self._off:
                return None
            while self._page(now):
                pass
        except Refused as refused:
            self._id, self._looked = "", now if begins else None
            if begins:
                self._switch_off(refused)
                return None
            return self.news(now)  # it expired, or somebody deleted it
        told, self._told = self._told, News()
        return told

    def _begin(self) -> None:
        """The webhook that was read last, where it is alive; another of ours; a new one, where we may make one."""
        last = self._id or (self._ledger.hook(self._base) if self._ledger else "")
        alive = {hook["id"]: hook for hook in self._client.call("GET", *self._path())["webhooks"] if is_ours(hook)}
        if self._id and self._id in alive:
            return
        self._id = ""
        id = last if last in alive else next(iter(alive), "") or make(self._client, self._base)
        self._cursor = alive[id]["cursorForNextPayload"] if id in alive else 1
        if self._ledger:
            self._cursor = self._ledger.cursor(self._base, id)
        self._id, self._off, self._told = id, False, News(anew=True)

    def _switch_off(self, refused: Refused) -> None:
        if not self._off:
            log.warning(NO_FEED, refused.detail)
        self._off = True

    def _page(self, now: datetime) -> bool:
        """One page of payloads; whether there may be more. What it told is kept until all of them were read."""
        page = self._client.call("GET", *self._path(self._id, "payloads"), ask={"cursor": self._cursor})
        first = page["cursor"] - len(page["payloads"])
        if self._ledger:
            self._ledger.keep(self._base, self._id, first, page["payloads"], now)
        if first != self._cursor or any(payload.get("error") for payload in page["payloads"]):
            self._told.anew = True  # something was lost: Airtable keeps payloads for seven days
        for payload in page["payloads"]:
            for table, changes in (payload.get("changedTablesById") or {}).items():
                _note(self._told, table, changes)
        self._cursor = page["cursor"]
        return bool(page["mightHaveMore"])

    def _path(self, *more: str) -> tuple[str, ...]:
        return ("bases", self._base, "webhooks", *more)


def is_ours(hook: Row) -> bool:
    """Whether it tells of every record, with what stood there before, notifies nobody, and is alive."""
    options = hook["specification"]["options"]
    filters, includes = options["filters"], options.get("includes") or {}
    narrow = {"recordChangeScope", "watchDataInFieldIds", "sourceOptions", "fromSources", "changeTypes"} & set(filters)
    told = filters.get("dataTypes") == ["tableData"] and not any(filters[name] for name in narrow)
    return bool(
        told and includes.get("includePreviousCellValues") and hook["isHookEnabled"] and not hook.get("notificationUrl")
    )


def make(client: Client, base: str) -> str:
    """A webhook of ours in that base; its id. Airtable refuses it to whoever is no creator of the base."""
    return str(client.call("POST", "bases", base, "webhooks", body={"specification": SPECIFICATION})["id"])


def _note(told: News, table: str, changes: Mapping[str, Any]) -> None:
    touched, gone = told.touched.setdefault(table, set()), told.gone.setdefault(table, set())
    for kind in ("createdRecordsById", "changedRecordsById"):
        touched |= set(changes.get(kind) or ())
    gone |= set(changes.get("destroyedRecordIds") or ())
