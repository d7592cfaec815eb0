"""Answers: what a partner says later of what it was sent, once however often it is read, and never in its own words."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Literal

import pytest

from automations.model import Development, Referral
from automations.outbox.answers import answered, awaited
from automations.ports import Answer
from schema import choices as c
from tests.unit.automations.made_up import case
from tests.unit.automations.who_and_when import HOUR, NINE, VICTIM

State = c.ReferralState
KEY, RECALL = "a" * 32, "b" * 32
SENT = Referral(id="7", created_at=NINE, key="CW-2026-0007/referral/police_referral/incident-1", state=State.SENT,
                purpose=c.Purpose.POLICE, sent_at=NINE + HOUR, sent_under=KEY, fingerprint="f", incident_id="i1",
                form=c.ReferralForm.IDENTIFIED)  # fmt: skip
LATER = NINE + 5 * HOUR
Said = Literal["accepted", "rejected", "outcome", "recalled"]


def says(said: Said, row: Referral = SENT, **cells: Any) -> dict[str, Any]:
    """What that answer makes of the row; empty where it changes nothing."""
    told: dict[str, Any] = {"key": KEY, "at": LATER} | cells
    effects = answered(case(referrals=(row,)), row, Answer(said=said, **told), LATER + HOUR)
    return dict(effects[0].cells) if effects else {}


@pytest.mark.parametrize("state", [State.SENT, State.STATISTICS_SENT])
def test_accepted_is_acknowledged_with_their_number(state: c.ReferralState) -> None:
    """HC-052, HC-063: when they said so, and the reference to quote."""
    cells = says("accepted", replace(SENT, state=state), reference="QS/7", code="logged")
    assert (cells["State"], cells["Acknowledged at"]) == (State.ACKNOWLEDGED, LATER)
    assert (cells["Partner's reference"], cells["Partner's answer"]) == ("QS/7", "logged")
    assert cells["History"].endswith("(the partner)")


@pytest.mark.parametrize("state", [State.UNKNOWN, State.FAILED, State.SENDING])
def test_an_answer_tells_that_what_nobody_knew_of_arrived(state: c.ReferralState) -> None:
    """HC-063: then it is not sent again, and counts from when they said so."""
    cells = says("accepted", replace(SENT, state=state, sent_at=None))
    assert (cells["State"], cells["Sent at"]) == (State.ACKNOWLEDGED, LATER)
    assert "Sent at" not in says("accepted")


def test_rejected_stops_at_a_person_although_it_was_acknowledged() -> None:
    """HC-063: the step is open again."""
    cells = says("rejected", replace(SENT, state=State.ACKNOWLEDGED), code="not_our_area")
    assert (cells["State"], cells["Partner's answer"]) == (State.REJECTED, "not_our_area")


def test_an_outcome_is_kept_as_its_code_and_told_once() -> None:
    """HC-070, HC-118: what staff write of it in Outcome stays theirs."""
    row = replace(SENT, state=State.ACKNOWLEDGED)
    of = case(referrals=(row,))
    told = Answer(KEY, "outcome", code="visited", at=LATER)
    first, second = answered(of, row, told, LATER)
    assert first.cells == {"Partner's answer": "visited"}
    assert second.cells["Development"] == "A partner told what came of it"
    kept, there = replace(row, code="visited"), (Development(id="1", created_at=NINE, key=second.key),)
    assert answered(case(referrals=(kept,), developments=there), kept, told, LATER) == []


def test_an_outcome_without_a_code_is_told_all_the_same() -> None:
    """HC-118: of a referral that was acknowledged before; nothing on its row changes."""
    row = replace(SENT, state=State.ACKNOWLEDGED)
    [told] = answered(case(referrals=(row,)), row, Answer(KEY, "outcome", at=LATER), LATER)
    assert (told.table, told.cells["Detail"]) == ("Developments", "Referrals 7.")


def test_a_recall_is_acknowledged_under_either_key_and_only_where_one_went() -> None:
    """R-13."""
    row = replace(SENT, state=State.RECALL_SENT, recall_sent_at=NINE + 2 * HOUR, recall_under=RECALL)
    for key in (KEY, RECALL):
        cells = says("recalled", row, key=key)
        assert (cells["State"], cells["Recall acknowledged at"]) == (State.RECALLED, LATER)
    assert says("recalled") == {}
    assert says("accepted", row, key=RECALL) == {}, "that they have it is not that they deleted anything"


@pytest.mark.parametrize(("said", "state"), [
    ("accepted", State.RECALLED), ("accepted", State.WAITING), ("accepted", State.ACKNOWLEDGED),
    ("rejected", State.RECALL_SENT), ("outcome", State.READY), ("recalled", State.RECALLED),
])  # fmt: skip
def test_an_answer_that_does_not_fit_changes_nothing(said: Said, state: c.ReferralState) -> None:
    assert says(said, replace(SENT, state=state)) == {}


def test_an_answer_under_another_key_is_about_something_else() -> None:
    assert says("accepted", key="c" * 32) == {}
    assert says("recalled", replace(SENT, state=State.RECALL_SENT, recall_under=RECALL), key="c" * 32) == {}
    assert says("accepted", replace(SENT, sent_under=None), key="") == {}
    assert says("accepted")


@pytest.mark.parametrize("words", ["We rang Ada Marker", "x" * 65, "a\nb", "<b>", ""])
def test_no_word_of_theirs_stands_in_a_base(words: str) -> None:
    """R-15: codes and numbers alone."""
    of = case(referrals=(SENT,))
    effects = answered(of, SENT, Answer(KEY, "accepted", words, words, LATER), LATER)
    assert not any(words and words in str(value) for e in effects for value in e.cells.values())
    assert "Partner's reference" not in effects[0].cells


@pytest.mark.parametrize("code", ["Markerby", "markerby-7", "visited_markerby", "AdaMarkerby", "ada/1"])
def test_a_code_with_a_name_of_the_case_in_it_is_dropped(code: str) -> None:
    """R-15, HC-063: one word of theirs may be somebody's name; nobody on the case is told of by a partner's code."""
    for name, kept in (("Ada Markerby", None), ("Somebody Else", code)):
        of = case(referrals=(SENT,), people=(replace(VICTIM, name=name),))
        row, told = answered(of, SENT, Answer(KEY, "accepted", code, code, LATER), LATER)
        assert (row.cells.get("Partner's answer"), row.cells.get("Partner's reference")) == (kept, kept)
        assert (code in told.cells["Detail"]) is bool(kept)
        assert row.cells["State"] == State.ACKNOWLEDGED


def test_a_time_of_theirs_is_neither_ahead_of_us_nor_before_it_went() -> None:
    """R-07."""
    assert says("accepted", at=LATER + timedelta(days=9))["Acknowledged at"] == LATER + HOUR
    assert says("accepted", at=NINE - HOUR)["Acknowledged at"] == NINE + HOUR
    assert says("accepted", at=None)["Acknowledged at"] == LATER + HOUR


def test_it_is_told_in_the_chronology_once() -> None:
    """HC-120: by the record's number and the code."""
    effects = answered(case(referrals=(SENT,)), SENT, Answer(KEY, "accepted", "QS/7", "logged", LATER), LATER)
    told = effects[1]
    assert (told.table, told.cells["Detail"]) == ("Developments", "Referrals 7. Code: logged. Their reference: QS/7.")
    there = case(referrals=(SENT,), developments=(Development(id="1", created_at=NINE, key=told.key),))
    assert len(answered(there, SENT, Answer(KEY, "accepted", at=LATER), LATER)) == 1


def test_answers_are_asked_for_what_left_and_for_open_recalls() -> None:
    """Nothing is asked about what never left, or about a recall that is confirmed."""
    rows = (SENT, replace(SENT, id="8", sent_under="d" * 32, state=State.WAITING),
            replace(SENT, id="9", sent_under="e" * 32, recall_under=RECALL, state=State.RECALL_SENT),
            replace(SENT, id="10", sent_under="f" * 32, recall_under="0" * 32, state=State.RECALLED))  # fmt: skip
    found = awaited([case(referrals=rows)])
    assert {key: row.id for key, (_, row) in found.items()} == {KEY: "7", "e" * 32: "9", RECALL: "9", "f" * 32: "10"}
