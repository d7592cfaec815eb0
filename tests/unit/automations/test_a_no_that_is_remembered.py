"""A no whose row is gone: the chronology remembers it, and as widely as the row itself would have counted."""

from datetime import timedelta

import pytest

from automations import model as m
from automations.refusals import key_of, remembered
from schema import choices as c
from tests.unit.automations.made_up import case, consent
from tests.unit.automations.who_and_when import ACCUSED, NINE, VICTIM


def seen(option: c.Option, asked: str | None, about: bool, **cells: str) -> bool:
    """Whether a no with those cells, told by the chronology alone, still counts."""
    row = consent(option, c.Answer.NO, **cells)
    key = key_of(case(), row, NINE + timedelta(hours=1))
    told = case(developments=(m.Development(id="d1", created_at=NINE, key=key),))
    who = ACCUSED if about else None
    return bool(remembered(told, option, VICTIM, told.incidents[0], organisation=asked, about=who))


@pytest.mark.parametrize("option", [c.Option.CDRP, c.Option.POLICE])
def test_a_no_to_the_partnership_or_the_police_is_one_by_whatever_name_they_go(option: c.Option) -> None:
    """R-13, HC-108: while a no to one of several agencies is of that one only."""
    assert seen(option, "Quayside Community Safety Partnership", about=False, organisation="Quayside CSP")
    assert not seen(c.Option.AGENCY, "Another Landlord", about=False, organisation="Somebody Else")
    assert seen(c.Option.AGENCY, "Another Landlord", about=False, organisation="Another Landlord")


def test_a_no_about_somebody_counts_where_nobody_in_particular_is_asked_about() -> None:
    """R-13, HC-027: and not for another person than the one it is about."""
    assert seen(c.Option.CDRP, None, about=False, about_id="p1")
    assert seen(c.Option.PERPETRATOR, None, about=True, about_id="p1")
    assert not seen(c.Option.PERPETRATOR, None, about=True, about_id="p9")
