"""Half entered: a row that looks finished and counts for nothing names its blank cell, until it is filled."""

from dataclasses import replace
from typing import Any

import pytest

from automations.faults import faults
from automations.model import Contact, Referral
from schema import choices as c
from tests.unit.automations.made_up import case, check, consent, interview, letter, review
from tests.unit.automations.who_and_when import NINE, NOW

MET = interview()
SPOKE = Contact(id="k1", created_at=NINE, at=NINE, result=c.ContactResult.MADE, person_id="v1")
MADE = Referral(id="f1", created_at=NINE, purpose=c.Purpose.SAFEGUARDING, partner="The council", by_hand_at=NINE)
WHOLE = {
    "interviews": MET, "contacts": SPOKE, "reviews": review(c.ReviewKind.FIRST), "checks": check(person_id="v1"),
    "letters": letter(c.LetterKind.PROGRESS), "referrals": MADE, "consents": consent(c.Option.SUPPORT),
}  # fmt: skip


def said(**parts: Any) -> list[str]:
    return faults(case(**parts))


@pytest.mark.parametrize(
    ("table", "cells", "sentence"),
    [
        ("interviews", {"with_": None}, "Interviews x1: say whose interview it was (With)"),
        ("interviews", {"result": None}, "Interviews x1: say how it ended (Result)"),
        ("contacts", {"at": None}, "Contacts k1: say when it was (At)"),
        ("contacts", {"result": None}, "Contacts k1: say whether you spoke or only tried (Result)"),
        ("reviews", {"kind": None}, "Reviews r1: say which review it was (Kind)"),
        ("reviews", {"held_at": None}, "Reviews r1: say when it was held (Held at)"),
        ("reviews", {"findings": " "}, "Reviews r1: write down what was concluded (Findings)"),
        ("letters", {"sent_at": None}, "Letters l1: say when it went (Sent at)"),
        ("letters", {"decision": None}, "Letters l1: if it went, set Decision to Sent"),
        ("checks", {"found": ()}, f"Tenancy checks t1: say what was found, if only {c.Flag.NONE} (Found)"),
        ("checks", {"checked_at": None}, "Tenancy checks t1: say when it was checked (Checked at)"),
        ("referrals", {"purpose": None}, "Referrals f1: say what it was for (Purpose)"),
        ("referrals", {"partner": None}, "Referrals f1: say who was told (Partner)."),
        ("consents", {"given_by": None}, "Consents c1: say who gave the agreement (Given by)"),
        ("consents", {"given_by": c.GivenBy.PERPETRATOR}, "Consents c1: an alleged perpetrator cannot agree"),
    ],
)
def test_a_row_with_one_blank_cell_says_which_and_that_it_does_not_count_yet(
    table: str, cells: dict[str, Any], sentence: str
) -> None:
    """HC-022, HC-036, HC-037, HC-052, HC-069, HC-112, R-12, A-33: nobody believes that it is done."""
    whole = WHOLE[table]
    before, after = said(**{table: (whole,)}), said(**{table: (replace(whole, **cells),)})

    assert not [x for x in before if x.startswith(sentence)]
    assert len([x for x in after if x.startswith(sentence)]) == 1


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("interviews", replace(MET, result=None, happened_at=None, booked_for=NOW)),
        ("reviews", replace(review(c.ReviewKind.OUTCOME), kind=None, covers_outcome=True)),
        ("letters", replace(letter(c.LetterKind.PROGRESS), decision=None, sent_at=None)),
        ("referrals", replace(MADE, purpose=None, by_hand_at=None)),
        ("consents", consent(c.Option.SUPPORT, c.Answer.NO, given_by=None)),
        ("consents", consent(c.Option.SUPPORT, given_by=None, withdrawn_at=NINE)),
    ],
)
def test_a_booking_a_draft_and_a_no_lack_nothing(table: str, row: Any) -> None:
    """HC-036, R-13: what is not finished looks it, and a no needs nobody's name to act."""
    assert not [x for x in said(**{table: (row,)}) if "say w" in x or "say h" in x or "set Decision" in x]


def test_a_time_that_was_left_out_is_said_once() -> None:
    """R-07: the cell is filled, and another sentence says why it does not count."""
    left_out = "Reviews r1: Held at is in the future (Thursday 19 November 2026 09:00), so it does not count."
    on = case(reviews=(replace(review(c.ReviewKind.FIRST), held_at=None),))

    assert any("(Held at)" in x for x in faults(on))
    assert not any("(Held at)" in x for x in faults(on, [left_out]))
