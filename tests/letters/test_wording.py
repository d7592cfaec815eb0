"""What the letter says: what the procedure asks for, in words that most people can read."""

import re
from dataclasses import replace

import pytest
from letter_cases import HARBOUR_ROW, some_facts
from samples import EVERY_SAMPLE, SAMPLES

from automations.letters.document import document, words
from automations.letters.template import template


def the_words(**given: object) -> str:
    return words(document(template("acknowledgement", "en"), some_facts(**given)))


def test_it_gives_the_officers_details():
    """HC-024: name, job title, office address, e-mail, direct line."""
    for detail in (
        "Example Officer",
        "Housing officer",
        "1 Harbour Row, Sampletown, ZZ1 1ZZ",
        "officer@example.org",
        "01632 960001",
    ):
        assert detail in the_words()


def test_it_gives_the_case_number():
    """HC-025."""
    assert "Your case number is CW-2026-0007." in the_words()


def test_a_mobile_is_given_only_where_there_is_one():
    assert "- Mobile: 07700 900001" in the_words()
    assert "Mobile" not in the_words(officer=replace(some_facts().officer, mobile=None))


def test_an_out_of_hours_number_is_given_only_where_there_is_one():
    assert "- When the office is closed: 01632 960999" in the_words()
    assert "closed" not in the_words(landlord=replace(HARBOUR_ROW, out_of_hours=None))


def test_who_told_us_decides_the_first_words():
    assert "Thank you for telling us on Tuesday 3 November 2026" in the_words()
    told = the_words(told_by_victim=False)
    assert "On Tuesday 3 November 2026 we were told" in told
    assert "Thank you" not in told


def test_the_next_letter_is_promised_by_its_date_or_by_the_rule():
    assert "I write to you by Tuesday 17 November 2026." in the_words()
    assert "I write to you within ten working days of the first report." in the_words(promised_on=None)


@pytest.mark.parametrize(
    "promise",
    [
        "We believe you.", "as an emergency", "unless you agree", "if someone is in danger", "within 24 hours",
        "ring 999", "large print, in another language", "no longer a safe address",
    ],
)  # fmt: skip
def test_it_says_what_a_victim_needs_to_know(promise: str):
    assert promise in the_words()


@pytest.mark.parametrize(("name", "variant"), EVERY_SAMPLE, ids=map(", ".join, EVERY_SAMPLE))
def test_most_people_can_read_it(name: str, variant: str):
    """Flesch-Kincaid grade 9 or less, over whole sentences."""
    assert grade(words(document(template(name, "en"), SAMPLES[name][variant]))) <= 9


def test_the_measure_of_reading_tells_easy_from_hard():
    assert grade("The cat sat on the mat. We will see you.") < 2
    assert (
        grade("Notwithstanding the aforementioned considerations, residents experiencing victimisation may apply.") > 15
    )


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of whole sentences: short lines such as a telephone number are left out."""
    sentences = [s for line in text.splitlines() for s in re.findall(r"[A-Z][^.?!]*[.?!]", line)]
    said = [word for sentence in sentences for word in re.findall(r"[A-Za-z’]+", sentence)]
    return 0.39 * len(said) / len(sentences) + 11.8 * sum(map(syllables, said)) / len(said) - 15.59


def syllables(word: str) -> int:
    """Groups of vowels, less a silent e at the end."""
    return max(1, len(re.findall(r"[aeiouy]+", re.sub(r"(?<![aeiouyl])e(d|s)?$", "", word.lower()))))
