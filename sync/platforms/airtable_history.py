"""A record's history on Airtable: what the ledger tells, or its maker's cells, or nothing while the feed may yet tell.

In: a record's id. Out: its changes with their authors, and whether they may grow though the record stays as it is.
Never here: a guess made before the feed has come as far as the record's last change (R-25).
"""

from collections.abc import Callable
from datetime import datetime

from automations.ports import Change, Record
from sync.platforms.airtable_audit import TOLD_BY_THEN, Audit, State, Told
from sync.platforms.airtable_client import Client
from sync.platforms.airtable_hands import history
from sync.platforms.airtable_mirror import Mirror
from sync.platforms.airtable_reading import Reader
from sync.platforms.airtable_tables import Bound

WAITS = (1.0, 2.0, 4.0)
"""Seconds that a feed is waited for which has not told yet of a change that was made a moment ago, ours as a rule."""


class Histories:
    """Asks the audit, once the feed was heard; without an audit, by who touched the record."""

    def __init__(
        self, client: Client, reader: Reader, mirror: Mirror, audit: Audit | None, now: Callable[[], datetime]
    ) -> None:
        """`audit` None: no ledger is kept."""
        self._client = client
        self._reader = reader
        self._mirror = mirror
        self._audit = audit
        self._now = now
        self._unsure: set[tuple[str, str]] = set()

    @property
    def is_audit(self) -> bool:
        """Whether every base that was asked has a feed, as far as is known."""
        return self._audit is not None and not self._mirror.deaf

    def of(self, bound: Bound, id: str) -> list[Change]:
        """What the ledger tells, where it knows the record's whole life. Empty while the feed may yet tell more of it,
        and where it missed something in between. Of a record from before it: the maker's cells, if nobody else is
        known to have touched it (R-25).
        """
        record, told = self._told(bound, id)
        if record is None:
            return []
        if told.state is not State.WHOLE and self._reader.was_read_since(bound, id):
            record, told = self._told(bound, id, now=True)
        for seconds in WAITS:
            if told.state is not State.BEHIND or not self._is_new(record) or not self._reader.look.may_wait(seconds):
                break
            self._client.pace.sleep(seconds)
            record, told = self._told(bound, id, now=True)
        return self._changes(bound, record, told)

    def behind(self, table: str, id: str) -> bool:
        """Whether the history that was told last may yet grow, or be told to be less, though the record stays."""
        return (table, id) in self._unsure

    def _changes(self, bound: Bound, record: Record | None, told: Told) -> list[Change]:
        if record is None:
            return []
        if told.state is State.WHOLE or bound.base in self._mirror.deaf or self._audit is None:
            self._unsure.discard((record.table, record.id))
        else:
            self._unsure.add((record.table, record.id))
        if told.state is not State.ALONE or not bound.hands:
            return list(told.changes)
        return history(bound.table, record, *self._reader.hands[record.table, record.id])

    def _told(self, bound: Bound, id: str, now: bool = False) -> tuple[Record | None, Told]:
        """The record as it was last read, and what the ledger says of it once the feed was heard."""
        listening = self._audit is not None and self._mirror.listen(bound, now)
        record = self._reader.latest_of(bound, id) if listening else None
        told = self._of(bound, record, listening)
        if told.state is State.WHOLE and record:
            return record, told
        if record is None or self._reader.is_stale(bound, id):
            record = next(iter(self._reader.by_id(bound, [id])), None)
            told = self._of(bound, record, listening)
        return record, told

    def _of(self, bound: Bound, record: Record | None, listening: bool) -> Told:
        return self._audit.of(bound, record, listening) if self._audit and record else Told(State.ALONE)

    def _is_new(self, record: Record | None) -> bool:
        """Whether the record changed so lately that the feed may be about to tell of it."""
        return record is not None and self._now() - (record.updated_at or record.created_at) < TOLD_BY_THEN
