"""Facts for a witness: where and when they are asked to meet us, and hardly more.

In: nothing. Out: the type that letters to witnesses are written from.
Never here: anything about the victim, the alleged perpetrator, another witness or what happened.
"""

from dataclasses import dataclass
from datetime import date

from automations.letters.facts.shared import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessFacts(Facts):
    """What a witness is told: as little as will do. What it is about is only what an officer wrote for them."""

    meets_on: date | None = None
    """The day of the next meeting that is booked (HC-077)."""
    meets_at: str | None = None
    """The time of day in London, as it is said: 10.30am."""
    at_our_office: bool = False
    """Whether the meeting is at the officer's office; otherwise at the place that was agreed."""
    words: tuple[str, ...] = ()
    """What the officer wrote for this reader, a paragraph each."""
