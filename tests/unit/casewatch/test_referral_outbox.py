"""`casewatch referral outbox`: where every referral stands, by number and reference, and nobody's name."""

import json
from typing import Any

import pytest

from casewatch.demo.landlord import EAST_PARTNERSHIP
from schema import choices as c
from tests.house import HarbourRow
from tests.stories.day_by_day import a_case
from tests.unit.casewatch.referral_desk import ask, everything, plain_letters, sit_down

State = c.ReferralState


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> HarbourRow:
    """One case that the partnership was told of, one that waits for an answer, one in the other area."""
    plain_letters(monkeypatch)
    made = a_case(tell_the_partnership=c.Answer.YES)
    made.wait(hours=1)
    made.report(victims_name="Other Sample")
    made.report(victims_name="Third Sample", postcode="ZZ3 1AA", tell_the_partnership=c.Answer.YES)
    return sit_down(monkeypatch, made)


def listed(*words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(ask("outbox", "--json", *words).stdout)["referrals"]
    return found


def test_each_referral_stands_there_once_oldest_first_and_looking_writes_nothing(house: HarbourRow) -> None:
    """HC-052: by state, with the case's reference and why."""
    before = everything(house)
    lines = listed()
    assert everything(house) == before
    assert len(lines) == len(house.platform.records("Referrals"))
    assert [x["since"] for x in lines] == sorted(x["since"] for x in lines)
    first = next(x for x in lines if x["reference"] == "CW-2026-0001")
    assert (first["state"], first["partner"], first["area"]) == (State.SENT, EAST_PARTNERSHIP, "Harbour East")
    waits = next(x for x in lines if x["reference"] == "CW-2026-0002")
    assert (waits["state"], waits["needs_a_person"]) == (State.WAITING, False)
    screen = ask("outbox")
    assert screen.stdout.index("Waiting for consent (") < screen.stdout.index("Sent (")
    assert "without an answer statistics go" in screen.stdout.lower()


def test_it_can_be_asked_for_an_area_and_a_state(house: HarbourRow) -> None:
    """HC-127: each area has a partnership of its own."""
    assert {x["area"] for x in listed("--area", "harbour east")} == {"Harbour East"}
    assert {x["state"] for x in listed("--state", "waiting")} == {State.WAITING}
    assert ask("outbox", "--area", "Nowhere").exit_code == 2
    assert ask("outbox", "--state", "gone").exit_code == 2
    assert ask("outbox", "--state", "s").exit_code == 2, "several begin so"


def test_what_needs_a_person_is_told_by_the_exit_code(house: HarbourRow) -> None:
    """R-13, HC-063: a recall that is owed and could not go; a failure; before that, all is well."""
    assert ask("outbox", "--area", "Harbour East").exit_code == 0
    house.east.down = True
    one = house.platform.records("Cases")[0].id
    yes = next(r.id for r in house.platform.records("Consents")
               if r.fields["Option"] == c.Option.CDRP and r.fields["Case"] == (one,))  # fmt: skip
    house.staff_write("amber", "Consents", yes, withdrawn_at=house.now)
    answer = ask("outbox", "--area", "Harbour East")
    assert answer.exit_code == 1
    assert "Recall owed (1)" in answer.stdout


def test_nobody_is_named_in_it(house: HarbourRow) -> None:
    """R-27: neither people nor words that staff wrote, also where a name stands in Partner or in a reason."""
    one = house.platform.records("Cases")[1].id
    cells: dict[str, Any] = {"purpose": c.Purpose.SUPPORT, "decision": c.ReferralDecision.DO_NOT, "Case": (one,)}
    house.staff_write("amber", "Referrals", partner=EAST_PARTNERSHIP, **cells, **{"Not sent: reason": "Sample moved."})
    house.staff_write("amber", "Referrals", partner="Sample Neighbour", **{**cells, "decision": None})
    told = {**cells, "decision": None, "made_by_hand_at": house.now}
    aunt = house.staff_write("amber", "Referrals", partner="Sample Aunt", **told)
    house.wait(minutes=5)
    house.staff_write("amber", "Consents", option=c.Option.SUPPORT, answer=c.Answer.NO, given_at=house.now, Case=(one,))
    assert "Sample Aunt" in str(house.platform.get("Referrals", [aunt])[0].fields["Why"])
    for answer in (ask("outbox"), ask("outbox", "--json")):
        assert not any(word in answer.output for word in ("Sample", "Placeholder"))
    assert len(listed()) == len(house.platform.records("Referrals"))
    assert "Not sent (staff decided) (1)" in ask("outbox").stdout


def test_a_case_that_cannot_be_read_is_told_and_the_others_are_listed(
    house: HarbourRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    from automations import allocation

    real = allocation.placed

    def broken(case: Any, office: Any) -> Any:
        if case.reference == "CW-2026-0002":
            raise ValueError("Sample Person")
        return real(case, office)

    monkeypatch.setattr(allocation, "placed", broken)
    answer = ask("outbox")
    assert answer.exit_code == 1
    assert "CW-2026-0001" in answer.stdout
    assert "Could not be read: Cases " in answer.stderr
    assert "Sample" not in answer.output


def test_an_empty_outbox_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    sit_down(monkeypatch, HarbourRow())
    assert (ask("outbox").exit_code, ask("outbox").stdout) == (0, "There is no referral.\n")
