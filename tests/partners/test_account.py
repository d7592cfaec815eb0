"""What happened stays with us; the account that an officer wrote for the partnership leaves, if it names no other."""

import json

import pytest
from partner_cases import BOTH, a_case, ground, identified, notice, with_person

from schema.tables.incidents import INCIDENTS

INNOCENT = "Something was thrown at the door."


def incident(case, *more):
    return json.loads(notice(case, identified(*BOTH, *more)).body)["incident"]


@pytest.mark.parametrize("account", [None, "", "  "])
def test_without_an_account_the_lists_alone_are_told_and_what_happened_stays(account):
    """R-15, HC-052: what somebody said at the front desk may name anybody, also people nobody has entered."""
    case = a_case(what_happened="Nora Nowhere from the shop threw a stone.", account=account)
    held = incident(case)

    assert b"Nora" not in notice(case, identified(*BOTH)).body
    assert "narrative" not in held
    assert held["narrative_left_out"] == "not_written"
    assert held["kinds"] == ["damage", "verbal_abuse"]
    assert incident(a_case(account=INNOCENT))["narrative"] == INNOCENT
    assert "narrative_left_out" not in incident(a_case(what_happened=None, account=None))


@pytest.mark.parametrize(
    "text",
    ["It was MADEUP again.", "He rang from 01632960003.", "They live at 3, Example Street.", "person3@example.org"],
)
def test_an_account_that_speaks_of_somebody_without_grounds_stays_here(text):
    """A victim's agreement is no lawful basis for the alleged perpetrator's data (R-15)."""
    held, told = incident(a_case(account=text)), incident(a_case(account=text), ground("p1", basis="Article 6(1)(f)"))

    assert held["narrative_left_out"] == "speaks_of_others"
    assert told["narrative"] == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Li Wu", "Wu threw a stone."),
        ("Li Wu", "LiWu threw a stone."),
        ("Li Wu", "It was Li's stone."),
        ("Mr X", "X threw a stone."),
        ("Sean O'Shea", "Sean's brother threw a stone."),
        ("Sean O'Shea", "OShea threw a stone."),
        ("Sean O\u2019Shea", "O'Shea threw a stone."),
        ("Sean OShea", "O\u2019Shea threw a stone."),
        ("Sean OShea", "O'Shea's dog barked."),
        ("Jane MacDonald", "Mac Donald threw a stone."),
        ("Jane Mac Donald", "MacDonald threw a stone."),
        ("Ann Smith-Jones", "Smith Jones threw a stone."),
        ("Ann Smith Jones", "Smith-Jones threw a stone."),
        ("Se\u00e1n Pe\u00f1a", "Sean\u0301 threw a stone."),
        ("Jose\u0301 Pe\u00f1a", "Jos\u00e9 threw a stone."),
        ("Jos\u00e9 Pe\u00f1a", "Pena threw a stone."),
        ("Noel Ng", "No\u00ebl threw a stone."),
        ("\u0141ukasz S\u00f8rby", "Lukasz threw a stone."),
        ("\u09b0\u09b9\u09bf\u09ae \u09ae\u09bf\u09af\u09bc\u09be", "\u09b0\u09b9\u09bf\u09ae threw a stone."),
        ("\u0623\u062d\u0645\u062f", "\u0648\u0623\u064e\u062d\u0652\u0645\u064e\u062f threw a stone."),
        ("\u674e\u660e", "\u674e\u660e\u6254\u4e86\u77f3\u5934"),
        ("Fran\u00adces Ng", "Frances threw a stone."),
    ],
)
def test_a_name_is_found_however_it_is_typed(name, text):
    """R-15: two letters, apostrophes, hyphens, accents, vowel signs, other scripts, words run together or apart."""
    case = with_person(a_case(account=text), "p1", name=name)

    assert incident(case)["narrative_left_out"] == "speaks_of_others"
    assert incident(with_person(a_case(account=INNOCENT), "p1", name=name))["narrative"] == INNOCENT


@pytest.mark.parametrize("name", ["A.", "???", "4", "Unknown man", "the neighbour"])
def test_a_name_with_nothing_in_it_to_look_for_holds_every_account_back(name):
    """Unknown is shut: whoever it stands for may be in the account. A person whose name is blank holds back none."""
    assert incident(with_person(a_case(), "p1", name=name))["narrative_left_out"] == "speaks_of_others"
    assert incident(with_person(a_case(), "p1", name=" "))["narrative"]


def test_what_staff_read_beside_both_cells_says_which_of_them_leaves():
    """R-15: the officer who fills them in must know."""
    assert "no partner is sent" in INCIDENTS.column("What happened").help
    assert "word for word" in INCIDENTS.column("Account for the partnership").help
