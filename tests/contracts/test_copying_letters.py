"""Letters of staff's own on a landlord that moved to Airtable: what was warned about before is warned about after.

In: a life in memory, copied to the wire-rule server, which numbers files anew. Out: what stands on the letter's row.
Never here: the copy itself (test_copying.py).
"""

import pytest

from automations.drafts import CHANGED, WRITTEN_FOR_ANOTHER
from schema import TABLES
from schema import choices as c
from sync.platforms.copying import copy
from tests.contracts.airtable_house import HouseOnAirtable
from tests.house import HarbourRow
from tests.stories.conftest import plain_letters  # noqa: F401 -- a fixture
from tests.stories.test_a_letter_by_email import ASKED, SAID, a_letter, decide, gone
from tests.stories.test_letters_that_staff_ask_for import row, upload, victim
from tests.stories.test_letters_that_went import FIRST

pytestmark = pytest.mark.usefixtures("plain_letters", "houses_on_airtable")


def move(house: HarbourRow) -> None:
    """To Airtable, and some passes there."""
    there = HouseOnAirtable(lambda: house.now)
    assert copy(house.platform, there, TABLES, lambda _: None).alike  # type: ignore[arg-type]
    house.platform = there  # type: ignore[assignment]
    house.restart()
    house.wait(minutes=1)
    house.wait(minutes=1)


def test_an_edited_letter_whose_facts_changed_before_the_move_is_warned_about_after_it():
    """HC-024: its name tells no draft. Named as the draft of today is, it is warned about no more."""
    house, id = a_letter()
    upload(house, id, "my words.pdf", b"%PDF- my words")
    victim(house, address="14 Example Row")
    assert row(house, id)["What is missing"] == CHANGED
    move(house)
    assert row(house, id)["What is missing"] == CHANGED
    assert decide(house, id)[SAID] == f"Not sent: {CHANGED}"

    decide(house, id, None)
    [fresh] = row(house, id)["Document"]
    with house.platform.as_user("amber@harbour-row.example"):
        house.platform.update("Letters", [(id, {"Edited document": ()})])
    upload(house, id, f"my words {fresh.name}", b"%PDF- my words")
    assert (row(house, id)["What is missing"], gone(house)) == (None, 0)


def test_a_letter_that_staff_wrote_for_one_reader_does_not_become_anothers_by_the_move():
    """HC-121, R-12: with its row put back to its first reader it is as it was."""
    house, _ = a_letter()
    first, case = victim(house), house.only("Cases").id
    other = house.staff_write("amber", "People", name="Other Sample", role=c.PersonRole.VICTIM,
                              **(ASKED | {"E-mail": "other@example.org"}))  # fmt: skip
    id = house.platform.create("Letters", [{"Kind": FIRST, "Case": (case,), "To": (first,)}])[0]
    upload(house, id, "mine.pdf", b"%PDF- for the first")
    house.staff_write("amber", "Letters", id, to=(other,))
    move(house)
    assert (row(house, id)["What is missing"], row(house, id)["Made for"]) == (WRITTEN_FOR_ANOTHER, first)
    assert (decide(house, id)[SAID], gone(house)) == (f"Not sent: {WRITTEN_FOR_ANOTHER}", 0)

    house.staff_write("amber", "Letters", id, to=(first,))
    assert gone(house) == 1
