"""Another landlord and its Director: asked and told only as agreed, after the call, and never who was harmed."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from letter_cases import MANAGER, REPORTED, a_perpetrator, a_victim
from letter_cases_agencies import NOW, SECOND, WITNESS, a_row, a_yes, an_incident_of_both, an_override, of, the_case

from automations.letters import Draft, Held, Missing, draft
from automations.letters.catalogue import CATALOGUE
from automations.letters.facts import OtherLandlordFacts, paths
from automations.letters.writing import Writing
from automations.model import Approval, Case, Interview, Person, Referral
from schema import choices as c

Kind = c.LetterKind
BOTH_KINDS = (Kind.LANDLORD_REQUEST, Kind.DIRECTOR)
THEIRS = {"lives_in": c.LivesIn.OTHER_LANDLORD, "landlord": "Another Landlord"}
ABROAD = a_perpetrator(**THEIRS)
YES = a_yes(c.Option.AGENCY, organisation="Another Landlord")
INTERVIEWED = Interview(id="interview-1", created_at=REPORTED, with_=c.InterviewKind.VICTIM, person_id="victim-1",
                        result=c.InterviewResult.HELD, happened_at=REPORTED + timedelta(hours=12))  # fmt: skip


def a_call(purpose: c.Purpose, **cells: Any) -> Referral:
    """The call that goes before the letter."""
    return Referral(id=f"referral-{purpose.name}", created_at=REPORTED, purpose=purpose, person_id="perpetrator-1",
                    by_hand_at=REPORTED + timedelta(hours=14), **cells)  # fmt: skip


def warranted(**cells: Any) -> Approval:
    """A manager's decision that the facts warrant a letter to the Director."""
    filled = {"decision": c.Decision.AGREED, "decided_at": REPORTED + timedelta(hours=15), "author": MANAGER, **cells}
    return Approval(id="approval-1", created_at=REPORTED, matter=c.Matter.DIRECTOR_NOTICE, **filled)


def asked(*consents: Any, people: tuple[Person, ...] | None = None, incident: dict[str, Any] | None = None,
          **given: Any) -> Case:  # fmt: skip
    """A case on which both letters may be written, unless something given says otherwise."""
    filled = {
        "referrals": (a_call(c.Purpose.OTHER_LANDLORD), a_call(c.Purpose.DIRECTOR)), "approvals": (warranted(),),
        "interviews": (INTERVIEWED,), **given,
    }  # fmt: skip
    case = the_case(*(consents or (YES,)), people=people or (a_victim(), ABROAD), incident=incident)
    return replace(case, **filled)


def to_them(case: Case, **cells: Any) -> Writing:
    return of(case, a_row(**{"addressed_to": "Another Landlord, the Director", **cells}))


def assert_held(of_: Writing, kind: c.LetterKind, because: str) -> None:
    made = draft(of_, kind)
    assert isinstance(made, Held)
    assert because in made.why
    assert not any(p.name in made.why for p in of_.case.people if p.name)


def facts_of(of_: Writing, kind: c.LetterKind = Kind.LANDLORD_REQUEST) -> OtherLandlordFacts:
    facts = CATALOGUE[kind].gather(of_)
    assert isinstance(facts, OtherLandlordFacts)
    return facts


def test_its_facts_have_no_place_for_a_victim_a_witness_or_what_happened():
    """HC-096, HC-116, HC-080: by construction, whoever writes the letter."""
    for path in paths(OtherLandlordFacts):
        assert not any(word in path for word in ("victim", "witness", "reporter", "people", "what_happened", "account"))


@pytest.mark.parametrize("kind", BOTH_KINDS)
def test_both_letters_rest_on_the_victims_agreement_to_that_landlord(kind: c.LetterKind):
    """HC-096, HC-116, HC-095, HC-027: flipped, the letter is held."""
    assert isinstance(draft(to_them(asked()), kind), Draft)
    for other in (
        replace(YES, answer=c.Answer.NO), replace(YES, answer=c.Answer.NOT_ASKED), replace(YES, withdrawn_at=NOW),
        replace(YES, organisation="A Third Landlord"), replace(YES, organisation=None), replace(YES, given_by=None),
    ):  # fmt: skip
        assert isinstance(draft(to_them(asked(other)), kind), Held)
    no = replace(YES, id="consent-2", organisation="Another Landlord, the Director", answer=c.Answer.NO)
    assert_held(to_them(asked(YES, no)), kind, "said no")


@pytest.mark.parametrize("kind", BOTH_KINDS)
def test_a_second_victim_who_has_not_agreed_holds_it(kind: c.LetterKind):
    """HC-096, HC-116, R-12: one no is a no for what both lived through."""
    people = (a_victim(), SECOND, ABROAD)
    theirs = replace(YES, id="consent-2", victim_id="victim-2")
    both = an_incident_of_both()
    assert isinstance(draft(to_them(asked(YES, theirs, people=people, incident=both)), kind), Draft)
    assert isinstance(draft(to_them(asked(YES, people=people, incident=both)), kind), Held)
    refused = replace(theirs, answer=c.Answer.NO)
    assert_held(to_them(asked(YES, refused, people=people, incident=both)), kind, "said no")


@pytest.mark.parametrize(
    ("kind", "purpose"),
    [(Kind.LANDLORD_REQUEST, c.Purpose.OTHER_LANDLORD), (Kind.DIRECTOR, c.Purpose.DIRECTOR)],
)
def test_two_managers_override_stands_instead_and_names_no_more(kind: c.LetterKind, purpose: c.Purpose):
    """A-16, HC-095, HC-096, HC-116."""
    no = replace(YES, answer=c.Answer.NO)
    whole = an_override(purpose, "Another Landlord")
    assert isinstance(draft(to_them(asked(no, overrides=(whole,))), kind), Draft)
    for less in (replace(whole, second_author=MANAGER), replace(whole, purpose=c.Purpose.FORUM)):
        assert isinstance(draft(to_them(asked(no, overrides=(less,))), kind), Held)


def test_the_request_follows_the_call_and_the_directors_letter_a_managers_decision():
    """HC-095, HC-096, HC-116: by telephone first; and only where a manager decided that the facts warrant it."""
    uncalled = asked(referrals=())
    assert_held(to_them(uncalled), Kind.LANDLORD_REQUEST, "It follows the call to the other landlord.")
    assert isinstance(draft(to_them(uncalled), Kind.DIRECTOR), Draft)
    for approvals in ((), (warranted(decision=c.Decision.REFUSED),), (warranted(author=None),)):
        undecided = asked(approvals=approvals)
        assert_held(to_them(undecided), Kind.DIRECTOR, "A line manager must first decide")
        assert isinstance(draft(to_them(undecided), Kind.LANDLORD_REQUEST), Draft)


@pytest.mark.parametrize("kind", BOTH_KINDS)
def test_it_waits_while_the_police_ask_us_to(kind: c.LetterKind):
    """HC-062, HC-096, HC-116: telling a landlord is contact by another hand."""
    assert_held(to_them(asked(incident={"police_position": c.PolicePosition.WAIT})), kind, "The police ask us to wait.")
    assert isinstance(draft(to_them(asked(incident={"police_position": c.PolicePosition.NO_OBJECTION})), kind), Draft)


@pytest.mark.parametrize("kind", BOTH_KINDS)
def test_it_goes_to_the_landlord_of_that_home_and_to_no_other(kind: c.LetterKind):
    """HC-096, HC-116."""
    to_a_third = to_them(asked(), addressed_to="A Third Landlord", to_id="perpetrator-1")
    assert_held(to_a_third, kind, "Addressed to must begin with the landlord")
    assert isinstance(draft(to_them(asked(), to_id="perpetrator-1"), kind), Draft)
    nobody = draft(to_them(asked(), addressed_to=None, address=None, to_id="perpetrator-1"), kind)
    assert isinstance(nobody, Missing), "a row that a step begins says what is to be filled in"
    assert len(nobody.facts) == 2
    ours = replace(ABROAD, lives_in=c.LivesIn.OURS)
    assert_held(to_them(asked(people=(a_victim(), ours))), kind, "Say which alleged perpetrator it is about")
    assert_held(to_them(asked(), to_id="victim-1"), kind, "Say which alleged perpetrator it is about")


def test_of_two_in_that_landlords_homes_to_says_which():
    """HC-096."""
    other = replace(ABROAD, id="perpetrator-2", name="Another Madeup")
    case = asked(people=(a_victim(), ABROAD, other))
    assert_held(to_them(case), Kind.LANDLORD_REQUEST, "Say which alleged perpetrator it is about")
    assert facts_of(to_them(case, to_id="perpetrator-1")).resident_name == "Nobody Inparticular"
    assert_held(
        to_them(case, to_id="perpetrator-1", words="So did Another Madeup."), Kind.LANDLORD_REQUEST, "without that"
    )


@pytest.mark.parametrize("kind", BOTH_KINDS)
@pytest.mark.parametrize(
    "words", ["Ms Invented saw it.", "It was at Flat 9, 14 Harbour Row.", "Quentin Madeupson heard."]
)
def test_the_complaint_names_no_witness_and_nobody_who_has_not_agreed(kind: c.LetterKind, words: str):
    """HC-090, HC-082, HC-096, HC-116."""
    elsewhere = replace(SECOND, role=c.PersonRole.REPORTER)
    case = asked(people=(a_victim(), ABROAD, WITNESS, elsewhere))
    assert_held(to_them(case, words=words), kind, "Write it without that.")
    plain = to_them(case, words="Nobody Inparticular was heard to shout at night.")
    assert isinstance(draft(plain, kind), Draft)


def test_they_interview_within_our_time_or_as_soon_as_they_can():
    """A-14, HC-096: 48 hours after the victim's interview, while that day lies ahead."""
    ahead = to_them(asked())
    assert facts_of(ahead).interview_by == date(2026, 11, 6)
    assert facts_of(replace(ahead, now=NOW + timedelta(days=1))).interview_by == date(2026, 11, 6)
    assert facts_of(replace(ahead, now=NOW + timedelta(days=3))).interview_by is None
    assert facts_of(to_them(asked(interviews=()))).interview_by is None
    assert facts_of(ahead).called_on == date(2026, 11, 4)


def test_their_residents_address_is_left_out_where_it_may_show_a_victims():
    """R-15: a landlord knows where its resident lives; a letter that goes astray does not say where the victim does."""
    near = a_perpetrator(**THEIRS, address="Flat 7, 14 Harbour Row, Sampletown", postcode="ZZ1 4ZZ")
    limited = replace(YES, withhold="Where I live.")
    assert (
        facts_of(to_them(asked(people=(a_victim(), near)))).resident_home
        == "Flat 7, 14 Harbour Row, Sampletown, ZZ1 4ZZ"
    )
    assert facts_of(to_them(asked(limited, people=(a_victim(), near)))).resident_home is None
    assert facts_of(to_them(asked(limited))).resident_home == "99 Elsewhere Street, Sampletown, ZZ9 9ZZ"
    assert facts_of(to_them(asked(limited, perpetrator_at_home=c.YesNo.YES))).resident_home is None
