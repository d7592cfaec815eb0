"""Stories: what the last reading found leaves only if that reading was a short one; a no entered during it counts."""

from collections.abc import Callable, Iterable
from datetime import timedelta

import pytest

from automations.errors import TryAgainLater
from automations.just_read import READINGS
from automations.ports import Record
from schema import choices as c
from tests.house import HarbourRow
from tests.stories.test_a_letter_by_email import a_letter, decide, gone
from tests.stories.test_staff_decide_what_goes import edit, ready, row

pytestmark = pytest.mark.usefixtures("plain_letters")
State, Decision = c.ReferralState, c.ReferralDecision


def slow(house: HarbourRow, looks: int, meanwhile: Callable[[], object] = lambda: None) -> None:
    """Once a token is taken, that many readings of consents are followed by twenty seconds in which others work on."""

    def waits() -> None:
        house.now += timedelta(seconds=20)
        meanwhile()

    troubled(house, looks, waits)


def troubled(house: HarbourRow, looks: int, act: Callable[[], object]) -> None:
    """Once a token is taken, something happens as often after consents were read."""
    find, left = house.platform.find, [looks]

    def slowly(asked: str, column: str, values: Iterable[str]) -> list[Record]:
        found = find(asked, column, values)
        taken = any(not token.fields["Outcome"] for token in house.platform.records("Send tokens"))
        if (asked, column) == ("Consents", "Victim") and taken and left[0]:
            left[0] -= 1
            act()
        return found

    house.platform.find = slowly  # type: ignore[method-assign]


def test_a_no_entered_while_a_slow_reading_went_on_is_found_by_the_next_one() -> None:
    """HC-063, R-13: the consent was read before it; nothing leaves. Without the no it goes, from the second reading."""
    for says_no in (True, False):
        house, desk = ready()
        yes = house.only("Consents", option=c.Option.POLICE).id

        def meanwhile(house: HarbourRow = house, yes: str = yes, says_no: bool = says_no) -> None:
            if says_no:
                with house.platform.as_user("amber@harbour-row.example"):
                    house.platform.update("Consents", [(yes, {"Withdrawn at": house.now})])

        slow(house, 1, meanwhile)
        edit(house, decision=Decision.SEND)
        assert len(desk.notices) == (0 if says_no else 1)
        assert row(house)["State"] == (State.STOPPED if says_no else State.SENT)


def test_nothing_leaves_by_readings_that_all_took_too_long_and_it_goes_once_they_do_not() -> None:
    """HC-063, R-13: the row says so, no token is used up, and the next pass sends it once."""
    house, desk = ready()
    slow(house, READINGS)
    edit(house, decision=Decision.SEND)
    assert (len(desk.notices), row(house)["State"]) == (0, State.FAILED)
    assert "too slowly to be sure of what was agreed" in str(row(house)["Answer"])
    house.wait(minutes=5)
    assert (len(desk.notices), row(house)["State"]) == (1, State.SENT)


def test_a_letter_by_email_waits_for_a_short_reading_as_well() -> None:
    """HC-024, R-13: three long ones send nothing; later it goes, once."""
    house, id = a_letter()
    slow(house, READINGS)
    told = decide(house, id)
    assert gone(house) == 0
    assert "too slowly to be sure of what was agreed" in told["What became of the e-mail"]
    house.wait(minutes=5)
    assert gone(house) == 1


def down() -> None:
    raise TryAgainLater("The platform is down.")


def test_a_platform_that_goes_down_in_the_last_reading_leaves_no_try_that_nobody_knows_of() -> None:
    """HC-063: nothing had left, so it goes once the platform is back, by a way that may count it twice as well."""
    for is_once in (True, False):
        house, desk = ready()
        desk.once = is_once
        troubled(house, 1, down)
        with pytest.raises(TryAgainLater):
            edit(house, decision=Decision.SEND)
        assert not desk.notices
        house.wait(minutes=5)
        assert (len(desk.notices), row(house)["State"]) == (1, State.SENT)


def test_a_letter_goes_by_email_once_the_platform_is_back() -> None:
    """HC-024: the mail server was never asked, and nobody is told that it broke off."""
    house, id = a_letter()
    troubled(house, 1, down)
    with pytest.raises(TryAgainLater):
        decide(house, id)
    assert gone(house) == 0
    house.wait(minutes=5)
    assert gone(house) == 1
