"""Rests: a partner that does not answer is left alone for a while, so that waiting for it holds up nobody else.

In: what became of a try, and the moment after it. Out: until when nothing more is tried there.
Never here: a clock, a platform, what is sent. It is forgotten when the runner stops; the rows remember their own.
"""

from datetime import datetime, timedelta

PAUSES = (timedelta(seconds=15), timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
"""How long a partner that does not answer is left alone, try by try; then every hour."""


class Rests:
    """Which destinations are left alone, and until when."""

    def __init__(self) -> None:
        self._until: dict[str, datetime] = {}
        self._silences: dict[str, int] = {}
        self._failed: set[str] = set()

    def begin(self) -> None:
        """A new pass: what failed in the last one may be tried again once its rest is over."""
        self._failed.clear()

    def over(self, destination: str, now: datetime) -> datetime | None:
        """When the rest is over; None where it may be tried now. After a failure it rests at least for the pass."""
        until = self._until.get(destination, now)
        if timedelta(0) < until - now <= PAUSES[-1]:  # a longer one is the machine's clock put back
            return until
        return now if destination in self._failed else None

    def failed(self, destination: str) -> None:
        """It answered what nobody can use: no more of it in this pass."""
        self._failed.add(destination)

    def silent(self, destination: str, now: datetime, tries: int, asked: int | None) -> datetime:
        """It did not answer: when to try again. `tries` are those of the notice before; `asked` is in seconds."""
        before = self._silences.get(destination, 0)
        pause = timedelta(seconds=asked) if asked else PAUSES[min(max(tries, before), len(PAUSES) - 1)]
        self._silences[destination] = before + 1
        self._until[destination] = now + pause
        self._failed.add(destination)
        return now + pause

    def answered(self, destination: str) -> None:
        """It answered: everything that waits for it may go."""
        self._until.pop(destination, None)
        self._silences.pop(destination, None)
