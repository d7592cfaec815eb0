"""A person's words stay words: no value changes what a letter is made of."""

from dataclasses import replace
from datetime import date

import pytest
from fuzz import HOSTILE, shape
from hypothesis import given, settings
from hypothesis import strategies as st
from letter_cases import a_letter, some_facts

from automations.errors import NeedsAPerson, Stop
from automations.letters.document import Block, Break, Heading, Listing, Paragraph, Text, document, words
from automations.letters.facts import OfficerFacts
from automations.letters.template import read, template
from automations.letters.words import clean

SAID = st.one_of(
    st.sampled_from(HOSTILE), st.text(min_size=1, max_size=200), st.text("*_#-{}%[]()<>`\\\"'$@& \n1.\ue000\ue0010")
)
KNOWN = SAID.filter(clean)


@settings(max_examples=200, deadline=None)
@given(st.tuples(*[KNOWN] * 8))
def test_no_value_changes_the_structure_of_the_letter(said):
    name, reference, landlord, officer, job, office, email, telephone = said
    plain = some_facts()
    facts = replace(
        plain,
        recipient_name=name,
        reference=reference,
        landlord=replace(plain.landlord, name=landlord, out_of_hours=telephone),
        officer=OfficerFacts(
            name=officer, job_title=job, office=office, email=email, telephone=telephone, mobile=telephone
        ),
    )
    letter = template("acknowledgement", "en")
    assert shape(document(letter, facts)) == shape(document(letter, plain))


@pytest.mark.parametrize("value", HOSTILE[:20])
def test_words_come_out_as_they_went_in(value: str):
    made = document(template("acknowledgement", "en"), some_facts(recipient_name=value))
    assert made[1] == Paragraph((Text("Dear " + clean(value)),))


def made(body: str) -> tuple[Block, ...]:
    return document(read(a_letter(body), "sample", "en"), some_facts())


def test_headings_lists_bold_words_and_line_breaks_come_out_as_blocks():
    assert made("# One\n\nTwo **three**\\\nfour\n\n- five\n- six\n\n1. seven\n") == (
        Heading(1, (Text("One"),)),
        Paragraph((Text("Two "), Text("three", strong=True), Break(), Text("four"))),
        Listing(False, ((Text("five"),), (Text("six"),))),
        Listing(True, ((Text("seven"),),)),
    )
    assert words(made("<b>[x](y)</b> `z` | a |")) == "<b>[x](y)</b> `z` | a |\n"
    assert words(made('It\'s "so"')) == "It’s “so”\n"


@pytest.mark.parametrize("body", ["an *emphasis*", "- one\n\n  two", "- # one", "-\n- two", "- one\n  - two"])
def test_what_staff_cannot_have_meant_is_refused(body: str):
    with pytest.raises(Stop):
        made(body)


def test_a_hole_is_refused_and_an_optional_fact_may_be_asked_about():
    letter = read(
        a_letter("{% if promised_on %}By {{ promised_on }}.{% endif %}\n\n{{ recipient_name }}"), "sample", "en"
    )
    assert words(document(letter, some_facts(promised_on=date(2026, 11, 17)))).startswith(
        "By Tuesday 17 November 2026."
    )
    assert words(document(letter, some_facts(promised_on=None))) == "Sample Person\n"
    for nothing in (None, "", " \t", "\u200b"):
        with pytest.raises(NeedsAPerson):
            document(letter, some_facts(recipient_name=nothing))
