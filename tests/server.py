"""The one NocoDB of a test run: started while a stranger tries to sign up, in a home that every account may pass.

In: a home folder. Out: a running platform, its administrator's sign-in, what the stranger got.
Never here: a landlord's bases (tests/landlord.py).
"""

from __future__ import annotations

import os
import socket
import threading
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import requests

from casewatch.local.server import LocalPlatform, Running


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
    """The run's platform, what it said of itself, and what the stranger got meanwhile."""

    platform: LocalPlatform
    running: Running
    stranger: Stranger
    token: str


def start(home: Path) -> Started:
    """Start it on a port of its own, installing NocoDB into the default cache where it is not there yet."""
    platform = LocalPlatform(home, port=free_port())
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
        timeout=30,
    )
    return Started(platform, running, stranger, signed_in.json()["token"])


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
