"""What a row shows before somebody decides: the names of the fields, the grounds, what stays here, and no value."""

import json

import pytest
from message_cases import every_message, sent
from partner_cases import ground

from schema import choices as c
from sync.partners.shown import STATISTICS, shown

EVERY = every_message()
P = c.Purpose


def values(told):
    """Every text in a message that tells something of somebody."""
    if isinstance(told, dict):
        return [x for name, value in told.items() if name not in ("grounds", "part") for x in values(value)]
    if isinstance(told, list):
        return [x for value in told for x in values(value)]
    return [told] if isinstance(told, str) and len(told) > 12 else []


@pytest.mark.parametrize("name", sorted(EVERY))
def test_no_value_is_copied_about(name):
    """HC-063: of any message."""
    said = shown(EVERY[name])
    assert [x for x in values(json.loads(EVERY[name].body)) if x in said] == []
    assert len(said) < 2500


def test_each_person_is_shown_with_their_fields_and_their_ground():
    """R-15, A-16."""
    named = (ground("v1"), ground("v2", basis="override", record="Overrides 1"))
    said = shown(sent(P.POLICE, named=named)).splitlines()
    assert said[0] == "Would leave:"
    assert any(x.startswith("Victim 1: name, ") and x.endswith("agrees to this partner: Consents/v1.") for x in said)
    assert any("two managers decided: Overrides 1. They ring us before any contact." in x for x in said)
    assert "born on" in str(said)


def test_what_stays_is_shown_with_why():
    """R-12."""
    said = shown(sent(P.SUPPORT, words=None, named=(ground("v1", withhold="My number."),)))
    before, after = said.split("Stays here:")
    assert "telephone" not in before
    assert "No leave: they hold something back" in after
    assert "My number" not in said


def test_of_statistics_not_even_the_fields_are_shown():
    """R-16: which bands are known of somebody is no business of the case's row."""
    assert shown(sent(P.CDRP_NOTICE, c.ReferralForm.STATISTICAL)) == STATISTICS
    assert shown(sent(P.CDRP_NOTICE)) != STATISTICS
