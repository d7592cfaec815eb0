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
    born_on: date | None = None
    home: str | None = None
    """The address on one line; None where it is not safe, is held back, or would show where somebody else lives."""
    telephone: str | None = None
    email: str | None = None
    language: str | None = None
    agreed_on: date | None = None
    """The day of their agreement; None where the ground is another one."""
    ask_first: bool = False
    """Whether they hold something back, or nobody knows a way to reach them that is safe: we are asked first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyFacts(Facts):
    """What an organisation is told. `recipient_name` is its name; `words` is what the officer wrote for this reader."""

    people: tuple[Told, ...] = ()
    words: str | None = None
    happened_on: date | None = None
    police_reference: str | None = None
    lawful_basis: str | None = None
    """Of an override: what two managers gave as the lawful basis (A-16). None: everybody named here agreed."""
    children_at_risk: bool = False
    adult_at_risk: bool = False
    unsafe_at_home: bool = False
