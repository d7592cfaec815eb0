"""Stories: an officer sees on the row what would leave before they decide, and it stays right until it went."""

import pytest

from schema import choices as c
from tests.house import HarbourRow
from tests.stories.day_by_day import a_case
from tests.stories.test_staff_decide_what_goes import edit, ready, row
from tests.stories.test_told_by_hand import by_hand, consent

pytestmark = pytest.mark.usefixtures("plain_letters")
State, Decision = c.ReferralState, c.ReferralDecision


def shown(house: HarbourRow) -> str:
    return str(row(house)["What would leave"] or "")


def victim(house: HarbourRow, **cells: object) -> None:
    house.staff_write("amber", "People", house.only("People", role=c.PersonRole.VICTIM).id, **cells)


def test_the_row_says_what_would_leave_before_anybody_decides_and_nothing_once_it_went() -> None:
    """HC-063, R-12, R-15: field by field, on which ground, and no value of anybody's."""
    house, _ = ready()
    said = shown(house)
    yes = house.only("Consents", option=c.Option.POLICE).id
    assert "Victim 1: name, " in said
    assert f"Their own answer agrees to this partner: Consents {yes}." in said
    assert "The message: words. Nobody wrote any for this partner." in said.partition("Stays here:")[2]
    name = str(house.only("People", role=c.PersonRole.VICTIM).fields["Name"])
    assert name not in said
    edit(house, decision=Decision.SEND)
    assert (row(house)["State"], shown(house)) == (State.SENT, "")
    assert "people.name" in str(row(house)["What left"])


def test_it_is_right_when_things_change_and_written_only_then() -> None:
    """R-13: what was withheld since is shown as withheld; what may not go at all shows nothing."""
    house, _ = ready()
    first = shown(house)
    for _ in range(3):
        house.wait(hours=1)
    assert shown(house) == first, "nothing changed, so nothing was written"
    victim(house, language="Sampleish")
    assert "language" in shown(house).partition("Stays here:")[0]
    edit(house, words_for_the_partner="Please come by day.")
    assert "The message: victims not named, words." in shown(house)
    consent(house, withhold="My telephone number.")
    assert "language" not in shown(house).partition("Stays here:")[0]
    assert "the name alone is told" in shown(house)
    consent(house, answer=c.Answer.NO)
    assert (row(house)["State"], shown(house)) == (State.STOPPED, "")


def test_of_what_is_told_by_hand_it_stays_until_somebody_told_them() -> None:
    """HC-063: beside the pack, and as right as the pack."""
    house, _ = by_hand()
    edit(house, decision=Decision.SEND)
    assert shown(house).startswith("Would leave:")
    consent(house, withhold="My telephone number.")
    assert "the name alone is told" in shown(house)
    edit(house, made_by_hand_at=house.now)
    assert shown(house) == "", "they were told"


def test_what_could_not_be_made_says_so_before_the_decision() -> None:
    """HC-055: the officer learns it while they look, not after."""
    house = a_case(**{"Refer to the police": c.Answer.YES})
    house.partner("Sample Police", "Police", is_it_a_police_body=c.YesNo.YES)
    house.run()
    house.ways.clear()
    house.restart()
    victim(house, language="Sampleish")
    assert shown(house).startswith("Nothing could leave now. The partner's destination is not in the settings")
