"""The figures of the paper, one by one: from what each is counted, and by which record it is kept."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from automations.duties import Duty, duties
from automations.model import Case, Office, Plan
from automations.rules import Rules
from schema import choices as c
from tests.unit.automations.made_up import approval, case, consent, incident, interview, letter, review
from tests.unit.automations.who_and_when import ACCUSED, HOUR, MANAGER, NINE, NOW, OFFICER, VICTIM, person

RULES = Rules(Office(staff=(MANAGER, OFFICER)))
ENDED = NINE + 3 * HOUR
WITNESS = person("w1", c.PersonRole.WITNESS)


def on(of: Case, id: str, now: datetime = NOW) -> Duty:
    """The one duty of that step."""
    [found] = [d for d in duties(of, now, RULES) if d.step.id == id]
    return found


def due(of: Case, id: str) -> datetime:
    deadline = on(of, id).deadline
    assert deadline
    return deadline.at


def held(kind: c.InterviewKind, **cells: Any) -> Case:
    """A case on which such an interview ended at noon, and the victim agreed to it."""
    who = {c.InterviewKind.WITNESS: "w1", c.InterviewKind.PERPETRATOR: "p1"}.get(kind, "v1")
    rows = [interview(), interview(kind, id="x2", ended_at=ENDED, person_id=who, **cells)]
    return case(
        people=(VICTIM, ACCUSED, WITNESS),
        incidents=(incident(witness_ids=("w1",)),),
        consents=(consent(),),
        interviews=tuple(rows[1:] if kind is c.InterviewKind.VICTIM else rows),
    )


def test_whoever_takes_a_report_has_an_hour_to_pass_it_on() -> None:
    """HC-006, A-31: done once it was picked up."""
    assert due(case(), "forward_report") == NINE + HOUR
    assert on(case(), "forward_report").evidence is None
    passed = case(incidents=(incident(picked_up_at=NINE + HOUR / 2),))
    shown = on(passed, "forward_report").evidence
    assert shown
    assert shown.happened_at == NINE + HOUR / 2


def test_it_is_on_the_case_log_within_a_day() -> None:
    """HC-042, A-27: the row itself is the log."""
    assert due(case(), "log_case") == NINE + 24 * HOUR
    assert on(case(), "log_case").evidence


def test_the_line_manager_hears_of_it_within_the_hour() -> None:
    """HC-046, HC-109: the first of the manager's reviews; an officer's own is none."""
    assert due(case(), "manager_discussion") == NINE + HOUR
    first = review(c.ReviewKind.FIRST)
    assert on(case(reviews=(first,)), "manager_discussion").evidence
    assert on(case(reviews=(replace(first, author=OFFICER),)), "manager_discussion").evidence is None


def test_a_solicitor_is_asked_within_the_hour_where_an_emergency_is_in_view() -> None:
    """HC-048: and nobody is asked where it is not."""
    assert due(case(legal_considered=c.YesNo.YES), "legal_advice") == NINE + HOUR
    assert on(case(legal_considered=c.YesNo.NO), "legal_advice").not_needed


@pytest.mark.parametrize(
    ("kind", "step"),
    [(c.InterviewKind.VICTIM, "victim_interview_note"), (c.InterviewKind.WITNESS, "witness_note"),
     (c.InterviewKind.PERPETRATOR, "perpetrator_note")],
)  # fmt: skip
def test_the_note_of_an_interview_has_48_hours_from_its_end(kind: c.InterviewKind, step: str) -> None:
    """HC-057, HC-081, HC-092: the victim's, a witness's and the alleged perpetrator's; done on the day it was saved."""
    assert due(held(kind), step) == ENDED + 48 * HOUR
    assert on(held(kind), step).evidence is None
    saved = held(kind, note_saved_at=ENDED + HOUR, account="Who, what, when and where.", impact="Afraid.")
    shown = on(saved, step).evidence
    assert shown
    assert shown.happened_at == ENDED + HOUR


def test_the_warning_follows_the_interview_within_48_hours() -> None:
    """HC-093: counted from its end."""
    met = held(c.InterviewKind.PERPETRATOR)
    assert due(met, "warning_letter") == ENDED + 48 * HOUR
    sent = letter(c.LetterKind.WARNING, to_id="p1")
    met = replace(met, approvals=(approval(c.Matter.LETTER, letter_id="l1"),))
    assert on(replace(met, letters=(sent,)), "warning_letter").evidence
    assert on(replace(met, letters=(replace(sent, decision=None),)), "warning_letter").evidence is None


def test_the_victim_signs_the_plan_within_48_hours_of_the_interview() -> None:
    """HC-056j: a plan that was agreed and not signed is owed still."""
    met = held(c.InterviewKind.VICTIM)
    agreed = Plan(id="n1", created_at=NINE, victim_id="v1", version="1", agreed_at=ENDED)
    assert due(met, "signature") == ENDED + 48 * HOUR
    assert on(replace(met, plans=(agreed,)), "signature").evidence is None
    assert on(replace(met, plans=(replace(agreed, signed_at=ENDED),)), "signature").evidence


def test_the_outcome_is_reviewed_and_the_victim_written_to_by_the_tenth_working_day() -> None:
    """HC-099, HC-100, HC-103, A-07: a progress letter meets the promise, and no finding."""
    tenth = datetime.fromisoformat("2026-12-02T23:59:59+00:00")
    assert due(case(), "outcome_review") == due(case(), "victim_written_to") == tenth
    assert due(case(), "outcome_letter_victim") == tenth
    wrote = case(letters=(letter(c.LetterKind.PROGRESS),), reviews=(review(c.ReviewKind.PROGRESS),))
    assert on(wrote, "victim_written_to").evidence
    assert on(wrote, "outcome_letter_victim").evidence is None
    assert on(wrote, "outcome_review").evidence is None, "the review did not speak of the outcome"
    spoke = case(reviews=(review(c.ReviewKind.PROGRESS, covers_outcome=True),))
    assert on(spoke, "outcome_review").evidence
