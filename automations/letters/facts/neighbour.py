"""Facts for a neighbour who may have seen something: a place and a time.

In: nothing. Out: the type that enquiries to neighbours are written from.
Never here: a field that could hold anybody on the case, their home, or what happened.
"""

from dataclasses import dataclass

from automations.letters.facts.shared import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighbourFacts(Facts):
    """What neighbours are asked about (HC-076)."""

    words: tuple[str, ...]
    """The street or building and the days, as an officer wrote them for whoever opens the letter."""
