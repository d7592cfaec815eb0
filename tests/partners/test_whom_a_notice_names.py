"""Whom a notice names and how they are reached: each on grounds of their own, and nobody given away by another."""

import json
from dataclasses import replace

import pytest
from partner_cases import BOTH, a_case, ground, identified, notice, with_person

from automations.errors import NeedsAPerson
from schema import choices as c


def test_a_person_entered_in_two_parts_is_not_named():
    """A victim who is also linked as the alleged perpetrator is for a person to put right."""
    with pytest.raises(NeedsAPerson, match="two parts"):
        notice(a_case(perpetrator_ids=("p1", "v1")), identified(ground("v1")))

    assert notice(a_case(), identified(ground("v1"))).body


def test_two_victims_who_disagree():
    """The refuser's data stays out, the text about both of them too; that there is another is only counted."""
    payload = notice(a_case(), identified(ground("v1")))

    told = json.loads(payload.body)
    assert [person["name"] for person in told["people"]] == ["Ada Sampleton"]
    assert told["victims_not_named"] == 1
    assert told["incident"]["narrative_left_out"] == "another_victim"
    assert told["incident"]["postcode"] == "ZZ1 4"
    assert "narrative" not in told["incident"]
    assert b"Placeholder" not in payload.body


def test_a_perpetrator_is_named_only_on_grounds_of_their_own():
    """Each person in a notice carries the basis for naming them."""
    without = notice(a_case(), identified(*BOTH))
    payload = notice(a_case(), identified(*BOTH, ground("p1", basis="Prevention of crime", record="Overrides/5")))

    assert b"Madeup" not in without.body
    person = json.loads(payload.body)["people"][2]
    assert person == {
        "part": "alleged_perpetrator",
        "name": "Cyril Madeup",
        "address": "3 Example Street",
        "postcode": "ZZ1 3ZZ",
        "safe_ways": [],
        "withheld": [],
        "ask_us_first": False,
        "grounds": [{"basis": "Prevention of crime", "record": "Overrides/5"}],
    }


def test_a_perpetrator_at_home_does_not_give_away_where_a_victim_lives():
    """Naming him must not tell the address that she holds back."""
    his = {"address": "1 EXAMPLE street", "postcode": None}
    case = with_person(a_case(), "p1", **his)
    shut = identified(ground("v1", withhold="My address."), ground("v2"), ground("p1"))
    open_ = identified(*BOTH, ground("p1"))

    assert b"xample Street" not in notice(with_person(case, "v2", address="Elsewhere"), shut).body
    assert b"1 EXAMPLE street" in notice(case, open_).body
    unsafe = with_person(case, "v1", safe_ways=(c.Channel.TELEPHONE,))
    assert b"xample street" not in notice(unsafe, open_).body.lower().replace(b"2 example street", b"")
    at_home = with_person(a_case(), "p1", lives_with_victim=c.YesNo.YES)
    assert b"3 Example Street" not in notice(at_home, shut).body
    inside = with_person(case, "p1", address="1 Example Street, Exampletown ZZ11ZZ")
    assert b"xample Street, Exampletown" not in notice(inside, shut).body
    assert b"1 Example Street, Exampletown ZZ11ZZ" in notice(inside, open_).body
    assert b"3 Example Street" in notice(at_home, open_).body


@pytest.mark.parametrize("use", [c.WitnessUse.UNWILLING, c.WitnessUse.NOT_ASKED])
def test_a_witness_is_named_only_when_willing(use):
    """HC-080: grounds on paper do not carry a witness who did not say yes."""
    disclosure = identified(*BOTH, ground("w1"))

    assert b"Invented" not in notice(with_person(a_case(), "w1", evidence_use=use), disclosure).body
    assert b"Dora Invented" in notice(a_case(), disclosure).body


def test_only_ways_of_contact_that_are_safe_are_told():
    """Empty means that nobody has asked, so a partner is given no way to reach them."""
    unasked = json.loads(notice(with_person(a_case(), "v1", safe_ways=()), identified(*BOTH)).body)["people"][0]
    by_text = json.loads(notice(with_person(a_case(), "v1", safe_ways=(c.Channel.TEXT,)), identified(*BOTH)).body)[
        "people"
    ][0]

    assert not {"address", "postcode", "telephone", "email"} & unasked.keys()
    assert by_text["telephone"] == "01632 960001"
    assert not {"address", "postcode", "email"} & by_text.keys()


def test_an_address_or_mailbox_in_the_name_of_somebody_else_stays_here():
    """The one who agreed is reached some other way; a surname they share is no reason to hold theirs back."""
    for held, own in (
        ({"address": "c/o B. Placeholder, 2 Example Street"}, {"address": "Sampleton House"}),
        ({"email": "bert.placeholder@example.org"}, {"email": "ada.sampleton@example.org"}),
    ):
        shut = notice(with_person(a_case(), "v1", **held), identified(ground("v1")))
        family = with_person(with_person(a_case(), "v2", name="Bert Sampleton"), "v1", **own)

        assert b"laceholder" not in shut.body
        assert json.loads(shut.body)["people"][0]["ask_us_first"] is True
        assert next(iter(own.values())) in notice(family, identified(ground("v1"))).body.decode()


@pytest.mark.parametrize(
    ("way", "theirs"),
    [("telephone", "+44 1632 960 001 (mobile 07700 900123)"), ("email", "Person1@Example.org")],
)
def test_a_telephone_or_mailbox_that_somebody_harmed_shares_who_did_not_agree_stays_here(way, theirs):
    """HC-052, R-12, R-15: whoever rings it may reach the other. Agreed to by both, or each their own, it goes."""
    shared = with_person(a_case(), "v2", **{way: theirs})
    own = {"telephone": "01632 960001", "email": "person1@example.org"}

    def ada(case, *grounds):
        told = json.loads(notice(case, identified(ground("v1"), *grounds)).body)["people"][0]
        return told.get(way), told["ask_us_first"]

    assert ada(shared) == (None, True)
    assert ada(shared, ground("v2", withhold="My number.")) == (None, True)
    assert ada(shared, ground("v2")) == (own[way], False)
    assert ada(a_case()) == (own[way], False)


def test_a_telephone_shared_with_somebody_linked_as_harmed_stays_here_whatever_part_they_were_entered_in():
    """R-15: in a referral of one victim, too (HC-051); a neighbour's number that nobody harmed answers is no reason."""
    shared = with_person(a_case(victim_ids=("v1", "o1")), "v2", role=c.PersonRole.OTHER, telephone="01632 960001")
    linked = replace(shared, people=tuple(replace(x, id="o1") if x.id == "v2" else x for x in shared.people))
    nobody = replace(linked, incidents=tuple(replace(x, victim_ids=("v1",)) for x in linked.incidents))

    for case, told in ((linked, None), (nobody, "01632 960001")):
        payload = notice(case, identified(ground("v1"), purpose=c.Purpose.SUPPORT, about="v1"))
        assert json.loads(payload.body)["people"][0].get("telephone") == told


def test_notes_about_contact_are_not_told_but_said_to_exist():
    """They may name anybody; the partner asks us first."""
    payload = notice(with_person(a_case(), "v1", contact_notes="Never after six: he is home."), identified(*BOTH))

    assert b"after six" not in payload.body
    assert [person["ask_us_first"] for person in json.loads(payload.body)["people"]] == [True, False]
