"""Gates: help asks for little, and legal advice, letters of the outcome and neighbours wait for what comes first."""

from dataclasses import replace
from typing import Any

import pytest

from automations.evidence import EVIDENCE
from automations.gates import GATES, shut
from automations.model import Letter, Repair
from automations.subjects import Subject
from schema import choices as c
from tests.unit.automations.made_up import approval, case, consent, incident, letter, review, subject
from tests.unit.automations.who_and_when import ACCUSED, HOUR, NINE, NOW, OFFICER, SECOND, VICTIM, person


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
