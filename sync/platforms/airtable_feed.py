"""What happened in a base, by the payload list of a webhook that notifies nobody: one cursor for all its tables.

In: a base. Out: for each table the records made or changed since the last look, and those that are gone.
Never here: a cell of a payload; it is never trusted, the records are read.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sync.platforms.airtable_cells import instant
from sync.platforms.airtable_client import Client, Refused, Row

SPECIFICATION: Row = {"options": {"filters": {"dataTypes": ["tableData"]}}}
RENEWED = timedelta(days=3)
"""How long before its end a webhook is given seven more days: Airtable lets it live for seven."""

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

    def __init__(self, client: Client, base: str) -> None:
        self._client = client
        self._base = base
        self._id = ""
        self._cursor = 1
        self._until: datetime | None = None
        self._off = False
        self._told = News()

    def news(self, now: datetime) -> News | None:
        """Since the last look. None where there is no feed to be had: then formulas must do."""
        if self._off:
            return None
        begins = not self._id
        try:
            if begins:
                self._begin()
                self._told = News(anew=True)
            elif self._until and self._until - now < RENEWED:
                self._until = _end(self._client.call("POST", *self._path(self._id, "refresh")))
            while self._page():
                pass
        except Refused as refused:
            if begins:
                self._off = True
                log.warning("Airtable keeps no feed for this token %s: changes are found by asking.", refused.detail)
                return None
            self._id = ""  # it expired, or somebody deleted it
            return self.news(now)
        told, self._told = self._told, News()
        return told

    def _begin(self) -> None:
        """Ours, where one was left by an earlier run, from where it stands now; else a new one."""
        for hook in self._client.call("GET", *self._path())["webhooks"]:
            if _is_ours(hook):
                self._id, self._cursor, self._until = hook["id"], hook["cursorForNextPayload"], _end(hook)
                return
        made = self._client.call("POST", *self._path(), body={"specification": SPECIFICATION})
        self._id, self._cursor, self._until = made["id"], 1, _end(made)

    def _page(self) -> bool:
        """One page of payloads; whether there may be more. What it told is kept until all of them were read."""
        page = self._client.call("GET", *self._path(self._id, "payloads"), ask={"cursor": self._cursor})
        for payload in page["payloads"]:
            for table, changes in (payload.get("changedTablesById") or {}).items():
                _note(self._told, table, changes)
        self._cursor = page["cursor"]
        return bool(page["mightHaveMore"])

    def _path(self, *more: str) -> tuple[str, ...]:
        return ("bases", self._base, "webhooks", *more)


def _is_ours(hook: Row) -> bool:
    """Whether it tells of every record and notifies nobody, as ours does, and is alive."""
    filters = hook["specification"]["options"]["filters"]
    narrow = {"recordChangeScope", "watchDataInFieldIds", "sourceOptions", "fromSources", "changeTypes"} & set(filters)
    told = filters.get("dataTypes") == ["tableData"] and not any(filters[name] for name in narrow)
    return bool(told and hook["isHookEnabled"] and not hook.get("notificationUrl"))


def _note(told: News, table: str, changes: Mapping[str, Any]) -> None:
    touched, gone = told.touched.setdefault(table, set()), told.gone.setdefault(table, set())
    for kind in ("createdRecordsById", "changedRecordsById"):
        touched |= set(changes.get(kind) or ())
    gone |= set(changes.get("destroyedRecordIds") or ())


def _end(told: Row) -> datetime | None:
    return instant(told["expirationTime"]) if told.get("expirationTime") else None
