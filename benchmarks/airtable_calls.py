"""How many calls 200 new reports, an idle pass and a month take on Airtable, beside the least that any client could do.

In: how many reports, if not 200. Out: one table from the wire-rule server; exit code 1 where a target is missed.
Never here: a time taken; the clock is held in the hand, so that the pace costs nothing.

Two leasts are told. The bare one: ten rows a call for each group of rows that the runner hands over as one piece, one
upload a file, one question a base and pass to its feed (and one for each further fifty payloads), a page for each
hundred rows that staff entered. The other adds what is promised whatever it costs, reckoned from what stands in the
bases at the end and not from what was asked: keys looked for after rows were made, once a hundred of a table and pass,
as Airtable keeps nothing unique (decision 0064); a token looked for before it is taken, and a letter before its files
go in; of a hundred reports whether they were taken, which numbers are free (three tables) and whose the cases became;
and for each notice that left the case read twice from Airtable itself: the case, each table with a row of it, the
office, and what may have left before. The target is set on the second; the first says what promises cost. A token for
each alert is a piece by itself, in both.
"""

import logging
import sys
from collections import Counter
from dataclasses import dataclass, field

from benchmarks.airtable_bases import Landlord
from sync.platforms.airtable_pace import A_SECOND
from sync.platforms.airtable_quota import OPEN_CASES, PLAN, projected
from tests.contracts.airtable_desk import Bases

REPORTS, TARGET = 200, 1.3
POLL, SELDOM = 15, 300
"""Seconds between two passes: as settings have it, and as docs/airtable.md advises for the Team plan."""
IDLE = 60
"""Passes that follow: a quarter of an hour, with three of them that look at everything."""
PASSES = 40
"""More than it can need: a pass that asks no more than the feeds ends it."""


@dataclass
class Told:
    """One way of working, measured."""

    name: str
    asked: Counter[str]
    least: Counter[str]
    promised: Counter[str]
    passes: int
    began: int
    """Calls of a runner's first pass, on bases with an office and no case."""
    idle: list[int] = field(default_factory=list)
    """Calls of each pass that found nothing to do, of some that followed."""
    bases: int = 0
    worst: int = 0

    @property
    def ratio(self) -> float:
        return self.asked.total() / (self.least.total() + self.promised.total())

    @property
    def idle_ratio(self) -> float:
        return sum(self.idle) / len(self.idle) / self.bases


def measure(bases: Bases, name: str, letters: bool) -> Told:
    """`letters`: with letters, alerts and notices. Otherwise no mail server, no partner's destination, and victims
    whom nobody has asked yet how they may be written to.
    """
    here = Landlord(bases, letters)
    try:
        here.begin()
        here.once(POLL, sweep=True)
        began = here.kinds.total()
        here.begin()
        for n in range(REPORTS):
            here.submit(n)
        passes = _settle(here)
        here.end()
        told = Told(name, Counter(here.kinds), here.platform.least, here.promised, passes, began)
        assert len(here.platform.records("Cases")) == REPORTS
        for _ in range(IDLE):
            here.begin()
            done = here.once(POLL)
            told.idle += [here.kinds.total()] if not done.effects else []
        told.bases = len(here.at.bases)
        told.worst = max(here.platform._client.pace.worst, here.at.limits.worst + here.at.limits.refused)
        return told
    finally:
        here.close()


def _settle(here: Landlord) -> int:
    """Passes as they come while staff work, until one asks nothing but its feeds; how many there were."""
    for passes in range(1, PASSES):
        before = here.kinds.total()
        done = here.once(POLL)
        if done.failed:
            raise SystemExit(f"{len(done.failed)} things could not be done, first: {done.failed[0]}")
        if here.kinds.total() - before <= len(here.at.bases):
            return passes
    raise SystemExit(f"Not settled after {PASSES} passes.")


def show(told: list[Told]) -> int:
    for each in told:
        asked, least, promised = each.asked.total(), each.least.total(), each.promised.total()
        print(f"\n{each.name}: {REPORTS} reports taken in {each.passes} passes")
        for what, counted in (("asked", each.asked), ("least", each.least), ("promised", each.promised)):
            print(f"  {what:9} {counted.total():6,}  {', '.join(f'{n:,} {k}' for k, n in counted.most_common())}")
        print(f"  ratio     {each.ratio:6.2f}  of what was asked to the least with what is promised")
        print(f"            {asked / least:6.2f}  to the least alone; {promised / least:.2f} of the least is promises")
        print(f"  idle pass {each.idle_ratio:6.2f}  of {each.bases}, {len(each.idle)} passes, worst {max(each.idle)}")
        print(f"  beginning {each.began:6}  calls of a runner's first pass")
        print(f"  a second  {each.worst:6}  requests to one base at most, by the meter and by the server")
    month, often = projected(SELDOM), projected(POLL)
    print(f"\nA month of {OPEN_CASES} open cases: {month:,} calls at a pass each {SELDOM} s, {often:,} each {POLL} s")
    missed = [
        f"{each.name}, {what}: {value:.2f}, wanted {wanted} or less"
        for each in told
        for what, value, wanted in (
            ("new reports", each.ratio, TARGET),
            ("an idle pass", each.idle_ratio, TARGET),
            ("requests a second", each.worst, A_SECOND),
        )
        if value > wanted
    ]
    if month > PLAN:
        missed.append(f"a month: {month:,} calls, the Team plan has {PLAN:,}")
    print("\n".join(f"MISSED  {each}" for each in missed) or "All targets met.")
    return 1 if missed else 0


def main() -> int:
    logging.getLogger("casewatch").setLevel(logging.ERROR)
    bases = Bases()
    return show([measure(bases, "Rows alone", False), measure(bases, "With letters, alerts and notices", True)])


if __name__ == "__main__":
    if len(sys.argv) > 1:
        REPORTS = int(sys.argv[1])  # fewer, for a quick look
    sys.exit(main())
