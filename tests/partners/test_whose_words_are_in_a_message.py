"""Whose words are in a message: every cell of everybody is marked, and each message is searched for the marks."""

from dataclasses import replace

import pytest
from message_cases import ANSWERS, SAID, WITHOUT_NAMES, a_full_case, says
from partner_cases import LANDLORD, SECRET, an_area, ground
from test_nothing_else_leaves import Marks

from schema import choices as c
from sync.partners.payload import correction, message, recall

P = c.Purpose
EVERYBODY = ("v1", "v2", "p1", "w1", "o1", "r1")
CONTACT = {"name", "address", "postcode", "telephone", "email", "language"}
REACHED = {"v1": CONTACT, "v2": CONTACT, "p1": {"name", "address", "postcode"}, "w1": {"name", "telephone", "email"}}
MAY_HOLD = {
    P.CDRP_NOTICE: REACHED,
    P.CDRP_UPDATE: REACHED,
    P.POLICE: REACHED,
    P.POLICE_INFORMATION: REACHED,
    P.FORUM: REACHED,
    P.SUPPORT: {"v1": CONTACT},
    P.HOMELESSNESS: {"v1": CONTACT},
    P.SAFEGUARDING: {"o1": CONTACT},
    P.OTHER_LANDLORD: {"p1": {"name", "address", "postcode"}, "v1": {"name"}},
    P.DIRECTOR: {"p1": {"name", "address", "postcode"}, "v1": {"name"}},
}
"""Of whom which cells, where there are grounds for everybody that there can be grounds for."""
OF_THE_INCIDENT = {
    P.CDRP_NOTICE: {"police_reference"},
    P.CDRP_UPDATE: {"police_reference"},
    P.POLICE: {"police_reference"},
    P.POLICE_INFORMATION: {"police_reference"},
    P.FORUM: {"police_reference"},
}
"""The account has a mark, as the reporter's name has, so it stays here; that it goes is in test_nothing_else_leaves."""
ALL_GROUNDS = tuple(ground(id) for id in ("v1", "v2", "p1", "w1"))


def a_marked_case(marks):
    case = a_full_case()
    return marks.fill(
        replace(
            case,
            people=tuple(marks.fill(person, person.id) for person in case.people),
            incidents=(marks.fill(case.incidents[0], "incident"),),
            legal=tuple(marks.fill(row, "legal") for row in case.legal),
        ),
        "case",
        reference="CW-2026-0007",
    )


def grounds(purpose, partner):
    """Grounds for everybody, also for those whom this purpose never names."""
    if purpose is P.SAFEGUARDING:
        return (*SAID[purpose]["named"], *ALL_GROUNDS)
    if purpose in (P.OTHER_LANDLORD, P.DIRECTOR):
        return tuple(replace(x, organisation=partner) if x.person_id == "v1" else x for x in ALL_GROUNDS)
    return ALL_GROUNDS


def made(case, purpose, build=message, **given):
    disclosure = says(purpose)
    disclosure = replace(disclosure, named=grounds(purpose, disclosure.partner), **given)
    more = {"corrects": "a" * 32} if build is correction else {}
    return build(case, case.incidents[0], disclosure, an_area(), LANDLORD, ANSWERS, SECRET, words="Ring us.", **more)


@pytest.mark.parametrize("build", [message, correction])
@pytest.mark.parametrize("purpose", list(P))
def test_a_message_by_name_holds_these_cells_of_these_people_and_nothing_of_anybody_else(purpose, build):
    """R-12, R-15, HC-027: with grounds for everybody there is; the reporter never, what the front desk heard never."""
    marks = Marks("")
    body = made(a_marked_case(marks), purpose, build).body

    assert {id: marks.in_(body, id) for id in EVERYBODY} == {id: MAY_HOLD[purpose].get(id, set()) for id in EVERYBODY}
    assert marks.in_(body, "incident") == OF_THE_INCIDENT.get(purpose, set())
    assert marks.in_(body, "case") == marks.in_(body, "legal") == set()
    assert b"Ring us." in body or purpose is P.CDRP_NOTICE


@pytest.mark.parametrize("purpose", WITHOUT_NAMES)
@pytest.mark.parametrize("full", [False, True])
def test_a_message_without_names_holds_no_cell_of_anybody(purpose, full):
    """HC-052, HC-117, HC-129: whatever grounds there are, and whatever an officer wrote."""
    case = a_marked_case(Marks(""))
    disclosure = replace(says(purpose, c.ReferralForm.STATISTICAL), named=ALL_GROUNDS, about="v1")
    body = message(
        case, case.incidents[0], disclosure, an_area(full), LANDLORD, ANSWERS, SECRET, words="Mark of an officer"
    ).body.lower()

    assert b"mark" not in body
    assert b"cw-" not in body
    assert b"exampleshire" not in body


def test_a_recall_holds_no_cell_of_anybody():
    """R-13: it says which message, and no more of the case than our number for it."""
    case, by = a_marked_case(Marks("")), SAID[P.DIRECTOR]["answer_by"]

    assert b"mark" not in recall(case, case.incidents[0], P.POLICE, "a" * 32, by, LANDLORD, SECRET).body
