"""Stories: two answers of one victim to one question that disagree. The no counts, and the case says so."""

from typing import Any

import pytest

from schema import choices as c
from tests.house import HarbourRow
from tests.stories.day_by_day import needs

pytestmark = pytest.mark.usefixtures("plain_letters")


def agreed() -> HarbourRow:
    house = HarbourRow()
    house.report(**{"Refer to the police": c.Answer.YES})
    return house


def answers(house: HarbourRow, **cells: Any) -> str:
    """A second row about the same question, from the same victim unless told otherwise."""
    victim = house.only("People", key="CW-2026-0001/victim").id
    told: dict[str, Any] = {"option": c.Option.POLICE, "victim": (victim,), "answer": c.Answer.NO}
    return house.staff_write("amber", "Consents", **(told | cells))


def test_a_yes_and_a_no_to_one_question_are_named_with_the_one_that_counts() -> None:
    """R-13, HC-032: until one of them is put right."""
    house = agreed()
    yes = house.only("Consents", option=c.Option.POLICE).id
    assert "says yes and" not in needs(house)

    no = answers(house)
    assert f"Consents {yes} says yes and Consents {no} says no (Refer to the police): the no counts." in needs(house)

    house.staff_write("amber", "Consents", yes, answer=c.Answer.NO)
    assert "says yes and" not in needs(house)


@pytest.mark.parametrize("other", ["another question", "another organisation"])
def test_answers_to_two_questions_do_not_disagree(other: str) -> None:
    """R-12: an answer is of one option and one organisation."""
    house = agreed()
    support: dict[str, Any] = {"option": c.Option.SUPPORT, "given_by": c.GivenBy.VICTIM}
    if other == "another organisation":
        answers(house, **support, answer=c.Answer.YES, organisation="Sample Support")
    answers(house, **support, organisation="Example Aid")

    assert "says yes and" not in needs(house)
    if other == "another organisation":
        no = answers(house, **support, organisation="sample  support")
        assert f"and Consents {no} says no (Refer for support)" in needs(house)


def test_a_change_of_mind_with_a_new_plan_is_no_disagreement() -> None:
    """R-13: the later yes counts, and nobody is asked anything."""
    house = agreed()
    answers(house)
    house.wait(hours=1)
    victim = house.only("People", key="CW-2026-0001/victim").id
    answers(house, answer=c.Answer.YES, given_by=c.GivenBy.VICTIM, given_at=house.now)
    assert "says yes and" in needs(house)
    house.wait(hours=1)
    house.staff_write("amber", "Action plan", victim=(victim,), agreed_at=house.now)

    assert needs(house).count("says yes and") == 0
