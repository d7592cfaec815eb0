"""Every letter in every variant: it reads aloud, in both prints, as it is written down in golden/."""

from pathlib import Path

import pytest
from letter_cases import EVERY_LETTER
from samples import EVERY_SAMPLE, SAMPLES
from spoken import spoken

from automations.letters import render_pdf
from automations.letters.catalogue import CATALOGUE

GOLDEN = Path(__file__).parent / "golden"
OF_NO_CASE = {"area_review"}
"""Made of an area, from the organisation's own records: no row of the catalogue, which is of a case."""


def test_every_letter_has_samples_and_every_row_of_the_catalogue_has_its_letter():
    """A template without a sample would be looked at by nobody, and a row without a template could not be made."""
    assert {name for _, name in EVERY_LETTER} == set(SAMPLES)
    assert {entry.template for entry in CATALOGUE.values()} == set(SAMPLES) - OF_NO_CASE


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
@pytest.mark.parametrize(("name", "variant"), EVERY_SAMPLE, ids=map(", ".join, EVERY_SAMPLE))
def test_it_reads_aloud_as_written_down(name: str, variant: str, large: bool, letters_in: Path):
    """After a change of wording: delete its file in tests/letters/golden, run this twice, read the change."""
    made = render_pdf(name, SAMPLES[name][variant], large=large, language="en")
    first = variant == next(iter(SAMPLES[name]))
    called = name if first else f"{name}, {variant}"
    (letters_in / f"{called}{'-large' if large else ''}.pdf").write_bytes(made)
    expected = GOLDEN / f"{called}.txt"
    if not expected.exists():
        expected.write_text(spoken(made), encoding="utf-8")
        pytest.fail("The expected words were not there and have been written down; read them, then run again.")
    assert spoken(made) == expected.read_text(encoding="utf-8")
