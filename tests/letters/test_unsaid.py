"""The second look at what an officer wrote: whom it names that this reader must not know of."""

from dataclasses import replace

import pytest
from accused import K, a_tenant, accused, aged, assert_held, assert_made, made, ready
from letter_cases import a_victim

from automations.model import Person
from schema import choices as c

HERS = {"telephone": "+44 1632 960123", "email": "box7@example.org"}


def told(words: str, *people: Person, kind: c.LetterKind = K.WARNING, to: str = "perpetrator-1"):
    """What comes of a letter with those words."""
    return made(ready(*(people or (a_victim(**HERS), accused()))), kind, to, words)


@pytest.mark.parametrize(
    ("words", "because"),
    [
        ("You shouted at Sample Person.", "names somebody"), ("You shouted at sample  person.", "names somebody"),
        ("Ms Person heard you.", "names somebody"), ("PERSON heard you.", "names somebody"),
        ("You rang 01632 960 123.", "telephone number"), ("You wrote to Box7@Example.org.", "e-mail"),
        ("You were at Flat 2, 14 Harbour Row.", "lives"), ("You were at 14 harbour row, again.", "lives"),
        ("You were near ZZ1 4ZZ.", "lives"), ("You were near zz14zz.", "lives"),
    ],
)  # fmt: skip
def test_who_was_harmed_and_where_they_live_is_not_told(words: str, because: str):
    """HC-090, R-17."""
    assert_held(told(words), because)


@pytest.mark.parametrize(
    "words",
    [
        "You shouted at a person in Long Harbour Row.", "A sample of paint was taken at number 14.",
        "Nobody Inparticular was heard at 99 Elsewhere Street, ZZ9 9ZZ.", "You said that it was personal.",
        "You rang 01632 960001.",
    ],
)  # fmt: skip
def test_plain_words_and_their_own_name_and_home_are_told(words: str):
    """HC-093: what it is about has to be said."""
    assert_made(told(words))


@pytest.mark.parametrize(
    "role", sorted(set(c.PersonRole) - {c.PersonRole.VICTIM, c.PersonRole.PERPETRATOR, c.PersonRole.TENANT})
)
def test_whoever_else_is_on_the_case_is_not_named(role: c.PersonRole):
    """HC-080, HC-082: a witness, a reporter, somebody else's guardian, and whoever has another part."""
    other = a_victim(id="other-1", role=role, name="Dora Invented", address=None, postcode=None)
    assert_held(told("Invented saw you.", a_victim(), accused(), other), "names somebody")
    assert_made(told("Somebody saw you.", a_victim(), accused(), other))


def test_those_of_one_household_may_be_named_to_one_another():
    """HC-093: unless one of them was harmed as well."""
    people = (a_victim(), aged(30), a_tenant())
    words = "Young Inparticular was heard shouting."
    assert_made(told(words, *people, kind=K.TENANT_WARNING, to="tenant-1"))
    assert_made(told("Elder Inparticular was there.", *people))
    case = ready(*people, a_tenant(id="tenant-2", name="Gran Madeup"))
    assert_made(made(case, K.WARNING, told="Gran Madeup was there."))
    saw = replace(case.incidents[0], witness_ids=("tenant-2",))
    assert_held(made(replace(case, incidents=(saw,)), K.WARNING, told="Gran Madeup was there."), "names somebody")


@pytest.mark.parametrize(
    ("name", "words"),
    [("مريم الخطيب", "رأتك مريم هناك"), ("Zażółć Gęślą", "Gęślą saw you."), ("O’Malley", "O’Malley saw you."),
     ("sample person", "Sample saw you.")],
)  # fmt: skip
def test_a_name_is_seen_in_whatever_letters_it_is_written(name: str, words: str):
    """HC-090: letters without capitals too, and a name that was typed without them."""
    assert_held(told(words, a_victim(name=name), accused()), "names somebody")


def test_a_family_name_that_both_sides_have_may_stand():
    """HC-093: else nobody could be written to by their own name."""
    people = (a_victim(name="Sample Inparticular"), accused())
    assert_made(told("Nobody Inparticular was heard.", *people))
    assert_held(told("Sample heard you.", *people), "names somebody")


@pytest.mark.parametrize(
    ("name", "words"),
    [("Zoë Invented", "Zoe saw you."), ("Zoe Invented", "Zoë saw you."), ("Łukasz Invented", "Lukasz saw you."),
     ("Dora Invented-Madeup", "Mrs Madeup saw you."), ("Dora O'Malley", "O’Malley saw you."),
     ("Dora O’Malley", "The O'Malleys and Malley saw you."), ("Dora Groß", "Mr Gross and Mr GROSS saw you."),
     ("Dora Invented", "You shouted at mrs invented."), ("İpek Invented", "Ipek saw you.")],
)  # fmt: skip
def test_a_name_is_seen_however_it_was_typed(name: str, words: str):
    """HC-090, R-17: without its accents, by half of a double name, with another apostrophe, small after a title."""
    assert_held(told(words, a_victim(name=name), accused()), "names somebody")
    assert_made(told("You shouted at an invented person.", a_victim(name=name), accused()))


@pytest.mark.parametrize("words", ["D.I. saw you.", "D. I. saw you.", "DI saw you.", "You shouted at D I again."])
def test_initials_tell_who_it_was(words: str):
    """HC-090, R-17: a street knows whose they are."""
    assert_held(told(words, a_victim(name="Ms Dora Invented"), accused()), "initials")
    assert_made(told("You did it on the 1st.", a_victim(name="Ms Dora Invented"), accused()))
    assert_made(told(words, a_victim(), accused(name="Dan Inparticular")))


def test_an_alleged_perpetrator_of_another_home_is_not_named():
    """R-15, R-17: who else is accused is told only within one home; where nobody knows the homes, to nobody."""
    away = {"address": "7 Farther Lane, Sampletown", "postcode": "ZZ8 8ZZ", "telephone": "01632 960555"}
    other = accused(id="perpetrator-2", name="Dora Invented", **away)
    for words in ("You and Dora Invented shouted.", "You rang 01632 960555.", "You met at 7 Farther Lane."):
        assert_held(told(words, a_victim(), accused(), other), "What is written for this reader")
    nowhere = replace(other, address=None, postcode=None)
    assert_held(told("You and Invented shouted.", a_victim(), accused(), nowhere), "names somebody")
    assert_made(told("You and somebody else shouted.", a_victim(), accused(), other))
    at_home = replace(accused(), id="perpetrator-2", name="Dora Invented")
    assert_made(told("You and Dora Invented shouted.", a_victim(), accused(), at_home))
