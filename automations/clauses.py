"""Clauses: the procedure as lines that a housing manager reads beside the paper.

In: the procedure's table and the names it uses. Out: one Clause a step, in words.
Never here: a case, a date.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from automations.deadlines import length_in_words
from automations.organisation.starts import STARTS as OF_THE_ORGANISATION
from automations.procedure import STEPS, Step
from automations.starts import STARTS

ELSEWHERE = {"perpetrator_late": "The alleged perpetrator's interview falling due."}
"""What counts from something that is no start of its own."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One step in words. `gates` and `evidence` are the names of rules; `consent` and `letter` may be empty."""

    clause: str
    id: str
    title: str
    requirements: tuple[str, ...]
    target: str
    length: int
    unit: str
    due: str
    counted_from: str
    repeats: bool
    scope: str
    gates: tuple[str, ...]
    consent: str
    evidence: str
    letter: str
    owner: str
    exceptions: str


def clauses(steps: Iterable[Step] = STEPS) -> Iterator[Clause]:
    """The table, in the order of the procedure."""
    for step in steps:
        yield Clause(
            clause=step.clause,
            id=step.id,
            title=step.title,
            requirements=step.needs,
            target=str(step.target),
            length=step.length,
            unit=str(step.unit),
            due=length_in_words(step.unit, step.length),
            counted_from=counted_from(step),
            repeats=step.recurs,
            scope=str(step.scope),
            gates=step.gates,
            consent=str(step.consent or ""),
            evidence=step.evidence,
            letter=str(step.letter or ""),
            owner=str(step.owner),
            exceptions=step.also,
        )


def counted_from(step: Step) -> str:
    """What its clock counts from: the first line of the rule that says so, without the ids of readings."""
    start = STARTS.get(step.start) or OF_THE_ORGANISATION.get(step.start)
    told = start.__doc__ if start else ELSEWHERE[step.start]
    first = (told or "").strip().partition("\n")[0]
    return re.sub(r" \((?:HC|R|A|C)-[^)]*\)", "", first)
