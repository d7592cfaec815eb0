"""Stories: what stands on the case itself - every step explained, and the warnings."""

from datetime import timedelta
from typing import Any

import pytest

from schema import choices as c
from tests.house import HarbourRow

pytestmark = pytest.mark.usefixtures("plain_letters")
NAMES = ("Sample", "Placeholder", "Amber", "Testwood", "Coral", "Mockford")


def a_case(**cells: Any) -> HarbourRow:
    house = HarbourRow("2026-11-18 09:00")
    house.report(**{"Alleged perpetrator's name": "Person Placeholder", "Graffiti to remove": c.YesNo.YES, **cells})
    return house


def explained(house: HarbourRow, title: str, about: str = "") -> str:
    text = str(house.only("Cases").fields["Every step explained"])
    found = [p for p in text.split("\n\n") if p.startswith(title) and about in p]
    assert len(found) == 1, f"{len(found)} paragraphs"
    return found[0]


def interviewed(house: HarbourRow, **cells: Any) -> str:
    victim = house.only("People", role=c.PersonRole.VICTIM).id
    return house.staff_write("amber", "Interviews", with_=c.InterviewKind.VICTIM, result=c.InterviewResult.HELD,
                             happened_at=house.now, person=(victim,), **cells)  # fmt: skip


def effects(house: HarbourRow) -> int:
    return house.runner.once(sweep=True).effects


def test_each_step_says_where_it_stands_when_it_is_due_and_how_that_was_worked_out() -> None:
    """HC-003: progress can be seen, also why a step waits, what blocks it and what is not needed."""
    house = a_case(police_know=c.PoliceTold.YES)

    assert explained(house, "Interview the victim") == (
        "Interview the victim (Incident 1, clause 3.4). To do, due Thursday 19 November 2026 09:00. How it was worked "
        "out: 24 hours from the first report, Wednesday 18 November 2026 09:00, nights and weekends counted: "
        "Thursday 19 November 2026 09:00."
    )
    assert "Done Wednesday 18 November 2026 09:00, due" in explained(house, "Put it on the case log")
    assert "Incidents 1 shows it." in explained(house, "Put it on the case log")
    assert "Blocked, due" in explained(house, "Remove the graffiti")
    assert "What must be true first: Photograph it first" in explained(house, "Remove the graffiti")
    assert explained(house, "Keep in touch").endswith("Waiting. Why: It follows the victim's interview.")
    assert explained(house, "Refer to the police").endswith("Not needed. Why: The police already know.")
    titles = [p.split(" (")[0] for p in str(house.only("Cases").fields["Every step explained"]).split("\n\n")]
    assert titles[0] == "Pass the report to the officer"
    assert titles.index("Interview the victim") < titles.index("Interview the alleged perpetrator")


def test_a_late_step_keeps_its_reason_and_a_reopened_one_says_when_and_why() -> None:
    """HC-139, R-07, R-10: entered late, removed and put right, all of it in the paragraph."""
    house = a_case()
    house.wait(hours=60)
    row = interviewed(house)
    house.staff_write("amber", "Interviews", row, happened_at=house.now - timedelta(hours=30))
    action = next(r for r in house.platform.records("Actions") if r.fields["Step"] == "interview_victim")
    house.staff_write("amber", "Actions", action.id, reason_for_lateness="In hospital until then.")

    told = explained(house, "Interview the victim")
    assert "Done late Thursday 19 November 2026 15:00, due Thursday 19 November 2026 09:00." in told
    assert "Interviews 1 shows it." in told
    assert "Reason for lateness: In hospital until then." in told
    assert "Opened again Friday 20 November 2026 21:00" in told
    assert "the time was corrected" in told


def test_nobody_is_named_even_where_staff_typed_a_name() -> None:
    """HC-003: people appear by their part, staff by their role, on the case and in reasons."""
    house = a_case()
    house.wait(hours=30)
    interviewed(house)
    action = next(r for r in house.platform.records("Actions") if r.fields["Step"] == "interview_victim")
    reason = "Sample Person was away; AMBER met Mr Placeholder on Sunday."
    house.staff_write("amber", "Actions", action.id, reason_for_lateness=reason)

    text = str(house.only("Cases").fields["Every step explained"])
    assert "[Victim] was away; [Housing or ASB officer] met Mr [Alleged perpetrator] on Sunday." in text
    assert not [name for name in NAMES if name in text]


def test_time_alone_changes_no_word_of_it() -> None:
    """HC-003: the text is written when something is recorded, not when something falls late; a second pass is quiet."""
    house = a_case()
    before = house.only("Cases").fields["Every step explained"]
    assert effects(house) == 0
    house.wait(hours=20)
    house.wait(hours=8)
    assert house.action("interview_victim")["Status"] == "Overdue"
    assert house.only("Cases").fields["Every step explained"] == before
    assert effects(house) == 0
    interviewed(house)
    assert house.only("Cases").fields["Every step explained"] != before


def test_a_step_whose_incident_is_gone_is_still_told_also_where_a_cell_cannot_be_read() -> None:
    """R-10: nothing is removed, and a word in a date stops no pass."""
    house = a_case()
    again = house.staff_write("amber", "Incidents", first_reported_at=house.now)
    row = next(r for r in house.platform.records("Actions") if r.fields["Key"] == "CW-2026-0001/log_case/incident-2")
    house.platform.delete("Incidents", again)
    house.platform.spoil("Actions", row.id, "Due at", "soon")
    assert house.runner.once(sweep=True).failed == []

    told = explained(house, "Put it on the case log", "Incident 2")
    assert "Not needed" in told
    assert "no longer on the case" in told
    assert effects(house) == 0


def test_what_is_edited_by_hand_is_put_back() -> None:
    """The cell has one owner."""
    house = a_case()
    before = house.only("Cases").fields["Every step explained"]
    house.staff_write("amber", "Cases", house.only("Cases").id, every_step_explained="All is well.")
    assert house.only("Cases").fields["Every step explained"] == before


def test_a_warning_stands_on_the_case_while_it_holds_and_neither_blocks_nor_rings() -> None:
    """HC-065, HC-066: no state, no step and no message follows from it."""
    house = a_case(tell_the_partnership=c.Answer.YES)
    assert house.only("Cases").fields["Warnings"] is None
    alert = house.only("Alerts")
    house.staff_write("amber", "Alerts", alert.id, acknowledged=True)
    mails = len(house.mail.sent)
    house.wait(days=13)
    kept = {r.fields["Key"]: r.fields["State"] for r in house.platform.records("Actions")}
    house.wait(days=1, minutes=1)

    told = str(house.only("Cases").fields["Warnings"])
    assert "Nothing has been heard from us for 14 days. It has been so since Wednesday 2 December 2026 09:00." in told
    assert effects(house) == 0
    assert len(house.mail.sent) == mails
    states = {r.fields["Key"]: r.fields["State"] for r in house.platform.records("Actions")}
    assert {key: states[key] for key in kept} == kept
    assert house.only("Cases").fields["What needs a person"] is None
    house.staff_write("amber", "Contacts", at=house.now, result=c.ContactResult.MADE)
    assert "Nothing has been heard" not in str(house.only("Cases").fields["Warnings"])


def test_a_risk_assessment_ends_its_warning_at_once() -> None:
    """It is looked at on every pass, like every other record of the case."""
    house = a_case()
    house.wait(days=8)
    assert "no risk assessment" in str(house.only("Cases").fields["Warnings"])
    with house.platform.as_user("amber@harbour-row.example"):
        row = {"Case": (house.only("Cases").id,), "Assessed at": house.now, "Level": c.RiskLevel.LOW}
        house.platform.create("Risk assessments", [row])
    house.runner.once()
    assert "no risk assessment" not in str(house.only("Cases").fields["Warnings"])
