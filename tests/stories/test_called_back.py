"""Stories: a partner that was told, and then a no, or a mistake of ours: a recall or a correction goes the same way."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from automations.outbox.ready import NOT_CORRECTED
from automations.ports import Receipt
from casewatch.demo.landlord import EAST_PARTNERSHIP
from schema import choices as c
from tests.house import HarbourRow
from tests.stories.day_by_day import STATE, a_case, needs
from tests.stories.test_staff_decide_what_goes import POLICE, edit, ready

pytestmark = pytest.mark.usefixtures("plain_letters")
State, Answer = c.ReferralState, c.Answer


def told() -> HarbourRow:
    """The victim agreed and the partnership was told at once, by name."""
    house = a_case(tell_the_partnership=Answer.YES)
    assert row(house)["State"] == State.SENT
    house.wait(hours=5)
    return house


def row(house: HarbourRow, key: str = "CW-2026-0001/notify_cdrp/incident-1") -> Mapping[str, Any]:
    return house.only("Referrals", key=key).fields


def messages(house: HarbourRow) -> list[str]:
    return [each["message"] for each in house.east.told()]


def withdraw(house: HarbourRow) -> None:
    house.staff_write("amber", "Consents", house.only("Consents", option=c.Option.CDRP).id, withdrawn_at=house.now)


def agree_again(house: HarbourRow) -> None:
    """A while later, with a new version of the plan."""
    house.now += timedelta(minutes=1)
    house.staff_write("amber", "Action plan", version="2", agreed_at=house.now)
    house.staff_write("amber", "Consents", house.only("Consents", option=c.Option.CDRP).id, withdrawn_at=None,
                      answer=Answer.YES, given_at=house.now, given_by=c.GivenBy.VICTIM)  # fmt: skip


def test_a_no_after_they_were_told_sends_a_recall_once() -> None:
    """R-13, HC-052: under a key and a token of its own; while the partner is told nothing else the yes stays theirs."""
    house = told()
    withdraw(house)
    house.wait(hours=1)
    house.wait(hours=30)
    assert messages(house) == ["cdrp_notice", "recall"]
    assert house.east.told("recall")[0]["recalls"]["key"] == row(house)["Sent under"]
    assert (row(house)["State"], row(house)["Recall sent under"]) == (State.RECALL_SENT, list(house.east.notices)[1])
    tokens = {r.fields["Token"]: r.fields["Outcome"] for r in house.platform.records("Send tokens")}
    assert tokens["CW-2026-0001/notify_cdrp/incident-1/recall"] == "Sent"
    assert house.action("notify_cdrp")["State"] == STATE.DONE, "the partnership has heard of the incident"
    assert "said no after" not in needs(house)
    assert "A recall went to them" in row(house)["Why"]


def test_a_recall_that_nobody_confirms_is_a_persons_to_chase_after_two_working_days() -> None:
    """R-13, HC-108: from Wednesday over Friday's end; then staff enter that the partner confirmed."""
    house = told()
    withdraw(house)
    house.go_to("2026-11-20 23:00")
    assert "is not confirmed yet: if they do not say so by Friday 20 November 2026 23:59, ring them" in needs(house)
    house.go_to("2026-11-23 09:00")
    assert "the recall of Wednesday 18 November 2026 14:00 is not confirmed: ring the partner" in needs(house)
    house.staff_write("amber", "Referrals", house.only("Referrals").id, partner_confirmed_at=house.now)
    assert row(house)["State"] == State.RECALLED
    assert row(house)["Recall acknowledged at"] == house.now
    assert str(row(house)["History"]).splitlines()[-1].endswith("(Amber Testwood)")
    assert "not confirmed" not in needs(house)


def test_a_partner_that_does_not_answer_is_rung_until_the_recall_went() -> None:
    """R-13: the sentence of today stays for as long as the partner knows and was not asked to stop."""
    house = told()
    house.east.down = True
    withdraw(house)
    assert f"The victim said no after {EAST_PARTNERSHIP} was told by name" in needs(house)
    assert (row(house)["State"], messages(house)) == (State.SENT, ["cdrp_notice"])
    house.east.down = False
    house.wait(hours=2)
    assert messages(house) == ["cdrp_notice", "recall"]
    assert "said no after" not in needs(house)


def test_a_partner_that_staff_rang_is_sent_no_recall_besides() -> None:
    """R-13: they were asked, and the row says when."""
    house = told()
    house.east.down = True
    withdraw(house)
    house.staff_write("amber", "Referrals", house.only("Referrals").id, partner_asked_to_stop_at=house.now)
    house.east.down = False
    house.wait(hours=3)
    assert messages(house) == ["cdrp_notice"]


def test_a_recall_that_the_partner_refuses_is_a_persons() -> None:
    """R-13: they still know."""
    house = told()
    house.east.deliver = lambda *_: Receipt(accepted=False, reason="No such key.")  # type: ignore[method-assign]
    withdraw(house)
    house.wait(hours=1)
    assert row(house)["State"] == State.SENT
    assert "ring them and ask them to stop and delete" in needs(house)


def test_a_victim_who_agrees_again_before_the_recall_went_is_not_called_back() -> None:
    """R-13: read again immediately before the bytes leave, as the notice is."""
    house = told()
    house.east.down = True
    withdraw(house)
    agree_again(house)
    house.east.down = False
    house.wait(hours=2)
    assert messages(house) == ["cdrp_notice"]


def test_after_a_recall_a_later_yes_waits_until_it_is_confirmed_and_then_one_notice_goes() -> None:
    """R-14, HC-052: the partner must not be told to delete what it was just sent."""
    house = told()
    withdraw(house)
    house.wait(hours=1)
    agree_again(house)
    house.wait(hours=30)
    assert messages(house) == ["cdrp_notice", "recall"]
    house.staff_write("amber", "Referrals", house.only("Referrals").id, partner_confirmed_at=house.now)
    house.wait(hours=1)
    house.wait(hours=1)
    assert messages(house) == ["cdrp_notice", "recall", "cdrp_notice"]
    assert "replaces" not in house.east.told()[-1]
    assert row(house, "CW-2026-0001/notify_cdrp/incident-1/identified")["State"] == State.SENT


def test_called_back_and_agreed_to_again_and_again() -> None:
    """R-13, R-14: each yes has a notice of its own, each no a recall, and nothing goes twice."""
    house = a_case(tell_the_partnership=Answer.NO)
    for n in range(1, 4):
        agree_again(house)
        house.wait(hours=1)
        withdraw(house)
        house.wait(hours=1)
        last = house.platform.records("Referrals")[-1]
        assert last.fields["State"] == State.RECALL_SENT, n
        house.staff_write("amber", "Referrals", last.id, partner_confirmed_at=house.now)
        house.wait(hours=30)
    assert messages(house) == ["cdrp_notice", *["cdrp_notice", "recall"] * 3]
    keys = [str(r.fields["Key"]).rpartition("/")[2] for r in house.platform.records("Referrals")]
    assert keys == ["incident-1", "identified", "identified-2", "identified-3"]


def test_a_referral_called_back_is_no_longer_shown_as_done() -> None:
    """R-11, HC-063: the victim said no, so it is not needed; agreed to again it is owed again, on a row of its own."""
    house, desk = ready()
    edit(house, decision=c.ReferralDecision.SEND)
    assert house.action("police_referral")["State"] == STATE.DONE
    house.wait(hours=1)
    yes = house.only("Consents", option=c.Option.POLICE).id
    house.staff_write("amber", "Consents", yes, answer=Answer.NO)
    house.run()
    assert [each["message"] for each in desk.told()] == ["police_referral", "recall"]
    assert house.action("police_referral")["State"] == STATE.NOT_NEEDED
    id = house.only("Referrals", purpose=c.Purpose.POLICE).id
    house.staff_write("amber", "Referrals", id, partner_confirmed_at=house.now)
    house.wait(hours=1)
    house.staff_write("amber", "Action plan", version="2", agreed_at=house.now)
    house.staff_write("amber", "Consents", yes, answer=Answer.YES, given_at=house.now)
    assert house.action("police_referral")["State"] == STATE.ALERT
    rows = [r.fields for r in house.platform.records("Referrals") if r.fields["Purpose"] == c.Purpose.POLICE]
    assert [r["State"] for r in rows] == [State.RECALLED, State.READY]


def test_a_partner_without_a_destination_is_rung_as_before() -> None:
    """R-13, HC-063: told by telephone, called back by telephone."""
    house, desk = ready()
    edit(house, made_by_hand_at=house.now)
    house.wait(hours=1)
    house.staff_write("amber", "Consents", house.only("Consents", option=c.Option.POLICE).id, answer=Answer.NO)
    assert f"The victim said no after {POLICE} was told by hand" in needs(house)
    assert not desk.notices


def test_a_record_found_wrong_is_corrected_to_whoever_got_it() -> None:
    """HC-052, R-10: what staff write of it stays with us; the referral stays on record as one that went."""
    house = told()
    house.staff_write("amber", "Referrals", house.only("Referrals").id, recall_because="Sample Person was not there.")
    house.wait(hours=1)
    assert messages(house) == ["cdrp_notice", "correction"]
    assert house.east.told("correction")[0]["corrects"]["key"] == row(house)["Sent under"]
    assert not any(b"was not there" in body for body in house.east.notices.values())
    assert row(house)["State"] == State.CORRECTED
    assert house.action("notify_cdrp")["State"] == STATE.DONE
    assert "is wrong" not in needs(house)
    withdraw(house)
    assert messages(house) == ["cdrp_notice", "correction", "recall"]


def test_what_was_told_by_hand_and_is_wrong_is_put_right_by_hand() -> None:
    """HC-063: the case says so until staff enter when the partner confirmed."""
    house, desk = ready()
    edit(house, made_by_hand_at=house.now, recall_because="The wrong address.")
    assert "what the partner was told is wrong: ring them" in needs(house)
    edit(house, partner_confirmed_at=house.now)
    assert "is wrong" not in needs(house)
    assert not desk.notices


def test_no_correction_by_name_goes_a_way_that_carries_no_names_any_more() -> None:
    """R-26, HC-052: the settings took the partner's key away since; with it back, the correction goes."""
    house = told()
    house.east.carries_names = False
    house.staff_write("amber", "Referrals", house.only("Referrals").id, recall_because="The street was wrong.")
    house.wait(hours=1)
    assert messages(house) == ["cdrp_notice"]
    assert row(house)["Answer"] == NOT_CORRECTED
    house.east.carries_names = True
    house.wait(hours=2)
    assert messages(house) == ["cdrp_notice", "correction"]
