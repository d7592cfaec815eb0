"""Letters to organisations: whom each may name, what opens it, and what shuts it again."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from letter_cases import REPORTED, a_perpetrator, a_victim
from letter_cases_agencies import (
    NOW,
    SECOND,
    WITNESS,
    a_review,
    a_row,
    a_yes,
    an_incident_of_both,
    an_override,
    of,
    the_case,
)

from automations.letters import Draft, Held, draft
from automations.letters.catalogue import CATALOGUE
from automations.letters.facts import AgencyFacts
from automations.letters.writing import Writing
from automations.model import Consent
from schema import choices as c

Kind, Option = c.LetterKind, c.Option
TO = {"organisation": "Sample Advice"}
BY_CONSENT = [
    (Kind.HOMELESSNESS, Option.HOMELESSNESS, {}),
    (Kind.SUPPORT_REFERRAL, Option.SUPPORT, TO),
    (Kind.POLICE_REFERRAL, Option.POLICE, {}),
    (Kind.POLICE_INFORMATION, Option.POLICE, {}),
    (Kind.INFORMATION, Option.INFORMATION, TO),
]
"""Each letter that rests on a victim's answer, the option, and what else the answer has to say."""
IDS = [kind.name for kind, _, _ in BY_CONSENT]


def names(of_: Writing, kind: c.LetterKind) -> list[str]:
    """Whom the letter would name."""
    facts = CATALOGUE[kind].gather(of_)
    assert isinstance(facts, AgencyFacts)
    return [person.name for person in facts.people]


def assert_held(of_: Writing, kind: c.LetterKind, because: str) -> None:
    made = draft(of_, kind)
    assert isinstance(made, Held)
    assert because in made.why
    assert not any(p.name in made.why for p in of_.case.people if p.name)


@pytest.mark.parametrize(("kind", "option", "cells"), BY_CONSENT, ids=IDS)
def test_a_letter_goes_on_the_victims_yes_and_on_nothing_less(kind: c.LetterKind, option: c.Option, cells: Any):
    """HC-015, HC-033, HC-051, HC-055, HC-062, HC-063, HC-076, HC-027: flipped, the name is gone and the letter held."""
    yes = a_yes(option, **cells)
    assert isinstance(draft(of(the_case(yes)), kind), Draft)
    assert names(of(the_case(yes)), kind) == ["Sample Person"]
    later = NOW - timedelta(hours=1)
    for other in (
        replace(yes, answer=c.Answer.NO),
        replace(yes, answer=c.Answer.NOT_ASKED),
        replace(yes, withdrawn_at=later),
        replace(yes, given_by=c.GivenBy.PERPETRATOR),
        replace(yes, given_by=None),
        replace(yes, given_at=NOW + timedelta(days=1)),
        replace(yes, option=Option.OTHER),
        replace(yes, incident_id="incident-9"),
        replace(yes, unread=True),
    ):
        shut = of(the_case(other))
        assert names(shut, kind) == []
        assert_held(shut, kind, "Nothing may be told to this reader yet.")
    assert_held(of(the_case()), kind, "has not been asked yet")


@pytest.mark.parametrize(("kind", "option", "cells"), BY_CONSENT, ids=IDS)
def test_a_second_victim_who_was_not_asked_or_said_no_never_appears(kind: c.LetterKind, option: c.Option, cells: Any):
    """R-12: each victim's own yes, and nobody else's. A request to the police for information needs everybody's."""
    theirs = a_yes(option, id="consent-2", victim_id="victim-2", **cells)
    people = (a_victim(), SECOND, a_perpetrator())
    mine = a_yes(option, **cells)
    for answers in (
        (mine,),
        (mine, replace(theirs, answer=c.Answer.NO)),
        (mine, replace(theirs, answer=c.Answer.NOT_ASKED)),
    ):
        on = of(the_case(*answers, people=people, incident=an_incident_of_both()))
        assert names(on, kind) == ["Sample Person"]
        if kind is Kind.POLICE_INFORMATION:
            assert_held(on, kind, "Nothing may be told")
        else:
            assert isinstance(draft(on, kind), Draft)
        named = replace(on, row=a_row(words="We heard it from Mr Madeupson himself."))
        assert isinstance(draft(named, kind), Held)
    both = of(the_case(mine, theirs, people=people, incident=an_incident_of_both()))
    assert names(both, kind) == ["Sample Person", "Quentin Madeupson"]
    assert isinstance(draft(replace(both, row=a_row(words="We heard it from Mr Madeupson.")), kind), Draft)


def test_where_to_says_whom_it_is_about_nobody_else_is_named():
    """HC-033, HC-051: a doctor is asked about one patient."""
    answers = (a_yes(Option.INFORMATION, **TO), a_yes(Option.INFORMATION, id="consent-2", victim_id="victim-2", **TO))
    case = the_case(*answers, people=(a_victim(), SECOND), incident=an_incident_of_both())
    assert names(of(case, a_row(to_id="victim-2")), Kind.INFORMATION) == ["Quentin Madeupson"]
    assert isinstance(draft(of(case, a_row(to_id="victim-2")), Kind.INFORMATION), Draft)
    with_witness = replace(case, people=(*case.people, WITNESS))
    assert_held(of(with_witness, a_row(to_id="witness-1")), Kind.INFORMATION, "To names somebody who is not a victim")


@pytest.mark.parametrize(
    ("addressed_to", "agreed", "may_go"),
    [
        ("Sample Advice", "sample  ADVICE", True),
        ("Sample Advice, Housing team", "Sample Advice", True),
        ("Sample Advice\nExample Adviser", "Sample Advice", True),
        ("Sample Advice", "Another Advice", False),
        ("Sample Advice", None, False),
        ("Another Advice, beside Sample Advice", "Sample Advice", False),
        ("Sample Advice", "Sample Advice, Housing team", False),
    ],
)
def test_a_yes_is_to_the_organisation_that_it_names(addressed_to: str, agreed: str | None, may_go: bool):
    """R-14, HC-030, HC-033."""
    case = the_case(a_yes(Option.SUPPORT, organisation=agreed))
    made = draft(of(case, a_row(addressed_to=addressed_to)), Kind.SUPPORT_REFERRAL)
    assert isinstance(made, Draft if may_go else Held)


def test_a_no_to_any_of_the_names_shuts_it():
    """R-12, R-13: to the team there, or to nobody in particular."""
    yes = a_yes(Option.SUPPORT, **TO)
    row = a_row(addressed_to="Sample Advice, Housing team")
    assert isinstance(draft(of(the_case(yes), row), Kind.SUPPORT_REFERRAL), Draft)
    for said in ("Sample Advice, Housing team", "Sample Advice", None):
        no = a_yes(Option.SUPPORT, id="consent-2", organisation=said, answer=c.Answer.NO)
        assert_held(of(the_case(yes, no), row), Kind.SUPPORT_REFERRAL, "said no")


def test_homelessness_help_is_to_the_council_that_the_answer_names_if_it_names_one():
    """HC-015, HC-073: the option itself says that it is the council."""
    for agreed, may_go in ((None, True), ("Sample Advice", True), ("Another Council", False)):
        made = draft(of(the_case(a_yes(Option.HOMELESSNESS, organisation=agreed))), Kind.HOMELESSNESS)
        assert isinstance(made, Draft if may_go else Held)


@pytest.mark.parametrize(
    ("kind", "purpose"),
    [
        (Kind.HOMELESSNESS, c.Purpose.HOMELESSNESS), (Kind.SUPPORT_REFERRAL, c.Purpose.SUPPORT),
        (Kind.POLICE_REFERRAL, c.Purpose.POLICE), (Kind.POLICE_INFORMATION, c.Purpose.POLICE_INFORMATION),
    ],
)  # fmt: skip
def test_two_managers_override_opens_it_and_the_letter_says_so(kind: c.LetterKind, purpose: c.Purpose):
    """A-16, HC-055, R-25: for that purpose and that organisation, and never by one manager alone."""
    whole = an_override(purpose, "Sample Advice")
    on = of(replace(the_case(), overrides=(whole,)))
    assert isinstance(draft(on, kind), Draft)
    facts = CATALOGUE[kind].gather(on)
    assert isinstance(facts, AgencyFacts)
    assert (facts.lawful_basis, facts.people[0].agreed_on) == ("Vital interests", None)
    for less in (
        replace(whole, second_decision=None), replace(whole, second_author=whole.author), replace(whole, author=None),
        replace(whole, organisation="Another Advice"), replace(whole, purpose=c.Purpose.FORUM),
        replace(whole, lawful_basis=""),
    ):  # fmt: skip
        assert isinstance(draft(of(replace(the_case(), overrides=(less,))), kind), Held)


def test_nobody_overrides_the_question_to_a_doctor():
    """HC-033."""
    every = tuple(an_override(purpose, "Sample Advice", id=purpose.name) for purpose in c.Purpose)
    assert_held(of(replace(the_case(), overrides=every)), Kind.INFORMATION, "has not been asked yet")


@pytest.mark.parametrize(
    ("risk", "says"), [("children_at_risk", "a child is at risk"), ("adult_at_risk", "an adult is at risk")]
)
def test_a_safeguarding_referral_waits_for_nobodys_agreement(risk: str, says: str):
    """HC-022, R-19, R-21: not asked, or against a no; but only where somebody is known to be at risk."""
    no = a_yes(Option.AGENCY, answer=c.Answer.NO)
    for case in (the_case(incident={risk: c.YesNo.YES}), the_case(no, incident={risk: c.YesNo.YES})):
        made = draft(of(case), Kind.SAFEGUARDING)
        assert isinstance(made, Draft)
        assert names(of(case), Kind.SAFEGUARDING) == ["Sample Person"]
    for answer in (c.YesNo.NO, c.YesNo.NOT_KNOWN):
        assert_held(of(the_case(incident={risk: answer})), Kind.SAFEGUARDING, "is at risk: enter it first")


def test_a_safeguarding_referral_says_where_and_only_whose_home_it_is():
    """HC-022: only what is needed, and nobody who is not at risk."""
    case = the_case(people=(a_victim(safe_ways=(), telephone="01632 960123"), SECOND),
                    incident=an_incident_of_both(children_at_risk=c.YesNo.YES))  # fmt: skip
    assert_held(of(case), Kind.SAFEGUARDING, "Say who is at risk, or in whose home (To).")
    facts = CATALOGUE[Kind.SAFEGUARDING].gather(of(case, a_row(to_id="victim-1")))
    assert isinstance(facts, AgencyFacts)
    [person] = facts.people
    assert (person.name, person.home) == ("Sample Person", "Flat 2, 14 Harbour Row, Sampletown, ZZ1 4ZZ")
    assert (person.telephone, person.ask_first) == (None, True)


def solicitors(*consents: Consent, **given: Any) -> Writing:
    filled = {"legal_considered": c.YesNo.YES, "reviews": (a_review(),), **given}
    return of(replace(the_case(*consents), **filled))


def test_our_solicitor_is_asked_once_legal_action_is_in_view_and_talked_over():
    """HC-048, HC-047, HC-020: at once, without waiting for an answer; but named is only who agreed to legal action."""
    assert isinstance(draft(solicitors(), Kind.SOLICITOR), Draft)
    assert names(solicitors(), Kind.SOLICITOR) == []
    assert names(solicitors(a_yes(Option.LEGAL)), Kind.SOLICITOR) == ["Sample Person"]
    assert names(solicitors(a_yes(Option.LEGAL, answer=c.Answer.NO)), Kind.SOLICITOR) == []
    for answer in (c.YesNo.NO, c.YesNo.NOT_KNOWN):
        assert_held(solicitors(legal_considered=answer), Kind.SOLICITOR, "Nobody has said that legal action is in view")
    assert_held(solicitors(reviews=()), Kind.SOLICITOR, "Discuss it with a line manager first")
    about_a_victim = replace(solicitors(), row=a_row(words="Sample Person was hurt."))
    assert_held(about_a_victim, Kind.SOLICITOR, "Write it without that.")
    of_the_other = replace(solicitors(), row=a_row(words="Nobody Inparticular has a dog."))
    assert isinstance(draft(of_the_other, Kind.SOLICITOR), Draft)


def test_an_earlier_yes_does_not_cover_a_further_incident():
    """HC-107, R-02."""
    case = the_case(a_yes(Option.POLICE))
    later = replace(
        case.incidents[0],
        id="incident-2",
        number=2,
        stated_at=REPORTED + timedelta(hours=5),
        created_at=REPORTED + timedelta(hours=6),
    )
    two = replace(case, incidents=(*case.incidents, later))
    assert isinstance(draft(of(two, incident=two.incidents[0]), Kind.POLICE_REFERRAL), Draft)
    assert isinstance(draft(of(two, incident=later), Kind.POLICE_REFERRAL), Held)


def test_whoever_reads_it_at_work_reads_english_whatever_the_person_it_is_about_reads():
    """HC-022, R-19: safeguarding waits for no translator; a letter to the victim at home does."""
    polish = a_victim(language="Polish", large_print=True)
    about = of(the_case(a_yes(Option.SUPPORT, **TO), people=(polish, a_perpetrator())), to=polish)
    assert isinstance(draft(about, Kind.SUPPORT_REFERRAL), Draft)
    assert_held(about, Kind.ACKNOWLEDGEMENT, "translator")
