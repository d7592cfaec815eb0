"""Send tokens: one row before each thing that leaves, which can be made only once.

In: the key of a sending. Out: whether this runner may send it now.
Never here: a sending itself.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from automations.errors import DuplicateKey
from automations.ports import Platform


class Tokens:
    """The `Send tokens` table: unique on the platform, so two runners cannot both have the first."""

    def __init__(self, platform: Platform, clock: Callable[[], datetime]) -> None:
        self._platform = platform
        self._clock = clock

    def take(self, key: str, again_after: timedelta | None = None) -> bool:
        """Whether to send now: the token is new, is known not to have been used, or hung for that long.

        `again_after` None: a token whose outcome nobody knows may be used again at once, because the
        receiver takes the same key only once.
        """
        now = self._clock()
        if not self._platform.find("Send tokens", "Token", [key]):
            try:
                self._platform.create("Send tokens", [{"Token": key, "Key": key, "Taken at": now}])
            except DuplicateKey:
                return False
            return True
        token = self._platform.find("Send tokens", "Token", [key])[0]
        outcome, taken = token.fields.get("Outcome"), token.fields.get("Taken at")
        if outcome == "Sent":
            return False
        hung = isinstance(taken, datetime) and (again_after is None or abs(now - taken) >= again_after)
        if outcome == "Not sent" or hung:
            self._platform.update("Send tokens", [(token.id, {"Taken at": now, "Outcome": None})])
            return True
        return False

    def sent(self, key: str) -> bool:
        """Whether it is known to have been sent."""
        return any(t.fields.get("Outcome") == "Sent" for t in self._platform.find("Send tokens", "Token", [key]))

    def sent_at(self, key: str) -> datetime | None:
        """When what is known to have been sent went: the moment its token was taken. None where it is not known."""
        for token in self._platform.find("Send tokens", "Token", [key]):
            if token.fields.get("Outcome") == "Sent":
                taken = token.fields.get("Taken at")
                return taken if isinstance(taken, datetime) else token.created_at
        return None

    def is_doubtful(self, key: str) -> bool:
        """Whether a sending began of which nobody knows the outcome."""
        found = self._platform.find("Send tokens", "Token", [key])
        return any(t.fields.get("Outcome") not in ("Sent", "Not sent") for t in found)

    def settle(self, key: str, outcome: str) -> None:
        """Say what became of it: Sent, or Not sent."""
        for token in self._platform.find("Send tokens", "Token", [key]):
            self._platform.update("Send tokens", [(token.id, {"Outcome": outcome})])
