"""Stories: which file goes by e-mail: the PDF that says what the facts say now, or the one that staff attached."""

from hashlib import sha256

import pytest

from automations.drafts import CHANGED, WRITTEN_FOR_ANOTHER
from automations.what_goes import IN_WORD, OUTDATED
from schema import choices as c
from tests.stories.test_a_letter_by_email import ASKED, SAID, a_letter, decide, gone
from tests.stories.test_an_edited_letter_as_a_pdf import Words, with_words
from tests.stories.test_letters_that_staff_ask_for import row, upload, victim
from tests.stories.test_letters_that_went import FIRST

pytestmark = pytest.mark.usefixtures("plain_letters")


def test_an_edited_letter_goes_as_the_pdf_that_staff_attached_and_only_so() -> None:
    """HC-121: Word files stay; of a letter edited after it was approved see the approval."""
    house, id = a_letter()
    name = row(house, id)["Document"][0].name
    upload(house, id, name.replace(".pdf", ".docx"))
    assert decide(house, id)[SAID] == f"Not sent: {IN_WORD}"
    with house.platform.as_user("amber@harbour-row.example"):
        house.platform.update("Letters", [(id, {"Edited document": ()})])
    upload(house, id, f"my {name}", b"PK no pdf")
    assert (gone(house), row(house, id)[SAID]) == (0, "Not sent: Its file is no PDF, whatever its name says.")
    with house.platform.as_user("amber@harbour-row.example"):
        house.platform.update("Letters", [(id, {"Edited document": ()})])
    upload(house, id, f"To Sample about it {name}", b"%PDF- my words")
    [(_, message)] = house.mail.letters
    [pdf] = message.iter_attachments()
    assert (pdf.get_content(), pdf.get_filename()) == (b"%PDF- my words", "Letter 2026-11-18.pdf")
    assert row(house, id)["Hash"] == sha256(b"%PDF- my words").hexdigest()


def test_an_edited_letter_goes_as_the_pdf_that_was_made_of_that_very_file() -> None:
    """HC-121: not of an edit before it, which no longer says what staff decided about."""
    house, id = a_letter()
    with_words(house, Words())
    name = row(house, id)["Document"][0].name.replace(".pdf", ".docx")
    upload(house, id, name, b"PK first words")
    house.platform.update("Letters", [(id, {"Edited document": ()})])
    upload(house, id, f"my {name}", b"PK my words")
    decide(house, id)
    [(_, message)] = house.mail.letters
    [pdf] = message.iter_attachments()
    assert pdf.get_content() == b"%PDF-1.7 PK my words"
    assert pdf.get_filename() == "Letter 2026-11-18.pdf"


def test_a_document_whose_facts_have_changed_does_not_go_until_somebody_has_seen_the_new_one() -> None:
    """HC-024: what staff decided about is what goes."""
    house, id = a_letter()
    house.mail.down = True
    decide(house, id)
    victim(house, address="14 Example Row")
    house.mail.down = False
    house.wait(hours=1)
    assert (gone(house), row(house, id)[SAID]) == (0, f"Not sent: {OUTDATED}")
    decide(house, id, None)
    assert row(house, id)[SAID] is None
    decide(house, id)
    assert gone(house) == 1


def test_an_edited_letter_whose_facts_have_changed_does_not_go_either() -> None:
    """HC-024: the sentence is the one that a draft has; attached anew under the new draft's name, it goes."""
    house, id = a_letter()
    house.mail.down = True
    upload(house, id, f"my {row(house, id)['Document'][0].name}", b"%PDF- my words")
    decide(house, id)
    victim(house, address="14 Example Row")
    house.mail.down = False
    house.wait(hours=1)
    assert (gone(house), row(house, id)[SAID]) == (0, f"Not sent: {CHANGED}")
    decide(house, id, None)
    with house.platform.as_user("amber@harbour-row.example"):
        house.platform.update("Letters", [(id, {"Edited document": ()})])
    house.run()
    upload(house, id, f"my new {row(house, id)['Document'][0].name}", b"%PDF- my new words")
    decide(house, id)
    assert gone(house) == 1


def test_a_letter_that_staff_wrote_themselves_goes_by_the_same_gates() -> None:
    """R-18, HC-024: what is held is held, whoever wrote it."""
    house, _ = a_letter()
    case = house.only("Cases").id
    house.staff_write("amber", "Cases", case, alleged_perpetrator_lives_with_the_victim=c.YesNo.YES)
    id = house.platform.create("Letters", [{"Kind": FIRST, "Case": (case,), "To": (victim(house),)}])[0]
    upload(house, id, "mine.pdf", b"%PDF- mine")
    assert "may live at the victim's address" in decide(house, id)[SAID]
    assert gone(house) == 0
    house.staff_write("amber", "Cases", case, alleged_perpetrator_lives_with_the_victim=c.YesNo.NO)
    [(_, message)] = house.mail.letters
    assert next(message.iter_attachments()).get_content() == b"%PDF- mine"


def test_a_letter_that_staff_wrote_for_one_reader_does_not_go_to_another() -> None:
    """HC-121, R-12: its words are the first reader's, and nobody but staff can read whose; by e-mail or post."""
    house, _ = a_letter()
    first, case = victim(house), house.only("Cases").id
    other = house.staff_write("amber", "People", name="Other Sample", role=c.PersonRole.VICTIM,
                              **(ASKED | {"E-mail": "other@example.org"}))  # fmt: skip
    id = house.platform.create("Letters", [{"Kind": FIRST, "Case": (case,), "To": (first,)}])[0]
    upload(house, id, "mine.pdf", b"%PDF- for the first")
    house.mail.down = True
    decide(house, id)
    house.staff_write("amber", "Letters", id, to=(other,))
    house.mail.down = False
    house.wait(hours=1)
    assert (gone(house), row(house, id)[SAID]) == (0, f"Not sent: {WRITTEN_FOR_ANOTHER}")
    decide(house, id, None)
    house.run()
    assert row(house, id)["What is missing"] == WRITTEN_FOR_ANOTHER
    with house.platform.as_user("amber@harbour-row.example"):
        house.platform.update("Letters", [(id, {"Edited document": ()})])
    house.run()
    upload(house, id, "for the other.pdf", b"%PDF- for the other")
    decide(house, id)
    [(to, message)] = house.mail.letters
    assert (to, next(message.iter_attachments()).get_content()) == ("other@example.org", b"%PDF- for the other")
