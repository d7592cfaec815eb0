"""Stories: an edited letter has its PDF beside it, or a sentence that says why not; the edited file is staff's."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from automations.edited_pdf import NOT_DOCX, NOT_INSTALLED
from automations.errors import NeedsAPerson
from schema import choices as c
from tests.house import HarbourRow
from tests.stories.day_by_day import a_case
from tests.stories.made_up_letters import offered
from tests.stories.test_letters_follow_the_facts import BY_LETTER, BY_TELEPHONE
from tests.stories.test_letters_that_staff_ask_for import asked, row, upload, victim

pytestmark = pytest.mark.usefixtures("plain_letters")


@dataclass
class Words:
    """A word processor that keeps what it was given, and can refuse."""

    given: list[bytes] = field(default_factory=list)
    refuses: str = ""

    def pdf(self, docx: bytes) -> bytes:
        self.given.append(docx)
        if self.refuses:
            raise NeedsAPerson(self.refuses)
        return b"%PDF-1.7 " + docx


def a_letter(monkeypatch: pytest.MonkeyPatch, words: Words | None) -> tuple[HarbourRow, str]:
    """A case whose officer asked for a letter, in a house with or without a word processor."""
    offered(monkeypatch, c.LetterKind.CLOSING)
    house = a_case()
    with_words(house, words)
    return house, asked(house)


def with_words(house: HarbourRow, words: Words | None) -> None:
    house.words = words
    house.restart()
    house.run()


def beside(house: HarbourRow, id: str) -> tuple[list[str], Any]:
    """The names in Edited as PDF, and why there is none."""
    fields = row(house, id)
    return [file.name for file in fields["Edited as PDF"]], fields["Why no PDF"]


def test_an_edited_letter_has_its_pdf_once_and_another_edit_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """HC-121: neutral by name, made from what staff attached, and their own file stays as it is."""
    house, id = a_letter(monkeypatch, words := Words())
    assert beside(house, id) == ([], None)
    upload(house, id, "edited.docx", b"first")
    [first], why = beside(house, id)
    assert (first.startswith("CW-2026-0001 letter "), first.endswith(" edited.pdf"), why) == (True, True, None)
    assert house.platform.fetch("Letters", id, "Edited as PDF", first) == b"%PDF-1.7 first"
    house.wait(hours=2)
    assert words.given == [b"first"]
    upload(house, id, "again.docx", b"second")
    [second], _ = beside(house, id)
    assert (second == first, words.given) == (False, [b"first", b"second"])
    assert [file.name for file in row(house, id)["Edited document"]] == ["edited.docx", "again.docx"]
    house.platform.update("Letters", [(id, {"Edited document": ()})])
    house.run()
    assert beside(house, id) == ([], None)


def test_another_file_of_the_same_name_and_size_has_a_pdf_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """HC-121: the one that was made of the file before it no longer stands beside it."""
    house, id = a_letter(monkeypatch, words := Words())
    upload(house, id, "edited.docx", b"first")
    [first], _ = beside(house, id)
    house.platform.update("Letters", [(id, {"Edited document": ()})])
    upload(house, id, "edited.docx", b"other")
    [second], _ = beside(house, id)
    assert (second == first, words.given) == (False, [b"first", b"other"])


def test_where_there_can_be_none_the_row_says_why_and_it_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """HC-121: until staff attach another file."""
    house, id = a_letter(monkeypatch, words := Words(refuses="It has macros in it."))
    upload(house, id, "edited.docx", b"first")
    house.wait(hours=2)
    assert (beside(house, id), words.given) == (([], "It has macros in it."), [b"first"])
    words.refuses = ""
    upload(house, id, "clean.docx", b"second")
    assert (len(beside(house, id)[0]), beside(house, id)[1]) == (1, None)


def test_without_a_word_processor_the_row_says_what_to_do_until_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """HC-121: staff's own PDF, attached after it, will do."""
    house, id = a_letter(monkeypatch, None)
    upload(house, id, "edited.docx", b"first")
    assert beside(house, id) == ([], NOT_INSTALLED)
    upload(house, id, "edited.doc", b"old")
    assert beside(house, id) == ([], NOT_DOCX)
    upload(house, id, "edited.pdf", b"%PDF-1.7 theirs")
    assert beside(house, id) == ([], None)
    upload(house, id, "last.docx", b"last")
    assert beside(house, id) == ([], NOT_INSTALLED)
    with_words(house, Words())
    assert (len(beside(house, id)[0]), beside(house, id)[1]) == (1, None)


def test_a_letter_that_may_not_go_has_no_pdf_either(monkeypatch: pytest.MonkeyPatch) -> None:
    """HC-024, HC-121: it is gone once a letter to the home is not safe, and what went is left as it was."""
    house, id = a_letter(monkeypatch, words := Words())
    upload(house, id, "edited.docx", b"first")
    victim(house, **BY_TELEPHONE)
    house.run()
    assert beside(house, id) == ([], None)
    victim(house, **BY_LETTER)
    house.run()
    [name], _ = beside(house, id)
    house.staff_write("amber", "Letters", id, decision=c.LetterDecision.POSTED, sent_at=house.now)
    upload(house, id, "later.docx", b"second")
    assert (beside(house, id), words.given[-1]) == (([name], None), b"first")
