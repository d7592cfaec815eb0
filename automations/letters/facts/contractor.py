"""Facts for a contractor: the work, and no more of the people than it needs.

In: nothing. Out: the type that repair orders are written from.
Never here: a field that could hold a victim, a witness, a reporter, what happened, or why the work is needed.
"""

from dataclasses import dataclass
from datetime import date

from automations.letters.facts.shared import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractorFacts(Facts):
    """What a contractor is told (HC-060b)."""

    work: str | None
    """What is to be done."""
    place: str | None
    """Where the work is, as an officer wrote it for the contractor."""
    inside: bool
    """Whether the work is inside a home."""
    due_on: date | None
    """The day by which it is to be done (HC-060c, HC-060d)."""
    due_time: str | None
    """The time of that day, as it is read aloud."""
    late: bool = False
    """Whether that time has passed: the work is to be done at once."""
    way_in: str | None = None
    """How to get in, as an officer wrote it for the contractor."""
    words: tuple[str, ...] = ()
    """What else the contractor must know, as an officer wrote it for them."""
    photographed: bool = False
    """Whether the damage is photographed, or need not be; otherwise the order asks for it (HC-060a)."""
