"""Enquiries to neighbours and repair orders: people beside the case who are told next to nothing of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from accused import (
    DAY,
    NOW,
    K,
    a_repair,
    accused,
    agreed,
    an_answer,
    assert_held,
    assert_made,
    made,
    ready,
    says,
    the_action,
    writing,
)  # fmt: skip
from letter_cases import REPORTED, a_victim

from automations.letters import Missing
from schema import choices as c

DUE = REPORTED + DAY
IN_TIME = REPORTED + DAY / 2
STREET = "Long Harbour Row, from 1 to 3 November 2026"
AT = {"address": "20 Harbour Row, Sampletown, ZZ1 4ZZ"}
ORDER = {"addressed_to": "Mending & Sons", "address": "1 Workshop Yard, Sampletown ZZ2 2ZZ"}


def enquiry(case=None, told=STREET, to=None, **row):
    return made(case or ready(), K.NEIGHBOUR, to, told, **(AT | row))


def order(case=None, told=None, to=None, **row):
    return made(case or ready(), K.REPAIR_ORDER, to, told, **(ORDER | row))


def test_neighbours_are_asked_only_where_the_victim_agrees():
    """HC-076: not asked is no, also where a witness is known."""
    assert_made(enquiry())
    case = ready()
    known = replace(case.incidents[0], witnesses_known=c.Witnesses.KNOWN)
    for answer in (c.Answer.NO, c.Answer.NOT_ASKED):
        unasked = replace(case, incidents=(known,), consents=(an_answer(c.Option.NEIGHBOURS, answer),))
        assert_held(enquiry(unasked), "Speaking to neighbours needs the victim's agreement")


@pytest.mark.parametrize("role", sorted(set(c.PersonRole) - {c.PersonRole.PERPETRATOR}))
def test_no_enquiry_goes_to_the_home_of_anybody_on_the_case(role: c.PersonRole):
    """HC-076, HC-080: whoever opens it there learns that we look into something, and others may live there."""
    other = a_victim(id="other-1", role=role, address="20 Harbour Row, Sampletown", postcode="ZZ1 4ZZ")
    people = (accused(), other) if role is c.PersonRole.VICTIM else (a_victim(), accused(), other)
    case = ready(*people)
    yes = (
        tuple(replace(x, victim_id="other-1") for x in case.consents) if role is c.PersonRole.VICTIM else case.consents
    )
    case = replace(case, consents=yes)
    assert_held(enquiry(case), "somebody's on the case, or may be")
    assert_made(enquiry(case, address="22 Harbour Row, Sampletown, ZZ1 4ZZ"))


def test_an_enquiry_is_to_the_occupier_and_says_a_street_and_some_days():
    """HC-076: it names nobody, and no address but the one on the envelope."""
    of = writing(ready(), K.NEIGHBOUR, None, STREET, **AT)
    letter = says(of, K.NEIGHBOUR)
    assert STREET in letter
    assert "Harbour Row, Sampletown" not in letter
    for person in of.case.people:
        assert person.name not in letter


@pytest.mark.parametrize(
    "told",
    ["Ask about Sample Person.", "At Flat 2, 14 Harbour Row", "Round ZZ1 4ZZ on 1 November", "Near ZZ14ZZ",
     "Inparticular"],
)  # fmt: skip
def test_an_enquiry_that_names_anybody_or_their_home_is_held(told: str):
    """HC-076: whoever it is, the alleged perpetrator too."""
    assert_held(enquiry(told=told), "What is written for this reader")


def test_no_enquiry_goes_to_an_alleged_perpetrators_home():
    """R-17: it would be the first that they hear of it."""
    assert_held(enquiry(address="99 Elsewhere Street, Sampletown, ZZ9 9ZZ"), "is an alleged perpetrator's")
    assert_held(enquiry(to="victim-1"), "leave To empty")
    lacking = enquiry(address="20 Harbour Row", told=" ")
    assert isinstance(lacking, Missing)
    assert [fact.split(" (")[0] for fact in lacking.facts] == [
        "the address to write to, with its postcode", "the street or building and the days, in words for this reader",
    ]  # fmt: skip


def test_an_order_says_the_work_the_place_by_when_and_whom_to_ring():
    """HC-060b, HC-060c: urgent, and to be kind."""
    letter = says(replace(writing(ready(), K.REPAIR_ORDER, None, None, **ORDER), now=IN_TIME), K.REPAIR_ORDER)
    for said in ("- Work: Re-glaze", "- Place: The front of 14 Harbour Row, Sampletown", "This work is urgent.",
                 "finish it by Wednesday 4 November 2026 at 9.30pm", "kind and patient", "01632 960001",
                 "take photographs", "Do not ask anybody there why"):  # fmt: skip
        assert said in letter


def test_an_order_that_is_made_late_asks_for_the_work_at_once():
    """HC-060c: the time that has passed is told as what should have been, and never set as the time to come."""
    due = "Wednesday 4 November 2026 at 9.30pm"
    on = writing(ready(), K.REPAIR_ORDER, None, None, **ORDER)
    for now, is_late in ((IN_TIME, False), (DUE - timedelta(seconds=1), False), (DUE, True), (NOW, True)):
        letter = says(replace(on, now=now), K.REPAIR_ORDER)
        assert (f"finish it by {due}" in letter) is not is_late
        assert (f"It should have been finished by {due}. Please do it at once" in letter) is is_late


def test_an_order_asks_for_no_photograph_that_is_there_or_need_not_be():
    """HC-060a: the order never waits for it (R-19)."""
    for repair in (a_repair(photographed_at=NOW), a_repair(no_photograph="It was dark.")):
        case = ready(repairs=(repair,))
        letter = says(writing(case, K.REPAIR_ORDER, None, None, **ORDER), K.REPAIR_ORDER)
        assert "Before you touch anything" not in letter


def test_graffiti_is_due_as_its_own_step_says():
    """HC-060d."""
    case = ready(repairs=(a_repair(kind=c.RepairKind.GRAFFITI),), actions=(the_action("remove_graffiti"),))
    assert "by Wednesday 4 November 2026 at 9.30pm" in says(
        writing(case, K.REPAIR_ORDER, None, None, **ORDER), K.REPAIR_ORDER
    )
    undue = order(ready(actions=()))
    assert isinstance(undue, Missing)
    assert [fact.split(" (")[1] for fact in undue.facts] == ["the repair's action)"] * 2


def test_inside_a_home_the_occupier_agrees_and_an_officer_writes_how_to_get_in():
    """R-19, HC-060b: what nobody wrote for the contractor is not said; they ring the officer."""
    inside = a_repair(where=c.Where.INSIDE, occupier_agrees=c.YesNo.YES)
    assert_held(order(ready(repairs=(replace(inside, occupier_agrees=c.YesNo.NOT_KNOWN),))), "The occupier must agree")
    of = writing(ready(repairs=(inside,)), K.REPAIR_ORDER, None, None, **ORDER)
    assert "Please ring me before you go" in says(of, K.REPAIR_ORDER)
    told = ready(repairs=(replace(inside, way_in="A key is at our office."),))
    of = writing(told, K.REPAIR_ORDER, None, None, **ORDER)
    assert "- Getting in: A key is at our office." in says(of, K.REPAIR_ORDER)
    assert "ring me before you go" not in says(of, K.REPAIR_ORDER)


def test_a_security_measure_is_ordered_once_it_is_approved_and_wanted():
    """HC-060e."""
    case = ready(repairs=(a_repair(kind=c.RepairKind.LOCKS),), actions=(the_action("security_measures"),))
    yes = replace(agreed(c.Matter.SECURITY), repair_id="repair-1")
    assert_held(order(case), "A line manager must approve this measure")
    assert_made(order(replace(case, approvals=(yes,))))
    unwanted = tuple(x for x in case.consents if x.option is not c.Option.SECURITY)
    assert_held(order(replace(case, approvals=(yes,), consents=unwanted)), "need the victim's agreement")


@pytest.mark.parametrize(
    ("where", "said"),
    [("way_in", "Ask for Sample Person."), ("place_of_work", "Person’s home"), ("way_in", "Ring 01632 960 123."),
     ("way_in", "Write to sample@example.org")],
)  # fmt: skip
def test_an_order_that_names_whoever_lives_there_is_held(where: str, said: str):
    """HC-060b: nor may it give their number. Where the work is it must say."""
    victim = a_victim(telephone="01632 960123", email="sample@example.org")
    case = ready(victim, accused(), repairs=(a_repair(**{where: said}),))
    assert_held(order(case), "What is written for this reader")
    assert_made(order(ready(victim, accused(), repairs=(a_repair(place_of_work="Flat 2, 14 Harbour Row"),))))
    assert_held(order(ready(victim, accused()), told="Person was upset."), "names somebody")


def test_an_order_is_for_one_piece_of_work_that_is_still_to_be_done():
    """HC-060c: to a contractor, and to nobody on the case."""
    done, open_ = a_repair(id="repair-0", done_at=NOW - DAY), a_repair()
    assert_made(order(ready(repairs=(done, open_))))
    assert_held(order(ready(repairs=(done, open_)), repair_id="repair-0"), "done, or not needed")
    assert_held(order(ready(repairs=(open_, a_repair(id="repair-2")))), "Say in Repair which work")
    assert_held(order(ready(repairs=())), "Say in Repair which work")
    assert_held(order(to="victim-1"), "leave To empty")
    lacking = order(ready(repairs=(a_repair(place_of_work=None),)), addressed_to=None)
    assert isinstance(lacking, Missing)
    assert lacking.facts == (
        "the contractor's name (Addressed to)", "where the work is (Repairs, Place of work)",
    )  # fmt: skip
