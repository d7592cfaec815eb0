"""How many calls a month go to Airtable, where a plan has only so many.

In: the meter of this process; or how often it looks. Out: a sentence.
Never here: a call held back; the procedure's clocks do not wait for a plan.
"""

from sync.platforms.airtable_pace import Pace

PLAN = 100_000
"""Calls a month and workspace of Airtable's Team plan; its free plan has 1,000 (both as Airtable publishes them)."""
MONTH = 30 * 24 * 3600.0
A_PASS = 4
"""Calls of a pass that finds nothing new: one a base, and what is due a look. tests/contracts/test_airtable_calls.py
measures it."""
AN_HOUR = 3
"""Calls that ask, once an hour and base, whether its feed is alive."""
A_CASE = 60
"""Calls a day that an open case brings about at most, on a day when staff record something: rows and what follows."""
OPEN_CASES = 50
EVERY = 24 * 3600.0


def projected(poll_seconds: int, cases: int = OPEN_CASES) -> int:
    """Calls a month, with so many open cases that each see one change on two of three days."""
    return round(MONTH / poll_seconds * A_PASS + MONTH / 3600 * AN_HOUR + cases * A_CASE * 20)


def said(calls: int) -> str:
    """What that means for a plan."""
    told = f"About {calls:,} calls a month to Airtable"
    if calls <= PLAN:
        return f"{told}; the Team plan has {PLAN:,}."
    return f"{told}: more than the {PLAN:,} of the Team plan. Look less often (poll_seconds), or take a larger plan."


class Quota:
    """Says once a day how many calls this process makes."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._began: float | None = None
        self._calls = 0

    def daily(self) -> str:
        """The sentence, where a day has passed since the last one; else ""."""
        now = self._pace.clock()
        if self._began is None:
            self._began, self._calls = now, self._pace.total
        if now - self._began < EVERY:
            return ""
        calls = round((self._pace.total - self._calls) * MONTH / (now - self._began))
        self._began, self._calls = now, self._pace.total
        return said(calls)
