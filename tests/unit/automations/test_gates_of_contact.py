"""Gates: contact with an alleged perpetrator is shut until everything is known and whoever decides has decided."""

from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest

from automations.gates import shut
from automations.model import Referral
from schema import choices as c
from tests.unit.automations.at_the_gate import CONTACT, contact, ready
from tests.unit.automations.made_up import approval, check, consent, incident, interview, subject
from tests.unit.automations.who_and_when import ACCUSED, HOUR, MANAGER, NINE, NOW, OFFICER, SECOND, VICTIM, person

Police, Position = c.PoliceTold, c.PolicePosition
WISHES = (c.Answer.YES, c.Answer.NO, c.Answer.NOT_ASKED, None)
DECIDED = (None, "reasoned", "without a reason", "refused", "by the officer")


def referral(**cells: Any) -> Referral:
    told = {"id": "f1", "created_at": NINE, "purpose": c.Purpose.POLICE, "state": c.ReferralState.SENT, **cells}
    return Referral(**told)


def police_rule(wish: Any, know: Any, position: Any, referred: bool, decided: str | None) -> bool:
    """R-17 in other words than the code's: (a), (b) or (c), and never while the police ask us to wait."""
    reasoned = decided == "reasoned"
    a = wish is c.Answer.YES and referred and (
        position is Position.NO_OBJECTION or (position is Position.NO_REPLY and reasoned)
    )  # fmt: skip
    told = know is Police.YES or (wish is c.Answer.NO and referred)
    b = told and (position is Position.NO_OBJECTION or reasoned)
    third = wish is c.Answer.NO and know is Police.NO
    if position is Position.WAIT:
        return False
    if told:
        return b
    return a or third


def test_the_police_in_every_combination() -> None:
    """R-17: 4 answers, 3 kinds of knowledge, 4 positions, referred or not, 5 decisions."""
    seen = {True: 0, False: 0}
    for wish, know, position, referred, decided in product(WISHES, Police, Position, (True, False), DECIDED):
        rows = (consent(),) + ((consent(c.Option.POLICE, wish, id="c2"),) if wish else ())
        made = {
            "decision": c.Decision.REFUSED if decided == "refused" else c.Decision.AGREED,
            "reason": None if decided == "without a reason" else "No reply for a week.",
            "author": OFFICER if decided == "by the officer" else MANAGER,
        }
        on = ready(
            consents=rows,
            incidents=(incident(police_know=know, police_position=position),),
            referrals=(referral(),) if referred else (),
            approvals=(approval(c.Matter.POLICE_POSITION, **made),) if decided else (),
        )
        opened = contact(on) == ""
        assert opened == police_rule(wish, know, position, referred, decided), (wish, know, position, referred, decided)
        seen[opened] += 1
    assert min(seen.values()) > 20


def test_the_victim_the_checks_and_the_flags_in_every_combination() -> None:
    """R-17, HC-028, HC-084, HC-088, HC-089."""
    agreed = approval(c.Matter.FLAGS, person_id="p1")
    for answer, found, talked in product(
        (c.Answer.YES, c.Answer.NO, c.Answer.NOT_ASKED), (None, c.Flag.NONE, c.Flag.NOT_ALONE),
        (None, agreed, replace(agreed, author=OFFICER), replace(agreed, author=None), replace(agreed, person_id=None),
         replace(agreed, decision=c.Decision.REFUSED)),
    ):  # fmt: skip
        on = ready(
            consents=(consent(answer=answer), consent(c.Option.POLICE, c.Answer.NO, id="c2")),
            checks=(check(found),) if found else (),
            approvals=(talked,) if talked else (),
        )
        opens = answer is c.Answer.YES and (found is c.Flag.NONE or (found is c.Flag.NOT_ALONE and talked is agreed))
        assert (contact(on) == "") == opens, (answer, found, talked)


def test_a_flag_found_after_the_talk_is_talked_over_too() -> None:
    talked = approval(c.Matter.FLAGS, person_id="p1", decided_at=NINE + 2 * HOUR)
    early = check(c.Flag.STARTER)
    late = check(c.Flag.NOT_ALONE, id="t2", checked_at=NINE + 4 * HOUR)
    assert contact(ready(checks=(early,), approvals=(talked,))) == ""
    assert "later tenancy check" in contact(ready(checks=(early, late), approvals=(talked,)))
    again = replace(talked, id="a2", decided_at=NINE + 5 * HOUR)
    assert contact(ready(checks=(early, late), approvals=(talked, again))) == ""


def test_a_decision_about_the_first_incident_opens_nothing_for_the_second() -> None:
    """R-02, R-17."""
    know = {"police_know": Police.YES}
    two = (incident(**know), incident("i2", 2, NINE + HOUR, **know))
    yes = consent(given_at=NINE + HOUR)
    blank = ready(incidents=two, consents=(yes,), approvals=(approval(c.Matter.POLICE_POSITION),))
    assert shut(CONTACT, blank, subject(blank), NOW) == ""
    assert shut(CONTACT, blank, subject(blank, number=2), NOW)
    named = replace(blank, approvals=(approval(c.Matter.POLICE_POSITION, incident_id="i2"),))
    assert shut(CONTACT, named, subject(named, number=2), NOW) == ""


def test_one_victim_who_has_not_been_asked_shuts_it() -> None:
    both = {"people": (VICTIM, SECOND, ACCUSED),
            "incidents": (incident(victim_ids=("v1", "v2"), police_know=Police.NO),)}  # fmt: skip
    rows = ready().consents
    theirs = tuple(replace(x, id=f"{x.id}b", victim_id="v2") for x in rows)
    assert contact(ready(**both))
    assert contact(ready(**both, consents=rows + theirs)) == ""


@pytest.mark.parametrize(
    ("born", "tenant", "opens"),
    [(date(2012, 11, 18), False, True), (date(2012, 11, 19), False, False), (date(2012, 11, 19), True, True),
     (None, False, False), (date(2020, 1, 1), False, False), (date(2030, 1, 1), False, False)],
)  # fmt: skip
def test_under_14_only_through_the_tenant_and_no_age_is_guessed(born: date | None, tenant: bool, opens: bool) -> None:
    """R-18, A-12: fourteen on Wednesday 18 November 2026, or a day too young."""
    child = replace(ACCUSED, born_on=born, is_tenant=c.YesNo.NO)
    people = (VICTIM, child) + ((person("p9", c.PersonRole.TENANT),) if tenant else ())
    assert (contact(ready(people=people), child) == "") == opens


@pytest.mark.parametrize(
    ("lives", "address", "approved", "opens"),
    [
        (c.YesNo.NO, "3 Example Row", False, True), (c.YesNo.YES, "3 Example Row", False, False),
        (c.YesNo.YES, "3 Example Row", True, True), (c.YesNo.NOT_KNOWN, "3 Example Row", False, False),
        (c.YesNo.NO, "1, EXAMPLE row", False, False), (c.YesNo.NO, "1, EXAMPLE row", True, True),
    ],
)  # fmt: skip
def test_no_letter_to_a_shared_address_without_a_manager(
    lives: c.YesNo, address: str, approved: bool, opens: bool
) -> None:
    """R-18."""
    home = replace(ACCUSED, lives_with_victim=lives, address=address)
    on = ready(
        people=(replace(VICTIM, address="1 Example Row"), home),
        approvals=(approval(c.Matter.SHARED_ADDRESS, person_id="p1"),) if approved else (),
    )
    assert (shut(("perpetrator_letter",), on, subject(on, home), NOW) == "") == opens


@pytest.mark.parametrize(
    ("division", "age", "opens"),
    [(c.Division.ENGLAND_AND_WALES, 10, True), (c.Division.ENGLAND_AND_WALES, 9, False),
     (c.Division.SCOTLAND, 12, True), (c.Division.SCOTLAND, 11, False)],
)  # fmt: skip
def test_a_letter_about_a_young_child_needs_a_manager(division: c.Division, age: int, opens: bool) -> None:
    """R-18: ten years, twelve in Scotland; the letter itself is the tenant's."""
    child = replace(ACCUSED, born_on=date(2026 - age, 1, 1), lives_with_victim=c.YesNo.NO)
    on = ready(people=(VICTIM, child, person("p9", c.PersonRole.TENANT)), division=division)
    assert (shut(("perpetrator_letter",), on, subject(on, child), NOW) == "") == opens
    approved = replace(on, approvals=(approval(c.Matter.UNDER_AGE_LETTER, person_id="p1"),))
    assert shut(("perpetrator_letter",), approved, subject(approved, child), NOW) == ""


def test_a_meeting_away_from_our_office_is_talked_over_first() -> None:
    """HC-087b."""
    booked = interview(c.InterviewKind.PERPETRATOR, c.InterviewResult.BOOKED, None, at_our_office=c.YesNo.NO)
    on = ready(interviews=(booked,))
    assert shut(("place_agreed",), on, subject(on), NOW)
    assert shut(("place_agreed",), replace(on, interviews=(replace(booked, at_our_office=c.YesNo.YES),)),
                subject(on), NOW) == ""  # fmt: skip
    agreed = replace(on, approvals=(approval(c.Matter.OFF_OFFICE, person_id="p1"),))
    assert shut(("place_agreed",), agreed, subject(agreed), NOW) == ""


def test_a_yes_to_the_police_beside_or_after_the_no_shuts_contact_until_it_is_settled() -> None:
    """R-13, R-17: the no shuts the referral at once, and the yes that may be their last word shuts contact; a yes that
    an older row keeps, or one taken back, shuts nothing.
    """
    no = consent(c.Option.POLICE, c.Answer.NO, id="c8", given_at=NINE + HOUR)
    unknown = (incident(police_know=Police.NO),)

    def said(**yes: Any) -> str:
        both = (consent(c.Option.PERPETRATOR), no, consent(c.Option.POLICE, id="c9", **yes))
        return contact(ready(consents=both, incidents=unknown))

    assert "settle with the victim" in said(given_at=NINE + HOUR)
    assert "settle with the victim" in said(given_at=NINE + 2 * HOUR)
    assert said(given_at=NINE) == ""
    assert said(given_at=NINE + 2 * HOUR, withdrawn_at=NINE + 3 * HOUR) == ""
