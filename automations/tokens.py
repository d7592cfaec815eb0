"""Send tokens: one row before each thing that leaves, which can be made only once.

In: the key of a sending. Out: whether this runner may send it now.
Never here: a sending itself.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from secrets import token_hex

from automations.errors import DuplicateKey, NotWritten
from automations.ports import Platform, Record, Value


class Tokens:
    """The `Send tokens` table: unique on the platform, so two runners cannot both have the first."""

    def __init__(self, platform: Platform, clock: Callable[[], datetime]) -> None:
        self._platform = platform
        self._clock = clock
        self._made: dict[str, str] = {}
        """The rows of the tokens that we made and have not settled, by key."""

    def take(self, key: str, again_after: timedelta | None = None, only_once: bool = False) -> bool:
        """Whether to send now: the token is new, is known not to have been used, or hung for that long.

        `again_after` None: a token whose outcome nobody knows may be used again at once, because the
        receiver takes the same key only once. `only_once`: where it does not, each try has a token of its own, so that
        of two runners one has it, and none is had once nobody knows what became of the last.
        """
        now = self._clock()
        if only_once:
            return self._take_alone(key, now)
        if not self._platform.find("Send tokens", "Token", [key]):
            return self._make(key, key, now)
        token = self._platform.find("Send tokens", "Token", [key])[0]
        outcome, taken = token.fields.get("Outcome"), token.fields.get("Taken at")
        if outcome == "Sent":
            return False
        hung = isinstance(taken, datetime) and (again_after is None or abs(now - taken) >= again_after)
        if outcome == "Not sent" or hung:
            self._platform.update("Send tokens", [(token.id, {"Taken at": now, "Outcome": None})])
            return True
        return False

    def _take_alone(self, key: str, now: datetime) -> bool:
        tries = self._of(key)
        if any(t.fields.get("Outcome") != "Not sent" for t in tries):
            return False
        token = f"{key}/try-{len(tries) + 1}" if tries else key
        return self._make(token, key, now)

    def _make(self, token: str, key: str, now: datetime) -> bool:
        """Make the row, unlike any other runner's: one whose answer was lost is known again only by what it holds."""
        row: dict[str, Value] = {"Token": token, "Key": key, "Taken at": now, "Taken under": token_hex(8)}
        try:
            [self._made[key]] = self._platform.create("Send tokens", [row])
        except DuplicateKey:
            return False
        return True

    def _of(self, key: str) -> list[Record]:
        """Every token of one sending."""
        return self._platform.find("Send tokens", "Key", [key])

    def sent(self, key: str) -> bool:
        """Whether it is known to have been sent."""
        return any(t.fields.get("Outcome") == "Sent" for t in self._platform.find("Send tokens", "Token", [key]))

    def sent_at(self, key: str) -> datetime | None:
        """When what is known to have been sent went: the moment its token was taken. None where it is not known."""
        for token in self._of(key):
            if token.fields.get("Outcome") == "Sent":
                taken = token.fields.get("Taken at")
                return taken if isinstance(taken, datetime) else token.created_at
        return None

    def is_doubtful(self, key: str, for_longer_than: timedelta = timedelta(0)) -> bool:
        """Whether a sending began, that long ago or longer, of which nobody knows the outcome."""
        open_ = [t for t in self._of(key) if t.fields.get("Outcome") not in ("Sent", "Not sent")]
        now = self._clock()
        began = [at if isinstance(at := t.fields.get("Taken at"), datetime) else t.created_at for t in open_]
        return any(abs(now - at) >= for_longer_than for at in began)

    def settle(self, key: str, outcome: str) -> None:
        """Say what became of it: Sent, or Not sent. What is known of an earlier try stays.

        That it was sent holds whatever anybody else says of our token, so that is not looked up first.
        """
        made = self._made.pop(key, None)
        if made and outcome == "Sent":
            with suppress(NotWritten):  # somebody took it away: what there is of that sending is looked up
                self._platform.update("Send tokens", [(made, {"Outcome": outcome})])
                return
        for token in self._of(key):
            if token.fields.get("Outcome") not in ("Sent", "Not sent"):
                self._platform.update("Send tokens", [(token.id, {"Outcome": outcome})])
