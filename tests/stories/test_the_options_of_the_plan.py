"""Stories: every option of the action plan has an answer, and after a further incident each yes is asked again."""

from typing import Any

import pytest

from schema import choices as c
from tests.house import HarbourRow
from tests.stories.day_by_day import ACCUSED, STATE, a_case, checked, due, met, needs, reviewed, status

pytestmark = pytest.mark.usefixtures("plain_letters")
YES, NO, UNASKED = c.Answer.YES, c.Answer.NO, c.Answer.NOT_ASKED
QUAYSIDE = "Quayside Community Safety Partnership"


def rows(house: HarbourRow, **cells: Any) -> list[Any]:
    held = house.platform.records("Consents")
    return [r for r in held if all(r.fields[k.replace("_", " ").capitalize()] == v for k, v in cells.items())]


def the_row(house: HarbourRow, option: c.Option, victim: str | None = None, incident: tuple[str, ...] = ()) -> str:
    found = [r for r in rows(house, option=option) if (r.fields["Incident"] or ()) == incident
             and (victim is None or r.fields["Victim"] == (victim,))]  # fmt: skip
    assert len(found) == 1, f"{len(found)} rows of {option}"
    return found[0].id


def answers(house: HarbourRow, row: str | None, answer: c.Answer, **cells: Any) -> str:
    told = {"answer": answer, "given_at": house.now, "given_by": c.GivenBy.VICTIM, **cells}
    return house.staff_write("amber", "Consents", row, **told)


def again(house: HarbourRow) -> str:
    """A further incident, reported now. Its id."""
    return house.staff_write("amber", "Incidents", first_reported_at=house.now, police_know=c.PoliceTold.NO)


def test_intake_asks_for_an_answer_to_every_option_of_the_plan() -> None:
    """HC-023, HC-026, HC-028, HC-029, HC-030, HC-031, HC-032, HC-033, HC-034, HC-035: and never takes one for given."""
    house = a_case(speak_to_the_alleged_perpetrator=YES)
    told = {r.fields["Option"]: r.fields["Answer"] for r in rows(house)}
    assert set(told) == set(c.Option)
    assert len(rows(house)) == len(c.Option)
    assert {option for option, answer in told.items() if answer != UNASKED} == {c.Option.PERPETRATOR}
    assert {r.fields["Victim"] for r in rows(house)} == {(house.only("People").id,)}
    house.wait(hours=1)
    assert len(rows(house)) == len(c.Option)


def test_a_further_victim_is_asked_everything_too() -> None:
    """HC-023, HC-026, A-30: but for what staff entered already; the partnership is named, so that a yes can count."""
    house = a_case()
    with house.platform.as_user("amber@harbour-row.example"):
        case = (house.only("Cases").id,)
        [second] = house.platform.create("People", [{"Role": c.PersonRole.VICTIM, "Name": "Second Sample",
                                                     "Case": case}])  # fmt: skip
        house.platform.create("Consents", [{"Option": c.Option.LEGAL, "Answer": NO, "Victim": (second,),
                                            "Case": case}])  # fmt: skip
    house.run()
    theirs = rows(house, victim=(second,))
    assert sorted(r.fields["Option"] for r in theirs) == sorted(c.Option)
    assert [r.fields["Organisation"] for r in theirs if r.fields["Option"] == c.Option.CDRP] == [QUAYSIDE]
    assert [r.fields["Answer"] for r in theirs if r.fields["Option"] == c.Option.LEGAL] == [NO]
    assert len(rows(house)) == 2 * len(c.Option)

    house.platform.delete("Consents", the_row(house, c.Option.REPAIR, second))
    house.run()
    assert len(rows(house)) == 2 * len(c.Option), "an option without an answer is asked anew"
    house.close()
    house.platform.delete("Consents", the_row(house, c.Option.REPAIR, second))
    house.run()
    assert len(rows(house)) == 2 * len(c.Option) - 1, "a closed case asks nothing"


def test_something_else_must_say_what_it_is() -> None:
    """HC-035."""
    house = a_case()
    row = answers(house, the_row(house, c.Option.OTHER), NO)
    assert not needs(house)
    answers(house, row, YES)
    assert f"Consents {row}: say what the something else is (Scope)." in needs(house)
    house.staff_write("amber", "Consents", row, scope="Speak to the school with her.")
    assert not needs(house)


def test_after_a_further_incident_each_earlier_yes_is_asked_again_and_gives_nothing_until_then() -> None:
    """HC-107, HC-105, HC-027, R-02: 24 hours from its report; a no is not asked again, it stands."""
    house = a_case(**ACCUSED)
    checked(house)
    met(house)
    answers(house, the_row(house, c.Option.SECURITY), YES)
    house.go_to("2026-11-23 10:00")
    assert not [r for r in house.platform.records("Actions") if r.fields["Step"] == "reconfirm_plan"]
    second = again(house)
    new = [r for r in rows(house) if r.fields["Incident"] == (second,)]
    assert {(r.fields["Option"], r.fields["Answer"]) for r in new} == {
        (c.Option.PERPETRATOR, UNASKED), (c.Option.SECURITY, UNASKED),
    }  # fmt: skip
    assert due(house, "reconfirm_plan") == "Tue 24 Nov 10:00"

    house.staff_write("amber", "Incidents", second,
                      alleged_perpetrators=(house.only("People", role=c.PersonRole.PERPETRATOR).id,))  # fmt: skip
    met(house, incident=(second,))
    assert status(house, "interview_perpetrator", "Incident 2, alleged") == "Waiting"
    answers(house, the_row(house, c.Option.PERPETRATOR, incident=(second,)), YES)
    assert house.action("interview_perpetrator", "Incident 2, alleged")["State"] != STATE.WAITING
    assert status(house, "reconfirm_plan") == "Due", "one yes is still to be heard"
    house.wait(hours=1)
    answers(house, the_row(house, c.Option.SECURITY, incident=(second,)), NO)
    assert house.action("reconfirm_plan")["State"] == STATE.DONE
    assert house.action("reconfirm_plan")["Done at"] == house.now
    house.wait(hours=1)
    assert len([r for r in rows(house) if r.fields["Incident"] == (second,)]) == 2


def test_a_plan_reconfirmed_as_a_whole_covers_every_earlier_yes() -> None:
    """HC-107: late where it was late; and an answer on the old row, since the report, is an answer again."""
    house = a_case(refer_for_support=YES)
    house.go_to("2026-11-23 10:00")
    again(house)
    house.wait(hours=30)
    assert status(house, "reconfirm_plan") == "Overdue"
    house.staff_write("amber", "Action plan", reconfirmed_at=house.now)
    assert house.action("reconfirm_plan")["State"] == STATE.DONE_LATE

    at_once = a_case(refer_for_support=YES)
    at_once.go_to("2026-11-23 10:00")
    with at_once.platform.as_user("amber@harbour-row.example"):
        case = (at_once.only("Cases").id,)
        at_once.platform.create("Incidents", [{"Case": case, "First reported at": at_once.now}])
        at_once.platform.create("Action plan", [{"Case": case, "Reconfirmed at": at_once.now}])
    at_once.run()
    assert len(rows(at_once)) == len(c.Option), "nothing is left to ask"

    other = a_case(refer_for_support=YES)
    row = the_row(other, c.Option.SUPPORT)
    other.go_to("2026-11-23 10:00")
    again(other)
    other.wait(hours=1)
    answers(other, row, YES)
    assert other.action("reconfirm_plan")["State"] == STATE.DONE


def test_a_yes_that_was_entered_twice_is_asked_again_once_and_neither_confirms_the_other() -> None:
    """HC-107."""
    house = a_case(refer_for_support=YES)
    answers(house, None, YES, option=c.Option.SUPPORT)
    house.go_to("2026-11-23 10:00")
    second = again(house)
    assert [r.fields["Option"] for r in rows(house) if r.fields["Incident"] == (second,)] == [c.Option.SUPPORT]
    assert status(house, "reconfirm_plan") == "Due"


def test_the_plan_of_somebody_who_agreed_to_nothing_is_gone_through_again_too() -> None:
    """HC-107: any answer since shows it; a victim who was first harmed now has nothing to reconfirm."""
    house = a_case()
    first = house.only("People").id
    house.go_to("2026-11-23 10:00")
    other = house.staff_write("amber", "People", role=c.PersonRole.VICTIM, name="Second Sample")
    house.staff_write("amber", "Incidents", house.only("Incidents").id, victims=(first,))
    second = again(house)
    house.staff_write("amber", "Incidents", second, victims=(first, other))
    assert status(house, "reconfirm_plan", "Incident 2") == "Due"
    house.wait(hours=1)
    answers(house, the_row(house, c.Option.LEGAL, first), NO)
    assert house.action("reconfirm_plan")["State"] == STATE.DONE


def test_each_version_after_the_first_is_signed_within_48_hours_and_holds_nothing_up() -> None:
    """HC-108, HC-056j, R-13, A-36."""
    house = a_case(**(ACCUSED | {"Speak to the alleged perpetrator": NO}))
    checked(house)
    met(house)
    house.staff_write("amber", "Action plan", version="1", agreed_at=house.now, signed_at=house.now)
    assert not [r for r in house.platform.records("Actions") if r.fields["Step"] == "new_version_signed"]
    house.wait(hours=2)
    answers(house, the_row(house, c.Option.PERPETRATOR), YES)
    assert house.action("interview_perpetrator")["State"] == STATE.NOT_NEEDED
    second = house.staff_write("amber", "Action plan", agreed_at=house.now)
    assert status(house, "interview_perpetrator") == "Due", "no signature holds it up"
    assert due(house, "new_version_signed") == "Fri 20 Nov 11:00"
    assert house.action("signature")["State"] == STATE.DONE
    house.wait(hours=50)
    assert status(house, "new_version_signed") == "Overdue"
    assert house.action("interview_perpetrator")["Blocked by"] is None
    house.staff_write("amber", "Action plan", second, signed_at=house.now)
    assert house.action("new_version_signed")["State"] == STATE.DONE_LATE


def test_a_later_version_signed_covers_the_one_before_it() -> None:
    """HC-108: nobody signs a version that was overtaken."""
    house = a_case()
    met(house)
    house.staff_write("amber", "Action plan", version="2", agreed_at=house.now)
    house.wait(hours=1)
    house.staff_write("amber", "Action plan", version="3", agreed_at=house.now, signed_at=house.now)
    states = [r.fields["State"] for r in house.platform.records("Actions") if r.fields["Step"] == "new_version_signed"]
    assert states == [STATE.DONE, STATE.DONE]


def test_the_newest_version_wants_a_managers_review_that_covers_it() -> None:
    """HC-113, R-20, R-25: a record, which holds nothing up."""
    house = a_case()
    house.staff_write("amber", "Action plan", version="1", agreed_at=house.now)
    assert "review covers version 1 yet" in needs(house)
    reviewed(house, c.ReviewKind.FIRST, who="amber", plan_version_covered="1")
    assert "review covers version 1 yet" in needs(house), "an officer's is none"
    reviewed(house, c.ReviewKind.FIRST, plan_version_covered="Version 1")
    assert "review covers" not in needs(house)
    house.wait(hours=1)
    house.staff_write("amber", "Action plan", version="2", agreed_at=house.now)
    assert "review covers version 2 yet" in needs(house)
    reviewed(house, c.ReviewKind.PROGRESS, plan_version_covered="2")
    assert "review covers" not in needs(house)
