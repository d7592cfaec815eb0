"""Limits and faults: five requests a second a base, thirty seconds of 429 after that, and what tests break.

In: a request as it arrives. Out: a Refusal, or nothing.
Never here: a record.
"""

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.contracts.airtable_server.rows import Refusal

A_SECOND = 5
PENALTY = 30.0


@dataclass
class Fault:
    """Something that goes wrong with the next requests that fit. `kind`: storm, down, slow, lost, quota,
    forbidden."""

    kind: str
    method: str = ""
    path: str = ""
    """A part of the path that must be in it."""
    times: int = 1
    after: int = 0
    """How many fitting requests pass first."""

    def fits(self, method: str, path: str) -> bool:
        """Whether it is this request's turn. Each counts once."""
        if self.method not in ("", method) or self.path not in path or self.times < 1:
            return False
        if self.after > 0:
            self.after -= 1
            return False
        self.times -= 1
        return True


@dataclass
class Limits:
    """What has been asked of each base, and when."""

    time: Callable[[], float]
    asked: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    until: dict[str, float] = field(default_factory=dict)
    worst: int = 0
    """The most requests within one second that any base was asked."""
    refused: int = 0

    def check(self, base: str) -> None:
        """429 for the sixth request within a second, and for all of the next thirty seconds."""
        now, asked = self.time(), self.asked[base]
        if now < self.until.get(base, 0):
            self.refused += 1
            raise too_many()
        while asked and asked[0] <= now - 1:
            asked.popleft()
        asked.append(now)
        self.worst = max(self.worst, len(asked))
        if len(asked) > A_SECOND:
            self.penalise(base)
            self.refused += 1
            raise too_many()

    def penalise(self, base: str) -> None:
        self.until[base] = self.time() + PENALTY


def too_many() -> Refusal:
    return Refusal(429, "RATE_LIMIT_REACHED",
                   body={"errors": [{"error": "RATE_LIMIT_REACHED", "message": "Rate limit exceeded."}]})  # fmt: skip


def used_up() -> Refusal:
    """The plan's calls of this month are gone."""
    return Refusal(429, "PUBLIC_API_BILLING_LIMIT_EXCEEDED",
                   body={"errors": [{"error": "PUBLIC_API_BILLING_LIMIT_EXCEEDED",
                                     "message": "API billing plan limit exceeded"}]})  # fmt: skip
