"""Side by side: each promise of the platform's contract, and each story, on every platform that a test can start.

In: the contract's classes and the stories, run here by pytest. Out: one table; exit code 1 where a platform differs and
no capability says why, 2 where something was not asked at all.
Never here: Airtable itself. `make test-airtable` asks it.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

CONTRACT = "tests/contracts"
COLUMNS = {
    "TestNocoDBPlatform": "NocoDB",
    "TestAirtablePlatform": "wire rules",
    "TestAirtableWithoutALedger": "no ledger",
    "TestAirtableWithoutItsFeed": "no feed",
    "TestMemoryPlatform": "memory",
}
"""The classes that keep the contract. The three in the middle are the server that keeps Airtable's wire rules."""
STORIES = {"test_stories_on_nocodb": "NocoDB", "test_stories_on_airtable": "wire rules"}
"""The tests that live stories twice: there and in memory."""
ASKED = (
    f"{CONTRACT}/test_nocodb.py::TestNocoDBPlatform",
    f"{CONTRACT}/test_airtable.py",
    f"{CONTRACT}/test_memory.py::TestMemoryPlatform",
    f"{CONTRACT}/test_stories_on_airtable.py",
    f"{CONTRACT}/test_stories_on_nocodb.py",
    "tests/e2e",
)
PASSED, FAILED, UNASKED = "passed", "FAILED", "NOT ASKED"


@dataclass(eq=False)
class Seen:
    """What pytest saw: a plugin, and what it has gathered."""

    cells: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    """By promise and column."""
    where: dict[str, tuple[str, bool] | None] = field(default_factory=dict)
    """Promises that are asked only where a capability is so."""
    can: dict[str, Any] = field(default_factory=dict)
    """The capabilities of each column's platform."""
    stories: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """By module: how many stories passed or failed on which platform."""
    journeys: int = 0

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """The other journeys on a real NocoDB are counted and not made."""
        journeys = [item for item in items if item.path.parent.name == "e2e"]
        self.journeys = len(journeys)
        items[:] = [item for item in items if item not in journeys]
        config.hook.pytest_deselected(items=journeys)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Function) -> Iterator[None]:
        """Each phase of a test: passed is what passed in all."""
        report: Any = yield
        result = PASSED if report.passed else FAILED
        column = COLUMNS.get(item.cls.__name__) if item.cls else None
        if column:
            definer = next(each for each in item.cls.__mro__ if item.originalname in vars(each))
            self.where[item.name] = getattr(definer, "asked_where", None)
            self.can[column] = getattr(item.funcargs.get("platform"), "capabilities", self.can.get(column))
            told = dict(report.user_properties).get("not asked")
            if self.cells[item.name].get(column) != FAILED:
                self.cells[item.name][column] = f"- {told}" if told and result == PASSED else result
        elif report.failed or report.when == "call":
            module = item.callspec.params["story"].__module__.rpartition(".")[2]
            self.stories[module][f"{STORIES[item.path.stem]} {result}"] += 1
        return report

    def cell(self, promise: str, column: str) -> str:
        """Passed, failed, or the capability for which it is not asked there; NOT ASKED where none explains it."""
        said, where = self.cells[promise].get(column), self.where[promise]
        if said is None and where and getattr(self.can.get(column), where[0], None) is not where[1]:
            return f"- {'' if where[1] else 'has '}{where[0]}"
        return said or UNASKED

    def told(self, word: str) -> int:
        """How many stories there are of which that is so, on whichever platform is named in it."""
        return sum(counts[word] for counts in self.stories.values())

    def unasked(self) -> list[str]:
        """The platforms that nothing was asked of."""
        contract = [each for each in COLUMNS.values() if not any(each in row for row in self.cells.values())]
        return contract + [f"stories on {on}" for on in STORIES.values() if not self.told(f"{on} {PASSED}")]

    def differs(self) -> bool:
        """Whether anything failed, or was not asked though no capability says why."""
        cells = {self.cell(promise, column) for promise in self.cells for column in COLUMNS.values()}
        return bool({FAILED, UNASKED} & cells) or any(self.told(f"{on} {FAILED}") for on in STORIES.values())

    def lines(self) -> Iterator[str]:
        """The table."""
        columns = COLUMNS.values()
        yield _line("Promise", *columns)
        for promise in self.cells:
            yield _line(promise, *(self.cell(promise, column) for column in columns))
        counts = [Counter(self.cell(promise, column) for promise in self.cells) for column in columns]
        for word in sorted(set().union(*counts), key=lambda each: (each != PASSED, each)):
            yield _line(f"Promises: {word}", *(count[word] for count in counts))
        words = [f"{on} {result}" for on in STORIES.values() for result in (PASSED, FAILED)]
        yield "\n" + _line("Stories that ended as in memory (passed) or not (FAILED), by module", *words)
        for module in sorted(self.stories):
            yield _line(module, *(self.stories[module][word] for word in words))
        yield _line("Stories", *(self.told(word) for word in words))
        yield f"Further end-to-end tests on a real NocoDB, counted and not run here: {self.journeys}."
        yield "Live Airtable was not seen by this: `make test-airtable` asks it."


def _line(name: str, *cells: object) -> str:
    return f"{name[:84]:<84}" + "".join(f" {cell!s:<17}" for cell in cells).rstrip()


def main(words: list[str]) -> int:
    """Run them, and print."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.coverage.side_by_side",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Contract and stories on a real NocoDB, on the server that keeps Airtable's wire rules (with its\n"
        "audit, without a ledger, without a feed) and in memory, in one table. It takes some three minutes.",
        epilog="  passed      asked and kept\n  - audit     not asked: the platform has no audit\n"
        "  NOT ASKED   a difference that nothing explains\n\n"
        "For some of it (exit code 2, as the rest was not asked):\n"
        "  python -m tests.coverage.side_by_side -k TestMemoryPlatform",
    )
    parser.add_argument("-k", default="", help="only tests of that name, as pytest's own -k")
    seen, chosen = Seen(), parser.parse_args(words).k
    code = pytest.main(["--tb=short", "-k", chosen, *ASKED], plugins=[seen])
    print(*seen.lines(), sep="\n")
    if unasked := seen.unasked():
        print(f"Nothing was asked of: {', '.join(unasked)}.")
        return 2
    return int(bool(code) or seen.differs())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
