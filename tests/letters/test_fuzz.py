"""Three thousand hostile values in every fact of every letter: nothing moves, nothing runs, every word can be read."""

from dataclasses import replace
from itertools import cycle

import fuzz
import pytest
from letter_cases import some_facts

from automations.letters.document import document
from automations.letters.samples import SAMPLES
from automations.letters.template import template


def test_no_hostile_value_changes_a_letter() -> None:
    """In blocks, in Word and in HTML the structure stays; 20 of the letters or more are set in type.

    `make prove-letters` tries far more.
    """
    told = fuzz.fuzz(1000)
    assert told.faults == []
    assert told.values >= 1000
    assert told.set_in_type >= 20
    assert told.refused == told.set_in_type


@pytest.mark.parametrize("name", SAMPLES)
def test_the_fuzz_reaches_every_fact_and_notices_a_change(name: str) -> None:
    """Each fact that is words is replaced, those within several too; and another structure has another shape."""
    facts = next(iter(SAMPLES[name].values()))
    hostile = fuzz.with_words(facts, cycle(("*x*",)))
    assert hostile.landlord.neutral_sender == hostile.reference == "*x*"
    assert set(hostile.recipient_address) <= {"*x*"}
    calm = fuzz.shape(document(template(name, "en"), facts))
    assert fuzz.shape(document(template(name, "en"), hostile)) == calm


def test_the_shape_of_a_letter_tells_one_structure_from_another() -> None:
    letter = template("acknowledgement", "en")
    calm = fuzz.shape(document(letter, some_facts()))
    without = replace(some_facts(), officer=replace(some_facts().officer, mobile=None))
    assert fuzz.shape(document(letter, without)) != calm
