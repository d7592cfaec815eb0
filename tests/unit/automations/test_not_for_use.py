"""Not for use: the mark on what a witness gave goes only with the witness's yes."""

from typing import Any

import pytest

from automations.model import Proof
from automations.not_for_use import marks
from schema import choices as c
from tests.unit.automations.made_up import case, interview
from tests.unit.automations.who_and_when import NINE, person

WITNESS = c.InterviewKind.WITNESS


@pytest.mark.parametrize(
    ("people", "goes"),
    [
        ((), False),
        ((c.WitnessUse.NOT_ASKED,), False),
        ((c.WitnessUse.UNWILLING,), False),
        ((c.WitnessUse.WILLING,), True),
    ],
    ids=["row deleted", "not asked", "unwilling", "willing"],
)
def test_the_mark_stays_until_the_witness_agrees(people: tuple[c.WitnessUse, ...], goes: bool) -> None:
    """HC-080: deleting the witness's row makes nothing usable, nor does clearing what they said."""
    there = tuple(person("w1", c.PersonRole.WITNESS, evidence_use=use) for use in people)
    who = "w1" if people else None
    held = interview(WITNESS, person_id=who, not_for_use=True)
    proof = Proof(id="e1", created_at=NINE, person_id=who, not_for_use=True)
    changed = {
        (w.table, w.cells["Not for use"]) for w in marks(case(people=there, interviews=(held,), proofs=(proof,)))
    }
    assert changed == ({("Interviews", False), ("Evidence", False)} if goes else set())


@pytest.mark.parametrize(
    ("cells", "change"),
    [
        ({"may_be_used": c.YesNo.NO}, True),
        ({"may_be_used": c.YesNo.YES, "not_for_use": True}, False),
        ({"not_for_use": True}, None),
        ({}, None),
    ],
)
def test_a_thing_that_nobody_is_named_for_goes_by_its_own_answer(cells: dict[str, Any], change: bool | None) -> None:
    """HC-080."""
    found = [w.cells["Not for use"] for w in marks(case(proofs=(Proof(id="e1", created_at=NINE, **cells),)))]
    assert found == ([] if change is None else [change])
