"""Stories: what the first contact asks for has its place: options, diversity answers, the first assessment."""

import pytest

from schema import OFFICE, TABLES
from schema import choices as c
from schema.parts import Field
from tests.house import HarbourRow

pytestmark = pytest.mark.usefixtures("plain_letters")

Plan = c.Option
PAPER = {
    "HC-028": {Plan.PERPETRATOR},
    "HC-029": {Plan.POLICE},
    "HC-030": {Plan.AGENCY},
    "HC-031": {Plan.LEGAL},
    "HC-032": {Plan.SUPPORT},
    "HC-033": {Plan.INFORMATION, Plan.NEIGHBOURS},
    "HC-034": {Plan.TEMPORARY, Plan.SECURITY, Plan.MANAGEMENT_TRANSFER, Plan.TRANSFER},
    "HC-035": {Plan.REPAIR, Plan.REVIEW_MEETING, Plan.PARENTAL, Plan.BEHAVIOUR, Plan.OTHER},
}
"""The options of 3.1, by requirement."""


def field(table: str, name: str) -> Field:
    column = TABLES[table].column(name)
    assert isinstance(column, Field)
    return column


@pytest.mark.parametrize("id", PAPER)
def test_every_option_of_the_plan_can_be_answered(id: str) -> None:
    """HC-028, HC-029, HC-030, HC-031, HC-032, HC-033, HC-034, HC-035: yes, no, not yet asked or not applicable."""
    assert PAPER[id] <= set(field("Consents", "Option").choices)
    assert set(c.Answer) == set(field("Consents", "Answer").choices)
    assert {"Organisation", "Scope", "Given at", "Given by"} <= {f.name for f in TABLES["Consents"].fields}


def test_diversity_answers_are_voluntary_and_kept_apart_from_the_case() -> None:
    """HC-010: a form that only writes, in the office base; "prefer not to say" is an answer to each question."""
    table = TABLES["Diversity answers"]
    [form] = table.forms
    assert table in OFFICE.tables
    assert form.required == ()
    asked = [field(table.name, name) for name in form.asks if name not in ("Case reference", "Whose")]
    assert len(asked) == 7
    assert all("Prefer not to say" in each.choices for each in asked)


def test_the_first_assessment_covers_danger_the_home_and_what_must_be_mended() -> None:
    """HC-007, HC-014, HC-059, HC-061: what was reported as urgent is there as work and help before anybody asks."""
    house = HarbourRow()
    house.report(safe_at_home=c.YesNo.NO, graffiti_to_remove=c.YesNo.YES, emergency_repair_needed=c.YesNo.YES)
    assert house.action("homelessness_help")["State"] == c.ActionState.ALERT
    assert {r.fields["Kind"] for r in house.platform.records("Repairs")} == {
        c.RepairKind.GRAFFITI, c.RepairKind.OTHER,
    }  # fmt: skip
    assert "ring the police" in " ".join(str(r.fields["Prompt"]) for r in house.platform.records("Checklist"))
    row = house.only("Incidents").id
    house.staff_write("amber", "Incidents", row, assessed_at=house.now)
    assert house.action("emergency_assessment")["State"] == c.ActionState.ALERT, "a time without a decision is none"
    house.staff_write("amber", "Incidents", row, emergency_assessment=c.Assessment.EMERGENCY)
    assert house.action("emergency_assessment")["State"] == c.ActionState.DONE


def test_where_the_victim_is_safe_nobody_is_sent_looking_for_a_place() -> None:
    """HC-014: and not knowing waits for the question."""
    for answer, state in ((c.YesNo.YES, c.ActionState.NOT_NEEDED), (c.YesNo.NOT_KNOWN, c.ActionState.WAITING)):
        house = HarbourRow()
        house.report(safe_at_home=answer)
        assert house.action("homelessness_help")["State"] == state
