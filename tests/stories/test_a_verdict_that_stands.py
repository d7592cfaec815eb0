"""Stories: what was in time stays so, what was late stays known, and nobody is late with what was not owed."""

from datetime import date
from typing import Any

import pytest

from automations.calendar import LONDON
from schema import choices as c
from tests.house import HarbourRow, london
from tests.stories import test_areas_reviewed as areas
from tests.stories.day_by_day import ACCUSED, STATE, Held, Kind, a_case, checked, due, met, reviewed
from tests.stories.test_the_end_of_the_calendar import known
from tests.stories.test_the_outcome import posted

pytestmark = pytest.mark.usefixtures("plain_letters")
WISH = {"Contact every (days)": 21, "Longer interval is the victim's wish": True}


def each(house: HarbourRow, step: str) -> list[tuple[Any, ...]]:
    """State and first lateness of every action of a step."""
    rows = [r.fields for r in house.platform.records("Actions") if r.fields["Step"] == step]
    return [(r["State"], r["First late at"]) for r in rows]


def somebody(house: HarbourRow, role: c.PersonRole, **cells: Any) -> str:
    return house.staff_write("amber", "People", role=role, name="Somebody Invented", **cells)


def test_another_victims_delay_letter_keeps_no_promise_made_to_the_first() -> None:
    """HC-103, HC-104, A-30: each is owed the findings by the date that they were given; a later date moves it."""
    house = a_case()
    first, second = house.only("People").id, somebody(house, c.PersonRole.VICTIM)
    house.go_to("2026-12-02 10:00")
    posted(house, c.LetterKind.DELAY, first, revised_target=london("2026-12-09 00:00"))
    house.wait(hours=1)
    posted(house, c.LetterKind.DELAY, second, revised_target=london("2026-12-10 00:00"))
    assert [state for state, _ in each(house, "revised_target")] == [STATE.OPEN, STATE.OPEN]
    house.wait(hours=1)
    posted(house, c.LetterKind.DELAY, first, revised_target=london("2026-12-08 00:00"))
    assert each(house, "revised_target")[0][0] == STATE.OPEN, "an earlier date puts nothing off"
    house.wait(hours=1)
    posted(house, c.LetterKind.DELAY, first, revised_target=london("2026-12-11 00:00"))
    assert [state for state, _ in each(house, "revised_target")][:2] == [STATE.DONE, STATE.OPEN]


def test_the_row_of_a_moved_interview_may_say_that_it_was_held() -> None:
    """HC-036, HC-053, R-05: the wish stands whatever came of the appointment; one entered too late moves nothing."""
    early, late = a_case(), a_case()
    early.wait(hours=20)
    row = met(early, result=Held.MOVED, happened_at=None, moved_to=london("2026-11-21 14:00"))
    early.go_to("2026-11-21 14:00")
    early.staff_write("amber", "Interviews", row, result=Held.HELD, happened_at=early.now)
    assert each(early, "interview_victim") == [(STATE.DONE, None)]
    late.wait(hours=30)
    met(late, moved_to=london("2026-11-19 15:00"))
    assert each(late, "interview_victim") == [(STATE.DONE_LATE, london("2026-11-19 09:00"))]


def test_a_letter_in_time_stays_in_time_when_the_victim_takes_back_what_it_rested_on() -> None:
    """HC-102, R-04, R-10: the no stops what comes after it, and makes nothing late that was not."""
    house = a_case(**ACCUSED)
    accused = checked(house)
    met(house)
    victim = house.only("People", role=c.PersonRole.VICTIM).id
    house.go_to("2026-12-02 15:00")
    posted(house, c.LetterKind.DELAY, victim, revised_target=london("2026-12-09 17:00"))
    house.go_to("2026-12-08 10:00")
    posted(house, c.LetterKind.VICTIM_OUTCOME, victim)
    posted(house, c.LetterKind.PERPETRATOR_OUTCOME, accused)
    before = dict(house.action("outcome_letter_perpetrator"))
    assert before["State"] == STATE.DONE
    house.wait(days=1)
    yes = house.only("Consents", option=c.Option.PERPETRATOR).id
    house.staff_write("amber", "Consents", yes, answer=c.Answer.NO)
    after = house.action("outcome_letter_perpetrator")
    same = ("State", "Due at", "First late at", "How worked out", "Calendar", "Done at")
    assert [after[k] for k in same] == [before[k] for k in same]


def test_a_contact_in_time_stays_so_when_another_interval_is_agreed_afterwards() -> None:
    """HC-069, A-09, R-05, R-10."""
    house = a_case()
    met(house)
    case = house.only("Cases").id
    house.staff_write("amber", "Cases", case, **WISH)
    house.go_to("2026-12-08 10:00")
    house.staff_write("amber", "Contacts", at=house.now, result=c.ContactResult.MADE)
    house.wait(days=1)
    house.staff_write("amber", "Cases", case, **{"Contact every (days)": 14,
                                                 "Longer interval is the victim's wish": False})  # fmt: skip
    assert each(house, "victim_contact") == [(STATE.DONE, None), (STATE.OPEN, None)]


def test_a_shorter_interval_is_kept_to_from_the_day_it_is_agreed_and_makes_nothing_late_before() -> None:
    """HC-069, A-09: contact agreed for every week and made after twelve days is late; agreed that day, it is not."""
    house, later = a_case(), a_case()
    for each_house in (house, later):
        met(each_house)
    weekly = {"Contact every (days)": 7}
    house.staff_write("amber", "Cases", house.only("Cases").id, **weekly)
    house.go_to("2026-11-30 10:00")
    house.staff_write("amber", "Contacts", at=house.now, result=c.ContactResult.MADE)
    assert each(house, "victim_contact")[0] == (STATE.DONE_LATE, london("2026-11-25 23:59:59"))

    later.go_to("2026-11-30 10:00")
    later.staff_write("amber", "Cases", later.only("Cases").id, **weekly)
    assert due(later, "victim_contact") == "Wed 02 Dec 23:59"
    later.staff_write("amber", "Contacts", at=later.now, result=c.ContactResult.MADE)
    rows = [r.fields for r in later.platform.records("Actions") if r.fields["Step"] == "victim_contact"]
    assert [(r["State"], f"{r['Due at'].astimezone(LONDON):%d %b}") for r in rows] == [
        (STATE.DONE, "02 Dec"), (STATE.OPEN, "07 Dec"),
    ]  # fmt: skip


def test_feedback_is_not_overdue_for_ever_on_a_case_closed_without_it() -> None:
    """HC-142, R-22: the manager's recorded exception ends it; until then it is owed."""
    house = a_case()
    house.go_to("2026-12-01 09:00")
    sought = house.staff_write("dahlia", "Closures", sought_at=house.now)
    assert house.action("closing_feedback")["State"] == STATE.OPEN
    house.close(sought_at=house.now)
    assert house.only("Cases").fields["State"] == c.CaseState.CLOSED
    house.go_to("2027-01-10 10:00")
    assert each(house, "closing_feedback") == [(STATE.NOT_NEEDED, None)] * 2
    assert "recorded exception" in str(house.action("closing_feedback", f"Closure {sought}")["Why"])


def test_a_victim_of_a_further_incident_is_owed_our_details_from_its_first_report() -> None:
    """HC-024, HC-037, HC-106, A-30: nobody is late with somebody whom no report had named; the first is as before."""
    house = a_case()
    house.go_to("2026-12-10 09:00")
    second = somebody(house, c.PersonRole.VICTIM)
    house.staff_write("amber", "Incidents", first_reported_at=house.now, victims=(second,))
    for step in ("details_to_victim", "tenancy_check"):
        assert due(house, step, "Victim 2") == due(house, step, "Victim 2", "First due") == "Fri 11 Dec 09:00"
        assert house.action(step, "Victim 2")["First late at"] is None
        assert due(house, step, "The victim") == "Thu 19 Nov 09:00"


def test_a_witness_entered_cell_by_cell_is_not_late_before_the_day_they_were_found_is_there() -> None:
    """HC-078, R-06: staff have a day to enter it; after that the first report is what it counts from."""
    house, silent = a_case(), a_case()
    for each_house in (house, silent):
        each_house.go_to("2026-12-08 09:00")
        who = somebody(each_house, c.PersonRole.WITNESS)
        each_house.staff_write("amber", "Incidents", each_house.only("Incidents").id, witnesses=(who,))
    house.wait(minutes=2)
    house.staff_write("amber", "People", who, identified_at=house.now)
    assert due(house, "interview_witnesses", "witness 1", "First due") == "Tue 15 Dec 23:59"
    house.wait(days=2)
    house.staff_write("amber", "Interviews", with_=Kind.WITNESS, result=Held.HELD, happened_at=house.now, person=(who,))
    told = house.action("interview_witnesses", "witness 1")
    assert (told["State"], told["First late at"]) == (STATE.DONE, None)
    silent.wait(hours=25)
    assert due(silent, "interview_witnesses", "witness 1", "First late at") == "Wed 25 Nov 23:59"


def test_what_is_done_on_the_last_day_after_a_holiday_was_proclaimed_is_in_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """HC-110, A-04, R-10: a working day that became a holiday is none; the first promise stays on record."""
    house, idle = a_case(), a_case()
    known(monkeypatch, date(2028, 12, 31), **{"2026-11-30": "A day proclaimed"})
    for each_house in (house, idle):
        each_house.go_to("2026-12-02 09:00")
    assert house.action("progress_review")["First late at"] is None
    reviewed(house)
    assert each(house, "progress_review") == [(STATE.DONE, None)]
    assert due(house, "progress_review", cell="First due") == "Tue 01 Dec 23:59"
    idle.go_to("2026-12-03 09:00")
    assert due(idle, "progress_review", cell="First late at") == "Wed 02 Dec 23:59"


def test_one_area_review_that_is_deleted_makes_one_late_and_not_every_one_after_it() -> None:
    """HC-138, C19, R-10."""
    house = areas.a_case()
    rows = []
    for at in ("2026-12-01 10:00", "2026-12-14 10:00", "2026-12-27 10:00"):
        house.go_to(at)
        areas.give_reasons(house)
        rows.append(areas.reviewed(house))
    assert [state for state, _ in each(house, "area_review")] == [STATE.DONE] * 3 + [STATE.OPEN]
    house.platform.delete("Area reviews", rows[1])
    house.go_to("2027-01-09 10:00")
    areas.give_reasons(house)
    areas.reviewed(house)
    assert [state for state, _ in each(house, "area_review")] == [
        STATE.DONE, STATE.DONE_LATE, STATE.DONE, STATE.OPEN,
    ]  # fmt: skip
    house.go_to("2027-01-30 10:00")
    assert areas.owed(house, 4)["Status"] == "Overdue"
