"""What an alert says: that a case needs somebody, and nothing of what is in it."""

from datetime import UTC, datetime
from inspect import signature

import pytest

from automations.alert_words import escalation, new_report

SUMMER = datetime(2026, 7, 1, 22, 5, tzinfo=UTC)
BASE = "http://localhost:8080/casework"


@pytest.mark.parametrize(("words", "says"), [
    (new_report, "A new report came in at 23:05 on Wednesday 1 July 2026. You are the officer for this case"),
    (escalation, "An alert raised at 23:05 on Wednesday 1 July 2026 was not acknowledged. It has come to you"),
])  # fmt: skip
def test_it_says_what_to_do_and_when_it_was_raised(words, says):
    """By the clock in London, with the link and the tick that stops it going further up."""
    subject, text = words("CW-2026-0007", BASE, SUMMER)

    assert subject == "Case CW-2026-0007 needs you now"
    assert says in text
    assert "Tick Acknowledged" in text
    assert f"\n{BASE}\n" in text


@pytest.mark.parametrize("words", [new_report, escalation])
def test_it_cannot_say_more(words):
    """There is no way to hand it a name, an address or what happened; no word of hate shows on a locked screen."""
    subject, text = words("CW-2026-0007", BASE, SUMMER)

    assert list(signature(words).parameters) == ["reference", "base_url", "raised_at"]
    assert not any(word in (subject + text).lower() for word in ("hate", "race", "victim", "crime", "police"))


@pytest.mark.parametrize("typed", ["Ada Sampleton, 1 Example Street", "CW-2026-0007\nBcc: b@example.org", ""])
def test_a_reference_that_is_not_neutral_is_left_out_and_the_alert_goes(typed):
    """Unknown is open for help."""
    subject, text = new_report(typed, BASE, SUMMER)

    assert subject == "A case needs you now"
    assert "Ada" not in text
    assert BASE in text
