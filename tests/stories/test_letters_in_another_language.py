"""Stories: whoever reads another language waits for a translator, whom the checklist asks for, and for nobody else."""

import pytest

from automations.prompts import PROMPTS, Moment
from schema import choices as c
from tests.house import HarbourRow
from tests.stories.day_by_day import a_case, needs
from tests.stories.made_up_letters import offered
from tests.stories.test_letters_follow_the_facts import BY_LETTER, BY_TELEPHONE, files
from tests.stories.test_letters_that_staff_ask_for import row, upload, victim

pytestmark = pytest.mark.usefixtures("plain_letters")
STATE = c.LetterState
POLISH = "A letter in Polish needs a translator."
[TASK] = [prompt.words for prompt in PROMPTS if prompt.when is Moment.TRANSLATION]


def tasks(house: HarbourRow) -> list[str]:
    """The letters that the checklist asks a translator for."""
    rows = [r.fields for r in house.platform.records("Checklist") if r.fields["Prompt"] == TASK]
    return [str(fields["About"]).removeprefix("Letter to translate ") for fields in rows]


def of(house: HarbourRow, kind: c.LetterKind) -> list[str]:
    return [r.id for r in house.platform.records("Letters") if r.fields["Kind"] == kind]


def test_a_translator_is_asked_for_once_and_their_letter_stands() -> None:
    """HC-024, HC-054: no machine translates it; what the translator wrote is staff's own letter."""
    house = a_case()
    [id] = of(house, c.LetterKind.ACKNOWLEDGEMENT)
    assert (row(house, id)["State"], tasks(house)) == (STATE.DRAFT, [])
    victim(house, language="Polish")
    assert (row(house, id)["State"], row(house, id)["What is missing"]) == (STATE.HELD, POLISH)
    assert (files(row(house, id)), tasks(house)) == ([], [id])
    assert f"Letters {id}: not made. {POLISH}" in needs(house)
    upload(house, id, "list.pdf")
    assert (row(house, id)["State"], row(house, id)["What is missing"]) == (STATE.DRAFT, None)
    assert f"Letters {id}" not in needs(house)
    house.wait(hours=2)
    assert tasks(house) == [id]
    victim(house, language=None)
    assert len(row(house, id)["Edited document"]) == 1


def test_a_letter_that_a_step_asks_for_has_a_row_for_the_translator(monkeypatch: pytest.MonkeyPatch) -> None:
    """HC-054, HC-103: it may be written, only not by us. Where a letter is not safe, nobody is asked to write it."""
    offered(monkeypatch, c.LetterKind.PROGRESS)
    house = a_case()
    victim(house, language="Polish", **BY_TELEPHONE)
    house.go_to("2026-12-01 10:00")
    assert (of(house, c.LetterKind.PROGRESS), tasks(house)) == ([], [])
    victim(house, **BY_LETTER)
    [id] = of(house, c.LetterKind.PROGRESS)
    assert (row(house, id)["State"], row(house, id)["What is missing"]) == (STATE.HELD, POLISH)
    assert id in tasks(house)
