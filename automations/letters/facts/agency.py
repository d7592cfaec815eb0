"""Facts for an organisation: what a victim agreed that it may know, or what may be told without that.

In: nothing. Out: the type that letters to agencies, the police, social services and our solicitor are written from.
Never here: a field for anybody who has no ground of their own (R-15), or for an incident's own text.
"""

from dataclasses import dataclass
from datetime import date

from automations.letters.facts.shared import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One person whom this organisation may know of, and no more of them than that allows (R-12, R-15)."""

    name: str
    """Their name."""
    born_on: date | None = None
    """Their date of birth."""
    home: str | None = None
    """The address on one line; None where it is not safe, is held back, or would show where somebody else lives."""
    telephone: str | None = None
    """Their telephone number, where it is safe to ring or text."""
    email: str | None = None
    """Their e-mail address, where it is safe to use."""
    language: str | None = None
    """The language they read, where it is not English."""
    agreed_on: date | None = None
    """The day of their agreement; None where the ground is another one."""
    ask_first: bool = False
    """Whether they hold something back, or nobody knows a way to reach them that is safe: we are asked first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyFacts(Facts):
    """What an organisation is told. `recipient_name` is its name; `words` is what the officer wrote for this reader."""

    people: tuple[Told, ...] = ()
    """Whoever this organisation may know of."""
    words: str | None = None
    """What the officer wrote for this reader (Words for the reader)."""
    happened_on: date | None = None
    """The day on which it happened."""
    police_reference: str | None = None
    """The reference of the police, for the police alone."""
    lawful_basis: str | None = None
    """Of an override: what two managers gave as the lawful basis (A-16). None: everybody named here agreed."""
    children_at_risk: bool = False
    """Whether a child is at risk."""
    adult_at_risk: bool = False
    """Whether an adult is at risk."""
    unsafe_at_home: bool = False
    """Whether it is not safe at home, or the victim fears staying there."""
