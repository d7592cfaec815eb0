"""Stories: a no that is entered while the message is on its way to a partner, after the last reading said yes."""

from datetime import timedelta

import pytest

from automations.outbox.answers import answered, awaited
from automations.ports import Answer, Receipt
from automations.reading import Cases, office
from schema import choices as c
from tests.house import Desk, HarbourRow

pytestmark = pytest.mark.usefixtures("plain_letters")
State = c.ReferralState


def takes_its_time(house: HarbourRow, withdrawn: bool) -> None:
    """The partner needs twenty seconds for a message, and the victim says no, if so, after the first ten."""
    takes = Desk.deliver

    def deliver(payload: bytes, key: str, to: str = "") -> Receipt:
        house.now += timedelta(seconds=10)
        if withdrawn:
            id = house.only("Consents", option=c.Option.CDRP).id
            house.staff_write("amber", "Consents", id, withdrawn_at=house.now)
        house.now += timedelta(seconds=10)
        house.east.deliver = takes.__get__(house.east)  # type: ignore[method-assign]
        return takes(house.east, payload, key, to)

    house.east.deliver = deliver  # type: ignore[method-assign]


@pytest.mark.parametrize(("withdrawn", "then"), [(True, State.RECALL_SENT), (False, State.SENT)])
def test_a_no_while_the_message_is_on_its_way_calls_it_back(withdrawn: bool, then: c.ReferralState) -> None:
    """R-13, HC-052: it counts as sent from the last reading, not from the answer; without a no nothing is recalled."""
    house = HarbourRow()
    takes_its_time(house, withdrawn)
    house.report(tell_the_partnership=c.Answer.YES)
    house.wait(hours=1)

    assert house.only("Referrals").fields["State"] == then
    assert [each["message"] for each in house.east.told()] == ["cdrp_notice", "recall"][: 1 + withdrawn]


@pytest.mark.parametrize(("withdrawn", "then"), [(True, State.RECALL_SENT), (False, State.ACKNOWLEDGED)])
def test_a_no_before_the_answer_that_tells_that_it_arrived_calls_it_back(
    withdrawn: bool, then: c.ReferralState
) -> None:
    """R-13: nobody knew whether it arrived; the partner says so an hour after the no. Without a no it stays theirs."""
    house = HarbourRow()
    house.east.once, house.east.silent = False, True
    house.report(tell_the_partnership=c.Answer.YES)
    assert house.only("Referrals").fields["State"] == State.UNKNOWN
    house.east.silent = False
    house.wait(hours=1)
    if withdrawn:
        house.staff_write("amber", "Consents", house.only("Consents", option=c.Option.CDRP).id, withdrawn_at=house.now)
    house.wait(hours=1)
    _answers(house)
    house.wait(hours=1)

    assert house.only("Referrals").fields["State"] == then
    assert [each["message"] for each in house.east.told()] == ["cdrp_notice", "recall"][: 1 + withdrawn]


def _answers(house: HarbourRow) -> None:
    """The partner says that they have it."""
    cases = Cases(house.platform).all(office(house.platform, house.now))
    [(key, (case, row))] = awaited(cases).items()
    for effect in answered(case, row, Answer(key, "accepted"), house.now):
        if effect.record:
            house.platform.update(effect.table, [(effect.record, effect.cells)])
