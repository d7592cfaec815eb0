"""The words of an alert: that a case needs somebody now, and what to do about it.

In: a case reference, the address of the case's page, when the alert was raised, to whom. Out: a subject and a text.
Never here: a name, an address, what happened or why. A telephone's locked screen shows these words.
"""

import re
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

NEUTRAL = re.compile(r"[A-Z]{2,4}-[0-9]{4}-[0-9]{3,6}")


class You(StrEnum):
    """Why it comes to this reader and not to another."""

    OFFICER = "You are the officer for this case."
    DUTY = "You are on duty."
    BOTH = "You are the officer for this case, and you are on duty."
    SUPERVISOR = "You are the supervisor for this case: its officer is away, or nobody is named."
    NEXT = "It has come to you because nobody before you is at work."


def new_report(reference: str, address: str, raised_at: datetime, you: You) -> tuple[str, str]:
    """A new report is in: to its officer and to whoever is on duty, each in words of their own."""
    return _alert(reference, address, f"A new report came in at {_at(raised_at)}. {you}")


def escalation(reference: str, address: str, raised_at: datetime) -> tuple[str, str]:
    """Nobody acknowledged an alert in time: to the next people up."""
    you = "It has come to you as the next person up."
    return _alert(reference, address, f"An alert raised at {_at(raised_at)} was not acknowledged. {you}")


def _alert(reference: str, address: str, why: str) -> tuple[str, str]:
    """A reference that is not a neutral one is left out: the alert goes all the same."""
    case = f"Case {reference}" if NEUTRAL.fullmatch(reference) else "A case"
    text = (
        f"{case} needs you now.\n\n{why}\n\n"
        "What to do:\n1. Open the case.\n2. Tick Acknowledged on the alert, so that it does not go further up.\n\n"
        f"{address}\n\nPlease do not reply with details of the case: e-mail is not the place for them.\n"
    )
    return f"{case} needs you now", text


def _at(instant: datetime) -> str:
    """The time and day on a clock in London."""
    there = instant.astimezone(ZoneInfo("Europe/London"))
    return f"{there:%H:%M} on {there:%A} {there.day} {there:%B %Y}"
