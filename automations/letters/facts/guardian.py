"""Facts for a parent or guardian of an alleged perpetrator of 14 to 17: copies of what went to their child.

In: nothing. Out: the type that guardians' copies are written from.
Never here: a field that could hold a victim, a witness, a reporter, or what anybody of them said.
"""

from dataclasses import dataclass

from automations.letters.facts.meeting import NONE_BOOKED, Meeting
from automations.letters.facts.shared import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianFacts(Facts):
    """What a parent or guardian is told (R-18)."""

    young_person: str | None
    """The name of the alleged perpetrator, who is their child."""
    meeting: Meeting = NONE_BOOKED
    """The next meeting that is booked."""
    words: tuple[str, ...] = ()
    """What an officer wrote for this reader, by paragraph."""
