"""The runner as a process of its own, started as a landlord would: settings in a file, secrets in the environment.

In: a landlord. Out: what the process said, and its exit code.
Never here: a runner inside the test's own process; one that is left behind.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import casewatch
from tests.landlord import Landlord, until

CHECKOUT = Path(casewatch.__file__).parents[1]


@dataclass(frozen=True)
class Said:
    """What a finished process said, and how it ended."""

    code: int
    text: str


class RunnerProcess:
    """One `casewatch run`. Everything it says goes to a file, so that a full pipe stops nothing."""

    def __init__(self, landlord: Landlord, *words: str, **more: str) -> None:
        """`words` follow the command; `more` are further variables of its environment."""
        settings = landlord.folder / "casewatch.toml"
        settings.write_text(landlord.settings())
        self._log = Path(tempfile.mkstemp(prefix="runner-", suffix=".log", dir=landlord.folder)[1])
        with self._log.open("w") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "casewatch.cli", "run", "--settings", str(settings), *words],
                cwd=CHECKOUT,
                env={**os.environ, "PYTHONPATH": str(CHECKOUT), **landlord.secrets(), **more},
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def __enter__(self) -> RunnerProcess:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(60)
        finally:
            self._process.kill()

    @property
    def text(self) -> str:
        """Everything it has said so far."""
        return self._log.read_text()

    def kill(self) -> None:
        """SIGKILL: no clean-up of any kind."""
        assert self._process.poll() is None, f"it had ended: {self.text}"
        self._process.kill()
        self._process.wait(30)

    def ended(self, seconds: float = 240) -> Said:
        """What it said, once it ends by itself."""
        code = self._process.wait(seconds)
        return Said(code, self.text)

    def says(self, words: str, seconds: float = 90) -> None:
        """Wait until it has said so."""
        until(f"the runner says {words!r}", lambda: words in self.text or self._gone(words), seconds)

    def _gone(self, words: str) -> bool:
        assert self._process.poll() is None, f"it ended without saying {words!r}: {self.text}"
        return False


def one_pass(landlord: Landlord, **more: str) -> Said:
    """`casewatch run --once`, to its end."""
    with RunnerProcess(landlord, "--once", **more) as process:
        return process.ended()
