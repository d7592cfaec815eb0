"""A million due dates through the public call, beside what others would do with the same moments.

In: nothing. Out: one table; exit code 1 where ours is not 10 times `holidays` or 3 times every other scalar peer.
Never here: a vectorised rival's speed held against ours (numpy is asked date by date, as a case asks).
"""

import sys
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from importlib.metadata import version
from time import perf_counter
from typing import cast

import holidays
import numpy as np
from workalendar.europe import UnitedKingdom

from automations.calendar import LONDON, Calendar, calendar_for
from automations.deadlines import due
from automations.procedure import STEP, Step
from schema.choices import Division

CALLS = 1_000_000
STEP_ASKED = "interview_witnesses"
FIRST, LAST = datetime(2019, 1, 1, tzinfo=LONDON), datetime(2027, 11, 30, tzinfo=LONDON)
END_OF_DAY = time(23, 59, 59, tzinfo=LONDON)
TIMES_HOLIDAYS, TIMES_OTHERS = 10.0, 3.0
ROUNDS = 3
"""Each is run this often, in turns, and its best round counts: other work on the machine disturbs all alike."""

Answer = Callable[[datetime], object]


@dataclass
class Runner:
    """One way to a due date: how many moments it is asked, and what it took per million."""

    name: str
    answer: Answer
    sample: int
    scalar: bool = True
    seconds: float = float("inf")
    wrong: int = 0

    def run(self, moments: list[datetime]) -> None:
        asked, answer = moments[: self.sample], self.answer
        begun = perf_counter()
        for moment in asked:
            answer(moment)
        self.seconds = min(self.seconds, (perf_counter() - begun) * CALLS / len(asked))


def london_moments(count: int) -> list[datetime]:
    """Instants spread over nine years, none like another, nights and weekends too. The order is shuffled
    by a stride that shares no factor with the count, so a peer's sample meets every year."""
    step = (LAST - FIRST) / count
    stride = 618_047
    return [(FIRST + step * (n * stride % count)).replace(microsecond=0) for n in range(count)]


def peers(step: Step, calendar: Calendar) -> Iterator[Runner]:
    """Every peer gives the same: an instant in London at the end of the due day."""
    days = step.length
    combine = datetime.combine
    public = holidays.country_holidays("GB", subdiv="ENG", years=range(2018, 2030))
    listed = np.busdaycalendar(holidays=[d for d in sorted(public) if d.weekday() < 5])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = UnitedKingdom()

    def ours(moment: datetime) -> object:
        return due(step, moment, calendar)

    def by_numpy(moment: datetime) -> object:
        # As the library is asked when the first day may be a weekend: back to a working day, then on.
        day = np.busday_offset(moment.date(), days, roll="backward", busdaycal=listed)
        return combine(cast(date, day.item()), END_OF_DAY)

    def by_holidays(moment: datetime) -> object:
        return combine(public.get_nth_working_day(moment.date(), days), END_OF_DAY)

    def by_workalendar(moment: datetime) -> object:
        return combine(theirs.add_working_days(moment.date(), days), END_OF_DAY)

    table = _table(calendar, days)

    def floor(moment: datetime) -> object:
        return table[moment.date()]

    yield Runner("Casewatch, due() with the calendar's version", ours, CALLS)
    yield Runner(f"numpy {np.__version__} busday_offset, one at a time", by_numpy, 200_000)
    yield Runner(f"holidays {version('holidays')} get_nth_working_day", by_holidays, 50_000)
    yield Runner(f"workalendar {version('workalendar')} add_working_days", by_workalendar, 50_000)
    yield Runner("floor: one look-up in a dictionary made for these days", floor, CALLS, scalar=False)


def _table(calendar: Calendar, days: int) -> dict[date, datetime]:
    """The answer for each day, found the slow and plain way: day by day."""
    found: dict[date, datetime] = {}
    for n in range((LAST - FIRST).days + 2):
        first = day = FIRST.date() + timedelta(days=n)
        left = days
        while left:
            day += timedelta(days=1)
            left -= calendar.is_working(day)
        found[first] = datetime.combine(day, END_OF_DAY)
    return found


def main() -> int:
    step, calendar = STEP[STEP_ASKED], calendar_for(Division.ENGLAND_AND_WALES)
    moments = london_moments(CALLS)
    assert len(set(moments)) == CALLS
    entered = list(peers(step, calendar))
    ours, floor = entered[0], entered[-1]
    for _ in range(ROUNDS):
        for one in entered:
            one.run(moments)
    for one in entered[1:-1]:
        one.wrong = sum(one.answer(m) != due(step, m, calendar).at for m in moments[: one.sample])
    ours.wrong = sum(floor.answer(m) != due(step, m, calendar).at for m in moments)
    print(
        f"\nDue dates: {step.title} ({step.id}), {step.length} working days, {CALLS:,} London moments of 2019 to 2027"
    )
    print(f"{'':56} {'s/million':>9} {'ours is':>9}   wrong answers (of those asked)")
    missed: list[str] = []
    for one in entered:
        ratio = one.seconds / ours.seconds
        scaled = "" if one.sample == CALLS else ", scaled up"
        print(f"{one.name:56} {one.seconds:9.3f} {ratio:8.1f}x   {one.wrong:,} of {one.sample:,}{scaled}")
        target = TIMES_HOLIDAYS if "holidays" in one.name else TIMES_OTHERS
        if one is not ours and one.scalar and ratio < target:
            missed.append(f"{one.name}: {ratio:.1f}x, wanted {target:.0f}x")
    if ours.wrong:
        missed.append(f"{ours.wrong:,} of our own answers differ from counting day by day")
    print(f"Targets: {TIMES_HOLIDAYS:.0f}x holidays, {TIMES_OTHERS:.0f}x each other. Best of {ROUNDS} rounds in turns.")
    print("\n".join(f"MISSED  {each}" for each in missed) or "All targets met.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
