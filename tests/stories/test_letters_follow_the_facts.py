"""Stories: a draft says what the case says now, a decided letter stays, and one that cannot be made is told."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest

from automations.effects import Attach
from schema import choices as c
from tests.house import HarbourRow
from tests.stories.day_by_day import a_case, needs

pytestmark = pytest.mark.usefixtures("plain_letters")
BY_TELEPHONE: dict[str, Any] = {"Safe ways to contact": (c.Channel.TELEPHONE,)}
BY_LETTER: dict[str, Any] = {"Safe ways to contact": (c.Channel.LETTER,)}
Row = dict[str, Any]


def victim(house: HarbourRow, **cells: Any) -> None:
    """Staff change what is recorded of the victim, an hour later."""
    house.wait(hours=1)
    house.staff_write("amber", "People", house.only("People").id, **cells)


def letter(house: HarbourRow, number: int = 1) -> Row:
    return dict(house.platform.records("Letters")[number - 1].fields)


def files(row: Row) -> list[str]:
    return [f.name for f in row["Document"]]


def test_the_same_letter_lies_beside_it_in_word_and_goes_with_it() -> None:
    """HC-024, HC-121: an officer changes the draft and attaches it anew; one that is not safe has neither form."""
    house = a_case()
    [paper], [word] = files(letter(house)), letter(house)["Draft in Word"]
    assert word.name == paper.removesuffix(".pdf") + ".docx"
    assert house.platform.fetch("Letters", house.only("Letters").id, "Draft in Word", word.name).startswith(b"PK")

    victim = house.only("People", role=c.PersonRole.VICTIM).id
    house.staff_write("amber", "People", victim, safe_ways_to_contact=(c.Channel.TELEPHONE,))
    house.wait(minutes=6)
    assert (files(letter(house)), list(letter(house)["Draft in Word"] or ())) == ([], [])
    house.staff_write("amber", "People", victim, safe_ways_to_contact=(c.Channel.LETTER,), address="9 Other Street")
    house.wait(minutes=6)
    [other] = letter(house)["Draft in Word"]
    assert other.name not in (word.name, "")
    assert other.name.removesuffix(".docx") == files(letter(house))[0].removesuffix(".pdf")


def test_an_unsent_draft_is_made_anew_when_its_facts_change_and_the_old_file_is_gone() -> None:
    """HC-024, HC-025: a letter to the old address is not beside the new one to be posted by mistake."""
    house = a_case()
    before = letter(house)
    victim(house, address="14 Example Row")

    after = letter(house)
    assert after["State"] == c.LetterState.DRAFT
    assert len(files(after)) == len(files(before)) == 1
    assert files(after) != files(before)
    assert after["Made from"] != before["Made from"]
    assert after["Made at"] == house.now
    assert after["What is missing"] is None

    house.wait(hours=5)
    assert letter(house) == after, "the same facts, so the same draft"
    assert len(house.platform.records("Letters")) == 1


def test_a_draft_does_not_stay_on_a_row_that_was_pointed_at_somebody_else() -> None:
    """HC-024, R-17: whoever posts it goes by To, and this letter is the victim's alone."""
    house = a_case(**{"Alleged perpetrator's name": "Person Placeholder"})
    id, mine = house.only("Letters").id, letter(house)["To"]
    accused = house.only("People", role=c.PersonRole.PERPETRATOR).id
    house.staff_write("amber", "Letters", id, to=(accused,))
    house.wait(minutes=6)
    assert (letter(house)["State"], files(letter(house))) == (c.LetterState.HELD, [])
    assert "To names somebody else" in letter(house)["What is missing"]

    house.staff_write("amber", "Letters", id, to=mine)
    house.wait(minutes=6)
    assert letter(house)["State"] == c.LetterState.DRAFT
    assert len(files(letter(house))) == 1


def test_a_second_file_beside_the_draft_is_put_away() -> None:
    """The cell is the runner's: only the letter as it stands is in it."""
    house = a_case()
    before = letter(house)
    id = house.only("Letters").id
    house.platform.attach("Letters", id, "Document", "older.pdf", b"older", "application/pdf")
    house.wait(minutes=6)
    assert files(letter(house)) == files(before)

    house.platform.update("Letters", [(id, {"Document": ()})])
    house.wait(minutes=6)
    assert files(letter(house)) == files(before)


@pytest.mark.parametrize("decision", [c.LetterDecision.POSTED, c.LetterDecision.RETURNED])
def test_a_letter_that_went_stays_as_it_went(decision: c.LetterDecision) -> None:
    """The record shows what the victim got, whatever is learned later."""
    house = a_case()
    house.staff_write("amber", "Letters", house.only("Letters").id, decision=decision, sent_at=house.now)
    sent = letter(house)
    victim(house, address="14 Example Row")
    house.wait(hours=5)
    victim(house, **BY_TELEPHONE)

    assert letter(house) == sent
    assert len(files(sent)) == 1
    assert len(house.platform.records("Letters")) == 1
    assert "Letters" not in needs(house)


def test_a_letter_that_is_sent_while_the_new_draft_is_made_keeps_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between deciding and attaching a member of staff may say that it went."""
    house = a_case()
    before = letter(house)
    id = house.only("Letters").id
    perform = house.runner._performer._attach

    def sent_meanwhile(effect: Attach) -> None:
        house.platform.update("Letters", [(id, {"Decision": c.LetterDecision.POSTED})])
        perform(effect)

    monkeypatch.setattr(house.runner._performer, "_attach", sent_meanwhile)
    victim(house, address="14 Example Row")
    assert files(letter(house)) == files(before)
    assert letter(house)["Made from"] == before["Made from"]


def the_telephone_alone(house: HarbourRow) -> None:
    victim(house, **BY_TELEPHONE)


def the_address_is_gone(house: HarbourRow) -> None:
    victim(house, address=None)


@pytest.mark.parametrize(
    ("change", "state"),
    [(the_telephone_alone, c.LetterState.HELD), (the_address_is_gone, c.LetterState.NOT_MADE)],
)
def test_a_letter_that_may_no_longer_be_written_loses_its_document_and_the_case_says_so(
    change: Callable[[HarbourRow], None], state: c.LetterState
) -> None:
    """HC-024: nobody can post what is not there. Safe and whole again, it is made for the new address alone."""
    house = a_case()
    assert "Letters" not in needs(house)
    change(house)

    held = letter(house)
    assert (held["State"], files(held), held["Made from"], held["Made at"]) == (state, [], None, None)
    assert held["What is missing"] in needs(house)
    assert f"Letters {house.only('Letters').id}: not made." in needs(house)
    assert "Sample Person" not in needs(house)

    victim(house, address="9 Refuge Lane", **BY_LETTER)
    made = letter(house)
    assert (made["State"], len(files(made)), made["What is missing"]) == (c.LetterState.DRAFT, 1, None)
    assert "Letters" not in needs(house)


def test_a_letter_that_is_not_safe_troubles_nobody_once_the_details_were_given_in_another_way() -> None:
    """HC-024: by telephone, as the victim wished. A letter with a hole in it is still told."""
    house = a_case()
    victim(house, **BY_TELEPHONE)
    assert "Letters" in needs(house)
    house.staff_write("amber", "Cases", house.only("Cases").id, **{"Details given to the victim at": house.now})
    assert "Letters" not in needs(house)

    victim(house, address=None, **BY_LETTER)
    assert "Letters" in needs(house)
    house.staff_write("amber", "Letters", house.only("Letters").id, decision=c.LetterDecision.CANCELLED)
    assert "Letters" not in needs(house)


def test_after_a_cancelled_letter_other_facts_make_a_new_row_and_the_same_facts_none() -> None:
    """HC-024: the first letter named the wrong street; the right one is not withheld for ever."""
    house = a_case()
    house.staff_write("amber", "Letters", house.only("Letters").id, decision=c.LetterDecision.CANCELLED)
    house.wait(hours=5)
    cancelled = letter(house)
    assert cancelled["State"] == c.LetterState.CANCELLED
    assert len(house.platform.records("Letters")) == 1

    victim(house, address="14 Example Row")
    house.wait(hours=5)
    first, second = house.platform.records("Letters")
    assert dict(first.fields) == cancelled
    assert second.fields["Key"] == "CW-2026-0001/letter/acknowledgement/2"
    assert (second.fields["State"], len(second.fields["Document"])) == (c.LetterState.DRAFT, 1)
    assert second.fields["To"] == first.fields["To"]

    house.staff_write("amber", "Letters", second.id, decision=c.LetterDecision.CANCELLED)
    victim(house, **BY_TELEPHONE)
    assert len(house.platform.records("Letters")) == 2, "cancelled and not safe to write: nothing is made"
    victim(house, address="9 Refuge Lane", **BY_LETTER)
    assert letter(house, 3)["Key"] == "CW-2026-0001/letter/acknowledgement/3"
    house.staff_write("amber", "Letters", house.platform.records("Letters")[2].id, decision=c.LetterDecision.POSTED)
    victim(house, address="15 Example Row")
    assert len(house.platform.records("Letters")) == 3, "one went, so no other is owed"


def test_a_decision_that_is_taken_back_opens_the_letter_again() -> None:
    """Staff ticked the wrong row."""
    house = a_case()
    house.staff_write("amber", "Letters", house.only("Letters").id, decision=c.LetterDecision.POSTED)
    victim(house, address="14 Example Row")
    old = files(letter(house))
    house.staff_write("amber", "Letters", house.only("Letters").id, decision=None)
    assert letter(house)["State"] == c.LetterState.DRAFT
    assert files(letter(house)) != old


def test_each_victim_has_letters_of_their_own() -> None:
    """A second victim's key is not taken for the first one's second letter."""
    house = a_case()
    second = house.staff_write(
        "amber", "People", name="Other Person", role=c.PersonRole.VICTIM, address="3 Example Row", postcode="ZZ1 4AB",
        **BY_LETTER,
    )  # fmt: skip
    house.staff_write("amber", "Incidents", house.only("Incidents").id, victims=("1", second))
    row = house.only("Letters", Key=f"CW-2026-0001/letter/acknowledgement/person-{second}")
    house.staff_write("amber", "Letters", row.id, decision=c.LetterDecision.CANCELLED)
    house.staff_write("amber", "People", second, address="4 Example Row")
    keys = sorted(r.fields["Key"] for r in house.platform.records("Letters"))
    assert [key.removeprefix("CW-2026-0001/letter/acknowledgement") for key in keys] == [
        "", f"/person-{second}", f"/person-{second}/2",
    ]  # fmt: skip


def test_a_letter_is_set_in_type_once_and_not_with_every_look(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    monkeypatch.setattr(
        import_module("automations.letters.draft"), "render_pdf", lambda *_, **__: made.append(1) or b"%PDF"
    )
    house = a_case()
    for _ in range(3):
        house.wait(hours=1)
    assert len(made) == 1
