"""The clock that the server, the limiter and a story share: real time, and what was slept through.

In: waits. Out: the time; nobody waits for it.
Never here: a rule of the wire.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime


class Clock:
    """Real time plus every wait that was asked for. A wait takes no time at all."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self.skipped = 0.0

    def time(self) -> float:
        """Seconds since 1970."""
        return self._now() + self.skipped

    def now(self) -> datetime:
        """The same as an instant in UTC."""
        return datetime.fromtimestamp(self.time(), UTC)

    def sleep(self, seconds: float) -> None:
        """Let that time pass."""
        self.skipped += max(seconds, 0)
