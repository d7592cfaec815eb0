"""Stories: what was done, and what was told of it, stays, whatever is deleted, corrected or no longer needed."""

import pytest

from schema import choices as c
from tests.house import london
from tests.stories.day_by_day import STATE, Held, a_case, met, status

pytestmark = pytest.mark.usefixtures("plain_letters")


def test_records_brought_over_are_exempt_from_logging_and_late_entry_and_say_so() -> None:
    """R-08."""
    house = a_case()
    house.platform.update("Cases", [(house.only("Cases").id, {"Imported": True})])
    house.now = london("2026-11-25 09:00")
    met(house, happened_at=london("2026-11-18 15:00"))
    log, held = house.action("log_case"), house.action("interview_victim")
    assert (log["State"], log["Why"], log["Imported"]) == (STATE.NOT_NEEDED, "Brought over from older records.", True)
    assert (held["State"], held["Entered late"], held["Imported"]) == (STATE.DONE, False, True)


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
