"""Stories: alleged perpetrators. Who is seen with whom, contacts that came too early, and missed appointments."""

from datetime import date, timedelta
from typing import Any

import pytest

from schema import choices as c
from tests.house import HarbourRow, london
from tests.stories.day_by_day import ACCUSED, STATE, a_case, checked, due, met, needs, reviewed, status

pytestmark = pytest.mark.usefixtures("plain_letters")
Held, Kind = c.InterviewResult, c.InterviewKind
INTERVIEW = "interview_perpetrator"


def told(house: HarbourRow, words: str) -> list[str]:
    """The details of the developments that begin so."""
    rows = [r.fields for r in house.platform.records("Developments")]
    return [str(r["Detail"]) for r in rows if str(r["Development"]).startswith(words)]


def with_accused(house: HarbourRow, result: Held = Held.HELD, **cells: Any) -> str:
    return met(house, Kind.PERPETRATOR, result, **cells)


def test_whoever_is_not_the_tenant_is_seen_together_with_the_tenant() -> None:
    """HC-087a: unknown is shut, and the tenant is contacted before."""
    house = a_case(**ACCUSED)
    who = checked(house)
    met(house)
    house.staff_write("amber", "People", who, is_the_tenant=c.YesNo.NOT_KNOWN, date_of_birth=date(1990, 1, 1))
    assert "whether this is the tenant" in house.action(INTERVIEW)["Blocked by"]
    house.staff_write("amber", "People", who, is_the_tenant=c.YesNo.NO)
    assert "contact the tenant" in house.action(INTERVIEW)["Blocked by"]
    booked = with_accused(house, Held.BOOKED, happened_at=None, booked_for=london("2026-11-20 08:00"),
                          at_our_office=c.YesNo.YES, tenant_contacted_at=house.now)  # fmt: skip
    assert "together" in house.action(INTERVIEW)["Blocked by"]
    house.staff_write("amber", "Interviews", booked, both_invited=c.YesNo.YES)
    assert not house.action(INTERVIEW)["Blocked by"]
    assert status(house, INTERVIEW) == "Due"


@pytest.mark.parametrize(("area", "born", "young"), [
    ("Harbour East", date(2014, 11, 18), False), ("Harbour East", date(2017, 1, 1), True),
    ("Kirkinlea", date(2015, 1, 1), True), ("Kirkinlea", date(2013, 1, 1), False),
])  # fmt: skip
def test_a_child_is_seen_through_the_tenant_and_a_young_one_written_about_only_with_a_manager(
    area: str, born: date, young: bool
) -> None:
    """HC-087a, A-12, R-18: under 14 with the tenant alone; under 10 (12 in Scotland) a manager approves the letter."""
    house = a_case(**ACCUSED, postcode="ZZ9 1AA" if area == "Kirkinlea" else "ZZ1 4AB", area=area)
    who = checked(house)
    met(house)
    house.staff_write("amber", "People", who, is_the_tenant=c.YesNo.NO, date_of_birth=born)
    assert "Enter the tenant on the case" in house.action(INTERVIEW)["Blocked by"]
    house.staff_write("amber", "People", role=c.PersonRole.TENANT, name="A. Nother Tenant")
    assert "contact the tenant" in house.action(INTERVIEW)["Blocked by"]
    row = with_accused(house, Held.BOOKED, happened_at=None, booked_for=london("2026-11-19 08:00"),
                       at_our_office=c.YesNo.YES, tenant_contacted_at=house.now)  # fmt: skip
    assert not house.action(INTERVIEW)["Blocked by"], "the tenant alone will do"
    house.go_to("2026-11-19 10:00")
    house.staff_write("amber", "Interviews", row, result=Held.HELD, happened_at=london("2026-11-19 08:00"))
    warning = str(house.action("warning_letter")["Blocked by"] or "")
    assert ("a line manager must approve" in warning) == young
    house.staff_write("coral", "Approvals", matter=c.Matter.UNDER_AGE_LETTER, decision=c.Decision.AGREED,
                      decided_at=house.now, person=(who,))  # fmt: skip
    assert not house.action("warning_letter")["Blocked by"]


def test_a_contact_made_although_the_gate_was_shut_is_remembered_for_good_and_told_once() -> None:
    """R-17, HC-088: what is checked afterwards opens the gate and takes nothing back."""
    house = a_case(**ACCUSED)
    met(house)
    who = house.only("People", role=c.PersonRole.PERPETRATOR).id
    house.staff_write("amber", "People", who, is_the_tenant=c.YesNo.YES)
    house.wait(hours=2)
    early = with_accused(house, at_our_office=c.YesNo.YES)
    said = str(house.action(INTERVIEW)["Done while blocked"])
    assert said == "Check the alleged perpetrator's tenancy first and record what was found."
    assert f"stood in the way: {said}" in house.only("Cases").fields["Every step explained"]
    house.wait(hours=1)
    house.staff_write("amber", "Tenancy checks", person=(who,), checked_at=house.now, found=(c.Flag.NONE,))
    house.staff_write("amber", "Interviews", early, note_saved_at=house.now)
    assert house.action(INTERVIEW)["Done while blocked"] == said
    assert told(house, "Done while it was blocked: Interview") == [said]
    house.restart()
    house.run()
    assert len(told(house, "Done while it was blocked")) == 1

    allowed = a_case(**ACCUSED)
    checked(allowed)
    met(allowed)
    allowed.wait(hours=2)
    with_accused(allowed, at_our_office=c.YesNo.YES)
    assert allowed.action(INTERVIEW)["State"] == STATE.DONE
    assert not allowed.action(INTERVIEW)["Done while blocked"]
    assert not told(allowed, "Done while it was blocked")


@pytest.mark.parametrize(("hours_later", "remembered"), [(-2, False), (2, True)])
def test_on_a_case_brought_over_only_what_was_done_before_is_let_be(hours_later: int, remembered: bool) -> None:
    """R-08, R-17: older records are not held to what nobody recorded; a contact made since is."""
    house = a_case(first_reported_at=london("2026-11-16 09:00"), **ACCUSED)
    brought_over = house.now
    house.staff_write("hazel", "Cases", house.only("Cases").id, imported=True)
    house.wait(hours=48)
    met(house, happened_at=london("2026-11-16 15:00"))
    who = house.only("People", role=c.PersonRole.PERPETRATOR).id
    house.staff_write("amber", "People", who, is_the_tenant=c.YesNo.YES)
    assert "tenancy first" in house.action(INTERVIEW)["Blocked by"]
    with_accused(house, happened_at=brought_over + timedelta(hours=hours_later), at_our_office=c.YesNo.YES)

    said = house.action(INTERVIEW)["Done while blocked"]
    assert ("tenancy first" in str(said)) == remembered
    assert bool(told(house, "Done while it was blocked")) == remembered


def test_a_meeting_held_away_from_the_office_without_a_manager_is_remembered_too() -> None:
    """HC-087b."""
    house = a_case(**ACCUSED)
    checked(house)
    met(house)
    row = with_accused(house, Held.BOOKED, happened_at=None, booked_for=house.now, at_our_office=c.YesNo.NO)
    assert "approve" in house.action(INTERVIEW)["Blocked by"]
    house.staff_write("amber", "Interviews", row, result=Held.HELD, happened_at=house.now)
    assert "Away from our office" in house.action(INTERVIEW)["Done while blocked"]


def test_a_refusal_after_the_meeting_does_not_make_the_meeting_wrong() -> None:
    """R-13, R-17: judged by what was on record of that moment."""
    house = a_case(**ACCUSED)
    checked(house)
    met(house)
    house.wait(hours=2)
    row = with_accused(house, Held.BOOKED, happened_at=None, booked_for=house.now, at_our_office=c.YesNo.YES)
    at = house.now
    house.wait(hours=2)
    yes = next(r for r in house.platform.records("Consents") if r.fields["Option"] == c.Option.PERPETRATOR)
    house.staff_write("amber", "Consents", yes.id, withdrawn_at=house.now)
    house.staff_write("amber", "Interviews", row, result=Held.HELD, happened_at=at)
    assert house.action(INTERVIEW)["State"] == STATE.DONE
    assert not house.action(INTERVIEW)["Done while blocked"]
    after = a_case(**ACCUSED)
    checked(after)
    met(after)
    yes = next(r for r in after.platform.records("Consents") if r.fields["Option"] == c.Option.PERPETRATOR)
    after.staff_write("amber", "Consents", yes.id, withdrawn_at=after.now)
    after.wait(hours=1)
    with_accused(after, at_our_office=c.YesNo.YES)
    assert "The victim said no" in after.action(INTERVIEW)["Done while blocked"]


def test_a_repair_without_its_photograph_is_remembered_and_one_with_its_reason_is_not() -> None:
    """HC-060a, HC-060c: the photograph blocks nothing that was done; it is told."""
    house = a_case(**{"Emergency repair needed": c.YesNo.YES, "Graffiti to remove": c.YesNo.YES})
    glazing, graffiti = (next(r.id for r in house.platform.records("Repairs") if (r.fields["Kind"] == kind) == same)
                         for kind, same in ((c.RepairKind.GRAFFITI, False), (c.RepairKind.GRAFFITI, True)))  # fmt: skip
    house.wait(hours=3)
    house.staff_write("amber", "Repairs", glazing, done_at=house.now, where=c.Where.OUTSIDE)
    house.staff_write("amber", "Repairs", graffiti, done_at=house.now,
                      **{"No photograph: reason": "It names the family."})  # fmt: skip
    assert house.action("emergency_repair")["Done while blocked"] == "Photograph it first, or say why not."
    assert house.action("emergency_repair")["State"] == STATE.DONE
    assert not house.action("remove_graffiti")["Done while blocked"]
    assert f"Repairs {glazing}: done without a photograph" in needs(house)
    assert f"Repairs {graffiti}" not in needs(house)


def test_authorising_a_repair_neither_opens_nor_moves_anything() -> None:
    """HC-016, A-19, R-19: recorded, and no more."""
    house = a_case(**{"Emergency repair needed": c.YesNo.YES})
    before = {k: house.action("emergency_repair")[k] for k in ("Due at", "State", "Blocked by")}
    house.wait(hours=1)
    house.staff_write("coral", "Approvals", matter=c.Matter.AUTHORISE_REPAIR, decision=c.Decision.REFUSED,
                      decided_at=house.now, repair=(house.only("Repairs").id,))  # fmt: skip
    assert {k: house.action("emergency_repair")[k] for k in before} == before
    assert told(house, "Decided: Authorise a repair, refused")


def missed(house: HarbourRow, day: str, result: Held = Held.MISSED) -> str:
    house.go_to(day)
    return with_accused(house, result, booked_for=house.now, happened_at=house.now if result is Held.HELD else None,
                        at_our_office=c.YesNo.YES)  # fmt: skip


def test_two_no_shows_end_the_interview_and_the_letter_follows_within_48_hours() -> None:
    """HC-097, HC-098, A-20."""
    house = a_case(**ACCUSED)
    checked(house)
    met(house)
    first = missed(house, "2026-11-19 10:00")
    assert due(house, "rearrange_meeting", first) == "Thu 26 Nov 23:59"
    second = missed(house, "2026-11-24 10:00")
    assert due(house, "non_attendance_letter") == "Thu 26 Nov 10:00"
    assert house.action(INTERVIEW)["State"] == STATE.NOT_NEEDED
    assert house.action("rearrange_meeting", second)["State"] == STATE.NOT_NEEDED


def test_a_miss_an_attendance_and_a_miss_are_one_miss() -> None:
    """R-09, HC-097: attending starts the count anew, so another meeting is arranged and no letter follows."""
    house = a_case(**ACCUSED)
    checked(house)
    met(house)
    missed(house, "2026-11-19 10:00")
    missed(house, "2026-11-20 08:00", Held.HELD)
    last = missed(house, "2026-11-24 10:00")
    letters = [r.fields for r in house.platform.records("Actions") if r.fields["Step"] == "non_attendance_letter"]
    assert not letters
    assert due(house, "rearrange_meeting", last) == "Tue 01 Dec 23:59"
    missed(house, "2026-11-26 10:00")
    assert due(house, "non_attendance_letter") == "Sat 28 Nov 10:00"


def test_while_the_police_ask_us_to_wait_the_reason_and_a_review_every_48_hours_are_on_record() -> None:
    """HC-062, HC-085, HC-086, A-37: still late, with its reason as a development."""
    house = a_case(**ACCUSED | {"Police know": c.PoliceTold.YES})
    checked(house)
    met(house)
    incident = house.only("Incidents").id
    assert "record their position" in house.action(INTERVIEW)["Blocked by"]
    house.staff_write("amber", "Incidents", incident, police_position=c.PolicePosition.WAIT)
    assert house.action(INTERVIEW)["Blocked by"] == "The police ask us to wait."
    assert "Reason for delay" not in needs(house)
    house.go_to("2026-11-20 10:00")
    assert status(house, INTERVIEW) == "Overdue"
    assert f"Incidents {incident}: the alleged perpetrator's interview is late" in needs(house)
    house.staff_write(
        "amber", "Incidents", incident, reason_for_delay="The police asked us to wait for their interview."
    )
    assert "Reason for delay" not in needs(house)
    assert told(house, "Why the alleged perpetrator's interview is late") == [
        "The police asked us to wait for their interview."
    ]
    for day, who in (("2026-11-22 08:00", "amber"), ("2026-11-24 07:00", "amber"), ("2026-11-24 07:30", "coral")):
        house.go_to(day)
        reviewed(house, c.ReviewKind.DELAY, who)
    rows = [r.fields for r in house.platform.records("Actions") if r.fields["Step"] == "perpetrator_delay_review"]
    assert [r["State"] for r in rows] == [STATE.DONE, STATE.DONE, STATE.OPEN], "every second is a line manager's"
    house.staff_write("amber", "Incidents", incident, police_position=c.PolicePosition.NO_OBJECTION)
    with_accused(house, at_our_office=c.YesNo.YES)
    assert house.action(INTERVIEW)["State"] == STATE.DONE_LATE
    assert not house.action(INTERVIEW)["Done while blocked"]


def test_an_alleged_perpetrator_in_the_household_is_a_warning_before_any_contact() -> None:
    """R-21: it stands on the case as long as anything says so, and makes nothing wait that helps."""
    house = a_case(**ACCUSED)
    assert "Domestic abuse" not in str(house.only("Cases").fields["Warnings"])
    who = house.only("People", role=c.PersonRole.PERPETRATOR).id
    house.staff_write("amber", "People", who, lives_with_the_victim=c.YesNo.YES)
    assert "Domestic abuse" in house.only("Cases").fields["Warnings"]
    assert "called safe" in house.only("Cases").fields["Warnings"]
    assert status(house, "interview_victim") == "Due"
    house.staff_write("amber", "People", who, lives_with_the_victim=c.YesNo.NO)
    assert "Domestic abuse" not in str(house.only("Cases").fields["Warnings"])
