"""Stories: a bank holiday proclaimed late, and a year's end at which nobody has entered the next year's list."""

from datetime import date, timedelta

import pytest

from automations import rules as rules_module
from automations.calendar import Calendar, calendar_for
from schema import choices as c
from tests.stories.day_by_day import STATE, a_case, due, needs, status

pytestmark = pytest.mark.usefixtures("plain_letters")
ENGLAND = c.Division.ENGLAND_AND_WALES
LAST = calendar_for(ENGLAND).last
FILE = "Refresh automations/data/bank_holidays.toml."


def known(monkeypatch: pytest.MonkeyPatch, last: date, **more: str) -> None:
    """From now on the bank holidays are known to that day, with those days more: "2026-11-20" and why."""
    real = calendar_for(ENGLAND)
    off = {d: why for d, why in real.bank_holidays.items() if d <= last} | {
        date.fromisoformat(day): why for day, why in more.items()
    }
    made = Calendar(ENGLAND, off, real.first, last)
    monkeypatch.setattr(rules_module, "calendar_for", lambda division: made)


def test_a_holiday_proclaimed_after_the_due_date_was_set_moves_it_and_keeps_what_was_promised(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A-04, R-10: hours do not move, and the action says which calendar it was counted with."""
    house = a_case()
    before = dict(house.action("progress_review"))
    assert due(house, "progress_review") == "Tue 01 Dec 23:59"
    known(monkeypatch, date(2028, 12, 31), **{"2026-11-30": "A day proclaimed"})
    house.wait(hours=1)

    after = house.action("progress_review")
    assert due(house, "progress_review") == "Wed 02 Dec 23:59"
    assert after["First due"] == before["First due"]
    assert "Monday 30 November 2026 (A day proclaimed)" in after["How worked out"]
    assert "First promised: Tuesday 1 December 2026 23:59." in after["How worked out"]
    assert after["Calendar"] != before["Calendar"]
    assert due(house, "interview_victim") == "Thu 19 Nov 09:00"


def test_at_the_end_of_a_year_without_the_next_years_holidays_help_goes_on_and_no_date_is_guessed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """R-19, HC-006, HC-052: everybody is told, hours run; what counts working days waits and names the file."""
    house = a_case(f"{LAST - timedelta(days=6)} 10:00", tell_the_partnership=c.Answer.NOT_ASKED)
    assert len(house.mail.sent) == 2
    assert house.only("Alerts").fields["State"] == c.AlertState.SENT
    assert house.action("interview_victim")["State"] == STATE.OPEN
    waits = house.action("outcome_letter_victim")
    assert (waits["State"], waits["Due at"]) == (STATE.WAITING, None)
    for said in (str(waits["Why"]), needs(house)):
        assert said.endswith(FILE)
    assert needs(house).count("Refresh") == 1
    house.wait(hours=25)
    assert status(house, "interview_victim") == "Overdue"
    assert not house.platform.records("Run log")

    known(monkeypatch, LAST + timedelta(days=365))
    house.wait(hours=1)
    assert house.action("outcome_letter_victim")["Due at"]
    assert needs(house) == ""
    assert house.only("Letters").fields["State"] == c.LetterState.DRAFT


def test_a_date_that_a_delay_letter_gives_beyond_it_moves_nothing_yet_and_the_case_goes_on() -> None:
    """HC-104, A-32: whether it lies within ten working days nobody can say."""
    house = a_case(f"{LAST - timedelta(days=30)} 10:00")
    house.go_to(f"{LAST - timedelta(days=21)} 10:00")
    cells = {"kind": c.LetterKind.DELAY, "decision": c.LetterDecision.POSTED, "sent_at": house.now}
    good = house.staff_write("amber", "Letters", **cells, revised_target=house.now + timedelta(days=7))
    assert FILE not in needs(house)
    house.go_to(f"{LAST - timedelta(days=3)} 10:00")
    late = house.staff_write("amber", "Letters", good, sent_at=house.now, revised_target=house.now + timedelta(days=2))
    assert f"Letters {late}: Bank holidays in england-and-wales are known from" in needs(house)
    assert not house.platform.records("Run log")
    assert status(house, "interview_victim") == "Overdue"


def test_tries_to_reach_a_victim_that_go_beyond_it_do_not_close_the_case_yet() -> None:
    """A-23, HC-144: three tries in two ways over ten working days, of which the last is not known."""
    house = a_case(f"{LAST - timedelta(days=6)} 10:00")
    for hours, how in ((1, c.Channel.LETTER), (20, c.Channel.TELEPHONE), (20, c.Channel.LETTER)):
        house.wait(hours=hours)
        house.staff_write("amber", "Contacts", at=house.now, how=how, result=c.ContactResult.ATTEMPTED)
    house.staff_write("dahlia", "Closures", closed_at=house.now, marker=c.Marker.NO_ENGAGEMENT,
                      exception="See the contacts.", exception_kind=c.ExceptionKind.UNTRACEABLE)  # fmt: skip
    assert house.only("Cases").fields["State"] == c.CaseState.NEEDS_A_PERSON
    assert "the victim must first be tried" in needs(house)
    assert not house.platform.records("Run log")
