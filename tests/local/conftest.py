"""Fixtures for the real local platform: one for the whole session, and fresh homes for what breaks it.

The first session on a machine installs NocoDB into the default cache; later ones use it again.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest
import requests

import casewatch
from casewatch.local.account import Account
from casewatch.local.places import default_cache
from casewatch.local.server import LocalPlatform, Running

CHECKOUT = Path(casewatch.__file__).parents[1]
LIBRARIES = (CHECKOUT, Path(psutil.__file__).parents[1])
OUTER = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


@dataclass
class Stranger:
    """Somebody on this machine who tries to sign up again and again while the platform starts."""

    url: str
    answers: list[int] = field(default_factory=list)
    leave: threading.Event = field(default_factory=threading.Event)

    def try_again_and_again(self) -> None:
        who = {"email": "stranger@casewatch.example", "password": "a-password-of-12"}
        while not self.leave.wait(0.01):
            try:
                answer = requests.post(f"{self.url}/api/v1/auth/user/signup", json=who, timeout=5)
                self.answers.append(answer.status_code)
            except requests.ConnectionError:
                continue


@dataclass
class Started:
    """The session's platform, what it said of itself, and what the stranger got meanwhile."""

    platform: LocalPlatform
    running: Running
    stranger: Stranger
    token: str


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def processes_of(home: Path) -> list[psutil.Process]:
    """Everything alive whose command names the home folder."""
    return [
        process
        for process in psutil.process_iter(["cmdline", "status"])
        if any(str(home) in word for word in process.info["cmdline"] or [])
        and process.info["status"] != psutil.STATUS_ZOMBIE
        and process.pid != os.getpid()
    ]


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


@pytest.fixture
def home(home_for: Callable[[str], Path]) -> Iterator[Path]:
    """A fresh home; whatever the test does, nothing may be left running in it."""
    fresh = home_for("test")
    yield fresh
    LocalPlatform(fresh).stop()
    assert processes_of(fresh) == []


@pytest.fixture(scope="session")
def started(home_for: Callable[[str], Path]) -> Iterator[Started]:
    """The session's platform, started while a stranger tries to sign up."""
    platform = LocalPlatform(home_for("session"), port=free_port())
    stranger = Stranger(f"http://127.0.0.1:{platform.port}")
    trying = threading.Thread(target=stranger.try_again_and_again)
    trying.start()
    try:
        running = platform.start(print)
    finally:
        stranger.leave.set()
        trying.join()
    signed_in = requests.post(
        f"{running.url}/api/v1/auth/user/signin",
        json={"email": running.admin_email, "password": running.admin_password},
        timeout=10,
    )
    yield Started(platform, running, stranger, signed_in.json()["token"])
    platform.stop()
