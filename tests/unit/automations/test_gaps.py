"""Gaps: what was done and still lacks something is said on the case by record, and no more once it is there."""

from dataclasses import replace
from typing import Any

import pytest

from automations.duties import duties
from automations.earlier import as_it_stood
from automations.gaps import gaps
from automations.model import Case, Legal, Office, Override, Referral, Repair
from automations.rules import Rules
from schema import choices as c
from tests.unit.automations.made_up import approval, case, consent, incident, interview
from tests.unit.automations.who_and_when import ACCUSED, HOUR, MANAGER, NINE, NOW, VICTIM, person

RULES = Rules(Office(staff=(MANAGER,)))
OTHER_MANAGER = replace(MANAGER, id="s3", name="Dahlia Fictionby", email="dahlia@example.org")


def said(**parts: Any) -> list[str]:
    on = case(**parts)
    return gaps(on, list(duties(on, NOW, RULES)), NOW)


def repair(**cells: Any) -> Repair:
    return Repair(**{"id": "w1", "created_at": NINE, "kind": c.RepairKind.GRAFFITI, "where": c.Where.OUTSIDE, **cells})


@pytest.mark.parametrize(
    ("cells", "gap"),
    [
        ({"done_at": NINE + HOUR}, "without a photograph"),
        ({"done_at": NINE + HOUR, "photographed_at": NINE + 2 * HOUR}, "without a photograph"),
        ({"done_at": NINE + HOUR, "photographed_at": NINE}, ""),
        ({"done_at": NINE + HOUR, "no_photograph": "It names the family."}, ""),
        ({"ordered_at": NINE}, "urgent"),
        ({"ordered_at": NINE, "contractor_told": True}, ""),
        ({"recharged_at": NINE}, "without proof"),
        ({"recharged_at": NINE, "proof": "Seen by two neighbours who signed."}, ""),
    ],
)
def test_works_that_lack_a_photograph_a_word_to_the_contractor_or_proof_say_so(cells: dict[str, Any], gap: str) -> None:
    """HC-060a, HC-060b, HC-119: an unproven charge is taken back."""
    found = said(repairs=(repair(**cells),))
    assert len(found) == bool(gap)
    assert all(gap in x and x.startswith("Repairs w1: ") for x in found)


def test_a_note_says_who_what_when_where_who_saw_it_and_the_impact_before_it_counts() -> None:
    """HC-057, HC-058, HC-056e, A-28: in the cells, or the account in the attached file."""
    full = interview(note_saved_at=NINE + 3 * HOUR, account="Shouted at the door. A neighbour saw.", impact="Afraid.")
    for note, counts in (
        (full, True), (replace(full, account=None, notes=("note.pdf",)), True), (replace(full, impact=" "), False),
        (replace(full, account=None), False), (replace(full, impact=None, notes=("note.pdf",)), False),
    ):  # fmt: skip
        on = case(interviews=(note,))
        [step] = [d for d in duties(on, NOW, RULES) if d.step.id == "victim_interview_note"]
        assert bool(step.evidence) == counts
        assert (said(interviews=(note,)) == []) == counts
    assert said(interviews=(replace(full, note_saved_at=None, account=None),)) == [], "not saved yet is another matter"


def test_the_alleged_perpetrators_interview_covers_the_complaint_the_policy_and_the_account() -> None:
    """HC-090, HC-092."""
    full = interview(c.InterviewKind.PERPETRATOR, note_saved_at=NOW, account="Denies it.", complaint_put=True,
                     policy_explained=True)  # fmt: skip
    assert said(interviews=(full,)) == []
    assert said(interviews=(replace(full, account=None, notes=("scan.pdf",)),)) == [], "handwriting may be scanned"
    for one, words in (("complaint_put", "the complaint"), ("policy_explained", "our policy"), ("account", "account")):
        [gap] = said(interviews=(replace(full, **{one: None}),))
        assert words in gap


def test_support_agreed_before_the_interview_comes_with_how_to_reach_it() -> None:
    """HC-050, HC-056f: given at the interview, and when is on record."""
    yes = consent(c.Option.SUPPORT, organisation="Victim Support")
    held = (interview(),)
    [gap] = said(consents=(yes,), interviews=held)
    assert gap.startswith("Consents c1: ")
    assert said(consents=(replace(yes, contact_given_at=NINE + 2 * HOUR),), interviews=held) == []
    assert said(consents=(yes,)) == [], "there is time until the interview"
    assert said(consents=(replace(yes, answer=c.Answer.NO),), interviews=held) == []
    assert said(consents=(replace(yes, given_at=NINE + 4 * HOUR),), interviews=held) == [], "agreed afterwards"


def test_a_police_request_by_hand_rests_on_agreement_or_two_managers() -> None:
    """HC-055, R-14: it names the victim."""
    asked = Referral(id="f1", created_at=NINE, purpose=c.Purpose.POLICE_INFORMATION, by_hand_at=NINE + HOUR,
                     partner="Sample Police", incident_id="i1")  # fmt: skip
    [gap] = said(referrals=(asked,))
    assert gap.startswith("Referrals f1: ")
    yes = consent(c.Option.POLICE)
    assert said(referrals=(asked,), consents=(yes,)) == []
    assert said(referrals=(asked,), consents=(replace(yes, given_at=NINE + 2 * HOUR),)), "agreed only afterwards"
    assert said(referrals=(asked,), consents=(replace(yes, withdrawn_at=NINE + 2 * HOUR),)) == [], "it stood then"
    assert said(referrals=(replace(asked, by_hand_at=None),)) == []
    both = Override(id="o1", created_at=NINE, purpose=c.Purpose.POLICE_INFORMATION, organisation="Sample Police",
                    lawful_basis="Vital interests.", reason="Danger to life.", decision=c.Decision.AGREED,
                    second_decision=c.Decision.AGREED, author=MANAGER, second_author=OTHER_MANAGER,
                    incident_id="i1")  # fmt: skip
    [gap] = said(referrals=(asked,), overrides=(both,))
    assert gap.startswith("Overrides o1: tell the victim what was told and to whom (Referrals f1), unless")
    assert said(referrals=(asked,), overrides=(replace(both, victim_told_at=NINE + 2 * HOUR),)) == []
    assert "Overrides" not in str(said(referrals=(asked,), overrides=(replace(both, second_decision=None),)))
    assert len(said(referrals=(asked,), overrides=(replace(both, second_decision=None),))) == 1


def test_a_willing_witness_is_offered_the_same_support() -> None:
    """HC-079."""
    willing = person("w1", c.PersonRole.WITNESS, evidence_use=c.WitnessUse.WILLING)
    [gap] = said(people=(VICTIM, ACCUSED, willing))
    assert gap.startswith("People w1: ")
    assert said(people=(VICTIM, ACCUSED, replace(willing, support_offered_at=NOW))) == []
    assert said(people=(VICTIM, ACCUSED, replace(willing, evidence_use=c.WitnessUse.NOT_ASKED))) == []


def test_a_decision_has_its_reason_also_where_it_is_to_do_nothing() -> None:
    """HC-049, HC-115."""
    nothing = Legal(id="g1", created_at=NINE, kind=c.LegalKind.DECISION, decided="We do not act.", decided_at=NINE,
                    incident_id="i1")  # fmt: skip
    [gap] = said(legal=(nothing,))
    assert gap == "Legal g1: give the reason for the decision, also where it is to do nothing."
    assert said(legal=(replace(nothing, reason="Bail conditions already protect the family."),)) == []
    assert "Decided at" in said(legal=(replace(nothing, reason="Bail.", decided_at=None),))[0]


def test_a_legal_step_taken_without_the_victims_agreement_is_said() -> None:
    """HC-114: as it stood when the step was taken."""
    step = Legal(id="g1", created_at=NINE, kind=c.LegalKind.STEP, step_taken="Notice seeking possession",
                 taken_at=NINE + 2 * HOUR, incident_id="i1")  # fmt: skip
    yes = consent(c.Option.LEGAL)
    [gap] = said(legal=(step,))
    assert "without the victim's recorded agreement" in gap
    assert said(legal=(step,), consents=(yes,)) == []
    assert said(legal=(step,), consents=(replace(yes, withdrawn_at=NINE + 3 * HOUR),)) == []
    assert said(legal=(step,), consents=(replace(yes, withdrawn_at=NINE + HOUR),))


def test_what_was_brought_over_or_set_aside_is_asked_for_nothing() -> None:
    """R-08."""
    bare: dict[str, Any] = {"repairs": (repair(done_at=NINE + HOUR),)}
    assert said(**bare)
    assert said(**bare, imported=True) == []
    assert said(**bare, triage=c.Triage.NOT_HATE), "only a manager sets it aside"
    assert said(**bare, triage=c.Triage.NOT_HATE, approvals=(approval(c.Matter.NOT_HATE),)) == []


def test_what_was_said_or_decided_later_changes_nothing_of_what_stood_before() -> None:
    """R-17: what stood when a thing was done is judged by what was on record of that moment."""
    on: Case = case(incidents=(incident(police_position=c.PolicePosition.WAIT, police_position_at=NINE + 2 * HOUR),))
    assert as_it_stood(on, NINE + HOUR).incidents[0].police_position is c.PolicePosition.NOT_KNOWN
    assert as_it_stood(on, NOW).incidents[0].police_position is c.PolicePosition.WAIT
    approved = replace(on, approvals=(approval(c.Matter.OFF_OFFICE, decided_at=NINE + 2 * HOUR),))
    assert as_it_stood(approved, NINE + HOUR).approvals == ()
    assert as_it_stood(approved, NOW).approvals == approved.approvals
