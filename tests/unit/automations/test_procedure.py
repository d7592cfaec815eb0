"""The table of the procedure: whole, without a name that means nothing, and safe where it must be."""

import pytest

from automations.evidence import EVIDENCE, OCCURRENCES
from automations.gates import GATES
from automations.organisation import starts as organisation
from automations.organisation.shown import SHOWN
from automations.procedure import NO_CASE, STEP, STEPS, Step
from automations.starts import STARTS
from schema.choices import LetterKind, Option, Target

EVERY_ID = """forward_report emergency_assessment log_case manager_discussion interview_victim safeguarding_report
homelessness_help legal_advice support_referral notify_cdrp police_referral emergency_repair remove_graffiti
security_approval security_measures victim_interview_note interview_witnesses witness_note signed_statement
interview_perpetrator perpetrator_delay_review perpetrator_note warning_letter rearrange_meeting non_attendance_letter
landlord_call landlord_request director_notice progress_review outcome_review victim_written_to outcome_letter_victim
outcome_letter_perpetrator revised_target fortnightly_review victim_contact cdrp_update closing_feedback
satisfaction_survey after_closure_check area_review policy_review staff_briefing temporary_options transfer_form
transfer_panel legal_action recharge landlord_reply_reviewed""".split()
CONTACTS = {"interview_perpetrator", "warning_letter", "rearrange_meeting", "non_attendance_letter",
            "outcome_letter_perpetrator", "recharge"}  # fmt: skip
LETTERS = {"warning_letter", "non_attendance_letter", "outcome_letter_perpetrator"}
HELP = {"emergency_repair", "remove_graffiti", "safeguarding_report", "homelessness_help", "forward_report",
        "emergency_assessment", "interview_victim", "victim_contact", "police_referral",
        "support_referral"}  # fmt: skip


def test_every_step_of_the_design_is_there_once() -> None:
    ids = [s.id for s in STEPS]
    assert set(EVERY_ID) <= set(ids)
    assert len(ids) == len(set(ids)) == len(STEP)


@pytest.mark.parametrize("step", STEPS, ids=lambda s: s.id)
def test_every_name_in_the_table_means_something(step: Step) -> None:
    assert step.needs
    assert all(n.startswith("HC-") for n in step.needs)
    assert set(step.gates) <= set(GATES)
    if step.id in NO_CASE:
        assert step.start in organisation.STARTS
        assert step.evidence in SHOWN
        return
    assert step.start in STARTS or step.id == "perpetrator_delay_review"
    assert step.evidence in (OCCURRENCES if step.recurs else EVIDENCE)


def test_nothing_is_left_over() -> None:
    """A gate, a start or an evidence that no step names would be a rule that nobody keeps."""
    assert {g for s in STEPS for g in s.gates} == set(GATES)
    assert {s.start for s in STEPS} >= set(STARTS) | set(organisation.STARTS)
    assert {s.evidence for s in STEPS} >= set(EVIDENCE) | set(OCCURRENCES) | set(SHOWN)


def test_every_contact_with_an_alleged_perpetrator_stands_behind_the_gate_and_nothing_else_does() -> None:
    """R-17."""
    assert {s.id for s in STEPS if "perpetrator_contact" in s.gates} == CONTACTS
    assert all(STEP[id].consent is Option.PERPETRATOR for id in CONTACTS)


def test_whoever_tells_an_alleged_perpetrators_landlord_hears_the_police_first() -> None:
    """R-17, HC-095, HC-096, HC-116: it is contact by another hand."""
    assert {s.id for s in STEPS if "police_heard" in s.gates} == {
        "landlord_call", "landlord_request", "director_notice"
    }  # fmt: skip


def test_every_letter_to_an_alleged_perpetrator_stands_behind_the_gate_on_addresses() -> None:
    """R-18: an address shared with the victim, and children below the age of criminal responsibility."""
    to_them = {LetterKind.WARNING, LetterKind.NON_ATTENDANCE, LetterKind.PERPETRATOR_OUTCOME}
    assert {s.id for s in STEPS if s.letter in to_them} == LETTERS
    assert {s.id for s in STEPS if "perpetrator_letter" in s.gates} == LETTERS


def test_help_stands_behind_no_gate_but_a_photograph_and_the_occupiers_agreement() -> None:
    """R-19; an interpreter, without whom no interview is fair (HC-056a); and before any call, which ways are safe."""
    for id in HELP - {"victim_contact"}:
        assert set(STEP[id].gates) <= {"photographed", "entry_agreed", "arranged"}
    assert {s.id for s in STEPS if "safe_contact" in s.gates} == {"victim_contact"}


def test_what_needs_the_victims_agreement_says_so() -> None:
    wanted = {"support_referral": Option.SUPPORT, "police_referral": Option.POLICE, "landlord_call": Option.AGENCY,
              "landlord_request": Option.AGENCY, "director_notice": Option.AGENCY}  # fmt: skip
    assert {id: STEP[id].consent for id in wanted} == wanted


def test_the_papers_immediately_is_an_alert_of_an_hour() -> None:
    """A-31, R-03."""
    alerts = [s for s in STEPS if s.target is Target.ALERT]
    assert {s.length for s in alerts} == {1}
    assert len(alerts) == 10
