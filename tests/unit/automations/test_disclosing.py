"""Disclosing: what a ground keeps of the record that it comes from."""

import pytest

from automations.model import Case, Office, Partner
from automations.outbox.disclosing import disclosure
from automations.rules import Rules
from schema import choices as c
from tests.unit.automations.made_up import case, consent
from tests.unit.automations.test_overrides import REGIONAL, made
from tests.unit.automations.who_and_when import MANAGER, NINE, NOW, VICTIM

SUPPORT = Partner(id="b1", created_at=NINE, name="Sample Support", destination="support", police_body=c.YesNo.NO)
RULES = Rules(Office(staff=(MANAGER, REGIONAL), partners=(SUPPORT,)))


@pytest.mark.parametrize(("of", "basis"), [
    (case(consents=(consent(c.Option.SUPPORT, organisation=SUPPORT.name),)), "consent"),
    (case(overrides=(made(purpose=c.Purpose.SUPPORT, organisation=SUPPORT.name),)), "override"),
])  # fmt: skip
def test_a_ground_says_which_organisation_its_record_names(of: Case, basis: str) -> None:
    """HC-051, R-12, A-16."""
    says = disclosure(of, c.Purpose.SUPPORT, of.incidents[0], VICTIM, SUPPORT, RULES, NOW)
    assert [(each.basis, each.organisation) for each in says.named] == [(basis, SUPPORT.name)]
