"""The whole test run: fast layers first, one NocoDB for all that need one, and a count by layer at the end.

In: the tests that pytest found. Out: their order, the session's server and landlord, the summary.
Never here: a test skipped because something is missing.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from casewatch.local.server import LocalPlatform
from tests.house import HarbourRow
from tests.landlord import Landlord
from tests.server import Started, processes_of, start

LAYERS = ("unit", "stories", "letters", "mail", "partners", "contracts", "schema", "local", "e2e", "browser")
TESTS = Path(__file__).parent
SERVERS = ("schema", "local", "e2e", "browser")


def layer(path: Path) -> str:
    """The folder of tests/ that a test lies in."""
    inside = path.relative_to(TESTS).parts
    return inside[0] if len(inside) > 1 else "unit"


def needs_a_server(item: pytest.Item) -> bool:
    """Whether a test works with servers of its own or with the run's NocoDB."""
    return layer(item.path) in SERVERS or "started" in getattr(item, "fixturenames", ())


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Quick ones first; a folder that is not in the list goes between the quick and the slow.

    In a run of two processes one takes all that needs a server, from the beginning, as there is one NocoDB a run.
    """
    order = {name: number for number, name in enumerate(LAYERS)}
    items.sort(key=lambda item: order.get(layer(item.path), LAYERS.index("contracts") - 0.5))
    if hasattr(config, "workerinput"):
        items.sort(key=needs_a_server, reverse=True)
        for item in filter(needs_a_server, items):
            item.add_marker(pytest.mark.xdist_group("servers"))


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Layers())


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """What a process of the run tells at its end."""
    HarbourRow.lived += timedelta(seconds=getattr(node, "workeroutput", {}).get("lived", 0))


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["lived"] = HarbourRow.lived.total_seconds()


class Layers:
    """Adds every phase's time to its layer; what a fixture of the whole run takes falls to its first user."""

    def __init__(self) -> None:
        self.tests, self.seconds = Counter[str](), Counter[str]()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        name = layer(TESTS.parent / report.nodeid.partition("::")[0])
        self.seconds[name] += report.duration
        self.tests[name] += report.when == "call"

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """How many tests ran in each layer, how long they took, and how many days the stories passed over."""
        if self.tests:
            terminalreporter.section("tests by layer")
            for name in sorted(self.tests, key=lambda name: LAYERS.index(name) if name in LAYERS else -1):
                terminalreporter.write_line(f"{name:12} {self.tests[name]:5}   {self.seconds[name]:6.1f} s")
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
