"""What somebody is called besides their name, and a number in words: seen, and everyday words let be."""

import re

import pytest
from accused import K, accused, assert_held, assert_made, made, ready
from hypothesis import assume, given
from hypothesis import strategies as st
from letter_cases import a_victim

from automations.letters.called import FIGURES, NEVER, TENS, forms, in_figures
from automations.letters.languages import FOLDER

GIVEN = """
    aaliyah abdul abigail adam adrian agnes ahmed aisha alan albert alexander alice alison amanda amina amy andrea
    andrew angela anita anna anthony anwar arthur ashley barbara benjamin bernadette beverley brenda brian bridget
    callum candice carol caroline catherine charlotte christine christopher claire courtney daniel david deborah
    declan denise desmond diane dominic donna dorothy edward eileen elaine eleanor elizabeth emily emma eric evelyn
    everett fatima florence frances frank gareth gemma geoffrey george gillian gloria gordon graham hannah harold
    harriet hassan heather helen henry hillary hussein ibrahim imogen isobel jacqueline jamal james janet janice
    jasmine jennifer jeremy jessica joanne jonathan joseph joshua judith julian junaid karen katherine kathleen
    keith kenneth kevin khadija laura lauren lawrence leonard letitia linda lorraine louise lucy malcolm manuel
    margaret maria marion mark martin mary matthew maureen maurice michael michelle miriam mohammed monica muhammad
    nadia natalie natasha nathan neil nicholas nicola nigel noreen norman oliver olivia oluwaseun omar pamela
    parveen patricia patrick pauline penelope peter philip priya rachel rajesh raymond rebecca reginald richard
    robert roland rosemary rowan russell ruth samantha samira samuel sandra sarah saskia satish shannon sharon
    shelley shirley simon sophia soraya stanley stephanie stephen steven stuart sunita susan suzanne sylvia tamara
    tenzin terence theresa thomas timothy trevor tyrone usha valerie vanessa veronica victor victoria vincent violet
    vivian wasim wendy wesley whitney wilfred william willow winston yasmin yousuf zainab
""".split()
FAMILY = ["hill", "wood", "jones", "kaur", "khan", "patel", "smith", "sample", "marks", "wills", "mills", "okafor"]


def told(words: str, name: str):
    return made(ready(a_victim(name=name, telephone="01632 960337"), accused()), K.WARNING, "perpetrator-1", words)


@pytest.mark.parametrize(
    ("name", "words"),
    [("Samira Invented", "Sam saw you."), ("Andrew Invented", "You shouted at Andy."),
     ("Deborah Invented", "Debbie ran."), ("Dora Invented", "You rang the Inventeds."),
     ("Dora Jones", "The Joneses heard you."),
     ("Dora Jones", "It was the Joneses' door."), ("Dora Invented", "It was Invented's door."),
     ("Invented, Samira", "You shouted at Sam."), ("Mr Alexander Invented", "Alex saw you.")],
)  # fmt: skip
def test_a_name_made_shorter_or_said_of_a_family_is_a_name(name: str, words: str):
    """HC-090, R-17: the street says Sam, and the Joneses."""
    assert_held(told(words, name), "names somebody")


@pytest.mark.parametrize(
    ("name", "words"),
    [("Andrew Invented", "And you shouted."), ("Theresa Invented", "The door was kicked. There was a mark."),
     ("William Invented", "Will you come?"), ("Rowan Invented", "You were in Harbour Row."),
     ("Maya Invented", "You came in May."), ("Dora Wood", "The woods behind the house."),
     ("Samuel Invented", "The same evening you came back, as a sample shows.")],
)  # fmt: skip
def test_a_word_of_everyday_is_no_name(name: str, words: str):
    """HC-093: what it is about has to be said."""
    assert_made(told(words, name))


def test_no_word_of_our_own_letters_is_taken_for_a_name():
    """HC-093: whatever a person of a common name is called, our letters' own words name nobody."""
    written = " ".join(path.read_text("utf-8") for path in FOLDER.glob("en/*.md"))
    words = set(re.findall(r"[a-z]+", written.casefold()))
    taken = {name: sorted(words & forms([name], [name])) for name in GIVEN} | {
        name: sorted(words & forms([name], [])) for name in FAMILY
    }
    assert {name: found for name, found in taken.items() if found} == {}


@given(name=st.text("abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=12), end=st.integers(3, 11))
def test_every_beginning_of_a_first_name_is_seen_but_words_of_everyday(name: str, end: int):
    """HC-090, R-17."""
    short = name[:end]
    assume(short != name)
    assert (short in forms([name, "invented"], [name])) is (short not in NEVER)
    assert short not in forms([name, short], [name]), "a part of the name is a name already"


SPOKEN = {str(figure): [word for word, said in FIGURES.items() if said == str(figure)] for figure in range(10)}


@given(st.lists(st.sampled_from("0123456789"), min_size=7, max_size=11), st.data())
def test_a_number_is_the_same_in_words(figures: list[str], data: st.DataObject):
    """HC-090: however somebody reads it out, its figures come back."""
    said, at = list[str](), 0
    while at < len(figures):
        twice = figures[at : at + 2] == [figures[at]] * 2 and data.draw(st.booleans())
        word = data.draw(st.sampled_from([figures[at], *SPOKEN[figures[at]]]))
        said.append(f"double {word}" if twice else word)
        at += 2 if twice else 1
    assert "".join(re.findall(r"\d", in_figures(" ".join(said)))) == "".join(figures)


@given(st.sampled_from(sorted(TENS)), st.integers(1, 9), st.sampled_from("- "))
def test_a_house_number_in_words_is_its_figures(tens: str, one: int, between: str):
    """HC-090."""
    assert in_figures(f"at {tens}{between}{SPOKEN[str(one)][0]} Harbour Row") == f"at {TENS[tens]}{one} Harbour Row"


@pytest.mark.parametrize(
    ("words", "because"),
    [
        ("You rang oh one six three two, nine six oh, double three seven.", "telephone number"),
        ("You were at flat two, fourteen Harbour Row.", "lives"), ("You were at Fourteen Harbour Row.", "lives"),
        ("You were near ZZ one four ZZ.", "lives"),
    ],
)  # fmt: skip
def test_a_number_in_words_is_a_number(words: str, because: str):
    """HC-090, R-17."""
    assert_held(told(words, "Sample Person"), because)
    assert_made(told("You came at one, and again at two, with four others.", "Sample Person"))
