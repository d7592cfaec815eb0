"""Deadlines: every clock of the procedure has its figure, and every date its sentence."""

from datetime import UTC, datetime, timedelta

import pytest

from automations.calendar import LONDON, calendar_for
from automations.deadlines import deadline, due, put_off, say
from automations.procedure import STEP, STEPS, Step, Unit
from schema.choices import Division

ENGLAND = calendar_for(Division.ENGLAND_AND_WALES)
NINE = datetime(2026, 11, 18, 9, 0, tzinfo=LONDON)

CLOCKS = [
    ("C1", "forward_report", 1, Unit.HOURS), ("C2", "emergency_assessment", 1, Unit.HOURS),
    ("C2", "manager_discussion", 1, Unit.HOURS), ("C2", "legal_advice", 1, Unit.HOURS),
    ("C2", "safeguarding_report", 1, Unit.HOURS), ("C2", "homelessness_help", 1, Unit.HOURS),
    ("C3", "log_case", 24, Unit.HOURS), ("C3", "initial_report_form", 24, Unit.HOURS),
    ("C4", "interview_victim", 24, Unit.HOURS), ("C5", "support_referral", 24, Unit.HOURS),
    ("C6", "emergency_repair", 24, Unit.HOURS), ("C6", "remove_graffiti", 24, Unit.HOURS),
    ("C6", "security_measures", 24, Unit.HOURS), ("C7", "victim_interview_note", 48, Unit.HOURS),
    ("C8", "interview_witnesses", 5, Unit.WORKING_DAYS), ("C9", "witness_note", 48, Unit.HOURS),
    ("C10", "interview_perpetrator", 48, Unit.HOURS), ("C11", "perpetrator_delay_review", 48, Unit.HOURS),
    ("C12", "perpetrator_note", 48, Unit.HOURS), ("C12", "warning_letter", 48, Unit.HOURS),
    ("C13", "rearrange_meeting", 5, Unit.WORKING_DAYS), ("C14", "progress_review", 9, Unit.WORKING_DAYS),
    ("C15", "outcome_letter_victim", 10, Unit.WORKING_DAYS), ("C15", "victim_written_to", 10, Unit.WORKING_DAYS),
    ("C15", "outcome_letter_perpetrator", 10, Unit.WORKING_DAYS), ("C15", "outcome_review", 10, Unit.WORKING_DAYS),
    ("C16", "revised_target", 0, Unit.STATED), ("C17", "fortnightly_review", 14, Unit.DAYS),
    ("C18", "victim_contact", 14, Unit.DAYS), ("C19", "area_review", 14, Unit.DAYS),
    ("C21", "satisfaction_survey", 1, Unit.WORKING_DAYS), ("C22", "policy_review", 36, Unit.MONTHS),
]  # fmt: skip


@pytest.mark.parametrize(("clock", "step", "length", "unit"), CLOCKS, ids=[f"{c}-{s}" for c, s, *_ in CLOCKS])
def test_every_clock_of_the_procedure_has_its_step(clock: str, step: str, length: int, unit: Unit) -> None:
    """C1 to C22; C20 is C3 to C16 again, which the stories of a further incident prove."""
    assert (STEP[step].length, STEP[step].unit) == (length, unit)


@pytest.mark.parametrize(
    ("step", "when"),
    [
        ("interview_victim", "2026-11-19T09:00:00+00:00"),
        ("interview_perpetrator", "2026-11-20T09:00:00+00:00"),
        ("interview_witnesses", "2026-11-25T23:59:59+00:00"),
        ("progress_review", "2026-12-01T23:59:59+00:00"),
        ("outcome_letter_victim", "2026-12-02T23:59:59+00:00"),
        ("landlord_request", "2026-11-18T23:59:59+00:00"),
        ("fortnightly_review", "2026-12-02T23:59:59+00:00"),
        ("policy_review", "2029-11-18T23:59:59+00:00"),
        ("revised_target", "2026-11-18T09:00:00+00:00"),
    ],
)
def test_from_wednesday_18_november_2026_at_nine(step: str, when: str) -> None:
    assert due(STEP[step], NINE, ENGLAND).at.isoformat() == when


@pytest.mark.parametrize("step", STEPS, ids=lambda s: s.id)
def test_every_due_date_has_its_sentence_its_clause_and_its_calendar_and_warns_before(step: Step) -> None:
    limit = deadline(step, NINE, "the first report", ENGLAND)

    assert limit.how.startswith(("The ", "1", "2", "3", "4", "5", "9"))
    assert "the first report, Wednesday 18 November 2026 09:00" in limit.how
    assert limit.how.endswith(f"Clause {step.clause}.")
    assert limit.calendar == ENGLAND.version
    assert limit.warn_at < limit.at
    assert limit.at.tzinfo is LONDON


@pytest.mark.parametrize("step", STEPS, ids=lambda s: s.id)
def test_it_warns_before_even_where_the_step_is_due_the_moment_it_begins(step: Step) -> None:
    limit = deadline(step, datetime(2026, 11, 18, 23, 59, 59, tzinfo=LONDON), "it", ENGLAND)
    assert limit.warn_at < limit.at


def test_the_sentence_names_the_bank_holidays_and_the_clocks() -> None:
    christmas = deadline(STEP["progress_review"], datetime(2026, 12, 22, 10, tzinfo=UTC), "it", ENGLAND)
    assert "nor Friday 25 December 2026 (Christmas Day), Monday 28 December 2026" in christmas.how
    spring = deadline(STEP["interview_victim"], datetime(2026, 3, 28, 18, tzinfo=UTC), "it", ENGLAND)
    assert "(the clocks go forward)" in spring.how
    autumn = deadline(STEP["interview_victim"], datetime(2026, 10, 24, 17, tzinfo=UTC), "it", ENGLAND)
    assert "(the clocks go back)" in autumn.how


def test_a_fortnightly_review_on_a_bank_holiday_falls_on_the_working_day_before() -> None:
    """A-08: fourteen days after Friday 11 December is Christmas Day."""
    held = datetime(2026, 12, 11, 10, tzinfo=UTC)
    assert due(STEP["fortnightly_review"], held, ENGLAND).at.isoformat() == "2026-12-24T23:59:59+00:00"
    assert due(STEP["victim_contact"], held, ENGLAND).at.isoformat() == "2026-12-25T23:59:59+00:00"


def test_another_length_says_who_set_it() -> None:
    limit = deadline(STEP["progress_review"], NINE, "it", ENGLAND, 7, "Set by somebody.")
    assert limit.at - NINE == timedelta(days=9, hours=14, minutes=59, seconds=59)
    assert "7 working days" in limit.how
    assert "Set by somebody." in limit.how


EXPLAINED = [
    ("interview_victim", "2026-11-18 09:00",
     "24 hours from the first report, Wednesday 18 November 2026 09:00, nights and weekends counted: "
     "Thursday 19 November 2026 09:00. Clause 3.4."),
    ("forward_report", "2026-11-18 09:00",
     "1 hour from the first report, Wednesday 18 November 2026 09:00, nights and weekends counted: "
     "Wednesday 18 November 2026 10:00. Clause 3.0."),
    ("interview_victim", "2026-03-28 18:00",
     "24 hours from the first report, Saturday 28 March 2026 18:00, nights and weekends counted (the clocks go "
     "forward): Sunday 29 March 2026 19:00. Clause 3.4."),
    ("interview_victim", "2026-10-24 18:00",
     "24 hours from the first report, Saturday 24 October 2026 18:00, nights and weekends counted (the clocks go "
     "back): Sunday 25 October 2026 17:00. Clause 3.4."),
    ("interview_witnesses", "2026-11-18 09:00",
     "5 working days from the first report, Wednesday 18 November 2026 09:00, that day not counted: "
     "Wednesday 25 November 2026 23:59. Clause 8.0."),
    ("notify_cdrp", "2026-04-02 09:00",
     "1 working day from the first report, Thursday 2 April 2026 09:00, that day not counted, nor "
     "Friday 3 April 2026 (Good Friday), Monday 6 April 2026 (Easter Monday): Tuesday 7 April 2026 23:59. "
     "Clause 3.2."),
    ("landlord_request", "2026-11-18 09:00",
     "The end of the same working day from the first report, Wednesday 18 November 2026 09:00, that day not counted: "
     "Wednesday 18 November 2026 23:59. Clause 9.0."),
    ("victim_contact", "2026-11-18 09:00",
     "14 days from the first report, Wednesday 18 November 2026 09:00: Wednesday 2 December 2026 23:59. Clause 6.0."),
    ("fortnightly_review", "2026-12-11 09:00",
     "14 days from the first report, Friday 11 December 2026 09:00, or the working day before: "
     "Thursday 24 December 2026 23:59. Clause 12.0."),
    ("policy_review", "2026-02-28 09:00",
     "36 months from the first report, Saturday 28 February 2026 09:00: Wednesday 28 February 2029 23:59. "
     "Clause 16.0."),
    ("revised_target", "2026-11-18 09:00",
     "The date given from the first report, Wednesday 18 November 2026 09:00: Wednesday 18 November 2026 09:00. "
     "Clause 10.0."),
]  # fmt: skip


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(("step", "start", "sentence"), EXPLAINED, ids=[f"{s}-{t}" for s, t, _ in EXPLAINED])
def test_each_kind_of_length_is_explained_in_its_own_sentence(step: str, start: str, sentence: str) -> None:
    """A-02, A-04, A-08: hours, working days, days, months and a date that was given."""
    assert deadline(STEP[step], at(start), "the first report", ENGLAND).how == sentence


def test_where_a_length_is_from_is_said_before_the_clause() -> None:
    limit = deadline(STEP["interview_victim"], NINE, "it", ENGLAND, 1, "Set by somebody.")
    assert limit.how == (
        "1 hour from it, Wednesday 18 November 2026 09:00, nights and weekends counted: "
        "Wednesday 18 November 2026 10:00. Set by somebody. Clause 3.4."
    )


@pytest.mark.parametrize(
    ("step", "start", "warns"),
    [
        ("interview_victim", "2026-11-18 09:00", "Thu 19 Nov 03:00"),  # six hours before, as the step says
        ("progress_review", "2026-11-18 09:00", "Sun 29 Nov 23:59"),  # two days before, as the step says
        ("forward_report", "2026-11-18 09:00", "Wed 18 Nov 09:00"),  # a quarter of an hour is an hour at least
        ("log_case", "2026-11-18 09:00", "Thu 19 Nov 03:00"),  # a quarter of twenty-four hours
        ("notify_cdrp", "2026-11-18 09:00", "Thu 19 Nov 13:59"),  # a quarter of 39 hours, in whole hours: ten
        ("notify_cdrp", "2026-11-18 07:59:58", "Thu 19 Nov 12:59"),  # a second more than ten is eleven
        ("interview_victim", "2026-03-28 18:00", "Sun 29 Mar 13:00"),  # hours are hours when the clocks change
    ],
)
def test_it_shows_as_due_soon_as_long_before_as_the_step_says_or_in_its_last_quarter(
    step: str, start: str, warns: str
) -> None:
    """R-11."""
    limit = deadline(STEP[step], at(start), "it", ENGLAND)
    assert f"{limit.warn_at.astimezone(LONDON):%a %d %b %H:%M}" == warns


def test_a_date_put_off_keeps_its_calendar_and_warns_as_long_before_as_it_did() -> None:
    """R-05, R-11: also where the new date lies beyond the night when the clocks go back."""
    limit = deadline(STEP["interview_victim"], at("2026-10-23 18:00"), "it", ENGLAND)
    later = put_off(limit, datetime(2026, 10, 25, 3, tzinfo=UTC), "Moved at their wish.")
    assert (later.at.isoformat(), later.warn_at.isoformat()) == (
        "2026-10-25T03:00:00+00:00", "2026-10-24T21:00:00+00:00"
    )  # fmt: skip
    assert later.at.tzinfo is LONDON
    assert (later.how, later.calendar) == ("Moved at their wish.", limit.calendar)
    assert limit.at.isoformat() == "2026-10-24T18:00:00+01:00", "what was first counted is not changed"


def test_days_are_counted_from_the_london_day() -> None:
    """A-04: half past midnight on Tuesday 14 July is still Monday in UTC."""
    midnight = datetime(2026, 7, 13, 23, 30, tzinfo=UTC)
    assert say(due(STEP["victim_contact"], midnight, ENGLAND).at) == "Tuesday 28 July 2026 23:59"


def test_an_instant_is_said_in_london_words_even_at_the_edge_of_time() -> None:
    assert say(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "Thursday 2 July 2026 00:30"
    assert say(datetime.max.replace(tzinfo=UTC)).startswith("Friday 31 December 9999")


def test_one_working_day_is_not_twenty_four_working_hours_nor_the_other_way_round() -> None:
    """A-02, A-04: from Friday at four. Hours run on over the weekend; a working day ends with its day."""
    friday = at("2026-11-20 16:00")
    assert say(due(STEP["log_case"], friday, ENGLAND).at) == "Saturday 21 November 2026 16:00"
    assert say(due(STEP["notify_cdrp"], friday, ENGLAND).at) == "Monday 23 November 2026 23:59"


def test_an_areas_own_length_takes_the_place_of_the_steps() -> None:
    """HC-127: counted with the same calendar from the same moment."""
    start = at("2026-11-18 09:00")
    own, usual = due(STEP["interview_witnesses"], start, ENGLAND, 3), due(STEP["interview_witnesses"], start, ENGLAND)
    assert f"{own.at:%a %d %b}, {usual.at:%a %d %b}" == "Mon 23 Nov, Wed 25 Nov"


def test_the_hour_that_comes_twice_is_two_hours() -> None:
    """A-02: half past one before the clocks go back, and an hour later half past one again, each with its own end."""
    once, again = (datetime(2026, 10, 25, 1, 30, tzinfo=LONDON, fold=fold) for fold in (0, 1))
    step = STEP["perpetrator_delay_review"]
    first, second = (deadline(step, start, "it", ENGLAND).at.astimezone(UTC) for start in (once, again))
    assert second - first == timedelta(hours=1)
