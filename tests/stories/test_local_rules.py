"""Stories: an area's own rule counts once somebody who may has decided it, and never opens a gate (14.0)."""

from datetime import date
from typing import Any

import pytest

from automations.calendar import LONDON
from automations.gates import GATES
from automations.procedure import STEPS
from schema import TABLES
from schema import choices as c
from tests.house import HarbourRow

pytestmark = pytest.mark.usefixtures("plain_letters")
OURS, THEIRS = date(2026, 12, 1), date(2026, 11, 27)


def profiled(**cells: Any) -> HarbourRow:
    """A case in an area that has a profile of seven working days for the progress review."""
    house = HarbourRow("2026-11-18 09:00")
    told = {"Step": "progress_review", "Length": 7, "Area": (house.only("Areas", area="Harbour East").id,),
            "Decided by": "Dahlia Fictionby", "Decided on": date(2026, 1, 5),
            "Reason": "The council's rule."}  # fmt: skip
    house.platform.create("Area profiles", [{k: v for k, v in (told | cells).items() if v is not None}])
    house.report()
    return house


def due(house: HarbourRow) -> date:
    at: Any = house.action("progress_review")["Due at"]
    return at.astimezone(LONDON).date()


def told(house: HarbourRow) -> str:
    return " ".join(str(r.fields["Detail"]) for r in house.platform.records("Run log") if r.fields["What"] == "Office")


@pytest.mark.parametrize(
    ("who", "counts"),
    [
        ("Dahlia Fictionby", True), ("elder@harbour-row.example", True), ("fern  INVENTLEY", True),
        ("Ivy Supposeley", True), ("Coral Mockford", False), ("Amber Testwood", False), ("Hazel Pretendham", False),
        ("Nobody Here", False), (None, False),
    ],
)  # fmt: skip
def test_a_local_rule_counts_only_where_a_regional_or_asb_manager_or_a_director_decided_it(
    who: str | None, counts: bool
) -> None:
    """HC-127, HC-128, A-38: the role is read in the office base; the others go on by our own rule."""
    house = profiled(**{"Decided by": who})
    assert due(house) == (THEIRS if counts else OURS)
    assert ("so it does not count" in told(house)) != counts
    assert not who or who not in told(house)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"Step": "no_such_step"}, "names no step of the procedure"),
        ({"Step": None}, "names no step of the procedure"),
        ({"Length": 0}, "not a number above nought"),
        ({"Length": -3}, "not a number above nought"),
        ({"Length": None}, "not a number above nought"),
        ({"Decided on": None}, "who decided it and when"),
        ({"Area": None}, "names no area"),
    ],
)
def test_a_local_rule_that_cannot_be_used_is_told_in_the_run_log(cells: dict[str, Any], words: str) -> None:
    """HC-127, HC-128."""
    house = profiled(**cells)
    assert due(house) == OURS
    assert words in told(house)


def test_what_a_manager_decided_locally_stands_after_they_have_left() -> None:
    """HC-128, R-25."""
    house = profiled()
    dahlia = house.only("Staff", name="Dahlia Fictionby").id
    house.platform.update("Staff", [(dahlia, {"Has left": True})])
    house.run()
    assert due(house) == THEIRS


def test_a_local_rule_moves_a_due_date_and_no_gate() -> None:
    """HC-128, A-38: whatever an area decides, what guards the victim stays shut."""
    cells: dict[str, Any] = {"Alleged perpetrator's name": "Person Placeholder",
                             "Alleged perpetrator lives in": c.LivesIn.OURS,
                             "Speak to the alleged perpetrator": c.Answer.YES}  # fmt: skip
    blocked = []
    for decided_by in ("Dahlia Fictionby", None):
        house = HarbourRow("2026-11-18 09:00")
        area = house.only("Areas", area="Harbour East").id
        house.platform.create("Area profiles", [
            {"Step": step.id, "Length": 500, "Area": (area,), "Decided by": decided_by, "Decided on": date(2026, 1, 5)}
            for step in STEPS
        ])  # fmt: skip
        house.report(**cells)
        rows = house.platform.records("Actions")
        blocked.append({r.fields["Key"]: r.fields["Blocked by"] for r in rows if r.fields["Case"]})
    assert blocked[0] == blocked[1]
    assert any(blocked[0].values())
    assert not {f.name for f in TABLES["Area profiles"].fields} & {"Gate", "Gates", *GATES}
