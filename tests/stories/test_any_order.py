"""Stories in any order: a victim says yes and no at any point between queue and receipt, and everything breaks off.

Whatever the order: nothing by name goes where the last reading said no, nothing is lost without a word, and nothing
counts twice.
"""

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from automations.errors import NotReached, TryAgainLater
from automations.ports import Receipt
from schema import choices as c
from tests.house import Desk, HarbourRow

pytestmark = pytest.mark.usefixtures("plain_letters")
SETTINGS = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
State = c.ReferralState
POLICE = "Sample Police"
READS = ("find", "get", "records", "update", "create")
POINTS = st.dictionaries(st.integers(1, 260), st.sampled_from(["no", "yes", "no", "cut off"]), max_size=4)
"""At which calls of the platform what happens."""
PARTNER = st.lists(st.sampled_from(["takes it", "down", "answer lost"]), max_size=4)
"""What becomes of each delivery; afterwards it takes everything."""


class Tried:
    """A case on which one option is answered at any call of the platform, with a partner that fails as it is told."""

    def __init__(self, option: c.Option, points: dict[int, str], partner: list[str]) -> None:
        self.option, self.points, self.partner = option, points, list(partner)
        self.house = HarbourRow()
        self.calls = 0
        self.acting = False
        self.last_reading = ""
        self.faults: list[str] = []
        self.house.east.down = True
        self.house.report(**{"Tell the partnership": c.Answer.YES, "Refer to the police": c.Answer.YES})
        self.desk = self.house.partner(POLICE, "Police", is_it_a_police_body=c.YesNo.YES)
        self.house.run()
        self.consent = self.house.only("Consents", option=option).id
        self.house.east.down = False
        self._fails(self.house.east if option is c.Option.CDRP else self.desk)
        for name in READS:
            self._watch(name)

    def _watch(self, name: str) -> None:
        real = getattr(self.house.platform, name)

        def watched(table: str, *more: Any) -> Any:
            if not self.acting:
                self.calls += 1
                self._act(self.points.get(self.calls, ""))
            answer = real(table, *more)
            if table == "Consents" and name == "find" and not self.acting:
                said = {r.id: r.fields for r in answer}.get(self.consent)
                yes = said is not None and said["Answer"] == c.Answer.YES and not said["Withdrawn at"]
                self.last_reading = "yes" if yes else "no"
            return answer

        setattr(self.house.platform, name, watched)

    def _act(self, what: str) -> None:
        if what == "cut off":
            raise KeyboardInterrupt
        if not what:
            return
        self.acting = True
        house = self.house
        house.now += timedelta(minutes=1)
        with house.platform.as_user("amber@harbour-row.example"):
            if what == "no":
                house.platform.update("Consents", [(self.consent, {"Withdrawn at": house.now})])
            else:
                told = {"Withdrawn at": None, "Answer": c.Answer.YES, "Given by": c.GivenBy.VICTIM}
                house.platform.update("Consents", [(self.consent, {**told, "Given at": house.now})])
                case = house.platform.records("Cases")[0].id
                house.platform.create("Action plan", [{"Case": (case,), "Agreed at": house.now}])
        self.acting = False

    def _fails(self, desk: Desk) -> None:
        takes = desk.deliver

        def deliver(payload: bytes, key: str, to: str = "") -> Receipt:
            if b"Sample Person" in payload and self.last_reading != "yes":
                self.faults.append("by name, where the last reading said no")
            what = self.partner.pop(0) if self.partner else "takes it"
            if what == "down":
                raise NotReached
            receipt = takes(payload, key, to)
            if what == "answer lost":
                raise TryAgainLater
            return receipt

        desk.deliver = deliver  # type: ignore[method-assign]

    def live(self, passes: int = 6) -> None:
        """Several passes of a runner that is started again wherever it was cut off."""
        for _ in range(passes):
            try:
                self.house.wait(minutes=70)
            except KeyboardInterrupt:
                self.house.restart()

    def settle(self) -> None:
        """Nothing breaks any more, and staff confirm each recall."""
        self.points, self.partner = {}, []
        self.live(4)
        for row in self.house.platform.records("Referrals"):
            if row.fields["State"] == State.RECALL_SENT:
                self.house.staff_write("amber", "Referrals", row.id, partner_confirmed_at=self.house.now)
        self.live(4)

    @property
    def stands(self) -> bool:
        """Whether the victim's last word is a yes."""
        row = self.house.platform.get("Consents", [self.consent])[0].fields
        return row["Answer"] == c.Answer.YES and not row["Withdrawn at"]

    def states(self, purpose: c.Purpose) -> set[Any]:
        return {r.fields["State"] for r in self.house.platform.records("Referrals") if r.fields["Purpose"] == purpose}

    def still_held(self, desk: Desk, message: str) -> list[str]:
        """The notices by name that the partner holds and was not asked to delete."""
        recalled = {each["recalls"]["key"] for each in desk.told("recall")}
        return [
            key for key, body in desk.notices.items()
            if b"Sample Person" in body and message.encode() in body and key not in recalled
        ]  # fmt: skip


@SETTINGS
@given(POINTS, PARTNER)
def test_the_partnership_counts_each_incident_once_and_by_name_only_while_that_is_agreed(
    points: dict[int, str], partner: list[str]
) -> None:
    """R-13, R-14, HC-052: in every order the notice is told, waits with a reason, or stops at a person."""
    tried = Tried(c.Option.CDRP, points, partner)
    tried.live()
    tried.settle()
    house = tried.house
    assert tried.faults == []
    held = tried.still_held(house.east, "cdrp_notice")
    states = tried.states(c.Purpose.CDRP_NOTICE)
    in_doubt = State.UNKNOWN in states
    assert len(held) <= 1
    assert sum(each["form"] == "statistical" for each in house.east.told("cdrp_notice")) <= 1
    assert house.east.told("cdrp_notice") or in_doubt, "lost"
    assert tried.stands or not held or in_doubt, "called back"
    assert states <= {State.SENT, State.STATISTICS_SENT, State.RECALLED, State.UNKNOWN, State.WAITING, State.REFUSED}
    if in_doubt:
        assert "nobody knows if it arrived" in str(house.only("Cases").fields["What needs a person"])
    if tried.stands and not in_doubt:
        assert len(held) == 1


@SETTINGS
@given(POINTS, PARTNER, st.booleans())
def test_a_referral_that_staff_sent_goes_once_or_is_stopped_or_called_back(
    points: dict[int, str], partner: list[str], once: bool
) -> None:
    """R-13, HC-063: by a way that takes the same key once, and by one that may count it twice."""
    tried = Tried(c.Option.POLICE, points, partner)
    house, desk = tried.house, tried.desk
    desk.once = once
    with suppress(KeyboardInterrupt):
        house.staff_write("amber", "Referrals", house.only("Referrals", purpose=c.Purpose.POLICE).id,
                          decision=c.ReferralDecision.SEND)  # fmt: skip
    house.restart()
    tried.live()
    tried.settle()
    assert tried.faults == []
    states = tried.states(c.Purpose.POLICE)
    held, in_doubt = tried.still_held(desk, "police_referral"), State.UNKNOWN in states
    assert len(held) <= 1
    assert tried.stands or not held or in_doubt
    assert states <= {
        State.SENT,
        State.STOPPED,
        State.READY,
        State.RECALLED,
        State.UNKNOWN,
        State.WAITING,
        State.REFUSED,
    }
    if not once:
        assert desk.deliveries == len(desk.notices)
