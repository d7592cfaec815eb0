"""Stories: what is told to a partner and to staff, when they are down, and when the victim changes their mind."""

import json
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from automations.errors import MailboxBusy, NeedsAPerson
from automations.ports import Receipt
from automations.tokens import Tokens
from schema import choices as c
from tests.house import HarbourRow

pytestmark = pytest.mark.usefixtures("plain_letters")
State, Answer = c.ReferralState, c.Answer


def a_case(**cells: Any) -> HarbourRow:
    house = HarbourRow("2026-11-18 09:00")
    house.report(**({"tell_the_partnership": Answer.YES} | cells))
    return house


def down(**cells: Any) -> HarbourRow:
    """A case whose partner did not answer the first try."""
    house = HarbourRow("2026-11-18 09:00")
    house.east.down = True
    house.report(**({"tell_the_partnership": Answer.YES} | cells))
    return house


def row(house: HarbourRow) -> Any:
    return house.only("Referrals").fields


def cdrp(house: HarbourRow) -> str:
    return next(r.id for r in house.platform.records("Consents") if r.fields["Option"] == c.Option.CDRP)


def forms(house: HarbourRow) -> list[str]:
    return [json.loads(n)["form"] for n in house.east.notices.values()]


def test_a_partner_that_is_down_is_asked_again_ever_more_seldom_and_told_once() -> None:
    house = down()
    tries: list[float] = []
    before, start = row(house)["Tries"], house.now
    for _ in range(300):
        house.wait(seconds=30)
        if row(house)["Tries"] != before:
            before = row(house)["Tries"]
            tries.append((house.now - start).total_seconds() / 60)
    gaps = [later - earlier for earlier, later in pairwise(tries)]
    growing = [gap for gap in gaps if gap < 60 * 0.8]  # from then on about an hour each
    assert growing == sorted(growing) == gaps[: len(growing)]
    assert 5 <= len(tries) <= 7
    assert row(house)["State"] == State.FAILED
    assert house.action("notify_cdrp")["State"] == c.ActionState.OPEN
    house.east.down = False
    house.wait(hours=1)
    house.wait(hours=1)
    assert (row(house)["State"], house.east.deliveries, forms(house)) == (State.SENT, 1, ["identified"])


def test_consent_withdrawn_while_the_partner_is_down_sends_statistics_and_no_name() -> None:
    """R-13, HC-052: read again immediately before the bytes leave."""
    house = down()
    house.staff_write("amber", "Consents", cdrp(house), withdrawn_at=house.now)
    house.east.down = False
    house.wait(hours=2)
    assert forms(house) == ["statistical"]
    assert not any(b"Sample Person" in n for n in house.east.notices.values())
    assert row(house)["State"] == State.STATISTICS_SENT
    kept = down()
    kept.east.down = False
    kept.wait(hours=2)
    assert forms(kept) == ["identified"]


def test_consent_withdrawn_between_deciding_and_sending_is_seen_at_the_last_moment() -> None:
    house = HarbourRow("2026-11-18 09:00")
    create = house.platform.create

    def meanwhile(table: str, rows: Any) -> list[str]:
        ids = create(table, rows)
        if table == "Referrals":
            with house.platform.as_user("amber@harbour-row.example"):
                house.platform.update("Consents", [(cdrp(house), {"Withdrawn at": house.now})])
        return ids

    house.platform.create = meanwhile  # type: ignore[method-assign]
    house.report(tell_the_partnership=Answer.YES)
    assert forms(house) == ["statistical"]


def test_a_withdrawal_dated_tomorrow_acts_today() -> None:
    """R-13."""
    house = down()
    house.staff_write("amber", "Consents", cdrp(house), withdrawn_at=house.now + timedelta(days=1))
    house.east.down = False
    house.wait(hours=2)
    assert forms(house) == ["statistical"]


def test_a_later_yes_sends_one_notice_by_name_that_replaces_the_statistics() -> None:
    """R-14: the partnership counts once."""
    house = a_case(tell_the_partnership=Answer.NO)
    house.wait(hours=1)
    house.staff_write("amber", "Action plan", version="2", agreed_at=house.now)
    yes = {"answer": Answer.YES, "given_at": house.now, "given_by": c.GivenBy.VICTIM}
    house.staff_write("amber", "Consents", cdrp(house), **yes)
    house.wait(hours=1)
    counted, named = (json.loads(n) for n in house.east.notices.values())
    assert (counted["form"], named["form"]) == ("statistical", "identified")
    assert named["replaces"] == counted["reference"]
    assert len(house.platform.records("Referrals")) == 2


def test_statistics_are_never_sent_twice_because_a_name_was_withdrawn() -> None:
    """The notice by name waits for a partner that is down; the yes is withdrawn; nothing more goes."""
    house = a_case(tell_the_partnership=Answer.NO)
    house.wait(hours=1)
    house.east.down = True
    house.staff_write("amber", "Action plan", version="2", agreed_at=house.now)
    yes = {"answer": Answer.YES, "given_at": house.now, "given_by": c.GivenBy.VICTIM}
    house.staff_write("amber", "Consents", cdrp(house), **yes)
    house.staff_write("amber", "Consents", cdrp(house), withdrawn_at=house.now)
    house.east.down = False
    house.wait(hours=3)
    assert forms(house) == ["statistical"]
    states = [r.fields["State"] for r in house.platform.records("Referrals")]
    assert states == [State.STATISTICS_SENT, State.STOPPED]


def test_withdrawn_between_deciding_and_sending_the_replacement_nothing_goes() -> None:
    house = a_case(tell_the_partnership=Answer.NO)
    house.wait(hours=1)
    create = house.platform.create

    def meanwhile(table: str, rows: Any) -> list[str]:
        ids = create(table, rows)
        if table == "Referrals":
            house.platform.update("Consents", [(cdrp(house), {"Withdrawn at": house.now})])
        return ids

    house.platform.create = meanwhile  # type: ignore[method-assign]
    with house.platform.as_user("amber@harbour-row.example"):
        house.platform.create("Action plan", [{"Version": "2", "Agreed at": house.now,
                                               "Case": (house.only("Cases").id,)}])  # fmt: skip
        house.platform.update("Consents", [(cdrp(house), {
            "Answer": Answer.YES, "Given at": house.now, "Given by": c.GivenBy.VICTIM})])  # fmt: skip
    house.run()
    assert len(house.platform.records("Referrals")) == 2
    assert forms(house) == ["statistical"]


@pytest.mark.parametrize(
    ("cells", "why"),
    [({"Switched off": True}, "switched off"), ({"Destination": "nowhere in the settings"}, "not in the settings")],
)
def test_a_partner_switched_off_or_without_a_destination_gets_nothing_until_that_is_put_right(
    cells: dict[str, Any], why: str
) -> None:
    """R-26, and settled: the same words are not written over and over."""
    house = HarbourRow("2026-11-18 09:00")
    partner = house.platform.records("Partners")[0]
    house.platform.update("Partners", [(partner.id, cells)])
    house.report(tell_the_partnership=Answer.YES)
    assert not house.east.notices
    assert why in f"{row(house)['Why']} {row(house)['Answer']}"
    stamp = house.only("Referrals").updated_at
    house.wait(minutes=1)
    assert house.only("Referrals").updated_at == stamp
    house.platform.update("Partners", [(partner.id, {k: partner.fields[k] for k in cells})])
    house.wait(minutes=10)
    assert forms(house) == ["identified"]


def test_a_notice_that_the_partner_refuses_stops_at_a_person_and_is_not_done() -> None:
    house = HarbourRow("2026-11-18 09:00")
    house.east.deliver = lambda *_: Receipt(accepted=False, reason="Not our area.")  # type: ignore[method-assign]
    house.report(tell_the_partnership=Answer.YES)
    assert (row(house)["State"], row(house)["Answer"]) == (State.REJECTED, "Not our area.")
    house.wait(hours=2)
    assert row(house)["Tries"] == 1
    assert house.action("notify_cdrp")["State"] == c.ActionState.OPEN


def test_told_by_hand_is_told_and_nothing_is_sent_besides() -> None:
    house = down()
    house.staff_write("amber", "Referrals", house.only("Referrals").id, made_by_hand_at=house.now)
    house.east.down = False
    house.wait(hours=2)
    assert not house.east.notices
    assert house.action("notify_cdrp")["State"] == c.ActionState.DONE


def test_each_incident_is_told_once() -> None:
    house = a_case()
    house.wait(hours=1)
    yes = {"option": c.Option.CDRP, "answer": Answer.YES, "given_by": c.GivenBy.VICTIM,
           "organisation": "Quayside Community Safety Partnership"}  # fmt: skip
    house.staff_write("amber", "Incidents", first_reported_at=house.now)
    assert forms(house) == ["identified"], "the earlier yes is not used for the further incident (HC-107)"
    victim = house.only("People").id
    house.staff_write("amber", "Consents", given_at=house.now, victim=(victim,), **yes)
    assert forms(house) == ["identified", "identified"]
    assert sorted(json.loads(n)["incident"]["number"] for n in house.east.notices.values()) == [1, 2]


def test_mail_that_is_down_delays_the_alert_and_loses_nothing() -> None:
    """HC-006: the first people hear as soon as it is back, and the managers after the hour all the same."""
    house = HarbourRow("2026-11-21 23:30")
    house.mail.down = True
    house.report()
    assert house.only("Alerts").fields["State"] == c.AlertState.RAISED
    assert "does not answer" in str(house.only("Alerts").fields["Problem"])
    house.mail.down = False
    house.wait(minutes=5)
    assert [to.split("@")[0] for to, *_ in house.mail.sent] == ["amber", "elder"]
    assert house.only("Alerts").fields["Problem"] is None
    house.wait(minutes=60)
    assert house.only("Alerts").fields["State"] == c.AlertState.ESCALATED


def test_one_mailbox_that_fails_neither_repeats_the_others_nor_holds_up_the_managers() -> None:
    house = HarbourRow("2026-11-21 23:30")
    send = house.mail.send

    def busy(to: str, *more: Any) -> None:
        if to.startswith("elder"):
            raise MailboxBusy
        send(to, *more)

    house.mail.send = busy  # type: ignore[method-assign]
    house.report()
    for _ in range(5):
        house.wait(minutes=5)
    assert [to.split("@")[0] for to, *_ in house.mail.sent] == ["amber"]
    house.wait(minutes=40)
    assert "coral" in [to.split("@")[0] for to, *_ in house.mail.sent]


def test_an_address_that_is_refused_is_said_and_the_others_are_told() -> None:
    house = HarbourRow()
    send = house.mail.send

    def refusing(to: str, *more: Any) -> None:
        if to.startswith("elder"):
            raise NeedsAPerson("The mail server refuses an address.")
        send(to, *more)

    house.mail.send = refusing  # type: ignore[method-assign]
    house.report()
    alert = house.only("Alerts").fields
    assert (alert["State"], alert["Problem"]) == (c.AlertState.SENT, "The mail server refuses an address.")


def test_without_a_single_address_the_alert_stays_and_says_why() -> None:
    house = HarbourRow()
    for r in house.platform.records("Staff"):
        house.platform.update("Staff", [(r.id, {"E-mail": None})])
    house.report()
    assert house.only("Alerts").fields["Problem"] == "No member of staff has an address."
    assert house.only("Cases").fields["Reference"] == "CW-2026-0001"


def test_a_token_is_had_once_again_after_not_sent_and_never_after_sent() -> None:
    house = HarbourRow()
    tokens = Tokens(house.platform, lambda: house.now)
    pause = timedelta(minutes=2)
    assert tokens.take("k", pause)
    assert not tokens.take("k", pause), "somebody may be at it"
    assert tokens.take("k"), "where the receiver takes the same key once, at once"
    house.now += pause
    assert tokens.take("k", pause)
    tokens.settle("k", "Not sent")
    assert tokens.take("k", pause)
    tokens.settle("k", "Sent")
    house.now += timedelta(days=1)
    assert not tokens.take("k", pause)
    assert not tokens.take("k")
    assert tokens.sent("k")
    assert not tokens.sent("another")
