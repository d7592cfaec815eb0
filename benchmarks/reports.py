"""200 new reports taken to settled cases on a real NocoDB, beside the bare floor of the same rows.

In: how many reports, if not 200. Out: one table from a NocoDB of its own; exit code 1 below the target.
Never here: a memory platform; a floor with other rows than ours.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from automations.decide import House
from automations.delivery import Delivery, Outlet
from automations.perform import Performer
from automations.runner import Runner
from benchmarks.floor import Floor
from benchmarks.nocodb_bases import Recorded, Written, emptied, submit
from casewatch.demo.landlord import LANDLORD
from casewatch.local.server import LocalPlatform, Running
from sync.partners.packing import Packing
from tests.contracts.nocodb_desk import NocoDBDesk
from tests.house import OWNERS, SECRET, Desk, Inbox

REPORTS, WARM_UP = 200, 4
TARGET = 0.5
PASSES = 12
"""More than it can need: a pass that writes nothing ends it."""


@dataclass
class Told:
    """One way of working, measured."""

    name: str
    seconds: float
    floor: float
    passes: int
    written: Written
    sent: int = 0
    delivered: int = 0

    @property
    def ratio(self) -> float:
        return self.floor / self.seconds


@contextmanager
def a_server() -> Iterator[Running]:
    """A NocoDB of our own, stopped and removed at the end."""
    with (
        tempfile.TemporaryDirectory(prefix="casewatch-bench-", ignore_cleanup_errors=True) as home,
        LocalPlatform(Path(home), port=0) as running,
    ):
        yield running


def now() -> datetime:
    return datetime.now(UTC)


def measure(ours: NocoDBDesk, theirs: NocoDBDesk, dsn: str, name: str, all_of_it: bool) -> Told:
    """`all_of_it`: with letters, alerts and notices. Otherwise no mail server, no partner's destination and
    victims whom nobody has asked yet how they may be written to."""
    for desk in (ours, theirs):
        emptied(desk, dsn)
    platform = Recorded(ours.url, ours.token, ours.name)
    mail, partner = Inbox(), Desk()
    outlet = Outlet({"quayside": partner}, OWNERS, Packing(LANDLORD, SECRET, lambda reference: ()))
    delivery = Delivery(platform, outlet, now)
    performer = Performer(platform, mail if all_of_it else None, delivery if all_of_it else None, now)
    runner = Runner(platform, performer, House(LANDLORD, ours.url), now)
    floor = Floor(theirs)
    submit(theirs, range(WARM_UP + REPORTS), all_of_it)
    runner.once(sweep=True)
    submit(ours, range(WARM_UP), all_of_it)
    _settle(runner, platform)
    floor.write(platform.written)
    submit(ours, range(WARM_UP, WARM_UP + REPORTS), all_of_it)
    platform.written, mail.sent, partner.deliveries = Written(), [], 0
    begun = perf_counter()
    passes = _settle(runner, platform)
    spent = perf_counter() - begun
    told = Told(
        name, spent, floor.write(platform.written), passes, platform.written, len(mail.sent), partner.deliveries
    )
    cases = platform.records("Cases")
    assert len(cases) == WARM_UP + REPORTS, f"{len(cases)} cases"
    return told


def _settle(runner: Runner, platform: Recorded) -> int:
    """Passes as they come while staff work, until one writes nothing; how many wrote something."""
    for passes in range(PASSES):
        before, documents = platform.written.rows, platform.written.documents
        done = runner.once()
        if done.failed:
            raise SystemExit(f"{len(done.failed)} things could not be done, first: {done.failed[0]}")
        if (platform.written.rows, platform.written.documents) == (before, documents):
            return passes
    raise SystemExit(f"Not settled after {PASSES} passes.")


def show(told: list[Told]) -> int:
    print(f"\n{REPORTS} reports from the shared form to settled cases, on NocoDB and PostgreSQL on this machine")
    print(
        f"{'':34} {'ours s':>7} {'floor s':>8} {'ratio':>6} {'rows':>6} {'documents':>9} {'alerts':>7} {'notices':>8}"
    )
    for each in told:
        print(
            f"{each.name:34} {each.seconds:7.1f} {each.floor:8.1f} {each.ratio:6.2f} {each.written.rows:6,} "
            f"{each.written.documents:9,} {each.sent:7,} {each.delivered:8,}"
        )
    print("The floor: the same rows and cells by plain requests of 100 to the same bases made again; it reads nothing,")
    print("checks nothing, makes no document and sends nothing.")
    print(f"Target: a ratio of {TARGET} on the rows alone.")
    return 0 if told[0].ratio >= TARGET else 1


def both(running: Running) -> list[Told]:
    ours, theirs = (NocoDBDesk(running.url, running.admin_email, running.admin_password) for _ in range(2))
    return [
        measure(ours, theirs, running.postgres_dsn, "Rows alone", all_of_it=False),
        measure(ours, theirs, running.postgres_dsn, "With letters, alerts and notices", all_of_it=True),
    ]


if __name__ == "__main__":
    if len(sys.argv) > 1:
        REPORTS = int(sys.argv[1])  # fewer, for a quick look
    with a_server() as running:
        told = both(running)
    sys.exit(show(told))
