"""Hours and working days, counted the way the procedure counts them (A-02, A-04).

In: an instant and a length. Out: an instant in London time, with the name of the calendar it was counted with.
Never here: a conversion of hours into days or days into hours; a guess beyond the known bank holidays.
"""

import hashlib
import tomllib
from bisect import bisect_right
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

import holidays

from automations.errors import Stop
from schema.choices import Division

LONDON: Final = ZoneInfo("Europe/London")
DATA: Final = "automations/data/bank_holidays.toml"
_SUBDIVISION = {
    Division.ENGLAND_AND_WALES: "ENG",
    Division.SCOTLAND: "SCT",
    Division.NORTHERN_IRELAND: "NIR",
}
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: Final = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                 "November", "December")  # fmt: skip
_END_OF_DAY = time(23, 59, 59, tzinfo=LONDON)


class NotKnown(Stop):
    """The bank holidays are not known that far."""


class Due(NamedTuple):
    """An instant by which something is due, in London time, and the calendar it was counted with."""

    at: datetime
    calendar: str


class Calendar:
    """The working days of one division, Monday to Friday less its bank holidays.

    `after` is the hot path: one list look-up for the day, one for the end of the day that many
    working days later.
    """

    def __init__(self, division: Division, bank_holidays: dict[date, str], first: date, last: date) -> None:
        """`first` and `last` bound what is known, both included."""
        self.division = division
        self.bank_holidays = bank_holidays
        self.first, self.last = first, last
        working = [d for d in _days(first, last) if d.weekday() < 5 and d not in bank_holidays]
        self._ends = [datetime.combine(d, _END_OF_DAY) for d in working]
        self._first = first.toordinal()
        self._passed: list[int] = []
        """For each day from `first`: how many working days lie on or before it."""
        count = 0
        days = set(working)
        for d in _days(first, last):
            count += d in days
            self._passed.append(count)
        self._on_weekdays = sorted(d for d in bank_holidays if d.weekday() < 5)
        text = ",".join(sorted(d.isoformat() for d in bank_holidays))
        self.version = f"{division} to {last.isoformat()} ({hashlib.sha256(text.encode()).hexdigest()[:8]})"

    def after(self, moment: datetime, days: int) -> Due:
        """The end of the day that many working days after the day of `moment` (London); that day does not count.

        For 0 days: the end of that day where it is a working day, otherwise of the next one.
        NotKnown where the answer lies outside the known bank holidays, naming the file to refresh.
        """
        if moment.tzinfo is not LONDON:
            moment = moment.astimezone(LONDON)
        day = moment.toordinal() - self._first
        if day < 0 or days < 0:
            raise self._unknown(moment)
        try:
            passed = self._passed[day]
            if days == 0 and passed != (self._passed[day - 1] if day else 0):
                return Due(self._ends[passed - 1], self.version)
            return Due(self._ends[passed + (days or 1) - 1], self.version)
        except IndexError:
            raise self._unknown(moment) from None

    def must_know(self, moment: datetime) -> None:
        """NotKnown where the day of an aware `moment` (London) lies outside the known bank holidays."""
        if not self.first <= moment.date() <= self.last:
            raise self._unknown(moment)

    def is_working(self, day: date) -> bool:
        """Whether that day counts."""
        return day.weekday() < 5 and day not in self.bank_holidays

    def on_or_before(self, day: date) -> date:
        """That day, or the last working day before it (A-08). NotKnown outside the known bank holidays."""
        if not self.first <= day <= self.last:
            raise self._unknown(end_of(day))
        while not self.is_working(day):
            day -= timedelta(days=1)
        return day

    def skipped(self, after: date, until: date) -> list[str]:
        """The bank holidays on weekdays between two days, in words, for an explanation."""
        between = self._on_weekdays[bisect_right(self._on_weekdays, after) : bisect_right(self._on_weekdays, until)]
        return [f"{in_words(d)} ({self.bank_holidays[d]})" for d in between]

    def _unknown(self, moment: datetime) -> NotKnown:
        return NotKnown(
            f"Bank holidays in {self.division} are known from {self.first} to {self.last} only, and "
            f"{moment.date()} needs days outside that. Refresh {DATA}."
        )


def hours_after(moment: datetime, number: int) -> datetime:
    """That many hours later by the clock on the wall of physics, in London time: nights and weekends count."""
    return (moment.astimezone(UTC) + hours(number)).astimezone(LONDON)


@lru_cache(maxsize=1024)
def hours(number: int) -> timedelta:
    """So many hours; the few lengths that there are, are kept, since making one takes as long as counting with it."""
    return timedelta(hours=number)


def end_of(day: date) -> datetime:
    """The last second of that day in London."""
    return datetime.combine(day, _END_OF_DAY)


@cache
def calendar_for(division: Division) -> Calendar:
    """The calendar of a division, built once: the `holidays` package, then the overrides in the data file."""
    facts = _facts()
    first, last = facts["known_from"], facts["known_until"]
    source = holidays.country_holidays("GB", subdiv=_SUBDIVISION[division], years=range(first.year, last.year + 1))
    days = {d: name for d, name in source.items() if first <= d <= last}
    days.update({x["date"]: x["source"] for x in facts.get("added", ()) if x["division"] == division})
    for x in facts.get("removed", ()):
        if x["division"] == division:
            days.pop(x["date"], None)
    return Calendar(division, days, first, last)


@cache
def _facts() -> dict[str, Any]:
    return tomllib.loads(files("automations").joinpath("data/bank_holidays.toml").read_text("utf-8"))


def _days(first: date, last: date) -> list[date]:
    return [date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)]


def in_words(day: date) -> str:
    """A day as people read it, whatever language the machine is set to: "Thursday 31 December 2026"."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"
