"""Stories: a referral's row that staff change after it went. Whoever was told is called back all the same (R-13)."""

from typing import Any

import pytest

from automations.outbox.ready import NO_PURPOSE
from schema import choices as c
from tests.house import Desk, HarbourRow
from tests.stories.day_by_day import a_case, needs
from tests.stories.test_a_partner_for_each_purpose import SUPPORT, agreed, send
from tests.stories.test_staff_decide_what_goes import POLICE, edit, ready

pytestmark = pytest.mark.usefixtures("plain_letters")
State, Decision = c.ReferralState, c.ReferralDecision


def told() -> tuple[HarbourRow, Desk, str]:
    """The police were told by name; an hour has gone by since. The row's id."""
    house, desk = ready()
    edit(house, decision=Decision.SEND)
    house.wait(hours=1)
    return house, desk, house.only("Referrals", purpose=c.Purpose.POLICE).id


def say_no(house: HarbourRow, hours: int = 1) -> None:
    """A while later the victim says no to the police, and the runner has an hour to act on it."""
    house.wait(hours=hours)
    first = next(r for r in house.platform.records("Consents") if r.fields["Option"] == c.Option.POLICE)
    house.staff_write("amber", "Consents", first.id, answer=c.Answer.NO)
    house.wait(hours=1)


def change(house: HarbourRow, id: str, **cells: Any) -> None:
    house.staff_write("amber", "Referrals", id, **cells)


def messages(desk: Desk) -> list[str]:
    return [each["message"] for each in desk.told()]


def state(house: HarbourRow, id: str) -> Any:
    return house.platform.get("Referrals", [id])[0].fields["State"]


@pytest.mark.parametrize("purpose", [c.Purpose.SAFEGUARDING, c.Purpose.SUPPORT, c.Purpose.POLICE])
def test_another_purpose_hides_no_recall(purpose: c.Purpose) -> None:
    """R-13, HC-063: what it rested on is kept on the row, and a no to that calls it back."""
    house, desk, id = told()
    change(house, id, purpose=purpose)
    house.wait(hours=1)
    assert messages(desk) == ["police_referral"]
    say_no(house)
    assert messages(desk) == ["police_referral", "recall"]


def test_without_a_purpose_a_person_rings_them() -> None:
    """R-13: the recall says which message it is about, and nobody can tell any more."""
    house, desk, id = told()
    change(house, id, purpose=None)
    say_no(house)
    assert messages(desk) == ["police_referral"]
    assert f"The victim said no after {POLICE} was told by name" in needs(house)
    assert house.platform.get("Referrals", [id])[0].fields["Answer"] == NO_PURPOSE


def test_pointed_at_another_incident_it_is_called_back_all_the_same() -> None:
    """R-13, R-02: under the reference of the incident that they were told of."""
    house, desk, id = told()
    victim, first = house.only("People", role=c.PersonRole.VICTIM).id, house.only("Incidents").id
    house.staff_write("amber", "Incidents", first, victims=(victim,))
    other = house.staff_write("amber", "People", name="Other Sample", role=c.PersonRole.VICTIM)
    second = house.staff_write("amber", "Incidents", first_reported_at=house.now, victims=(other,))
    change(house, id, incident=(second,))
    say_no(house)
    assert messages(desk) == ["police_referral", "recall"]
    assert {each["reference"] for each in desk.told()} == {"CW-2026-0001/incident-1"}


def test_whoever_was_named_is_called_back_though_their_row_was_deleted() -> None:
    """R-13, R-10: the answer that it rested on says no; of an incident that is gone a person rings them."""
    house, desk, _ = told()
    with house.platform.as_user("amber@harbour-row.example"):
        house.platform.delete("People", house.only("People", role=c.PersonRole.VICTIM).id)
    house.wait(hours=1)
    assert messages(desk) == ["police_referral"]
    say_no(house)
    assert messages(desk) == ["police_referral", "recall"]
    house, *_ = told()
    with house.platform.as_user("amber@harbour-row.example"):
        house.platform.delete("Incidents", house.only("Incidents").id)
    say_no(house)
    assert f"The victim said no after {POLICE} was told by name" in needs(house)


def test_a_no_to_the_new_name_of_a_partner_is_a_no_to_them() -> None:
    """R-12, R-13, HC-051: a person rings, for nothing can go under the old name; one to another is none."""
    for renamed in (True, False):
        house = a_case()
        desk = house.partner(SUPPORT)
        agreed(house, c.Option.SUPPORT, organisation=SUPPORT)
        send(house, c.Purpose.SUPPORT)
        house.wait(hours=1)
        if renamed:
            house.staff_write("hazel", "Partners", house.only("Partners", partner=SUPPORT).id, partner="Sample Help")
        agreed(house, c.Option.SUPPORT, organisation="Sample Help", answer=c.Answer.NO)
        house.wait(hours=1)
        assert messages(desk) == ["support_referral"]
        assert (f"The victim said no after {SUPPORT} was told by name" in needs(house)) is renamed


def test_put_on_another_case_it_says_where_it_belongs() -> None:
    """R-13: there nobody's no is looked for; put back, it is called back."""
    house, desk, id = told()
    first = house.only("Cases").id
    house.report(victims_name="Other Sample")
    second = next(r for r in house.platform.records("Cases") if r.id != first)
    change(house, id, case=(second.id,), incident=())
    say_no(house)
    said = house.platform.get("Cases", [second.id])[0].fields["What needs a person"]
    assert f"Referrals {id}: it went for CW-2026-0001, and its Case was changed since" in str(said)
    change(house, id, case=(first,))
    house.wait(hours=1)
    assert messages(desk) == ["police_referral", "recall"]
    assert not house.platform.get("Cases", [second.id])[0].fields["What needs a person"]


def test_a_confirmation_from_before_the_no_confirms_no_recall() -> None:
    """R-13: it was about what had been wrong. The recall goes, and its own confirmation ends it."""
    house, desk, id = told()
    change(house, id, recall_because="The wrong day.")
    change(house, id, partner_confirmed_at=house.now)
    say_no(house)
    assert (messages(desk), state(house, id)) == (["police_referral", "correction", "recall"], State.RECALL_SENT)
    house.wait(hours=1)
    assert state(house, id) == State.RECALL_SENT
    change(house, id, partner_confirmed_at=house.now)
    assert state(house, id) == State.RECALLED


def test_having_asked_them_to_stop_on_an_earlier_day_is_about_an_earlier_no() -> None:
    """R-13: on the day of the no it counts, and nothing more goes."""
    house, desk, id = told()
    change(house, id, partner_asked_to_stop_at=house.now)
    say_no(house, hours=30)
    assert messages(desk) == ["police_referral", "recall"]
    house, desk, id = told()
    desk.down = True
    say_no(house)
    change(house, id, partner_asked_to_stop_at=house.now)
    desk.down = False
    house.wait(hours=2)
    assert messages(desk) == ["police_referral"]


def test_told_by_telephone_after_the_no_as_well_it_is_still_called_back() -> None:
    """R-13, HC-063: the name that went before is there whatever was said since."""
    house, desk, id = told()
    desk.down = True
    say_no(house)
    house.wait(hours=1)
    change(house, id, made_by_hand_at=house.now)
    assert f"The victim said no after {POLICE} was told by hand" in needs(house)
    desk.down = False
    house.wait(hours=2)
    assert messages(desk) == ["police_referral", "recall"]
