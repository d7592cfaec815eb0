"""The tables as they stand, held in memory and kept right by the feed: a pass that finds nothing new asks one
question a base.

In: the feed of each base. Out: every record of a table, and those changed since an instant.
Never here: what a single look-up by key or id answers; consent before a sending, above all, is read from Airtable.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from automations.ports import Record
from schema.parts import Kind
from sync.platforms.airtable_cells import identified, since
from sync.platforms.airtable_client import Client
from sync.platforms.airtable_feed import Feed, News
from sync.platforms.airtable_ledger import Ledger
from sync.platforms.airtable_reading import ASKED_AT_ONCE, Reader, batches
from sync.platforms.airtable_tables import Bound
from sync.platforms.cells import by_number, words
from sync.platforms.live import LIVE

READ_ANEW = timedelta(days=1)
"""How long a table is believed to be as the feed tells it; then it is read whole once more."""
FRESH = 2.0
"""Seconds for which what the feed told holds, so that the many tables of one pass need one question."""


@dataclass(slots=True)
class _Held:
    read_at: datetime
    records: dict[str, Record]
    doubtful: set[str] = field(default_factory=set)
    """Airtable's ids of records that changed since they were read."""


class Mirror:
    """What one process knows of one landlord's bases."""

    def __init__(self, client: Client, reader: Reader, now: Callable[[], datetime], fresh: float = FRESH,
                 ledger: Ledger | None = None) -> None:  # fmt: skip
        """`ledger` keeps what the feeds tell."""
        self._ledger = ledger
        self._client = client
        self._reader = reader
        self._now = now
        self._fresh = fresh
        self.deaf: set[str] = set()
        """Bases that had no feed when it was last asked for."""
        self._feeds: dict[str, Feed] = {}
        self._looked: dict[str, float] = {}
        self._held: dict[str, _Held] = {}
        self._bound: dict[str, Bound] = {}

    def records(self, bound: Bound) -> list[Record]:
        """Every record of the table, oldest first."""
        found = self.as_told(bound)
        return self._reader.all(bound) if found is None else found

    def as_told(self, bound: Bound) -> list[Record] | None:
        """The same by the feed; None where there is none."""
        held = self._as_it_stands(bound)
        return None if held is None else self._told(bound, held.records.values())

    def changed_since(self, bound: Bound, moment: datetime) -> list[Record]:
        """Those made or changed at or after that instant."""
        held = self._as_it_stands(bound)
        if held is None:
            return self._reader.all(bound, since(moment))
        start = moment.replace(microsecond=0)
        return self._told(bound, (r for r in held.records.values() if (r.updated_at or r.created_at) >= start))

    def wrote(self, bound: Bound, numbers: Iterable[str] = ()) -> None:
        """We wrote these records, or more than we know: what is held of them is in doubt, whatever the feed says."""
        if held := self._held.get(bound.id):
            own = {bound.numbers.own.get(number, "") for number in numbers}
            held.doubtful |= own
            if not own or "" in own:
                del self._held[bound.id]

    def put(self, bound: Bound, records: Iterable[Record]) -> None:
        """Records as Airtable's answer to a write gave them."""
        if held := self._held.get(bound.id):
            held.records |= {record.id: record for record in records}

    def known(self, bound: Bound) -> Iterable[Record] | None:
        """The table as we know it, without asking; None where that is in doubt."""
        held = self._held.get(bound.id)
        return None if held is None or held.doubtful else held.records.values()

    def listen(self, bound: Bound, now: bool = False) -> bool:
        """Hear what happened in the table's base: lately, or `now` once more. Whether there is a feed of it."""
        self._bound[bound.id] = bound
        return self._look(bound.base, now)

    def forget(self) -> None:
        """The tables were found anew."""
        self._held.clear()
        self._bound.clear()

    def _as_it_stands(self, bound: Bound) -> _Held | None:
        self._bound[bound.id] = bound
        if not self._look(bound.base):
            return None
        held = self._held.get(bound.id)
        if held is None or self._now() - held.read_at >= READ_ANEW or len(held.doubtful) > max(len(held.records), 10):
            records = self._reader.all(bound)
            held = self._held[bound.id] = _Held(self._now(), {record.id: record for record in records})
        elif held.doubtful:
            doubtful = sorted(held.doubtful)
            for own in doubtful:
                held.records.pop(bound.numbers.number.get(own, ""), None)
            for some in batches(doubtful, ASKED_AT_ONCE):
                held.records |= {record.id: record for record in self._reader.all(bound, identified(some))}
            held.doubtful -= set(doubtful)
        return held

    def _look(self, base: str, now: bool = False) -> bool:
        """Bring what is held up to date with the feed; whether there is one."""
        clock, look = self._client.pace.clock(), self._reader.look
        fresh = base in self._looked and clock - self._looked[base] < self._fresh
        if not now and (base in look.bases or fresh):
            return True
        feed = self._feeds.setdefault(base, Feed(self._client, base, self._ledger))
        news = feed.news(self._now())
        if news is None:
            self.deaf.add(base)
            return False
        self.deaf.discard(base)
        self._looked[base] = clock
        if look.is_on:
            look.bases.add(base)
        self._heard(base, news)
        return True

    def _heard(self, base: str, news: News) -> None:
        if news.anew:
            self._reader.forget()
        self._reader.heard(base, frozenset[str]().union(*news.touched.values()))
        here = {id: held for id, held in self._held.items() if self._bound[id].base == base}
        for id, held in here.items():
            if news.anew:
                del self._held[id]
                continue
            held.doubtful |= news.touched.get(id, set())
            for own in news.gone.get(id, ()):
                held.doubtful.discard(own)
                held.records.pop(self._bound[id].numbers.number.get(own, ""), None)
        for id, gone in news.gone.items():
            if gone and id in self._bound:
                self._unlink(here, self._bound[id], gone)

    def _unlink(self, here: Mapping[str, _Held], other: Bound, gone: Iterable[str]) -> None:
        """A record that is gone is in no link any more, though no row that pointed at it is told as changed."""
        numbers = {other.numbers.number.get(own, "") for own in gone}
        for id, held in here.items():
            for link in (each for each in self._bound[id].table.links if each.to == other.table.name):
                for number, record in held.records.items():
                    left = tuple(word for word in words(record.fields[link.name]) if word not in numbers)
                    if left != record.fields[link.name]:
                        held.records[number] = replace(record, fields={**record.fields, link.name: left})

    def _told(self, bound: Bound, records: Iterable[Record]) -> list[Record]:
        """Oldest first, with live fields as they are by now."""
        found = sorted(records, key=lambda record: by_number(record.id))
        live = [each for each in bound.table.fields if each.kind is Kind.LIVE]
        if not live:
            return found
        now = self._now()
        return [replace(r, fields={**r.fields, **{x.name: LIVE[x.live](r.fields, now) for x in live}}) for r in found]
