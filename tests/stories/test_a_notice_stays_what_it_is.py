"""Stories: what staff change around a notice neither loses it, nor hurries it, nor has it told again."""

import json
from datetime import date
from typing import Any

import pytest

from automations.ports import Record
from schema import choices as c
from tests.house import HarbourRow
from tests.stories.test_staff_decide_what_goes import edit, ready, row

pytestmark = pytest.mark.usefixtures("plain_letters")
State = c.ReferralState


def notices(house: HarbourRow) -> list[Record]:
    return house.platform.records("Referrals")


def by_the_month() -> tuple[HarbourRow, str]:
    """Statistics went on a no; then a new plan and a yes, and the notice by name waits for the month's batch."""
    house = HarbourRow("2026-11-18 09:00")
    house.report(tell_the_partnership=c.Answer.NO)
    answer = next(r.id for r in house.platform.records("Consents") if r.fields["Option"] == c.Option.CDRP)
    house.wait(days=1)
    for area in house.platform.records("Areas"):
        house.platform.update("Areas", [(area.id, {"Sends": c.Arrangement.MONTHLY})])
    agrees(house, answer, "2")
    return house, answer


def agrees(house: HarbourRow, answer: str, version: str) -> None:
    partnership = notices(house)[0].fields["Partner"]
    house.staff_write("amber", "Action plan", version=version, agreed_at=house.now)
    house.staff_write("amber", "Consents", answer, answer=c.Answer.YES, withdrawn_at=None, given_at=house.now,
                      given_by=c.GivenBy.VICTIM, organisation=partnership)  # fmt: skip


def test_after_a_no_a_new_yes_waits_for_the_next_batch_and_not_for_the_one_that_passed() -> None:
    """R-14, HC-052: nothing goes in the minute of the new yes."""
    house, answer = by_the_month()
    assert f"{notices(house)[-1].fields['Goes at']:%Y-%m-%d}" == "2026-12-01"
    house.go_to("2026-11-25 10:00")
    house.staff_write("amber", "Consents", answer, withdrawn_at=house.now)
    house.go_to("2026-12-10 10:00")
    agrees(house, answer, "3")
    told = notices(house)[-1].fields

    assert (told["State"], told["Sent at"]) == (State.READY, None)
    assert f"{told['Goes at']:%Y-%m-%d}" == "2027-01-04"


def test_a_later_notice_that_was_told_by_hand_is_left_alone() -> None:
    """HC-052: the partner has it, and its history does not grow."""
    house, _ = by_the_month()
    later = notices(house)[-1].id
    house.staff_write("amber", "Referrals", later, made_by_hand_at=house.now)
    house.wait(hours=1)
    before = house.platform.get("Referrals", [later])[0].fields
    house.wait(hours=3)

    assert before["State"] == State.BY_HAND
    assert house.platform.get("Referrals", [later])[0].fields == before


@pytest.mark.parametrize("purpose", [None, c.Purpose.CDRP_UPDATE])
def test_a_notice_whose_purpose_somebody_changed_gets_it_back_and_goes(purpose: c.Option | None) -> None:
    """HC-052: on working day 10 the statistics go all the same."""
    house = HarbourRow("2026-11-18 09:00")
    house.report()
    house.staff_write("amber", "Referrals", notices(house)[0].id, purpose=purpose)
    house.go_to("2026-12-03 10:00")

    assert notices(house)[0].fields["Purpose"] == c.Purpose.CDRP_NOTICE
    assert [json.loads(notice)["form"] for notice in house.east.notices.values()] == ["statistical"]


def test_a_decision_does_not_outlive_the_agreement_that_it_was_made_under() -> None:
    """HC-063: the agreement ended before it could go. After a new one somebody looks again, and it goes."""
    house, desk = ready()
    answer = house.only("Consents", option=c.Option.POLICE).id
    house.staff_write("amber", "Consents", answer, holds_until=date(2026, 11, 20))
    desk.down = True
    edit(house, decision=c.ReferralDecision.SEND)
    house.go_to("2026-11-21 08:00")
    desk.down = False
    house.go_to("2027-01-15 08:00")
    victim = house.only("People", role=c.PersonRole.VICTIM).id
    house.staff_write("amber", "Consents", option=c.Option.POLICE, victim=(victim,), answer=c.Answer.YES,
                      given_at=house.now, given_by=c.GivenBy.VICTIM)  # fmt: skip
    why: Any = row(house)["Why"]
    assert (row(house)["Sent at"], why) == (
        None, "The agreement ended after the Decision: look it over, take it away and set it again.",
    )  # fmt: skip

    edit(house, decision=None)
    house.wait(hours=1)
    edit(house, decision=c.ReferralDecision.SEND)
    assert row(house)["State"] == State.SENT


def test_a_notice_told_by_hand_stays_statistics_though_its_case_was_unlinked_for_a_while() -> None:
    """HC-052: a later no asks nobody to have deleted what named nobody."""
    house = HarbourRow("2026-11-18 09:00")
    for area in house.platform.records("Areas"):
        house.platform.update("Areas", [(area.id, {"Sends": c.Arrangement.MONTHLY})])
    house.report()
    house.go_to("2026-12-03 10:00")
    [notice] = notices(house)
    house.staff_write("amber", "Referrals", notice.id, made_by_hand_at=house.now)
    house.platform.update("Referrals", [(notice.id, {"Case": ()})])
    house.run()
    house.wait(hours=2)

    [now] = notices(house)
    assert (now.fields["Form"], now.fields["State"]) == (c.ReferralForm.STATISTICAL, State.BY_HAND)
