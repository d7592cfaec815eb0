"""Stories: a victim says no after a partner was told of them by name. Somebody must ring the partner."""

from datetime import timedelta
from typing import Any

import pytest

from schema import choices as c
from tests.house import HarbourRow
from tests.stories.day_by_day import needs

pytestmark = pytest.mark.usefixtures("plain_letters")
PARTNERSHIP = "Quayside Community Safety Partnership"
SENTENCE = f"The victim said no after {PARTNERSHIP} was told by name on Wednesday 18 November 2026 09:00"


def told_by_name() -> HarbourRow:
    """The victim agreed and the partnership was told at once; since then it has no destination for a recall."""
    house = HarbourRow()
    house.report(**{"Tell the partnership": c.Answer.YES})
    assert house.only("Referrals").fields["State"] == c.ReferralState.SENT
    house.platform.update("Partners", [(house.only("Partners", partner=PARTNERSHIP).id, {"Destination": None})])
    house.wait(hours=5)
    return house


def said_so(house: HarbourRow) -> list[Any]:
    """The developments that tell of it."""
    return [r for r in house.platform.records("Developments") if "after a partner was told" in
            str(r.fields["Development"])]  # fmt: skip


@pytest.mark.parametrize("how", ["no", "withdrawn"])
def test_a_no_after_the_partner_was_told_asks_a_person_to_ring_them(how: str) -> None:
    """R-13, HC-052: on the case, on the referral and in the chronology; nothing of it while the yes stands."""
    house = told_by_name()
    answer = house.only("Consents", option=c.Option.CDRP).id
    assert SENTENCE not in needs(house)
    assert said_so(house) == []

    cells: dict[str, Any] = {"answer": c.Answer.NO} if how == "no" else {"withdrawn_at": house.now}
    house.staff_write("amber", "Consents", answer, **cells)

    assert f"{SENTENCE}: ring them and ask them to stop and delete" in needs(house)
    assert str(house.only("Referrals").fields["Why"]).startswith(SENTENCE)
    house.wait(hours=1)
    assert len(said_so(house)) == 1


def test_a_withdrawal_dated_ahead_acts_at_once_and_is_not_said_to_count_for_nothing() -> None:
    """R-13, R-07: the sentence asks for the right time, says that the no acts, and the chronology holds no future."""
    house = told_by_name()
    answer = house.only("Consents", option=c.Option.CDRP).id
    house.staff_write("amber", "Consents", answer, withdrawn_at=house.now + timedelta(days=2))

    assert SENTENCE in needs(house)
    assert (
        f"Consents {answer}: Withdrawn at is in the future (Friday 20 November 2026 14:00), the no acts all the same; "
        "put the time right." in needs(house)
    )
    assert f"Consents {answer}: " not in needs(house).replace(f"Consents {answer}: Withdrawn at is", "")
    house.wait(hours=1)
    assert [r.fields["Happened at"] <= house.now for r in said_so(house)] == [True]
    assert "Developments" not in needs(house)

    yes = house.staff_write("amber", "Consents", option=c.Option.LEGAL, answer=c.Answer.YES, given_by=c.GivenBy.VICTIM,
                            given_at=house.now + timedelta(days=2))  # fmt: skip
    assert f"Consents {yes}: Given at is in the future (Friday 20 November 2026 15:00), so it does not count." in needs(
        house
    )


def test_it_is_over_once_staff_say_that_they_asked_the_partner_to_stop() -> None:
    """R-13: the sentence goes; the referral and the chronology keep what happened."""
    house = told_by_name()
    house.staff_write("amber", "Consents", house.only("Consents", option=c.Option.CDRP).id, answer=c.Answer.NO)
    house.staff_write("amber", "Referrals", house.only("Referrals").id, partner_asked_to_stop_at=house.now)

    assert SENTENCE not in needs(house)
    assert "The partner was asked to stop Wednesday 18 November 2026 14:00." in str(
        house.only("Referrals").fields["Why"]
    )
    assert len(said_so(house)) == 1


def test_a_notice_without_a_name_calls_nobody_back() -> None:
    """R-14: statistics name nobody."""
    house = HarbourRow()
    house.report(**{"Tell the partnership": c.Answer.NO})
    assert house.only("Referrals").fields["State"] == c.ReferralState.STATISTICS_SENT
    house.wait(hours=5)
    house.staff_write("amber", "Consents", house.only("Consents", option=c.Option.CDRP).id, withdrawn_at=house.now)

    assert "said no after" not in needs(house)


def test_a_referral_made_by_telephone_is_called_back_too() -> None:
    """R-13, HC-032: whoever was told by hand is rung by hand; a no to another question is not about them."""
    house = HarbourRow()
    house.report(**{"Refer for support": c.Answer.YES})
    victim = house.only("People", role=c.PersonRole.VICTIM).id
    house.wait(hours=1)
    house.staff_write("amber", "Referrals", purpose=c.Purpose.SUPPORT, partner="Sample Support", person=(victim,),
                      made_by_hand_at=house.now)  # fmt: skip
    house.wait(hours=1)
    house.staff_write("amber", "Consents", house.only("Consents", option=c.Option.POLICE).id, answer=c.Answer.NO)
    assert "said no after" not in needs(house)

    house.staff_write("amber", "Consents", house.only("Consents", option=c.Option.SUPPORT).id, answer=c.Answer.NO)
    assert "The victim said no after Sample Support was told by hand on Wednesday 18 November 2026 10:00" in needs(
        house
    )


def test_a_count_given_by_telephone_calls_nobody_back() -> None:
    """R-14: the desk was down, the officer gave the partnership the count by telephone, and no name with it."""
    house = HarbourRow()
    house.east.down = True
    house.report(**{"Tell the partnership": c.Answer.NO})
    assert house.only("Referrals").fields["Form"] == c.ReferralForm.STATISTICAL
    house.staff_write("amber", "Referrals", house.only("Referrals").id, made_by_hand_at=house.now)
    house.wait(hours=1)
    house.staff_write("amber", "Consents", house.only("Consents", option=c.Option.CDRP).id, withdrawn_at=house.now)

    assert "said no after" not in needs(house)


def test_a_no_from_before_is_not_said_to_have_come_after() -> None:
    """R-13: told in spite of a no is another fault; this sentence is of what was right when it was told."""
    house = HarbourRow()
    house.report(**{"Refer for support": c.Answer.NO})
    house.wait(hours=1)
    house.staff_write("amber", "Referrals", purpose=c.Purpose.SUPPORT, made_by_hand_at=house.now)

    assert "said no after" not in needs(house)


def test_only_a_no_of_somebody_who_was_named_calls_the_partner() -> None:
    """R-12: the other victim never agreed and was never named, so a no changes nothing there."""
    house = told_by_name()
    house.staff_write("amber", "People", role=c.PersonRole.VICTIM, name="Other Sample")
    other = next(r.id for r in house.platform.records("People") if r.fields["Name"] == "Other Sample")
    incident = house.only("Incidents")
    house.staff_write("amber", "Incidents", incident.id, victims=(*incident.fields["Victims"], other))  # type: ignore[misc]
    house.staff_write("amber", "Consents", option=c.Option.CDRP, victim=(other,), answer=c.Answer.NO)

    assert "said no after" not in needs(house)
    first = house.only("Consents", key="CW-2026-0001/consent/cdrp").id
    house.staff_write("amber", "Consents", first, answer=c.Answer.NO)
    assert "said no after" in needs(house)


def test_the_police_who_were_asked_about_a_victim_are_called_back_too() -> None:
    """R-13, R-14, HC-055: a request for information names the victim as a referral does."""
    house = HarbourRow()
    house.report(**{"Refer to the police": c.Answer.YES})
    house.wait(hours=1)
    house.staff_write("amber", "Referrals", purpose=c.Purpose.POLICE_INFORMATION, partner="Sample Police",
                      made_by_hand_at=house.now)  # fmt: skip
    assert "said no after" not in needs(house)
    house.wait(hours=1)
    house.staff_write("amber", "Consents", house.only("Consents", option=c.Option.POLICE).id, answer=c.Answer.NO)
    assert "The victim said no after Sample Police was told by hand" in needs(house)
