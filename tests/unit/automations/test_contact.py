"""Contact with an alleged perpetrator: who must be heard before, where one meets, how a child is written to."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from automations.contact import household_warning
from automations.gates import shut
from automations.model import Case, Person, Referral
from schema import choices as c
from tests.unit.automations import at_the_gate
from tests.unit.automations.made_up import approval, case, check, consent, incident, interview, subject
from tests.unit.automations.who_and_when import ACCUSED, HOUR, NINE, NOW, OFFICER, VICTIM, person

DESK, POLICE_DESK = "Quayside Community Safety Partnership", "Kirkinlea Police Partnership Desk"
Form, Position, State = c.ReferralForm, c.PolicePosition, c.ReferralState
OTHER = person("p2", c.PersonRole.PERPETRATOR, lives_in=c.LivesIn.OURS, is_tenant=c.YesNo.YES)


def ready(**parts: Any) -> Case:
    """Everything allows contact with either of them; the partnership is no police."""
    checks = (check(), check(id="t2", person_id="p2"))
    return at_the_gate.ready(**{"checks": checks, "not_police": frozenset({DESK}), **parts})


def contact(of: Case, who: Person = ACCUSED, number: int = 1, gate: str = "perpetrator_contact") -> str:
    return shut((gate,), of, subject(of, who, number=number), NOW)


def referral(purpose: c.Purpose, **cells: Any) -> Referral:
    return Referral(**{"id": "f1", "created_at": NINE, "purpose": purpose, "incident_id": "i1", **cells})


@pytest.mark.parametrize(
    "sent",
    [
        referral(c.Purpose.POLICE, by_hand_at=NINE + HOUR), referral(c.Purpose.POLICE, state=State.ACKNOWLEDGED),
        referral(c.Purpose.POLICE, state=State.SENT, incident_id=None), referral(c.Purpose.POLICE, state=State.UNKNOWN),
        referral(c.Purpose.POLICE_INFORMATION, by_hand_at=NINE + HOUR),
        referral(c.Purpose.CDRP_NOTICE, state=State.SENT, form=Form.IDENTIFIED, partner=POLICE_DESK),
        referral(c.Purpose.CDRP_NOTICE, by_hand_at=NINE + HOUR, partner="A desk nobody knows"),
    ],
)  # fmt: skip
def test_police_who_were_told_before_the_victim_said_no_know_all_the_same(sent: Referral) -> None:
    """R-17, HC-062: their position, or a manager's reasoned decision; the no does not make them forget."""
    assert contact(ready()) == ""
    assert "record their position" in contact(ready(referrals=(sent,)))
    heard = incident(police_know=c.PoliceTold.NO, police_position=Position.NO_OBJECTION)
    assert contact(ready(referrals=(sent,), incidents=(heard,))) == ""
    assert contact(ready(referrals=(sent,), approvals=(approval(c.Matter.POLICE_POSITION),))) == ""
    officers = approval(c.Matter.POLICE_POSITION, author=OFFICER)
    assert contact(ready(referrals=(sent,), approvals=(officers,)))


@pytest.mark.parametrize(
    "sent",
    [
        referral(c.Purpose.POLICE, state=State.READY), referral(c.Purpose.POLICE, state=State.STOPPED),
        referral(c.Purpose.POLICE, state=State.SENT, incident_id="i2"),
        referral(c.Purpose.CDRP_NOTICE, state=State.STATISTICS_SENT, form=Form.STATISTICAL, partner=POLICE_DESK),
        referral(c.Purpose.CDRP_NOTICE, by_hand_at=NINE + HOUR, form=Form.STATISTICAL, partner=POLICE_DESK),
        referral(c.Purpose.CDRP_NOTICE, state=State.SENT, form=Form.IDENTIFIED, partner=DESK.upper()),
        referral(c.Purpose.SUPPORT, by_hand_at=NINE + HOUR),
    ],
)  # fmt: skip
def test_what_did_not_reach_the_police_by_name_tells_them_nothing(sent: Referral) -> None:
    """R-17 (c)."""
    assert contact(ready(referrals=(sent,))) == ""


def test_police_who_ask_us_to_wait_are_heard_over_every_incident_of_that_person() -> None:
    """R-17, HC-085: linked to this person, or to nobody yet; never over somebody else's."""
    at = NINE + HOUR
    yes = (consent(given_at=at), consent(c.Option.POLICE, c.Answer.NO, id="c2", given_at=at),
           consent(id="c3", given_at=at, about_id="p2"))  # fmt: skip

    def second(waiting: Any, **links: Any) -> str:
        one = incident(police_position=waiting, police_know=c.PoliceTold.YES, **links)
        two = incident("i2", 2, at, police_know=c.PoliceTold.NO)
        return contact(ready(people=(VICTIM, ACCUSED, OTHER), incidents=(one, two), consents=yes), number=2)

    assert second(Position.WAIT) == "The police ask us to wait."
    assert second(Position.WAIT, perpetrator_ids=()) == "The police ask us to wait."
    assert second(Position.WAIT, perpetrator_ids=("p2",)) == ""
    assert second(Position.NO_REPLY) == ""


def test_the_other_landlord_hears_nothing_while_the_police_ask_us_to_wait() -> None:
    """HC-095, HC-096, HC-116: telling an alleged perpetrator's landlord is contact by another hand."""
    waiting = incident(police_position=Position.WAIT)
    assert contact(ready(incidents=(waiting,)), gate="police_heard") == "The police ask us to wait."
    for position in set(Position) - {Position.WAIT}:
        assert contact(ready(incidents=(incident(police_position=position),)), gate="police_heard") == ""


@pytest.mark.parametrize(
    ("place", "approved", "opens"),
    [(c.YesNo.YES, False, True), (c.YesNo.NOT_KNOWN, False, False), (c.YesNo.NO, False, False),
     (c.YesNo.NOT_KNOWN, True, True), (c.YesNo.NO, True, True)],
)  # fmt: skip
def test_a_booked_meeting_is_at_our_office_or_talked_over_first(place: c.YesNo, approved: bool, opens: bool) -> None:
    """HC-087b: a place that nobody has recorded is not our office."""
    booked = interview(c.InterviewKind.PERPETRATOR, c.InterviewResult.BOOKED, None, at_our_office=place)
    on = ready(
        interviews=(booked,), approvals=(approval(c.Matter.OFF_OFFICE, person_id="p1"),) if approved else ()
    )  # fmt: skip
    said = contact(on, gate="place_agreed")
    assert (said == "") == opens
    assert opens or "our office" in said
    assert contact(replace(on, interviews=()), gate="place_agreed") == ""


@pytest.mark.parametrize(
    ("age", "beside", "approved", "opens"),
    [
        (12, (), False, False), (12, (), True, False), (12, (c.PersonRole.GUARDIAN,), False, False),
        (12, (c.PersonRole.TENANT,), False, True), (14, (), False, False), (14, (c.PersonRole.GUARDIAN,), False, True),
        (17, (c.PersonRole.TENANT,), False, True), (17, (), True, True), (17, (), False, False), (18, (), False, True),
        (9, (c.PersonRole.TENANT,), False, False), (9, (c.PersonRole.TENANT,), True, True),
    ],
)  # fmt: skip
def test_a_child_is_written_to_through_the_tenant_and_a_young_person_with_a_copy_to_a_guardian(
    age: int, beside: tuple[c.PersonRole, ...], approved: bool, opens: bool
) -> None:
    """A-12, R-18, HC-093: never direct to a child under 14; from 14 to 17 a parent or guardian has a copy."""
    child = replace(ACCUSED, born_on=date(2026 - age, 1, 1), lives_with_victim=c.YesNo.NO)
    people = (VICTIM, child, *(person(f"a{n}", role) for n, role in enumerate(beside)))
    agreed = (approval(c.Matter.UNDER_AGE_LETTER, person_id="p1"),) if approved else ()
    said = contact(ready(people=people, approvals=agreed), child, gate="perpetrator_letter")
    assert (said == "") == opens
    if age == 12 and not opens:
        assert "the letter goes to the tenant" in said


def test_the_cases_own_no_about_the_home_is_about_the_one_it_was_asked_for() -> None:
    """R-18: the one reported, or the only one there is; whoever was found later has an answer of their own."""
    no = {"perpetrator_at_home": c.YesNo.NO}
    reported = replace(ACCUSED, key="CW-2026-0007/alleged-perpetrator")

    def letter(who: Person, *others: Person, **parts: Any) -> str:
        return contact(ready(people=(VICTIM, who, *others), **parts), who, gate="perpetrator_letter")

    assert letter(ACCUSED, **no) == ""
    assert letter(reported, OTHER, **no) == ""
    assert "this alleged perpetrator" in letter(ACCUSED, OTHER, **no)
    assert "this alleged perpetrator" in letter(OTHER, reported, **no)
    assert letter(replace(OTHER, lives_with_victim=c.YesNo.NO), reported, **no) == ""
    assert letter(replace(OTHER, lives_with_victim=c.YesNo.NO), reported, perpetrator_at_home=c.YesNo.YES)


@pytest.mark.parametrize("address", ["12 Example Row, ZZ1 4AB", "12 Example Row ZZ14AB", "Example Row, ZZ1 4AB"])
def test_a_letter_to_the_victims_own_home_is_held_however_the_address_was_typed(address: str) -> None:
    """R-18, HC-093: also where the postcode stands inside it, and where nobody can tell."""
    victim = replace(VICTIM, address="12 Example Row", postcode="ZZ1 4AB")
    at_home = replace(ACCUSED, address=address, lives_with_victim=c.YesNo.NO)
    on = ready(people=(victim, at_home))
    assert contact(on, at_home, gate="perpetrator_letter")
    approved = replace(on, approvals=(approval(c.Matter.SHARED_ADDRESS, person_id="p1"),))
    assert contact(approved, at_home, gate="perpetrator_letter") == ""
    next_door = replace(at_home, address="13 Example Row, ZZ1 4AB")
    assert contact(replace(on, people=(victim, next_door)), next_door, gate="perpetrator_letter") == ""


@pytest.mark.parametrize(
    ("parts", "warned"),
    [
        ({}, False), ({"perpetrator_at_home": c.YesNo.YES}, True), ({"perpetrator_at_home": c.YesNo.NO}, False),
        ({"people": (VICTIM, replace(ACCUSED, lives_with_victim=c.YesNo.YES))}, True),
        ({"people": (replace(VICTIM, address="1 Example Row"), replace(ACCUSED, address="1 Example Row"))}, True),
        ({"people": (replace(VICTIM, address="1 Example Row"), replace(ACCUSED, address="2 Example Row"))}, False),
    ],
)  # fmt: skip
def test_an_alleged_perpetrator_at_home_is_a_warning_of_domestic_abuse(parts: dict[str, Any], warned: bool) -> None:
    """R-21: said by the case, by the person's row, or by two addresses that may be one home."""
    expected = (
        "Domestic abuse: the alleged perpetrator lives with the victim, or may. Use only the ways of contact that the "
        "victim called safe, leave no message, and speak to your line manager before any contact."
    )
    assert household_warning(case(**parts)) == (expected if warned else "")
