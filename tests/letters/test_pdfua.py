"""A smoke test of every letter's PDF against the rules of PDF/UA-1 that a machine can check here.

It covers a small part of the standard: nothing here claims that a letter conforms.
"""

import io
from pathlib import Path

import pdfua
import pikepdf
import pytest
from letter_cases import some_facts
from samples import EVERY_SAMPLE, SAMPLES

from automations.letters import render_pdf
from automations.letters.document import Blank, Heading, Paragraph, Quote, Table, Text
from automations.letters.pdf import set_in_type

BREAKS = {"UA-14-001"}
"""A rule about the order of headings that cannot read any tagged PDF; typst itself refuses a skipped level."""
WORDS = (Text("Words"),)


def found(made: bytes, there: Path) -> list[str]:
    """What is wrong by the rules that ran, and each rule that did not."""
    there.write_bytes(made)
    report = pdfua.validate(str(there))
    assert len(report.outcomes) >= 12
    left_out = {each.rule_id for each in report.outcomes if each.skipped_reason} - BREAKS
    return [*(each.rule_id for each in report.findings), *left_out]


@pytest.mark.parametrize(("name", "variant"), EVERY_SAMPLE)
def test_no_letter_breaks_a_rule_that_can_be_checked(name: str, variant: str, tmp_path: Path) -> None:
    for large in (False, True):
        made = render_pdf(name, SAMPLES[name][variant], large=large, language="en")
        assert found(made, tmp_path / "letter.pdf") == []


def test_neither_does_a_form_with_everything_that_a_template_may_hold(tmp_path: Path) -> None:
    table = Table((WORDS, WORDS), ((WORDS, ()),) * 90, (2, 1))
    blocks = (Heading(1, WORDS), Paragraph(WORDS), Quote((WORDS, WORDS)), table, Blank(), Blank())
    assert found(set_in_type(blocks, some_facts(), large=True, language="en"), tmp_path / "form.pdf") == []


def test_a_pdf_without_its_tags_or_language_is_noticed(tmp_path: Path) -> None:
    """So that an empty list above means something."""
    made = render_pdf("acknowledgement", some_facts(), large=False, language="en")
    for key in ("/StructTreeRoot", "/Lang"):
        with pikepdf.open(io.BytesIO(made)) as pdf:
            del pdf.Root[key]
            spoilt = io.BytesIO()
            pdf.save(spoilt)
        assert found(spoilt.getvalue(), tmp_path / "spoilt.pdf") != []
