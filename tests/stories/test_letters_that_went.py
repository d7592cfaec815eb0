"""Stories: a letter approved, sent, sealed and come back; what was sent unsafely or without its approval is told."""

from hashlib import sha256
from typing import Any

import pytest

from schema import choices as c
from tests.house import HarbourRow
from tests.stories.day_by_day import ACCUSED, Kind, a_case, approved, met, needs
from tests.stories.day_by_day import STATE as STEP
from tests.stories.made_up_letters import offered_to_the_accused
from tests.stories.test_keeping_in_touch import contact
from tests.stories.test_letters_that_a_step_asks_for import at_home, of
from tests.stories.test_letters_that_staff_ask_for import asked, row, upload, victim

pytestmark = pytest.mark.usefixtures("plain_letters")
STATE = c.LetterState
WARNING, PROGRESS, FIRST = c.LetterKind.WARNING, c.LetterKind.PROGRESS, c.LetterKind.ACKNOWLEDGEMENT
SENT, BACK = c.LetterDecision.POSTED, c.LetterDecision.RETURNED
DOCUMENT = b"%PDF- a sample"


def a_warning(monkeypatch: pytest.MonkeyPatch) -> tuple[HarbourRow, str]:
    """A house with the draft of a warning, an hour old."""
    offered_to_the_accused(monkeypatch, WARNING)
    house = a_case(**ACCUSED)
    at_home(house)
    met(house)
    met(house, Kind.PERPETRATOR)
    [(id, _)] = of(house, WARNING)
    house.wait(hours=1)
    return house, id


def send(house: HarbourRow, id: str, **cells: Any) -> None:
    house.staff_write("amber", "Letters", id, **({"decision": SENT, "sent_at": house.now} | cells))


def developments(house: HarbourRow, words: str) -> list[str]:
    rows = house.platform.records("Developments")
    return [str(r.fields["Detail"]) for r in rows if r.fields["Development"] == words]


def test_a_warning_is_a_draft_until_a_line_manager_approves_it_as_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """HC-093, R-25, R-26: not by its own officer, not another letter, and not once the facts have changed."""
    house, id = a_warning(monkeypatch)
    waits = "Not to be sent yet: a line manager approves it first (Approvals, matter: Letter, with this letter)."
    assert (row(house, id)["State"], row(house, id)["What is missing"]) == (STATE.DRAFT, waits)
    approved(house, id, who="amber")
    approved(house, of(house, FIRST)[0][0])
    assert row(house, id)["State"] == STATE.DRAFT, "its own officer; another letter"
    approved(house, id)
    assert (row(house, id)["State"], row(house, id)["What is missing"]) == (STATE.APPROVED, None)
    assert len(row(house, id)["Document"]) == 1

    house.wait(hours=1)
    house.staff_write("amber", "People", house.only("People", role=c.PersonRole.PERPETRATOR).id, address="8 Row")
    assert (row(house, id)["State"], row(house, id)["What is missing"]) == (STATE.DRAFT, waits)
    house.wait(hours=1)
    approved(house, id)
    assert row(house, id)["State"] == STATE.APPROVED
    house.wait(hours=1)
    upload(house, id, "sharper words.docx")
    assert row(house, id)["State"] == STATE.DRAFT, "other words than those approved"
    house.wait(hours=1)
    approved(house, id, decision=c.Decision.REFUSED)
    assert row(house, id)["State"] == STATE.DRAFT
    house.wait(hours=1)
    approved(house, id)
    assert row(house, id)["State"] == STATE.APPROVED


def test_other_words_under_the_same_name_and_of_the_same_size_want_another_approval(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """HC-093, R-25: what the manager saw is no longer what would go; looked at again and again it stays approved."""
    house, id = a_warning(monkeypatch)
    upload(house, id, "edited.docx", b"first")
    house.wait(hours=1)
    approved(house, id)
    house.wait(hours=1)
    assert row(house, id)["State"] == STATE.APPROVED
    house.platform.update("Letters", [(id, {"Edited document": ()})])
    upload(house, id, "edited.docx", b"other")
    assert row(house, id)["State"] == STATE.DRAFT
    house.wait(hours=1)
    approved(house, id)
    assert row(house, id)["State"] == STATE.APPROVED


def test_a_warning_that_went_without_its_approval_is_told_and_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """HC-093, R-25: until a line manager has approved it; then it counts from when it went."""
    house, id = a_warning(monkeypatch)
    send(house, id)
    went = house.now
    assert f"Letters {id}: it went without its approval, so it does not count: a line manager approves" in needs(house)
    assert (row(house, id)["State"], house.action("warning_letter")["State"]) == (STATE.SENT, STEP.OPEN)
    assert len(of(house, WARNING)) == 1, "no second letter is made for it"
    house.wait(hours=3)
    approved(house, id)
    assert (needs(house), house.action("warning_letter")["State"]) == ("", STEP.DONE)
    assert house.action("warning_letter")["Done at"] == went


def test_a_letter_to_a_shared_home_that_was_posted_all_the_same_does_not_count() -> None:
    """R-18, HC-024: a letter that counted does not cease to when the alleged perpetrator moves in afterwards."""
    house = a_case(**ACCUSED)
    accused = house.only("People", role=c.PersonRole.PERPETRATOR).id
    house.staff_write("amber", "People", accused, lives_with_the_victim=c.YesNo.YES)
    [(id, files)] = of(house, FIRST)
    assert files == 0
    send(house, id)
    assert "it went without its approval, so it does not count: the address is shared" in needs(house)
    assert house.action("details_to_victim")["State"] == STEP.OPEN
    approved(house, id)
    assert "it went without" not in needs(house)
    assert house.action("details_to_victim")["State"] == STEP.DONE

    later = a_case(**ACCUSED)
    send(later, of(later, FIRST)[0][0])
    accused = later.only("People", role=c.PersonRole.PERPETRATOR).id
    later.staff_write("amber", "People", accused, lives_with_the_victim=c.YesNo.YES)
    assert later.action("details_to_victim")["State"] == STEP.DONE
    assert "it went without" not in needs(later)


def test_what_went_is_sealed_and_told_as_a_development_without_a_name() -> None:
    """HC-121, HC-120: which letter, when, how, and the hash of the very file; taken back, it opens again."""
    house = a_case()
    [(id, _)] = of(house, FIRST)
    words = f"Letter sent: {FIRST}"
    house.staff_write("amber", "Letters", id, decision=SENT)
    mark = sha256(DOCUMENT).hexdigest()
    assert (row(house, id)["Hash"], developments(house, words)) == (mark, []), "nobody has said when"
    send(house, id, sent_how=c.Channel.LETTER)
    assert developments(house, words) == [f"Letters {id}. Letter to the home. SHA-256 {mark}."]
    files = row(house, id)["Document"]
    victim(house, address="14 Example Row")
    assert (row(house, id)["Document"], row(house, id)["Hash"]) == (files, mark)

    house.staff_write("amber", "Letters", id, decision=None, sent_at=None)
    assert row(house, id)["Hash"] is None
    assert row(house, id)["Document"] != files
    upload(house, id, "as edited.docx", b"PK my words")
    send(house, id)
    assert row(house, id)["Hash"] == sha256(b"PK my words").hexdigest(), "what went, not what lay beside it"
    assert len(developments(house, words)) == 2


def test_a_letter_of_staffs_own_follows_their_decision_and_is_told_of_without_a_copy() -> None:
    """HC-121, A-33: a kind that we do not write; a hash there is only of what is there."""
    house = a_case()
    id = asked(house, c.LetterKind.OTHER)
    assert developments(house, "Letter sent: Another letter") == []
    send(house, id)
    assert row(house, id)["State"] == STATE.SENT
    assert developments(house, "Letter sent: Another letter") == [f"Letters {id}. No copy of it is kept on its row."]
    house.staff_write("amber", "Letters", id, decision=None)
    assert row(house, id)["State"] is None


def test_a_letter_that_went_by_a_way_that_is_not_safe_is_told_at_once() -> None:
    """HC-024, R-21: until somebody has spoken to the reader since."""
    house = a_case()
    [(id, _)] = of(house, FIRST)
    send(house, id, sent_how=c.Channel.LETTER)
    assert needs(house) == ""
    house.staff_write("amber", "Letters", id, sent_how=c.Channel.EMAIL)
    assert f"Letters {id}: it went by e-mail, which the reader has not said is safe." in needs(house)
    house.wait(hours=1)
    contact(house)
    assert "it went by" not in needs(house)


def test_a_letter_that_came_back_told_nobody_and_opens_the_question_of_safe_ways_again() -> None:
    """HC-024, R-10: the step opens again; the sentence goes once the reader's row is put right."""
    house = a_case()
    [(id, _)] = of(house, FIRST)
    send(house, id)
    assert house.action("details_to_victim")["State"] == STEP.DONE
    house.wait(hours=30)
    house.staff_write("amber", "Letters", id, decision=BACK)
    assert house.action("details_to_victim")["State"] != STEP.DONE
    assert f"Letters {id}: it came back, so nobody was told. Ask again which ways" in needs(house)
    assert (row(house, id)["State"], row(house, id)["Hash"]) == (STATE.RETURNED, sha256(DOCUMENT).hexdigest())
    house.wait(hours=1)
    victim(house, address="14 Example Row")
    assert "it came back" not in needs(house)
    fresh = asked(house, FIRST)
    assert row(house, fresh)["State"] == STATE.DRAFT, "an officer writes anew"
    send(house, fresh)
    assert house.action("details_to_victim")["State"] in (STEP.DONE, STEP.DONE_LATE)
