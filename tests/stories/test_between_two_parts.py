"""Stories: an answer or a decision about one person, incident or report is never taken for another's."""

from typing import Any

import pytest

from schema import choices as c
from tests.house import HarbourRow

pytestmark = pytest.mark.usefixtures("plain_letters")
REF = "CW-2026-0001"
ASKED = "Speaking to the alleged perpetrator needs every victim's agreement."
YES: dict[str, Any] = {"answer": c.Answer.YES, "given_by": c.GivenBy.VICTIM}
ACCUSED = {
    "Alleged perpetrator's name": "Person Placeholder", "Alleged perpetrator lives in": c.LivesIn.OURS,
    "Alleged perpetrator's address": "3 Sample Close",
}  # fmt: skip


def contact(house: HarbourRow, about: str = "Incident 1") -> str:
    """What stands in the way of the interview with the alleged perpetrator, or what it waits for."""
    [cells] = [
        r.fields
        for r in house.platform.records("Actions")
        if str(r.fields["Key"]).startswith(f"{REF}/interview_perpetrator") and about in str(r.fields["About"])
    ]
    return f"{cells['State']}: {cells['Why']} {cells['Blocked by']}"


def agreed(**more: Any) -> HarbourRow:
    """The victim agreed that we speak to the alleged perpetrator, and was met."""
    house = HarbourRow()
    house.report(
        **(ACCUSED | {"Speak to the alleged perpetrator": c.Answer.YES, "Police know": c.PoliceTold.NO} | more)
    )
    house.staff_write("amber", "Interviews", with_=c.InterviewKind.VICTIM, result=c.InterviewResult.HELD,
                      happened_at=house.now, person=(victim(house),), incident=(incident(house),))  # fmt: skip
    house.wait(hours=1)
    return house


def victim(house: HarbourRow) -> str:
    return house.only("People", key=f"{REF}/victim").id


def incident(house: HarbourRow) -> str:
    return house.only("Incidents").id


def named(house: HarbourRow, name: str, role: c.PersonRole = c.PersonRole.VICTIM, **more: Any) -> str:
    return house.staff_write("amber", "People", name=name, role=role, **more)


def needs(house: HarbourRow) -> str:
    return str(house.only("Cases", reference=REF).fields["What needs a person"] or "")


def answer(house: HarbourRow, option: c.Option, who: str) -> str:
    """The id of that victim's row of the option."""
    [found] = [r.id for r in house.platform.records("Consents")
               if r.fields["Option"] == option and r.fields["Victim"] == (who,)]  # fmt: skip
    return found


def test_the_no_of_a_victim_whom_nobody_linked_to_an_incident_is_heard() -> None:
    """R-12, R-17, HC-027: a second victim entered in People alone may be one of this incident."""
    house = agreed()
    assert ASKED not in contact(house)
    other = named(house, "Other Sample")
    house.staff_write("amber", "Consents", answer(house, c.Option.PERPETRATOR, other), answer=c.Answer.NO)
    assert "The victim said no." in contact(house)

    house.staff_write("amber", "Consents", answer(house, c.Option.PERPETRATOR, other), given_at=house.now, **YES)
    house.wait(minutes=5)
    house.staff_write("amber", "Action plan", victim=(other,), agreed_at=house.now)
    assert "said no" not in contact(house)


def test_the_yes_of_a_victim_whose_row_was_deleted_is_not_the_other_victims() -> None:
    """R-12, R-13: the platform blanks the link, and one victim is left; the answer is still not theirs."""
    house = agreed()
    other = named(house, "Other Sample")
    house.staff_write("amber", "Incidents", incident(house), victims=(victim(house), other))
    assert "not been asked" in contact(house)
    row = answer(house, c.Option.PERPETRATOR, victim(house))
    house.platform.delete("People", victim(house))
    house.wait(hours=1)

    assert "names nobody" in contact(house) or "not been asked" in contact(house)
    house.staff_write("amber", "Consents", row, victim=(other,))
    assert "not been asked" not in contact(house), "once somebody says whose it is it counts"


def test_a_yes_about_somebody_whose_row_was_deleted_is_not_about_another() -> None:
    """R-12, R-17: it was about the second alleged perpetrator, and says nothing of the first."""
    house = agreed(**{"Speak to the alleged perpetrator": None})
    first = house.only("People", key=f"{REF}/alleged-perpetrator").id
    second = named(house, "Third Placeholder", c.PersonRole.PERPETRATOR, lives_in=c.LivesIn.OURS)
    house.staff_write("amber", "Incidents", incident(house), alleged_perpetrators=(first, second))
    row = answer(house, c.Option.PERPETRATOR, victim(house))
    house.staff_write("amber", "Consents", row, about=(second,), given_at=house.now, **YES)
    assert "is about somebody else" in contact(house, "alleged perpetrator 1")
    house.platform.delete("People", second)
    house.wait(hours=1)

    assert "does not say whom it is about" in contact(house, "alleged perpetrator 1")
    house.staff_write("amber", "Consents", row, about=(first,))
    assert "about" not in contact(house, "alleged perpetrator 1").partition("Consents")[2]


def test_an_incident_entered_after_another_was_deleted_is_not_taken_for_it() -> None:
    """R-10, HC-052, HC-107: it has a number of its own, so that it is told, and nothing said of the other counts."""
    house = agreed(**{"Tell the partnership": c.Answer.YES})
    who = victim(house)
    house.staff_write("amber", "Incidents", incident(house), police_know=c.PoliceTold.YES)
    house.staff_write("coral", "Approvals", matter=c.Matter.POLICE_POSITION, decision=c.Decision.AGREED,
                      incident=(incident(house),), reason="They were asked.")  # fmt: skip
    assert len(house.east.notices) == 1
    house.platform.delete("Incidents", incident(house))
    house.wait(hours=1)
    house.staff_write("amber", "Incidents", first_reported_at=house.now, victims=(who,),
                      alleged_perpetrators=(house.only("People", key=f"{REF}/alleged-perpetrator").id,),
                      police_know=c.PoliceTold.YES)  # fmt: skip
    house.wait(minutes=5)

    assert house.only("Incidents").fields["Key"] == f"{REF}/incident-2"
    assert "was given before this incident" in contact(house, "Incident 2"), "each yes is asked for again"
    again = {r.fields["Option"]: r.id for r in house.platform.records("Consents")
             if r.fields["Incident"] == (incident(house),)}  # fmt: skip
    for option in (c.Option.CDRP, c.Option.PERPETRATOR):
        house.staff_write("amber", "Consents", again[option], given_at=house.now, **YES)
    house.wait(minutes=5)
    assert len(house.east.notices) == 2, "the partnership is told of this one too"


def test_a_yes_in_a_copied_report_is_nobodys() -> None:
    """R-13, R-21: it was said of another report, and taken back since. A report of the victim's own still counts."""
    house = HarbourRow()
    house.report(tell_the_partnership=c.Answer.YES)
    house.wait(hours=1)
    house.staff_write("amber", "Consents", answer(house, c.Option.CDRP, victim(house)), withdrawn_at=house.now)
    cells = {k: v for k, v in house.only("Reports").fields.items()
             if k not in ("Made by", "Pick-up") and v not in (None, (), False)}  # fmt: skip
    with house.platform.as_user("ginger@harbour-row.example"):
        copy = house.platform.create("Reports", [cells])[0]
    house.run()
    assert len(house.platform.records("Cases")) == 1, "not before it is ticked"
    with house.platform.as_user("ginger@harbour-row.example"):
        house.platform.update("Reports", [(copy, {"Send": True})])
    house.wait(minutes=5)

    taken = house.only("Reports", case_reference="CW-2026-0002").fields
    assert "copied from another report" in str(taken["What needs a person"])
    assert len(house.east.told("cdrp_notice")) == 1
    assert house.only("People", key="CW-2026-0002/victim").fields["Safe ways to contact"] == ()
    house.report(tell_the_partnership=c.Answer.YES)
    assert len(house.east.told("cdrp_notice")) == 2


@pytest.mark.parametrize("triage", [c.Triage.DUPLICATE, c.Triage.ATTACH])
def test_a_no_in_a_report_that_is_part_of_another_case_acts_there(triage: c.Triage) -> None:
    """R-13, HC-108: the duplicate says no, or the victim takes it back on the row of the case that was attached."""
    house = agreed()
    house.report(**ACCUSED, **{"Speak to the alleged perpetrator": c.Answer.YES})
    second = house.only("Cases", reference="CW-2026-0002").id
    house.staff_write("coral", "Cases", second, triage=triage, attach_to=REF)
    assert "said no" not in contact(house)
    row = house.only("Consents", key="CW-2026-0002/consent/perpetrator").id
    house.wait(minutes=5)
    house.staff_write("amber", "Consents", row, answer=c.Answer.NO)
    assert "The victim said no." in contact(house)

    [carried] = [r.id for r in house.platform.records("Consents") if "/no-from-" in str(r.fields["Key"])]
    house.platform.delete("Consents", carried)
    house.wait(hours=1)
    assert not [r for r in house.platform.records("Consents") if "/no-from-" in str(r.fields["Key"])], "brought once"
    assert "said no" in contact(house), "and remembered all the same"


def test_two_of_one_household_who_share_a_telephone_are_two_people() -> None:
    """R-12, HC-107: attaching makes nobody's yes another's; a no holds for both, as it may be the same person."""
    house = HarbourRow()
    house.report(Telephone="01632 960001", **ACCUSED)
    house.report(victims_name="Other Example", Telephone="01632 960001", tell_the_partnership=c.Answer.NO,
                 refer_for_support=c.Answer.YES)  # fmt: skip
    house.staff_write("coral", "Cases", house.only("Cases", reference="CW-2026-0002").id, triage=c.Triage.ATTACH,
                      attach_to=REF)  # fmt: skip
    house.wait(minutes=5)

    [person] = [r for r in house.platform.records("People")
                if r.fields["Name"] == "Other Example" and r.fields["Key"] != "CW-2026-0002/victim"]  # fmt: skip
    came = {r.fields["Option"]: r.fields for r in house.platform.records("Consents")
            if f"{REF}/incident-from-" in str(r.fields["Key"])}  # fmt: skip
    assert came[c.Option.SUPPORT]["Victim"] == (person.id,)
    assert came[c.Option.CDRP]["Victim"] == ()


@pytest.mark.parametrize("to", ["the other victim", "another case"])
def test_a_yes_is_not_passed_on_by_pointing_its_row_at_somebody_else(to: str) -> None:
    """R-12, HC-027: a row that was made for one victim is that victim's. Pointed back, it counts again."""
    house = agreed()
    if to == "another case":
        house.report(**ACCUSED, victims_name="Other Sample")
        other, key = house.only("People", key="CW-2026-0002/victim").id, "CW-2026-0002"
    else:
        other, key = named(house, "Other Sample"), REF
    case = house.only("Cases", reference=key).id
    row = answer(house, c.Option.PERPETRATOR, victim(house))
    mine, own = victim(house), house.only("Cases", reference=REF).id
    if to == "the other victim":
        own_row = answer(house, c.Option.PERPETRATOR, other)
        house.staff_write("amber", "Incidents", incident(house), victims=(other,))
        house.staff_write("amber", "People", mine, role=c.PersonRole.REPORTER)
        house.platform.delete("Consents", own_row)
    house.staff_write("amber", "Consents", row, victim=(other,), case=(case,))
    [action] = [r.fields for r in house.platform.records("Actions")
                if str(r.fields["Key"]).startswith(f"{key}/interview_perpetrator")]  # fmt: skip
    assert "was somebody else's answer" in str(action["Why"])
    if to == "another case":
        house.staff_write("amber", "Consents", row, victim=(mine,), case=(own,))
        assert "somebody else's answer" not in contact(house)
