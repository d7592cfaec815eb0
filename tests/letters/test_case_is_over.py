"""A case that is closed or set aside leads to no letter to the other side, to neighbours or to another landlord."""

from dataclasses import replace

import pytest
from accused import K, a_guardian, a_tenant, accused, aged, assert_held, assert_made, made, ready
from test_to_landlords import asked, to_them
from test_to_victims import CLOSED, HEARD

from automations.letters import Draft, draft
from automations.model import Case, Named
from automations.rules import closed_at, set_aside
from schema import choices as c

TO = {"perpetrator-1": (K.APPOINTMENT, K.SECOND_APPOINTMENT, K.NON_ATTENDANCE, K.WARNING, K.PERPETRATOR_OUTCOME),
      "tenant-1": (K.TENANT_APPOINTMENT, K.TENANT_NON_ATTENDANCE, K.TENANT_WARNING, K.TENANT_OUTCOME),
      "guardian-1": (K.GUARDIAN_APPOINTMENT, K.GUARDIAN_WARNING)}  # fmt: skip
LETTERS = [(kind, to) for to, kinds in TO.items() for kind in kinds]


def closed(case: Case) -> Case:
    over = replace(case, closures=(CLOSED,), feedback=(HEARD,))
    assert closed_at(over)
    return over


def aside(case: Case) -> Case:
    other = Named(id="0", reference="CW-2026-0001", is_closed=False, is_set_aside=False, holds_this=False)
    over = replace(case, triage=c.Triage.DUPLICATE, attach_to="CW-2026-0001", named=other)
    assert set_aside(over)
    return over


OVER = [(closed, "The case is closed"), (aside, "Triage: ")]


@pytest.mark.parametrize(("over", "because"), OVER)
@pytest.mark.parametrize(("kind", "to"), LETTERS)
def test_nobody_on_the_other_side_is_written_to(kind: c.LetterKind, to: str, over, because: str):
    """R-23, HC-093, HC-098, HC-102: what happens after a case is closed is a case of its own."""
    case = ready(
        aged(15) if to == "guardian-1" else aged(30) if to == "tenant-1" else accused(), a_tenant(), a_guardian()
    )
    assert_made(made(case, kind, to))
    assert_held(made(over(case), kind, to), because)


@pytest.mark.parametrize(("over", "because"), OVER)
def test_neighbours_are_asked_nothing(over, because: str):
    """HC-076, R-23."""
    at = {"address": "20 Harbour Row, Sampletown, ZZ1 4ZZ"}
    assert_made(made(ready(), K.NEIGHBOUR, None, **at))
    assert_held(made(over(ready()), K.NEIGHBOUR, None, **at), because)


@pytest.mark.parametrize(("over", "because"), OVER)
@pytest.mark.parametrize("kind", [K.LANDLORD_REQUEST, K.DIRECTOR])
def test_another_landlord_is_told_nothing(kind: c.LetterKind, over, because: str):
    """HC-096, HC-116, R-23."""
    assert isinstance(draft(to_them(asked()), kind), Draft)
    assert_held(draft(to_them(over(asked())), kind), because)


def test_damage_proved_later_may_still_be_charged():
    """HC-119: on a closed case, and never on one that is set aside."""
    assert_made(made(closed(ready()), K.RECHARGE))
    assert_held(made(aside(ready()), K.RECHARGE), "Triage: ")


def test_another_landlord_is_told_nothing_of_somebody_who_was_harmed():
    """HC-096, R-15: whoever stands on both sides is put right first."""
    case = asked()
    saw = replace(case.incidents[0], witness_ids=("perpetrator-1",))
    for kind in (K.LANDLORD_REQUEST, K.DIRECTOR):
        assert_held(draft(to_them(replace(case, incidents=(saw,))), kind), "put right which")
