"""A landlord's bases on the wire-rule server for the benchmark of calls: what is asked, and what had to be.

In: a clock that waits cost nothing. Out: bases with an office and a runner; counts of both kinds.
Never here: a target.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from automations.decide import House
from automations.delivery import Delivery, Outlet
from automations.emailing import Emailing
from automations.perform import Performer
from automations.ports import Record, Value
from automations.runner import Pass, Runner
from benchmarks.nocodb_bases import report
from casewatch.demo.landlord import LANDLORD, make_office
from schema import TABLES
from schema.parts import Link
from sync.partners.packing import Packing
from sync.platforms.airtable import AirtablePlatform
from sync.platforms.airtable_client import BATCH, PAGE
from sync.platforms.airtable_mirror import FRESH
from sync.platforms.airtable_unique import keys_of
from tests.contracts.airtable_desk import NAME, AirtableDesk, Bases, client, server
from tests.contracts.airtable_server import Clock
from tests.house import OWNERS, SECRET, Desk, Inbox

MORNING = datetime(2026, 11, 18, 9, tzinfo=UTC)
OF_A_FEED = 50
"""Payloads that one answer brings."""
LISTS = ("Kind of incident", "Because of", "Safe ways to contact")


def pages(rows: int, size: int = PAGE) -> int:
    """Calls that so many rows take."""
    return -(-rows // size)


class Watched(AirtablePlatform):
    """The adapter, with a note of the calls that no client could do without, by what asks for them."""

    least: Counter[str]
    promised: Counter[str]
    _depth = 0

    def note(self) -> None:
        """Begin to count."""
        self.least, self.promised = Counter(), Counter()
        self._seen: dict[str, set[Any]] = {}
        self._feeds: set[str] = set()

    @contextmanager
    def one_look(self, told: bool = False) -> Iterator[None]:
        with super().one_look(told):
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if not self._depth:
                    self._seen.clear()
                    self._feeds.clear()

    def records(self, table: str) -> list[Record]:
        base = self._bound(table).base
        stale = self._client.pace.clock() - self._mirror._looked.get(base, 0) >= FRESH
        if self._depth and not self._reader.look.is_told and base not in self._feeds and stale:
            self._feeds.add(base)
            self.promised["the office read before a notice"] += 1
        return super().records(table)

    def find(self, table: str, column: str, values: Iterable[str]) -> list[Record]:
        wanted = sorted(set(values) - {""})
        found = super().find(table, column, wanted)
        link = TABLES[table].column(column)
        if isinstance(link, Link) and wanted and not self._reader.look.is_told:
            self._read(link.to, wanted)
            self._read(table, [record.id for record in found])
        elif not isinstance(link, Link) and wanted:
            self._looked_up(table, column, tuple(wanted), len(found))
        return found

    def get(self, table: str, ids: Iterable[str]) -> list[Record]:
        found = super().get(table, wanted := list(ids))
        if not self._reader.look.is_told:
            self._read(table, wanted)
        return found

    def create(self, table: str, rows: Sequence[Mapping[str, Value]]) -> list[str]:
        ids = super().create(table, rows)
        self.least["rows made"] += pages(len(rows), BATCH)
        for keys in keys_of(self._bound(table), [dict(row) for row in rows]).values():
            self.promised["keys looked for after"] += pages(len(keys))
        self._seen.clear()
        return ids

    def update(self, table: str, rows: Sequence[tuple[str, Mapping[str, Value]]]) -> None:
        super().update(table, rows)
        self.least["rows changed"] += pages(len({id for id, _ in rows}), BATCH)
        self._seen.clear()

    def attach(self, table: str, id: str, column: str, name: str, *rest: Any, **more: Any) -> None:
        super().attach(table, id, column, name, *rest, **more)
        self.least["files"] += 1

    def fetch(self, table: str, id: str, column: str, name: str) -> bytes:
        self._read(table, [id])
        self.least["files"] += 1
        return super().fetch(table, id, column, name)

    def _looked_up(self, table: str, *asked: Any) -> None:
        """A look-up by key: asked once within a look."""
        before = self._seen.setdefault(f"{table} by key", set())
        if asked not in before:
            self.promised["looked up by key"] += max(1, pages(asked[-1]))
        if self._depth:
            before.add(asked)

    def _read(self, table: str, ids: Iterable[str]) -> None:
        """Rows by id or link: each of them once within a look."""
        before = self._seen.setdefault(table, set())
        self.promised["cases read before a notice" if self._depth else "looked up by id"] += pages(
            len(new := set(ids) - before)
        )
        if self._depth:
            before |= new


class Landlord:
    """One landlord, its runner, and staff at the form. `letters`: with letters, alerts and notices."""

    def __init__(self, bases: Bases, letters: bool) -> None:
        self.clock = Clock(MORNING.timestamp)
        self.at = server(self.clock).__enter__()
        bases.put(self.at)
        self.desk, self.letters = AirtableDesk(self.at), letters
        self.platform = Watched(client(self.at), NAME, now=self.clock.now)
        self.platform.note()
        make_office(self.platform, self.clock.now())
        self.mail, self.partner = Inbox(), Desk()
        outlet = Outlet({"quayside": self.partner}, OWNERS, Packing(LANDLORD, SECRET, lambda _: ()))
        delivery = Delivery(self.platform, outlet, self.clock.now)
        emailing = Emailing(self.platform, self.mail, LANDLORD, self.clock.now)
        performer = Performer(
            self.platform,
            self.mail if letters else None,
            delivery if letters else None,
            self.clock.now,
            emailing if letters else None,
        )
        self.runner = Runner(self.platform, performer, House(LANDLORD, "http://127.0.0.1/base"), self.clock.now)
        self.kinds: Counter[str] = Counter()
        self._answer, self.at.answer = self.at.answer, self._counted  # type: ignore[method-assign]

    def close(self) -> None:
        self.at.__exit__()

    def once(self, after: float, sweep: bool = False) -> Pass:
        """A pass, that many seconds after the last one."""
        self.clock.sleep(after)
        for base in self.at.bases.values():
            self.platform.least["the feed, one question a base and pass"] += 1
            self._told[base.id] = len(base.payloads)
        return self.runner.once(sweep=sweep)

    def begin(self) -> None:
        """Count from here."""
        self.kinds.clear()
        self.platform.note()
        self._told = {base.id: len(base.payloads) for base in self.at.bases.values()}
        self._from = dict(self._told)

    def end(self) -> None:
        """What the feed told took so many pages more."""
        told = (len(base.payloads) - self._from[base.id] for base in self.at.bases.values())
        self.platform.least["the feed, further pages"] += sum(each // OF_A_FEED for each in told)

    def submit(self, n: int) -> None:
        """One report through the form, no two alike."""
        cells: dict[str, Any] = dict(report(n, self.letters))
        cells |= {name: cells[name].split(",") for name in LISTS if name in cells}
        cells["First reported at"] = f"{self.clock.now() - timedelta(minutes=30):%Y-%m-%dT%H:%M:%S.000Z}"
        self.desk.submit("Reports", cells)

    def _counted(self, method: str, path: str, ask: dict[str, Any], body: Any, token: str) -> Any:
        self.kinds[_kind(method, path, {**ask, **(body if isinstance(body, dict) else {})})] += 1
        return self._answer(method, path, ask, body, token)


def _kind(method: str, path: str, asked: Mapping[str, Any]) -> str:
    for part, kind in {"/payloads": "payloads", "/webhooks": "webhooks", "/meta/": "meta", "/uploadAtt": "upload",
                       "/files/": "download"}.items():  # fmt: skip
        if part in path:
            return kind
    if method == "GET" or path.endswith("/listRecords"):
        return "look-up" if asked.get("filterByFormula") else "list"
    return method
