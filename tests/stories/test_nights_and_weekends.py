"""Stories: nights when the clocks change, Scottish homes, and a runner that was down from Friday to Monday."""

import pytest

from schema import choices as c
from tests.house import HarbourRow, london
from tests.stories.day_by_day import STATE, a_case, due, met, status

pytestmark = pytest.mark.usefixtures("plain_letters")


@pytest.mark.parametrize(
    ("at", "interview", "note"),
    [("2027-03-27 18:00", "Sun 28 Mar 19:00", "Mon 29 Mar 21:00"),
     ("2026-10-24 18:00", "Sun 25 Oct 17:00", "Mon 26 Oct 19:00")],
)  # fmt: skip
def test_hours_are_hours_through_the_night_the_clocks_change(at: str, interview: str, note: str) -> None:
    """HC-053, HC-057, A-02: twenty-four of them, whatever the clock on the wall says."""
    house = a_case(at)
    assert due(house, "interview_victim") == interview
    assert "the clocks go" in house.action("interview_victim")["How worked out"]
    house.wait(hours=2)
    met(house)
    assert status(house, "interview_victim") == "Done"
    assert due(house, "victim_interview_note") == note


def test_a_scottish_home_has_scottish_bank_holidays() -> None:
    """HC-100, HC-110, R-27: St Andrew's Day counts in Scotland, and only there."""
    south = a_case("2026-11-18 09:00")
    north = HarbourRow("2026-11-18 09:00")
    north.report(postcode=None, area="Kirkinlea")
    assert north.only("Cases").fields["Division"] == c.Division.SCOTLAND
    assert (due(south, "outcome_letter_victim"), due(north, "outcome_letter_victim")) == (
        "Wed 02 Dec 23:59", "Thu 03 Dec 23:59"
    )  # fmt: skip
    assert "Saint Andrew" in north.action("outcome_letter_victim")["How worked out"]


def test_a_runner_that_was_down_over_the_weekend_finds_what_was_done_and_what_was_late() -> None:
    """R-07, R-10, HC-053: what happened counts when it happened; what nobody did was late from its own moment."""
    house = a_case("2026-11-20 16:00")
    other = HarbourRow("2026-11-20 16:00")
    other.report()
    house.now = london("2026-11-21 10:00")
    person = house.only("People").id
    with house.platform.as_user("amber@harbour-row.example"):
        row = {"Case": (house.only("Cases").id,), "With": c.InterviewKind.VICTIM, "Result": c.InterviewResult.HELD,
               "Happened at": house.now, "Person": (person,)}  # fmt: skip
        house.platform.create("Interviews", [row])
    for each in (house, other):
        each.now = london("2026-11-23 09:00")
        each.restart()
        each.run()
    done, late = house.action("interview_victim"), other.action("interview_victim")
    assert (done["State"], done["Done at"], done["Entered late"]) == (STATE.DONE, london("2026-11-21 10:00"), False)
    assert not done["First late at"]
    assert late["Status"] == "Overdue"
    assert late["First late at"] == london("2026-11-21 16:00")
    assert due(house, "victim_interview_note") == "Mon 23 Nov 10:00"


def test_evidence_taken_away_after_done_and_entered_again_late_leaves_its_marks() -> None:
    """R-07, R-10: done in time, then nothing shows it, then another record made days later does."""
    house = a_case()
    house.wait(hours=2)
    row = met(house)
    assert house.action("interview_victim")["State"] == STATE.DONE
    house.wait(hours=1)
    house.platform.delete("Interviews", row)
    house.run()
    assert house.action("interview_victim")["State"] == STATE.OPEN
    assert f"Interviews {row} no longer shows" in house.action("interview_victim")["Reopened why"]
    house.go_to("2026-11-21 10:00")
    assert status(house, "interview_victim") == "Overdue"
    met(house, happened_at=london("2026-11-18 11:00"))
    again = house.action("interview_victim")
    assert (again["State"], again["Entered late"]) == (STATE.DONE, True)
    assert again["First late at"] == london("2026-11-19 09:00"), "while nothing showed it, it was late"
    assert again["First done at"] == london("2026-11-18 11:00")
