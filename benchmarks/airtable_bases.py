"""A landlord's bases on the wire-rule server for the benchmark of calls: what is asked, and what had to be.

In: a clock that waits cost nothing. Out: bases with an office and a runner; counts of both kinds.
Never here: a target.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from automations.decide import House
from automations.delivery import Delivery, Outlet
from automations.emailing import Emailing
from automations.perform import Performer
from automations.ports import Value
from automations.reading import CASE_TABLES
from automations.runner import Pass, Runner
from benchmarks.nocodb_bases import report
from casewatch.demo.landlord import LANDLORD, make_office
from sync.partners.packing import Packing
from sync.platforms.airtable import AirtablePlatform
from sync.platforms.airtable_client import BATCH, PAGE
from sync.platforms.airtable_unique import keys_of
from tests.contracts.airtable_desk import NAME, AirtableDesk, Bases, client, server
from tests.contracts.airtable_server import Clock
from tests.house import OWNERS, SECRET, Desk, Inbox

MORNING = datetime(2026, 11, 18, 9, tzinfo=UTC)
OF_A_FEED = 50
"""Payloads that one answer brings."""
TOKENS = "Send tokens"
LISTS = ("Kind of incident", "Because of", "Safe ways to contact")


def pages(rows: int, size: int = PAGE) -> int:
    """Calls that so many rows take."""
    return -(-rows // size)


class Watched(AirtablePlatform):
    """The adapter, with a note of what it was given to write."""

    def note(self) -> None:
        """Begin to count."""
        self.least: Counter[str] = Counter()
        self.keys: Counter[str] = Counter()
        """Keys of the rows made in this pass, by table."""

    def create(self, table: str, rows: Sequence[Mapping[str, Value]]) -> list[str]:
        ids = super().create(table, rows)
        self.least["rows made"] += pages(len(rows), BATCH)
        self.keys[table] += max(
            (len(each) for each in keys_of(self._bound(table), map(dict, rows)).values()), default=0
        )
        return ids

    def update(self, table: str, rows: Sequence[tuple[str, Mapping[str, Value]]]) -> None:
        super().update(table, rows)
        self.least["rows changed"] += pages(len({id for id, _ in rows}), BATCH)

    def attach(self, table: str, id: str, column: str, name: str, *rest: Any, **more: Any) -> None:
        super().attach(table, id, column, name, *rest, **more)
        self.least["files"] += 1


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
        self.platform.least["the feed, one question a base and pass"] += len(self.at.bases)
        done = self.runner.once(sweep=sweep)
        for table, keys in self.platform.keys.items():
            self.promised["keys looked for after"] += keys if table == TOKENS else pages(keys)
        self.platform.keys.clear()
        return done

    def begin(self) -> None:
        """Count from here."""
        self.kinds.clear()
        self.promised: Counter[str] = Counter()
        self.platform.note()
        self._from = {base.id: len(base.payloads) for base in self.at.bases.values()}
        self._had = {name: len(self._rows(name)) for name in (TOKENS, "Reports", "Letters", "Alerts")}

    def end(self) -> None:
        """What follows from what stands there now, whoever made it and however: pages of the feed, and promises."""
        told = (len(base.payloads) - self._from[base.id] for base in self.at.bases.values())
        self.platform.least["the feed, further pages"] += sum(each // OF_A_FEED for each in told)
        new = {name: len(self._rows(name)) - before for name, before in self._had.items()}
        self.platform.least["rows that staff entered"] += pages(new["Reports"])
        self.promised["tokens looked for before"] += new[TOKENS]
        self.promised["letters read before their files"] += new["Letters"] if self.letters else 0
        self.promised["reports: taken before, which number, whose"] += 5 * pages(new["Reports"])
        self.promised["alerts found again"] += pages(new["Alerts"]) if self.letters else 0
        hanging = sum(len(self._cases_of(table)) for table in CASE_TABLES)
        cases = max(len(self._rows("Cases")), 1)
        a_reading = 1 + hanging / cases + 1 + 1
        self.promised["cases read twice before a notice"] += round(2 * self.partner.deliveries * a_reading)

    def _rows(self, table: str) -> list[Any]:
        return list(self.desk.found(table)[1].rows.values())

    def _cases_of(self, table: str) -> set[str]:
        """Airtable's ids of the cases that have a row of that table."""
        _, there = self.desk.found(table)
        return {id for row in there.rows.values() for id in row.cells.get(there.field("Case").id) or ()}

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
