"""The calendar: hours that run through nights, and working days as the official bank holidays make them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays
from hypothesis import given
from hypothesis import strategies as st

from automations.calendar import LONDON, Calendar, calendar_for, end_of, hours_after
from automations.errors import Stop
from schema.choices import Division

ENGLAND = calendar_for(Division.ENGLAND_AND_WALES)
SCOTLAND = calendar_for(Division.SCOTLAND)
ULSTER = calendar_for(Division.NORTHERN_IRELAND)
NOT_IN_THE_ORACLE = {Division.SCOTLAND: {date(2026, 6, 15)}}
"""The oracle's bundled copy is older than the proclamation of Monday 15 June 2026 in Scotland."""


def london(text: str) -> datetime:
    return datetime.strptime(text, "%a %d %b %Y %H:%M").replace(tzinfo=LONDON)


def after(day: str, days: int, calendar: Calendar = ENGLAND) -> str:
    return f"{calendar.after(london(day), days).at:%a %d %b %Y}"


@pytest.mark.parametrize("division", Division)
def test_the_bank_holidays_are_the_official_ones_day_by_day(division: Division) -> None:
    """From 2012 as far as the official list goes; of a holiday on a weekend that list has the substitute only.

    A difference is stated above or put in automations/data/bank_holidays.toml.
    """
    official = {
        h["date"] for h in BankHolidays(use_cached_holidays=True).get_holidays(division=str(division))
    } | NOT_IN_THE_ORACLE.get(division, set())
    ours = calendar_for(division).bank_holidays
    days = [date(2012, 1, 1) + timedelta(days=n) for n in range((max(official) - date(2012, 1, 1)).days + 1)]

    assert max(official) >= date(2026, 12, 31)
    assert [d for d in days if d.weekday() < 5 and (d in ours) != (d in official)] == []
    assert all(d.weekday() < 5 for d in official)


def test_the_day_that_the_oracle_lacks_does_not_count_in_scotland_and_does_in_england() -> None:
    assert after("Fri 12 Jun 2026 10:00", 1, SCOTLAND) == "Tue 16 Jun 2026"
    assert after("Fri 12 Jun 2026 10:00", 1, ENGLAND) == "Mon 15 Jun 2026"


@pytest.mark.parametrize("calendar", [ENGLAND, SCOTLAND, ULSTER], ids=lambda c: str(c.division))
def test_next_year_is_known(calendar: Calendar) -> None:
    """To refresh: read the official list of each division, then move known_until on in automations/data."""
    next_year = datetime.now(LONDON).year + 1
    assert calendar.last >= date(next_year, 12, 31), "Refresh automations/data/bank_holidays.toml: next year is missing"


@pytest.mark.parametrize(
    ("anchors", "five", "nine", "ten"),
    [
        (("Mon 30 Mar 2026 10:00",), "Wed 08 Apr 2026", "Tue 14 Apr 2026", "Wed 15 Apr 2026"),
        (("Thu 02 Apr 2026 10:00", "Fri 03 Apr 2026 10:00", "Sat 04 Apr 2026 10:00"),
         "Mon 13 Apr 2026", "Fri 17 Apr 2026", "Mon 20 Apr 2026"),
        (("Fri 22 May 2026 10:00",), "Mon 01 Jun 2026", "Fri 05 Jun 2026", "Mon 08 Jun 2026"),
        (("Fri 28 Aug 2026 10:00",), "Mon 07 Sep 2026", "Fri 11 Sep 2026", "Mon 14 Sep 2026"),
        (("Wed 18 Nov 2026 10:00",), "Wed 25 Nov 2026", "Tue 01 Dec 2026", "Wed 02 Dec 2026"),
        (("Tue 22 Dec 2026 10:00",), "Thu 31 Dec 2026", "Thu 07 Jan 2027", "Fri 08 Jan 2027"),
        (("Thu 24 Dec 2026 10:00",), "Tue 05 Jan 2027", "Mon 11 Jan 2027", "Tue 12 Jan 2027"),
    ],
)  # fmt: skip
def test_the_worked_values(anchors: tuple[str, ...], five: str, nine: str, ten: str) -> None:
    """HC-078, HC-110, HC-100: the table of worked dates for England and Wales."""
    for anchor in anchors:
        assert (after(anchor, 5), after(anchor, 9), after(anchor, 10)) == (five, nine, ten)


def test_it_is_due_at_the_last_second_of_the_day_in_london() -> None:
    assert ENGLAND.after(london("Wed 18 Nov 2026 10:00"), 5).at.isoformat() == "2026-11-25T23:59:59+00:00"
    assert ENGLAND.after(london("Wed 22 Jul 2026 10:00"), 5).at.isoformat() == "2026-07-29T23:59:59+01:00"


@pytest.mark.parametrize("time", ["00:00", "12:00", "23:59"])
def test_the_hour_of_the_anchor_does_not_matter(time: str) -> None:
    assert after(f"Wed 18 Nov 2026 {time}", 5) == "Wed 25 Nov 2026"


@pytest.mark.parametrize("anchor", ["Fri 03 Apr 2026 09:00", "Sat 04 Apr 2026 09:00", "Mon 06 Apr 2026 09:00"])
def test_an_anchor_on_a_day_off_counts_from_the_next_working_day(anchor: str) -> None:
    """Good Friday, Easter Saturday and Easter Monday: Tuesday 7 April is day one (A-04)."""
    assert after(anchor, 1) == "Tue 07 Apr 2026"


def test_half_past_midnight_in_summer_belongs_to_the_london_day() -> None:
    """Tuesday 14 July 00:30 in London is still Monday in UTC; Tuesday is the day not counted."""
    anchor = datetime(2026, 7, 13, 23, 30, tzinfo=UTC)
    assert f"{ENGLAND.after(anchor, 1).at:%a %d %b}" == "Wed 15 Jul"
    assert f"{ENGLAND.after(anchor - timedelta(minutes=31), 1).at:%a %d %b}" == "Tue 14 Jul"


@pytest.mark.parametrize(
    ("anchor", "hours", "due"),
    [
        ("Sat 28 Mar 2026 18:00", 24, "2026-03-29T19:00:00+01:00"),
        ("Sat 24 Oct 2026 18:00", 24, "2026-10-25T17:00:00+00:00"),
        ("Sun 29 Mar 2026 00:30", 1, "2026-03-29T02:30:00+01:00"),
        ("Sun 25 Oct 2026 00:30", 2, "2026-10-25T01:30:00+00:00"),
        ("Sun 25 Oct 2026 00:30", 1, "2026-10-25T01:30:00+01:00"),
        ("Thu 24 Dec 2026 23:59", 48, "2026-12-26T23:59:00+00:00"),
    ],
)
def test_hours_are_counted_through_nights_holidays_and_the_nights_the_clocks_change(
    anchor: str, hours: int, due: str
) -> None:
    """A-02: consecutive hours, whatever the clock on the wall does."""
    assert hours_after(london(anchor), hours).isoformat() == due


@given(st.datetimes(datetime(2012, 1, 2), datetime(2028, 11, 1)), st.integers(0, 72))
def test_hours_are_never_turned_into_days(wall: datetime, hours: int) -> None:
    start = wall.replace(tzinfo=UTC)
    assert hours_after(start, hours).astimezone(UTC) - start == timedelta(hours=hours)


@given(
    st.sampled_from(list(Division)),
    st.datetimes(datetime(2012, 1, 2), datetime(2028, 10, 1)),
    st.integers(1, 40),
)
def test_the_answer_is_the_nth_working_day_strictly_after(division: Division, wall: datetime, days: int) -> None:
    """A naive walk from day to day is the oracle."""
    calendar, moment = calendar_for(division), wall.replace(tzinfo=UTC)
    day, left = moment.astimezone(LONDON).date(), days
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5 and day not in calendar.bank_holidays
    assert calendar.after(moment, days).at == end_of(day)


def test_no_working_days_is_the_same_day_or_the_next_working_one() -> None:
    assert after("Wed 18 Nov 2026 10:00", 0) == "Wed 18 Nov 2026"
    assert after("Sat 21 Nov 2026 10:00", 0) == "Mon 23 Nov 2026"
    assert after("Fri 25 Dec 2026 10:00", 0) == "Tue 29 Dec 2026"
    week = Calendar(Division.ENGLAND_AND_WALES, {}, date(2026, 11, 16), date(2026, 11, 20))
    assert after("Mon 16 Nov 2026 10:00", 0, week) == "Mon 16 Nov 2026", "also on the first day that is known"


@pytest.mark.parametrize("anchor", ["Wed 20 Dec 2028 10:00", "Mon 01 Jan 2029 10:00", "Fri 30 Dec 2011 10:00"])
def test_beyond_what_is_known_it_stops_and_names_the_file(anchor: str) -> None:
    with pytest.raises(Stop, match=r"automations/data/bank_holidays\.toml"):
        ENGLAND.after(london(anchor), 10)
    assert after("Wed 20 Dec 2028 10:00", 1) == "Thu 21 Dec 2028"


def test_a_day_added_or_removed_by_the_landlord_moves_the_date_and_the_version() -> None:
    first, last = date(2026, 11, 1), date(2026, 12, 31)
    plain = Calendar(Division.ENGLAND_AND_WALES, {}, first, last)
    added = Calendar(Division.ENGLAND_AND_WALES, {date(2026, 11, 20): "A day proclaimed"}, first, last)

    assert after("Wed 18 Nov 2026 10:00", 2, plain) == "Fri 20 Nov 2026"
    assert after("Wed 18 Nov 2026 10:00", 2, added) == "Mon 23 Nov 2026"
    assert plain.version != added.version
    assert added.skipped(date(2026, 11, 18), date(2026, 11, 23)) == ["Friday 20 November 2026 (A day proclaimed)"]


def test_scotland_and_northern_ireland_keep_their_own_days() -> None:
    """2 January, St Andrew's Day and the August holiday in Scotland; 12 July in Northern Ireland."""
    assert after("Thu 31 Dec 2026 10:00", 1, ENGLAND) == "Mon 04 Jan 2027"
    assert after("Thu 31 Dec 2026 10:00", 1, SCOTLAND) == "Tue 05 Jan 2027"
    assert after("Fri 27 Nov 2026 10:00", 1, ENGLAND) == "Mon 30 Nov 2026"
    assert after("Fri 27 Nov 2026 10:00", 1, SCOTLAND) == "Tue 01 Dec 2026"
    assert after("Thu 09 Jul 2026 10:00", 2, ULSTER) == "Tue 14 Jul 2026"
    assert after("Thu 09 Jul 2026 10:00", 2, ENGLAND) == "Mon 13 Jul 2026"
    assert after("Thu 02 Apr 2026 10:00", 2, SCOTLAND) == "Tue 07 Apr 2026", "Easter Monday counts in Scotland"


def test_a_review_on_a_day_off_is_held_the_working_day_before() -> None:
    """A-08."""
    assert ENGLAND.on_or_before(date(2026, 4, 6)) == date(2026, 4, 2)
    assert ENGLAND.on_or_before(date(2026, 4, 7)) == date(2026, 4, 7)
    with pytest.raises(Stop):
        ENGLAND.on_or_before(date(2029, 1, 1))


def november() -> Calendar:
    """Monday 16 to Friday 27 November and nothing else; Friday 20 is a day off, and so is Saturday 21 anyway."""
    off = {date(2026, 11, 20): "A day proclaimed", date(2026, 11, 21): "A fair"}
    return Calendar(Division.ENGLAND_AND_WALES, off, date(2026, 11, 16), date(2026, 11, 27))


def test_the_first_and_the_last_known_day_are_known_and_their_neighbours_are_not() -> None:
    """HC-100: no date is guessed, not even by a day."""
    friday = Calendar(Division.ENGLAND_AND_WALES, {}, date(2026, 11, 20), date(2026, 11, 22))
    assert after("Fri 20 Nov 2026 10:00", 0, friday) == "Fri 20 Nov 2026", "the only working day that is known"
    assert after("Mon 16 Nov 2026 00:00", 1, november()) == "Tue 17 Nov 2026"
    assert after("Thu 26 Nov 2026 10:00", 1, november()) == "Fri 27 Nov 2026"
    assert after("Fri 27 Nov 2026 10:00", 0, november()) == "Fri 27 Nov 2026"
    assert november().on_or_before(date(2026, 11, 16)) == date(2026, 11, 16)
    assert november().on_or_before(date(2026, 11, 27)) == date(2026, 11, 27)
    for day in ("Mon 16 Nov 2026 00:00", "Fri 27 Nov 2026 23:59"):
        november().must_know(london(day))
    for outside in ("Sun 15 Nov 2026 23:59", "Sat 28 Nov 2026 00:00"):
        day = london(outside)
        for ask in (lambda day=day: november().must_know(day), lambda day=day: november().after(day, 0),
                    lambda day=day: november().on_or_before(day.date())):  # fmt: skip
            with pytest.raises(Stop):
                ask()
    for day, length in (("Fri 27 Nov 2026 10:00", 1), ("Mon 16 Nov 2026 10:00", 10), ("Mon 16 Nov 2026 10:00", -1)):
        with pytest.raises(Stop):
            november().after(london(day), length)


def test_an_end_that_is_not_known_is_said_with_the_division_the_known_days_and_the_file() -> None:
    with pytest.raises(Stop) as stop:
        november().after(london("Thu 26 Nov 2026 10:00"), 2)
    assert stop.value.detail == (
        "Bank holidays in england-and-wales are known from 2026-11-16 to 2026-11-27 only, and 2026-11-26 needs days "
        "outside that. Refresh automations/data/bank_holidays.toml."
    )


def test_the_same_days_off_have_the_same_name_whoever_works_them_out() -> None:
    """An action names the calendar its date was counted with: one from an earlier release can be compared."""
    assert november().version == "england-and-wales to 2026-11-27 (6c7f89c5)"


def test_an_explanation_names_the_days_off_after_the_first_day_up_to_the_last_and_no_weekend() -> None:
    """The first day does not count anyway, and a fair on a Saturday puts nothing off."""

    def named(start: int, end: int) -> list[str]:
        return november().skipped(date(2026, 11, start), date(2026, 11, end))

    assert named(18, 23) == named(19, 20) == ["Friday 20 November 2026 (A day proclaimed)"]
    assert named(20, 23) == named(16, 19) == []


def test_the_day_after_the_last_known_one_is_not_guessed_even_if_it_is_a_weekday() -> None:
    """A-04: a list that ends on a Thursday says nothing of the Friday."""
    week = Calendar(Division.SCOTLAND, {}, date(2026, 11, 16), date(2026, 11, 19))
    wednesday = datetime(2026, 11, 18, 9, tzinfo=LONDON)
    assert week.after(wednesday, 1).at.date() == date(2026, 11, 19)
    with pytest.raises(Stop):
        week.after(wednesday, 2)
