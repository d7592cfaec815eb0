"""Stories: a report told the police by name, then became part of another case. A no there calls it back (R-13)."""

from typing import Any

import pytest

from schema import choices as c
from tests.house import Desk, HarbourRow
from tests.stories.test_attached_to_another_case import FIRST, SECOND, attach, case, rows, says
from tests.stories.test_staff_decide_what_goes import POLICE

pytestmark = pytest.mark.usefixtures("plain_letters")
YES = {"Refer to the police": c.Answer.YES}


def told_then_attached(**second: Any) -> tuple[HarbourRow, Desk]:
    """The second report told the police by name, and was then put on the first case."""
    house = HarbourRow()
    desk = house.partner(POLICE, "Police", is_it_a_police_body=c.YesNo.YES)
    house.report()
    house.wait(hours=1)
    house.report(**(YES | second))
    [id] = [r.id for r in house.platform.find("Referrals", "Case", [case(house, SECOND).id])
            if r.fields["Purpose"] == c.Purpose.POLICE]  # fmt: skip
    house.staff_write("amber", "Referrals", id, decision=c.ReferralDecision.SEND)
    attach(house)
    house.wait(hours=1)
    assert messages(desk) == ["police_referral"]
    return house, desk


def messages(desk: Desk) -> list[str]:
    return [each["message"] for each in desk.told()]


def answered(house: HarbourRow, **cells: Any) -> None:
    """An answer on the first case that was not there before; then an hour goes by, and another."""
    told = {"option": c.Option.POLICE, "answer": c.Answer.NO, "case": (case(house, FIRST).id,)}
    house.staff_write("amber", "Consents", **(told | cells))
    house.wait(hours=1)
    house.wait(hours=1)


def test_a_victim_who_says_no_there_is_called_back_from_here() -> None:
    """R-13, HC-063: once, however often it is looked at; and nobody is asked to put that no right here."""
    house, desk = told_then_attached()
    carried = next(r.id for r in house.platform.find("Consents", "Case", [case(house, FIRST).id])
                   if r.fields["Answer"] == c.Answer.YES and r.fields["Option"] == c.Option.POLICE)  # fmt: skip
    house.staff_write("amber", "Consents", carried, answer=c.Answer.NO)
    assert messages(desk) == ["police_referral", "recall"]
    count = len(house.platform.records("Consents"))
    house.wait(hours=1)
    house.wait(hours=30)
    assert (messages(desk), len(house.platform.records("Consents"))) == (["police_referral", "recall"], count)
    assert "says yes and" not in says(house, SECOND)
    kept = [x["Development"] for x in rows(house, "Developments", SECOND)]
    assert "A victim said no on the case that this report is part of" in kept


def test_a_no_of_somebody_who_is_not_in_this_report_calls_nothing_back() -> None:
    """R-12: a neighbour harmed in another incident; a no that names nobody may be anybody's."""
    house, desk = told_then_attached()
    first = case(house, FIRST).id
    other = house.staff_write("amber", "People", name="Other Sample", role=c.PersonRole.VICTIM, case=(first,))
    answered(house, victim=(other,))
    assert messages(desk) == ["police_referral"]
    answered(house)
    assert messages(desk) == ["police_referral", "recall"]


def test_a_no_to_another_incident_alone_calls_nothing_back() -> None:
    """R-12: one to the incident that this report became does, for whoever came to that case with it."""
    house, desk = told_then_attached(victims_name="Another Sample")
    [old, new] = [r.id for r in house.platform.find("Incidents", "Case", [case(house, FIRST).id])]
    whose = house.only("People", name="Another Sample", case=(case(house, FIRST).id,)).id
    answered(house, victim=(whose,), incident=(old,))
    assert messages(desk) == ["police_referral"]
    answered(house, victim=(whose,), incident=(new,))
    assert messages(desk) == ["police_referral", "recall"]
