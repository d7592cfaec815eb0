"""Stories: whole cases day by day, as they should go, and where the victim wants little or nothing of us."""

from typing import Any

import pytest

from schema import choices as c
from tests.house import TALKED_OVER, HarbourRow, london
from tests.stories.day_by_day import ACCUSED, STATE, Held, a_case, checked, due, met, needs, reviewed, status
from tests.stories.test_keeping_in_touch import contact
from tests.stories.test_the_options_of_the_plan import answers, rows, the_row
from tests.stories.test_the_outcome import blocked, outcome_reviewed, posted

pytestmark = pytest.mark.usefixtures("plain_letters")
YES, NO, UNASKED = c.Answer.YES, c.Answer.NO, c.Answer.NOT_ASKED
PERPETRATOR = c.InterviewKind.PERPETRATOR
NOTHING = {"Speak to the alleged perpetrator": NO, "Refer to the police": NO, "Tell the partnership": NO,
           "Refer for support": NO}  # fmt: skip


def says_no_to_the_rest(house: HarbourRow) -> None:
    told = {"Answer": NO, "Given at": house.now, "Given by": c.GivenBy.VICTIM}
    with house.platform.as_user("amber@harbour-row.example"):
        house.platform.update("Consents", [(r.id, told) for r in rows(house, answer=UNASKED)])
    house.run()


def first_day(house: HarbourRow) -> None:
    """What is done at once on any case: looked at, talked over, entered, acknowledged; nobody is at risk."""
    incident, case = house.only("Incidents").id, house.only("Cases").id
    house.go_to("2026-11-18 09:30")
    house.staff_write("amber", "Incidents", incident, emergency_assessment=c.Assessment.NONE, assessed_at=house.now,
                      safe_at_home=c.YesNo.YES, children_at_risk=c.YesNo.NO, adult_at_risk=c.YesNo.NO,
                      are_there_witnesses=c.Witnesses.NONE)  # fmt: skip
    house.staff_write("amber", "Cases", case, initial_report_form_completed_at=house.now, triage=c.Triage.HATE,
                      emergency_legal_action=c.YesNo.NO)  # fmt: skip
    victim = house.only("People", role=c.PersonRole.VICTIM).id
    house.staff_write("amber", "Tenancy checks", person=(victim,), checked_at=house.now, found=(c.Flag.NONE,))
    reviewed(house, c.ReviewKind.FIRST, **TALKED_OVER)
    letter = house.only("Letters").id
    house.staff_write("amber", "Letters", letter, decision=c.LetterDecision.POSTED, sent_at=house.now)


def interviewed(house: HarbourRow, at: str, **cells: Any) -> None:
    """The victim's interview: the note, the plan agreed and signed, the contact pattern, the case review."""
    house.go_to(at)
    met(house, note_saved_at=house.now, account="What was shouted, by whom and where.", impact="She sleeps badly.",
        what_to_do_if_it_happens_again="Ring 999, then us.", **cells)  # fmt: skip
    says_no_to_the_rest(house)
    house.staff_write("amber", "Action plan", version="1", agreed_at=house.now, signed_at=house.now)
    house.staff_write("amber", "Cases", house.only("Cases").id, agreed_pattern="By telephone, in the morning.",
                      **{"Told of the ASB Case Review at": house.now})  # fmt: skip
    reviewed(house, c.ReviewKind.DELAY, plan_version_covered="1")


def left(house: HarbourRow) -> dict[str, Any]:
    """Every step that is neither done in time nor not needed, or ever was late, with its status."""
    fine = (STATE.DONE, STATE.NOT_NEEDED)
    theirs = [r.fields for r in house.platform.records("Actions") if r.fields["Case"]]
    return {r["Key"]: r["Status"] for r in theirs if r["State"] not in fine or r["First late at"]}


def test_a_plain_case_closed_in_time() -> None:
    """HC-023, HC-026, HC-056f, HC-056g, HC-056i, HC-056j, HC-065, HC-069, HC-099, HC-100, HC-109, HC-110, HC-111,
    HC-112, HC-113, HC-142, HC-144, HC-145, HC-146: from the report to four weeks after closing nothing was late.
    """
    house = a_case(**ACCUSED, tell_the_partnership=YES)
    first_day(house)
    interviewed(house, "2026-11-18 14:00")
    assert not rows(house, answer=UNASKED)
    assert needs(house) == ""
    assert house.action("manager_discussion")["State"] == STATE.DONE
    assert due(house, "manager_discussion") == "Wed 18 Nov 10:00"

    house.go_to("2026-11-19 15:00")
    suspect = checked(house)
    met(house, PERPETRATOR, note_saved_at=house.now, at_our_office=c.YesNo.YES, account="Denies it.",
        complaint_put_to_them=True, our_policy_explained=True, told_that_it_must_not_happen_again=True)  # fmt: skip
    house.go_to("2026-11-20 10:00")
    posted(house, c.LetterKind.WARNING, suspect)
    house.go_to("2026-12-01 10:00")
    contact(house)
    reviewed(house, c.ReviewKind.PROGRESS, covers_the_outcome=True)
    house.go_to("2026-12-02 10:00")
    assert blocked(house, "outcome_letter_victim") == ""
    posted(house, c.LetterKind.VICTIM_OUTCOME)
    posted(house, c.LetterKind.PERPETRATOR_OUTCOME, suspect)
    house.go_to("2026-12-14 10:00")
    contact(house)
    assert due(house, "fortnightly_review") == "Tue 15 Dec 23:59"
    own = reviewed(house, c.ReviewKind.FORTNIGHTLY, who="amber")
    assert status(house, "fortnightly_review") == "Due soon", "the line manager's, not the officer's"
    house.platform.delete("Reviews", own)
    reviewed(house, c.ReviewKind.FORTNIGHTLY)
    assert house.action("outcome_review")["State"] == STATE.DONE

    house.go_to("2026-12-16 10:00")
    told = {"marker": c.Marker.RESOLVED, "closed_at": house.now}
    closing = house.staff_write("coral", "Closures", sought_at=house.now, **told)
    assert "agreement and feedback are needed" in needs(house)
    assert due(house, "closing_feedback") == "Wed 23 Dec 23:59"
    house.wait(hours=1)
    said = {"asked_at": house.now, "answered_at": house.now, "what_they_said": "You kept your word."}
    house.staff_write("amber", "Feedback", kind=c.FeedbackKind.BEFORE_CLOSING, **said)
    assert house.only("Cases").fields["State"] != c.CaseState.CLOSED
    house.staff_write("coral", "Closures", closing, victim_agrees=YES, closed_at=house.now)
    assert house.only("Cases").fields["State"] == c.CaseState.CLOSED
    assert house.only("Cases").fields["Closed by"] == c.StaffRole.SUPERVISOR
    assert due(house, "satisfaction_survey") == "Thu 17 Dec 23:59"
    house.go_to("2026-12-17 10:00")
    posted(house, c.LetterKind.SURVEY)
    assert due(house, "after_closure_check") == "Wed 13 Jan 23:59"
    house.go_to("2027-01-13 10:00")
    house.staff_write("amber", "Closures", closing, checked_again_at=house.now)
    assert house.action("after_closure_check")["State"] == STATE.DONE
    assert left(house) == {}
    assert needs(house) == ""


def test_a_victim_who_agrees_to_nothing_is_helped_and_nobody_else_is_told() -> None:
    """HC-026, HC-027, HC-028, HC-029, HC-052, HC-065, HC-101, HC-102: believed, kept informed, left in peace."""
    house = a_case(**(ACCUSED | NOTHING))
    first_day(house)
    interviewed(house, "2026-11-18 14:00")
    checked(house)
    said_no = {"interview_perpetrator", "police_referral", "support_referral", "outcome_letter_perpetrator"}
    assert {house.action(step)["Why"] for step in said_no} == {"The victim said no."}
    assert house.only("Referrals").fields["Form"] == c.ReferralForm.STATISTICAL
    assert status(house, "victim_contact") == "Due"
    house.go_to("2026-12-01 10:00")
    reviewed(house, c.ReviewKind.PROGRESS, covers_the_outcome=True)
    contact(house)
    posted(house, c.LetterKind.VICTIM_OUTCOME)
    assert house.action("outcome_letter_victim")["State"] == STATE.DONE
    assert needs(house) == ""


def test_an_agreement_taken_back_midway_ends_what_it_began_and_leaves_on_record_what_went() -> None:
    """HC-027, HC-051, HC-056f, HC-093, HC-101, HC-102, R-13."""
    house = a_case(**ACCUSED, refer_for_support=YES)
    first_day(house)
    interviewed(house, "2026-11-18 14:00")
    checked(house)
    house.go_to("2026-11-19 10:00")
    met(house, PERPETRATOR, note_saved_at=house.now, at_our_office=c.YesNo.YES)
    assert house.action("warning_letter")["State"] == STATE.OPEN
    house.wait(hours=1)
    for option in (c.Option.PERPETRATOR, c.Option.SUPPORT):
        house.staff_write("amber", "Consents", the_row(house, option), withdrawn_at=house.now)
    assert house.action("interview_perpetrator")["State"] == STATE.DONE
    for step in ("warning_letter", "support_referral", "outcome_letter_perpetrator"):
        assert house.action(step)["State"] == STATE.NOT_NEEDED
    outcome_reviewed(house)
    assert blocked(house, "outcome_letter_victim") == "", "it tells of what is still agreed"


def test_a_victim_who_wants_no_interview_signs_and_is_kept_in_touch_with_all_the_same() -> None:
    """HC-053, HC-056i, HC-056j, HC-069, A-10: everything after it counts from the waiver."""
    house = a_case(**ACCUSED)
    first_day(house)
    house.go_to("2026-11-18 11:00")
    checked(house)
    met(house, result=Held.WAIVED)
    assert house.action("interview_victim")["Why"] == "The victim said the first report was enough."
    assert due(house, "signature") == "Fri 20 Nov 11:00"
    assert due(house, "victim_contact") == "Wed 02 Dec 23:59"
    assert due(house, "interview_perpetrator") == "Fri 20 Nov 11:00"
    house.wait(hours=5)
    house.staff_write("amber", "Action plan", version="1", agreed_at=house.now, signed_at=house.now)
    assert house.action("signature")["State"] == STATE.DONE


def test_of_two_victims_who_disagree_each_has_their_own_answer() -> None:
    """HC-026, HC-028, HC-032, R-12: a no of one keeps us from the alleged perpetrator; help is each one's own."""
    house = a_case(**ACCUSED, refer_for_support=NO)
    checked(house)
    first = house.only("People", role=c.PersonRole.VICTIM).id
    second = house.staff_write("amber", "People", role=c.PersonRole.VICTIM, name="Second Sample")
    house.staff_write("amber", "Incidents", house.only("Incidents").id, victims=(first, second))
    met(house, person=(first,))
    met(house, person=(second,))
    assert house.action("interview_perpetrator")["State"] == STATE.WAITING, "one of them was not asked"
    answers(house, the_row(house, c.Option.PERPETRATOR, second), NO)
    answers(house, the_row(house, c.Option.SUPPORT, second), YES)
    assert house.action("interview_perpetrator")["Why"] == "The victim said no."
    support = [r.fields["State"] for r in house.platform.records("Actions") if r.fields["Step"] == "support_referral"]
    assert sorted(support) == sorted([STATE.NOT_NEEDED, STATE.OPEN])


@pytest.mark.parametrize(
    ("reported", "witnesses", "nine", "ten", "held"),
    [("2026-12-22 10:00", "Thu 31 Dec", "Thu 07 Jan", "Fri 08 Jan", "Wed 23 Dec 10:00"),
     ("2027-03-24 10:00", "Fri 02 Apr", "Thu 08 Apr", "Fri 09 Apr", "Thu 25 Mar 10:00"),
     ("2027-03-27 20:00", "Mon 05 Apr", "Fri 09 Apr", "Mon 12 Apr", "Sun 28 Mar 21:00")],
)  # fmt: skip
def test_christmas_and_easter_put_working_days_off_and_no_hours(
    reported: str, witnesses: str, nine: str, ten: str, held: str
) -> None:
    """HC-036, HC-078, HC-100, HC-103, HC-110, A-02, A-04: a delay letter's own ten days skip them too."""
    house = a_case(reported)
    assert due(house, "interview_victim") == held
    assert due(house, "interview_witnesses") == f"{witnesses} 23:59"
    assert due(house, "progress_review") == f"{nine} 23:59"
    assert due(house, "outcome_letter_victim") == due(house, "victim_written_to") == f"{ten} 23:59"
    assert due(house, "case_review_told") == f"{witnesses} 23:59"


def test_ten_working_days_of_an_extension_do_not_count_christmas() -> None:
    """HC-104, A-32: from Friday 18 December the tenth is Wednesday 6 January."""
    for target, fits in (("2027-01-06 00:00", True), ("2027-01-07 00:00", False)):
        house = a_case("2026-12-04 09:00")
        house.go_to("2026-12-18 10:00")
        posted(house, c.LetterKind.DELAY, revised_target=london(target))
        assert ("more than ten working days" in needs(house)) != fits
