"""Coverage: for each requirement of the procedure, what in Casewatch fulfils it.

In: data/requirements.csv, one row a requirement with its homes. Out: Requirement values, and which homes are not real.
Never here: which tests show it (tests/coverage/page.py reads those from the tests themselves).
"""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.resources import files

from automations.concerns import CONCERNS
from automations.evidence import EVIDENCE, OCCURRENCES
from automations.gates import GATES
from automations.procedure import STEP
from automations.prompts import PROMPT
from automations.starts import STARTS
from schema import TABLES
from schema.choices import LetterKind, Purpose
from schema.views import views_of

WAITS_FOR = ("reports",)
"""Work of its own that some requirements wait for."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement: its id (HC-nnn), the procedure's section, its kinds, what it asks, and where it lives.

    A home is two words or more: what it is, then which: "step interview_victim", "field Interviews.Preferred place".
    """

    id: str
    clause: str
    kind: str
    asks: str
    homes: tuple[str, ...]

    @property
    def waits(self) -> bool:
        """Whether a part of it is built by later work."""
        return any(home.startswith("waits ") for home in self.homes)


def _field(which: str) -> bool:
    table, _, name = which.partition(".")
    return table in TABLES and name in {column.name for column in TABLES[table].columns}


def _view(which: str) -> bool:
    table, _, name = which.partition("/")
    return table in TABLES and name in {view.name for view in views_of(TABLES[table])}


def _rule(which: str) -> bool:
    """A function of automations, as "consent.standing"."""
    module, _, name = which.rpartition(".")
    try:
        return callable(getattr(import_module(f"automations.{module}"), name, None))
    except ModuleNotFoundError:
        return False


HOMES: dict[str, Callable[[str], bool]] = {
    "step": STEP.__contains__,
    "start": STARTS.__contains__,
    "gate": GATES.__contains__,
    "evidence": lambda which: which in EVIDENCE or which in OCCURRENCES,
    "field": _field,
    "view": _view,
    "rule": _rule,
    "warning": {concern.id for concern in CONCERNS}.__contains__,
    "prompt": PROMPT.__contains__,
    "letter": LetterKind.__members__.__contains__,
    "referral": Purpose.__members__.__contains__,
    "waits": WAITS_FOR.__contains__,
}
"""Each kind of home, and whether there is one of that name."""


@cache
def requirements() -> tuple[Requirement, ...]:
    """Every requirement, in the order of the procedure."""
    text = files("automations").joinpath("data/requirements.csv").read_text("utf-8")
    return tuple(
        Requirement(row["id"], row["clause"], row["kind"], row["requirement"],
                    tuple(home.strip() for home in row["homes"].split(";") if home.strip()))
        for row in csv.DictReader(text.splitlines())
    )  # fmt: skip


def unreal(requirement: Requirement) -> list[str]:
    """The homes of a requirement that are not there."""
    split = ((home, *home.partition(" ")) for home in requirement.homes)
    return [home for home, kind, _, which in split if kind not in HOMES or not HOMES[kind](which)]
