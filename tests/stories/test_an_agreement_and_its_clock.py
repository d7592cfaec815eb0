"""Stories: what the victim's yes starts, what a no ends, and what saying yes again does and does not put off."""

from datetime import timedelta
from typing import Any

import pytest

from schema import choices as c
from tests.house import HarbourRow
from tests.stories.day_by_day import (
    ACCUSED,
    STATE,
    Held,
    Kind,
    a_case,
    approved,
    checked,
    due,
    each_of,
    met,
    reviewed,
    status,
)

pytestmark = pytest.mark.usefixtures("plain_letters")
SAID_NO = "The victim said no."


def answer_to(house: HarbourRow, option: c.Option) -> str:
    return next(r.id for r in house.platform.records("Consents") if r.fields["Option"] == option)


def says(house: HarbourRow, option: c.Option, answer: c.Answer) -> str:
    """The victim answers, for the first time, to one option."""
    return house.staff_write("amber", "Consents", option=option, answer=answer, given_by=c.GivenBy.VICTIM)


def delay_reviews(house: HarbourRow) -> list[Any]:
    rows = each_of(house, "perpetrator_delay_review")
    return [r["Status"] for r in rows]


@pytest.mark.parametrize("how", ["a second yes", "the same yes, dated anew"])
def test_saying_yes_again_puts_no_interview_off_and_no_delay_review_away(how: str) -> None:
    """HC-084, HC-086, R-02, A-10: the clock runs from the first yes; a yes after a no is another matter."""
    house = a_case(**ACCUSED)
    checked(house)
    met(house)
    house.wait(hours=100)
    assert (status(house, "interview_perpetrator"), delay_reviews(house)) == ("Overdue", ["Overdue"])
    row = answer_to(house, c.Option.PERPETRATOR) if how != "a second yes" else None
    house.staff_write("amber", "Consents", row, option=c.Option.PERPETRATOR, answer=c.Answer.YES, given_at=house.now,
                      given_by=c.GivenBy.VICTIM)  # fmt: skip

    assert due(house, "interview_perpetrator") == "Fri 20 Nov 09:00"
    assert (status(house, "interview_perpetrator"), delay_reviews(house)) == ("Overdue", ["Overdue"])
    said = str(house.action("interview_perpetrator")["How worked out"])
    assert ("dated anew" in said) == (row is not None)


def test_a_support_referral_is_due_from_the_first_yes() -> None:
    """HC-051, A-18."""
    house = a_case(refer_for_support=c.Answer.YES)
    house.wait(hours=30)
    says(house, c.Option.SUPPORT, c.Answer.YES)
    rows = each_of(house, "support_referral")
    assert [(str(r["Status"]), f"{r['Due at']:%d %H:%M}") for r in rows if r["Due at"]] == [("Overdue", "19 09:00")]


def test_a_yes_after_a_no_is_another_promise_measured_by_its_own_date() -> None:
    """HC-084, R-11, A-10: the first promise stays on record, and nobody is late against it."""
    house = a_case(**ACCUSED)
    checked(house)
    met(house)
    row = answer_to(house, c.Option.PERPETRATOR)
    house.wait(hours=10)
    house.staff_write("amber", "Consents", row, answer=c.Answer.NO)
    house.wait(days=7)
    house.staff_write("amber", "Action plan", version="2", agreed_at=house.now)
    house.staff_write("amber", "Consents", row, answer=c.Answer.YES, given_at=house.now)
    action = house.action("interview_perpetrator")
    assert due(house, "interview_perpetrator") == "Fri 27 Nov 19:00"
    assert due(house, "interview_perpetrator", cell="First due") == "Fri 20 Nov 09:00"
    assert "First promised: Friday 20 November 2026 09:00" in action["How worked out"]
    late = house.now + timedelta(hours=60)
    house.wait(hours=5)
    held = met(house, Kind.PERPETRATOR)
    action = house.action("interview_perpetrator")
    assert (action["State"], action["First late at"]) == (STATE.DONE, None)

    house.now = late
    house.staff_write("amber", "Interviews", held, happened_at=late)
    assert house.action("interview_perpetrator")["State"] == STATE.DONE_LATE, "the new date can be missed too"


def test_a_delay_that_was_reviewed_stays_reviewed_when_the_victim_says_yes_again() -> None:
    """HC-086, R-10: and once the new date is missed, the next review counts from it."""
    house = a_case(**ACCUSED)
    checked(house)
    met(house)
    house.wait(hours=60)
    reviewed(house, c.ReviewKind.DELAY)
    row = answer_to(house, c.Option.PERPETRATOR)
    house.staff_write("amber", "Consents", row, answer=c.Answer.NO)
    assert delay_reviews(house) == ["Done", "Not needed"]
    house.wait(days=7)
    house.staff_write("amber", "Action plan", version="2", agreed_at=house.now)
    house.staff_write("amber", "Consents", row, answer=c.Answer.YES, given_at=house.now)
    assert delay_reviews(house) == ["Done", "Not needed"]
    house.wait(hours=49)
    assert delay_reviews(house) == ["Done", "Due"]
    reviewed(house, c.ReviewKind.DELAY)
    rows = each_of(house, "perpetrator_delay_review")
    assert [(r["State"], f"{r['Due at']:%d %b %H:%M}") for r in rows[:2]] == [
        (STATE.DONE, "22 Nov 09:00"), (STATE.DONE, "01 Dec 21:00"),
    ]  # fmt: skip


def test_a_yes_from_before_the_no_starts_nothing_after_it() -> None:
    """HC-084, R-13: three records, and the clock runs from the third."""
    house = a_case(**ACCUSED)
    checked(house)
    met(house)
    house.wait(hours=2)
    says(house, c.Option.PERPETRATOR, c.Answer.NO)
    house.wait(hours=2)
    house.staff_write("amber", "Action plan", version="2", agreed_at=house.now)
    assert house.action("interview_perpetrator")["State"] == STATE.NOT_NEEDED
    house.wait(hours=2)
    says(house, c.Option.PERPETRATOR, c.Answer.YES)
    assert due(house, "interview_perpetrator") == "Fri 20 Nov 15:00"


CALLED_FOR = ("warning_letter", "rearrange_meeting", "non_attendance_letter")


def called_for(step: str) -> HarbourRow:
    """A case on which that step is owed."""
    house = a_case(**ACCUSED)
    checked(house)
    met(house)
    house.wait(hours=2)
    if step == "warning_letter":
        met(house, Kind.PERPETRATOR)
    elif step == "rearrange_meeting":
        met(house, Kind.PERPETRATOR, Held.MISSED, booked_for=house.now, happened_at=None)
    else:
        met(house, Kind.PERPETRATOR, Held.REFUSED)
    return house


@pytest.mark.parametrize("step", CALLED_FOR)
def test_what_follows_for_the_alleged_perpetrator_is_not_needed_once_the_victim_says_no(step: str) -> None:
    """HC-093, HC-097, HC-098, R-01, R-11: not overdue for ever; not asked waits, and a yes is owed."""
    house = called_for(step)
    assert house.action(step)["State"] == STATE.OPEN
    row = answer_to(house, c.Option.PERPETRATOR)
    house.staff_write("amber", "Consents", row, answer=c.Answer.NO)
    assert (house.action(step)["State"], house.action(step)["Why"]) == (STATE.NOT_NEEDED, SAID_NO)
    house.wait(days=10)
    assert status(house, step) == "Not needed"

    silent = called_for(step)
    silent.platform.delete("Consents", answer_to(silent, c.Option.PERPETRATOR))
    silent.run()
    assert silent.action(step)["State"] == STATE.WAITING


def test_a_warning_that_went_before_the_no_stays_sent() -> None:
    """HC-093, R-10."""
    house = called_for("warning_letter")
    to = house.only("People", role=c.PersonRole.PERPETRATOR).id
    row = house.staff_write("amber", "Letters", kind=c.LetterKind.WARNING, to=(to,))
    approved(house, row)
    house.staff_write("amber", "Letters", row, decision=c.LetterDecision.POSTED, sent_at=house.now)
    house.staff_write("amber", "Consents", answer_to(house, c.Option.PERPETRATOR), answer=c.Answer.NO)
    assert house.action("warning_letter")["State"] == STATE.DONE


def test_security_measures_that_the_victim_does_not_want_are_not_needed() -> None:
    """HC-060e, R-01: while nobody has asked, the 24 hours run from the need and the gate says what is missing."""
    house = a_case()
    house.staff_write("amber", "Repairs", kind=c.RepairKind.LOCKS, need_known_at=house.now)
    assert due(house, "security_measures") == "Thu 19 Nov 09:00"
    assert "not been asked" in house.action("security_measures")["Blocked by"]
    row = says(house, c.Option.SECURITY, c.Answer.NO)
    for step in ("security_measures", "security_approval"):
        assert (house.action(step)["State"], house.action(step)["Why"]) == (STATE.NOT_NEEDED, SAID_NO)
    house.staff_write("amber", "Consents", row, answer=c.Answer.YES)
    assert due(house, "security_measures") == "Thu 19 Nov 09:00"
    assert house.action("security_measures")["Blocked by"] == "A line manager must approve this measure."


def test_neighbours_are_asked_only_as_the_victim_agreed() -> None:
    """HC-033, HC-076, R-01, R-11: no is not needed, silence waits, a yes starts the five working days."""
    house = a_case()
    likely = {"are_there_witnesses": c.Witnesses.LIKELY}
    house.staff_write("amber", "Incidents", house.only("Incidents").id, **likely)
    assert status(house, "interview_witnesses") == "Waiting"
    house.go_to("2026-11-24 09:00")
    says(house, c.Option.NEIGHBOURS, c.Answer.YES)
    assert due(house, "interview_witnesses") == "Tue 01 Dec 23:59"

    refused = a_case()
    says(refused, c.Option.NEIGHBOURS, c.Answer.NO)
    refused.staff_write("amber", "Incidents", refused.only("Incidents").id, **likely)
    action = refused.action("interview_witnesses")
    assert (action["State"], action["Why"]) == (STATE.NOT_NEEDED, SAID_NO)
