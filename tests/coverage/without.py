"""Take one thing out for a run of the tests: `pytest -p tests.coverage.without --without "gate place_agreed"`.

In: a home as automations/coverage.py names it. Out: the same code in which that one thing is not.
Never here: a crash in its place: what is taken away simply never happens, so that a test fails for what it asks.
"""

import importlib
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from automations import concerns, decide, duties
from automations.consent import Says, Standing
from automations.evidence import EVIDENCE, OCCURRENCES
from automations.gates import GATES
from automations.letters.catalogue import CATALOGUE
from automations.organisation import duties as of_organisation
from automations.outbox import purposes
from automations.procedure import STEPS
from automations.starts import STARTS
from automations.statement import Statement
from schema.choices import LetterKind, Purpose


def _step(name: str) -> None:
    assert name in {step.id for step in STEPS}, f"there is no step {name}"
    duties.STEPS = of_organisation.STEPS = tuple(step for step in STEPS if step.id != name)


def _length(name: str) -> None:
    """The step is there and takes one hour, day or month longer."""
    longer = [replace(step, length=step.length + 1) if step.id == name else step for step in STEPS]
    duties.STEPS = of_organisation.STEPS = tuple(longer)


def _gate(name: str) -> None:
    assert name in GATES, f"there is no gate {name}"
    GATES[name] = lambda case, subject, now: ""


def _letter(name: str) -> None:
    """That letter is never made; and the runner makes none, whose tests of one kind fail without it all the same."""
    kind = LetterKind[name]
    CATALOGUE[kind] = replace(CATALOGUE[kind], held=lambda _: "There is no such letter.")
    decide.letters = lambda *_: iter(())


def _referral(name: str) -> None:
    """Nothing of that purpose is ever begun or told."""
    if purposes.RULES.pop(Purpose[name]).sent_by_itself:
        decide.notices = lambda *_: iter(())


def _warning(name: str) -> None:
    assert name in {concern.id for concern in concerns.CONCERNS}, f"there is no warning {name}"
    concerns.CONCERNS = tuple(concern for concern in concerns.CONCERNS if concern.id != name)


YES = Standing(Says.YES, "The victim agreed.")
RULES: dict[str, Callable[..., Any]] = {
    "allocation.placed": lambda case, _: (case, []),
    "chronology.developments": lambda *_: iter(()),
    "closing.exception_lacks": lambda *_: "",
    "consent.all_agree": lambda *_, **__: YES,
    "consent.standing": lambda *_, **__: YES,
    "discussed.developments": lambda *_: iter(()),
    "discussed.without_consent": lambda *_: [],
    "explain.explained": lambda *_: "",
    "first_answers.still_open": lambda *_: [],
    "flags.not_talked_over": lambda *_: "",
    "gaps.gaps": lambda *_: [],
    "in_touch.lacks": lambda *_: [],
    "intake.take": lambda *_, **__: iter(()),
    "matching.alike": lambda known: dict.fromkeys(known, ""),
    "not_for_use.marks": lambda *_: iter(()),
    "options.options_to_ask": lambda *_: iter(()),
    "options.still_to_hear": lambda *_: [],
    "organisation.area_reviews.late": lambda *_: [],
    "organisation.area_reviews.looked": lambda *_, **__: [],
    "organisation.forums.lacks": lambda *_: [],
    "organisation.policy.counting": lambda *_: [],
    "organisation.prevention.lacks": lambda *_: [],
    "panel.decision": lambda *_: None,
    "plan.lacks": lambda *_: [],
    "profiles.why_not": lambda *_: "",
    "refusals.remembered": lambda *_, **__: [],
    "rules.came_after": lambda *_: False,
    "rules.is_line_manager": lambda *_: True,
    "rules.triage_lacks": lambda *_: "",
    "rules.why_open": lambda *_: "",
    "starts.closing.unfit_target": lambda *_: "",
    "statement.statement": lambda case, *_, **__: Statement(case, case.created_at, (), (), (), (), (), (), (), ()),
    "subjects.subjects": lambda *_: [],
}
"""What each rule answers once it is taken away: everything is allowed, nothing is lacking, nothing is owed."""


def _start(name: str) -> None:
    assert name in STARTS, f"there is no start {name}"
    STARTS[name] = lambda *_: None


def _evidence(name: str) -> None:
    assert name in {*EVIDENCE, *OCCURRENCES}, f"there is no evidence {name}"
    if name in EVIDENCE:
        EVIDENCE[name] = lambda *_: None
    else:
        OCCURRENCES[name] = lambda *_: []


HOLDERS = ("automations", "casewatch", "tests")
"""Whatever may have imported a rule already."""


def _rule(name: str) -> None:
    """The rule answers so wherever it was imported to, by its own name or another."""
    module, _, function = name.rpartition(".")
    rule = getattr(importlib.import_module(f"automations.{module}"), function)
    for loaded in [m for known, m in sys.modules.items() if known.partition(".")[0] in HOLDERS]:
        for word in [word for word, value in vars(loaded).items() if value is rule]:
            setattr(loaded, word, RULES[name])


TAKE_AWAY: dict[str, Callable[[str], None]] = {
    "step": _step,
    "length": _length,
    "gate": _gate,
    "letter": _letter,
    "referral": _referral,
    "warning": _warning,
    "start": _start,
    "evidence": _evidence,
    "rule": _rule,
}


def take_away(home: str) -> None:
    """Take that home out of the running code."""
    kind, _, which = home.partition(" ")
    TAKE_AWAY[kind](which)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--without", help="a home of automations/coverage.py to do without")


def pytest_configure(config: pytest.Config) -> None:
    home: Any = config.getoption("--without")
    if home:
        importlib.import_module("automations.runner")  # everything that decides is there before one part of it goes
        take_away(home)
