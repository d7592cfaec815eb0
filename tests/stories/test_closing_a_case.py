"""Stories: what closing needs, what never counts for it, and what is still owed once a case is closed."""

from datetime import date
from typing import Any

import pytest

from schema import choices as c
from tests.house import HarbourRow, london
from tests.stories.day_by_day import STATE, a_case, due, needs, status

pytestmark = pytest.mark.usefixtures("plain_letters")
KIND, SOURCE = c.ExceptionKind, c.Source
CALL, VISIT, LETTER = c.Channel.TELEPHONE, c.Channel.IN_PERSON, c.Channel.LETTER
PLENTY = (("2026-11-20 10:00", CALL), ("2026-11-27 10:00", VISIT), ("2026-12-04 10:00", CALL))
"""Three tries by two ways; the tenth working day after Friday 20 November is Friday 4 December."""


def is_closed(house: HarbourRow) -> bool:
    return bool(house.only("Cases").fields["State"] == c.CaseState.CLOSED)


def tried(house: HarbourRow, *times: tuple[str, c.Channel], **cells: Any) -> None:
    """Each a try that reached nobody, entered on its day."""
    for at, how in times:
        house.go_to(at)
        told = {"at": house.now, "how": how, "result": c.ContactResult.ATTEMPTED}
        house.staff_write("amber", "Contacts", **(told | cells))


def excepted(house: HarbourRow, kind: c.ExceptionKind | None, **cells: Any) -> str:
    """The regional manager closes by exception, and nobody asked for feedback."""
    told = {"closed_at": house.now, "marker": c.Marker.NO_ENGAGEMENT, "exception": "See the contacts.",
            "exception_kind": kind}  # fmt: skip
    return house.staff_write("dahlia", "Closures", **(told | cells))


@pytest.mark.parametrize("kind", [KIND.NO_ENGAGEMENT, KIND.UNTRACEABLE])
@pytest.mark.parametrize(
    ("times", "closes"),
    [(PLENTY, True), (PLENTY[:2], False), ((*PLENTY[:2], ("2026-12-03 10:00", LETTER)), False),
     (tuple((at, CALL) for at, _ in PLENTY), False), ((), False)],
)  # fmt: skip
def test_a_victim_who_is_not_reached_was_tried_often_enough_in_enough_ways_for_long_enough(
    kind: c.ExceptionKind, times: tuple[tuple[str, c.Channel], ...], closes: bool
) -> None:
    """HC-144, A-23, R-22: three times, two ways, ten working days; then feedback was sought too (HC-142)."""
    house = a_case()
    tried(house, *times)
    house.go_to("2026-12-07 10:00")
    excepted(house, kind)
    assert is_closed(house) == closes
    assert ("must first be tried 3 times or more, in 2 ways or more, over 10 working days" in needs(house)) != closes


def test_tries_before_the_victim_was_last_reached_or_of_somebody_else_do_not_count() -> None:
    """HC-144, A-23: asking the alleged perpetrator three times is no try of the victim."""
    house = a_case(**{"Alleged perpetrator's name": "Person Placeholder"})
    tried(house, *PLENTY[:2])
    house.staff_write("amber", "Contacts", at=house.now, how=CALL, result=c.ContactResult.MADE)
    tried(house, PLENTY[2])
    row = excepted(house, KIND.NO_ENGAGEMENT)
    assert not is_closed(house)
    house.platform.delete("Closures", row)

    early = a_case()
    tried(early, *PLENTY)
    excepted(early, KIND.UNTRACEABLE, closed_at=london("2026-12-03 10:00"))
    assert not is_closed(early), "a try after closing is none before it"

    other = a_case(**{"Alleged perpetrator's name": "Person Placeholder"})
    tried(other, *PLENTY, person=(other.only("People", role=c.PersonRole.PERPETRATOR).id,))
    excepted(other, KIND.UNTRACEABLE)
    assert not is_closed(other)


def test_moving_house_closes_nothing_by_itself() -> None:
    """HC-144, R-22: an exception says which of the four it is."""
    house = a_case()
    house.wait(days=5)
    row = excepted(house, None, exception="Moved away.")
    assert "say which exception it is (Exception kind); that the victim moves house is none" in needs(house)
    assert not is_closed(house)
    house.platform.delete("Closures", row)
    house.close()
    assert is_closed(house)


@pytest.mark.parametrize(
    ("sources", "closes"),
    [((), False), ((SOURCE.PERPETRATOR,), False), ((SOURCE.NEIGHBOUR, SOURCE.PERPETRATOR), False),
     ((SOURCE.NEIGHBOUR, SOURCE.RECORD), True), ((SOURCE.FAMILY,), True)],
)  # fmt: skip
def test_nothing_is_closed_on_the_word_of_the_alleged_perpetrator_or_a_neighbour_alone(
    sources: tuple[c.Source, ...], closes: bool
) -> None:
    """HC-144, A-23: that a victim died is known from somebody else; then no survey goes and nobody calls."""
    house = a_case()
    house.wait(days=5)
    excepted(house, KIND.DIED, how_we_know=sources)
    assert is_closed(house) == closes
    assert ("How we know" in needs(house)) != closes
    if closes:
        for step in ("satisfaction_survey", "after_closure_check"):
            told = house.action(step)
            assert (told["State"], told["Why"]) == (STATE.NOT_NEEDED, "The victim has died.")


def test_we_are_unable_to_act_is_no_exception_on_a_neighbours_word() -> None:
    """HC-144, A-23."""
    for sources, closes in (((SOURCE.NEIGHBOUR,), False), ((SOURCE.NEIGHBOUR, SOURCE.STAFF), True)):
        house = a_case()
        house.wait(days=5)
        house.close(how_we_know=sources)
        assert is_closed(house) == closes


def test_feedback_is_always_asked_for_and_without_it_the_regional_manager_decides() -> None:
    """HC-142, R-22: also where the victim agreed to closing."""
    house = a_case()
    house.wait(days=10)
    agreed = {"closed_at": house.now, "marker": c.Marker.RESOLVED, "victim_agrees": c.Answer.YES}
    row = house.staff_write("coral", "Closures", **agreed)
    assert "agreement and feedback are needed" in needs(house)
    house.platform.delete("Closures", row)
    house.staff_write("dahlia", "Closures", exception="Wants to hear no more of it.", **agreed)
    assert "feedback must be asked for first" in needs(house)
    asked = house.staff_write("amber", "Feedback", kind=c.FeedbackKind.BEFORE_CLOSING, asked_at=house.now)
    assert not is_closed(house), "why there is none is still to be said"
    house.staff_write("amber", "Feedback", asked, **{"Not got: reason": "She would not be asked."})
    assert is_closed(house)


def test_a_closed_case_says_when_and_by_which_role() -> None:
    """HC-145, R-25: a role, not a name; blank again where the closing does not stand."""
    house = a_case()
    house.wait(days=5)
    row = house.close()
    case = house.only("Cases").fields
    assert (case["Closed at"], case["Closed by"]) == (house.now, c.StaffRole.REGIONAL)
    house.wait(hours=1)
    house.staff_write("amber", "Closures", row, exception_kind=KIND.DIED)
    case = house.only("Cases").fields
    assert (case["Closed at"], case["Closed by"]) == (None, None)
    assert "Exception kind was changed by somebody else" in needs(house)


def test_the_survey_is_left_out_with_its_reason() -> None:
    """HC-146: not wanted, or nobody can be found; the four-week check follows all the same where somebody can."""
    house = a_case()
    house.wait(days=5)
    house.close(survey_not_wanted=True)
    survey = house.action("satisfaction_survey")
    assert (survey["State"], survey["Why"]) == (STATE.NOT_NEEDED, "The victim does not want the survey.")
    assert due(house, "after_closure_check") == "Mon 21 Dec 23:59"

    lost = a_case()
    tried(lost, *PLENTY)
    excepted(lost, KIND.UNTRACEABLE)
    assert lost.action("satisfaction_survey")["Why"] == "The victim cannot be traced."

    sent = a_case()
    sent.wait(days=5)
    sent.close()
    assert due(sent, "satisfaction_survey") == "Tue 24 Nov 23:59"
    assert sent.action("satisfaction_survey")["Blocked by"] is None
    sent.staff_write("amber", "People", sent.only("People").id, safe_ways_to_contact=())
    assert "which ways of contact are safe" in sent.action("satisfaction_survey")["Blocked by"]


@pytest.mark.parametrize("told", ["2026-11-24 09:00", "2026-11-19 09:00"])
def test_a_further_incident_entered_on_a_closed_case_is_a_case_of_its_own_and_leaves_nobody_alone(told: str) -> None:
    """HC-105, R-23: whenever it was reported; its clocks run until it is one."""
    house = a_case()
    house.wait(days=5)
    house.close()
    house.wait(days=1)
    row = house.staff_write("amber", "Incidents", first_reported_at=london(told))
    assert f"Incidents {row}: entered after the case was closed. Make it a report" in needs(house)
    assert "a further incident after closing is a case of its own" in needs(house)
    assert status(house, "interview_victim", "Incident 2") in ("Due", "Overdue")
    assert house.action("interview_victim", "Incident 1")["State"] == STATE.NOT_NEEDED
    assert len(house.platform.records("Alerts")) == 2
    house.report(what_happened="It was reported as it should be.")
    assert len(house.platform.records("Cases")) == 2


def test_the_victim_is_told_of_the_case_review_and_until_when_they_may_ask() -> None:
    """HC-065, R-24: six months from the latest report; five working days to tell them."""
    house = a_case()
    assert due(house, "case_review_told") == "Wed 25 Nov 23:59"
    assert house.only("Cases").fields["Case review may be asked until"] == date(2027, 5, 18)
    house.go_to("2026-11-30 09:00")
    assert status(house, "case_review_told") == "Overdue"
    house.staff_write("amber", "Incidents", first_reported_at=house.now)
    assert house.only("Cases").fields["Case review may be asked until"] == date(2027, 5, 30)
    house.staff_write("amber", "Cases", house.only("Cases").id, **{"Told of the ASB Case Review at": house.now})
    assert house.action("case_review_told")["State"] == STATE.DONE_LATE


def test_nobody_can_be_told_of_a_case_review_whom_nobody_can_reach() -> None:
    """R-24, R-21."""
    house = a_case(**{"Reporter is": c.Reporter.ANONYMOUS, "Victim's name": None, "Address": None})
    assert house.action("case_review_told")["State"] == STATE.WAITING


def test_what_was_so_before_an_older_case_was_brought_over_is_not_asked_for() -> None:
    """R-08, HC-070, HC-113, HC-144: and the victim is told of the case review from then."""
    house = HarbourRow("2026-12-10 09:00")
    house.report(first_reported_at=london("2026-11-18 09:00"))
    before = london("2026-11-26 09:00")
    house.platform.update("Cases", [(house.only("Cases").id, {"Imported": True})])
    house.staff_write("amber", "Contacts", at=before, result=c.ContactResult.MADE)
    house.staff_write("amber", "Action plan", version="1", agreed_at=before)
    assert not needs(house)
    assert due(house, "case_review_told") == "Thu 17 Dec 23:59"
    house.wait(hours=1)
    house.staff_write("amber", "Contacts", at=house.now, result=c.ContactResult.MADE)
    house.staff_write("amber", "Action plan", version="2", agreed_at=house.now)
    assert "Contacts of 10 December 2026" in needs(house)
    assert "review covers version 2 yet" in needs(house)
    excepted(house, None, closed_at=london("2026-12-01 09:00"), exception="See the older file.")
    assert is_closed(house)


@pytest.mark.parametrize("division", [c.Division.SCOTLAND, c.Division.NORTHERN_IRELAND])
def test_there_is_no_case_review_in_scotland_and_northern_ireland(division: c.Division) -> None:
    """R-24, R-27."""
    house = HarbourRow()
    areas = house.platform.records("Areas")
    house.platform.update("Areas", [(area.id, {"Division": division}) for area in areas])
    house.report()
    review = house.action("case_review_told")
    assert (review["State"], review["Why"]) == (STATE.NOT_NEEDED, "The ASB Case Review is of England and Wales only.")
    assert house.only("Cases").fields["Case review may be asked until"] is None
