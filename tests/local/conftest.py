"""Fixtures for the real local platform: fresh homes for what breaks it, and its command line as a user calls it.

In: the run's own platform (tests/conftest.py). Out: homes, processes, a Python that another account can start.
Never here: a home left behind with something running in it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

import casewatch
from casewatch.local.account import Account
from casewatch.local.places import default_cache
from casewatch.local.server import LocalPlatform
from tests.server import Started, free_port, processes_of

__all__ = ["Started", "casewatch_command", "free_port", "processes_of", "python_for"]

CHECKOUT = Path(casewatch.__file__).parents[1]
LIBRARIES = (CHECKOUT, Path(psutil.__file__).parents[1])
OUTER = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def casewatch_command(*words: str, **more: object) -> subprocess.Popen[str]:
    """Run the real command line as a user would."""
    settings = {"PYTHONPATH": os.pathsep.join(map(str, LIBRARIES)), "CASEWATCH_CACHE": str(default_cache()), **OUTER}
    settings.update(more.pop("env", {}))  # type: ignore[call-overload]
    return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
        [str(more.pop("python", sys.executable)), "-m", "casewatch.cli", *words],
        env=settings,
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **more,
    )


def python_for(someone: Account) -> Path:
    """A Python of this version that the account can start: root's own may lie in root's own folder."""
    name = f"python3.{sys.version_info.minor}"
    for python in (Path(sys.executable), Path("/usr/bin") / name, Path("/usr/local/bin") / name):
        if someone.can_run(python):
            return python
    pytest.fail(f"no {name} that an ordinary account can start: install one for all accounts, e.g. in /usr/local")


@pytest.fixture
def home(home_for: Callable[[str], Path]) -> Iterator[Path]:
    """A fresh home; whatever the test does, nothing may be left running in it."""
    fresh = home_for("test")
    yield fresh
    LocalPlatform(fresh).stop()
    assert processes_of(fresh) == []
