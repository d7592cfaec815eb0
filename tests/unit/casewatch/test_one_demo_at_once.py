"""One demonstration in one folder: a second is told of the first and touches nothing of it."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from automations.errors import Stop
from casewatch.cli import main
from casewatch.local.server import LocalPlatform

pytestmark = pytest.mark.usefixtures("signals_as_before")

HOLDING = """
import sys, time
from pathlib import Path
from casewatch.demo.one_at_once import only_one
with only_one(Path(sys.argv[1])):
    print("open", flush=True)
    time.sleep(60)
"""
AT = "http://127.0.0.1:8080"


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Another process that holds the demonstration's folder."""
    there: list[subprocess.Popen[str]] = []

    def hold() -> subprocess.Popen[str]:
        first = subprocess.Popen([sys.executable, "-c", HOLDING, str(tmp_path / "demo")],
                                 stdout=subprocess.PIPE, text=True)  # fmt: skip
        there.append(first)
        assert first.stdout
        assert first.stdout.readline() == "open\n"
        return first

    yield hold
    for each in there:
        each.kill()
        each.communicate()


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was asked of the servers; none is started."""
    of_them: list[str] = []

    def start(platform: LocalPlatform, _progress: object) -> None:
        of_them.append(f"start {platform.home.parent.name}")
        raise Stop("as far as this test goes")

    monkeypatch.setattr(LocalPlatform, "start", start)
    monkeypatch.setattr(LocalPlatform, "stop", lambda _: of_them.append("stop"))
    monkeypatch.setattr(LocalPlatform, "status", lambda _: SimpleNamespace(url=AT))
    return of_them


def demo(folder: Path) -> Result:
    return CliRunner().invoke(main, ["demo", "--once", "--port", "0", "--data", str(folder)])


def test_a_second_demonstration_is_refused_and_the_first_is_left_as_it_is(
    opened: Callable[[], subprocess.Popen[str]], asked: list[str], tmp_path: Path
) -> None:
    """It neither joins the first one's servers nor stops them; in a folder of its own it starts."""
    first = opened()
    (tmp_path / "demo" / "casewatch.toml").write_text("the first one's")

    second = demo(tmp_path / "demo")
    assert second.exit_code == 4
    assert second.output == (
        f"A demonstration is open already (process {first.pid}): {AT}/dashboard/. "
        "Stop that one with Ctrl-C, or give this one `--data` and `--port 0`.\n"
    )
    assert asked == []
    assert first.poll() is None
    assert (tmp_path / "demo" / "casewatch.toml").read_text() == "the first one's"

    demo(tmp_path / "another")
    assert asked == ["start another"]


def test_a_demonstration_that_was_killed_refuses_nobody(
    opened: Callable[[], subprocess.Popen[str]], asked: list[str], tmp_path: Path
) -> None:
    """Its lock file and its note are still there, and so may its servers be: they are taken up."""
    first = opened()
    first.kill()
    first.wait()
    assert {file.name for file in (tmp_path / "demo").iterdir()} == {"open.lock", "open.json"}

    demo(tmp_path / "demo")
    assert asked == ["start demo"]
