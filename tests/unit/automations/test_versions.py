"""Versions of the action plan: a number that was entered, else the place by when it was agreed."""

from datetime import timedelta
from itertools import permutations

from automations.model import Plan
from automations.versions import version_of
from tests.unit.automations.made_up import case
from tests.unit.automations.who_and_when import NINE

DAY = timedelta(days=1)


def plan(id: str, agreed: int, entered: int = 0, version: str | None = None, victim: str = "v1") -> Plan:
    return Plan(id=id, created_at=NINE + entered * DAY, agreed_at=NINE + agreed * DAY, victim_id=victim,
                version=version)  # fmt: skip


def test_the_version_agreed_first_is_the_first_whichever_row_was_entered_first() -> None:
    """HC-108: a plan agreed on Monday and entered on Thursday came before the one of Wednesday."""
    early, late = plan("2", 0, entered=3), plan("1", 2)
    for rows in permutations((early, late, plan("3", 1, victim="v2"))):
        on = case(plans=rows)
        assert (version_of(on, early), version_of(on, late)) == (1, 2), "another victim's versions are their own"


def test_of_two_agreed_at_one_moment_the_ninth_row_comes_before_the_tenth() -> None:
    nine, ten = plan("9", 0), plan("10", 0)
    on = case(plans=(ten, nine))
    assert (version_of(on, nine), version_of(on, ten)) == (1, 2)


def test_a_number_that_staff_entered_is_the_number() -> None:
    on = case(plans=(plan("1", 0, version=" 4 "), plan("2", 1, version="two"), plan("3", 2)))
    assert [version_of(on, x) for x in on.plans] == [4, 2, 3]
