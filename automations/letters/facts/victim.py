"""Facts for a victim: what they may be told of their own case.

In: nothing. Out: the type that letters to victims are written from.
Never here: anything about the alleged perpetrator, a witness or another victim.
"""

from dataclasses import dataclass
from datetime import date

from automations.letters.facts.shared import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class VictimFacts(Facts):
    """What a victim is told. Nothing about the alleged perpetrator or a witness has a field here."""

    first_told_on: date
    """The day on which we were first told."""
    told_by_victim: bool
    """Whether the victim reported it; otherwise the letter does not thank them for telling us."""
    promised_on: date | None = None
    """The day by which the progress letter is due (HC-056h)."""
