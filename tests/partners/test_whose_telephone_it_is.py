"""A telephone, a mailbox or a line of an address is somebody's: it tells of them in another's message (R-12, R-15)."""

import json

import pytest
from message_cases import sent
from partner_cases import BOTH, a_case, ground, identified, notice, with_person

from schema import choices as c

SHARED = {"telephone": "+44 (0)1632 960001", "email": "Person1@example.org"}


def first(payload):
    """What is told of the first person."""
    return json.loads(payload.body)["people"][0]


def test_a_telephone_that_a_victim_who_did_not_agree_answers_too_is_not_told():
    """R-12, HC-052: however it was typed; where both agreed it is told."""
    case = with_person(a_case(), "v2", **SHARED)
    one, both = first(notice(case, identified(ground("v1")))), first(notice(case, identified(*BOTH)))
    assert (one["ask_us_first"], {"telephone", "email"} & one.keys()) == (True, set())
    assert (both["ask_us_first"], both["telephone"], both["email"]) == (False, "01632 960001", "person1@example.org")


@pytest.mark.parametrize("shares", ["v2", "p1"])
def test_help_is_not_told_to_ring_where_somebody_else_answers(shares):
    """HC-051, R-21: not the other victim's telephone, nor the one at home with whoever did it."""
    case = with_person(a_case(), shares, telephone="Home: 01632960001, mobile 07700 900456", email=None)
    for purpose in (c.Purpose.SUPPORT, c.Purpose.HOMELESSNESS):
        told = first(sent(purpose, case=case))
        assert (told["ask_us_first"], "telephone" in told, told["email"]) == (True, False, "person1@example.org")
        assert first(sent(purpose, case=a_case()))["telephone"] == "01632 960001"


def test_a_relative_who_answers_for_a_victim_leaves_the_telephone_there():
    """HC-051: somebody who was not harmed, and did not do it, may pick up the telephone."""
    case = with_person(a_case(), "w1", telephone="01632 960001")
    assert first(sent(c.Purpose.SUPPORT, case=case))["telephone"] == "01632 960001"


@pytest.mark.parametrize("words", [
    "Ring the flat below on 01632 960002.", "Ring +441632960002.", "Ring 0044 1632 960 002.", "Ring 0163 2960-002",
    "Ring ٠١٦٣٢ ٩٦٠٠٠٢.", "The other one is on 07700 900456.", "Call at 22 Pretend Street.",
    "Call at 22, pretend street",
])  # fmt: skip
def test_words_with_a_way_to_somebody_who_may_not_be_named_stay_here(words):
    """R-12, R-15: a number with or without the country's code or in other figures, an address without its town."""
    case = with_person(a_case(), "v2", telephone="01632 960002 or 07700 900456", address="22 Pretend Street, Sampleton")
    told = json.loads(sent(c.Purpose.SUPPORT, case=case, words=words).body)
    assert (told.get("words"), told["words_left_out"]) == (None, "speaks_of_others")


@pytest.mark.parametrize("words", ["Ring us on 01632 960100.", "She was born on 01/01/1980.", "It has 22 flats."])
def test_other_figures_are_nobodys(words):
    """R-12: help does not wait for a number that is nobody's."""
    case = with_person(a_case(), "v2", address="Flat 22, Sampleton", telephone="01632 960002")
    assert json.loads(sent(c.Purpose.SUPPORT, case=case, words=words).body)["words"] == words
