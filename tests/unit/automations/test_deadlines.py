"""Deadlines: every clock of the procedure has its figure, and every date its sentence."""

from datetime import UTC, datetime, timedelta

import pytest

from automations.calendar import LONDON, calendar_for
from automations.deadlines import deadline, due
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
