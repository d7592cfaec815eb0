"""Send tokens: one row before each thing that leaves, which can be made only once.

In: the key of a sending. Out: whether this runner may send it now.
Never here: a sending itself.
"""

from collections.abc import Callable, Mapping, Sequence
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
        return key in self.take_all([key], again_after)

    def take_all(self, keys: Sequence[str], again_after: timedelta | None = None) -> set[str]:
        """The keys that may be sent now. Where another runner is at the same ones, each is tried by itself."""
        now = self._clock()
        there = {r.fields["Token"]: r for r in reversed(self._platform.find("Send tokens", "Token", keys))}
        taken = self._make([key for key in dict.fromkeys(keys) if key not in there], now)
        again = {
            str(key): token.id
            for key, token in there.items()
            if _free(token.fields.get("Outcome"), token.fields.get("Taken at"), now, again_after)
        }
        if again:
            self._platform.update("Send tokens", [(id, {"Taken at": now, "Outcome": None}) for id in again.values()])
        return taken | set(again)

    def settle(self, key: str, outcome: str) -> None:
        """Say what became of it: Sent, or Not sent."""
        self.settle_all({key: outcome})

    def settle_all(self, outcomes: Mapping[str, str]) -> None:
        """The same for several."""
        tokens = self._platform.find("Send tokens", "Token", outcomes) if outcomes else []
        if tokens:
            self._platform.update(
                "Send tokens", [(t.id, {"Outcome": outcomes[str(t.fields["Token"])]}) for t in tokens]
            )

    def _make(self, keys: Sequence[str], now: datetime) -> set[str]:
        if not keys:
            return set()
        try:
            self._platform.create("Send tokens", [{"Token": key, "Key": key, "Taken at": now} for key in keys])
        except DuplicateKey:
            return set() if len(keys) == 1 else {key for each in keys for key in self._make([each], now)}
        return set(keys)


def _free(outcome: object, taken: object, now: datetime, again_after: timedelta | None) -> bool:
    """Whether a token that is there may be used again."""
    if outcome == "Sent":
        return False
    hung = isinstance(taken, datetime) and (again_after is None or now - taken >= again_after)
    return outcome == "Not sent" or hung
