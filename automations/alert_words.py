"""The words of an alert: that a case needs somebody now, and what to do about it.

In: a case reference, the address of the base, and when the alert was raised. Out: a subject and a text.
Never here: a name, an address, what happened or why. A telephone's locked screen shows these words.
"""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

NEUTRAL = re.compile(r"[A-Z]{2,4}-[0-9]{4}-[0-9]{3,6}")


def new_report(reference: str, base_url: str, raised_at: datetime) -> tuple[str, str]:
    """A new report is in: to its officer and to whoever is on duty."""
    you = "You are the officer for this case, or on duty."
    return _alert(reference, base_url, f"A new report came in at {_at(raised_at)}. {you}")


def escalation(reference: str, base_url: str, raised_at: datetime) -> tuple[str, str]:
    """Nobody acknowledged an alert in time: to the next people up."""
    you = "It has come to you as the next person up."
    return _alert(reference, base_url, f"An alert raised at {_at(raised_at)} was not acknowledged. {you}")


def _alert(reference: str, base_url: str, why: str) -> tuple[str, str]:
    """A reference that is not a neutral one is left out: the alert goes all the same."""
    case = f"Case {reference}" if NEUTRAL.fullmatch(reference) else "A case"
    text = (
        f"{case} needs you now.\n\n{why}\n\n"
        "What to do:\n1. Open the case.\n2. Tick Acknowledged on the alert, so that it does not go further up.\n\n"
        f"{base_url}\n\nPlease do not reply with details of the case: e-mail is not the place for them.\n"
    )
    return f"{case} needs you now", text


def _at(instant: datetime) -> str:
    """The time and day on a clock in London."""
    there = instant.astimezone(ZoneInfo("Europe/London"))
    return f"{there:%H:%M} on {there:%A} {there.day} {there:%B %Y}"
