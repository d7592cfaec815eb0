"""Gates: contact with an alleged perpetrator is shut until everything is known; help is never shut."""

from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest

from automations.evidence import EVIDENCE
from automations.gates import GATES, shut
from automations.model import Case, Letter, Referral, Repair
from automations.subjects import Subject
from schema import choices as c
from tests.unit.automations.made_up import approval, case, check, consent, incident, interview, letter, review, subject
from tests.unit.automations.who_and_when import ACCUSED, HOUR, MANAGER, NINE, NOW, OFFICER, SECOND, VICTIM, person

CONTACT = ("perpetrator_contact",)
Police, Position = c.PoliceTold, c.PolicePosition


def referral(**cells: Any) -> Referral:
    told = {"id": "f1", "created_at": NINE, "purpose": c.Purpose.POLICE, "state": c.ReferralState.SENT, **cells}
    return Referral(**told)


def ready(**parts: Any) -> Case:
    """A case on which everything allows contact: the victim said no to the police, who do not know."""
    told: dict[str, Any] = {
        "incidents": (incident(police_know=Police.NO),), "checks": (check(),),
        "consents": (consent(), consent(c.Option.POLICE, c.Answer.NO, id="c2")), **parts,
    }  # fmt: skip
    return case(**told)


def contact(of: Case, who: Any = ACCUSED) -> str:
    return shut(CONTACT, of, subject(of, who), NOW)


WISHES = (c.Answer.YES, c.Answer.NO, c.Answer.NOT_ASKED, None)
DECIDED = (None, "reasoned", "without a reason", "refused", "by the officer")


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


def repair(kind: c.RepairKind = c.RepairKind.GRAFFITI, **cells: Any) -> Repair:
    return Repair(**{"id": "w1", "created_at": NINE, "kind": kind, "where": c.Where.OUTSIDE, **cells})


def gate(name: str, record: Any = None, who: Any = None, **parts: Any) -> str:
    on = case(**parts)
    return GATES[name](on, Subject("k", "words", on.incidents[0], who, record), NOW)


def test_help_outside_needs_nobodys_agreement_and_inside_the_occupiers() -> None:
    """R-19, HC-060a: a photograph, or why there is none."""
    assert gate("entry_agreed", repair()) == ""
    assert gate("entry_agreed", repair(where=None)) == ""
    assert gate("entry_agreed", repair(where=c.Where.INSIDE))
    assert gate("entry_agreed", repair(where=c.Where.INSIDE, occupier_agrees=c.YesNo.YES)) == ""
    assert gate("photographed", repair())
    assert gate("photographed", repair(photographed_at=NINE)) == ""
    assert gate("photographed", repair(photographed_at=NOW + HOUR)), "not at that moment"
    assert gate("photographed", repair(no_photograph="It names the family.")) == ""


def test_security_measures_need_the_manager_and_the_victim() -> None:
    """HC-034, HC-060e: for this measure, by a line manager."""
    lock = repair(c.RepairKind.LOCKS)
    good = approval(c.Matter.SECURITY, repair_id="w1")
    assert gate("security_approved", lock, approvals=(good,)) == ""
    for bad in (replace(good, author=OFFICER), replace(good, author=None), replace(good, repair_id=None),
                replace(good, repair_id="w2"), replace(good, decision=c.Decision.REFUSED)):  # fmt: skip
        assert gate("security_approved", lock, approvals=(bad,))
    refused = replace(good, id="a2", decision=c.Decision.REFUSED)
    for order in ((good, refused), (refused, good)):
        assert gate("security_approved", lock, approvals=order), "of one moment: neither is the last word (R-26)"
    later = replace(refused, decided_at=NOW)
    assert gate("security_approved", lock, approvals=(good, later)), "the latest decision counts"
    assert gate("security_agreed", lock)
    assert gate("security_agreed", lock, consents=(consent(c.Option.SECURITY),)) == ""


def test_legal_advice_follows_a_talk_with_the_manager_about_this_incident() -> None:
    """HC-020, HC-046, HC-048, R-02."""
    two = (incident(), incident("i2", 2, NINE + HOUR))
    for talk, first, second in ((None, True, False), ("i1", True, False), ("i2", False, True)):
        on = case(incidents=two, reviews=(review(c.ReviewKind.FIRST, incident_id=talk),))
        for number, opens in ((1, first), (2, second)):
            assert (shut(("manager_discussed",), on, subject(on, number=number), NOW) == "") == opens
    assert gate("manager_discussed")
    assert gate("manager_discussed", reviews=(review(c.ReviewKind.FIRST, author=OFFICER),))
    assert gate("manager_discussed", reviews=(review(c.ReviewKind.FIRST),)) == ""


def test_the_outcome_is_reviewed_by_a_line_manager_first() -> None:
    """HC-099, A-07."""
    good = review(c.ReviewKind.PROGRESS, covers_outcome=True)
    assert gate("outcome_reviewed", reviews=(good,)) == ""
    for bad in (replace(good, covers_outcome=False), replace(good, author=OFFICER), replace(good, held_at=NOW + HOUR),
                replace(good, findings=None)):  # fmt: skip
        assert gate("outcome_reviewed", reviews=(bad,))


@pytest.mark.parametrize("kind", c.ReviewKind)
def test_the_review_that_opens_the_outcome_gate_is_the_one_that_completes_its_step(kind: c.ReviewKind) -> None:
    """HC-099, A-07: one rule for both; a first discussion or a delay's review has no outcome to cover."""
    on = case(reviews=(review(kind, covers_outcome=True),))
    opened = shut(("outcome_reviewed",), on, subject(on), NOW) == ""
    assert opened == (EVIDENCE["outcome_reviewed"](on, subject(on)) is not None)
    assert opened == (kind not in (c.ReviewKind.FIRST, c.ReviewKind.DELAY))


def test_every_victim_is_told_before_the_alleged_perpetrator() -> None:
    """HC-102."""
    mine = letter(c.LetterKind.VICTIM_OUTCOME)
    assert gate("victim_told_first")
    assert gate("victim_told_first", letters=(mine,)) == ""
    assert gate("victim_told_first", letters=(replace(mine, decision=None),)), "made is not sent"
    both: dict[str, Any] = {"people": (VICTIM, SECOND), "incidents": (incident(victim_ids=("v1", "v2")),)}
    theirs: Letter = replace(mine, id="l2", to_id="v2")
    assert gate("victim_told_first", letters=(mine,), **both)
    assert gate("victim_told_first", letters=(mine, theirs), **both) == ""


def test_neighbours_are_spoken_to_only_with_the_victims_agreement() -> None:
    """HC-076."""
    likely = (incident(witnesses_known=c.Witnesses.LIKELY),)
    assert gate("witness_agrees")
    assert gate("witness_agrees", incidents=likely)
    assert gate("witness_agrees", incidents=likely, consents=(consent(c.Option.NEIGHBOURS),)) == ""
    assert gate("witness_agrees", incidents=(incident(witnesses_known=c.Witnesses.KNOWN),)) == ""
    assert gate("witness_agrees", who=person("w1", c.PersonRole.WITNESS)) == "", "whoever is on the case was asked"


def test_nobody_writes_until_somebody_asked_what_is_safe() -> None:
    assert gate("safe_to_write", who=VICTIM)
    safe = replace(VICTIM, safe_ways=(c.Channel.LETTER,))
    assert gate("safe_to_write", who=safe) == ""
    assert gate("safe_to_write", people=(safe, ACCUSED)) == "", "a survey names nobody: the victim of the incident"
    linked = {"people": (SECOND, safe, ACCUSED), "incidents": (incident(victim_ids=("v1",)),)}
    assert gate("safe_to_write", **linked) == "", "of two victims the one whom it happened to"
    assert gate("safe_to_write", people=(ACCUSED,)).startswith("Ask the victim"), "unknown is shut"
