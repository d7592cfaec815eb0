"""Stories: an officer adds a row with the kind of letter and has its draft; an edited or own letter stays theirs."""

from typing import Any

import pytest

from automations.letters.catalogue import CATALOGUE
from automations.letters.to_victims import facts
from automations.letters.writing import Entry, Writing
from schema import choices as c
from tests.house import HarbourRow
from tests.stories.day_by_day import a_case, needs
from tests.stories.made_up_letters import offered
from tests.stories.test_letters_follow_the_facts import BY_LETTER, BY_TELEPHONE, files

pytestmark = pytest.mark.usefixtures("plain_letters")
CLOSING = c.LetterKind.CLOSING
STATE = c.LetterState


def victim(house: HarbourRow, **cells: Any) -> str:
    who = house.only("People").id
    if cells:
        house.wait(hours=1)
        house.staff_write("amber", "People", who, **cells)
    return who


def asked(house: HarbourRow, kind: c.LetterKind = CLOSING, **cells: Any) -> str:
    return house.staff_write("amber", "Letters", kind=kind, **({"to": (victim(house),)} | cells))


def row(house: HarbourRow, id: str) -> dict[str, Any]:
    [found] = house.platform.get("Letters", [id])
    return dict(found.fields)


def upload(
    house: HarbourRow, id: str, name: str, content: bytes = b"PK edited", column: str = "Edited document"
) -> None:
    with house.platform.as_user("amber@harbour-row.example"):
        house.platform.attach("Letters", id, column, name, content, "application/msword")
    house.run()


def test_a_row_of_a_kind_we_write_gets_its_draft_and_follows_the_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    """HC-100: the officer chooses the kind and the reader; a pass later the letter lies there, once."""
    offered(monkeypatch, CLOSING)
    house = a_case()
    id = asked(house)
    made = row(house, id)
    assert (made["State"], len(files(made)), made["What is missing"]) == (STATE.DRAFT, 1, None)
    assert made["Key"] is None, "the row is staff's"
    victim(house, address="14 Example Row")
    assert (row(house, id)["Made from"] != made["Made from"], len(files(row(house, id)))) == (True, 1)

    victim(house, **BY_TELEPHONE)
    assert (row(house, id)["State"], files(row(house, id))) == (STATE.HELD, [])
    assert f"Letters {id}: not made. The victim has not said that a letter to the home is safe." in needs(house)
    victim(house, **BY_LETTER)
    victim(house, address=None)
    assert (row(house, id)["State"], row(house, id)["What is missing"][:9]) == (STATE.NOT_MADE, "Missing: ")
    assert len(house.platform.records("Letters")) == 2


def test_a_kind_that_nobody_wrote_and_a_letter_that_staff_attached_stay_as_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """HC-121: nothing is put in their place, and a way that is not safe is still said."""
    offered(monkeypatch, CLOSING)
    house = a_case()
    by_hand = asked(house, c.LetterKind.OTHER)
    assert (row(house, by_hand)["State"], row(house, by_hand)["What is missing"]) == (None, None)
    own = house.platform.create("Letters", [{"Kind": CLOSING, "Case": (house.only("Cases").id,),
                                            "To": (victim(house),)}])[0]  # fmt: skip
    upload(house, own, "my own.docx")
    upload(house, by_hand, "mine too.pdf", column="Document")
    assert (files(row(house, own)), files(row(house, by_hand))) == ([], ["mine too.pdf"])
    assert (row(house, own)["State"], needs(house)) == (STATE.DRAFT, "")
    victim(house, address="14 Example Row")
    assert (row(house, own)["State"], needs(house)) == (STATE.DRAFT, ""), "it was made from no draft of ours"
    victim(house, **BY_TELEPHONE)
    assert [f.name for f in row(house, own)["Edited document"]] == ["my own.docx"]
    assert row(house, own)["State"] == STATE.HELD


def test_a_row_that_does_not_say_enough_is_told_what_it_wants(monkeypatch: pytest.MonkeyPatch) -> None:
    """HC-100: which incident, which reader; and of two rows for one letter one has the draft."""
    offered(monkeypatch, CLOSING)
    house = a_case()
    first = asked(house)
    second = asked(house)
    assert row(house, second)["What is missing"].startswith(f"The draft of this letter is on Letters {first}:")
    assert (files(row(house, second)), len(files(row(house, first)))) == ([], 1)
    house.staff_write("amber", "Letters", first, decision=c.LetterDecision.CANCELLED)
    assert (row(house, second)["State"], len(files(row(house, second)))) == (STATE.DRAFT, 1)

    nobody = asked(house, to=())
    assert row(house, nobody)["What is missing"] == "Say to which victim it is (To)."
    house.staff_write("amber", "Incidents", first_reported_at=house.now)
    unclear = asked(house)
    assert row(house, unclear)["What is missing"] == "Say which incident it is about (Incident)."
    house.staff_write("amber", "Letters", second, decision=c.LetterDecision.CANCELLED)
    house.staff_write("amber", "Letters", unclear, incident=(house.platform.records("Incidents")[0].id,))
    assert row(house, unclear)["State"] == STATE.DRAFT


def test_an_edited_draft_is_kept_and_warned_about_once_the_facts_change(monkeypatch: pytest.MonkeyPatch) -> None:
    """HC-024: the officer's words are never lost; an old address is not posted unseen."""
    offered(monkeypatch, CLOSING)
    house = a_case()
    id = asked(house)
    [draft] = files(row(house, id))
    upload(house, id, draft.replace(".pdf", ".docx"))
    house.wait(hours=5)
    assert (row(house, id)["State"], row(house, id)["What is missing"], needs(house)) == (STATE.DRAFT, None, "")

    victim(house, address="14 Example Row")
    assert [f.name for f in row(house, id)["Edited document"]] == [draft.replace(".pdf", ".docx")]
    [fresh] = files(row(house, id))
    assert fresh != draft, "the draft beside it has the facts as they are"
    assert "The facts changed since the edited letter was made." in row(house, id)["What is missing"]
    assert f"Letters {id}: The facts changed" in needs(house)
    house.wait(hours=5)
    assert "The facts changed" in needs(house), "however often it is looked at"

    house.platform.update("Letters", [(id, {"Edited document": ()})])
    upload(house, id, draft.replace(".pdf", ".docx"), b"PK downloaded before they changed")
    assert "The facts changed" in needs(house), "its name says which draft it was made from"
    house.platform.update("Letters", [(id, {"Edited document": ()})])
    upload(house, id, fresh.replace(".pdf", " (1).docx"))
    assert needs(house) == ""
    house.platform.update("Letters", [(id, {"Edited document": ()})])
    house.run()
    assert (row(house, id)["Edited from"], row(house, id)["State"]) == (None, STATE.DRAFT)


def test_a_letter_that_nobody_foresaw_costs_the_case_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """HC-006: the report is alerted, the other letters are made, and no name stands in what is said."""

    def broken(of: Writing) -> Any:
        raise RuntimeError("Nobody Realperson")

    offered(monkeypatch, CLOSING)
    house = a_case()
    bad = Entry(c.LetterKind.SUPPORT_LIST, "acknowledgement", broken, lambda of: None)
    monkeypatch.setitem(CATALOGUE, bad.kind, bad)  # type: ignore[arg-type]
    missing = Entry(c.LetterKind.LOAN, "no-such-template", facts, lambda of: None)
    monkeypatch.setitem(CATALOGUE, missing.kind, missing)  # type: ignore[arg-type]
    ill, gone, well = asked(house, bad.kind), asked(house, missing.kind), asked(house)
    assert (row(house, ill)["State"], row(house, well)["State"]) == (STATE.NOT_MADE, STATE.DRAFT)
    assert "RuntimeError" in row(house, ill)["What is missing"]
    assert "'no-such-template'" in row(house, gone)["What is missing"]
    assert "Realperson" not in needs(house)


def test_a_letter_that_nobody_called_anything_gets_a_label_once_and_staffs_own_stays() -> None:
    """HC-100, R-25: so that an approval can point at it; a label that an officer takes away does not come again."""
    house = a_case()
    id, called = asked(house), asked(house, c.LetterKind.PROGRESS, letter="My letter")
    assert row(house, id)["Letter"] == f"{house.only('Cases').fields['Reference']}: letter"
    assert row(house, called)["Letter"] == "My letter"
    house.staff_write("amber", "Letters", id, letter=None)
    assert row(house, id)["Letter"] is None
