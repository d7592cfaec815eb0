"""Rehousing and the law: who grants what, what waits for whose agreement, and what shows that it was done."""

from dataclasses import replace
from typing import Any

import pytest

from automations.duties import duties
from automations.gates import GATES
from automations.model import Case, Legal, Office, Rehousing, Repair, Staff
from automations.panel import unsettled
from automations.rules import Rules
from automations.subjects import Subject
from schema import choices as c
from tests.unit.automations.made_up import approval, case, check, consent, incident
from tests.unit.automations.who_and_when import ACCUSED, HOUR, MANAGER, NINE, NOW, VICTIM, person

RULES = Rules(Office(staff=(MANAGER,)))
LETTINGS = Staff(id="s8", created_at=NINE, name="Juniper Madeupson", role=c.StaffRole.LETTINGS)
DIRECTOR = Staff(id="s9", created_at=NINE, name="Fern Inventley", role=c.StaffRole.DIRECTOR)
WANTED = Rehousing(id="h1", created_at=NINE, kind=c.RehousingKind.MANAGEMENT_TRANSFER, report_at=NINE + HOUR,
                   reports=("report.pdf",), incident_id="i1")  # fmt: skip
YES = consent(c.Option.MANAGEMENT_TRANSFER)


def step(of: Case, id: str) -> Any:
    """The one duty of that step, or None."""
    found = [d for d in duties(of, NOW, RULES) if d.step.id == id]
    assert len(found) <= 1
    return found[0] if found else None


def panel(**cells: Any) -> tuple[Any, Any]:
    one = approval(c.Matter.TRANSFER, id="a1", author=LETTINGS, **cells)
    return one, replace(one, id="a2", author=DIRECTOR, decided_at=NINE + 4 * HOUR)


def asked(**parts: Any) -> Case:
    return case(**{"rehousing": (WANTED,), "consents": (YES,), **parts})


def test_the_panel_has_the_report_and_the_victims_agreement_first() -> None:
    """HC-072: ten working days from the report."""
    assert step(asked(), "transfer_panel").blocked_by == ""
    assert f"{step(asked(), 'transfer_panel').deadline.at:%a %d %b}" == "Wed 02 Dec"
    assert "report" in step(asked(rehousing=(replace(WANTED, report_at=None),)), "transfer_panel").waits
    assert "attach" in step(asked(rehousing=(replace(WANTED, reports=()),)), "transfer_panel").blocked_by
    assert "agreement" in step(asked(consents=()), "transfer_panel").blocked_by
    no = replace(YES, answer=c.Answer.NO)
    assert step(asked(consents=(no,)), "transfer_panel").not_needed == "The victim said no."


def test_a_witness_who_needs_protection_is_no_victim_whose_agreement_is_asked() -> None:
    """HC-071."""
    witness = person("w1", c.PersonRole.WITNESS)
    on = asked(people=(VICTIM, ACCUSED, witness), consents=(), rehousing=(replace(WANTED, person_id="w1"),))
    assert step(on, "transfer_panel").blocked_by == ""


def test_a_management_transfer_is_decided_by_the_lettings_manager_and_the_director_together() -> None:
    """HC-071, A-40, R-25: two rows, two authors by the audit, one answer, each with a reason."""
    lettings, director = panel()
    done = step(asked(approvals=(lettings, director)), "transfer_panel").evidence
    assert done.happened_at == NINE + 4 * HOUR
    refused = tuple(replace(x, decision=c.Decision.REFUSED) for x in (lettings, director))
    assert step(asked(approvals=refused), "transfer_panel").evidence, "no is a decision too"
    for rows in (
        (lettings,), (director,), (lettings, replace(director, author=MANAGER)),
        (replace(lettings, author=None), director),
        (lettings, replace(director, decision=c.Decision.REFUSED)), (lettings, replace(director, reason=" ")),
        (lettings, replace(director, matter=c.Matter.ESTATE)), (replace(lettings, rehousing_id="h9"), director),
    ):  # fmt: skip
        assert step(asked(approvals=rows), "transfer_panel").evidence is None
    own = asked(approvals=(lettings, director), officer="Fern Inventley")
    assert step(own, "transfer_panel").evidence is None, "nobody decides on a case of their own (HC-112)"


def test_a_row_by_anybody_else_or_without_a_reason_says_that_it_does_not_count() -> None:
    """R-25."""
    lettings, director = panel()
    assert unsettled(asked(approvals=(lettings, director))) == []
    assert len(unsettled(asked(approvals=(replace(lettings, author=MANAGER),)))) == 1
    assert len(unsettled(asked(approvals=(replace(lettings, reason=None),)))) == 1
    two = (WANTED, replace(WANTED, id="h2"))
    assert "say which request" in unsettled(asked(approvals=(lettings,), rehousing=two))[0]


def test_for_the_estates_sake_the_director_decides_alone() -> None:
    """HC-075: also where the alleged perpetrator is moved, whose victims need not agree."""
    estate = replace(WANTED, kind=c.RehousingKind.ESTATE, person_id="p1")
    alone = approval(c.Matter.ESTATE, author=DIRECTOR)
    on = asked(rehousing=(estate,), consents=())
    assert step(on, "transfer_panel").blocked_by == ""
    assert step(replace(on, approvals=(alone,)), "transfer_panel").evidence
    assert step(replace(on, approvals=(replace(alone, author=LETTINGS),)), "transfer_panel").evidence is None
    assert step(asked(approvals=(alone,)), "transfer_panel").evidence is None, "a management transfer is the panel's"


def test_a_victim_who_wants_to_move_has_the_form_by_the_next_working_day() -> None:
    """HC-034, HC-074."""
    wish = consent(c.Option.TRANSFER)
    on = case(consents=(wish,))
    assert f"{step(on, 'transfer_form').deadline.at:%a %d %b}" == "Thu 19 Nov"
    given = Rehousing(id="h2", created_at=NINE, kind=c.RehousingKind.TRANSFER, form_given_at=NINE + HOUR)
    assert step(replace(on, rehousing=(given,)), "transfer_form").evidence
    assert step(replace(on, rehousing=(replace(given, form_given_at=None),)), "transfer_form").evidence is None
    assert step(case(consents=(replace(wish, answer=c.Answer.NO),)), "transfer_form").not_needed


def test_somewhere_temporary_is_looked_for_at_once_where_the_victim_fears_staying() -> None:
    """HC-073, R-19: unless they do not want it; where it was asked for is on record."""
    afraid = {"fears_staying": c.YesNo.YES}
    assert step(case(**afraid), "temporary_options").deadline.at == NINE + HOUR
    assert step(case(**afraid), "homelessness_help").deadline.at == NINE + HOUR
    assert step(case(), "temporary_options").waits
    assert step(case(fears_staying=c.YesNo.NO), "temporary_options").not_needed
    no = consent(c.Option.TEMPORARY, c.Answer.NO)
    assert step(case(**afraid, consents=(no,)), "temporary_options").not_needed
    tried = Rehousing(id="h3", created_at=NINE, kind=c.RehousingKind.TEMPORARY, called_at=NINE + HOUR,
                      asked=c.TemporaryFrom.COUNCIL)  # fmt: skip
    assert step(case(**afraid, rehousing=(tried,)), "temporary_options").evidence
    assert step(case(**afraid, rehousing=(replace(tried, asked=None),)), "temporary_options").evidence is None


def legal(kind: c.LegalKind, **cells: Any) -> Legal:
    return Legal(**{"id": "g1", "created_at": NINE, "kind": kind, "incident_id": "i1", **cells})


def test_harassment_proved_is_followed_by_legal_action_where_the_victims_agree() -> None:
    """HC-114, A-39: the manager's decision says what proves it; a no is the reason why not."""
    proved, yes = approval(c.Matter.WARRANTED, reason="Admitted at the interview."), consent(c.Option.LEGAL)
    assert step(case(consents=(yes,)), "legal_action") is None
    on = case(consents=(yes,), approvals=(proved,))
    assert f"{step(on, 'legal_action').deadline.at:%a %d %b}" == "Wed 25 Nov"
    assert (
        "what proves it" in step(case(consents=(yes,), approvals=(replace(proved, reason=""),)), "legal_action").waits
    )
    assert step(case(approvals=(replace(proved, author=None),)), "legal_action") is None
    assert step(case(approvals=(proved,)), "legal_action").waits
    assert step(case(approvals=(proved,), consents=(replace(yes, answer=c.Answer.NO),)), "legal_action").not_needed


@pytest.mark.parametrize(
    ("row", "counts"),
    [
        (legal(c.LegalKind.STEP, taken_at=NINE + 4 * HOUR), True), (legal(c.LegalKind.STEP), False),
        (legal(c.LegalKind.DECISION, decided="No.", reason="Bail protects.", decided_at=NINE + 4 * HOUR), True),
        (legal(c.LegalKind.DECISION, decided="No.", decided_at=NINE + 4 * HOUR), False),
        (legal(c.LegalKind.ADVICE, asked_at=NINE + 4 * HOUR), False),
    ],
)  # fmt: skip
def test_a_step_or_a_reasoned_decision_shows_that_legal_action_was_settled(row: Legal, counts: bool) -> None:
    """HC-114, HC-115, HC-122."""
    proved = approval(c.Matter.WARRANTED, reason="A court found it.")
    on = case(consents=(consent(c.Option.LEGAL),), approvals=(proved,), legal=(row,))
    assert bool(step(on, "legal_action").evidence) == counts


def test_damage_is_charged_only_with_proof_and_behind_the_gate_on_contact() -> None:
    """HC-119, R-17."""
    work = Repair(id="w1", created_at=NINE, kind=c.RepairKind.GLAZING, proof="Filmed.", proved_at=NINE + HOUR,
                  recharge_to_id="p1")  # fmt: skip
    on = case(repairs=(work,), consents=(consent(), consent(c.Option.POLICE, c.Answer.NO, id="c2")), checks=(check(),),
              incidents=(incident(police_know=c.PoliceTold.NO),))  # fmt: skip
    assert step(on, "recharge").blocked_by == ""
    assert step(replace(on, repairs=(replace(work, proof=None),)), "recharge") is None
    assert step(replace(on, repairs=(replace(work, recharge_to_id=None),)), "recharge").waits
    assert step(replace(on, checks=()), "recharge").blocked_by
    assert step(replace(on, consents=()), "recharge").waits
    told = step(replace(on, checks=(), repairs=(replace(work, recharged_at=NOW),)), "recharge")
    assert told.evidence
    assert "tenancy" in told.in_the_way()


def test_an_interpreter_is_arranged_before_the_interview_and_help_waits_for_no_question() -> None:
    """HC-054, HC-056a: needed and not arranged shuts it; nobody asked does not."""

    def gate(**cells: Any) -> str:
        on = case()
        return GATES["arranged"](on, Subject("k", "words", on.incidents[0], replace(VICTIM, **cells)), NOW)

    assert gate() == ""
    assert "never a family member" in gate(needs_help=c.YesNo.YES)
    assert gate(needs_help=c.YesNo.YES, arrangement="Sample Interpreters, booked.") == ""
    assert gate(needs_help=c.YesNo.NO) == ""
