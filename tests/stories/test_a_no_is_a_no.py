"""Stories: a no that is entered in other words than the yes before it, while the notice waits to leave."""

from typing import Any

import pytest

from schema import choices as c
from tests.house import HarbourRow

pytestmark = pytest.mark.usefixtures("plain_letters")


def waiting() -> HarbourRow:
    """The victim agreed, and the partnership's desk does not answer yet."""
    house = HarbourRow()
    house.east.down = True
    house.report(**{"Tell the partnership": c.Answer.YES, "Alleged perpetrator's name": "Person Placeholder"})
    house.wait(minutes=20)
    return house


def left(house: HarbourRow) -> tuple[Any, bool]:
    """In which form the notice left, and whether the victim's name was in it."""
    house.east.down = False
    house.wait(hours=2)
    named = any(b"Sample Person" in notice for notice in house.east.notices.values())
    return house.only("Referrals").fields["Form"], named


@pytest.mark.parametrize("how", ["about a person", "in other words", "of nothing named"])
def test_a_no_is_seen_however_it_was_filled_in_and_no_name_leaves(how: str) -> None:
    """R-13, R-14, HC-052: About filled in, the partnership by another name, or the Option left blank."""
    assert left(waiting()) == (c.ReferralForm.IDENTIFIED, True)

    house = waiting()
    person = house.only("People", role=c.PersonRole.PERPETRATOR).id
    cells: dict[str, Any] = {
        "about a person": {"option": c.Option.CDRP, "about": (person,)},
        "in other words": {"option": c.Option.CDRP, "organisation": "Quayside CSP"},
        "of nothing named": {},
    }[how]
    victim = house.only("People", role=c.PersonRole.VICTIM).id
    house.staff_write("amber", "Consents", answer=c.Answer.NO, victim=(victim,), **cells)
    form, named = left(house)
    assert not named
    assert form == (None if how == "of nothing named" else c.ReferralForm.STATISTICAL)
    assert ("does not say of what" in str(house.only("Cases").fields["What needs a person"])) == (
        how == "of nothing named"
    )


@pytest.mark.parametrize(("postcode", "police_know"), [("ZZ9 1AA", True), ("ZZ1 4AB", False)])
def test_where_the_police_collect_the_notices_a_no_that_follows_one_finds_them_knowing(
    postcode: str, police_know: bool
) -> None:
    """R-17, HC-062: the office base says which partnership is a police body; their position comes first."""
    house = HarbourRow()
    house.report(**{
        "Postcode": postcode, "Tell the partnership": c.Answer.YES, "Refer to the police": c.Answer.YES,
        "Speak to the alleged perpetrator": c.Answer.YES, "Alleged perpetrator's name": "Person Placeholder",
        "Alleged perpetrator lives in": c.LivesIn.OURS, "Police know": c.PoliceTold.NO,
    })  # fmt: skip
    assert house.only("Referrals").fields["Form"] == c.ReferralForm.IDENTIFIED
    people = {r.fields["Role"]: r.id for r in house.platform.records("People")}
    person = people[c.PersonRole.PERPETRATOR]
    house.staff_write("amber", "People", person, is_the_tenant=c.YesNo.YES)
    house.staff_write("amber", "Tenancy checks", person=(person,), checked_at=house.now, found=(c.Flag.NONE,))
    house.staff_write("amber", "Interviews", with_=c.InterviewKind.VICTIM, result=c.InterviewResult.HELD,
                      happened_at=house.now, person=(people[c.PersonRole.VICTIM],))  # fmt: skip
    police = next(r.id for r in house.platform.records("Consents") if r.fields["Option"] == c.Option.POLICE)
    house.staff_write("amber", "Consents", police, answer=c.Answer.NO)

    shut = str(house.action("interview_perpetrator")["Blocked by"] or "")
    assert ("The police know, or may know, from what we sent" in shut) == police_know
    assert bool(shut) == police_know
