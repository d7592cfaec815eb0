"""Stories: interviews held, moved, waived, refused or missed, of each victim, alleged perpetrator and witness."""

import pytest

from schema import choices as c
from tests.house import london
from tests.stories.day_by_day import ACCUSED, STATE, Held, Kind, a_case, checked, due, each_of, met, reviewed, status

pytestmark = pytest.mark.usefixtures("plain_letters")


def test_another_time_at_the_victims_wish_counts_only_if_recorded_before_it_was_due() -> None:
    """R-05, R-11, HC-053."""
    early, late = a_case(), a_case()
    early.wait(hours=20)
    row = met(early, result=Held.MOVED, happened_at=None, moved_to=london("2026-11-21 14:00"))
    assert due(early, "interview_victim") == "Sat 21 Nov 14:00"
    assert due(early, "interview_victim", cell="First due") == "Thu 19 Nov 09:00"
    early.wait(hours=30)
    assert status(early, "interview_victim") == "Due", "the warning moves with the time"
    early.go_to("2026-11-21 08:30")
    assert status(early, "interview_victim") == "Due soon"
    early.staff_write("amber", "Interviews", row, moved_to=london("2026-11-22 14:00"))
    assert due(early, "interview_victim") == "Sun 22 Nov 14:00", "before the time that then held"
    early.go_to("2026-11-23 09:00")
    early.staff_write("amber", "Interviews", row, moved_to=london("2026-11-25 14:00"))
    assert status(early, "interview_victim") == "Overdue"

    late.wait(hours=25)
    met(late, result=Held.MOVED, happened_at=None, moved_to=london("2026-11-21 14:00"))
    assert due(late, "interview_victim") == "Thu 19 Nov 09:00"
    assert status(late, "interview_victim") == "Overdue"


def test_a_waived_interview_is_not_needed_and_everything_after_it_counts_from_the_waiver() -> None:
    """HC-053, A-10: once the waiver says when; an undated one stops no clock."""
    house = a_case(**ACCUSED)
    checked(house)
    undated = met(house, result=Held.WAIVED, happened_at=None)
    assert status(house, "interview_victim") == "Due"
    house.wait(hours=2)
    house.staff_write("amber", "Interviews", undated, happened_at=house.now)
    assert house.action("interview_victim")["State"] == STATE.NOT_NEEDED
    assert due(house, "interview_perpetrator") == "Fri 20 Nov 11:00"
    assert due(house, "signature") == "Fri 20 Nov 11:00"


def test_the_alleged_perpetrators_clock_waits_for_the_victims_agreement() -> None:
    """R-01, A-10: the later of the interview and the agreement; a no is not needed, silence waits."""
    house = a_case(**(ACCUSED | {"Speak to the alleged perpetrator": None}))
    checked(house)
    met(house)
    assert status(house, "interview_perpetrator") == "Waiting"
    row = next(r for r in house.platform.records("Consents") if r.fields["Option"] == c.Option.PERPETRATOR)
    house.wait(hours=30)
    house.staff_write("amber", "Consents", row.id, answer=c.Answer.YES, given_at=house.now, given_by=c.GivenBy.VICTIM)
    assert due(house, "interview_perpetrator") == "Sat 21 Nov 15:00"
    house.wait(hours=1)
    house.staff_write("amber", "Consents", row.id, answer=c.Answer.NO)
    action = house.action("interview_perpetrator")
    assert (action["State"], action["Why"]) == (STATE.NOT_NEEDED, "The victim said no.")
    assert due(house, "interview_perpetrator", cell="First due") == "Sat 21 Nov 15:00"


def test_after_a_no_a_yes_waits_for_a_new_version_of_the_plan_entered_before_or_after_it() -> None:
    """R-13, HC-108: staff enter the plan and the answer in either order, and the runner looks in between."""
    for plan_first in (True, False):
        house = a_case(**(ACCUSED | {"Speak to the alleged perpetrator": c.Answer.NO}))
        met(house)
        row = next(r for r in house.platform.records("Consents") if r.fields["Option"] == c.Option.PERPETRATOR)
        yes = {"answer": c.Answer.YES, "given_by": c.GivenBy.VICTIM}
        house.wait(hours=1)
        if plan_first:
            house.staff_write("amber", "Action plan", version="2", agreed_at=house.now)
            house.wait(minutes=5)
        house.staff_write("amber", "Consents", row.id, given_at=house.now, **yes)
        if not plan_first:
            assert house.action("interview_perpetrator")["State"] == STATE.NOT_NEEDED
            house.wait(minutes=5)
            house.staff_write("amber", "Action plan", version="2", agreed_at=house.now)
        assert house.action("interview_perpetrator")["State"] == STATE.BLOCKED
        house.wait(hours=1)
        house.staff_write("amber", "Consents", row.id, answer=c.Answer.NO)
        house.wait(minutes=5)
        house.staff_write("amber", "Consents", row.id, given_at=house.now, **yes)
        assert house.action("interview_perpetrator")["State"] == STATE.NOT_NEEDED, "a second no needs a third version"


def test_a_witness_found_later_has_five_working_days_from_then() -> None:
    """HC-077, HC-078, R-06: and the measure from the first report is still shown."""
    house = a_case()
    house.go_to("2026-11-24 09:00")
    who = house.staff_write("amber", "People", role=c.PersonRole.WITNESS, name="Somebody Invented",
                            identified_at=house.now)  # fmt: skip
    house.staff_write("amber", "Incidents", house.only("Incidents").id, witnesses=(who,))
    assert due(house, "interview_witnesses", "witness 1") == "Tue 01 Dec 23:59"
    how = str(house.action("interview_witnesses", "witness 1")["How worked out"])
    assert "From the first report it would have been Wednesday 25 November 2026 23:59" in how


def test_missed_appointments_are_counted_until_the_person_attends() -> None:
    """R-09, HC-097, HC-098, A-20."""
    house = a_case(**ACCUSED)
    checked(house)
    met(house)
    miss = {"kind": Kind.PERPETRATOR, "happened_at": None}
    house.go_to("2026-11-20 09:30")
    first = met(house, result=Held.MISSED, booked_for=house.now, **miss)
    assert due(house, "rearrange_meeting", first) == "Fri 27 Nov 23:59"
    met(house, result=Held.MISSED_WELL, booked_for=london("2026-11-20 09:00"), **miss)
    met(house, result=Held.CANCELLED, booked_for=london("2026-11-20 08:00"), **miss)
    letters = each_of(house, "non_attendance_letter")
    assert not letters, "a good reason, and our own cancelling, do not count"

    later = met(house, result=Held.BOOKED, booked_at=house.now, booked_for=london("2026-11-26 10:00"), **miss)
    assert house.action("rearrange_meeting", first)["State"] == STATE.DONE
    house.staff_write("amber", "Interviews", later, booked_for=london("2026-12-01 10:00"))
    assert house.action("rearrange_meeting", first)["State"] == STATE.DONE_LATE, "the day of the meeting is what counts"
    house.go_to("2026-12-02 10:00")
    house.staff_write("amber", "Interviews", later, result=Held.MISSED)
    assert due(house, "non_attendance_letter") == "Thu 03 Dec 10:00"
    assert house.action("interview_perpetrator")["State"] == STATE.NOT_NEEDED
    met(house, Kind.PERPETRATOR, booked_for=house.now)
    assert house.action("non_attendance_letter")["State"] == STATE.NOT_NEEDED
    assert house.action("interview_perpetrator")["State"] == STATE.DONE_LATE


def test_a_missed_appointment_dated_next_century_stops_nothing() -> None:
    house = a_case(**ACCUSED)
    met(house, Kind.PERPETRATOR, Held.MISSED, happened_at=None, booked_for=london("2126-11-20 09:00"))
    assert "Booked for is in the future" in str(house.only("Cases").fields["What needs a person"])
    assert status(house, "interview_victim") == "Due"


def test_the_delay_is_reviewed_every_48_hours_until_the_interview_is_held() -> None:
    """HC-085, HC-086; what was reviewed stays done even when the victim changes their mind."""
    house = a_case(**ACCUSED)
    checked(house)
    met(house)
    house.go_to("2026-11-20 10:00")
    assert status(house, "interview_perpetrator") == "Overdue"
    assert due(house, "perpetrator_delay_review") == "Sun 22 Nov 09:00"
    house.go_to("2026-11-22 08:00")
    reviewed(house, c.ReviewKind.DELAY, "amber")
    rows = each_of(house, "perpetrator_delay_review")
    assert [(r["State"], f"{r['Due at']:%d %H}") for r in rows] == [(STATE.DONE, "22 09"), (STATE.OPEN, "24 08")]
    row = next(r for r in house.platform.records("Consents") if r.fields["Option"] == c.Option.PERPETRATOR)
    house.staff_write("amber", "Consents", row.id, answer=c.Answer.NO)
    rows = each_of(house, "perpetrator_delay_review")
    assert [r["State"] for r in rows] == [STATE.DONE, STATE.NOT_NEEDED]
    assert house.action("interview_perpetrator")["First late at"] == london("2026-11-20 09:00")


def test_one_victims_interview_is_not_anothers() -> None:
    """A-30: with two victims a record that names neither counts for neither, and says so."""
    house = a_case()
    first = house.only("People").id
    second = house.staff_write("amber", "People", role=c.PersonRole.VICTIM, name="Another Person")
    house.staff_write("amber", "Incidents", house.only("Incidents").id, victims=(first, second))
    row = met(house, person=())
    assert house.action("interview_victim", "victim 2")["State"] == STATE.OPEN
    assert "say with whom" in str(house.only("Cases").fields["What needs a person"])
    house.staff_write("amber", "Interviews", row, person=(second,))
    states = {str(r["About"]): r["State"] for r in each_of(house, "interview_victim")}
    assert states == {"Incident 1": STATE.OPEN, "Incident 1, victim 2": STATE.DONE}
    signed = each_of(house, "signature")
    assert sorted(str(r["State"]) for r in signed) == ["Open", "Waiting"]
