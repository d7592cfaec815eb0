"""What an alert says: that a case needs somebody, and nothing of what is in it."""

from datetime import UTC, datetime
from inspect import signature

import pytest

from automations.alert_words import You, escalation, new_report

SUMMER = datetime(2026, 7, 1, 22, 5, tzinfo=UTC)
BASE = "http://localhost:8080/casework"


def to_the_officer(reference, address, raised_at):
    """A new report, as its officer reads it."""
    return new_report(reference, address, raised_at, You.OFFICER)


@pytest.mark.parametrize(("words", "says"), [
    (to_the_officer, "A new report came in at 23:05 on Wednesday 1 July 2026. You are the officer for this case"),
    (escalation, "An alert raised at 23:05 on Wednesday 1 July 2026 was not acknowledged. It has come to you"),
])  # fmt: skip
def test_it_says_what_to_do_and_when_it_was_raised(words, says):
    """By the clock in London, with the link and the tick that stops it going further up."""
    subject, text = words("CW-2026-0007", BASE, SUMMER)

    assert subject == "Case CW-2026-0007 needs you now"
    assert says in text
    assert "Tick Acknowledged" in text
    assert f"\n{BASE}\n" in text


@pytest.mark.parametrize("you", You)
def test_each_reader_is_told_why_it_came_to_them_and_to_nobody_else(you):
    """The officer is not told that they may be on duty, nor the duty person that they may be the officer."""
    _, text = new_report("CW-2026-0007", BASE, SUMMER, you)

    assert f" {you}\n" in text
    assert [each for each in You if f" {each}\n" in text] == [you]


@pytest.mark.parametrize(("words", "more"), [(new_report, (You.OFFICER,)), (escalation, ())])
def test_it_cannot_say_more(words, more):
    """There is no way to hand it a name, an address or what happened; no word of hate shows on a locked screen."""
    subject, text = words("CW-2026-0007", BASE, SUMMER, *more)

    assert list(signature(words).parameters) == ["reference", "address", "raised_at", "you"][: 3 + len(more)]
    assert not any(word in (subject + text).lower() for word in ("hate", "race", "victim", "crime", "police"))


@pytest.mark.parametrize("typed", ["Ada Sampleton, 1 Example Street", "CW-2026-0007\nBcc: b@example.org", ""])
def test_a_reference_that_is_not_neutral_is_left_out_and_the_alert_goes(typed):
    """Unknown is open for help."""
    subject, text = new_report(typed, BASE, SUMMER, You.DUTY)

    assert subject == "A case needs you now"
    assert "Ada" not in text
    assert BASE in text
