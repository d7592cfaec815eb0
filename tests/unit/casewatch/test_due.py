"""`casewatch due`: what a person who doubts a date types."""

import json

import pytest
from click.testing import CliRunner

from casewatch.cli import main


def ask(*words: str) -> dict[str, str]:
    answer = CliRunner().invoke(main, ["due", *words, "--json"])
    assert answer.exit_code == 0, answer.output
    told: dict[str, str] = json.loads(answer.output)
    return told


@pytest.mark.parametrize(("step", "start", "due"), [
    ("interview_witnesses", "2026-12-22T10:00", "2026-12-31T23:59:59+00:00"),
    ("outcome_letter_victim", "2026-12-24", "2027-01-12T23:59:59+00:00"),
    ("interview_victim", "2026-03-28T18:00", "2026-03-29T19:00:00+01:00"),
    ("interview_victim", "2026-10-24T18:00", "2026-10-25T17:00:00+00:00"),
    ("progress_review", "2026-05-22T09:00", "2026-06-05T23:59:59+01:00"),
])  # fmt: skip
def test_it_says_when_a_step_is_due(step: str, start: str, due: str) -> None:
    """HC-053, HC-078, HC-100, HC-110: over Christmas, and over both changes of the clocks."""
    told = ask(step, "--from", start)

    assert told["due"] == due
    assert told["step"] == step
    assert told["calendar"].startswith("england-and-wales")
    assert told["how"].endswith(f"Clause {told['clause']}.")


def test_each_nation_has_its_own_bank_holidays() -> None:
    """2 January is a working day in England and none in Scotland; 17 March is none in Northern Ireland."""
    assert ask("interview_witnesses", "--from", "2025-12-29")["due"].startswith("2026-01-06")
    assert ask("interview_witnesses", "--from", "2025-12-29", "--division", "scotland")["due"].startswith("2026-01-07")
    assert ask("landlord_request", "--from", "2026-03-17", "--division", "northern-ireland")["due"].startswith(
        "2026-03-18"
    )


def test_a_moment_with_an_offset_is_taken_as_it_is() -> None:
    """Half past midnight in a British summer is still the day before in UTC."""
    assert ask("interview_witnesses", "--from", "2026-07-05T23:30:00Z")["from"] == "2026-07-06T00:30:00+01:00"


@pytest.mark.parametrize(("words", "said", "code"), [
    (["due", "interview_dog", "--from", "2026-12-22"], "There is no step", 2),
    (["due", "interview_victim", "--from", "tomorrow"], "is not a date", 2),
    (["due", "interview_witnesses", "--from", "2035-01-01"], "bank_holidays.toml", 4),
    (["due", "interview_victim", "--from", "9999-12-31T23:00"], "bank_holidays.toml", 4),
    (["due", "interview_victim", "--from", "0001-01-01T00:00"], "bank_holidays.toml", 4),
    (["due", "policy_review", "--from", "2011-12-31"], "bank_holidays.toml", 4),
    (["due", "interview_victim", "--from", "0001-01-01T00:00+14:00"], "no calendar holds", 2),
    (["due", "interview_victim", "--from", "9999-12-31T23:59-14:00"], "no calendar holds", 2),
])  # fmt: skip
def test_what_it_cannot_answer_it_says_in_one_sentence(words: list[str], said: str, code: int) -> None:
    """And it never guesses beyond the bank holidays that are known."""
    answer = CliRunner().invoke(main, words)

    assert answer.exit_code == code
    assert said in answer.output
    assert "Traceback" not in answer.output


def test_a_step_that_is_misspelt_is_answered_with_the_nearest() -> None:
    """Not with a list of fifty; words that are near to nothing get no guess."""
    near = CliRunner().invoke(main, ["due", "interveiw-victim", "--from", "2026-12-22"])
    far = CliRunner().invoke(main, ["due", "xyzzy", "--from", "2026-12-22"])

    assert (near.exit_code, far.exit_code) == (2, 2)
    assert "Did you mean interview_victim" in near.output
    assert "Did you mean" not in far.output
    assert "casewatch procedure" in far.output
