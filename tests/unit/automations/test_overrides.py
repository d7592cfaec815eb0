"""Overrides: a disclosure without consent that two managers, two people, agreed to with a reason and a lawful basis."""

from dataclasses import replace
from typing import Any

import pytest

from automations.duties import duties
from automations.faults import faults
from automations.model import Case, Office, Override, Referral, Staff
from automations.rules import Rules, override
from schema import choices as c
from tests.unit.automations.made_up import approval, case, consent, incident
from tests.unit.automations.who_and_when import ACCUSED, HOUR, MANAGER, NINE, NOW, OFFICER, VICTIM

LANDLORD = "Another Landlord"
ABROAD = replace(ACCUSED, lives_in=c.LivesIn.OTHER_LANDLORD, landlord=LANDLORD)
REGIONAL = Staff(id="s3", created_at=NINE, name="Dahlia Fictionby", email="dahlia@example.org",
                 role=c.StaffRole.REGIONAL)  # fmt: skip
AGREED, REFUSED = c.Decision.AGREED, c.Decision.REFUSED


def made(**cells: Any) -> Override:
    told = {
        "id": "o1", "created_at": NINE, "purpose": c.Purpose.OTHER_LANDLORD, "organisation": LANDLORD,
        "reason": "Threats to life.", "lawful_basis": "Vital interests", "decision": AGREED,
        "second_decision": AGREED, "author": MANAGER, "second_author": REGIONAL,
        "decided_recorded_at": NINE + HOUR, "second_recorded_at": NINE + 2 * HOUR, **cells,
    }  # fmt: skip
    return Override(**told)


def in_force(*rows: Override, organisation: str | None = LANDLORD, **parts: Any) -> Override | None:
    on = case(overrides=rows, **parts)
    return override(on, c.Purpose.OTHER_LANDLORD, organisation, on.incidents[-1])


@pytest.mark.parametrize(
    ("cells", "lacks"),
    [
        ({"second_decision": None, "second_author": None}, "a second line manager must confirm it"),
        ({"second_author": MANAGER}, "another person's"),
        ({"second_author": replace(MANAGER, id="s9", email=" CORAL@example.org")}, "another person's"),
        ({"second_author": OFFICER}, "must be a line manager's"), ({"second_author": None}, "must confirm it"),
        ({"author": OFFICER}, "a line manager who is not"), ({"author": None}, "a line manager who is not"),
        ({"reason": None}, "Reason must be filled in"), ({"reason": "  "}, "Reason must be filled in"),
        ({"lawful_basis": ""}, "Lawful basis must be filled in"), ({"decision": None}, "a line manager who is not"),
        ({"author": None, "altered": "Reason"}, "Reason was changed by somebody else"),
    ],
)  # fmt: skip
def test_an_override_needs_two_managers_a_reason_and_a_lawful_basis(cells: dict[str, Any], lacks: str) -> None:
    """A-16, R-25, HC-027: alone, by one person twice or without a reason it counts for nothing and says why."""
    assert in_force(made()) == made()
    assert not [x for x in faults(case(overrides=(made(),))) if "Overrides" in x]
    assert in_force(made(**cells)) is None
    said = [x for x in faults(case(overrides=(made(**cells),))) if x.startswith("Overrides o1:")]
    assert [lacks in x for x in said] == [True]


def test_the_cases_own_officer_is_neither_of_the_two() -> None:
    """HC-112."""
    assert in_force(made(), officer="Amber Testwood")
    for officer in (MANAGER.name, REGIONAL.name):
        assert in_force(made(), officer=officer) is None


def test_an_override_is_for_the_purpose_organisation_and_incident_it_names() -> None:
    """A-16, R-02."""
    assert in_force(made(organisation=" another  LANDLORD "))
    assert in_force(made(), organisation="A Third Landlord") is None
    assert in_force(made(), organisation=None) is None
    assert in_force(made(purpose=c.Purpose.SUPPORT)) is None
    two = (incident(), incident("i2", 2, NINE + HOUR))
    assert in_force(made(), incidents=two) is None
    assert in_force(made(incident_id="i2"), incidents=two)


def test_a_refusal_ends_an_override_until_both_agree_again() -> None:
    """A-16, R-13."""
    refused = made(id="o2", decision=REFUSED, second_decision=None, decided_recorded_at=NINE + 3 * HOUR)
    assert in_force(made(), refused) is None
    assert in_force(made(second_decision=REFUSED)) is None
    again = made(id="o3", decided_recorded_at=NINE + 4 * HOUR, second_recorded_at=NINE + 5 * HOUR)
    assert in_force(made(), refused, again) == again
    assert not [x for x in faults(case(overrides=(refused,))) if "Overrides" in x], "a refusal is a decision"


def test_a_name_never_goes_to_the_partnership_on_an_override() -> None:
    """A-16, HC-052, HC-117: statistics go instead."""
    row = made(purpose=c.Purpose.CDRP_NOTICE)
    on = case(overrides=(row,))
    assert override(on, c.Purpose.CDRP_NOTICE, LANDLORD, on.incidents[0]) is None
    assert any("told statistics" in x for x in faults(on))


def step(of: Case, id: str) -> Any:
    return next(d for d in duties(of, NOW, Rules(Office(staff=(MANAGER, REGIONAL)))) if d.step.id == id)


@pytest.mark.parametrize("answer", [None, c.Answer.NO])
def test_another_landlord_may_be_told_on_an_override_and_the_row_says_so(answer: c.Answer | None) -> None:
    """HC-095, HC-096, HC-116, A-16: unasked, or against the victim's no."""
    consents = (consent(c.Option.AGENCY, answer, organisation=LANDLORD),) if answer else ()
    call = Referral(id="f1", created_at=NINE, purpose=c.Purpose.OTHER_LANDLORD, by_hand_at=NINE + 4 * HOUR,
                    person_id="p1")  # fmt: skip
    directors = made(id="o2", purpose=c.Purpose.DIRECTOR)
    bare = case(people=(VICTIM, ABROAD), consents=consents, referrals=(call,),
                approvals=(approval(c.Matter.DIRECTOR_NOTICE),))  # fmt: skip
    on = replace(bare, overrides=(made(), directors))

    for id in ("landlord_request", "director_notice"):
        assert step(bare, id).deadline is None
        alone = tuple(replace(x, second_author=MANAGER) for x in on.overrides)
        assert step(replace(on, overrides=alone), id).deadline is None
    told = step(replace(on, referrals=()), "landlord_call")
    assert told.deadline.at == NINE + 3 * HOUR
    assert "from the override (Overrides o1)" in told.deadline.how
    assert "from the call, on the override (Overrides o1)" in step(on, "landlord_request").deadline.how
    assert "the manager's decision, on the override (Overrides o2)" in step(on, "director_notice").deadline.how


def test_with_the_victims_agreement_nothing_rests_on_an_override() -> None:
    """HC-095, HC-027."""
    yes = (consent(c.Option.AGENCY, organisation=LANDLORD),)
    on = case(people=(VICTIM, ABROAD), consents=yes, overrides=(made(),))
    assert "override" not in step(on, "landlord_call").deadline.how
    nobody = replace(on, people=(VICTIM, replace(ABROAD, landlord=" ")))
    for id in ("landlord_call", "landlord_request"):
        assert step(nobody, id).waits == "Enter which landlord it is."


def test_telling_another_landlord_waits_while_the_police_ask_us_to() -> None:
    """HC-095, HC-116: an override is no way round them."""
    waiting = (incident(police_position=c.PolicePosition.WAIT),)
    on = case(people=(VICTIM, ABROAD), incidents=waiting, overrides=(made(), made(id="o2", purpose=c.Purpose.DIRECTOR)),
              approvals=(approval(c.Matter.DIRECTOR_NOTICE),))  # fmt: skip
    for id in ("landlord_call", "director_notice"):
        assert step(on, id).blocked_by == "The police ask us to wait."
        assert step(replace(on, incidents=(incident(),)), id).blocked_by == ""
