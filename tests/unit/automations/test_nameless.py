"""Nameless: staff's own words name nobody of the case, however the name was typed."""

import pytest

from automations.model import Office
from automations.nameless import Nameless
from schema import choices as c
from tests.unit.automations.made_up import case
from tests.unit.automations.who_and_when import person


def said(name: str, words: str) -> str:
    return Nameless(case(people=(person("v1", c.PersonRole.VICTIM, name=name),)), Office()).said(words)


@pytest.mark.parametrize(
    ("name", "words", "reads"),
    [
        ("Sample Person", "Sample Person rang", "[Victim] rang"),
        ("Sample Mock-Person", "Mrs Mock rang", "Mrs [Victim] rang"),
        ("Jos\u00e9 Mockford", "Jose rang", "[Victim] rang"),
        ("Jose Mockford", "Jose\u0301 rang", "[Victim] rang"),
        ("Ann O\u2019Sample", "Mrs O'Sample rang", "Mrs [Victim] rang"),
        ("Ann O'Sample", "Mrs O\u2019Sample\u2019s door, \u00a340", "Mrs [Victim]\u2019s door, \u00a340"),
        ("Sample Person", "Fa\u00e7ade, stra\u00dfe, samples", "Fa\u00e7ade, stra\u00dfe, samples"),
    ],
    ids=["whole", "half of two joined", "without accents", "with an accent", "apostrophe", "other signs", "nobody"],
)
def test_a_name_is_found_however_it_was_typed(name: str, words: str, reads: str) -> None:
    """R-15: half of a joined name, other apostrophes, an accent more or less. The other words stay as they are."""
    assert said(name, words) == reads
