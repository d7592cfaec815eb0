"""Words made safe to print, and the signs that our typefaces have."""

import pytest

from automations.letters.typeface import shown
from automations.letters.words import clean, fitted, not_shown


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("  Sample \t\r\n Person\u2028 ", "Sample Person"),
        ("Sam\x00ple\x1b[0m\x7f\x9b", "Sample[0m"),
        ("Sample\u202e nosreP\u2066\u2069\u200f\ufeff\u00ad", "Sample nosreP"),
        ("Zoe\u0308", "Zoë"),
        ("\ud800Sample", "Sample"),
        ("می\u200cخواهم ক্\u200dষ", "می\u200cخواهم ক্\u200dষ"),
        ('O\'Sample & Sons <b> {{x}} \\ "#"', 'O\'Sample & Sons <b> {{x}} \\ "#"'),
    ],
)
def test_control_and_direction_signs_go_and_everything_else_stays(said: str, kept: str):
    assert clean(said) == kept


def test_words_written_from_the_right_are_set_apart_from_what_surrounds_them():
    assert fitted("مريم") == "\u2068مريم\u2069"
    assert fitted("Sample") == "Sample"


def test_only_a_huge_word_is_broken():
    """An e-mail address of ordinary length can be copied out of the letter unharmed."""
    assert fitted("officer.with.a.long.name@example.org") == "officer.with.a.long.name@example.org"
    assert fitted("x" * 100).split("\u200b") == ["x" * 24] * 4 + ["x" * 4]


@pytest.mark.parametrize(
    ("sign", "said"),
    [("😀", "😀 (U+1F600)"), ("漢", "漢 (U+6F22)"), ("\ue000", "U+E000"), ("☎", "☎ (U+260E)")],
)
def test_a_sign_without_a_glyph_is_named(sign: str, said: str):
    assert not_shown(f"Sample {sign} Person") == said


def test_the_languages_we_carry_typefaces_for_can_be_shown():
    for words in (
        "Sample – “Person” · £",
        "Zażółć gęślą jaźń",
        "Ştefan Țărmure",
        "Людмила Ωμέγα",
        "اُردُو فارسی گچ",
        "ক্ষ বাংলা ৳",
    ):
        assert not_shown(fitted(words)) is None
    assert len(shown()) > 4000
