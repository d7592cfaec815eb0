"""The whole test run: fast layers first, one NocoDB for all that need one, and a count by layer at the end.

In: the tests that pytest found. Out: their order, the session's server and landlord, the summary.
Never here: a test skipped because something is missing.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from casewatch.local.server import LocalPlatform
from tests.house import HarbourRow
from tests.landlord import Landlord
from tests.server import Started, processes_of, start

LAYERS = ("unit", "stories", "letters", "mail", "partners", "contracts", "schema", "local", "e2e", "browser")
TESTS = Path(__file__).parent
COUNTED = pytest.StashKey[Counter[str]]()
TOOK = pytest.StashKey[Counter[str]]()


def layer(path: Path) -> str:
    """The folder of tests/ that a test lies in."""
    inside = path.relative_to(TESTS).parts
    return inside[0] if len(inside) > 1 else "unit"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Quick ones first; a folder that is not in the list goes between the quick and the slow."""
    order = {name: number for number, name in enumerate(LAYERS)}
    items.sort(key=lambda item: order.get(layer(item.path), LAYERS.index("contracts") - 0.5))


def pytest_configure(config: pytest.Config) -> None:
    config.stash[COUNTED] = Counter()
    config.stash[TOOK] = Counter()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Add every phase's time to its layer; what a fixture of the whole run takes falls to its first user."""
    report = yield
    item.config.stash[TOOK][layer(item.path)] += call.duration
    if call.when == "call":
        item.config.stash[COUNTED][layer(item.path)] += 1
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """How many tests ran in each layer, how long they took, and how many days the stories passed over."""
    counted, took = config.stash[COUNTED], config.stash[TOOK]
    if counted:
        terminalreporter.section("tests by layer")
        for name in sorted(counted, key=lambda name: LAYERS.index(name) if name in LAYERS else -1):
            terminalreporter.write_line(f"{name:12} {counted[name]:5}   {took[name]:6.1f} s")
    if HarbourRow.lived:
        terminalreporter.write_line(f"story days lived: {HarbourRow.lived.days:,}")


@pytest.fixture(scope="session")
def home_for() -> Iterator[Callable[[str], Path]]:
    """Makes a home that any account may pass into; all are stopped and removed at the end.

    Not pytest's tmp_path: as root that is closed to the account that the servers run as.
    """
    made: list[Path] = []

    def make(name: str) -> Path:
        made.append(Path(tempfile.mkdtemp(prefix=f"casewatch-{name}-")))
        return made[-1]

    yield make
    for home in made:
        LocalPlatform(home).stop()
        left = processes_of(home)
        shutil.rmtree(home)
        assert left == []


@pytest.fixture(scope="session")
def started(home_for: Callable[[str], Path]) -> Iterator[Started]:
    """The run's one NocoDB, on PostgreSQL, as `casewatch nocodb start` gives it to anybody."""
    running = start(home_for("session"))
    yield running
    running.platform.stop()


@pytest.fixture(scope="session")
def nocodb(started: Started) -> Started:
    """The same, under the name that layers replace by what they need of it."""
    return started


@pytest.fixture(scope="session")
def landlord(started: Started, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Landlord]:
    """Harbour Row Homes on the run's server: bases, sign-ins, office rows, older cases, mail and partner desks."""
    with Landlord.opened(started, tmp_path_factory.mktemp("harbour-row")) as house:
        yield house
