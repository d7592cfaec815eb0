"""Stories: a document that is cut off, refused or cannot be made. No row claims a file that is not there."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest

from automations.effects import Seal
from automations.errors import NotWritten, TryAgainLater
from schema import choices as c
from tests.house import HarbourRow
from tests.stories.day_by_day import a_case, needs
from tests.stories.test_letters_that_staff_ask_for import victim

pytestmark = pytest.mark.usefixtures("plain_letters")
STATE = c.LetterState
Attach = Callable[..., None]


def refused(attach: Attach, *_: Any, **__: Any) -> None:
    raise NotWritten("Letters, field Document: the file was not kept.")


def down(attach: Attach, *_: Any, **__: Any) -> None:
    raise TryAgainLater


def down_behind_it(attach: Attach, *given: Any, **more: Any) -> None:
    attach(*given, **more)
    raise TryAgainLater


Failure = Callable[..., None]
FAILURES = [refused, down, down_behind_it]


def failing(house: HarbourRow, monkeypatch: pytest.MonkeyPatch, failure: Failure) -> None:
    attach = house.platform.attach
    monkeypatch.setattr(house.platform, "attach", lambda *given, **more: failure(attach, *given, **more))


def run(house: HarbourRow) -> None:
    try:
        house.run()
    except TryAgainLater:
        return


def honest(house: HarbourRow) -> dict[str, Any]:
    """The letter's cells, once it is clear that they claim nothing that is not there."""
    row = dict(house.only("Letters").fields)
    claims = row["State"] in (STATE.DRAFT, STATE.APPROVED) or row["Made from"] or row["Made at"]
    assert row["Document"] or not claims
    return row


@pytest.mark.parametrize("failure", FAILURES)
def test_a_first_draft_that_is_not_kept_is_claimed_by_no_row_and_made_by_a_later_pass(
    failure: Failure, monkeypatch: pytest.MonkeyPatch
) -> None:
    """HC-024, HC-121."""
    house = HarbourRow()
    with monkeypatch.context() as broken:
        failing(house, broken, failure)
        try:
            house.report()
        except TryAgainLater:
            run(house)
        assert honest(house)["State"] != STATE.DRAFT
    house.wait(minutes=6)
    assert (honest(house)["State"], len(honest(house)["Document"])) == (STATE.DRAFT, 1)


@pytest.mark.parametrize("failure", FAILURES)
def test_a_draft_that_is_to_be_made_anew_and_cannot_be_is_claimed_by_no_row(
    failure: Failure, monkeypatch: pytest.MonkeyPatch
) -> None:
    """HC-024: refused for good, the old address is not left to be posted, and the case says so; then it is made."""
    house = a_case()
    before = honest(house)
    with monkeypatch.context() as broken:
        failing(house, broken, failure)
        with house.platform.as_user("amber@harbour-row.example"):
            house.platform.update("People", [(victim(house), {"Address": "14 Example Row"})])
        run(house)
        now = honest(house)
        if failure is refused:
            assert (now["State"], now["Document"]) == (STATE.NOT_MADE, ())
            house.wait(minutes=6)
            assert "The letter could not be made, and is tried again; see Run log." in needs(house)
            at = house.only("Letters").updated_at
            house.wait(minutes=6)
            assert house.only("Letters").updated_at == at, "said once"
    house.wait(minutes=6)
    assert (honest(house)["State"], len(honest(house)["Document"])) == (STATE.DRAFT, 1)
    assert honest(house)["Made from"] != before["Made from"]
    assert needs(house) == ""


def test_a_letter_that_cannot_be_set_in_type_leaves_no_old_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """HC-024: as one that the platform refuses."""
    house = a_case()

    def broken(*_: Any, **__: Any) -> bytes:
        raise RuntimeError

    monkeypatch.setattr(import_module("automations.letters.draft"), "render_pdf", broken)
    victim(house, address="14 Example Row")
    assert (honest(house)["State"], honest(house)["Document"]) == (STATE.NOT_MADE, ())


def test_a_file_that_vanished_is_not_sealed_and_the_run_log_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """HC-121: nobody is told a hash of nothing; once it can be read again it is sealed."""
    house = a_case()
    fetch = house.platform.fetch

    def gone(*_: Any) -> bytes:
        raise KeyError

    monkeypatch.setattr(house.platform, "fetch", gone)
    id = house.only("Letters").id
    house.staff_write("amber", "Letters", id, decision=c.LetterDecision.POSTED, sent_at=house.now)
    assert honest(house)["Hash"] is None
    assert house.only("Run log").fields["Detail"] == f"Letters {id}: a file of it is no longer there."
    monkeypatch.setattr(house.platform, "fetch", fetch)
    house.wait(minutes=6)
    assert len(str(honest(house)["Hash"])) == 64


def test_what_was_sealed_is_not_sealed_again_by_a_pass_that_comes_late() -> None:
    """HC-121: the file may have been exchanged since; the first hash is of the one that went."""
    house = a_case()
    id = house.only("Letters").id
    seal = Seal("late", "Letters", id, "Document", "Hash")
    house.runner._performer.perform([seal])
    first = house.platform.records("Letters")[0].fields["Hash"]
    house.platform.attach("Letters", id, "Document", "another.pdf", b"another", "application/pdf", instead=True)
    house.runner._performer.perform([seal])
    assert house.platform.records("Letters")[0].fields["Hash"] == first
    assert first
