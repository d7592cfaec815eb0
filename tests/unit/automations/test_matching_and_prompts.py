"""What makes two cases alike, the prompts as data, and that no field anywhere asks for proof."""

import re

import pytest

from automations.coverage import requirements
from automations.matching import alike, marks, same_person
from automations.prompts import PROMPTS, Moment, Prompt
from schema import CASEWORK, TABLES
from schema import choices as c
from tests.unit.automations.who_and_when import person

V, P = c.PersonRole.VICTIM, c.PersonRole.PERPETRATOR


def test_blank_cells_are_like_nothing() -> None:
    """HC-011: two people of whom nothing is known are not the same."""
    assert marks([person("v1", V, name=None), person("p1", P)]) == frozenset()
    assert not same_person(person("1", V, name=None), person("2", V, name=None))
    assert marks([person("v1", V, telephone="12")]) == frozenset()


def test_marks_hold_whatever_the_spelling_and_only_for_the_part_somebody_plays() -> None:
    """HC-011: the victim's number is no mark of an alleged perpetrator."""
    one = marks([person("v1", V, name=None, telephone="01632 960 123")])
    assert one == marks([person("v2", V, name=None, telephone="0044 1632-960123")])
    assert marks([person("p1", P, telephone="01632 960123")]) == frozenset()
    assert marks([person("p1", P, address="3 Row")]) == marks([person("p2", P, address="3, ROW.")]) != frozenset()


def test_each_case_names_the_others_in_order_and_never_itself() -> None:
    """HC-011."""
    known = {"B": frozenset({"x"}), "A": frozenset({"x", "y"}), "C": frozenset({"y"}), "D": frozenset[str]()}
    assert alike(known) == {"A": "B, C", "B": "A", "C": "A", "D": ""}


@pytest.mark.parametrize("prompt", PROMPTS, ids=lambda p: p.id)
def test_each_prompt_is_of_a_requirement_and_a_plain_sentence(prompt: Prompt) -> None:
    """HC-029, HC-032: and asks no one for proof."""
    assert set(prompt.needs) <= {r.id for r in requirements()}
    assert prompt.words.endswith(".")
    assert len(prompt.words) <= 160
    homes = {home for r in requirements() if r.id in prompt.needs for home in r.homes}
    assert f"prompt {prompt.id}" in homes


def test_every_moment_has_a_prompt_and_no_two_are_alike() -> None:
    assert {p.when for p in PROMPTS} == set(Moment)
    assert len({p.id for p in PROMPTS}) == len({p.words for p in PROMPTS}) == len(PROMPTS)


def test_no_field_asks_for_proof_and_no_form_insists_on_an_answer() -> None:
    """HC-066: lack of proof stops no report; the words stand only where they say that nobody has to."""
    asks = re.compile(r"\b(proof|prove[ns]?|proven|corroborat\w*|substantiat\w*)\b", re.IGNORECASE)
    free = re.compile(r"nobody has to prove|no anti-social behaviour proven", re.IGNORECASE)
    first = [TABLES[name] for name in ("Reports", "Cases", "People", "Incidents", "Consents", "Checklist")]
    for table in (*first, *(t for t in CASEWORK.tables if t.forms)):
        for column in table.columns:
            words = f"{column.name} {free.sub('', column.help)}"
            assert not asks.search(words), f"{table.name}, {column.name}"
        assert all(not form.required for form in table.forms)
    assert asks.search("Proof of what happened")
