"""Facts for a victim: what they may be told of their own case.

In: nothing. Out: the type that letters to victims are written from.
Never here: anything about the alleged perpetrator, a witness or another victim.
"""

from dataclasses import dataclass
from datetime import date

from automations.letters.facts.shared import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """One thing of the action plan: what it is called, for which organisation, and what became of it (HC-026)."""

    what: str
    """What it is called, from options.yaml."""
    organisation: str | None = None
    """Who would be told, where somebody would."""
    scope: str | None = None
    """What the agreement covers; of something else what it is."""
    withhold: str | None = None
    """What must not be told, and to whom."""
    done: str | None = None
    """What was done."""
    not_done: str | None = None
    """Why it was not done, or what was not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VictimFacts(Facts):
    """What a victim is told. Nothing about the alleged perpetrator or a witness has a field here.

    Each letter fills what it says and leaves the rest empty: a change elsewhere makes no other letter.
    """

    first_told_on: date
    """The day on which we were first told."""
    told_by_victim: bool
    """Whether the victim reported it; otherwise the letter does not thank them for telling us."""
    promised_on: date | None = None
    """The day by which the progress letter is due (HC-056h)."""
    words: tuple[str, ...] = ()
    """What the officer wrote for this reader, a paragraph each."""
    revised_on: date | None = None
    """The day that a delay letter gives (HC-103)."""
    agreed: tuple[PlanLine, ...] = ()
    """What the victim said yes to (HC-026, HC-101)."""
    refused: tuple[PlanLine, ...] = ()
    """What the victim said no to."""
    undecided: tuple[PlanLine, ...] = ()
    """What the victim has not answered yet."""
    not_for_them: tuple[PlanLine, ...] = ()
    """What does not apply to the victim."""
    if_again: str | None = None
    """What the victim and the officer agreed for when it happens again (HC-056g)."""
    organisations: tuple[str, ...] = ()
    """Organisations that help, each with how to reach it (HC-067)."""
