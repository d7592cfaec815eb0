"""Stories: a letter's row that is pointed at another person leaves a trace: the first draft may have been read."""

from typing import Any

import pytest

from schema import choices as c
from tests.house import HarbourRow
from tests.stories.day_by_day import a_case
from tests.stories.made_up_letters import offered
from tests.stories.test_letters_follow_the_facts import files
from tests.stories.test_letters_that_staff_ask_for import row

pytestmark = pytest.mark.usefixtures("plain_letters")
POINTED = "A letter's row was pointed at somebody else: "
CLOSING = c.LetterKind.CLOSING


def traces(house: HarbourRow) -> list[dict[str, Any]]:
    rows = [dict(r.fields) for r in house.platform.records("Developments")]
    return [each for each in rows if str(each["Development"]).startswith(POINTED)]


def another(house: HarbourRow) -> str:
    """A second victim on the case, to whom a letter is safe too."""
    return house.staff_write("amber", "People", role=c.PersonRole.VICTIM, name="Other Sample",
                             address="9 Example Row", postcode="ZZ1 4AB",
                             safe_ways_to_contact=(c.Channel.LETTER,))  # fmt: skip


def test_a_row_pointed_at_somebody_else_is_a_development_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """HC-121: whose draft it was and whose it is, by their records and never by name; once each time."""
    offered(monkeypatch, CLOSING)
    house = a_case()
    first, second = house.only("People").id, another(house)
    id = house.staff_write("amber", "Letters", kind=CLOSING, to=(first,))
    assert (len(files(row(house, id))), row(house, id)["Made for"], traces(house)) == (1, first, [])
    house.wait(hours=1)
    house.staff_write("amber", "Letters", id, to=(second,))
    [trace] = traces(house)
    assert trace["Development"] == f"{POINTED}{CLOSING}"
    assert trace["Detail"] == f"Letters {id}: the draft was made for People {first}; it is now to People {second}."
    assert "Sample" not in f"{trace['Key']} {trace['Detail']}"
    assert row(house, id)["Made for"] == second
    house.wait(hours=2)
    assert len(traces(house)) == 1
    house.staff_write("amber", "Letters", id, to=(first,))
    house.wait(hours=1)
    house.staff_write("amber", "Letters", id, to=())
    assert [each["Detail"].rpartition("to ")[2] for each in traces(house)] == [
        f"People {second}.", f"People {first}.", "nobody.",
    ]  # fmt: skip


def test_a_letter_that_was_not_made_yet_leaves_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    """HC-121: nobody has seen it. A change of its words is no other reader either."""
    offered(monkeypatch, CLOSING)
    house = a_case()
    first, second = house.only("People").id, another(house)
    id = house.staff_write("amber", "Letters", kind=CLOSING, to=())
    house.staff_write("amber", "Letters", id, to=(second,))
    house.staff_write("amber", "People", second, address="10 Example Row")
    house.wait(hours=1)
    assert (len(files(row(house, id))), traces(house)) == (1, [])
    house.staff_write("amber", "Letters", id, to=(first,))
    assert len(traces(house)) == 1
