"""Stories: an alert reaches somebody, whatever a mailbox, a clock or a cell does on the way."""

from datetime import timedelta

import pytest

from automations.changes import Changes
from automations.decide import House
from automations.errors import BrokeOff, MailboxBusy
from automations.perform import Performer
from automations.runner import Runner
from casewatch.demo.landlord import LANDLORD
from schema import choices as c
from tests.house import HarbourRow
from tests.house import Inbox as Working

pytestmark = pytest.mark.usefixtures("plain_letters")


class Inbox(Working):
    """A mail server at which some mailboxes are full for now, and that counts who asks."""

    full: tuple[str, ...] = ()
    breaks_off: tuple[str, ...] = ()
    asked = 0

    def send(self, to: str, subject: str, text: str, key: str) -> None:
        self.asked += 1
        if to.partition("@")[0] in self.full:
            raise MailboxBusy
        if to.partition("@")[0] in self.breaks_off:
            raise BrokeOff
        super().send(to, subject, text, key)


def a_house() -> tuple[HarbourRow, Inbox]:
    house = HarbourRow()
    house.mail = inbox = Inbox()
    house.restart()
    return house, inbox


def told(house: HarbourRow) -> list[str]:
    return [to.partition("@")[0] for to, _, _ in house.mail.sent]


def test_a_full_mailbox_keeps_nobody_else_from_being_told_and_is_tried_again() -> None:
    """HC-006: the officer's mailbox is full, the duty person is told all the same."""
    house, inbox = a_house()
    inbox.full = ("amber",)
    house.report()
    assert told(house) == ["elder"]
    assert "mailbox" in str(house.only("Alerts").fields["Problem"])

    inbox.full = ()
    house.wait(minutes=1)
    assert told(house) == ["elder", "amber"]
    assert house.only("Alerts").fields["State"] == c.AlertState.SENT
    assert house.only("Alerts").fields["Problem"] is None


def test_the_officer_and_the_duty_person_read_different_words_and_the_address_of_the_case() -> None:
    """HC-006: each knows why it came to them. Where the platform can tell no page, the bases' address stands there."""
    house, inbox = a_house()
    house.report()
    words = {to.partition("@")[0]: text for to, _, text in inbox.sent}
    assert "You are the officer for this case.\n" in words["amber"]
    assert "You are on duty.\n" in words["elder"]
    assert "\nhttp://127.0.0.1/base\n" in words["amber"]

    house.runner = Runner(
        house.platform, Performer(house.platform, inbox, None, lambda: house.now),
        House(LANDLORD, "http://127.0.0.1/base/", lambda table, id: f"#/{table}?rowId={id}"), lambda: house.now,
    )  # fmt: skip
    house.report()
    second = house.only("Cases", reference="CW-2026-0002").id
    assert f"\nhttp://127.0.0.1/base/#/Cases?rowId={second}\n" in inbox.sent[-1][2]


def test_a_server_that_breaks_off_at_one_message_is_asked_for_the_others() -> None:
    """HC-006: something between us and the officer's mailbox cuts the message off each time."""
    house, inbox = a_house()
    inbox.breaks_off = ("amber",)
    house.report()
    assert told(house) == ["elder"]
    assert "does not answer" in str(house.only("Alerts").fields["Problem"])

    inbox.breaks_off = ()
    house.wait(minutes=1)
    assert told(house) == ["elder", "amber"]
    assert house.only("Alerts").fields["Problem"] is None


def test_a_server_that_breaks_off_at_every_message_is_left_alone_for_a_moment() -> None:
    """Each try may take the length of a time-out: the first alert's people are tried, the other alerts wait."""
    house, inbox = a_house()
    inbox.breaks_off = ("amber", "elder")
    for _ in range(5):
        house.report()
    inbox.asked = 0
    house.wait(minutes=6)
    assert inbox.asked == 2

    inbox.breaks_off = ()
    house.wait(minutes=1)
    assert len(house.mail.sent) == 10


def test_a_full_mailbox_does_not_keep_an_alert_from_going_up() -> None:
    house, inbox = a_house()
    inbox.full = ("amber", "coral")
    house.report()
    house.wait(minutes=61)
    assert "dahlia" in told(house)


def test_a_mail_server_that_is_down_is_asked_once_a_pass_and_not_once_an_alert() -> None:
    """Each asking may take the length of a time-out, and the case that comes last would wait for them all."""
    house, inbox = a_house()
    inbox.down = True
    for _ in range(5):
        house.report()
    inbox.asked = 0
    house.wait(minutes=6)
    assert inbox.asked <= 1

    inbox.down = False
    house.wait(minutes=1)
    assert len(house.mail.sent) == 10


def test_an_alert_that_nobody_was_told_of_is_sent_in_the_next_pass() -> None:
    """Not only when everything is looked at again: minutes count."""
    house, inbox = a_house()
    inbox.down = True
    house.report()
    for _ in range(6):
        house.now += timedelta(seconds=15)
        house.runner.once()
    house.now += timedelta(seconds=15)
    inbox.down = False
    house.runner.once()
    assert told(house) == ["amber", "elder"]


@pytest.mark.parametrize("years", [None, 300])
def test_an_alert_goes_up_although_somebody_cleared_or_moved_when(years: int | None) -> None:
    """A cell that anybody may edit does not keep it down; one that is acknowledged stays down."""
    house, _ = a_house()
    house.report()
    moved = house.now + timedelta(days=365 * years) if years else None
    house.platform.update("Alerts", [(house.only("Alerts").id, {"Goes up at": moved})])
    house.now += timedelta(minutes=2)
    house.run()
    house.now += timedelta(minutes=59)
    house.runner.once()
    assert "coral" in told(house)

    calm, _ = a_house()
    calm.report()
    calm.platform.update("Alerts", [(calm.only("Alerts").id, {"Goes up at": None, "Acknowledged": True})])
    calm.wait(minutes=61)
    assert "coral" not in told(calm)


def test_the_managers_are_told_at_once_where_everybody_else_is_away() -> None:
    house, _ = a_house()
    for first in ("amber", "coral", "elder"):
        row = house.only("Staff", email=f"{first}@harbour-row.example").id
        house.platform.update("Staff", [(row, {"Away": True})])
    house.report()
    assert "dahlia" in told(house)


def test_a_clock_that_is_set_back_does_not_put_off_the_sweep() -> None:
    house, _ = a_house()
    house.report()
    house.now -= timedelta(hours=3)
    case = house.only("Cases").id
    incident = house.only("Incidents").id
    house.platform.delete("Incidents", incident)
    house.platform.create("Incidents", [{"Case": (case,), "First reported at": house.now}])
    house.platform.changed_since = lambda *_: []  # type: ignore[method-assign]
    house.runner.once()
    assert house.only("Incidents").fields["Number"] == 2, "seen, and the number of the deleted one is not given again"


@pytest.mark.parametrize("minutes", [-20, 0, 20])
def test_changes_are_seen_by_the_next_look_however_far_the_clocks_are_apart(minutes: int) -> None:
    """The runner's clock is not the platform's."""
    house, _ = a_house()
    changes = Changes(house.platform, ("Reports",))
    changes.start(house.now + timedelta(minutes=minutes))
    changes.poll()
    house.now += timedelta(seconds=15)
    id = house.platform.submit("Reports", {"What happened": "Words were shouted."})
    assert [r.id for r in changes.poll()] == [id]


def test_a_platforms_clock_that_was_wrong_for_a_moment_does_not_blind_the_looks_for_ever() -> None:
    house, _ = a_house()
    changes = Changes(house.platform, ("Reports",))
    changes.start(house.now)
    house.now += timedelta(days=2)
    house.platform.submit("Reports", {"What happened": "Something."})
    changes.poll()
    house.now -= timedelta(days=2)
    changes.start(house.now)
    id = house.platform.submit("Reports", {"What happened": "Something else."})
    assert id in [r.id for r in changes.poll()]


def test_an_alert_that_is_called_acknowledged_without_the_tick_goes_up_all_the_same() -> None:
    house, _ = a_house()
    house.report()
    house.staff_write("amber", "Alerts", house.only("Alerts").id, state=c.AlertState.ACKNOWLEDGED)
    house.wait(minutes=61)
    assert "coral" in told(house)
