"""The runner as processes of its own, killed now and then.

In: settings and secrets. Out: processes, a log that all of them write to, how often one was killed.
Never here: an end of anything that was not started here; a gentle stop.
"""

import os
import subprocess
import sys
import threading
from pathlib import Path

import casewatch

CHECKOUT = Path(casewatch.__file__).parents[1]


class Runners:
    """The runner's processes. Only what was started here is ever ended here."""

    def __init__(self, folder: Path, settings: str, secrets: dict[str, str]) -> None:
        self._folder = folder
        (folder / "casewatch.toml").write_text(settings)
        (folder / "secrets").mkdir(mode=0o700)
        for name, content in secrets.items():
            (folder / "secrets" / name).write_text(content)
        self._lock = threading.Lock()
        self.alive: list[subprocess.Popen[bytes]] = []
        self.kills = self.kills_at_arrival = self.started = 0
        self.until_arrival = 0
        self.mortal = False
        """At which delivery from now the runner dies, if it does."""

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        self.started += 1
        with (self._folder / "runner.log").open("ab") as log:
            made = subprocess.Popen(
                [sys.executable, "-m", "tests.partners.faults.process", "run", "--settings",
                 str(self._folder / "casewatch.toml"), *words],
                cwd=CHECKOUT, stdout=log, stderr=subprocess.STDOUT,
                env={**os.environ, "PYTHONPATH": str(CHECKOUT), "CASEWATCH_SECRETS": str(self._folder / "secrets")},
            )  # fmt: skip
        with self._lock:
            self.alive.append(made)
        return made

    def kill(self, one: subprocess.Popen[bytes]) -> bool:
        """SIGKILL. False where it had ended by itself."""
        with self._lock:
            if one not in self.alive or one.poll() is not None:
                return False
            self.alive.remove(one)
            one.kill()
            self.kills += 1
        one.wait(30)
        return True

    def arrived(self) -> None:
        """A partner has just got something: now and then that is the moment."""
        self.until_arrival -= self.until_arrival > 0
        if self.until_arrival == 0 and self.mortal:
            self.mortal = False
            for one in list(self.alive):
                self.kills_at_arrival += self.kill(one)

    def dies_at_arrival(self, number: int) -> None:
        self.until_arrival, self.mortal = number, True

    def once(self, seconds: float) -> int:
        """One pass, to its end, or to a SIGKILL where it takes longer."""
        one = self.start("--once")
        try:
            return one.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill(one)
            return -9
        finally:
            if one in self.alive:
                self.alive.remove(one)

    def end(self) -> None:
        for one in list(self.alive):
            one.kill()
            one.wait(30)
        self.alive.clear()
