"""The Word draft: real headings, lists and tables, and nothing in it but words."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from letter_cases import HARBOUR_ROW, some_facts, the_letter

from automations.errors import NeedsAPerson
from automations.letters import Draft, render_word
from automations.letters.document import Blank, Heading, Listing, Paragraph, Quote, Table, Text
from automations.letters.word import typed


def a_word_draft(*, large: bool = False, **given: object) -> bytes:
    return render_word("acknowledgement", some_facts(**given), large=large, language="en")


def opened(made: bytes):
    return Document(io.BytesIO(made))


def runs(*said: str):
    return tuple((Text(words),) for words in said)


EVERYTHING = (
    Heading(1, (Text("A title"),)), Paragraph((Text("Dear "), Text("you", strong=True))), Listing(True, runs("a", "b")),
    Paragraph((Text("between"),)), Listing(True, runs("c")), Listing(False, runs("d")),
    Table(runs("What", "When"), (runs("x", "y"), ((Text("z"),), ())), (3, 1)), Quote(runs("words", "more")), Blank(),
)  # fmt: skip


def test_a_letter_has_its_draft_with_a_name_that_says_nothing():
    letter = the_letter()
    assert isinstance(letter, Draft)
    assert letter.word_name == letter.file_name.replace(".pdf", ".docx")
    assert letter.word_name.startswith("CW-2026-0007 letter ")
    assert opened(letter.render_word()).paragraphs


def test_headings_lists_tables_and_quotes_are_real_ones():
    draft = opened(typed(EVERYTHING, some_facts(), large=False, language="en"))
    styles = [p.style.name for p in draft.paragraphs if p.style.name not in {"Sender", "Letterhead", "Window"}]
    assert styles == [
        "Normal", "Heading 1", "Normal", "List Number", "List Number", "Normal", "List Number", "List Bullet",
        "Quote", "Quote", "To write on",
    ]  # fmt: skip
    numbers = [p._p.pPr.numPr.numId.val for p in draft.paragraphs if p.style.name == "List Number"]
    assert numbers[0] == numbers[1] != numbers[2]
    numbering = draft.part.numbering_part.element
    for number in set(numbers):
        [begins] = numbering.num_having_numId(number).iter(qn("w:startOverride"))
        assert begins.val == 1


def test_a_table_repeats_its_header_and_keeps_its_rows_whole():
    [table] = opened(typed(EVERYTHING, some_facts(), large=False, language="en")).tables
    told = [[cell.text for cell in row.cells] for row in table.rows]
    assert told == [["What", "When"], ["x", "y"], ["z", ""]]
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows] == [True, False, False]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    wide, narrow = (cell.width for cell in table.rows[0].cells)
    assert round(wide / narrow, 2) == 3


@pytest.mark.parametrize(("large", "points"), [(False, 12), (True, 18)], ids=["normal", "large print"])
def test_normal_print_is_twelve_points_and_large_print_eighteen(large: bool, points: int):
    """Arabic is as large as the rest; in the window it is twelve, for the opening does not grow."""
    draft = opened(a_word_draft(large=large))
    for style in (each for each in draft.styles if each.element.rPr is not None and each.font.size):
        size = style.font.size.pt
        assert size >= (12 if style.name == "Window" else points)
        assert style.element.rPr.find(qn("w:szCs")).get(qn("w:val")) == str(round(2 * size))
    assert draft.styles["Normal"].font.size.pt == points
    assert draft.styles["Window"].font.size.pt == 12


def test_nothing_outside_the_letter_says_what_it_is_about_or_who_it_is_to():
    made = a_word_draft()
    about = opened(made).core_properties
    assert (about.title, about.author, about.last_modified_by) == (
        "Letter CW-2026-0007",
        "HRH Post Room",
        "HRH Post Room",
    )
    assert (about.comments, about.subject, about.keywords, about.category) == ("", "", "", "")
    assert about.language == "en-GB"
    with zipfile.ZipFile(io.BytesIO(made)) as whole:
        assert {"docProps/app.xml", "docProps/thumbnail.jpeg"}.isdisjoint(whole.namelist())
        for name in whole.namelist():
            holds = b"Sample Person" in whole.read(name)
            assert holds == (name == "word/document.xml")


def test_the_window_the_reference_and_the_pages_stand_where_they_should():
    draft = opened(a_word_draft())
    window = [p for p in draft.paragraphs if p.style.name == "Window"]
    assert [p.text for p in window] == ["Sample Person", "Flat 2", "14 Harbour Row", "Sampletown", "ZZ1 4ZZ"]
    places = {tuple(p._p.pPr.find(qn("w:framePr")).get(qn(f"w:{at}")) for at in ("x", "y", "vAnchor")) for p in window}
    assert places == {("1247", "3061", "page")}  # 22 mm from the left, 54 mm down
    footer = draft.sections[0].footer.paragraphs[0]
    assert footer.text.startswith("CW-2026-0007\tPage ")
    assert [f.get(qn("w:instr")) for f in footer._p.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    nobody = opened(typed(
        EVERYTHING, some_facts(recipient_name=None, recipient_address=()), large=False, language="en"))  # fmt: skip
    assert not [p for p in nobody.paragraphs if p.style.name == "Window"]


@pytest.mark.parametrize(
    "words",
    [
        '{ HYPERLINK "https://example.org" }', '=DDE("cmd";"/c calc";"x")', "<w:hyperlink r:id='x'/>", "]]>&amp;<x>",
        "https://example.org", "MACROBUTTON x", "\x13 PAGE \x14", "a\tb\nc\x0b\x0cd", "\ud800x",
    ],
)  # fmt: skip
def test_words_become_no_field_link_or_macro(words: str):
    """What is whole stays whole, and the parts of the file are those of a letter without such words."""
    hostile, calm = a_word_draft(recipient_name=words), a_word_draft()
    with zipfile.ZipFile(io.BytesIO(hostile)) as one, zipfile.ZipFile(io.BytesIO(calm)) as other:
        assert one.namelist() == other.namelist()
        assert one.read("word/_rels/document.xml.rels") == other.read("word/_rels/document.xml.rels")
    body = opened(hostile).element.body
    assert not [e for e in body.iter() if e.tag in map(qn, ("w:hyperlink", "w:fldSimple", "w:instrText", "w:fldChar"))]
    if words.isprintable() and words.isascii():
        assert f"Dear {words}" in [p.text for p in opened(hostile).paragraphs]


def test_arabic_is_a_run_of_its_own_that_says_so():
    """And what surrounds it is left alone."""
    draft = opened(a_word_draft(recipient_name="Sample مريم الخطيب 2"))
    dear = next(p for p in draft.paragraphs if p.text.startswith("Dear"))
    assert [(r.text, r.font.rtl) for r in dear.runs] == [("Dear Sample ", None), ("مريم الخطيب", True), (" 2", None)]


def test_a_sign_that_the_pdf_could_not_show_is_refused_in_the_draft_too():
    """Within the letter, around it, and in what the file says of itself."""
    said = replace(some_facts().officer, telephone="😀")
    around, sender = replace(HARBOUR_ROW, telephone="😀"), replace(HARBOUR_ROW, neutral_sender="😀")
    for given in ({"officer": said}, {"landlord": around}, {"landlord": sender}):
        with pytest.raises(NeedsAPerson, match=r"cannot show the sign 😀 \(U\+1F600\)"):
            a_word_draft(**given)
    assert a_word_draft(recipient_name="Zażółć")


def test_a_huge_value_is_no_fault():
    made = a_word_draft(reference="x" * 50_000, recipient_name="y" * 50_000)
    assert len(opened(made).core_properties.title) == 255


def test_a_logo_decorates_and_any_kind_of_picture_will_do(tmp_path: Path):
    logo = tmp_path / "logo.svg"
    logo.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="10"><rect width="90" height="9"/></svg>'
    )
    draft = opened(a_word_draft(landlord=replace(HARBOUR_ROW, logo=logo)))
    [shape] = draft.inline_shapes
    assert (round(shape.width.mm), shape._inline.docPr.get("descr")) == (50, "")
    assert not opened(a_word_draft()).inline_shapes
