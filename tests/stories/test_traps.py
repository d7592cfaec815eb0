"""Stories: traps that systems like this one are known to fall into, a test each.

The others of the kind have theirs beside their subject: odd rows and options (test_bad_rows.py), a link-only edit
(test_who_decided.py), clock changes and a weekend down (test_nights_and_weekends.py), consent that flips and a partner
that is off (test_what_leaves.py), an anonymous report (test_reports_that_lack_something.py), days that do not count and
hours that are no days (tests/unit/automations/test_calendar.py, test_deadlines.py), a holiday proclaimed late and the
end of a year without the next list (test_the_end_of_the_calendar.py).
"""

import json
from datetime import date, timedelta
from typing import Any

import pytest

from automations.errors import Stop, TryAgainLater
from automations.ports import Receipt
from schema import choices as c
from tests.house import HarbourRow, london
from tests.stories.day_by_day import ACCUSED, STATE, a_case, checked, due, met, needs, status
from tests.stories.test_two_managers import first, in_another_landlords_home, second

pytestmark = pytest.mark.usefixtures("plain_letters")


def test_fifty_rows_pasted_at_once_are_fifty_cases_each_told_once() -> None:
    """HC-006, HC-042: pasted in the grid, they are taken once Send is ticked and not while they are half typed."""
    house = HarbourRow()
    row = {"Postcode": "ZZ1 4AB", "First reported at": house.now, "What happened": "Words were shouted.",
           "Reporter is": c.Reporter.VICTIM}  # fmt: skip
    with house.platform.as_user("ginger@harbour-row.example"):
        pasted = house.platform.create("Reports", [{"Victim's name": f"Sample Person {n}", **row} for n in range(50)])
    house.run()
    assert not house.platform.records("Cases")
    with house.platform.as_user("ginger@harbour-row.example"):
        house.platform.update("Reports", [(id, {"Send": True}) for id in pasted])
    house.run()
    house.run()

    cases = [r.fields["Reference"] for r in house.platform.records("Cases")]
    assert cases == [f"CW-2026-{n:04d}" for n in range(1, 51)]
    assert {r.fields["Case reference"] for r in house.platform.records("Reports")} == set(cases)
    assert len(house.platform.records("Alerts")) == 50
    assert len(house.mail.sent) == len(set(house.mail.sent)) == 100, "the officer and the duty person, once a case"
    assert len({r.fields["Name"] for r in house.platform.records("People")}) == 50


def test_two_steps_due_at_one_moment_are_two_steps() -> None:
    """HC-099, HC-110: what is done of one leaves the other, and the case names the one that is left."""
    house = a_case(children_at_risk=c.YesNo.YES)
    assert due(house, "safeguarding_report") == due(house, "manager_discussion") == "Wed 18 Nov 10:00"
    house.staff_write("amber", "Referrals", purpose=c.Purpose.SAFEGUARDING, made_by_hand_at=house.now)
    assert status(house, "safeguarding_report") == "Done"
    house.wait(hours=2)
    assert status(house, "manager_discussion") == "Chase"
    met(house)
    assert due(house, "outcome_review") == due(house, "outcome_letter_victim") == "Wed 02 Dec 23:59"
    house.staff_write("coral", "Reviews", kind=c.ReviewKind.PROGRESS, held_at=house.now, findings="In hand.",
                      covers_the_outcome=True)  # fmt: skip
    assert (status(house, "outcome_review"), status(house, "outcome_letter_victim")) == ("Done", "Due")


def test_a_manager_who_may_override_a_no_and_does_not_has_changed_nothing() -> None:
    """A-16, R-26: the role alone, a row begun, or a row of one manager tells nobody anything."""
    house = in_another_landlords_home()
    call = "landlord_call"
    house.staff_write("dahlia", "Cases", house.only("Cases").id, triage=c.Triage.HATE)
    assert house.action(call)["State"] == STATE.NOT_NEEDED
    row = first(house, decision=None)
    assert house.action(call)["State"] == STATE.NOT_NEEDED
    house.staff_write("coral", "Overrides", row, decision=c.Decision.AGREED)
    assert house.action(call)["State"] == STATE.NOT_NEEDED
    second(house, row, "dahlia")
    assert house.action(call)["State"] == STATE.ALERT, "used by two, it counts"


def test_a_notice_that_arrived_before_the_time_out_is_sent_again_word_for_word_and_counts_once() -> None:
    """HC-052: the partner has it, its answer was lost on the way."""
    house = HarbourRow()
    deliver, bodies = house.east.deliver, list[bytes]()

    def slow(payload: bytes, key: str) -> Receipt:
        bodies.append(payload)
        receipt = deliver(payload, key)
        if len(bodies) == 1:
            raise TryAgainLater("Quayside did not answer (ReadTimeout).")
        return receipt

    house.east.deliver = slow  # type: ignore[method-assign]
    house.report(tell_the_partnership=c.Answer.YES)
    assert house.action("notify_cdrp")["State"] != STATE.DONE
    house.wait(minutes=10)
    house.wait(hours=10)
    assert len(bodies) == 2
    assert bodies[0] == bodies[1]
    assert len(house.east.notices) == 1
    assert house.only("Referrals").fields["State"] == c.ReferralState.SENT
    assert house.action("notify_cdrp")["State"] == STATE.DONE


def test_what_somebody_types_while_the_runner_writes_is_neither_lost_nor_overlooked() -> None:
    """Design 2: every cell has one owner, so both edits of the one row stand; the next look sees what was typed."""
    house = a_case()
    house.wait(hours=25)
    meeting = met(house, result=c.InterviewResult.BOOKED, happened_at=None, booked_for=house.now)
    action = next(r.id for r in house.platform.records("Actions") if r.fields["Step"] == "interview_victim")
    update, typed = house.platform.update, list[str]()

    def watched(table: str, rows: Any) -> None:
        if table == "Actions" and not typed:
            typed.append("In hospital.")
            with house.platform.as_user("amber@harbour-row.example"):
                update("Actions", [(action, {"Reason for lateness": typed[0]})])
                update("Interviews", [(meeting, {"Happened at": london("2026-11-19 10:00")})])
        update(table, rows)

    house.platform.update = watched  # type: ignore[method-assign]
    held = {"Result": c.InterviewResult.HELD, "Happened at": house.now}
    with house.platform.as_user("amber@harbour-row.example"):
        update("Interviews", [(meeting, held)])
    house.runner.once()
    assert typed
    house.now += timedelta(minutes=1)
    house.runner.once()
    done = house.action("interview_victim")
    assert (done["Reason for lateness"], done["State"]) == ("In hospital.", STATE.DONE_LATE)
    assert done["Done at"] == london("2026-11-19 10:00")


def test_a_column_that_is_gone_stops_the_pass_by_name_and_costs_nothing_that_was_entered() -> None:
    """HC-042: put back, the next pass does everything."""
    house = a_case()
    records, find = house.platform.records, house.platform.find

    def without(table: str) -> None:
        if table == "Interviews":
            raise Stop("Interviews has no column 'Result'.")

    def records_without(table: str) -> Any:
        without(table)
        return records(table)

    def find_without(table: str, *about: Any) -> Any:
        without(table)
        return find(table, *about)

    house.platform.records, house.platform.find = records_without, find_without  # type: ignore[method-assign]
    with house.platform.as_user("amber@harbour-row.example"):
        house.platform.create("Interviews", [{
            "Case": (records("Cases")[0].id,), "With": c.InterviewKind.VICTIM, "Result": c.InterviewResult.HELD,
            "Happened at": house.now, "Person": (records("People")[0].id,),
        }])  # fmt: skip
    with pytest.raises(Stop, match="Interviews has no column 'Result'"):
        house.runner.once()
    house.platform.records, house.platform.find = records, find  # type: ignore[method-assign]
    house.now += timedelta(minutes=1)
    house.runner.once()
    assert house.action("interview_victim")["State"] == STATE.DONE


def test_a_victim_of_one_name_is_written_to_told_of_and_kept_out_of_sight_by_it() -> None:
    """HC-003, HC-024, HC-052: no surname is asked for."""
    house = a_case(victims_name="Mononym", tell_the_partnership=c.Answer.YES)
    assert needs(house) == ""
    assert house.only("Letters").fields["State"] == c.LetterState.DRAFT
    [notice] = house.east.notices.values()
    assert json.loads(notice)["people"][0]["name"] == "Mononym"
    action = next(r.id for r in house.platform.records("Actions") if r.fields["Step"] == "interview_victim")
    house.wait(hours=30)
    house.staff_write("amber", "Actions", action, reason_for_lateness="Mononym was away.")
    told = str(house.only("Cases").fields["Every step explained"])
    assert "[Victim] was away." in told
    assert "Mononym" not in told


def test_a_date_of_birth_that_nobody_knows_is_no_age() -> None:
    """R-18: neither a child nor grown up: shut until it is recorded, and the sentence says so."""
    house = a_case(**ACCUSED)
    who = checked(house)
    met(house)
    assert not house.action("interview_perpetrator")["Blocked by"], "the tenant of the home is of age"
    house.staff_write("amber", "People", who, is_the_tenant=c.YesNo.NOT_KNOWN)
    assert "Record the date of birth" in house.action("interview_perpetrator")["Blocked by"]


def test_somebody_who_turns_fourteen_between_the_incident_and_the_interview_is_fourteen() -> None:
    """A-12, R-18: by the London day of the contact, not of the incident."""
    house = a_case("2026-11-18 09:00", **ACCUSED)
    who = checked(house)
    met(house)
    house.staff_write("amber", "People", who, is_the_tenant=c.YesNo.NO, date_of_birth=date(2012, 11, 20))
    shut = "Under 14: only through the tenant."
    house.go_to("2026-11-19 23:59")
    assert shut in house.action("interview_perpetrator")["Blocked by"]
    house.go_to("2026-11-20 00:01")
    assert shut not in house.action("interview_perpetrator")["Blocked by"]
    assert "contact the tenant" in house.action("interview_perpetrator")["Blocked by"]
