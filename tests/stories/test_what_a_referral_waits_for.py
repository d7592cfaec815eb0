"""Stories: a referral that does not go says which it is: nobody asked, the victim said no, or something to put right.
Whoever refused is not pressed, and help for a child does not wait as though somebody had still to agree.
"""

from collections.abc import Mapping
from typing import Any

import pytest

from schema import choices as c
from tests.house import Desk, HarbourRow
from tests.stories.day_by_day import a_case
from tests.stories.test_a_partner_for_each_purpose import SUPPORT, YES, agreed

pytestmark = pytest.mark.usefixtures("plain_letters")
State, Send, P = c.ReferralState, c.ReferralDecision.SEND, c.Purpose


def added(house: HarbourRow, **cells: Any) -> str:
    return house.staff_write("amber", "Referrals", **{"decision": Send} | cells)


def at(house: HarbourRow, id: str) -> Mapping[str, Any]:
    return house.platform.get("Referrals", [id])[0].fields


def stands(house: HarbourRow, id: str) -> tuple[Any, Any]:
    return at(house, id)["State"], at(house, id)["Why"]


def for_support(**cells: Any) -> tuple[HarbourRow, Desk, str]:
    house = a_case()
    desk = house.partner(SUPPORT)
    return house, desk, added(house, **{"purpose": P.SUPPORT, "partner": SUPPORT} | cells)


def test_nobody_asked_yet_waits_for_consent_and_a_yes_sends_it() -> None:
    """HC-051, R-12: the one thing that is called so."""
    house, desk, id = for_support()
    assert stands(house, id) == (State.WAITING, "The victim has not been asked yet (Consents: Refer for support).")
    agreed(house, c.Option.SUPPORT, organisation=SUPPORT)
    assert (at(house, id)["State"], len(desk.notices)) == (State.SENT, 1)


def test_a_victim_who_said_no_is_not_asked_again() -> None:
    """R-13, HC-108: said on the row; a yes to a later plan sends it on a new Decision."""
    house, desk, id = for_support()
    no = house.staff_write("amber", "Consents", option=c.Option.SUPPORT, answer=c.Answer.NO, given_at=house.now)
    assert stands(house, id) == (State.REFUSED, "The victim said no.")
    assert not desk.notices
    house.wait(days=1)
    house.staff_write("amber", "Action plan", version="2", agreed_at=house.now)
    house.staff_write("amber", "Consents", no, **YES, given_at=house.now, organisation=SUPPORT)
    house.staff_write("amber", "Referrals", id, decision=None)
    house.staff_write("amber", "Referrals", id, decision=Send)
    assert (at(house, id)["State"], len(desk.notices)) == (State.SENT, 1)


@pytest.mark.parametrize("wrong", ["partner", "no partner", "switched off", "person", "somebody else's", "area"])
def test_what_is_wrong_with_the_row_is_to_be_put_right(wrong: str) -> None:
    """HC-051, R-12: whatever the victim said. Put right, it goes."""
    house = a_case(**{"Alleged perpetrator's name": "Person Placeholder"})
    desk = house.partner(SUPPORT)
    agreed(house, c.Option.SUPPORT, organisation=SUPPORT)
    row = house.only("Referrals", purpose=P.SUPPORT)
    house.report(victims_name="Other Sample")
    accused = house.only("People", role=c.PersonRole.PERPETRATOR).id
    [other] = [r.id for r in house.platform.records("People") if r.fields["Name"] == "Other Sample"]
    wrongly: dict[str, Any] = {
        "partner": {"partner": "Sampel Support"}, "no partner": {"partner": None}, "person": {"person": (accused,)},
        "somebody else's": {"person": (other,)}, "area": {"purpose": P.HOMELESSNESS}, "switched off": {},
    }[wrong]  # fmt: skip
    partner = house.only("Partners", partner=SUPPORT).id
    house.staff_write("hazel", "Partners", partner, switched_off=wrong == "switched off")
    house.staff_write("amber", "Referrals", row.id, **wrongly, decision=Send)
    assert at(house, row.id)["State"] == State.NOT_READY
    assert not desk.notices
    house.staff_write("hazel", "Partners", partner, switched_off=False)
    house.staff_write("amber", "Referrals", row.id, purpose=P.SUPPORT, partner=SUPPORT, person=row.fields["Person"],
                      decision=None)  # fmt: skip
    house.staff_write("amber", "Referrals", row.id, decision=Send)
    assert (at(house, row.id)["State"], len(desk.notices)) == (State.SENT, 1)


def test_help_for_a_child_never_says_that_it_waits_for_consent() -> None:
    """HC-022, R-19: it says what is missing, and goes as soon as that is entered."""
    house = a_case()
    care = house.partner("Sample Care", "Social services")
    id = added(house, purpose=P.SAFEGUARDING, partner="Sample Care")
    assert stands(house, id) == (
        State.NOT_READY, "The incident does not say that a child or an adult is at risk: enter it first.",
    )  # fmt: skip
    house.staff_write("amber", "Incidents", house.only("Incidents").id, children_at_risk=c.YesNo.YES)
    assert (at(house, id)["State"], len(care.notices)) == (State.SENT, 1)


@pytest.mark.parametrize(("cells", "state", "why"), [
    ({"organisation": None}, State.NOT_READY,
     f"names no organisation: ask the victim if they mean {SUPPORT}, then fill in Organisation."),
    ({"organisation": "Other Support"}, State.WAITING,
     f"is for another organisation, not for {SUPPORT}: ask the victim, and enter the answer in a row of its own."),
])  # fmt: skip
def test_an_agreement_that_does_not_fit_says_in_what_and_what_helps(
    cells: dict[str, Any], state: c.ReferralState, why: str
) -> None:
    """R-12, HC-027: of an agreement that lacks something the row is put right; otherwise the victim is asked."""
    house, desk, id = for_support()
    yes = agreed(house, c.Option.SUPPORT, **cells)
    assert stands(house, id) == (state, f"Consents {yes} {why}")
    house.staff_write("amber", "Consents", yes, organisation=SUPPORT)
    assert (at(house, id)["State"], len(desk.notices)) == (State.SENT, 1)


def test_an_agreement_for_another_incident_says_so() -> None:
    """R-12, HC-107: and the first incident's is no yes for the second."""
    house, _, id = for_support()
    house.wait(days=1)
    second = house.staff_write("amber", "Incidents", first_reported_at=house.now)
    yes = agreed(house, c.Option.SUPPORT, organisation=SUPPORT, incident=(second,))
    first = next(r.id for r in house.platform.records("Incidents") if r.id != second)
    house.staff_write("amber", "Referrals", id, incident=(first,))
    assert stands(house, id)[1] == (
        f"Consents {yes} is for another incident: ask the victim, and enter the answer in a row of its own."
    )
    house.staff_write("amber", "Referrals", id, incident=(second,), decision=None)
    house.staff_write("amber", "Referrals", id, decision=Send)
    assert at(house, id)["State"] == State.SENT


def test_a_row_without_a_purpose_says_so() -> None:
    """HC-063: it stood there without a word."""
    house, desk, id = for_support(purpose=None)
    assert stands(house, id) == (State.NOT_READY, "Say the Purpose.")
    agreed(house, c.Option.SUPPORT, organisation=SUPPORT)
    begun = house.only("Referrals", purpose=P.SUPPORT).id
    house.staff_write("amber", "Referrals", begun, decision=c.ReferralDecision.DO_NOT)
    house.staff_write("amber", "Referrals", id, purpose=P.SUPPORT, decision=None)
    house.staff_write("amber", "Referrals", id, decision=Send)
    assert (at(house, id)["State"], len(desk.notices)) == (State.SENT, 1)


def test_a_row_without_a_case_says_so() -> None:
    """HC-063: linked, it goes once it is decided on; one still being entered is left alone."""
    house, desk, id = for_support()
    agreed(house, c.Option.SUPPORT, organisation=SUPPORT)
    assert len(desk.notices) == 1
    lone = added(house, Case=(), purpose=P.SUPPORT, partner=SUPPORT, words_for_the_partner="There is more.")
    typing = added(house, Case=(), decision=None)
    assert stands(house, lone) == (State.NOT_READY, "Link a Case.")
    assert stands(house, typing) == (None, None)
    house.wait(minutes=15)
    assert stands(house, typing) == (State.NOT_READY, "Link a Case.")
    case = (house.only("Cases").id,)
    house.staff_write("amber", "Referrals", typing, case=case)
    assert stands(house, typing) == (None, None)
    house.staff_write("amber", "Referrals", lone, case=case, decision=None)
    house.staff_write("amber", "Referrals", lone, decision=Send)
    assert (at(house, lone)["State"], at(house, id)["State"], len(desk.notices)) == (State.SENT, State.SENT, 2)


def test_a_row_made_first_and_linked_afterwards_goes_on_the_decision_set_last() -> None:
    """R-26: in one second, as the audit keeps them; what is changed later still wants a new Decision."""
    house = a_case()
    desk = house.partner(SUPPORT)
    agreed(house, c.Option.SUPPORT, organisation=SUPPORT)
    begun = house.only("Referrals", purpose=P.SUPPORT).id
    house.staff_write("amber", "Referrals", begun, decision=c.ReferralDecision.DO_NOT)
    with house.platform.as_user("amber@harbour-row.example"):
        [id] = house.platform.create("Referrals", [{"Purpose": P.SUPPORT, "Partner": SUPPORT}])
        victim = house.only("People", role=c.PersonRole.VICTIM).id
        house.platform.update("Referrals", [(id, {"Case": (house.only("Cases").id,)})])
        house.platform.update("Referrals", [(id, {"Person": (victim,)})])
        house.platform.update("Referrals", [(id, {"Decision": Send})])
    house.run()
    assert (at(house, id)["State"], len(desk.notices)) == (State.SENT, 1)


def test_a_call_that_was_made_says_when_and_stands_in_no_queue() -> None:
    """HC-063: taken back, the row says nothing again."""
    house = a_case()
    call = added(house, purpose=P.SUPPORT, partner="Sample Aunt", decision=None, made_by_hand_at=house.now)
    assert stands(house, call) == (State.BY_HAND, "They were told by hand on Wednesday 18 November 2026 09:00.")
    house.staff_write("amber", "Referrals", call, made_by_hand_at=None)
    assert stands(house, call) == (None, None)


def test_what_a_partner_refused_says_on_its_row_what_to_do() -> None:
    """HC-063: the sentence that stands on the case; what was accepted says nothing of it."""
    house, desk, id = for_support()
    taken = desk.deliver
    desk.deliver = lambda *words: type(taken(*words))(accepted=False, reason="E-1")  # type: ignore[method-assign]
    agreed(house, c.Option.SUPPORT, organisation=SUPPORT)
    assert stands(house, id) == (
        State.REJECTED, "The partner refused it (see Answer): tell them another way and enter Made by hand at.",
    )  # fmt: skip
    assert at(house, id)["Answer"] == "E-1"


def test_the_chronology_tells_who_was_told_by_name_and_what_was_called_back() -> None:
    """HC-120, HC-063, R-13: once each, by the row; nothing of it before it went."""
    house, _, id = for_support()
    assert chronology(house, id) == []
    yes = agreed(house, c.Option.SUPPORT, organisation=SUPPORT)
    house.wait(hours=1)
    house.staff_write("amber", "Consents", yes, withdrawn_at=house.now)
    house.wait(hours=1)
    assert "is not confirmed yet" in str(house.only("Cases").fields["What needs a person"])
    house.staff_write("amber", "Referrals", id, partner_confirmed_at=house.now)
    house.wait(hours=1)
    assert chronology(house, id) == [
        ("A partner was told by name", f"Referrals {id}: Support referral, to {SUPPORT}."),
        ("A partner was sent a recall: to stop and delete what it was told", f"Referrals {id}, to {SUPPORT}."),
        ("A partner said that it stopped and deleted what it was told", f"Referrals {id}, to {SUPPORT}."),
    ]


def chronology(house: HarbourRow, id: str) -> list[tuple[Any, Any]]:
    told = [r.fields for r in house.platform.records("Developments")]
    keys = (f"development/{what}/referrals-{id}" for what in ("told", "recall-sent", "recall-confirmed"))
    return [(x["Development"], x["Detail"]) for key in keys for x in told if str(x["Key"]).endswith(key)]
