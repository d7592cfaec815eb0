"""Copies for the tenant of an alleged perpetrator's home, and for a young person's parent or guardian."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from accused import (
    HOME,
    NOW,
    TOLD,
    K,
    Result,
    a_guardian,
    a_meeting,
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
from letter_cases import a_victim

from automations.letters import Missing
from automations.model import TenancyCheck
from schema import choices as c

TENANTS = (K.TENANT_APPOINTMENT, K.TENANT_NON_ATTENDANCE, K.TENANT_WARNING, K.TENANT_OUTCOME)
GUARDIANS = (K.GUARDIAN_APPOINTMENT, K.GUARDIAN_WARNING)
EVERYBODY = (aged(15), a_tenant(), a_guardian())
COPIES = [(kind, "tenant-1") for kind in TENANTS] + [(kind, "guardian-1") for kind in GUARDIANS]
OFF_OFFICE = agreed(c.Matter.OFF_OFFICE, "perpetrator-1")
UNDER_AGE = agreed(c.Matter.UNDER_AGE_LETTER, "perpetrator-1")


@pytest.mark.parametrize(("kind", "to"), COPIES)
def test_a_copy_waits_for_every_gate_that_the_letter_itself_waits_for(kind: c.LetterKind, to: str):
    """R-17, HC-093: who reads a copy tells the alleged perpetrator of it."""
    assert_made(made(ready(*EVERYBODY), kind, to))
    case = ready(*EVERYBODY)
    unasked = (an_answer(c.Option.PERPETRATOR, c.Answer.NOT_ASKED),)
    assert_held(made(replace(case, consents=unasked), kind, to), "needs every victim's agreement")
    assert_held(made(replace(case, checks=()), kind, to), "Check the alleged perpetrator's tenancy first")
    shared = (replace(aged(15), lives_with_victim=c.YesNo.NOT_KNOWN), a_tenant(), a_guardian())
    assert_held(made(ready(*shared), kind, to), "Record in People whether")


@pytest.mark.parametrize(("kind", "to"), COPIES)
def test_a_copy_goes_to_whoever_is_entered_in_that_part(kind: c.LetterKind, to: str):
    """HC-093, R-18: to nobody by guess, and to nobody who was harmed."""
    for other in (None, "victim-1", "perpetrator-1", {"tenant-1": "guardian-1", "guardian-1": "tenant-1"}[to]):
        assert_held(made(ready(*EVERYBODY), kind, other), "Say in To whose copy it is")
    case = ready(*EVERYBODY)
    harmed = replace(case.incidents[0], victim_ids=("victim-1", to))
    assert_held(made(replace(case, incidents=(harmed,)), kind, to), "put right which")


@pytest.mark.parametrize(("kind", "to"), COPIES)
def test_a_copy_is_about_one_of_our_residents_who_is_on_one_side_and_names_nobody_else(kind: c.LetterKind, to: str):
    """A-13, HC-090: what holds the letter itself holds its copy."""
    case = ready(*EVERYBODY)
    saw = replace(case.incidents[0], witness_ids=("perpetrator-1",))
    assert_held(made(replace(case, incidents=(saw,)), kind, to), "put right which")
    elsewhere = (aged(15, lives_in=c.LivesIn.PRIVATE), a_tenant(), a_guardian())
    assert_held(made(ready(*elsewhere), kind, to), "Does not live in one of our homes")
    away = a_meeting(at_our_office=c.YesNo.NO, place="Flat 2, 14 Harbour Row")
    told = made(
        replace(case, interviews=(*case.interviews[:2], away), approvals=(OFF_OFFICE,)), kind, to, "Sample saw."
    )
    silent = kind is K.TENANT_NON_ATTENDANCE
    assert_made(told) if silent else assert_held(told, "What is written for this reader")


@pytest.mark.parametrize(("kind", "to"), COPIES)
def test_a_copy_to_the_victims_home_needs_a_manager_for_that_reader(kind: c.LetterKind, to: str):
    """R-18: an approval for the alleged perpetrator is none for another reader."""
    home = {"address": "Flat 2, 14 Harbour Row, Sampletown", "postcode": "ZZ1 4ZZ"}
    people = (aged(15, **home), a_tenant(**home), a_guardian(**home))
    theirs = agreed(c.Matter.SHARED_ADDRESS, "perpetrator-1")
    assert_held(made(ready(*people, approvals=(theirs,)), kind, to), "for this reader")
    assert_made(made(ready(*people, approvals=(theirs, agreed(c.Matter.SHARED_ADDRESS, to))), kind, to))


@pytest.mark.parametrize("kind", TENANTS)
def test_there_is_a_copy_only_where_the_tenant_is_another_person(kind: c.LetterKind):
    """HC-087a, HC-093: one letter each."""
    assert_held(made(ready(accused(), a_tenant()), kind, "tenant-1"), "there is no copy")
    unknown = aged(30, is_tenant=c.YesNo.NOT_KNOWN)
    assert_held(made(ready(unknown, a_tenant()), kind, "tenant-1"), "Record whether the alleged perpetrator")
    assert_made(made(ready(aged(30), a_tenant()), kind, "tenant-1"))


def test_of_several_it_is_about_the_one_who_lives_there_or_the_one_named():
    """HC-093: whose behaviour it is is never guessed."""
    checks = tuple(TenancyCheck(id=f"check-{n}", created_at=NOW, checked_at=NOW - timedelta(days=1),
                                found=(c.Flag.NONE,), person_id=f"perpetrator-{n}") for n in (1, 2))  # fmt: skip
    elsewhere = {"address": "7 Farther Lane, Sampletown", "postcode": "ZZ8 8ZZ"}
    other = aged(30, id="perpetrator-2", name="Other Madeup", **elsewhere)

    def case(second):
        yes = tuple(
            replace(an_answer(c.Option.PERPETRATOR), id=f"yes-{n}", about_id=f"perpetrator-{n}") for n in (1, 2)
        )
        told = ready(aged(30), second, a_tenant(), checks=checks,
                     consents=(*yes, an_answer(c.Option.POLICE, c.Answer.NO)))  # fmt: skip
        both = replace(told.incidents[0], perpetrator_ids=("perpetrator-1", "perpetrator-2"))
        return replace(told, incidents=(both,))

    of = writing(case(other), K.TENANT_WARNING, "tenant-1")
    assert "Young Inparticular lives with you" in says(of, K.TENANT_WARNING)
    same = case(replace(other, address="99 Elsewhere Street, Sampletown", postcode="ZZ9 9ZZ"))
    assert_held(made(same, K.TENANT_WARNING, "tenant-1"), "of which alleged perpetrator")
    of = replace(writing(same, K.TENANT_WARNING, "tenant-1"), about=same.person("perpetrator-2"))
    assert "Other Madeup lives with you" in says(of, K.TENANT_WARNING)


def test_the_tenant_is_asked_with_the_other_and_alone_where_that_is_a_child():
    """HC-087a, A-12: when and where, whoever the meeting was booked with."""
    letter = says(writing(ready(aged(15), a_tenant()), K.TENANT_APPOINTMENT, "tenant-1"), K.TENANT_APPOINTMENT)
    assert "see you and Young Inparticular together" in letter
    assert "- Day: Wednesday 11 November 2026\n- Time: 10am" in letter
    child = ready(aged(12), a_tenant())
    letter = says(writing(child, K.TENANT_APPOINTMENT, "tenant-1"), K.TENANT_APPOINTMENT)
    assert "see you by yourself" in letter
    assert "together" not in letter


def test_the_tenant_hears_of_a_refusal_or_two_missed_meetings():
    """HC-098: the tenant, where another person is the alleged perpetrator."""
    case = ready(aged(30), a_tenant())
    letter = says(writing(case, K.TENANT_NON_ATTENDANCE, "tenant-1"), K.TENANT_NON_ATTENDANCE)
    assert "- Friday 6 November 2026\n- Sunday 8 November 2026" in letter
    once = replace(case, interviews=(a_meeting(Result.MISSED, NOW - timedelta(days=2)),))
    assert_held(made(once, K.TENANT_NON_ATTENDANCE, "tenant-1"), "has not refused to meet")


@pytest.mark.parametrize(
    ("years", "division", "tenancy_alone"),
    [(9, c.Division.ENGLAND_AND_WALES, True), (10, c.Division.ENGLAND_AND_WALES, False),
     (11, c.Division.SCOTLAND, True), (12, c.Division.SCOTLAND, False), (10, c.Division.NORTHERN_IRELAND, False)],
)  # fmt: skip
def test_below_criminal_responsibility_the_letter_speaks_of_the_tenancy_alone(years, division, tenancy_alone):
    """R-18, HC-094: and a line manager approves it. From that age on it stands for the child's, with both points."""
    case = ready(aged(years), a_tenant(), division=division)
    letter = made(case, K.TENANT_WARNING, "tenant-1")
    if tenancy_alone:
        assert_held(letter, "a line manager must approve the letter, which speaks of the tenancy only")
    else:
        assert_made(letter)
    words = says(writing(replace(case, approvals=(UNDER_AGE,)), K.TENANT_WARNING, "tenant-1"), K.TENANT_WARNING)
    assert ("criminal" in words) is not tenancy_alone
    assert ("very serious matter" in words) is not tenancy_alone
    assert "end your tenancy" in words


@pytest.mark.parametrize(
    ("division", "born"), [(c.Division.ENGLAND_AND_WALES, date(2016, 11, 5)), (c.Division.SCOTLAND, date(2014, 11, 5))]
)  # fmt: skip
def test_a_birthday_after_it_happened_makes_nobody_old_enough_to_be_charged(division: c.Division, born: date):
    """R-18, HC-094: the age on the day it happened counts, or on the day we were told, not that of the letter."""
    case = ready(aged(12, born_on=born), a_tenant(), division=division)
    assert_held(made(case, K.TENANT_WARNING, "tenant-1"), "which speaks of the tenancy only")
    words = says(writing(replace(case, approvals=(UNDER_AGE,)), K.TENANT_WARNING, "tenant-1"), K.TENANT_WARNING)
    assert "criminal" not in words
    since = replace(case, incidents=(replace(case.incidents[0], happened_at=NOW - timedelta(days=1)),))
    assert "criminal" in says(writing(since, K.TENANT_WARNING, "tenant-1"), K.TENANT_WARNING)


@pytest.mark.parametrize("kind", TENANTS)
def test_the_tenant_of_another_home_hears_nothing(kind: c.LetterKind):
    """HC-093: a tenant on the case may be the victim's own."""
    elsewhere = a_tenant(address="5 Nowhere Close, Sampletown", postcode="ZZ5 5ZZ")
    assert_held(made(ready(aged(30), elsewhere), kind, "tenant-1"), "Nothing shows that this is the tenant")
    assert_made(made(ready(aged(30), a_tenant()), kind, "tenant-1"))


def test_the_home_of_a_victim_who_is_entered_in_another_part_is_a_victims_too():
    """R-18: whoever the incident names as harmed counts."""
    case = ready(aged(30), a_tenant(), a_victim(id="victim-2", role=c.PersonRole.OTHER, **HOME))
    both = replace(case.incidents[0], victim_ids=("victim-1", "victim-2"))
    everybody = tuple(replace(x, id=f"{x.id}-{v}", victim_id=v) for x in case.consents for v in both.victim_ids)
    case = replace(case, incidents=(both,), consents=everybody,
                   letters=(*case.letters, replace(case.letters[0], id="letter-8", to_id="victim-2")),
                   approvals=(agreed(c.Matter.SHARED_ADDRESS, "perpetrator-1"),))  # fmt: skip
    assert_held(made(case, K.TENANT_WARNING, "tenant-1"), "for this reader")
    approved = (*case.approvals, agreed(c.Matter.SHARED_ADDRESS, "tenant-1"))
    assert_made(made(replace(case, approvals=approved), K.TENANT_WARNING, "tenant-1"))


@pytest.mark.parametrize("kind", GUARDIANS)
def test_a_parent_or_guardian_has_a_copy_from_fourteen_to_seventeen(kind: c.LetterKind):
    """R-18."""
    for years in (14, 17):
        assert_made(made(ready(aged(years), a_guardian(), a_tenant()), kind, "guardian-1"))
    for years in (13, 18):
        assert_held(made(ready(aged(years), a_guardian(), a_tenant()), kind, "guardian-1"), "Only from 14 to 17")
    unknown = accused(born_on=None)
    assert_held(made(ready(unknown, a_guardian()), kind, "guardian-1"), "Record the date of birth")


@pytest.mark.parametrize("kind", GUARDIANS)
def test_a_victims_guardian_is_told_nothing_of_the_other_side(kind: c.LetterKind):
    """R-18: only whoever shares the young person's home, or whom a line manager names as theirs."""
    elsewhere = a_guardian(address="5 Nowhere Close, Sampletown", postcode="ZZ5 5ZZ")
    case = ready(aged(15), elsewhere, a_tenant())
    assert_held(made(case, kind, "guardian-1"), "Nothing shows that this is the alleged perpetrator's own")
    known = agreed(c.Matter.UNDER_AGE_LETTER, "guardian-1")
    assert_made(made(replace(case, approvals=(known,)), kind, "guardian-1"))
    assert_held(made(replace(case, approvals=(UNDER_AGE,)), kind, "guardian-1"), "Nothing shows")


@pytest.mark.parametrize(("kind", "to"), COPIES)
def test_a_copy_names_whose_it_is_and_lacks_nothing(kind: c.LetterKind, to: str):
    """HC-093: the reader must know whose behaviour it is, and of a warning or an outcome what an officer wrote."""
    nameless = made(ready(aged(15, name=None), a_tenant(), a_guardian()), kind, to)
    assert isinstance(nameless, Missing)
    assert nameless.facts[0].startswith("the name of")
    said = kind in (K.TENANT_WARNING, K.TENANT_OUTCOME, K.GUARDIAN_WARNING)
    assert isinstance(made(ready(*EVERYBODY), kind, to, told=None), Missing) is said
    assert (TOLD in says(writing(ready(*EVERYBODY), kind, to), kind)) is said


def test_the_tenants_outcome_goes_after_every_victims_own():
    """HC-102."""
    assert_held(made(ready(*EVERYBODY, letters=()), K.TENANT_OUTCOME, "tenant-1"), "goes first")
