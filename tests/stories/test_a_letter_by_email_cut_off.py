"""Stories: a wish taken back, or a runner killed, while a letter is on its way into the post by e-mail."""

from collections.abc import Callable
from typing import Any

import pytest

from automations.emailing import GONE_BEFORE, NOBODY_KNOWS
from automations.tokens import Tokens
from schema import choices as c
from tests.house import HarbourRow
from tests.stories.day_by_day import needs
from tests.stories.test_a_letter_by_email import BY_EMAIL, SAID, STATE, a_letter, decide, gone
from tests.stories.test_cut_off_while_sending import Died, dies_at
from tests.stories.test_letters_that_staff_ask_for import row, victim

pytestmark = pytest.mark.usefixtures("plain_letters")


def meanwhile(house: HarbourRow, monkeypatch: pytest.MonkeyPatch, act: Callable[[], Any]) -> None:
    """Somebody else does that once the runner has written that it sends."""
    write = house.platform.update

    def update(name: str, rows: Any) -> None:
        write(name, rows)
        if any(cells.get("State") == STATE.SENDING for _, cells in rows):
            monkeypatch.undo()
            with house.platform.as_user("amber@harbour-row.example"):
                act()

    monkeypatch.setattr(house.platform, "update", update)


@pytest.mark.parametrize(("table", "cells", "why"), [
    ("People", {"Safe ways to contact": (c.Channel.LETTER,)}, "Not sent: The reader has not said that e-mail is safe."),
    ("People", {"Letters by e-mail": False}, "Not sent: The reader has not asked for letters by e-mail"),
    ("Letters", {"Decision": c.LetterDecision.CANCELLED}, None),
    ("Letters", {"Decision": None}, None),
])  # fmt: skip
def test_a_way_or_a_decision_taken_back_at_the_last_moment_is_found(
    monkeypatch: pytest.MonkeyPatch, table: str, cells: dict[str, Any], why: str | None
) -> None:
    """HC-024, R-13: read again immediately before the bytes leave; given again, it goes."""
    house, id = a_letter()
    who = victim(house)
    meanwhile(house, monkeypatch, lambda: house.platform.update(table, [(who if table == "People" else id, cells)]))
    house.staff_write("amber", "Letters", id, decision=BY_EMAIL)
    house.run()
    assert gone(house) == 0
    assert row(house, id)["State"] == (STATE.CANCELLED if cells.get("Decision") else STATE.DRAFT)
    assert str(row(house, id)[SAID] or "").startswith(why or "")
    victim(house, **{"Safe ways to contact": (c.Channel.EMAIL, c.Channel.LETTER), "Letters by e-mail": True})
    decide(house, id)
    assert gone(house) == 1


def test_another_address_at_the_last_moment_is_the_one_that_it_goes_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """HC-024: not to the one that was corrected meanwhile; the next pass sends it."""
    house, id = a_letter()
    who = victim(house)
    meanwhile(house, monkeypatch, lambda: house.platform.update("People", [(who, {"E-mail": "new@example.org"})]))
    decide(house, id)
    house.run()
    assert [to for to, _ in house.mail.letters] == ["new@example.org"]


@pytest.mark.parametrize(("table", "cell", "value", "left", "state", "said"), [
    ("Letters", "State", STATE.SENDING, 0, STATE.UNKNOWN, NOBODY_KNOWS),
    ("Letters", "State", STATE.SENT, 1, STATE.UNKNOWN, NOBODY_KNOWS),
    ("Send tokens", "Outcome", "Sent", 1, STATE.SENT, None),
])  # fmt: skip
def test_a_runner_killed_while_it_sends_never_sends_it_twice(
    monkeypatch: pytest.MonkeyPatch, table: str, cell: str, value: object, left: int, state: c.LetterState, said: str
) -> None:
    """HC-024: where nobody can tell whether it went, a person asks; where the row says that it went, it went."""
    house, id = a_letter()
    dies_at(house, monkeypatch, table, cell, value)
    with pytest.raises(Died):
        decide(house, id)
    house.restart()
    house.wait(hours=1)
    house.wait(hours=1)
    assert (gone(house), row(house, id)["State"]) == (left, state)
    assert row(house, id)[SAID] == said or said is None
    assert ("nobody knows whether it went" in needs(house)) == (state is STATE.UNKNOWN)


def test_what_another_runner_has_just_begun_to_send_is_left_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """HC-024: both found no token; one of them took it first."""
    house, id = a_letter()
    reference = house.only("Cases").fields["Reference"]
    house.platform.create("Send tokens", [{"Token": f"{reference}/e-mail/letters-{id}", "Taken at": house.now}])
    with monkeypatch.context() as patch:
        patch.setattr(Tokens, "is_doubtful", lambda *_: False)
        assert decide(house, id)["State"] == STATE.DRAFT
    assert gone(house) == 0


def test_a_try_that_two_runners_begin_at_once_after_one_that_failed_is_made_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """HC-024: each try has a token of its own, so what was not sent is not sent twice now. Tried again, it goes."""
    house, id = a_letter()
    house.mail.down = True
    decide(house, id)
    house.mail.down = False
    token = f"{house.only('Cases').fields['Reference']}/e-mail/letters-{id}"
    other, took = Tokens(house.platform, lambda: house.now), list[bool]()

    def first(write: Callable[..., Any]) -> Callable[..., Any]:
        def beaten_to_it(table: str, rows: Any) -> Any:
            if table == "Send tokens" and not took:
                took.append(False)
                took[0] = other.take(token, only_once=True)
            return write(table, rows)

        return beaten_to_it

    with monkeypatch.context() as patch:
        for name in ("create", "update"):
            patch.setattr(house.platform, name, first(getattr(house.platform, name)))
        house.wait(hours=1)
    assert (took, gone(house)) == ([True], 0)
    other.settle(token, "Not sent")
    house.wait(hours=1)
    assert (gone(house), row(house, id)["State"]) == (1, STATE.SENT)


def test_a_token_that_knows_that_it_went_is_believed() -> None:
    """HC-024: the row lost what was written on it; it is told again, and nothing is sent."""
    house, id = a_letter()
    decide(house, id)
    house.platform.update("Letters", [(id, {"State": STATE.SENDING, "E-mailed at": None, "Hash": None})])
    house.wait(hours=1)
    assert (gone(house), row(house, id)["State"], row(house, id)[SAID]) == (1, STATE.SENT, GONE_BEFORE)
    assert row(house, id)["Hash"]
