"""Stories: a case day by day. What was promised, moved, missed and done, and what can never be taken back."""

from typing import Any

import pytest

from automations.calendar import LONDON
from schema import choices as c
from tests.house import TALKED_OVER, HarbourRow, london

pytestmark = pytest.mark.usefixtures("plain_letters")
Held, Kind = c.InterviewResult, c.InterviewKind
STATE = c.ActionState


def a_case(at: str = "2026-11-18 09:00", **cells: Any) -> HarbourRow:
    house = HarbourRow(at)
    house.report(**cells)
    return house


def due(house: HarbourRow, step: str, about: str = "", cell: str = "Due at") -> str | None:
    at = house.action(step, about)[cell]
    return f"{at.astimezone(LONDON):%a %d %b %H:%M}" if at else None


def status(house: HarbourRow, step: str, about: str = "") -> Any:
    return house.action(step, about)["Status"]


def met(house: HarbourRow, kind: Kind = Kind.VICTIM, result: Held = Held.HELD, **cells: Any) -> str:
    who = {Kind.PERPETRATOR: c.PersonRole.PERPETRATOR, Kind.VICTIM: c.PersonRole.VICTIM}[kind]
    person = next(r.id for r in house.platform.records("People") if r.fields["Role"] == who)
    told = {"with_": kind, "result": result, "happened_at": house.now, "person": (person,)}
    return house.staff_write("amber", "Interviews", **(told | cells))


def reviewed(house: HarbourRow, kind: c.ReviewKind = c.ReviewKind.PROGRESS, who: str = "coral", **cells: Any) -> str:
    return house.staff_write(who, "Reviews", **{"kind": kind, "held_at": house.now, "findings": "In hand.", **cells})


ACCUSED = {"Alleged perpetrator's name": "Person Placeholder", "Alleged perpetrator lives in": c.LivesIn.OURS,
           "Speak to the alleged perpetrator": c.Answer.YES, "Refer to the police": c.Answer.NO,
           "Police know": c.PoliceTold.NO}  # fmt: skip


def checked(house: HarbourRow) -> str:
    """The alleged perpetrator's id, with the checks made and nothing found."""
    who = house.only("People", role=c.PersonRole.PERPETRATOR).id
    house.staff_write("amber", "People", who, is_the_tenant=c.YesNo.YES, lives_with_the_victim=c.YesNo.NO)
    house.staff_write("amber", "Tenancy checks", person=(who,), checked_at=house.now, found=(c.Flag.NONE,))
    return who


def test_a_further_incident_has_clocks_of_its_own_and_the_old_ones_run_on() -> None:
    """R-02, HC-105, HC-106."""
    house = a_case()
    house.go_to("2026-11-23 10:00")
    house.staff_write("amber", "Incidents", first_reported_at=house.now)

    assert due(house, "interview_victim", "Incident 1") == "Thu 19 Nov 09:00"
    assert status(house, "interview_victim", "Incident 1") == "Overdue"
    assert due(house, "interview_victim", "Incident 2") == "Tue 24 Nov 10:00"
    assert due(house, "outcome_letter_victim", "Incident 1") == "Wed 02 Dec 23:59"
    assert due(house, "outcome_letter_victim", "Incident 2") == "Mon 07 Dec 23:59"
    assert status(house, "log_case", "Incident 2") == "Done"
    assert house.action("initial_report_form")["About"] == "The case", "not asked for again"
    assert len(house.platform.records("Alerts")) == 2


def test_a_number_typed_twice_or_changed_does_not_cost_an_incident_its_clocks() -> None:
    """The number is the runner's: it is put back, and no history moves to another incident."""
    house = a_case()
    first = house.only("Incidents").id
    house.staff_write("amber", "Incidents", first_reported_at=house.now, number=1)
    assert status(house, "interview_victim", "Incident 2") == "Due"
    house.staff_write("amber", "Incidents", first, number=7)

    assert sorted(str(r.fields["Number"]) for r in house.platform.records("Incidents")) == ["1", "2"]
    assert due(house, "interview_victim", "Incident 1") == "Thu 19 Nov 09:00"
    assert not [r for r in house.platform.records("Actions") if "Incident 7" in str(r.fields["About"])]


def test_an_alert_past_its_time_rings_and_is_never_overdue() -> None:
    """R-03, R-11: by the platform's own live status."""
    house = a_case()
    assert status(house, "manager_discussion") == "Due"
    house.wait(hours=30)
    assert status(house, "manager_discussion") == "Chase"
    assert status(house, "interview_victim") == "Overdue"
    assert house.action("manager_discussion")["First late at"] is None
    reviewed(house, c.ReviewKind.FIRST, **TALKED_OVER)
    assert status(house, "manager_discussion") == "Done"


def test_the_live_status_goes_from_due_to_due_soon_to_overdue_while_the_runner_is_down() -> None:
    """R-11."""
    house = a_case()
    seen = []
    for at in ("2026-11-18 10:00", "2026-11-19 04:00", "2026-11-19 09:01"):
        house.now = london(at)
        seen.append(status(house, "interview_victim"))
    assert seen == ["Due", "Due soon", "Overdue"]


def test_blocked_shows_until_it_is_overdue_and_then_still_says_by_what() -> None:
    """R-11: Overdue before Blocked, and Blocked by is a column of its own."""
    house = a_case(graffiti_to_remove=c.YesNo.YES)
    assert status(house, "remove_graffiti") == "Blocked"
    house.wait(hours=25)
    assert status(house, "remove_graffiti") == "Overdue"
    assert "Photograph" in house.action("remove_graffiti")["Blocked by"]
    repair = house.only("Repairs").id
    house.staff_write("amber", "Repairs", repair, **{"No photograph: reason": "It names the family."})
    assert house.action("remove_graffiti")["Blocked by"] is None
    house.staff_write("amber", "Repairs", repair, done_at=house.now)
    assert status(house, "remove_graffiti") == "Done late"


def test_only_the_kind_of_work_that_it_is_is_shown_as_done() -> None:
    """A repair done is not also graffiti removed, nor a note saved also another interview's note."""
    house = a_case(graffiti_to_remove=c.YesNo.YES)
    house.staff_write("amber", "Repairs", house.only("Repairs").id, done_at=house.now)
    met(house, note_saved_at=house.now)
    steps = [r.fields["Step"] for r in house.platform.records("Actions")]
    assert "remove_graffiti" in steps
    assert "victim_interview_note" in steps
    assert not {"emergency_repair", "security_measures", "witness_note", "perpetrator_note"} & set(steps)


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


def test_the_first_report_moves_only_with_a_reason_and_never_into_the_future_or_another_age() -> None:
    """R-07, A-05."""
    house = a_case()
    incident = house.only("Incidents").id
    house.staff_write("amber", "Incidents", incident, first_reported_at=london("2026-11-17 09:00"))
    assert due(house, "interview_victim") == "Thu 19 Nov 09:00"
    assert "without a reason" in str(house.only("Cases").fields["What needs a person"])
    house.staff_write(
        "amber", "Incidents", incident, reason_for_changing_it="The out-of-hours desk knew the day before."
    )
    assert due(house, "interview_victim") == "Wed 18 Nov 09:00"
    assert due(house, "interview_victim", cell="First due") == "Thu 19 Nov 09:00"
    for impossible in ("2027-11-18 09:00", "1926-11-18 09:00"):
        house.staff_write("amber", "Incidents", incident, first_reported_at=london(impossible))
        assert due(house, "interview_victim") == "Thu 19 Nov 09:00"
    assert house.only("Incidents").fields["First recorded as"] == london("2026-11-18 09:00")


def test_what_happens_in_the_future_has_not_happened() -> None:
    """R-07."""
    house = a_case()
    row = met(house, happened_at=london("2026-11-18 10:00"))
    assert status(house, "interview_victim") == "Due"
    assert "in the future" in str(house.only("Cases").fields["What needs a person"])
    house.go_to("2026-11-18 10:05")
    assert status(house, "interview_victim") == "Due", "it was a plan, and nobody has said that it came to pass"
    assert "Happened at is later than when it was entered" in str(house.only("Cases").fields["What needs a person"])
    house.staff_write("amber", "Interviews", row, happened_at=house.now)
    assert status(house, "interview_victim") == "Done"
    house.staff_write("amber", "Interviews", row, happened_at=london("1926-11-18 10:00"))
    assert status(house, "interview_victim") == "Due"


def test_records_brought_over_are_exempt_from_logging_and_late_entry_and_say_so() -> None:
    """R-08."""
    house = a_case()
    house.platform.update("Cases", [(house.only("Cases").id, {"Imported": True})])
    house.now = london("2026-11-25 09:00")
    met(house, happened_at=london("2026-11-18 15:00"))
    log, held = house.action("log_case"), house.action("interview_victim")
    assert (log["State"], log["Why"], log["Imported"]) == (STATE.NOT_NEEDED, "Brought over from older records.", True)
    assert (held["State"], held["Entered late"], held["Imported"]) == (STATE.DONE, False, True)


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
    letters = [r for r in house.platform.records("Actions") if r.fields["Step"] == "non_attendance_letter"]
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
    rows = [r.fields for r in house.platform.records("Actions") if r.fields["Step"] == "perpetrator_delay_review"]
    assert [(r["State"], f"{r['Due at']:%d %H}") for r in rows] == [(STATE.DONE, "22 09"), (STATE.OPEN, "24 08")]
    row = next(r for r in house.platform.records("Consents") if r.fields["Option"] == c.Option.PERPETRATOR)
    house.staff_write("amber", "Consents", row.id, answer=c.Answer.NO)
    rows = [r.fields for r in house.platform.records("Actions") if r.fields["Step"] == "perpetrator_delay_review"]
    assert [r["State"] for r in rows] == [STATE.DONE, STATE.NOT_NEEDED]
    assert house.action("interview_perpetrator")["First late at"] == london("2026-11-20 09:00")


def test_reviews_come_every_fourteen_days_and_a_missed_one_stays_overdue() -> None:
    """HC-110, HC-111, A-08: fourteen days after Friday 11 December is Christmas Day."""
    house = a_case()
    house.go_to("2026-11-27 10:00")
    reviewed(house)
    assert due(house, "fortnightly_review") == "Fri 11 Dec 23:59"
    house.go_to("2026-12-11 10:00")
    reviewed(house, c.ReviewKind.FORTNIGHTLY)
    rows = [r.fields for r in house.platform.records("Actions") if r.fields["Step"] == "fortnightly_review"]
    assert [f"{r['Due at'].astimezone(LONDON):%a %d %b}" for r in rows] == ["Fri 11 Dec", "Thu 24 Dec"]
    house.go_to("2027-01-20 10:00")
    second = [r.fields for r in house.platform.records("Actions") if r.fields["Step"] == "fortnightly_review"][1:]
    assert [r["Status"] for r in second] == ["Overdue"], "one missed review, not three"


def test_the_officer_keeps_in_touch_every_fourteen_days_or_as_agreed() -> None:
    """HC-069, A-09: an attempt is no contact, and longer is only at the victim's wish."""
    house = a_case()
    met(house)
    case = house.only("Cases").id
    assert due(house, "victim_contact") == "Wed 02 Dec 23:59"
    house.staff_write("amber", "Cases", case, **{"Contact every (days)": 31})
    assert due(house, "victim_contact") == "Wed 02 Dec 23:59"
    house.staff_write("amber", "Cases", case, **{"Longer interval is the victim's wish": True})
    assert due(house, "victim_contact") == "Sat 19 Dec 23:59"
    house.staff_write("amber", "Cases", case, **{"Contact every (days)": 7})
    assert due(house, "victim_contact") == "Wed 25 Nov 23:59"
    house.go_to("2026-11-24 10:00")
    house.staff_write("amber", "Contacts", at=house.now, result=c.ContactResult.ATTEMPTED)
    assert due(house, "victim_contact") == "Wed 25 Nov 23:59"
    house.staff_write("amber", "Contacts", at=house.now, result=c.ContactResult.MADE)
    rows = [r.fields for r in house.platform.records("Actions") if r.fields["Step"] == "victim_contact"]
    assert [r["State"] for r in rows] == [STATE.DONE, STATE.OPEN]
    assert f"{rows[1]['Due at']:%a %d %b}" == "Tue 01 Dec"


def test_a_delay_letter_keeps_the_promise_by_day_ten_and_moves_only_the_outcome() -> None:
    """R-04, HC-056h, HC-103, HC-104."""
    house = a_case(**ACCUSED)
    checked(house)
    met(house)
    house.go_to("2026-12-02 15:00")
    victim = house.only("People", role=c.PersonRole.VICTIM).id
    house.staff_write("amber", "Letters", kind=c.LetterKind.DELAY, decision=c.LetterDecision.POSTED,
                      sent_at=house.now, revised_target=london("2026-12-09 17:00"), to=(victim,))  # fmt: skip
    assert status(house, "victim_written_to") == "Done"
    assert due(house, "revised_target") == "Wed 09 Dec 23:59"
    assert due(house, "outcome_letter_perpetrator") == "Wed 09 Dec 23:59"
    house.go_to("2026-12-03 10:00")
    assert status(house, "outcome_letter_victim") == "Overdue"
    house.staff_write("amber", "Letters", kind=c.LetterKind.VICTIM_OUTCOME, decision=c.LetterDecision.POSTED,
                      sent_at=house.now, to=(victim,))  # fmt: skip
    assert status(house, "outcome_letter_victim") == "Done late"
    assert status(house, "revised_target") == "Done"
    assert house.action("outcome_letter_perpetrator")["Blocked by"] is None
    done = [r.fields["Step"] for r in house.platform.records("Actions") if r.fields["Step"] == "revised_target"]
    assert len(done) == 1, "one delay letter, one revised target; other letters have none"


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
    states = {
        str(r.fields["About"]): r.fields["State"]
        for r in house.platform.records("Actions")
        if r.fields["Step"] == "interview_victim"
    }
    assert states == {"Incident 1": STATE.OPEN, "Incident 1, victim 2": STATE.DONE}
    signed = [r.fields for r in house.platform.records("Actions") if r.fields["Step"] == "signature"]
    assert sorted(str(r["State"]) for r in signed) == ["Open", "Waiting"]


def test_a_victim_of_the_second_incident_only_is_kept_in_touch_with_too() -> None:
    house = a_case()
    second = house.staff_write("amber", "People", role=c.PersonRole.VICTIM, name="Another Person",
                               safe_ways_to_contact=(c.Channel.TELEPHONE,))  # fmt: skip
    first = house.only("Incidents").id
    house.staff_write("amber", "Incidents", first, victims=(house.platform.records("People")[0].id,))
    again = house.staff_write("amber", "Incidents", first_reported_at=house.now, victims=(second,))
    met(house, person=(second,), incident=(again,))
    assert house.action("victim_contact", "Victim 2")["State"] == STATE.OPEN
    assert house.action("signature", "victim")["State"] == STATE.OPEN


def test_after_the_police_were_told_that_they_know_takes_nothing_back() -> None:
    """HC-063: done stays done although it would not be needed any more."""
    house = a_case(refer_to_the_police=c.Answer.YES)
    house.staff_write("amber", "Referrals", purpose=c.Purpose.POLICE, made_by_hand_at=house.now)
    assert status(house, "police_referral") == "Done"
    house.staff_write("amber", "Incidents", house.only("Incidents").id, police_know=c.PoliceTold.YES)
    assert status(house, "police_referral") == "Done"
    known = a_case(refer_to_the_police=c.Answer.YES, police_know=c.PoliceTold.YES)
    assert status(known, "police_referral") == "Not needed"


def test_nothing_is_removed_with_an_incident_that_is_deleted() -> None:
    """R-10."""
    house = a_case()
    again = house.staff_write("amber", "Incidents", first_reported_at=house.now)
    count = len(house.platform.records("Actions"))
    house.platform.delete("Incidents", again)
    house.run()
    assert len(house.platform.records("Actions")) == count
    gone = house.action("interview_victim", "Incident 2")
    assert (gone["State"], bool(gone["Why"])) == (STATE.NOT_NEEDED, True)


def test_a_length_of_an_areas_own_counts_with_who_decided_it_and_never_without() -> None:
    """A-38."""
    house = HarbourRow()
    area = next(r.id for r in house.platform.records("Areas") if r.fields["Area"] == "Harbour East")
    profile: dict[str, Any] = {"Step": "progress_review", "Length": 7, "Area": (area,)}
    decided = {"Decided by": "Dahlia Fictionby", "Decided on": london("2026-01-05 00:00").date()}
    for length in (-3, 0):
        house.platform.create("Area profiles", [profile | decided | {"Length": length}])
    id = house.platform.create("Area profiles", [profile])[0]
    house.report()
    assert due(house, "progress_review") == "Tue 01 Dec 23:59"
    house.platform.update("Area profiles", [(id, decided)])
    house.run()
    assert due(house, "progress_review") == "Fri 27 Nov 23:59"
    assert "Dahlia Fictionby" in house.action("progress_review")["How worked out"]


def test_every_reopening_and_correction_stays_in_the_history() -> None:
    """R-10: taken away twice and corrected once, all three are still told."""
    house = a_case()
    house.wait(hours=3)
    row = met(house)
    for _ in range(2):
        house.wait(hours=1)
        house.staff_write("amber", "Interviews", row, result=Held.BOOKED)
        assert house.action("interview_victim")["State"] == STATE.OPEN
        house.wait(hours=1)
        house.staff_write("amber", "Interviews", row, result=Held.HELD)
    house.staff_write("amber", "Interviews", row, happened_at=london("2026-11-18 11:00"))

    done = house.action("interview_victim")
    told = str(done["Reopened why"]).splitlines()
    assert [t.partition(" Noticed ")[2][:-1] for t in told[:2]] == [
        "Wednesday 18 November 2026 13:00", "Wednesday 18 November 2026 15:00",
    ]  # fmt: skip
    assert "the time was corrected; it was Wednesday 18 November 2026 12:00" in told[2]
    assert done["First done at"] == london("2026-11-18 12:00")
    assert done["Done at"] == london("2026-11-18 11:00")
