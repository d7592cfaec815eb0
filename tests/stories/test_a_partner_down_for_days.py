"""Stories: a partner over real HTTP that fails in every way a server can, and what the row says meanwhile."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from automations.rests import PAUSES
from casewatch.desks.partner import Instead, PartnerDesk
from schema import choices as c
from sync.partners.https_json import Destination, HttpsJson
from tests.house import HarbourRow

pytestmark = pytest.mark.usefixtures("plain_letters")
State = c.ReferralState
TOLD = {State.SENT, State.STATISTICS_SENT}


class Fails:
    """What a desk answers: the same failure while it is down, and then as it should."""

    def __init__(self) -> None:
        self.down: Instead | None = None
        self.asked = 0

    def __call__(self, number: int) -> Instead | None:
        self.asked = number
        return self.down


@pytest.fixture
def over_http(tmp_path: Path) -> Iterator[tuple[HarbourRow, PartnerDesk, Fails]]:
    """The partner in the east is a real server."""
    house, fails = HarbourRow(), Fails()
    with PartnerDesk(tmp_path, "token", answer=fails) as desk:
        way = HttpsJson(Destination("quayside", desk.url, "token"), timeout=(1.0, 0.3), longest=1.0)
        house.east.deliver = way.deliver  # type: ignore[method-assign]
        yield house, desk, fails


def states(house: HarbourRow) -> set[object]:
    return {r.fields["State"] for r in house.platform.records("Referrals")}


def test_three_days_down_is_a_try_an_hour_and_then_each_notice_arrives_once(
    over_http: tuple[HarbourRow, PartnerDesk, Fails],
) -> None:
    """HC-052: nothing is lost and nobody is counted twice, however long it takes."""
    house, desk, fails = over_http
    fails.down = Instead(503)
    for _ in range(3):
        house.report(tell_the_partnership=c.Answer.NO)
    start = house.now
    while house.now < start + timedelta(days=3):
        house.now += timedelta(minutes=45)
        house.runner.once()
    assert desk.requests <= 3 * 24 / 0.8 + len(PAUSES) + 3
    assert State.FAILED in states(house)
    assert states(house) <= {State.FAILED, State.READY}
    assert desk.kept() == []

    fails.down = None
    house.now += PAUSES[-1]
    house.runner.once()
    assert states(house) <= TOLD
    assert len(desk.kept()) == 3


@pytest.mark.parametrize(
    "instead",
    [Instead(500), Instead(store=True), Instead(), Instead(201, store=True, after=0.6), Instead(408)],
    ids=["500", "delivered and the answer lost", "hung up", "delivered and slow", "408"],
)
def test_after_one_failure_the_partner_has_one_notice_and_the_row_says_so(
    over_http: tuple[HarbourRow, PartnerDesk, Fails], instead: Instead
) -> None:
    """HC-052, R-14: whether the first try had arrived or not."""
    house, desk, fails = over_http
    fails.down = instead
    house.report(tell_the_partnership=c.Answer.NO)
    assert states(house) == {State.FAILED}
    fails.down = None
    house.now += PAUSES[0]
    house.runner.once()

    assert states(house) == {State.STATISTICS_SENT}
    assert len(desk.kept()) == 1


def test_a_partner_that_asks_to_wait_is_not_rung_before_the_time_it_named(
    over_http: tuple[HarbourRow, PartnerDesk, Fails],
) -> None:
    """429 with Retry-After: also the notices that come meanwhile wait for it."""
    house, desk, fails = over_http
    fails.down = Instead(429, headers={"Retry-After": "1200"})
    house.report(tell_the_partnership=c.Answer.NO)
    fails.down, begun = None, house.now
    house.report(tell_the_partnership=c.Answer.NO)
    while house.now < begun + timedelta(seconds=1180):
        house.now += timedelta(seconds=59)
        house.runner.once()
    assert desk.requests == 1
    house.now = begun + timedelta(seconds=1200 * 1.1 + 60)
    house.runner.once()

    assert states(house) == {State.STATISTICS_SENT}
    assert len(desk.kept()) == 2
