"""Stories: a case day by day. What was promised, what moves a promise, and what shows as due, blocked or overdue."""

from typing import Any

import pytest

from automations.calendar import LONDON
from schema import choices as c
from tests.house import TALKED_OVER, HarbourRow, london
from tests.stories.day_by_day import a_case, due, each_of, met, reviewed, status

pytestmark = pytest.mark.usefixtures("plain_letters")


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
    house.go_to("2026-11-18 10:00")
    assert status(house, "interview_victim") == "Done"
    house.staff_write("amber", "Interviews", row, happened_at=london("1926-11-18 10:00"))
    assert status(house, "interview_victim") == "Due"


def test_reviews_come_every_fourteen_days_and_a_missed_one_stays_overdue() -> None:
    """HC-110, HC-111, A-08: fourteen days after Friday 11 December is Christmas Day."""
    house = a_case()
    house.go_to("2026-11-27 10:00")
    reviewed(house)
    assert due(house, "fortnightly_review") == "Fri 11 Dec 23:59"
    house.go_to("2026-12-11 10:00")
    reviewed(house, c.ReviewKind.FORTNIGHTLY)
    rows = each_of(house, "fortnightly_review")
    assert [f"{r['Due at'].astimezone(LONDON):%a %d %b}" for r in rows] == ["Fri 11 Dec", "Thu 24 Dec"]
    house.go_to("2027-01-20 10:00")
    second = each_of(house, "fortnightly_review")[1:]
    assert [r["Status"] for r in second] == ["Overdue"], "one missed review, not three"


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
