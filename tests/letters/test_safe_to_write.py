"""When a letter may be written to a victim: each refusal, and beside it the case that is allowed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from letter_cases import MANAGER, OFFICER, REPORTED, a_case, a_perpetrator, a_victim, an_approval, the_letter

from automations.letters import Draft, Held, Untranslated
from automations.model import Case, Person
from schema import choices as c

SHARED = "may live at the victim's address"


def assert_held(case: Case, because: str) -> None:
    letter = the_letter(case)
    assert isinstance(letter, Held)
    assert because in letter.why
    for person in case.people:
        assert not person.name or person.name not in letter.why


def assert_written(case: Case) -> None:
    assert isinstance(the_letter(case), Draft)


def test_nothing_is_written_until_somebody_has_asked_what_is_safe():
    assert_held(a_case(a_victim(safe_ways=())), "Nobody has asked")
    assert_written(a_case(a_victim(safe_ways=(c.Channel.LETTER,))))


def test_a_letter_goes_only_where_a_letter_is_safe_and_the_safe_ways_are_said():
    assert_held(a_case(a_victim(safe_ways=(c.Channel.TELEPHONE, c.Channel.EMAIL))), "safe: Telephone, E-mail.")
    assert_written(a_case(a_victim(safe_ways=(c.Channel.EMAIL, c.Channel.LETTER))))


def test_a_perpetrator_in_the_home_holds_the_letter_until_a_manager_has_agreed():
    assert_held(a_case(perpetrator_at_home=c.YesNo.YES), SHARED)
    assert_written(a_case(perpetrator_at_home=c.YesNo.YES, approvals=(an_approval(),)))
    assert_written(a_case(perpetrator_at_home=c.YesNo.NO))


def test_not_known_who_lives_there_rests_on_the_victims_own_word():
    """The victim said that a letter is safe; they know who opens their post."""
    assert_written(a_case(perpetrator_at_home=c.YesNo.NOT_KNOWN))


@pytest.mark.parametrize(
    "perpetrator",
    [
        a_perpetrator(lives_with_victim=c.YesNo.YES),
        a_perpetrator(address="Flat 2, 14 Harbour Row, Sampletown", postcode="ZZ1 4ZZ"),
        a_perpetrator(address="flat 2 14 HARBOUR ROW sampletown", postcode="zz14zz"),
        a_perpetrator(address="Flat 2, 14 Harbour Row, Sampletown, ZZ1 4ZZ", postcode="ZZ1 4ZZ"),
        a_perpetrator(address="Flat 2, 14 Harbour Row, Sampletown", postcode=None),
        a_perpetrator(address="Flat 2, 14 Harbour Row, Sampletown, ZZ1 4ZZ", postcode=None),
        a_perpetrator(address="flat 2 14 harbour row ZZ14ZZ", postcode=None),
        a_perpetrator(lives_with_victim=c.YesNo.YES, role=None),
    ],
    ids=[
        "said so",
        "same words",
        "spaced otherwise",
        "postcode twice",
        "no postcode",
        "postcode inside",
        "shorter",
        "linked, no role",
    ],
)
def test_the_same_home_is_seen_however_it_is_written(perpetrator: Person):
    """R-18, HC-024: what the letter says is read by whoever opens the post."""
    linked = replace(a_case().incidents[0], perpetrator_ids=("perpetrator-1",))
    case = replace(a_case(a_victim(), perpetrator), incidents=(linked,))
    assert_held(case, SHARED)
    assert_written(replace(case, approvals=(an_approval(),)))


@pytest.mark.parametrize(
    "perpetrator",
    [
        a_perpetrator(),
        a_perpetrator(address=None, postcode=None),
        a_perpetrator(address="Flat 3, 14 Harbour Row, Sampletown", postcode="ZZ1 4ZZ"),
        a_perpetrator(address="Flat 2, 14 Harbour Row, Sampletown", postcode="ZZ7 7ZZ"),
        a_perpetrator(role=c.PersonRole.WITNESS, lives_with_victim=c.YesNo.YES),
    ],
    ids=["elsewhere", "no address", "next door", "another town", "a witness at home"],
)
def test_another_home_holds_nothing(perpetrator: Person):
    assert_written(a_case(a_victim(), perpetrator))


LATER = {"decided_recorded_at": REPORTED + timedelta(hours=5)}


@pytest.mark.parametrize(
    "approvals",
    [
        (an_approval(author=None),),
        (an_approval(author=OFFICER),),
        (an_approval(author=replace(MANAGER, role=None)),),
        (an_approval(decision=c.Decision.REFUSED),),
        (an_approval(decision=None),),
        (an_approval(person_id="perpetrator-1"),),
        (an_approval(person_id=None),),
        (an_approval(matter=c.Matter.LETTER),),
        (an_approval(incident_id="incident-9"),),
        (an_approval(), an_approval(id="approval-2", decision=c.Decision.REFUSED, author=None, **LATER)),
        (an_approval(), an_approval(id="approval-2", altered="Decision", author=None, **LATER)),
    ],
    ids=[
        "no author", "an officer", "no role", "refused", "undecided", "about another", "about nobody",
        "another matter", "another incident", "refused since", "altered since",
    ],
)  # fmt: skip
def test_an_approval_that_is_not_a_managers_agreement_opens_nothing(approvals):
    assert_held(a_case(perpetrator_at_home=c.YesNo.YES, approvals=approvals), SHARED)


@pytest.mark.parametrize("role", sorted(c.LINE_MANAGERS))
def test_any_line_manager_may_agree(role: c.StaffRole):
    approval = an_approval(author=replace(MANAGER, role=role), incident_id="incident-1")
    assert_written(a_case(perpetrator_at_home=c.YesNo.YES, approvals=(approval,)))


def test_a_manager_may_agree_after_a_refusal():
    approvals = (an_approval(id="approval-2", decision=c.Decision.REFUSED), an_approval(**LATER))
    assert_written(a_case(perpetrator_at_home=c.YesNo.YES, approvals=approvals))


def test_it_is_written_to_a_victim_and_to_nobody_else():
    witness = a_victim(id="witness-1", role=c.PersonRole.WITNESS, name="Dora Invented")
    case = a_case(a_victim(), witness)
    letter = the_letter(case, to=witness)
    assert isinstance(letter, Held)
    assert "is for the victim" in letter.why
    assert isinstance(the_letter(case, to=replace(witness, id="victim-1")), Draft)


def test_somebody_entered_on_both_sides_is_a_question_for_staff():
    both = replace(a_case().incidents[0], perpetrator_ids=("victim-1",))
    assert_held(replace(a_case(a_victim()), incidents=(both,)), "as a victim and as an alleged perpetrator")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("Polish", "A letter in Polish needs a translator."),
        ("  bengali ", "A letter in bengali needs a translator."),
        ("ask Sample Person's sister", "A letter in the language asked for needs a translator."),
    ],
)
def test_a_letter_is_never_translated_by_machine(language: str, sentence: str):
    assert the_letter(a_case(a_victim(language=language))) == Untranslated(sentence)


@pytest.mark.parametrize("language", [None, "", "English", " english "])
def test_english_is_what_we_write(language: str | None):
    assert_written(a_case(a_victim(language=language)))
