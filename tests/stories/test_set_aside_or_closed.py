"""Stories: what is no longer asked for once triage set a case aside or it was closed, and what still is."""

import pytest

from schema import choices as c
from tests.house import HarbourRow
from tests.stories.day_by_day import STATE, a_case, due, met, needs, status

pytestmark = pytest.mark.usefixtures("plain_letters")


def not_hate(house: HarbourRow) -> None:
    """Triage says so, and a line manager agrees, with the reason."""
    house.staff_write("coral", "Cases", house.only("Cases").id, triage=c.Triage.NOT_HATE)
    house.staff_write("coral", "Approvals", matter=c.Matter.NOT_HATE, decision=c.Decision.AGREED, reason="A mix-up.")


def test_a_case_that_triage_set_aside_runs_no_clocks() -> None:
    """HC-008, HC-036, R-11: what was done stays done, and it all comes back with the triage."""
    house = a_case()
    case, why = house.only("Cases").id, "Triage: not a hate incident."
    not_hate(house)
    house.wait(hours=30)
    action = house.action("interview_victim")
    assert (action["State"], action["Why"], status(house, "interview_victim")) == (STATE.NOT_NEEDED, why, "Not needed")
    assert house.action("log_case")["State"] == STATE.DONE
    house.staff_write("amber", "Incidents", first_reported_at=house.now)
    assert len(house.platform.records("Alerts")) == 1, "no further alert"

    house.staff_write("coral", "Cases", case, triage=c.Triage.HATE)
    assert status(house, "interview_victim", "Incident 1") == "Overdue"
    assert len(house.platform.records("Alerts")) == 2


def test_help_that_was_begun_goes_on_whatever_triage_makes_of_the_report() -> None:
    """HC-022, HC-060d, R-19."""
    house = a_case(graffiti_to_remove=c.YesNo.YES, children_at_risk=c.YesNo.YES)
    not_hate(house)
    assert house.action("remove_graffiti")["State"] == STATE.BLOCKED
    assert house.action("safeguarding_report")["State"] == STATE.ALERT
    assert house.action("homelessness_help")["State"] == STATE.NOT_NEEDED, "nobody said that it is not safe"


def test_no_letter_is_made_for_a_report_that_triage_set_aside() -> None:
    """HC-024: the letter waits for an answer about safe ways, which comes after the triage."""
    aside, goes_on = a_case(**{"Safe ways to contact": None}), a_case(**{"Safe ways to contact": None})
    not_hate(aside)
    for house, made in ((aside, False), (goes_on, True)):
        house.staff_write("amber", "People", house.only("People").id, safe_ways_to_contact=(c.Channel.LETTER,))
        assert bool(house.only("Letters").fields["Document"]) == made


def test_a_repair_or_a_risk_found_after_closing_is_owed_and_said() -> None:
    """HC-022, HC-060c, R-19: what closing ended stays ended."""
    house = a_case()
    house.wait(days=5)
    house.close()
    assert not needs(house)
    house.wait(days=2)
    house.staff_write("amber", "Repairs", kind=c.RepairKind.GLAZING, need_known_at=house.now,
                      photographed_at=house.now)  # fmt: skip
    house.staff_write("amber", "Incidents", house.only("Incidents").id, children_at_risk=c.YesNo.YES,
                      risk_known_at=house.now)  # fmt: skip
    assert house.action("emergency_repair")["State"] == STATE.OPEN
    assert due(house, "emergency_repair") == "Thu 26 Nov 09:00"
    assert house.action("safeguarding_report")["State"] == STATE.ALERT
    assert "Carry out the emergency repair (Repair 1, incident 1): owed although the case was closed" in needs(house)
    assert "Report a child or adult at risk" in needs(house)
    assert house.only("Cases").fields["State"] == c.CaseState.CLOSED
    assert house.action("interview_victim")["State"] == STATE.NOT_NEEDED
    house.staff_write("amber", "Repairs", house.only("Repairs").id, done_at=house.now)
    assert status(house, "emergency_repair") == "Done"
    assert "emergency repair" not in needs(house)


def test_a_repair_entered_after_closing_without_a_time_is_owed_too_and_an_older_one_is_not() -> None:
    """HC-060c, R-19."""
    house = a_case()
    house.staff_write("amber", "Repairs", kind=c.RepairKind.RUBBISH, need_known_at=house.now)
    house.wait(days=5)
    house.close()
    house.wait(days=2)
    house.staff_write("amber", "Repairs", kind=c.RepairKind.GLAZING)
    assert house.action("emergency_repair", "Repair 1")["State"] == STATE.NOT_NEEDED
    assert house.action("emergency_repair", "Repair 2")["State"] == STATE.BLOCKED


def test_a_call_after_closing_does_not_begin_the_fortnightly_contacts_again() -> None:
    """HC-069, HC-146."""
    house = a_case()
    met(house)
    house.wait(days=5)
    house.close()
    house.wait(days=2)
    house.staff_write("amber", "Contacts", at=house.now, result=c.ContactResult.MADE)
    rows = [r.fields["State"] for r in house.platform.records("Actions") if r.fields["Step"] == "victim_contact"]
    assert rows == [STATE.DONE, STATE.NOT_NEEDED]
