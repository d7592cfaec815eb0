"""The day's post bound into one PDF: every letter whole, on a sheet of its own, with its tags."""

import io

import pikepdf
import pytest
from samples import SAMPLES
from spoken import spoken

from automations.binding import CLAIM, bound, pages
from automations.errors import NeedsAPerson
from automations.letters import render_pdf


def a_letter(name: str, *, large: bool = False) -> bytes:
    return render_pdf(name, next(iter(SAMPLES[name].values())), large=large, language="en")


PARTS = [a_letter("acknowledgement"), a_letter("warning"), a_letter("acknowledgement", large=True), a_letter("survey")]


def words(page: pikepdf.Page) -> bytes:
    return page.Contents.read_bytes() if "/Contents" in page else b""


def test_every_letter_is_in_it_whole_and_begins_on_a_right_hand_page() -> None:
    """HC-024: printed on both sides no letter shares a sheet with another reader's."""
    counts = [pages(part) for part in PARTS]
    assert {count % 2 for count in counts} == {0, 1}, "some need a blank page and some do not"
    with pikepdf.open(io.BytesIO(bound(PARTS))) as whole:
        at = 0
        for part, count in zip(PARTS, counts, strict=True):
            assert at % 2 == 0
            with pikepdf.open(io.BytesIO(part)) as pdf:
                assert [words(p) for p in list(whole.pages)[at : at + count]] == [words(p) for p in pdf.pages]
            if count % 2:
                assert words(whole.pages[at + count]) == b""
            at += count + count % 2
        assert len(whole.pages) == at


def test_whoever_listens_hears_each_letter_as_by_itself_and_no_more_is_claimed() -> None:
    """The tags of all of them, in order; and the mark of an accessible document is taken off the whole."""
    made = bound(PARTS)
    alone = [line for part in PARTS for line in spoken(part).splitlines()]
    assert spoken(made).splitlines() == alone
    with pikepdf.open(io.BytesIO(made)) as whole:
        tree = pikepdf.NumberTree(whole.Root.StructTreeRoot.ParentTree)
        numbers = [int(p.obj.StructParents) for p in whole.pages if "/StructParents" in p.obj]
        assert len(numbers) == len(set(numbers)) == sum(map(pages, PARTS))
        assert set(numbers) <= set(tree)
        assert CLAIM not in whole.open_metadata()
    with pikepdf.open(io.BytesIO(PARTS[0])) as one:
        assert CLAIM in one.open_metadata()


def test_a_file_that_is_no_pdf_is_said_and_not_what_is_in_it() -> None:
    with pytest.raises(NeedsAPerson, match="cannot be opened"):
        pages(b"%PDF- Nobody Realperson")


def test_a_pdf_that_staff_made_without_tags_is_bound_too() -> None:
    """HC-121: a word processor may save it so."""
    plain = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.save(plain)
    with pikepdf.open(io.BytesIO(bound([PARTS[0], plain.getvalue(), PARTS[1]]))) as whole:
        assert len(whole.pages) == sum(count + count % 2 for count in (pages(PARTS[0]), 1, pages(PARTS[1])))
