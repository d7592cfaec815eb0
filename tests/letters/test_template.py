"""A template is checked before it is used: its reader's facts only, and no more logic than `if` and `for`."""

import re
from dataclasses import dataclass
from datetime import date

import pytest
from letter_cases import EVERY_LETTER, HARBOUR_ROW, a_letter, some_facts

from automations.errors import Stop
from automations.letters import OfficerFacts
from automations.letters.facts import AUDIENCES, Facts, paths
from automations.letters.languages import FOLDER
from automations.letters.template import read, template


@pytest.mark.parametrize(("language", "name"), EVERY_LETTER)
def test_every_letter_is_a_letter(language: str, name: str):
    """Its head is whole and each fact it names is one its reader may know."""
    assert template(name, language).title


@pytest.mark.parametrize(("language", "name"), EVERY_LETTER)
def test_every_fact_is_in_the_list_that_staff_read(language: str, name: str):
    """letter_templates/README.md has a row for each fact."""
    guide = (FOLDER / "README.md").read_text(encoding="utf-8")
    for audience in AUDIENCES.values():
        for path in paths(audience):
            assert path in {"landlord", "officer"} or f"`{path}`" in guide


def test_a_letter_is_compiled_once():
    assert template("acknowledgement", "en") is template("acknowledgement", "en")


@pytest.mark.parametrize("name", ["nothing", "../en/acknowledgement", "acknowledgement.md", ""])
def test_a_letter_that_is_not_there_is_named(name: str):
    with pytest.raises(Stop, match="There is no letter"):
        template(name, "en")


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("{{ perpetrator_name }}", "perpetrator_name is not a fact for this reader"),
        ("{{ officer.role }}", "officer.role is not"),
        ("{{ recipient_name.__class__ }}", "__class__ is not"),
        ("{{ self }}", "self is not"),
        ("{{ 'a' * 10 ** 10 }}", "more than `if` and `for`"),
        ("{{ recipient_name.upper() }}", "Call is more"),
        ("{{ recipient_name | upper }}", "Filter is more"),
        ("{% set x = 1 %}", "Assign is more"),
        ("{% include 'x' %}", "Include is more"),
        ("{% if reference %}", "letter_templates/en/sample.md, line 7: "),
        ("{{ recipient_address }}", "recipient_address is several facts: print each of them with `for`"),
        ("{{ officer }}", "officer is not one fact: name one within it"),
        ("{% for x in reference %}{% endfor %}", "reference is one fact: `for` cannot go through it"),
        ("{% for x in recipient_address %}{{ x.y }}{% endfor %}", "recipient_address[].y is not a fact"),
        ("\ue000", "a private sign"),
    ],
)
def test_what_a_template_may_not_do_is_said(body: str, fault: str):
    with pytest.raises(Stop, match=re.escape(fault)):
        read(a_letter(body), "sample", "en")
    read(a_letter("{% if officer.mobile %}{{ officer.mobile }}{% endif %}"), "sample", "en")


@pytest.mark.parametrize(
    "source",
    [
        "Dear you", "---\ntitle: A letter\n---\nDear you", a_letter("x", audience="everybody"),
        a_letter("x", needs={"mobile": "the mobile"}), a_letter("x", needs=["reference"]), a_letter("x", needs=None),
        a_letter("x", extra="1"), "x" + a_letter("x"),
    ],
)  # fmt: skip
def test_a_head_that_is_not_whole_is_refused(source: str):
    with pytest.raises(Stop):
        read(source, "sample", "en")


@dataclass(frozen=True, kw_only=True)
class SomebodyElse(Facts):
    """Another reader's facts."""


def test_a_letter_to_one_reader_cannot_be_made_from_anothers_facts():
    other = SomebodyElse(
        landlord=HARBOUR_ROW,
        reference="x",
        recipient_name="x",
        recipient_address=(),
        officer=OfficerFacts(),
        dated=date(2026, 1, 1),
    )
    letter = template("acknowledgement", "en")
    with pytest.raises(TypeError):
        letter.fill(other)
    assert letter.fill(some_facts())


def test_no_reader_has_a_fact_about_the_other_side():
    """HC-080: the types are the wall: nothing for a victim speaks of a perpetrator, a witness or what happened."""
    for path in paths(AUDIENCES["victim"]):
        assert not any(word in path for word in ("perpetrator", "witness", "reporter", "incident", "happened"))
