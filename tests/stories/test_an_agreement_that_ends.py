"""Stories: a victim says until when a partner may know. After that day nothing goes; before it they are told it."""

import json
from datetime import date
from typing import Any

import pytest

from schema import choices as c
from tests.house import HarbourRow

pytestmark = pytest.mark.usefixtures("plain_letters")
State = c.ReferralState


def until(last: date) -> HarbourRow:
    """The partner is down from Wednesday 18 November; the victim's yes holds until that day; it is up a day later."""
    house = HarbourRow("2026-11-18 09:00")
    house.east.down = True
    house.report(tell_the_partnership=c.Answer.YES)
    answer = next(r.id for r in house.platform.records("Consents") if r.fields["Option"] == c.Option.CDRP)
    house.platform.update("Consents", [(answer, {"Holds until": last})])
    house.wait(hours=24)
    house.east.down = False
    house.wait(hours=2)
    return house


def told(house: HarbourRow) -> list[Any]:
    return [json.loads(notice) for notice in house.east.notices.values()]


def test_an_agreement_goes_with_its_last_day_while_it_holds() -> None:
    """On the last day still; the partner reads when to stop (HC-052, R-12)."""
    [notice] = told(until(date(2026, 11, 19)))

    assert notice["form"] == "identified"
    assert notice["people"][0]["grounds"][0]["expires_on"] == "2026-11-19"


def test_the_day_after_it_nothing_goes_by_name_and_staff_read_why() -> None:
    """Neither at the next try nor on working day 10: then the statistics alone (R-14)."""
    house = until(date(2026, 11, 18))
    answer = next(r.id for r in house.platform.records("Consents") if r.fields["Option"] == c.Option.CDRP)
    row = house.only("Referrals").fields

    assert told(house) == []
    assert row["State"] == State.WAITING
    assert (
        f"Consents {answer}: the agreement held until Wednesday 18 November 2026: ask the victim again." in row["Why"]
    )

    house.wait(days=14)
    assert [notice["form"] for notice in told(house)] == ["statistical"]


def test_a_new_yes_carries_on_where_one_has_ended() -> None:
    """R-13: nobody said no, so no new plan is needed."""
    house = until(date(2026, 11, 18))
    answer = next(r for r in house.platform.records("Consents") if r.fields["Option"] == c.Option.CDRP)
    house.platform.update("Consents", [(answer.id, {"Holds until": date(2026, 12, 18)})])
    house.wait(hours=2)

    assert [notice["form"] for notice in told(house)] == ["identified"]


def test_a_later_yes_with_an_end_ends_the_open_one_before_it() -> None:
    """R-12: at the first visit yes, at the second "yes, until Thursday". From Friday nothing goes by name."""
    house = HarbourRow("2026-11-18 09:00")
    house.east.down = True
    house.report(tell_the_partnership=c.Answer.YES)
    victim = house.only("People", role=c.PersonRole.VICTIM).id
    partnership = house.only("Referrals").fields["Partner"]
    house.wait(hours=2)
    house.staff_write("amber", "Consents", option=c.Option.CDRP, victim=(victim,), answer=c.Answer.YES,
                      given_at=house.now, given_by=c.GivenBy.VICTIM, organisation=partnership,
                      holds_until=date(2026, 11, 19))  # fmt: skip
    house.wait(days=2)
    house.east.down = False
    house.wait(hours=2)
    assert told(house) == []

    house.staff_write("amber", "Consents", option=c.Option.CDRP, victim=(victim,), answer=c.Answer.YES,
                      given_at=house.now, given_by=c.GivenBy.VICTIM, organisation=partnership)  # fmt: skip
    house.wait(hours=2)
    assert [notice["form"] for notice in told(house)] == ["identified"]
