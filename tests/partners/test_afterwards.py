"""What comes after a message: it is called back, or its record is put right."""

import json
from dataclasses import replace
from datetime import date

import pytest
from message_cases import a_correction, a_full_case, a_recall, sent
from partner_cases import LANDLORD, SECRET, ground

from automations.errors import NeedsAPerson, Stop
from schema import choices as c
from sync.partners.payload import recall

P = c.Purpose
STATISTICS = c.ReferralForm.STATISTICAL


def test_a_recall_says_which_message_what_to_do_and_by_when_and_names_nobody():
    """R-13, HC-108: stop, delete, and tell us; whoever opens it by mistake learns nothing of anybody."""
    payload = a_recall(sent(P.POLICE).key)
    told = json.loads(payload.body)

    assert told.pop("recall_contact").keys() == {"telephone", "email"}
    assert told == {
        "message": "recall", "version": 1, "form": "recall", "reference": "CW-2026-0007/incident-1",
        "sender": "Exampleshire Homes", "asked": ["stop", "delete"], "asked_by": "2026-03-09",
        "recalls": {"message": "police_referral", "reference": "CW-2026-0007/incident-1", "key": sent(P.POLICE).key},
    }  # fmt: skip
    assert payload.key not in (sent(P.POLICE).key, a_recall("b" * 32).key)
    assert payload == a_recall(sent(P.POLICE).key)


def test_a_recall_needs_the_key_of_a_message_and_a_case_with_a_reference():
    """A recall of nothing would be taken for done."""
    case, by = a_full_case(), date(2026, 3, 9)
    for wrong in ("", "CW-2026-0007/police"):
        with pytest.raises(NeedsAPerson, match="key"):
            a_recall(wrong)
    with pytest.raises(NeedsAPerson):
        recall(replace(case, reference=""), case.incidents[0], P.POLICE, "a" * 32, by, LANDLORD, SECRET)
    with pytest.raises(Stop):
        recall(case, case.incidents[0], P.POLICE, "a" * 32, by, LANDLORD, b"short")
    assert a_recall().body


def test_a_correction_carries_the_record_as_it_should_be_and_which_one_it_replaces():
    """HC-052: it is the message that would go now, to the field."""
    first = sent(P.CDRP_NOTICE, STATISTICS)
    told = json.loads(a_correction(P.CDRP_NOTICE, STATISTICS, corrects=first.key).body)

    assert told["record"] == json.loads(first.body)
    assert told["corrects"] == {"message": "cdrp_notice", "reference": told["reference"], "key": first.key}
    assert told["form"] == "statistical"
    assert told["reference"] == json.loads(first.body)["reference"]


def test_a_correction_goes_under_the_same_consent_rules_as_a_message():
    """R-13, R-15: whoever may not be named any more is not, and where nothing may go none is made."""
    one = json.loads(a_correction(named=(ground("v1"),)).body)

    assert [x["name"] for x in one["record"]["people"]] == ["Ada Sampleton"]
    for refused in ({"form": None}, {"named": ()}, {"named": (ground("p1"),)}):
        with pytest.raises(NeedsAPerson):
            a_correction(**refused)
    with pytest.raises(NeedsAPerson, match="key"):
        a_correction(corrects="")


def test_the_same_correction_has_the_same_key_and_another_one_another():
    """A retry counts once; a second mend of the same record counts too."""
    assert a_correction() == a_correction()
    assert len({a_correction().key, a_correction(words="Otherwise.").key, a_correction(corrects="b" * 32).key}) == 3
