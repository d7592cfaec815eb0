"""Rests: a partner that does not answer is left alone for a while, so that waiting for it holds up nobody else.

In: what became of a try, and the moment after it. Out: until when nothing more is tried there.
Never here: a clock, a platform, chance, what is sent. It is forgotten when the runner stops; the rows remember theirs.
"""

import hashlib
from datetime import datetime, timedelta
from enum import Enum

PAUSES = (timedelta(seconds=15), timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
"""How long a partner that does not answer is left alone at most, try by try; then every hour."""


class Circuit(Enum):
    """What may go to one partner: everything; nothing; one notice, to see whether it answers again."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half-open"


class Rests:
    """Which destinations are left alone, and until when: a circuit breaker for each."""

    def __init__(self) -> None:
        self._until: dict[str, datetime] = {}
        self._silences: dict[str, int] = {}
        self._failed: set[str] = set()

    def begin(self) -> None:
        """A new pass: what failed in the last one may be tried again once its rest is over."""
        self._failed.clear()

    def circuit(self, destination: str, now: datetime) -> Circuit:
        """Half open once its rest is over: the first try of a pass then closes it, or opens it for longer."""
        if self.over(destination, now):
            return Circuit.OPEN
        return Circuit.HALF_OPEN if destination in self._silences else Circuit.CLOSED

    def over(self, destination: str, now: datetime) -> datetime | None:
        """When the rest is over; None where it may be tried now. After a failure it rests at least for the pass."""
        until = self._until.get(destination, now)
        if timedelta(0) < until - now <= PAUSES[-1]:  # a longer one is the machine's clock put back
            return until
        return now if destination in self._failed else None

    def failed(self, destination: str) -> None:
        """It answered what nobody can use: no more of it in this pass."""
        self._failed.add(destination)

    def silent(self, destination: str, now: datetime, tries: int, asked: int | None, key: str = "") -> datetime:
        """It did not answer: when to try again. `tries` are those of the notice before; `asked` is in seconds.

        `key` is that of the notice: what differs from one landlord to the next, so that a partner that comes back is
        not rung by all of them in the same second. The same key gives the same pause, so a pass can be worked out.
        """
        before = self._silences.get(destination, 0)
        pause = PAUSES[min(max(tries, before), len(PAUSES) - 1)]
        part = _part(f"{key}/{before}") if key else 0.0
        if asked:  # never sooner than they ask
            pause = min(timedelta(seconds=round(asked * (1 + part / 10))), PAUSES[-1])
        else:
            pause = timedelta(seconds=round(pause.total_seconds() * (1 - part / 5)))
        self._silences[destination] = before + 1
        self._until[destination] = now + pause
        self._failed.add(destination)
        return now + pause

    def answered(self, destination: str) -> None:
        """It answered: everything that waits for it may go."""
        self._until.pop(destination, None)
        self._silences.pop(destination, None)


def _part(of: str) -> float:
    """From 0 to just under 1, the same for the same words."""
    return int.from_bytes(hashlib.sha256(of.encode()).digest()[:4]) / 2**32
