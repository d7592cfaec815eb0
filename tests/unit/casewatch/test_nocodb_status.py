"""`casewatch nocodb status`: what runs here, and a demo that somebody forgot."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from casewatch.cli import main
from casewatch.local.server import LocalPlatform, Status


@pytest.fixture
def demo_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Nothing runs in the usual home, and a demo does in its own."""
    demo = tmp_path / "demo"

    def status(platform: LocalPlatform) -> Status:
        running = platform.home == demo / "platform"
        return Status(running=running, url="http://127.0.0.1:9999" if running else None, nocodb=None, postgres=None,
                      version="1", installed=True, home=str(platform.home))  # fmt: skip

    monkeypatch.setattr(LocalPlatform, "status", status)
    monkeypatch.setenv("CASEWATCH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CASEWATCH_DEMO", str(demo))
    return tmp_path


def test_a_running_demo_is_mentioned_and_changes_no_exit_code(demo_runs: Path) -> None:
    told = CliRunner().invoke(main, ["nocodb", "status"])

    assert told.exit_code == 1
    assert "A demo runs at http://127.0.0.1:9999" in told.output
    assert (
        json.loads(CliRunner().invoke(main, ["nocodb", "status", "--json"]).output)["demo"] == "http://127.0.0.1:9999"
    )


def test_of_a_home_that_was_named_only_that_home_is_told(demo_runs: Path) -> None:
    told = CliRunner().invoke(main, ["nocodb", "status", "--home", str(demo_runs / "other")])

    assert "demo runs" not in told.output
