"""Answers: what a start may say - the clock runs from here, it waits, or it is not needed.

In: nothing, or where a victim's agreement stands. Out: Begin, Wait, Skip.
Never here: which step asks.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from automations.consent import Says, Standing
from automations.subjects import Subject
from schema import choices as c


class Begin(NamedTuple):
    """The clock starts.

    `stated` are dates that delay letters gave, each with when the letter went (R-04); `wishes` are other
    times at the person's wish, each with when it was recorded (R-05). `agreed`: an agreement starts it, and
    `ended_at` is when what had begun before was over (a refusal, a meeting held after all): from then on it
    is another promise (R-11). `assumed`: nobody entered the time, so it is no promise yet. `instead` is
    another moment from which managers are shown the measure (R-06). `theirs` is the moment from which somebody
    else is asked to do their part in our own time (A-14). `because` is shown beside the deadline.
    """

    at: datetime
    words: str
    stated: tuple[tuple[datetime, datetime], ...] = ()
    wishes: tuple[tuple[datetime, datetime], ...] = ()
    agreed: bool = False
    ended_at: datetime | None = None
    assumed: bool = False
    instead: datetime | None = None
    because: str = ""
    theirs: datetime | None = None


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
        first = s.incident.counts_from
        return Begin(max(says.since or first, first), words, agreed=True, ended_at=says.refused_at)
    return Skip(says.why) if says.says is Says.NO else Wait(says.why)


def once_agreed(says: Standing, s: Subject, begin: Begin) -> Start:
    """As `begin`, once it is agreed too; from the agreement where that is later (R-01, A-10)."""
    start = agreed(says, s, "the victim's agreement")
    return begin if isinstance(start, Begin) and start.at <= begin.at else start
