"""Deadlines: from a step and the moment it counts from, the instant it is due and how that was worked out.

In: a step, an instant, a calendar. Out: Deadline values.
Never here: which moment a step counts from (starts.py), or anybody being told.
"""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from math import ceil
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from automations.calendar import LONDON, Calendar, Due, end_of, hours, hours_after, in_words
from automations.procedure import Step, Unit


class Deadline(NamedTuple):
    """When something is due (London), when it starts to show as due soon (UTC), and why in one sentence."""

    at: datetime
    warn_at: datetime
    how: str
    calendar: str


def due(step: Step, start: datetime, calendar: Calendar, length: int | None = None) -> Due:
    """The instant a step is due, counted from an aware `start`. The hot path: no sentence is made.

    `length` replaces the step's own where an area profile or an agreement with the victim says so.
    Hours are consecutive (A-02); working days end at 23:59:59 London and do not count the first day
    (A-04). Stop where the bank holidays are not known that far.
    """
    return _due(step.unit, step.length if length is None else length, step.working_day_before, start, calendar)


def _due(unit: Unit, n: int, working_day_before: bool, start: datetime, calendar: Calendar) -> Due:
    if unit is Unit.WORKING_DAYS:
        return calendar.after(start, n)
    if unit is Unit.HOURS:
        return Due(hours_after(start, n), calendar.version)
    if unit is Unit.STATED:
        return Due(start.astimezone(LONDON), calendar.version)
    day = start.astimezone(LONDON).date()
    day += timedelta(days=n) if unit is Unit.DAYS else relativedelta(months=n)
    if working_day_before:
        day = calendar.on_or_before(day)
    return Due(end_of(day), calendar.version)


def deadline(
    step: Step, start: datetime, from_words: str, calendar: Calendar, length: int | None = None, because: str = ""
) -> Deadline:
    """The due instant with its warning and its explanation.

    `from_words` names the moment ("the first report"); `because` says where another length is from.
    """
    n = step.length if length is None else length
    # In UTC: the two half past ones of the night when the clocks go back are equal in London time, and one key.
    at, last_quarter, how = _counted(step.unit, n, step.working_day_before, start.astimezone(UTC), from_words, calendar)
    why = f" {because} Clause {step.clause}." if because else f" Clause {step.clause}."
    return Deadline(at, at.astimezone(UTC) - hours(step.warn or last_quarter), how + why, calendar.version)


@lru_cache(maxsize=64)  # many steps of one case count as long from one moment
def _counted(
    unit: Unit, n: int, working_day_before: bool, start: datetime, from_words: str, calendar: Calendar
) -> tuple[datetime, int, str]:
    """When it is due, the last quarter of the time until then in whole hours, and the sentence."""
    began, start = say(start), start.astimezone(LONDON)
    at = _due(unit, n, working_day_before, start, calendar).at
    in_utc = at.astimezone(UTC)
    details = _details(unit, working_day_before, start, at, calendar)
    how = f"{length_in_words(unit, n)} from {from_words}, {began}{details}: {say(in_utc)}."
    return at, max(1, ceil((in_utc - start.astimezone(UTC)).total_seconds() / 3600 / 4)), how


def put_off(limit: Deadline, at: datetime, how: str) -> Deadline:
    """The deadline at another instant: it shows as due soon as long before as it did (R-11)."""
    before = limit.at.astimezone(UTC) - limit.warn_at
    return limit._replace(at=at.astimezone(LONDON), warn_at=at.astimezone(UTC) - before, how=how)


@lru_cache(maxsize=512)  # one case says the same few instants many times over
def say(moment: datetime) -> str:
    """An instant as staff read it: "Thursday 31 December 2026 23:59"."""
    try:
        local = moment.astimezone(LONDON)
    except OverflowError:  # the first or last hours that a date can hold
        local = moment
    return f"{in_words(local)} {local.hour:02}:{local.minute:02}"


WORDS = {Unit.HOURS: "hour", Unit.WORKING_DAYS: "working day", Unit.DAYS: "day", Unit.MONTHS: "month"}


def length_in_words(unit: Unit, n: int) -> str:
    """A length as a sentence begins with it: "5 working days"."""
    if unit is Unit.STATED:
        return "The date given"
    if unit is Unit.WORKING_DAYS and n == 0:
        return "The end of the same working day"
    return f"{n} {WORDS[unit]}{'' if n == 1 else 's'}"


def _details(unit: Unit, working_day_before: bool, start: datetime, at: datetime, calendar: Calendar) -> str:
    if unit is Unit.HOURS:
        before, after = start.utcoffset() or timedelta(), at.utcoffset() or timedelta()
        clocks = "" if before == after else " (the clocks go forward)" if after > before else " (the clocks go back)"
        return f", nights and weekends counted{clocks}"
    if unit is Unit.WORKING_DAYS:
        skipped = calendar.skipped(start.date(), at.date())
        return ", that day not counted" + (f", nor {', '.join(skipped)}" if skipped else "")
    if working_day_before:
        return ", or the working day before"
    return ""
