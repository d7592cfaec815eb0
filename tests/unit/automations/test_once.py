"""A question about a case is worked out once for each value of the case, and never answered from another's."""

from dataclasses import replace
from datetime import UTC, datetime

from automations.model import Case
from automations.once import once

NINE = datetime(2026, 11, 18, 9, tzinfo=UTC)
ASKED: list[tuple[str, int]] = []


@once
def question(case: Case, number: int = 0) -> str | None:
    ASKED.append((case.reference, number))
    return f"{case.reference} {number}" if number else None


def test_the_same_case_is_asked_once_and_a_case_read_anew_is_asked_again() -> None:
    """Consent is read again each time it matters (R-13): no answer outlives the record that it came from."""
    ASKED.clear()
    case = Case(id="1", created_at=NINE, reference="CW-1")
    number = 4096
    assert (question(case, number), question(case, number), question(case, number=number)) == ("CW-1 4096",) * 3
    assert ASKED == [("CW-1", 4096)] * 2, "once for each way of asking"
    changed = replace(case, reference="CW-2")
    assert question(changed, number) == "CW-2 4096"
    assert question(case, number) == "CW-1 4096"
    assert len(ASKED) == 3


def test_no_answer_is_an_answer_and_is_not_asked_for_again() -> None:
    """An open case has no closing."""
    ASKED.clear()
    case = Case(id="1", created_at=NINE, reference="CW-1")
    assert (question(case), question(case)) == (None, None)
    assert ASKED == [("CW-1", 0)]


def test_what_was_worked_out_makes_no_two_cases_different() -> None:
    """R-02: deciding is a matter of what is recorded."""
    one, other = Case(id="1", created_at=NINE, reference="CW-1"), Case(id="1", created_at=NINE, reference="CW-1")
    question(one)
    assert one == other
    assert "4096" not in repr(one)
