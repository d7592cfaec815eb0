"""Facts for an alleged perpetrator: where we meet, and what an officer wrote for them.

In: nothing. Out: the type that letters to alleged perpetrators are written from.
Never here: a field that could hold a victim, a witness, a reporter, or what anybody of them said.
"""

from dataclasses import dataclass
from datetime import date

from automations.letters.facts.meeting import NONE_BOOKED, Meeting
from automations.letters.facts.shared import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class PerpetratorFacts(Facts):
    """What an alleged perpetrator is told. `words` is the one place where it is said what it is about."""

    is_the_tenant: bool
    """Whether the reader is the tenant of the home."""
    meeting: Meeting = NONE_BOOKED
    """The next meeting that is booked."""
    missed: tuple[date, ...] = ()
    """The days of the appointments that they missed without good reason, since they last met us (R-09)."""
    missed_on: date | None = None
    """The day of the latest appointment that did not happen, for whatever reason (HC-097)."""
    refused: bool = False
    """Whether they said that they will not meet us."""
    met_on: date | None = None
    """The day on which they last met us."""
    words: tuple[str, ...] = ()
    """What an officer wrote for this reader, by paragraph."""
    work: str | None = None
    """What was mended."""
    cost: str | None = None
    """What it cost, in pounds."""
    proved_on: date | None = None
    """When it was settled who did the damage (HC-119). What shows it stands in `words`."""
