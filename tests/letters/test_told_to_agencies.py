"""What an organisation is told of whoever may be named, and what an officer's own words may not tell it."""

from dataclasses import replace
from typing import Any

import pytest
from letter_cases import a_perpetrator, a_victim
from letter_cases_agencies import SECOND, WITNESS, a_row, a_yes, of, the_case

from automations.letters import Draft, Held, Missing, draft
from automations.letters.catalogue import CATALOGUE
from automations.letters.facts import AgencyFacts
from automations.letters.writing import Writing
from automations.model import Case, Consent
from schema import choices as c

Kind, Option = c.LetterKind, c.Option
TO = {"organisation": "Sample Advice"}


def assert_held(of_: Writing, kind: c.LetterKind, because: str) -> None:
    made = draft(of_, kind)
    assert isinstance(made, Held)
    assert because in made.why
    assert not any(p.name in made.why for p in of_.case.people if p.name)


def told(case: Case, **row: Any) -> Any:
    facts = CATALOGUE[Kind.SUPPORT_REFERRAL].gather(of(case, a_row(**row)))
    assert isinstance(facts, AgencyFacts)
    return facts.people[0]


def a_case_with(victim: dict[str, Any], *more: Any, **answer: Any) -> Case:
    yes: Consent = a_yes(Option.SUPPORT, **TO, **answer)
    return the_case(yes, people=(a_victim(telephone="01632 960123", email="sample@example.org", **victim), *more))


def test_only_what_is_safe_and_not_held_back_is_told():
    """R-12, HC-027: a way that nobody called safe, and whatever somebody withholds, stays with us."""
    safe = {"safe_ways": (c.Channel.TELEPHONE, c.Channel.LETTER)}
    assert told(a_case_with(safe)).telephone == "01632 960123"
    assert told(a_case_with(safe)).home == "Flat 2, 14 Harbour Row, Sampletown, ZZ1 4ZZ"
    assert told(a_case_with(safe)).email is None
    assert told(a_case_with({"safe_ways": (c.Channel.EMAIL,)})).home is None
    assert told(a_case_with({"safe_ways": ()})).ask_first
    for limit in ({"withhold": "My address."}, {"scope": "My name and number."}):
        person = told(a_case_with(safe, **limit))
        assert (person.name, person.home, person.telephone, person.born_on) == ("Sample Person", None, None, None)
        assert person.ask_first


def test_a_home_that_another_victim_shares_is_not_told_while_that_one_has_not_agreed():
    """R-15."""
    same = replace(SECOND, address="Flat 2, 14 Harbour Row, Sampletown", postcode="ZZ1 4ZZ")
    assert told(a_case_with({})).home
    assert told(a_case_with({}, same)).home is None
    assert told(a_case_with({}, SECOND)).home


@pytest.mark.parametrize(
    "words",
    [
        "Ask Dora Invented what she saw.", "Ask ms INVENTED.", "It was Nobody Inparticular.", "Write to zz99zz.",
        "They live at 99 Elsewhere Street, Sampletown.",
    ],
)  # fmt: skip
def test_an_officers_words_name_nobody_whom_the_reader_may_not_be_told_of(words: str):
    """R-15, HC-080, HC-082."""
    case = the_case(a_yes(Option.SUPPORT, **TO), people=(a_victim(), a_perpetrator(), WITNESS))
    assert_held(of(case, a_row(words=words)), Kind.SUPPORT_REFERRAL, "Write it without that.")
    assert isinstance(
        draft(of(case, a_row(words="They would like to talk on a Friday.")), Kind.SUPPORT_REFERRAL), Draft
    )
    mine = a_row(words="Sample Person would like somebody to talk to.")
    assert isinstance(draft(of(case, mine), Kind.SUPPORT_REFERRAL), Draft)


def test_a_short_name_is_a_name_too():
    """R-15: a part of a name of two letters counts as it is written, not as a word of everyday."""
    case = the_case(a_yes(Option.SUPPORT, **TO), people=(a_victim(), replace(WITNESS, name="Xi Do")))
    assert_held(of(case, a_row(words="Ask Ms Xi.")), Kind.SUPPORT_REFERRAL, "Write it without that.")
    assert isinstance(draft(of(case, a_row(words="They do not sleep.")), Kind.SUPPORT_REFERRAL), Draft)


def test_what_is_held_back_is_not_in_the_words_either():
    """R-12."""
    row = a_row(words="They live at Flat 2, 14 Harbour Row, Sampletown.")
    assert isinstance(draft(of(a_case_with({}), row), Kind.SUPPORT_REFERRAL), Draft)
    assert_held(of(a_case_with({}, withhold="My address."), row), Kind.SUPPORT_REFERRAL, "Write it without that.")


@pytest.mark.parametrize("kind", [Kind.POLICE_REFERRAL, Kind.POLICE_INFORMATION])
def test_the_police_may_be_told_who_is_said_to_have_done_it_and_which_witness_is_willing(kind: c.LetterKind):
    """HC-063, HC-080: one who is not willing, or was not asked, is not named to anybody."""
    row = a_row(words="Nobody Inparticular shouted; Dora Invented saw it.")
    for use, may_go in ((c.WitnessUse.WILLING, True), (c.WitnessUse.UNWILLING, False), (c.WitnessUse.NOT_ASKED, False)):
        people = (a_victim(), a_perpetrator(), replace(WITNESS, evidence_use=use))
        made = draft(of(the_case(a_yes(Option.POLICE), people=people), row), kind)
        assert isinstance(made, Draft if may_go else Held)


@pytest.mark.parametrize(
    ("row", "missing"),
    [
        ({"address": None}, "the organisation's address and postcode (Address)"),
        ({"address": "5 Elsewhere Street, Sampletown"}, "the organisation's address and postcode (Address)"),
        ({"address": "ZZ5 5ZZ"}, "the organisation's address and postcode (Address)"),
        ({"words": " "}, "what the letter says of the matter (Words for the reader)"),
    ],
)
def test_an_organisation_is_written_to_by_name_and_address_in_somebodys_words(row: dict[str, Any], missing: str):
    """HC-063."""
    case = the_case(a_yes(Option.POLICE))
    assert draft(of(case, a_row(**row)), Kind.POLICE_REFERRAL) == Missing((missing,))
    assert_held(of(case, a_row(addressed_to=" ")), Kind.POLICE_REFERRAL, "Say to which organisation it goes")


def test_the_police_alone_are_told_their_own_reference():
    """HC-018, HC-064."""
    incident = {"police_know": c.PoliceTold.YES, "police_reference": "ZZ/0001/26"}
    police = CATALOGUE[Kind.POLICE_REFERRAL].gather(of(the_case(a_yes(Option.POLICE), incident=incident)))
    support = CATALOGUE[Kind.SUPPORT_REFERRAL].gather(of(the_case(a_yes(Option.SUPPORT, **TO), incident=incident)))
    assert isinstance(police, AgencyFacts)
    assert isinstance(support, AgencyFacts)
    assert (police.police_reference, support.police_reference) == ("ZZ/0001/26", None)
