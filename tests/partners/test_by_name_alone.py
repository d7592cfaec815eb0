"""What a victim holds back stays here: a sentence that only a person can read is taken at its widest."""

import json
from dataclasses import replace

import pytest
from partner_cases import a_case, ground, identified, notice, with_person

NAME_AND_GROUNDS = {"part", "name", "safe_ways", "withheld", "ask_us_first", "grounds"}
HELD = ["contact", "details", "narrative", "strands"]
BERT = ground("v2")


def told(*grounds, full=False, **incident):
    return json.loads(notice(a_case(**incident), identified(*grounds), full=full).body)


@pytest.mark.parametrize(
    ("sentence", "left_out"),
    [
        ({"withhold": "Do not say that I am gay, nor my date of birth."}, "withheld"),
        ({"withhold": "Not where I live."}, "withheld"),
        ({"scope": "Only my name and that it happened. Nothing else about me."}, "limited"),
    ],
    ids=["what she is", "where she lives", "a limit"],
)
def test_a_victim_who_holds_something_back_is_told_of_by_name_and_grounds_alone(sentence, left_out):
    """R-12, HC-052: neither birthday, language, address, telephone nor what it was because of. Nobody can tell by
    machine which of them the sentence means. Who holds nothing back is told of in full."""
    shut = told(ground("v1", **sentence), BERT)
    ada, bert = shut["people"]

    assert ada.keys() == NAME_AND_GROUNDS
    assert (ada["withheld"], ada["ask_us_first"], ada["safe_ways"]) == (HELD, True, [])
    assert shut["incident"]["strands"] == []
    assert shut["incident"]["narrative_left_out"] == left_out
    assert not {"narrative", "police_reference"} & shut["incident"].keys()
    assert bert["telephone"] == "01632 960002"

    in_full = told(ground("v1"), BERT)
    assert {"born_on", "language", "address", "postcode", "telephone", "email"} <= in_full["people"][0].keys()
    assert in_full["people"][0]["withheld"] == []
    assert in_full["incident"]["strands"] == ["race", "religion"]
    assert in_full["incident"]["narrative"] == "Something was shouted through the letterbox."


@pytest.mark.parametrize("sentence", [{"withhold": "Where I live."}, {"scope": "Only my name."}])
def test_the_whole_postcode_goes_only_where_everybody_is_named_and_nothing_is_held_back(sentence):
    """R-16: that an area agreed to full postcodes in statistics is no leave to say where somebody lives by name."""
    for full in (False, True):
        assert told(ground("v1", **sentence), BERT, full=full)["incident"]["postcode"] == "ZZ1 4"
        assert told(ground("v1"), full=full)["incident"]["postcode"] == "ZZ1 4"
        assert told(ground("v1"), BERT, full=full)["incident"]["postcode"] == "ZZ1 4ZZ"


def test_the_sentence_itself_stays_here():
    """It says what was not to be said."""
    body = notice(a_case(), identified(ground("v1", withhold="Not my number.", scope="My name."), BERT)).body

    assert b"Not my number" not in body
    assert b"My name" not in body


def test_one_of_two_grounds_is_enough_to_hold_back():
    """Agreement to the partnership and to the police stand side by side; what either holds back is held back."""
    both = (ground("v1", record="Consents/1"), ground("v1", record="Consents/2", withhold="My number."))

    ada = told(*both, BERT)["people"][0]

    assert ada["withheld"] == HELD
    assert [x["record"] for x in ada["grounds"]] == ["Consents/1", "Consents/2"]


def test_the_home_that_one_victim_holds_back_does_not_leave_as_anothers():
    """R-12: who lives with her and holds nothing back is reached by telephone."""
    together = with_person(a_case(), "v2", address="1 EXAMPLE street", postcode=None)

    shut = json.loads(notice(together, identified(ground("v1", withhold="Where I live."), BERT)).body)["people"][1]
    open_ = json.loads(notice(together, identified(ground("v1"), BERT)).body)["people"][1]

    assert "address" not in shut
    assert shut["telephone"] == "01632 960002"
    assert open_["address"] == "1 EXAMPLE street"


def test_the_home_of_a_victim_who_is_not_named_does_not_leave_as_anothers():
    """R-12, HC-052: whoever said no is protected as whoever said yes and held it back is."""
    together = with_person(a_case(), "v1", address="2 EXAMPLE street", postcode="ZZ1 2ZZ")

    shut = json.loads(notice(together, identified(BERT)).body)["people"][0]
    apart = json.loads(notice(a_case(), identified(BERT)).body)["people"][0]

    assert not {"address", "postcode"} & shut.keys()
    assert shut["telephone"] == "01632 960002"
    assert {"address", "postcode"} <= apart.keys()


def test_a_victim_whom_nobody_linked_to_an_incident_may_be_one_of_it():
    """R-12, R-16: their silence keeps the whole postcode and the account here; one of another incident has no say."""
    case = a_case(victim_ids=("v2",))
    elsewhere = replace(case.incidents[0], id="other", number=2, victim_ids=("v1",))

    doubt = json.loads(notice(case, identified(BERT)).body)
    sure = json.loads(notice(replace(case, incidents=(*case.incidents, elsewhere)), identified(BERT)).body)

    assert (doubt["victims_not_named"], doubt["incident"]["postcode"]) == (1, "ZZ1 4")
    assert (sure["victims_not_named"], sure["incident"]["postcode"]) == (0, "ZZ1 4ZZ")
