"""Stories: whether who collects the notices is a police body, and an office base that does not say."""

from typing import Any

import pytest

from casewatch.demo.landlord import EAST_PARTNERSHIP
from schema import choices as c
from tests.house import HarbourRow

pytestmark = pytest.mark.usefixtures("plain_letters")
NAME = b"Sample Person"


def named(answer: c.YesNo | None, **cells: Any) -> list[bool]:
    """Whether each notice of a case in the east names the victim, with that answer in the office base."""
    house = HarbourRow()
    east = house.only("Partners", Partner=EAST_PARTNERSHIP).id
    house.platform.update("Partners", [(east, {"Is it a police body": answer})])
    house.report(tell_the_partnership=c.Answer.YES, **cells)
    return [NAME in body for body in house.east.notices.values()]


@pytest.mark.parametrize("answer", [None, c.YesNo.NOT_KNOWN, c.YesNo.YES])
def test_where_nobody_said_that_it_is_no_police_body_the_name_waits_for_agreement_to_the_police(
    answer: c.YesNo | None,
) -> None:
    """R-14: unknown is shut for disclosure. HC-052: with the agreement, or where it is none, the name goes."""
    assert named(answer) == []
    assert named(answer, refer_to_the_police=c.Answer.NO) == [False]
    assert named(answer, refer_to_the_police=c.Answer.YES) == [True]
    assert named(c.YesNo.NO) == [True]


def test_an_answer_that_cannot_be_read_is_no_answer() -> None:
    """R-14: the cell of a base that somebody changed by hand."""
    house = HarbourRow()
    house.platform.spoil("Partners", house.only("Partners", Partner=EAST_PARTNERSHIP).id, "Is it a police body", "no?")
    house.report(tell_the_partnership=c.Answer.YES)
    assert not house.east.notices


def test_an_administrator_is_told_that_the_office_base_does_not_say() -> None:
    house = HarbourRow()
    house.run()
    assert not house.platform.records("Run log")
    east = house.only("Partners", Partner=EAST_PARTNERSHIP).id
    house.platform.update("Partners", [(east, {"Is it a police body": None})])
    house.run()
    assert f"Partners {east}: say" in str(house.only("Run log").fields["Detail"])
