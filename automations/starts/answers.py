"""Answers: what a start may say - the clock runs from here, it waits, or it is not needed.

In: nothing, or where a victim's agreement stands. Out: Begin, Wait, Skip.
Never here: which step asks.
"""

from dataclasses import dataclass
from datetime import datetime

from automations.consent import VICTIM_SAID_NO, Says, Standing
from automations.subjects import Subject
from schema import choices as c


@dataclass(frozen=True, slots=True)
class Begin:
    """The clock starts. `stated` is a date that takes the place of the counted one, and `why` it does.

    `wishes` are other times at the person's wish, each with when it was recorded (R-05).
    """

    at: datetime
    words: str
    stated: datetime | None = None
    why: str = ""
    wishes: tuple[tuple[datetime, datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing runs yet; `why` says what it waits for."""

    why: str


@dataclass(frozen=True, slots=True)
class Skip:
    """Not needed on this case, and why."""

    why: str


Start = Begin | Wait | Skip | None
Held = c.InterviewResult
FIRST = "the first report"


def agreed(says: Standing, s: Subject, words: str) -> Start:
    """Begin at the agreement, never before the first report; Skip on a no; Wait where nobody has asked."""
    if says.says is Says.YES:
        return Begin(max(says.since or s.incident.counts_from, s.incident.counts_from), words)
    if says.says is Says.NO:
        return Skip(VICTIM_SAID_NO if says.why == VICTIM_SAID_NO else says.why)
    return Wait(says.why)
