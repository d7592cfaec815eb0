"""The PDF itself: tags, language, title, sizes of type, and hostile words set for real."""

import io
import time
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from letter_cases import HARBOUR_ROW, some_facts
from spoken import sizes, spoken

from automations.errors import NeedsAPerson, Stop
from automations.letters import paper, pdf, render_pdf
from automations.letters.blocks import Block, Heading, Listing
from automations.letters.document import Paragraph, Text
from automations.letters.pdf import set_in_type
from automations.letters.typeface import shown

GOLDEN = Path(__file__).parent / "golden" / "acknowledgement.txt"


def a_pdf(*, large: bool = False, **given: object) -> bytes:
    return render_pdf("acknowledgement", some_facts(**given), large=large, language="en")


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large print"])
def test_it_is_tagged_and_says_its_language_title_and_standard(large: bool):
    with pikepdf.open(io.BytesIO(a_pdf(large=large))) as made:
        assert made.Root.MarkInfo.Marked
        assert made.Root.Lang == "en-GB"
        assert made.Root.ViewerPreferences.DisplayDocTitle
        assert made.Root.StructTreeRoot.K
        assert all(page.Tabs == "/S" for page in made.pages)
        with made.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"
            assert about["dc:title"] == "Letter CW-2026-0007"


def test_nothing_outside_the_letter_says_what_it_is_about():
    with pikepdf.open(io.BytesIO(a_pdf())) as made:
        about = {str(name): str(value) for name, value in made.docinfo.items()}
    assert about.pop("/Creator").startswith("Typst")
    assert about == {"/Title": "Letter CW-2026-0007", "/Author": "HRH Post Room"}


def test_normal_print_is_twelve_points_and_large_print_eighteen():
    """In large print only the address stays at twelve: the window of an envelope does not grow."""
    normal, large = sizes(a_pdf()), sizes(a_pdf(large=True))
    assert normal[0] == 12
    assert [size for size in large if size < 18] == [12]
    assert 18 in large


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
def test_the_letter_reads_aloud_as_written_down_here(large: bool, letters_in: Path):
    """After a change of wording: delete tests/letters/golden/acknowledgement.txt, run this twice, read the change."""
    made = a_pdf(large=large)
    (letters_in / f"acknowledgement{'-large' if large else ''}.pdf").write_bytes(made)
    if not GOLDEN.exists():
        GOLDEN.write_text(spoken(made), encoding="utf-8")
        pytest.fail("The expected words were not there and have been written down; read them, then run again.")
    assert spoken(made) == GOLDEN.read_text(encoding="utf-8")


def test_the_same_facts_make_the_same_bytes():
    assert a_pdf() == a_pdf()


@pytest.mark.parametrize(
    "name",
    [
        "مريم الخطيب", "মোহাম্মদ রহিম", "Zażółć Gęślą", '"; panic("x"); "', "\\u{41} \\", "#panic() $x$ *y* _z_ `w` // c",
        "<b>{{ reference }}</b> [x](y)", "\x00\u202eSample\x1b", "W" * 300,
    ],
)  # fmt: skip
def test_hostile_words_are_set_as_words(name: str):
    said = spoken(a_pdf(large=True, recipient_name=name))
    calm = spoken(a_pdf(large=True))
    assert [line.split()[0] for line in said.splitlines()] == [line.split()[0] for line in calm.splitlines()]
    if name.isascii() and "W" not in name and "\x00" not in name:
        assert f"P Dear {name}\n" in said


def test_fifty_thousand_signs_are_set_in_a_few_seconds():
    start = time.monotonic()
    assert a_pdf(recipient_name="x" * 50_000).startswith(b"%PDF")
    assert time.monotonic() - start < 10


def test_a_sign_that_cannot_be_shown_is_a_sentence_and_not_a_crash():
    with pytest.raises(NeedsAPerson, match=r"cannot show the sign 😀 \(U\+1F600\)") as told:
        a_pdf(recipient_name="Sample 😀 Person")
    assert "Sample" not in str(told.value)
    assert a_pdf(recipient_name="Sample Person")


def test_every_sign_that_passes_can_be_set():
    every = " ".join(chr(code) for code in sorted(shown()) if code > 32)
    assert set_in_type((Paragraph((Text(every), Text(every, strong=True))),), some_facts(), large=False, language="en")


def test_what_typst_says_of_a_letter_stays_out_of_the_sentence(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pdf, "printable", lambda words: words)
    monkeypatch.setattr(paper, "printable", lambda words: words)
    with pytest.raises(NeedsAPerson) as told:
        a_pdf(recipient_name="Sample 😀 Person")
    assert "Sample" not in str(told.value)
    assert told.value.__suppress_context__


def test_a_warning_stops_the_press(monkeypatch: pytest.MonkeyPatch):
    layout = pdf._layout().replace('"Noto Sans Bengali"', '"A Face Nobody Has"')
    monkeypatch.setattr(pdf, "_layout", lambda: layout)
    with pytest.raises(Stop, match="a face nobody has"):
        a_pdf()


def test_a_logo_decorates_and_is_not_read_aloud(tmp_path: Path):
    logo = tmp_path / "logo.svg"
    logo.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><rect width="90" height="30"/></svg>'
    )
    made = a_pdf(landlord=replace(HARBOUR_ROW, logo=logo))
    assert made != a_pdf()
    assert spoken(made) == spoken(a_pdf())


def test_a_window_shows_the_name_and_the_address_and_no_more():
    """Between 46 and 92 mm down the page, where a window can be, stands nothing else, in either print."""
    for large in (False, True):
        with pikepdf.open(io.BytesIO(a_pdf(large=large))) as made:
            height = float(made.pages[0].mediabox[3])
            down = [(height - y) * 25.4 / 72 for y in _baselines(made.pages[0])]
        seen = [y for y in down if 46 < y < 92]
        assert len(seen) == 5
        assert min(seen) > 54
        assert max(seen) < 82


def _baselines(page: pikepdf.Page) -> list[float]:
    """How high each line of type stands, from the bottom of the page."""
    here = [pikepdf.Matrix()]
    found: set[float] = set()
    line = pikepdf.Matrix()
    for one in pikepdf.parse_content_stream(page):
        operator, operands = str(one.operator), one.operands
        if operator == "q":
            here.append(here[-1])
        elif operator == "Q":
            here.pop()
        elif operator == "cm":
            here[-1] = pikepdf.Matrix(*map(float, operands)) @ here[-1]
        elif operator == "Tm":
            line = pikepdf.Matrix(*map(float, operands))
        elif operator in {"Tj", "TJ"}:
            found.add(round((line @ here[-1]).f, 1))
    return sorted(found)


def test_the_ways_to_reach_us_stand_on_one_page_under_their_heading():
    """HC-024: however long the letter is, nobody turns the page between two telephone numbers."""
    ways = (Heading(1, (Text("How to reach me"),)), Listing(False, tuple((Text(f"Way {n}"),) for n in range(3))))
    assert _lines_added(ways) == {0, 4}
    led_in = (Heading(1, (Text("If you cannot come"),)), Paragraph((Text("Please ring me."),)), ways[1])
    assert _lines_added(led_in) == {0, 5}


def _lines_added(then: tuple[Block, ...]) -> set[int]:
    """By how many lines the first page grows with these blocks after ever more words."""
    return {_lines_on_the_first_page(said, then) - _lines_on_the_first_page(said, ()) for said in range(12, 22)}


def _lines_on_the_first_page(said: int, then: tuple[Block, ...]) -> int:
    blocks = (*[Paragraph((Text("Sample words."),))] * said, *then)
    with pikepdf.open(io.BytesIO(set_in_type(blocks, some_facts(), large=False, language="en"))) as made:
        return len(_baselines(made.pages[0]))
