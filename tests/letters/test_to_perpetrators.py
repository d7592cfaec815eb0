"""Letters to an alleged perpetrator: each refusal, and beside it the case in which the letter is made."""

from dataclasses import replace

import pytest
from accused import (
    DAY,
    NOW,
    TOLD_FIRST,
    K,
    Result,
    a_meeting,
    a_repair,
    a_tenant,
    accused,
    aged,
    agreed,
    an_answer,
    assert_held,
    assert_made,
    made,
    ready,
    says,
    writing,
)  # fmt: skip
from letter_cases import OFFICER, a_victim

from automations.letters import Missing, draft
from automations.model import Letter, Person
from schema import choices as c

KINDS = (K.APPOINTMENT, K.SECOND_APPOINTMENT, K.NON_ATTENDANCE, K.WARNING, K.PERPETRATOR_OUTCOME, K.RECHARGE)
MEETINGS = (K.APPOINTMENT, K.SECOND_APPOINTMENT)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_written_before_contact_is_open(kind: c.LetterKind):
    """R-17, HC-084, HC-088, A-21: the victim's agreement, the check of the tenancy, and the police."""
    assert_made(made(ready(), kind))
    case = ready()
    for answer in (c.Answer.NO, c.Answer.NOT_ASKED):
        said = (an_answer(c.Option.PERPETRATOR, answer), an_answer(c.Option.POLICE, c.Answer.NO))
        assert_held(made(replace(case, consents=said), kind), "needs every victim's agreement")
    assert_held(made(replace(case, checks=()), kind), "Check the alleged perpetrator's tenancy first")
    wait = replace(case.incidents[0], police_position=c.PolicePosition.WAIT)
    assert_held(made(replace(case, incidents=(wait,)), kind), "The police ask us to wait")


@pytest.mark.parametrize("kind", KINDS)
def test_no_letter_goes_to_an_address_that_is_or_may_be_the_victims(kind: c.LetterKind):
    """R-18: not known is shut; a line manager may agree."""
    home = {"address": "Flat 2, 14 Harbour Row, Sampletown", "postcode": "ZZ1 4ZZ"}
    at_home = ready(accused(**home))
    assert_held(made(at_home, kind), "The address is the victim's too")
    assert_held(made(ready(accused(lives_with_victim=c.YesNo.NOT_KNOWN)), kind), "whether this alleged perpetrator")
    assert_made(made(replace(at_home, approvals=(agreed(c.Matter.SHARED_ADDRESS, "perpetrator-1"),)), kind))


@pytest.mark.parametrize("kind", KINDS)
def test_under_fourteen_nothing_is_written_to_the_child(kind: c.LetterKind):
    """R-18, A-12, HC-093: not with every approval there is. At fourteen it is."""
    approvals = (agreed(c.Matter.UNDER_AGE_LETTER, "perpetrator-1"),)
    for years in (9, 13):
        assert_held(made(ready(aged(years), a_tenant(), approvals=approvals), kind), "Under 14: nothing is written")
    assert_made(made(ready(aged(14), a_tenant()), kind))
    assert_held(made(ready(aged(14)), kind), "Under 18: a parent or guardian has a copy")


@pytest.mark.parametrize("kind", KINDS[:-1])
@pytest.mark.parametrize("lives", [home for home in c.LivesIn if home is not c.LivesIn.OURS])
def test_a_letter_that_speaks_of_our_tenancy_is_for_our_homes(kind: c.LetterKind, lives: c.LivesIn):
    """A-13, HC-095: of another landlord's tenant that landlord is asked. Damage is charged to anybody (HC-119)."""
    assert made(ready(accused(lives_in=lives)), kind) != made(ready(), kind)
    assert_held(made(ready(accused(lives_in=lives)), kind), "home")
    assert_made(made(ready(accused(lives_in=lives)), K.RECHARGE))


def test_it_goes_to_whoever_is_linked_to_the_incident_and_is_on_one_side():
    """R-17: to nobody by guess."""
    assert_held(made(ready(), K.WARNING, to=None), "Say to which alleged perpetrator")
    assert_held(made(ready(), K.WARNING, to="victim-1"), "not linked to the incident")
    both = replace(ready().incidents[0], witness_ids=("perpetrator-1",))
    assert_held(made(replace(ready(), incidents=(both,)), K.WARNING), "put right which")


def test_the_appointment_says_when_and_where_and_not_what_for():
    """HC-084: the next meeting that is booked with this person, at our office."""
    later = a_meeting(at=NOW + 3 * DAY)
    letter = says(writing(ready(interviews=(later, a_meeting())), K.APPOINTMENT), K.APPOINTMENT)
    assert "- Day: Wednesday 11 November 2026\n- Time: 10am\n- Place: 1 Harbour Row, Sampletown, ZZ1 1ZZ" in letter
    assert "We have been told that your behaviour has caused concern, and we want to hear your account." in letter
    assert "shouting" not in letter


@pytest.mark.parametrize(
    "interviews",
    [(), (a_meeting(Result.CANCELLED),), (a_meeting(at=NOW - DAY),), (a_meeting(person_id="perpetrator-2"),),
     (a_meeting(with_=c.InterviewKind.WITNESS),)],
)  # fmt: skip
def test_without_a_meeting_ahead_the_day_the_time_and_the_place_are_missing(interviews):
    """HC-084: of somebody else's meeting, one that is over or one that we cancelled nothing is said."""
    letter = made(ready(interviews=interviews), K.APPOINTMENT)
    assert isinstance(letter, Missing)
    assert letter.facts[:1] == ("the day of the meeting (Interviews, Booked for)",)
    assert len(letter.facts) == 3


def test_elsewhere_than_our_office_a_manager_agrees_and_the_place_is_said():
    """HC-087b."""
    away = a_meeting(at_our_office=c.YesNo.NO, place="The library, Long Harbour Row")
    assert_held(made(ready(interviews=(away,)), K.APPOINTMENT), "Away from our office")
    assert_held(made(ready(interviews=(a_meeting(at_our_office=c.YesNo.NOT_KNOWN),)), K.APPOINTMENT), "at our office")
    case = ready(interviews=(away,), approvals=(agreed(c.Matter.OFF_OFFICE, "perpetrator-1"),))
    assert "- Place: The library, Long Harbour Row" in says(writing(case, K.APPOINTMENT), K.APPOINTMENT)
    at_theirs = replace(away, place="Flat 2, 14 Harbour Row")
    assert_held(made(replace(case, interviews=(at_theirs,)), K.APPOINTMENT), "somebody else lives")


@pytest.mark.parametrize("kind", MEETINGS)
def test_whoever_is_not_the_tenant_is_asked_together_with_the_tenant(kind: c.LetterKind):
    """HC-087a: the tenant is contacted first."""
    people = (aged(30), a_tenant())
    missed = a_meeting(Result.MISSED, NOW - 2 * DAY)
    alone = {"both_invited": c.YesNo.NO, "tenant_contacted_at": None}
    case = ready(*people, interviews=(a_meeting(**alone), replace(missed, **alone)))
    assert_held(made(case, kind), "contact the tenant")
    assert "asking the tenant of your home to come too" in says(writing(ready(*people), kind), kind)
    assert "asking the tenant" not in says(writing(ready(), kind), kind)


def test_a_second_appointment_follows_one_that_was_missed():
    """HC-097: with good reason or without."""
    assert_held(made(ready(interviews=(a_meeting(),)), K.SECOND_APPOINTMENT), "No appointment was missed")
    for result in (Result.MISSED, Result.MISSED_WELL):
        case = ready(interviews=(a_meeting(result, NOW - 2 * DAY), a_meeting()))
        letter = says(writing(case, K.SECOND_APPOINTMENT), K.SECOND_APPOINTMENT)
        assert "We were to meet on Sunday 8 November 2026" in letter
        assert "- Day: Wednesday 11 November 2026" in letter


def test_the_letter_on_the_consequences_follows_a_refusal_or_two_missed_meetings():
    """HC-098, R-09."""
    missed = tuple(a_meeting(Result.MISSED, NOW - days * DAY) for days in (4, 2))
    held = "has not refused to meet"
    assert_held(made(ready(interviews=missed[:1]), K.NON_ATTENDANCE), held)
    assert_held(made(ready(interviews=(*missed, a_meeting(Result.HELD, NOW - DAY))), K.NON_ATTENDANCE), held)
    letter = says(writing(ready(interviews=missed), K.NON_ATTENDANCE), K.NON_ATTENDANCE)
    assert "- Friday 6 November 2026\n- Sunday 8 November 2026" in letter
    refused = ready(interviews=(a_meeting(Result.REFUSED, NOW - DAY),))
    assert "you do not want to meet us" in says(writing(refused, K.NON_ATTENDANCE), K.NON_ATTENDANCE)


@pytest.mark.parametrize("kind", [K.WARNING, K.PERPETRATOR_OUTCOME, K.RECHARGE])
def test_what_is_alleged_is_what_an_officer_wrote_for_this_reader(kind: c.LetterKind):
    """HC-090, HC-093, HC-102: nothing written, no letter; several paragraphs stay several."""
    letter = made(ready(), kind, told=" \n")
    assert isinstance(letter, Missing)
    assert "Words for the reader" in letter.facts[0]
    assert "\n\nOne thing.\n\nAnother.\n\n" in says(writing(ready(), kind, told="One thing.\n\nAnother."), kind)


def test_the_outcome_goes_after_every_victims_own():
    """HC-102."""
    assert_held(made(ready(letters=()), K.PERPETRATOR_OUTCOME), "The victim's outcome letter goes first")
    unsent: Letter = replace(TOLD_FIRST, sent_at=None)
    assert_held(made(ready(letters=(unsent,)), K.PERPETRATOR_OUTCOME), "goes first")
    assert_made(made(ready(), K.PERPETRATOR_OUTCOME))


@pytest.mark.parametrize(
    "repair",
    [a_repair(proof=" "), a_repair(proved_at=None), a_repair(proved_at=NOW + DAY),
     a_repair(recharge_to_id="perpetrator-2"), a_repair(recharge_to_id=None), a_repair(kind=c.RepairKind.ALARM)],
    ids=["no proof", "not proved", "not yet", "another's", "nobody's", "a security measure"],
)  # fmt: skip
def test_nobody_is_charged_unless_it_is_proved(repair):
    """HC-119: unproven is not charged, and what protects somebody is no damage."""
    assert_held(made(ready(repairs=(repair,)), K.RECHARGE), "charge")
    assert_made(made(ready(), K.RECHARGE))


def test_a_charge_says_the_work_the_cost_and_when_it_was_proved_and_not_the_proof():
    """HC-119: the proof may name who saw it; what shows it is an officer's words."""
    letter = says(writing(ready(), K.RECHARGE, told="A camera of ours."), K.RECHARGE)
    assert "- Work: new glass\n- What you are charged: £184.50" in letter
    assert "on Monday 9 November 2026 it was proved" in letter
    assert "film" not in letter
    for cost in (None, 0.0, -5.0, float("nan"), float("inf")):
        free = made(ready(repairs=(a_repair(cost=cost),)), K.RECHARGE)
        assert free == Missing(("what it cost (Repairs, Cost)",))


def test_of_several_charges_the_letters_row_says_which():
    """HC-119: one letter, one piece of work, of the incident that the letter is about."""
    later = a_repair(id="repair-3", incident_id="incident-9")
    assert_made(made(ready(repairs=(a_repair(), later)), K.RECHARGE))
    two = ready(repairs=(a_repair(), a_repair(id="repair-2", cost=20.0)))
    assert_held(made(two, K.RECHARGE), "Say in Repair")
    assert "£20.00" in says(writing(two, K.RECHARGE, repair_id="repair-2"), K.RECHARGE)


@pytest.mark.parametrize(("kind", "person"), [(kind, accused(name=None)) for kind in KINDS])
def test_a_person_whose_name_nobody_knows_gets_no_letter(kind: c.LetterKind, person: Person):
    """HC-084."""
    assert made(ready(person), kind) == Missing(("the person's name",))


def test_an_officer_who_left_signs_nothing():
    """HC-084: and the office where they were is no place to meet."""
    of = replace(writing(ready(), K.APPOINTMENT), officer=replace(OFFICER, has_left=True))
    letter = draft(of, K.APPOINTMENT)
    assert isinstance(letter, Missing)
    assert any("where the meeting is" in fact for fact in letter.facts)


def test_two_victims_must_both_agree():
    """R-17."""
    second = a_victim(id="victim-2", name="Second Sample")
    case = ready(a_victim(), second, accused())
    both = replace(case.incidents[0], victim_ids=("victim-1", "victim-2"))
    assert_held(made(replace(case, incidents=(both,)), K.WARNING), "every victim's agreement")
