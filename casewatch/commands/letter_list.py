"""The catalogue of letters as lines that staff can read.

In: the catalogue, the templates' heads, the procedure's table. Out: one Line a letter.
Never here: a case, a fact of anybody.
"""

import inspect
import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from automations.letters.writing import Entry


class Line(NamedTuple):
    """One letter. `gates` are those of the steps that ask for it; `held` says what else must be so, where it is said.

    `needs`: the facts it cannot be written without, in staff's words. `kind`: its option in the bases.
    """

    name: str
    audience: str
    clause: str
    title: str
    kind: str
    steps: tuple[str, ...]
    gates: tuple[str, ...]
    held: str
    needs: tuple[str, ...]
    large_print: bool
    samples: tuple[str, ...]


def lines() -> tuple[list[Line], list[str]]:
    """Every letter of the catalogue, in the order of the procedure's clauses; and what is wrong with the others."""
    from automations.errors import Stop
    from automations.letters.catalogue import CATALOGUE

    whole: list[Line] = []
    faults: list[str] = []
    for entry in CATALOGUE.values():
        try:
            whole.append(_line(entry))
        except Stop as broken:
            faults.append(broken.detail)
    return sorted(whole, key=lambda line: [int(number) for number in re.findall(r"\d+", line.clause)]), faults


def _line(entry: "Entry") -> Line:
    from automations.letters.samples import SAMPLES
    from automations.letters.template import template
    from automations.procedure import STEPS

    head = template(entry.template, "en")
    asked = [step for step in STEPS if step.letter is entry.kind]
    return Line(
        name=entry.template,
        audience=head.audience,
        clause=head.clause,
        title=head.title,
        kind=str(entry.kind),
        steps=tuple(step.id for step in asked),
        gates=tuple(dict.fromkeys(gate for step in asked for gate in step.gates)),
        held=_told(entry.held),
        needs=tuple(head.needs.values()),
        large_print=True,  # the engine sets every letter in both prints
        samples=tuple(SAMPLES.get(entry.template, ())),
    )


def _told(held: Callable[..., Any]) -> str:
    """What the rule says of itself, without the ids of readings."""
    rule = held.func if isinstance(held, partial) else held
    first = (inspect.getdoc(rule) or "").partition("\n")[0].partition("; None")[0]
    return re.sub(r" \((?:HC|R|A|C)-[^)]*\)", "", first).rstrip(".")
