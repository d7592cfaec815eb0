"""What came to a partner: every delivery as it reached them, counted before anybody looks at what is in it.

In: bytes, at the moment they came. Out: the same, in order, for the account.
Never here: a delivery left out because the partner did not take it in the end.
"""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Came:
    """One delivery: when its bytes were there (seconds since 1970), under which name or key, for whom."""

    at: float
    key: str
    content: bytes
    to: str = ""


@dataclass
class Log:
    """One partner's. `watch` is told of each delivery the moment it comes: whoever kills the runner listens there."""

    watch: Callable[[], None] = lambda: None
    came: list[Came] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, key: str, content: bytes, to: str = "", at: float | None = None) -> None:
        with self._lock:
            self.came.append(Came(at or time.time(), key, content, to))
        self.watch()

    def hit(self, fault: str) -> None:
        with self._lock:
            self.faults[fault] += 1


class Now_and_then:
    """A fault that strikes some of the time, as seeded."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)

    def __call__(self, share: float) -> bool:
        return self._chance.random() < share
