"""Stories: the newcomer to Harbour Row Homes finds letters at each stage of their life, as staff left them."""

import io
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import docx
import pytest

from automations.perform import Performer
from automations.ports import File
from automations.reading import office
from casewatch.demo.letter_life import BEFORE, CHANGED_TO, go_on
from casewatch.demo.letter_rows import LETTERS
from casewatch.demo.older_cases import make_older_cases
from schema import choices as c
from tests.house import HarbourRow
from tests.stories.test_the_demonstration import SignedIn

K, S = c.LetterKind, c.LetterState


@pytest.fixture(scope="module")
def shown() -> SimpleNamespace:
    """The demonstration as a newcomer opens it: made, one pass, what staff did with the drafts, another pass."""
    house = HarbourRow("2026-11-20 10:00")
    coral, amber = SignedIn(house, "coral"), SignedIn(house, "amber")
    performer = Performer(house.platform, None, None, lambda: house.now)
    before = office(house.platform, house.now)
    assert list(make_older_cases(house.platform, coral, amber, performer, before, house.now))
    house.run()
    house.wait(minutes=1)
    assert list(go_on(amber, coral, house.now))
    house.wait(minutes=1)
    return SimpleNamespace(house=house, amber=amber, coral=coral)


def letter(shown: SimpleNamespace, kind: c.LetterKind, older: int) -> Mapping[str, Any]:
    """The cells of the one letter of a kind on an older case."""
    platform = shown.house.platform
    [case] = platform.find("Cases", "Report", [f"older-{older}"])
    [found] = [r for r in platform.find("Letters", "Case", [case.id]) if r.fields["Kind"] == kind]
    return {"id": found.id, **found.fields}


def test_the_newcomer_finds_every_letter_that_staff_asked_for_and_no_other_state_of_it(shown: SimpleNamespace) -> None:
    """HC-102, HC-132: each of seven states, and half of all the kinds of letter there are."""
    states = {letter(shown, each.kind, each.case)["State"] for each in LETTERS}
    assert states == set(S) - {S.SENDING, S.REFUSED, S.UNKNOWN}, "a demo's mail server takes every letter"
    assert len({each.kind for each in LETTERS}) >= len(c.LetterKind) / 2


def test_the_newcomer_finds_drafts_in_two_forms_and_says_what_each_of_the_others_waits_for(
    shown: SimpleNamespace,
) -> None:
    """HC-024, R-17: a draft as a PDF and in Word; one not safe to write, and one that wants a fact, have neither."""
    draft = letter(shown, K.ACKNOWLEDGEMENT, 1)
    assert (draft["State"], len(draft["Document"]), len(draft["Draft in Word"])) == (S.DRAFT, 1, 1)

    held, missing = letter(shown, K.PROGRESS, 6), letter(shown, K.PROGRESS, 4)
    assert (held["State"], held["Document"], held["Draft in Word"]) == (S.HELD, (), ())
    assert held["What is missing"] == ("The victim has not said that a letter to the home is safe. What is safe: "
                                       "Telephone.")  # fmt: skip
    assert (missing["State"], missing["Document"]) == (S.NOT_MADE, ())
    assert "Words for the reader" in missing["What is missing"]
    assert "every victim's agreement" in letter(shown, K.APPOINTMENT, 5)["What is missing"]


def test_the_newcomer_finds_a_warning_that_a_manager_approved_and_one_that_waits_for_it(shown: SimpleNamespace) -> None:
    """HC-093, R-25: the approval is a row of a manager's own; the tenant's copy wants one of its own too."""
    approved, waits = letter(shown, K.WARNING, 8), letter(shown, K.WARNING, 10)
    assert (approved["State"], approved["What is missing"]) == (S.APPROVED, None)
    for each in (waits, letter(shown, K.TENANT_WARNING, 10)):
        assert each["State"] == S.DRAFT
        assert "a line manager approves it first" in each["What is missing"]
    [by] = [r for r in shown.house.platform.records("Approvals") if r.fields["Letter"] == (approved["id"],)]
    assert {x.by for x in shown.house.platform.history("Approvals", by.id)} == {"coral@harbour-row.example"}


def test_the_newcomer_finds_one_letter_that_staff_changed_in_word(shown: SimpleNamespace) -> None:
    """HC-100: one sentence is another; the file has the draft's name, and nothing says that the facts changed."""
    edited = letter(shown, K.VICTIM_OUTCOME, 10)
    assert (edited["State"], edited["What is missing"]) == (S.DRAFT, None)
    words = {name: _in_word(shown, edited, name) for name in ("Draft in Word", "Edited document")}
    assert words["Edited document"] == words["Draft in Word"].replace(BEFORE, CHANGED_TO)
    assert CHANGED_TO in words["Edited document"]
    assert _file(edited, "Edited document").name == _file(edited, "Draft in Word").name


def test_the_newcomer_finds_letters_sent_and_sealed_each_told_in_the_chronology(shown: SimpleNamespace) -> None:
    """HC-132, A-33: the hash of what went, and a development; so for the outcome that a manager approved first."""
    platform = shown.house.platform
    told = {str(r.fields["Key"]) for r in platform.records("Developments")}
    for kind, older in ((K.DELAY, 11), (K.HOMELESSNESS, 11), (K.PERPETRATOR_OUTCOME, 14), (K.CLOSING, 15)):
        sent = letter(shown, kind, older)
        assert (sent["State"], sent["What is missing"]) == (S.SENT, None), kind
        assert sent["Hash"], kind
        assert any(f"letters-{sent['id']}" in key for key in told), kind


def test_the_newcomer_finds_a_letter_that_came_back_and_what_to_do_and_one_that_nobody_needs(
    shown: SimpleNamespace,
) -> None:
    """HC-100: the case of the first asks again where the victim may be reached; of the second nothing is asked."""
    back, gone = letter(shown, K.PROGRESS, 5), letter(shown, K.TRANSFER_FORM, 8)
    assert (back["State"], bool(back["Hash"])) == (S.RETURNED, True)
    assert (gone["State"], gone["Hash"]) == (S.CANCELLED, None)
    asks = {
        str(r.fields["Report"]): str(r.fields["What needs a person"]) for r in shown.house.platform.records("Cases")
    }
    assert f"Letters {back['id']}: it came back, so nobody was told." in asks["older-5"]
    assert f"Letters {gone['id']}:" not in asks["older-8"]


def test_the_newcomer_finds_a_plan_in_large_print(shown: SimpleNamespace) -> None:
    """HC-025: the victim asked for it; the next one's letter is in the usual size."""
    large, usual = letter(shown, K.ACTION_PLAN, 3), letter(shown, K.ACKNOWLEDGEMENT, 1)
    sizes = [docx.Document(io.BytesIO(_word(shown, x, "Draft in Word"))).styles["Normal"].font.size for x in
             (large, usual)]  # fmt: skip
    assert sizes[0] > sizes[1]


def test_the_demonstration_opened_twice_does_nothing_twice(shown: SimpleNamespace) -> None:
    """HC-132: neither staff nor the runner has anything left to do."""
    shown.house.wait(minutes=6)
    assert shown.house.runner.once(sweep=True).effects == 0
    assert list(go_on(shown.amber, shown.coral, shown.house.now)) == []


def _file(row: Mapping[str, Any], column: str) -> File:
    [file] = row[column]
    assert isinstance(file, File)
    return file


def _word(shown: SimpleNamespace, row: Mapping[str, Any], column: str) -> bytes:
    return bytes(shown.house.platform.fetch("Letters", row["id"], column, _file(row, column).name))


def _in_word(shown: SimpleNamespace, row: Mapping[str, Any], column: str) -> str:
    return "\n".join(p.text for p in docx.Document(io.BytesIO(_word(shown, row, column))).paragraphs)
