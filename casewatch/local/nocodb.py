"""NocoDB itself: the Node process behind our own listener, opened only once strangers are kept out.

In: an installation, a database address, a port. Out: a server that answers, with sign-up closed and seen closed.
Never here: an address other than loopback, a setting taken over from the starter's environment.
"""

from __future__ import annotations

import os
import secrets
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import requests

from automations.errors import TryAgainLater
from casewatch.local.errors import NoSpace, PortTaken, ServerDied, says_disk_full
from casewatch.local.places import ROOM_FOR_DATA, is_full, secret, size
from casewatch.local.processes import end_all, is_alive, remembered, spawn, strays, tail
from casewatch.local.programs import Programs
from casewatch.local.safety import check, close_sign_up
from sync.http import Session

ADMIN = "administrator@casewatch.example"
DOOR = "X-Casewatch-Door"
PATIENCE = 180.0
HERE = Path(__file__).parent

SETTINGS = {
    "TZ": "UTC",
    "LANG": "C.UTF-8",
    "NODE_ENV": "production",
    "NC_SECURE_ATTACHMENTS": "true",
    "NC_DISABLE_TELE": "true",
    "NC_DISABLE_SUPPORT_CHAT": "true",
    "NC_DISABLE_ERR_REPORTS": "true",
    "NC_DISABLE_PRODUCT_FEED": "true",
    "NC_DISABLE_ONBOARDING_FLOW": "true",
    "NC_DISABLE_AUDIT": "false",
}


@dataclass(frozen=True)
class NocoDB:
    """The NocoDB of one home folder."""

    home: Path

    @property
    def note(self) -> Path:
        """Where its process is written down."""
        return self.home / "run" / "nocodb.json"

    @property
    def log(self) -> Path:
        """What it says."""
        return self.home / "log" / "nocodb.log"

    @property
    def script(self) -> Path:
        """The start script, copied to where the account can read it."""
        return self.home / "nocodb" / "start.cjs"

    def process(self) -> psutil.Process | None:
        """The server's process, if it lives."""
        return remembered(self.note) or next(iter(strays([str(self.script)])), None)

    def start(self, programs: Programs, dsn: str, port: int, progress: Callable[[str], None]) -> None:
        """Start the server, close sign-up, see that a stranger is refused, and only then open the door."""
        self.stop()
        folder = programs.account.own(self.home / "nocodb")
        shutil.copyfile(HERE / "start.cjs", self.script)
        self.script.chmod(0o644)
        word = secret(self.home / "secrets", "admin_password")
        key = secrets.token_urlsafe(24)
        progress("Starting NocoDB")
        process = spawn(
            [str(programs.node), str(self.script), str(programs.nocodb)],
            log=self.log,
            note=self.note,
            env=self._environment(dsn, port, word, key),
            cwd=folder,
            account=programs.account,
        )
        url = f"http://127.0.0.1:{port}"
        with Session("NocoDB", retries=0) as session:
            session.headers[DOOR] = key
            self._wait(process, session, f"{url}/api/v1/health")
            progress("Closing sign-up and checking the settings")
            token = close_sign_up(url, ADMIN, word, session)
            check(url, token, session)
            session.post(f"{url}/casewatch/open", timeout=10).raise_for_status()

    def stop(self) -> None:
        """Stop the server, whether it was written down or not."""
        end_all(self.process)
        self.note.unlink(missing_ok=True)

    def _wait(self, process: psutil.Process, session: Session, url: str) -> None:
        until = time.monotonic() + PATIENCE
        while is_alive(process):
            try:
                if session.get(url, timeout=5).status_code == requests.codes.ok:
                    return
            except TryAgainLater:
                pass
            if time.monotonic() > until:
                raise ServerDied(f"NocoDB did not answer in {PATIENCE:.0f} seconds; its log ends:\n{self._tail()}")
            time.sleep(0.1)
        said = self._tail()
        if says_disk_full(said) or is_full(self.home):
            raise NoSpace(f"NocoDB in {self.home} needs {size(ROOM_FOR_DATA)}.")
        if "EADDRINUSE" in said:
            raise PortTaken(urlsplit(url).netloc)
        raise ServerDied(f"NocoDB's log ends:\n{said}")

    def _environment(self, dsn: str, port: int, word: str, key: str) -> dict[str, str]:
        at = urlsplit(dsn)
        return {
            **SETTINGS,
            "PATH": os.defpath,
            "HOME": str(self.script.parent),
            "NC_TOOL_DIR": str(self.script.parent),
            "NODE_COMPILE_CACHE": str(self.script.parent / "compiled"),  # saves over a second a start
            "NC_DB": f"pg://{at.hostname}:{at.port}?u={at.username}&p={at.password}&d={at.path[1:]}",
            "NC_ADMIN_EMAIL": ADMIN,
            "NC_ADMIN_PASSWORD": word,
            "PORT": str(port),
            "CASEWATCH_DOOR": key,
        }

    def _tail(self) -> str:
        return tail(self.log, [path.read_text() for path in (self.home / "secrets").iterdir()])
