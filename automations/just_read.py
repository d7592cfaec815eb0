"""Just read: the last reading before something leaves may not have taken long; else it is done once more.

In: a reading, a clock. Out: what it found, and when it began.
Never here: a sending, or a reading that is trusted because there was no better one.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

T = TypeVar("T")

LONGEST = timedelta(seconds=15)
"""How long a reading may take by which something leaves. One on Airtable is a few seconds of questions; where it was
kept waiting, for its pace or for news of a row, a no may have been entered after the first cell was read."""
READINGS = 3
TOO_SLOW = "The bases answered too slowly to be sure of what was agreed, so nothing went. It is tried again."


def just_read(read: Callable[[], T], clock: Callable[[], datetime]) -> tuple[datetime, T] | None:
    """What was read within fifteen seconds, and when that reading began (UTC). None where three took longer: nothing
    may leave by them (R-13).
    """
    for _ in range(READINGS):
        began = clock()
        found = read()
        if clock() - began <= LONGEST:
            return began, found
    return None
