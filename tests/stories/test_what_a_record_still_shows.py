"""Stories: records that are corrected, mistyped, taken away or another person's, and what the steps then say."""

from datetime import timedelta
from typing import Any

import pytest

from schema import choices as c
from tests.house import TALKED_OVER, HarbourRow, london
from tests.stories.test_the_clocks_of_a_case import (
    ACCUSED,
    STATE,
    Held,
    Kind,
    a_case,
    checked,
    due,
    met,
    reviewed,
    status,
)

pytestmark = pytest.mark.usefixtures("plain_letters")


def of(house: HarbourRow, step: str) -> list[Any]:
    return [r.fields for r in house.platform.records("Actions") if r.fields["Step"] == step]


def needs(house: HarbourRow) -> str:
    return str(house.only("Cases").fields["What needs a person"] or "")


def test_help_that_was_given_stays_given_when_the_answer_changes() -> None:
    """HC-015, HC-022, HC-048, R-10: and what was not given is not needed, with the reason."""
    steps = {"safeguarding_report": "Nobody is at risk.", "homelessness_help": "It is safe to be at home.",
             "legal_advice": "Emergency legal action is not considered."}  # fmt: skip
    for helped in (True, False):
        house = a_case(children_at_risk=c.YesNo.YES, safe_at_home=c.YesNo.NO)
        case, incident = house.only("Cases").id, house.only("Incidents").id
        house.staff_write("amber", "Cases", case, emergency_legal_action=c.YesNo.YES)
        if helped:
            house.staff_write("amber", "Referrals", purpose=c.Purpose.SAFEGUARDING, made_by_hand_at=house.now)
            house.staff_write("amber", "Rehousing", kind=c.RehousingKind.TEMPORARY, called_at=house.now)
            house.staff_write("amber", "Legal", kind=c.LegalKind.EMERGENCY_ADVICE, asked_at=house.now)
        house.wait(days=3)
        house.staff_write("amber", "Incidents", incident, children_at_risk=c.YesNo.NO, adult_at_risk=c.YesNo.NO,
                          safe_at_home=c.YesNo.YES)  # fmt: skip
        house.staff_write("amber", "Cases", case, emergency_legal_action=c.YesNo.NO)
        for step, why in steps.items():
            action = house.action(step)
            told = (action["State"], action["Why"])
            assert told == ((STATE.DONE, None) if helped else (STATE.NOT_NEEDED, why))


def test_a_referral_made_before_another_risk_was_known_is_not_of_that_risk() -> None:
    """HC-022, R-21."""
    house = a_case(children_at_risk=c.YesNo.YES)
    house.staff_write("amber", "Referrals", purpose=c.Purpose.SAFEGUARDING, made_by_hand_at=house.now)
    assert status(house, "safeguarding_report") == "Done"
    house.wait(days=3)
    house.staff_write("amber", "Incidents", house.only("Incidents").id, adult_at_risk=c.YesNo.YES,
                      risk_known_at=house.now)  # fmt: skip
    assert house.action("safeguarding_report")["State"] == STATE.ALERT
    house.staff_write("amber", "Referrals", purpose=c.Purpose.SAFEGUARDING, made_by_hand_at=house.now)
    assert status(house, "safeguarding_report") == "Done"


MISTYPED = london("2025-11-18 10:00")
EARLY: list[tuple[str, str, dict[str, Any]]] = [
    ("interview_victim", "Interviews", {"with_": Kind.VICTIM, "result": Held.HELD, "happened_at": MISTYPED}),
    ("manager_discussion", "Reviews",
     {"kind": c.ReviewKind.FIRST, "findings": "In hand.", "held_at": MISTYPED, **TALKED_OVER}),
    ("victim_written_to", "Letters", {"kind": c.LetterKind.PROGRESS, "decision": c.LetterDecision.POSTED,
                                      "sent_at": MISTYPED}),
    ("notify_cdrp", "Referrals", {"purpose": c.Purpose.CDRP_NOTICE, "made_by_hand_at": MISTYPED}),
]  # fmt: skip


@pytest.mark.parametrize(("step", "table", "cells"), EARLY, ids=[t for _, t, _ in EARLY])
def test_what_is_dated_before_anybody_had_told_us_does_not_count(step: str, table: str, cells: dict[str, Any]) -> None:
    """HC-036, HC-046, HC-052, R-07: a mistyped year completes nothing, and the case says which cell."""
    house = a_case()
    row = house.staff_write("coral", table, **cells)
    assert house.action(step)["State"] not in (STATE.DONE, STATE.DONE_LATE)
    assert f"{table} {row}: " in needs(house)
    assert "before the first report" in needs(house)
    right = {k: house.now for k, v in cells.items() if v == MISTYPED}
    house.staff_write("coral", table, row, **right)
    assert status(house, step) == "Done"


def test_closing_that_was_sought_before_the_first_report_asks_for_nothing_yet() -> None:
    """HC-142, R-07: a mistyped year makes nobody late with asking the victim."""
    house = a_case()
    row = house.staff_write("coral", "Closures", sought_at=MISTYPED)
    assert (house.action("closing_feedback")["State"], house.action("closing_feedback")["Due at"]) == (
        STATE.WAITING, None
    )  # fmt: skip
    assert f"Closures {row}: Sought at (Tuesday 18 November 2025 10:00) is before the first report" in needs(house)
    house.staff_write("coral", "Closures", row, sought_at=house.now)
    assert status(house, "closing_feedback") == "Due"
    assert needs(house) == ""


def test_a_version_of_the_plan_agreed_before_the_first_report_is_no_version_yet() -> None:
    """HC-049, HC-056j, R-07: a mistyped year is not shown as a signature that was never asked for in time."""
    house = a_case()
    row = house.staff_write("amber", "Action plan", version="2", agreed_at=MISTYPED)
    assert f"Action plan {row}: Agreed at (Tuesday 18 November 2025 10:00) is before the first report" in needs(house)
    assert "new_version_signed" not in {r.fields["Step"] for r in house.platform.records("Actions")
                                        if r.fields["Due at"]}  # fmt: skip
    house.staff_write("amber", "Action plan", row, agreed_at=house.now)
    assert "before the first report" not in needs(house)
    assert status(house, "new_version_signed") == "Due"


def test_a_contact_of_last_year_is_none_and_graffiti_may_be_older_than_the_report() -> None:
    """HC-060d, HC-069, R-07, R-19."""
    house = a_case()
    met(house)
    house.staff_write("amber", "Contacts", at=MISTYPED, result=c.ContactResult.MADE)
    assert "Contacts 1: At" in needs(house)
    before = london("2026-11-17 12:00")
    house.staff_write("amber", "Repairs", kind=c.RepairKind.GRAFFITI, need_known_at=before, photographed_at=before,
                      done_at=before)  # fmt: skip
    assert status(house, "remove_graffiti") == "Done"
    assert due(house, "remove_graffiti") == "Wed 18 Nov 12:00", "from the need, which was known before"
    assert "Repairs" not in needs(house)


def test_where_another_record_takes_its_place_both_are_named() -> None:
    """R-10: that the time was corrected would be untrue."""
    house = a_case()
    first = met(house)
    house.wait(hours=48)
    second = met(house)
    house.platform.delete("Interviews", first)
    house.wait(minutes=5)
    told = str(house.action("interview_victim")["Reopened why"])
    assert f"Interviews {first} no longer shows it; Interviews {second} does." in told
    third = met(house, happened_at=london("2026-11-18 10:00"))
    told = str(house.action("interview_victim")["Reopened why"]).splitlines()[-1]
    assert told.startswith(f"Interviews {third} shows it earlier than Interviews {second}; ")


def test_a_corrected_contact_makes_no_later_one_late() -> None:
    """HC-069, R-10, R-11: the next is counted from the contact there was, and its history stays."""
    house = a_case()
    met(house)

    def contact() -> str:
        house.wait(days=10)
        return house.staff_write("amber", "Contacts", at=house.now, result=c.ContactResult.MADE)

    mistaken = contact()
    contact()
    house.staff_write("amber", "Contacts", mistaken, result=c.ContactResult.ATTEMPTED)
    contact()
    first, second, *_ = of(house, "victim_contact")
    assert first["State"] == STATE.DONE_LATE, "twenty days after the interview"
    assert (second["State"], second["First late at"]) == (STATE.DONE, None), "ten days after the one before"
    assert f"{second['First due']:%d %b}" == "12 Dec"
    assert "no longer shows" in second["Reopened why"]


def test_a_letter_of_an_earlier_round_is_none_of_this_one() -> None:
    """HC-098, R-09: whoever met us and then misses two more is written to again, in time by the new date."""
    house = a_case(**ACCUSED)
    who = checked(house)
    met(house)

    def two_misses() -> None:
        for _ in range(2):
            house.wait(days=1)
            met(house, Kind.PERPETRATOR, Held.MISSED, booked_for=house.now, happened_at=None)

    def letter() -> None:
        house.staff_write("amber", "Letters", kind=c.LetterKind.NON_ATTENDANCE, decision=c.LetterDecision.POSTED,
                          sent_at=house.now, to=(who,))  # fmt: skip

    two_misses()
    letter()
    house.wait(days=1)
    met(house, Kind.PERPETRATOR)
    assert house.action("non_attendance_letter")["State"] == STATE.DONE, "what was sent was sent"
    two_misses()
    assert house.action("non_attendance_letter")["State"] == STATE.OPEN
    assert due(house, "non_attendance_letter") == "Wed 25 Nov 09:00"
    letter()
    assert house.action("non_attendance_letter")["State"] == STATE.DONE


def test_a_refusal_counts_from_the_time_booked_and_an_interview_only_once_it_says_when_it_was() -> None:
    """HC-036, HC-098."""
    house = a_case(**ACCUSED)
    checked(house)
    held = met(house, happened_at=None, booked_for=house.now)
    assert house.action("interview_victim")["State"] == STATE.OPEN
    assert f"Interviews {held}: say when it was (Happened at)" in needs(house)
    house.staff_write("amber", "Interviews", held, happened_at=house.now + timedelta(days=1))
    assert f"Interviews {held}: Happened at is in the future" in needs(house)
    assert "say when it was" not in needs(house), "one fault, one sentence"
    house.staff_write("amber", "Interviews", held, happened_at=house.now)
    house.wait(hours=2)
    ahead = met(house, Kind.PERPETRATOR, Held.REFUSED, happened_at=None, booked_for=london("2026-11-19 09:00"))
    assert not of(house, "non_attendance_letter")
    assert f"Interviews {ahead}: Booked for is in the future" in needs(house)
    assert "say when it was" not in needs(house), "one fault, one sentence"
    house.staff_write("amber", "Interviews", ahead, booked_for=house.now)
    assert due(house, "non_attendance_letter") == "Fri 20 Nov 11:00"
    assert not needs(house)


def test_details_given_to_the_victim_are_not_given_to_the_second_one() -> None:
    """HC-024, HC-025, A-30: nor are they taken back from the first when a second is entered later."""
    house = a_case()
    case = house.only("Cases").id
    house.staff_write("amber", "Cases", case, details_given_to_the_victim_at=house.now)
    house.wait(hours=1)
    house.staff_write("amber", "People", role=c.PersonRole.VICTIM, name="Another Person")
    told = {str(r["About"]): r["State"] for r in of(house, "details_to_victim")}
    assert told == {"The victim": STATE.DONE, "Victim 2": STATE.BLOCKED}
    house.staff_write("amber", "Cases", case, details_given_to_the_victim_at=house.now)
    assert STATE.DONE not in [r["State"] for r in of(house, "details_to_victim")]
    assert "Details given to the victim at" in needs(house)


@pytest.mark.parametrize("gone", ["another role", "deleted"])
def test_no_history_of_the_first_victim_becomes_the_seconds(gone: str) -> None:
    """R-10, A-30."""
    house = a_case()
    first = house.only("People").id
    second = house.staff_write("amber", "People", role=c.PersonRole.VICTIM, name="Another Person")
    house.staff_write("amber", "Incidents", house.only("Incidents").id, victims=(first, second))
    met(house, person=(second,))
    mine, theirs = (r["Key"] for r in of(house, "interview_victim"))
    letters = {r.fields["Key"]: r.fields["To"] for r in house.platform.records("Letters")}
    if gone == "deleted":
        house.platform.delete("People", first)
        house.run()
    else:
        house.staff_write("amber", "People", first, role=c.PersonRole.WITNESS)
    states = {r["Key"]: r["State"] for r in of(house, "interview_victim")}
    assert states[theirs] == STATE.DONE
    assert states[mine] in (STATE.OPEN, STATE.NOT_NEEDED)
    assert len(states) == 2
    now = {r.fields["Key"]: r.fields["To"] for r in house.platform.records("Letters")}
    assert now.keys() == letters.keys()
    assert now[f"CW-2026-0001/letter/acknowledgement/person-{second}"] == (second,)


def test_of_two_alleged_perpetrators_a_delay_review_is_of_the_one_it_names() -> None:
    """HC-086, A-37: and every second one is a line manager's."""
    house = a_case(**ACCUSED)
    first = checked(house)
    second = house.staff_write("amber", "People", role=c.PersonRole.PERPETRATOR, name="Person Invented",
                               lives_in=c.LivesIn.OURS)  # fmt: skip
    house.staff_write("amber", "Incidents", house.only("Incidents").id, alleged_perpetrators=(first, second))
    house.staff_write("amber", "Consents", option=c.Option.PERPETRATOR, answer=c.Answer.YES, about=(second,),
                      given_by=c.GivenBy.VICTIM, given_at=house.now)  # fmt: skip
    met(house)
    house.wait(hours=60)
    reviewed(house, c.ReviewKind.DELAY, "amber")
    assert {r["State"] for r in of(house, "perpetrator_delay_review")} == {STATE.OPEN}, "whose, nobody said"
    reviewed(house, c.ReviewKind.DELAY, "amber", person=(first,))
    mine = [r for r in of(house, "perpetrator_delay_review") if r["Key"].split("/")[-2] == f"person-{first}"]
    assert [r["State"] for r in mine] == [STATE.DONE, STATE.OPEN]
    assert len(of(house, "perpetrator_delay_review")) == 3

    house.wait(hours=24)
    by_officer = reviewed(house, c.ReviewKind.DELAY, "amber", person=(first,))
    assert len(of(house, "perpetrator_delay_review")) == 3
    assert f"Reviews {by_officer}: this review is a line manager's to make" in needs(house)
    by_manager = reviewed(house, c.ReviewKind.DELAY, "coral", person=(first,))
    assert len(of(house, "perpetrator_delay_review")) == 4
    assert "a line manager's to make" not in needs(house)
    house.wait(minutes=1)
    house.staff_write("amber", "Reviews", by_manager, person=(second,))
    house.staff_write("amber", "Reviews", by_manager, person=(first,))
    assert f"Reviews {by_manager}: this review is a line manager's" in needs(house), "whose it is was changed since"
