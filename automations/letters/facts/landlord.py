"""Facts for another landlord: which of its residents it is about, and what we ask (HC-096, HC-116).

In: nothing. Out: the type that letters to another landlord and its Director are written from.
Never here: a field for a victim, a witness, a reporter, or an incident's own text.
"""

from dataclasses import dataclass
from datetime import date

from automations.letters.facts.shared import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherLandlordFacts(Facts):
    """What another landlord is told. Nobody else on the case has a field here."""

    resident_name: str | None
    """Who lives in one of their homes."""
    resident_home: str | None = None
    """The address on one line; None where it may show where a victim lives."""
    words: str | None
    """The complaint, as the officer wrote it for this reader (Words for the reader)."""
    happened_on: date | None = None
    """The day on which it happened."""
    called_on: date | None = None
    """When we rang them first (HC-095, HC-116)."""
    interview_by: date | None = None
    """The day by which we would interview our own tenant (A-14); None while that day is not known, or has passed."""
