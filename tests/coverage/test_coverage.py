"""Every requirement has a home that is real, and a test that names it.

In: data/requirements.csv, the tests' own docstrings, docs/procedure-coverage.md. Out: what is missing, by its id.
Never here: whether a test that names a requirement notices its absence: `make prove-coverage` shows that.
"""

import re

import pytest

from automations.coverage import HOMES, WAITS_FOR, Requirement, requirements, unreal
from tests.coverage.page import PAGE, naming_tests, page
from tests.coverage.prove import pairs
from tests.coverage.without import RULES

PARTED = {56: "abcdefghij", 60: "abcde", 87: "ab"}
"""The requirements that the list gives in parts."""
ROWS = requirements()
WAITING = {
    "reports": "HC-138 HC-139 HC-140 HC-141",
}
"""What is built later: the report packs."""


def test_the_list_is_whole_and_in_its_order() -> None:
    """164 requirements with 150 numbers, three of which are in parts."""
    ids = [f"HC-{number:03}{part}" for number in range(1, 151) for part in PARTED.get(number, " ")]
    assert [row.id for row in ROWS] == [id.strip() for id in ids]
    assert len(ROWS) == 164


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_every_requirement_has_a_home_and_every_home_is_real(row: Requirement) -> None:
    """What waits for later work names what stands today as well."""
    assert [home for home in row.homes if not home.startswith("waits ")], "it has no home"
    assert unreal(row) == []
    assert len(set(row.homes)) == len(row.homes)


def test_a_home_that_is_not_there_is_told() -> None:
    """Of each kind a name that nothing has; and a kind that is none."""
    homes = tuple(f"{kind} nothing.Such" for kind in (*HOMES, "hope"))
    assert unreal(Requirement("HC-000", "0.0", "GATE", "Nothing.", homes)) == list(homes)


@pytest.mark.parametrize("what", WAITS_FOR)
def test_only_what_later_work_builds_waits_for_it(what: str) -> None:
    assert [row.id for row in ROWS if f"waits {what}" in row.homes] == WAITING[what].split()


@pytest.mark.parametrize("row", [row for row in ROWS if not row.waits], ids=lambda row: row.id)
def test_every_requirement_that_waits_for_nothing_has_a_test_that_names_it(row: Requirement) -> None:
    assert naming_tests().get(row.id), f"no test's docstring names {row.id}: {row.asks}"


def test_no_test_names_a_requirement_that_there_is_not() -> None:
    assert set(naming_tests()) <= {row.id for row in ROWS}


def test_every_rule_that_is_to_be_proved_can_be_taken_away() -> None:
    """tests/coverage/without.py says what each answers once it is gone."""
    rules = {home.partition(" ")[2] for _, home, _ in pairs() if re.match("rule ", home)}
    assert rules == set(RULES)


def test_the_page_is_what_the_tests_and_the_homes_say() -> None:
    """Run `make docs` after naming a requirement in a test or giving it a home."""
    assert PAGE.read_text("utf-8") == page(), "docs/procedure-coverage.md is out of date: run `make docs`"
