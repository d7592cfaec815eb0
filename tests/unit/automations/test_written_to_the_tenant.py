"""Of a child it is the tenant who is written to: that letter is the one that the step waits for."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from automations.evidence.perpetrator import non_attendance_sent, perpetrator_outcome_sent, warning_sent
from automations.model import Case
from automations.subjects import Subject
from schema import choices as c
from tests.unit.automations.made_up import approval, case, incident, interview, letter
from tests.unit.automations.who_and_when import ACCUSED, HOUR, NINE, person

K = c.LetterKind
COPIES = [(warning_sent, K.TENANT_WARNING, K.WARNING), (non_attendance_sent, K.TENANT_NON_ATTENDANCE, K.NON_ATTENDANCE),
          (perpetrator_outcome_sent, K.TENANT_OUTCOME, K.PERPETRATOR_OUTCOME)]  # fmt: skip
CHILD = replace(ACCUSED, born_on=date(2013, 1, 1), is_tenant=c.YesNo.NO)
TENANT = person("t1", c.PersonRole.TENANT)


def found(evidence: Any, kind: K, to: str, who: Any = CHILD, **parts: Any) -> Any:
    """What shows the step, once that letter went."""
    held = interview(c.InterviewKind.PERPETRATOR, at=NINE + HOUR)
    told = {"people": (person("v1", c.PersonRole.VICTIM), who, TENANT, person("p2", c.PersonRole.PERPETRATOR)),
            "letters": (letter(kind, to_id=to),), "interviews": (held,),
            "approvals": (approval(c.Matter.LETTER, letter_id="l1"),), **parts}  # fmt: skip
    on: Case = case(**told)
    return evidence(on, Subject("", "", on.incidents[0], who, held))


@pytest.mark.parametrize(("evidence", "copy", "own"), COPIES)
def test_under_fourteen_the_tenants_letter_is_the_childs(evidence: Any, copy: K, own: K) -> None:
    """R-18, HC-093, HC-098, HC-102: to the tenant, and once it was sent."""
    assert found(evidence, copy, "t1")
    assert found(evidence, copy, "v1") is None
    assert found(evidence, copy, "t1", letters=(replace(letter(copy, to_id="t1"), decision=None),)) is None
    assert found(evidence, own, "p1")


@pytest.mark.parametrize(("evidence", "copy", "own"), COPIES)
def test_from_fourteen_on_the_tenants_copy_is_no_letter_to_the_person(evidence: Any, copy: K, own: K) -> None:
    """HC-093: one letter each. Nobody's age is guessed."""
    for born_on in (date(2012, 11, 18), None):
        older = replace(CHILD, born_on=born_on)
        assert found(evidence, copy, "t1", older) is None
        assert found(evidence, own, "p1", older)


@pytest.mark.parametrize(("evidence", "copy", "own"), COPIES)
def test_of_two_children_nobody_can_say_whose_letter_it_was(evidence: Any, copy: K, own: K) -> None:
    """R-18: then a letter entered for the child itself counts, and no other."""
    two = (incident(perpetrator_ids=("p1", "p2")),)
    assert found(evidence, copy, "t1", incidents=two) is None
    assert found(evidence, own, "p1", incidents=two)
