"""Returns: which cases are counted for an area, and for which month."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from automations.model import Area, Case
from automations.model.case import Named
from automations.returns import month_before, of_area
from automations.rules import set_aside
from schema import choices as c

ENTERED = datetime(2026, 10, 1, tzinfo=UTC)
EAST, WEST = (Area(id=name, created_at=ENTERED, name=name) for name in ("East", "West"))


def test_cases_of_the_area_count_and_neither_anothers_nor_those_set_aside():
    """HC-052: a duplicate is counted with the case it belongs to; a case that no patch places is counted nowhere."""
    one, two, elsewhere, nowhere = (
        Case(id=f"case-{n}", created_at=ENTERED, reference=f"CW-2026-000{n}", area_is=area)
        for n, area in enumerate((EAST, EAST, WEST, None), 1)
    )
    other = Named(id=two.id, reference=two.reference, is_set_aside=False, is_closed=False, holds_this=True)
    twice = replace(one, triage=c.Triage.DUPLICATE, attach_to=other.reference, named=other)

    assert set_aside(twice)
    assert of_area([twice, two, elsewhere, nowhere], EAST) == [two]
    assert of_area([one, two, elsewhere, nowhere], EAST) == [one, two]


@pytest.mark.parametrize(
    ("now", "month"),
    [
        (datetime(2026, 11, 1, 0, 0, tzinfo=UTC), "2026-10"),
        (datetime(2026, 10, 31, 23, 59, tzinfo=UTC), "2026-09"),
        (datetime(2026, 5, 31, 23, 30, tzinfo=UTC), "2026-05"),  # it is June in London
        (datetime(2027, 1, 15, 12, 0, tzinfo=UTC), "2026-12"),
    ],
)
def test_the_month_told_is_the_last_whole_one_in_london(now, month):
    assert month_before(now) == month
