"""The pack on paper: tagged, in the order it is used, and nobody's markup in it."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from letter_cases import HARBOUR_ROW
from spoken import spoken
from test_pdfua import found

from automations.by_hand_paper import ASKED, EMPTY, IN_ONE, pdf
from automations.errors import NeedsAPerson
from automations.model.pack import Box, Pack

PACK = Pack(
    partner="Exampleshire Police",
    where="https://police.example/report",
    what="police referral, identified, version 1",
    key="0123abcd" * 4,
    boxes=(
        Box("Personal details", "Name", ("Ada Sampleton",), required=True),
        Box("Personal details", "Gender", required=True),
        Box("Contact", "Address", ("1 Example Street", "ZZ1 1ZZ")),
        Box("Contact", "Telephone"),
    ),
    on_a_form=True,
    no_place=(("Victim 2: name", "Bert Placeholder"),),
    withheld=("Victims not named: 1. They have not agreed. Give nothing that tells who they are.",),
    first=("Victim 1 did not agree.",),
    mark="3f9a12c4",
    made_at=datetime(2026, 6, 24, 8, 5, tzinfo=UTC),
)


def test_it_is_tagged_and_says_what_to_put_where(tmp_path: Path) -> None:
    """HC-063: what to check first, each box, what has no box, what is withheld, and how it is recorded afterwards."""
    made = pdf(PACK, HARBOUR_ROW)
    said = spoken(made)

    assert found(made, tmp_path / "pack.pdf") == []
    assert said.count("THead") == said.count("Table")
    order = [
        "H1 To be told by hand", "TD Exampleshire Police", "TD 3f9a12c4, made 24/06/2026 at 09:05",
        "Victim 1 did not agree.", "H2 Before you begin", "its State is Ready",
        "the row shows pack 3f9a12c4",
        "does not hold: Gender.", "H2 What to put where", "H3 Personal details", "TD Ada Sampleton", f"TD {ASKED}",
        "H3 Contact", "TD 1 Example Street ZZ1 1ZZ", f"TD {EMPTY}", "H2 What the form has no place for",
        "TD Victim 2: name", "TD Bert Placeholder", "H2 What is withheld, and why", "Victims not named: 1.",
        "is not for this partner", "H2 When it is done", "attach that file in Proof", "in Made by hand at", "shred it",
    ]  # fmt: skip
    places = [" ".join(said.split()).index(words) for words in order]
    assert places == sorted(places)


def test_nothing_of_the_case_shows_before_it_is_opened() -> None:
    made = pdf(PACK, HARBOUR_ROW)
    with pikepdf.open(io.BytesIO(made)) as opened, opened.open_metadata() as about:
        assert about["dc:title"] == "Pack 3f9a12c4, made 24/06/2026 at 09:05"
        assert b"Sampleton" not in about.__str__().encode()
    assert b"Sampleton" not in made


def test_the_same_pack_makes_the_same_file() -> None:
    """So that attaching it twice adds nothing."""
    assert pdf(PACK, HARBOUR_ROW) == pdf(PACK, HARBOUR_ROW)


def test_a_telephone_has_things_to_say_and_no_boxes(tmp_path: Path) -> None:
    boxes = (Box("Victim 1", "Name", ("Ada Sampleton",)),)
    ring = replace(PACK, on_a_form=False, where="01632 960123", boxes=boxes, no_place=(), withheld=())
    made = pdf(ring, HARBOUR_ROW)
    said = spoken(made)
    assert found(made, tmp_path / "pack.pdf") == []
    for words in ("Ring 01632 960123.", "H2 What to say", "Write down who took it", "is not for this partner"):
        assert words in said
    assert "form" not in said.lower()


@pytest.mark.parametrize("words", ['#panic("x") $x$ *y* `z` // c', "| a | b | \\ <br>", "# H", "[x](http://a.example)"])
def test_what_somebody_typed_is_set_as_words(words: str) -> None:
    hostile = replace(PACK, boxes=(Box("Page", "Name", (words,)),), no_place=(("Words", words),))
    calm = replace(PACK, boxes=(Box("Page", "Name", ("Calm",)),), no_place=(("Words", "Calm"),))
    said = [spoken(pdf(each, HARBOUR_ROW)) for each in (calm, hostile)]
    assert [line.split()[0] for line in said[1].splitlines()] == [line.split()[0] for line in said[0].splitlines()]


def test_a_word_too_long_for_its_box_is_pointed_out() -> None:
    """Paper breaks it, and the break could be pasted with it."""
    long = replace(PACK, boxes=(Box("Page", "E-mail", (f"{'a' * 50}@example.org",)),))
    assert IN_ONE in " ".join(spoken(pdf(long, HARBOUR_ROW)).split())
    assert IN_ONE not in " ".join(spoken(pdf(PACK, HARBOUR_ROW)).split())


def test_a_sign_that_no_typeface_has_is_a_sentence() -> None:
    with pytest.raises(NeedsAPerson, match="cannot show the sign"):
        pdf(replace(PACK, boxes=(Box("Page", "Details", ("Because 😀.",)),)), HARBOUR_ROW)


def test_an_earlier_pack_does_not_pass_for_the_one_on_the_row() -> None:
    """R-13: its foot, its first step and its title say which it is, on each page."""
    one, other = (spoken(pdf(replace(PACK, mark=mark), HARBOUR_ROW)) for mark in ("3f9a12c4", "f932d44f"))
    assert "the row shows pack f932d44f in Pack" in " ".join(other.split())
    assert "f932d44f" not in one
