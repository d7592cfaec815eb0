"""What the letters to the other side and beside the case say, and what none of them says."""

import re

import pytest
from samples import SAMPLES
from test_walls import WALLED

from automations.letters.document import document, words
from automations.letters.template import template

THEIRS = [(name, variant) for name, variants in SAMPLES.items() if template(name, "en").audience in WALLED
          for variant in variants]  # fmt: skip
TO_PERPETRATORS = [(name, variant) for name, variant in THEIRS if template(name, "en").audience == "perpetrator"]
SERIOUS, CRIMINAL = "very serious matter", "could face criminal proceedings"


def said(name: str, variant: str) -> str:
    return words(document(template(name, "en"), SAMPLES[name][variant]))


@pytest.mark.parametrize(
    ("name", "variant"),
    [*(("warning", variant) for variant in SAMPLES["warning"]), ("guardian_warning", "copy"),
     ("tenant_warning", "adult"), ("tenant_warning", "child")],
)  # fmt: skip
def test_a_warning_says_how_serious_it_is_that_it_may_be_a_crime_and_what_follows_for_the_home(name, variant):
    """HC-093, HC-094: all three, in every variant; and that it is not proved yet."""
    for point in (SERIOUS, CRIMINAL, "ask a court to end", "does not say that it is proved"):
        assert point in said(name, variant)


def test_of_the_tenancy_alone_nothing_is_said_of_a_crime():
    """R-18, HC-093: below the age of criminal responsibility."""
    letter = said("tenant_warning", "under age")
    assert not re.search("crim|police|very serious", letter)
    assert "end your tenancy" in letter


@pytest.mark.parametrize("variant", SAMPLES["non_attendance"])
def test_the_letter_on_the_consequences_says_what_follows_if_it_is_proved(variant: str):
    """HC-098: of having done it, or of having got others to."""
    letter = said("non_attendance", variant)
    for point in ("or to get others to do it", "ask a court to end", "for an order", CRIMINAL, "charge you",
                  "what could happen if that is proved", "You can still ring me"):  # fmt: skip
        assert point in letter


@pytest.mark.parametrize(("name", "variant"), TO_PERPETRATORS)
def test_to_an_alleged_perpetrator_it_is_what_we_have_been_told(name: str, variant: str):
    """HC-090, HC-119: never as a thing that is known."""
    assert "We have been told that" in said(name, variant)


@pytest.mark.parametrize(("name", "variant"), THEIRS)
def test_none_of_them_speaks_of_a_victim_or_says_what_kind_of_case_it_is(name: str, variant: str):
    """HC-060b, HC-076, HC-090: nor that anybody reported it, nor why."""
    assert not re.search(r"victim|perpetrat|alleged|witness|\bhate\b|harass|complain|report", said(name, variant), re.I)


@pytest.mark.parametrize(("name", "variant"), [each for each in THEIRS if each[0] != "repair_order"])
def test_each_of_them_can_be_had_in_another_way_and_is_signed(name: str, variant: str):
    """HC-084: a reader who cannot read it must be able to say so."""
    letter = said(name, variant)
    assert "large print, in another language or in another form" in letter
    assert letter.endswith("\n\n\nExample Officer\nHousing officer\nHarbour Row Homes\n")
    assert "01632 960001" in letter


def test_two_missed_meetings_lead_to_a_letter_and_the_first_letter_says_so():
    """HC-097, HC-098."""
    assert "I will arrange another meeting. If you miss that one as well" in said("appointment", "tenant")
    assert "If two meetings are missed without a good reason" in said("second_appointment", "tenant")
