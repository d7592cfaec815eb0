"""Facts for the tenant of an alleged perpetrator's home: the tenancy's side of it.

In: nothing. Out: the type that tenants' copies are written from.
Never here: a field that could hold a victim, a witness, a reporter, or what anybody of them said.
"""

from dataclasses import dataclass
from datetime import date

from automations.letters.facts.meeting import NONE_BOOKED, Meeting
from automations.letters.facts.shared import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class TenantFacts(Facts):
    """What a tenant is told of somebody who lives with them or visits them."""

    resident: str | None
    """The alleged perpetrator's name: the tenant must know whose behaviour it is."""
    instead_of_a_child: bool = False
    """Under 14 nothing is written to the child: this letter stands for theirs (R-18)."""
    tenancy_only: bool = False
    """Under the age of criminal responsibility the letter speaks of the tenancy alone (R-18)."""
    meeting: Meeting = NONE_BOOKED
    """The next meeting that is booked."""
    missed: tuple[date, ...] = ()
    """The days of the appointments that were missed without good reason, since the last meeting (R-09)."""
    refused: bool = False
    """Whether somebody said that there will be no meeting."""
    words: tuple[str, ...] = ()
    """What an officer wrote for this reader, by paragraph."""
