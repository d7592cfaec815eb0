"""Stories: who says that it is no hate incident, and what the first day's records still leave open."""

import pytest

from schema import choices as c
from tests.house import TALKED_OVER, HarbourRow, london
from tests.stories.day_by_day import ACCUSED, a_case, met

pytestmark = pytest.mark.usefixtures("plain_letters")
STATE = c.ActionState


def says(house: HarbourRow) -> str:
    return str(house.only("Cases").fields["What needs a person"] or "")


def approve(house: HarbourRow, who: str, matter: c.Matter, **cells: object) -> str:
    return house.staff_write(who, "Approvals", matter=matter, decision=c.Decision.AGREED, **cells)


def test_only_a_line_manager_with_a_reason_says_that_it_is_no_hate_incident() -> None:
    """HC-001, HC-008, HC-066: until then every clock runs, and the case says what it needs."""
    house = a_case()
    case = house.only("Cases").id
    house.staff_write("coral", "Cases", case, triage=c.Triage.NOT_HATE)
    assert "anybody's perception makes it one" in says(house)
    assert house.action("interview_victim")["State"] == STATE.OPEN

    approve(house, "amber", c.Matter.NOT_HATE, reason="I think not.")
    assert house.action("interview_victim")["State"] == STATE.OPEN, "the case's own officer is no manager"
    agreed = approve(house, "coral", c.Matter.NOT_HATE)
    assert "gives a reason" in says(house)
    assert house.action("interview_victim")["State"] == STATE.OPEN
    house.staff_write("coral", "Approvals", agreed, reason="The caller rang about a parcel.",
                      decision=c.Decision.AGREED)  # fmt: skip
    assert house.action("interview_victim")["Why"] == "Triage: not a hate incident."
    assert "perception" not in says(house)

    house.wait(minutes=5)
    house.staff_write("dahlia", "Approvals", matter=c.Matter.NOT_HATE, decision=c.Decision.REFUSED)
    assert house.action("interview_victim")["State"] == STATE.OPEN, "a later refusal brings it all back"


def test_a_child_at_risk_is_reported_without_anybodys_agreement() -> None:
    """HC-021, HC-022, R-19: with every option refused the alert rings all the same."""
    no = dict.fromkeys(("tell_the_partnership", "refer_to_the_police", "refer_for_support"), c.Answer.NO)
    house = a_case(children_at_risk=c.YesNo.YES, **no)
    alert = house.action("safeguarding_report")
    assert (alert["State"], alert["Blocked by"]) == (STATE.ALERT, None)
    assert a_case(children_at_risk=c.YesNo.NO).action("safeguarding_report")["State"] == STATE.WAITING


def test_the_victims_tenancy_is_checked_within_a_day_and_what_it_finds_is_talked_over() -> None:
    """HC-037, HC-038, HC-039, HC-040, HC-041, R-20: the sentence goes with the manager's approval."""
    house = a_case(**ACCUSED)
    victim = house.only("People", role=c.PersonRole.VICTIM).id
    check = house.action("tenancy_check")
    assert (check["State"], check["Target"]) == (STATE.OPEN, c.Target.HOUSE)
    found = house.staff_write("amber", "Tenancy checks", person=(victim,), checked_at=house.now,
                              found=(c.Flag.NOT_ALONE, c.Flag.VULNERABLE))  # fmt: skip
    assert house.action("tenancy_check")["State"] == STATE.DONE
    assert "Speak to your manager" in says(house)
    assert "vulnerability or communication barrier" in says(house)
    approve(house, "coral", c.Matter.FLAGS, person=(victim,), reason="Two visit together.")
    assert "Speak to your manager" not in says(house)
    house.wait(hours=2)
    house.staff_write("amber", "Tenancy checks", person=(victim,), checked_at=house.now, found=(c.Flag.STARTER,))
    assert "Speak to your manager" in says(house), "a later one is talked over too"
    assert found

    clean = a_case()
    clean.staff_write("amber", "Tenancy checks", person=(clean.only("People").id,), checked_at=clean.now,
                      found=(c.Flag.NONE,))  # fmt: skip
    assert "Speak to your manager" not in says(clean)


def test_a_flag_about_the_victim_holds_up_contact_with_the_other_side_and_no_help() -> None:
    """HC-041, R-20."""
    house = a_case(**ACCUSED, graffiti_to_remove=c.YesNo.YES)
    victim = house.only("People", role=c.PersonRole.VICTIM).id
    who = house.only("People", role=c.PersonRole.PERPETRATOR).id
    house.staff_write("amber", "People", who, is_the_tenant=c.YesNo.YES)
    met(house)
    for person, flags in ((who, (c.Flag.NONE,)), (victim, (c.Flag.NOT_ALONE,))):
        house.staff_write("amber", "Tenancy checks", person=(person,), checked_at=house.now, found=flags)
    assert "the tenancy check found" in str(house.action("interview_perpetrator")["Blocked by"])
    house.staff_write("amber", "Repairs", house.only("Repairs").id, photographed_at=house.now)
    assert house.action("remove_graffiti")["Blocked by"] is None
    assert house.action("victim_contact")["Blocked by"] is None
    approve(house, "coral", c.Matter.FLAGS, person=(victim,))
    assert "tenancy check" not in str(house.action("interview_perpetrator")["Blocked by"])


def test_the_first_discussion_counts_with_its_three_matters() -> None:
    """HC-046, HC-047, HC-020: plan, repairs and security, emergency legal action."""
    house = a_case()
    told = {"kind": c.ReviewKind.FIRST, "held_at": house.now, "findings": "Talked over."}
    row = house.staff_write("coral", "Reviews", **told, **(TALKED_OVER | {"Emergency legal action discussed": False}))
    assert house.action("manager_discussion")["State"] == STATE.ALERT
    assert f"Reviews {row}: it counts as the first discussion once" in says(house)
    assert "ticked: Emergency legal action discussed." in says(house)
    house.staff_write("coral", "Reviews", row, **TALKED_OVER)
    assert house.action("manager_discussion")["State"] == STATE.DONE
    assert "first discussion" not in says(house)


def test_the_case_log_has_a_day_and_the_first_talk_an_hour() -> None:
    """HC-042, HC-046, HC-109: entered more than 24 hours after anybody was told is late, whatever the report says."""
    for told, state in (("2026-11-17 08:30", STATE.DONE_LATE), ("2026-11-17 09:30", STATE.DONE)):
        house = a_case(first_reported_at=london(told))
        assert house.action("log_case")["State"] == state
    assert a_case().action("manager_discussion")["Due at"] == london("2026-11-18 10:00")


def test_where_the_police_know_their_reference_station_and_officers_are_asked_for() -> None:
    """HC-017, HC-018, HC-064."""
    house = a_case(police_know=c.PoliceTold.YES, police_reference="PR/1")
    assert "ask for what is empty: Police officer and station." in says(house)
    house.staff_write("amber", "Incidents", house.only("Incidents").id,
                      **{"Police officer and station": "Sample station, PC Invented"})  # fmt: skip
    assert "the police know" not in says(house)
    assert "the police know" not in says(a_case(police_know=c.PoliceTold.NO))


def test_the_victim_who_is_not_our_resident_is_flagged_and_every_clock_runs() -> None:
    """HC-004, A-34: by where they live, or as another place on the case lies in a patch and their home does not."""
    house = a_case()
    assert not house.only("Cases").fields["Victim is not our resident"]
    house.staff_write("amber", "People", house.only("People").id, lives_in=c.LivesIn.PRIVATE)
    assert house.only("Cases").fields["Victim is not our resident"]
    assert house.action("interview_victim")["State"] == STATE.OPEN
    far = a_case(postcode="QQ1 1QQ", **{"Postcode of the incident": "ZZ1 4AB"})
    assert far.only("Cases").fields["Officer"] == "Amber Testwood"
    assert far.only("Cases").fields["Victim is not our resident"]


def test_before_any_call_stands_the_question_which_ways_are_safe() -> None:
    """HC-024, HC-069, R-21: the gate on keeping in touch; no help stands behind it."""
    house = a_case(**{"Safe ways to contact": None})
    met(house)
    assert "which ways of contact are safe" in str(house.action("victim_contact")["Blocked by"])
    assert house.action("interview_victim")["State"] == STATE.DONE
    house.staff_write("amber", "People", house.only("People").id, safe_ways_to_contact=(c.Channel.TELEPHONE,))
    assert house.action("victim_contact")["Blocked by"] is None


@pytest.mark.parametrize(
    ("who", "counts"),
    [(c.Reporter.VICTIM, True), (c.Reporter.THIRD_PARTY, False), (c.Reporter.WITNESS, False), (None, False)],
)
def test_a_letter_waits_for_the_victims_own_word_on_what_is_safe(who: c.Reporter | None, counts: bool) -> None:
    """HC-024, R-21, A-35: what somebody else ticked is told to the officer; whoever asks the victim fills it in."""
    house = a_case(reporter_is=who, contact_notes="After six.")
    letter = house.only("Letters").fields
    assert letter["State"] == (c.LetterState.DRAFT if counts else c.LetterState.HELD)
    person = house.only("People")
    assert bool(person.fields["Safe ways to contact"]) == counts
    assert ("thinks these are safe: Letter to the home, Telephone" in str(person.fields["Contact notes"])) != counts
    assert str(person.fields["Contact notes"]).startswith("After six.")
    house.staff_write("amber", "People", person.id, safe_ways_to_contact=(c.Channel.LETTER,))
    assert house.only("Letters").fields["State"] == c.LetterState.DRAFT


def test_of_an_anonymous_report_nothing_is_assumed_and_what_can_be_done_is_done() -> None:
    """HC-002, HC-037, HC-052, R-21, A-35: statistics, repairs, a way to reach somebody; no tenancy yet."""
    nothing = {"victims_name": None, "address": None, "Safe ways to contact": None}
    house = a_case(reporter_is=c.Reporter.ANONYMOUS, graffiti_to_remove=c.YesNo.YES, **nothing)
    assert house.action("tenancy_check")["Why"] == "Nobody knows yet who the victim is."
    assert house.action("chase_contact")["State"] == STATE.OPEN
    assert house.action("remove_graffiti")["State"] == STATE.BLOCKED, "only a photograph is wanted first"
    assert house.only("Referrals").fields["State"] == c.ReferralState.STATISTICS_SENT
    house.staff_write("amber", "People", house.only("People").id, name="Sample Person")
    assert house.action("tenancy_check")["State"] == STATE.OPEN


def test_a_report_without_a_patch_has_its_clocks_and_says_who_is_missing() -> None:
    """HC-003, HC-004, HC-006: no report is lost for want of an officer."""
    house = a_case(postcode="QQ1 1QQ")
    assert "No patch fits the postcode" in says(house)
    assert house.action("interview_victim")["State"] == STATE.OPEN
    assert house.mail.sent
