"""How many calls a month go to Airtable, where a plan has only so many.

In: the meter of this process; or how often it looks. Out: a sentence.
Never here: a call held back; the procedure's clocks do not wait for a plan.
"""

from sync.platforms.airtable_mirror import READ_ANEW
from sync.platforms.airtable_pace import Pace

PLAN = 100_000
"""Calls a month and workspace of Airtable's Team plan; its free plan has 1,000 (both as Airtable publishes them)."""
MONTH = 30 * 24 * 3600.0
A_PASS = 3
"""Calls of a pass that finds nothing new: one a base. tests/contracts/test_airtable_calls.py measures this figure and
the three that follow."""
AN_HOUR = 3
"""Calls that ask, once an hour and base, whether its feed is alive."""
A_FIRST_DAY = 300
"""Calls of a case's first day at most: the report, what is done at once, the victim's interview, the notice."""
A_CASE = 40
"""Calls of a later day at most on which staff record something on a case: rows and what follows."""
A_READING = 41
"""Calls of reading every table anew, besides a page for each case that the bases hold."""
OPEN_CASES = 50
NEW_CASES = 25
"""Of so many open ones, each open for two months."""
KEPT_CASES = 650
"""Cases in the bases, closed ones of two years among them."""
EVERY = 24 * 3600.0


def projected(poll_seconds: int) -> int:
    """Calls a month with OPEN_CASES, on each of which staff record something on two of three days."""
    passes = MONTH / poll_seconds * A_PASS
    readings = MONTH / READ_ANEW.total_seconds() * (A_READING + KEPT_CASES)
    alive = MONTH / 3600 * AN_HOUR
    return round(passes + alive + readings + NEW_CASES * A_FIRST_DAY + OPEN_CASES * A_CASE * 20)


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
