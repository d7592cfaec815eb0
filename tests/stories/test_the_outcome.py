"""Stories: what the victim is told of the outcome, by when, and what of each thing they agreed to."""

from typing import Any

import pytest

from automations.sent import APPROVED_FIRST
from schema import choices as c
from tests.house import HarbourRow, london
from tests.stories.day_by_day import ACCUSED, STATE, a_case, approved, checked, due, met, needs, reviewed, status
from tests.stories.test_the_options_of_the_plan import answers, the_row

pytestmark = pytest.mark.usefixtures("plain_letters")
YES, NO = c.Answer.YES, c.Answer.NO
LETTER = "outcome_letter_victim"


def blocked(house: HarbourRow, step: str = LETTER, about: str = "") -> str:
    return str(house.action(step, about)["Blocked by"] or "")


def posted(house: HarbourRow, kind: c.LetterKind, to: str | None = None, **cells: Any) -> str:
    who = to or next(r.id for r in house.platform.records("People") if r.fields["Role"] == c.PersonRole.VICTIM)
    told = {"kind": kind, "decision": c.LetterDecision.POSTED, "sent_at": house.now, "to": (who,), **cells}
    if kind not in APPROVED_FIRST:
        return house.staff_write("amber", "Letters", **told)
    row = house.staff_write("amber", "Letters", kind=kind, to=(who,))
    approved(house, row)
    return house.staff_write("amber", "Letters", row, **told)


def outcome_reviewed(house: HarbourRow) -> str:
    return reviewed(house, c.ReviewKind.OUTCOME, covers_the_outcome=True)


def test_the_letter_waits_until_each_thing_agreed_has_its_result_or_its_reason() -> None:
    """HC-101, HC-100, HC-099: the gate names the options; the due date stands."""
    house = a_case()
    outcome_reviewed(house)
    assert blocked(house) == "", "a victim who agreed to nothing is told the findings all the same"
    legal, school = the_row(house, c.Option.LEGAL), the_row(house, c.Option.AGENCY)
    answers(house, legal, YES)
    answers(house, school, YES, organisation="Example School")
    assert blocked(house) == (
        "Say on Consents what was done, or why not, for: Refer to another agency, Take legal action."
    )
    assert due(house, LETTER) == "Wed 02 Dec 23:59"
    house.staff_write("amber", "Consents", legal, **{"Not done: reason": "Nobody could be named."})
    house.staff_write("amber", "Consents", school, what_was_done="  ")
    assert "Refer to another agency" in blocked(house)
    house.staff_write("amber", "Consents", school, what_was_done="The school was told and speaks to the parents.")
    assert blocked(house) == ""
    answers(house, the_row(house, c.Option.TRANSFER), YES)
    assert "Apply for a transfer" in blocked(house)
    house.staff_write("amber", "Consents", the_row(house, c.Option.TRANSFER), withdrawn_at=house.now)
    assert blocked(house) == "", "what was taken back is not agreed"


def test_what_a_step_carries_out_is_accounted_for_once_the_step_is_done() -> None:
    """HC-034, HC-101: the interview, the referral, the works. One left undone is still to be explained."""
    house = a_case(**ACCUSED, tell_the_partnership=YES, refer_for_support=YES)
    checked(house)
    met(house)
    outcome_reviewed(house)
    assert blocked(house).endswith("for: Speak to the alleged perpetrator, Refer for support."), "the notice has gone"
    house.wait(hours=2)
    met(house, c.InterviewKind.PERPETRATOR)
    assert blocked(house).endswith("for: Refer for support.")
    victim = house.only("People", role=c.PersonRole.VICTIM).id
    house.staff_write("amber", "Referrals", purpose=c.Purpose.SUPPORT, made_by_hand_at=house.now, person=(victim,))
    assert blocked(house) == ""

    answers(house, the_row(house, c.Option.SECURITY), YES)
    locks = [house.staff_write("amber", "Repairs", kind=kind, need_known_at=house.now)
             for kind in (c.RepairKind.LOCKS, c.RepairKind.ALARM)]  # fmt: skip
    house.staff_write("amber", "Repairs", locks[0], done_at=house.now)
    assert blocked(house).endswith("for: Fit security measures."), "one of two is not all"
    house.staff_write("amber", "Repairs", locks[1], done_at=house.now)
    assert blocked(house) == ""

    answers(house, the_row(house, c.Option.TEMPORARY), YES)
    house.staff_write("amber", "Cases", house.only("Cases").id, victim_fears_staying=c.YesNo.YES)
    answers(house, the_row(house, c.Option.TRANSFER), YES)
    assert blocked(house).endswith("for: Find somewhere temporary to stay, Apply for a transfer.")
    house.staff_write("amber", "Rehousing", kind=c.RehousingKind.TEMPORARY, called_at=house.now,
                      asked=c.TemporaryFrom.COUNCIL)  # fmt: skip
    house.staff_write("amber", "Rehousing", kind=c.RehousingKind.TRANSFER, form_given_at=house.now)
    assert blocked(house) == ""
    works = [r.fields["State"] for r in house.platform.records("Actions") if r.fields["Step"] == "security_measures"]
    assert [*works, house.action("temporary_options")["State"]] == [STATE.DONE] * 3
    house.wait(hours=1)
    house.staff_write("amber", "Incidents", first_reported_at=house.now)
    assert status(house, "notify_cdrp", "Incident 2") == "Due"
    assert blocked(house, LETTER, "Incident 1") == "", "what is left to do for another incident is not this one's"


def test_each_victim_is_told_of_what_they_agreed_to_themselves() -> None:
    """HC-101, R-12: two who disagree; one's letter does not wait for the other's plan."""
    house = a_case()
    first = house.only("People").id
    second = house.staff_write("amber", "People", role=c.PersonRole.VICTIM, name="Second Sample")
    house.staff_write("amber", "Incidents", house.only("Incidents").id, victims=(first, second))
    outcome_reviewed(house)
    answers(house, the_row(house, c.Option.LEGAL, first), YES)
    answers(house, the_row(house, c.Option.LEGAL, second), NO)
    letters = {r.fields["About"]: r.fields["Blocked by"] for r in house.platform.records("Actions")
               if r.fields["Step"] == LETTER}  # fmt: skip
    assert letters == {"Incident 1": "Say on Consents what was done, or why not, for: Take legal action.",
                       "Incident 1, victim 2": None}  # fmt: skip


def test_a_delay_letter_in_time_meets_the_first_measure_and_is_why_the_second_is_missed() -> None:
    """HC-100, HC-103, HC-104, R-04, A-06, A-32: each letter's date has an action of its own."""
    house = a_case()
    house.go_to("2026-12-01 10:00")
    outcome_reviewed(house)
    house.staff_write("amber", "Incidents", house.only("Incidents").id, reason_for_delay="A witness is in hospital.")
    assert house.action(LETTER)["Why"] is None
    house.go_to("2026-12-02 15:00")
    first = posted(house, c.LetterKind.DELAY, revised_target=london("2026-12-09 00:00"))
    assert house.action("victim_written_to")["State"] == STATE.DONE
    assert (status(house, LETTER), due(house, LETTER)) == ("Due soon", "Wed 02 Dec 23:59")
    house.go_to("2026-12-03 09:00")
    assert status(house, LETTER) == "Overdue"
    assert house.action(LETTER)["Why"] == (
        "A delay letter was needed: it went on Wednesday 2 December 2026 and gave Wednesday 9 December 2026. "
        "Why stands in Reason for delay."
    )
    house.go_to("2026-12-09 15:00")
    second = posted(house, c.LetterKind.DELAY, revised_target=london("2026-12-16 00:00"))
    house.go_to("2026-12-17 10:00")
    posted(house, c.LetterKind.VICTIM_OUTCOME)

    findings = house.action(LETTER)
    assert (findings["State"], due(house, LETTER, cell="First due")) == (STATE.DONE_LATE, "Wed 02 Dec 23:59")
    assert "gave Wednesday 9 December 2026; it went on Wednesday 9 December 2026 and gave" in str(findings["Why"])
    assert findings["Reason for lateness"] is None, "that cell is staff's own"
    revised = {r.fields["About"]: (r.fields["State"], f"{r.fields['Due at']:%d %b}")
               for r in house.platform.records("Actions") if r.fields["Step"] == "revised_target"}  # fmt: skip
    assert revised == {f"Letter {first}, incident 1": (STATE.DONE, "09 Dec"),
                       f"Letter {second}, incident 1": (STATE.DONE_LATE, "16 Dec")}  # fmt: skip


def test_a_delay_letter_wants_the_managers_review_and_its_reason() -> None:
    """HC-103, HC-099: said before it goes and while either is missing; a letter that went stays on record."""
    house = a_case()
    draft = house.staff_write("amber", "Letters", kind=c.LetterKind.DELAY)
    assert f"Letters {draft}: a delay letter goes once a line manager has reviewed" in needs(house)
    house.staff_write("amber", "Letters", draft, decision=c.LetterDecision.CANCELLED)
    assert not needs(house)
    house.go_to("2026-12-02 10:00")
    posted(house, c.LetterKind.DELAY, revised_target=london("2026-12-09 00:00"))
    assert house.action("victim_written_to")["State"] == STATE.DONE
    assert "once a line manager has reviewed" in needs(house)
    assert "a delay letter was needed, so say why (Reason for delay)" in needs(house)
    outcome_reviewed(house)
    house.staff_write("amber", "Incidents", house.only("Incidents").id, reason_for_delay="A witness is in hospital.")
    assert not needs(house)


def test_the_alleged_perpetrator_is_never_told_before_the_victim() -> None:
    """HC-102, A-21: nor at all without the victim's agreement."""
    house = a_case(**ACCUSED)
    checked(house)
    met(house)
    assert "The victim's outcome letter goes first." in blocked(house, "outcome_letter_perpetrator")
    house.wait(hours=3)
    met(house, c.InterviewKind.PERPETRATOR)
    outcome_reviewed(house)
    posted(house, c.LetterKind.VICTIM_OUTCOME)
    assert "goes first" not in blocked(house, "outcome_letter_perpetrator")
    answers(house, the_row(house, c.Option.PERPETRATOR), NO)
    withheld = house.action("outcome_letter_perpetrator")
    assert (withheld["State"], withheld["Why"]) == (STATE.NOT_NEEDED, "The victim said no.")
