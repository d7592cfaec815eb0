"""Stories: rows and systems that nobody foresaw. One of them never keeps help from the others, and is said."""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest

from automations.errors import TryAgainLater
from automations.ports import Receipt
from automations.procedure import NO_CASE
from schema import choices as c
from tests.house import HarbourRow
from tests.stories.day_by_day import needs

pytestmark = pytest.mark.usefixtures("plain_letters")
YES: dict[str, Any] = {"Tell the partnership": c.Answer.YES}
NOBODY = "Nobody Realperson"


def said(house: HarbourRow) -> str:
    return "\n".join(str(r.fields["Detail"]) for r in house.platform.records("Run log"))


@pytest.mark.parametrize("form", ["render_pdf", "render_word"])
def test_a_letter_that_cannot_be_made_in_one_of_its_forms_claims_no_file_and_stops_nothing_else(
    form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """HC-024, HC-121."""
    house = HarbourRow()

    def broken(*_: Any, **__: Any) -> bytes:
        raise RuntimeError(NOBODY)

    monkeypatch.setattr(import_module("automations.letters.draft"), form, broken)
    house.report(**YES)

    row = house.only("Letters").fields
    assert (row["State"], row["Document"] or (), row["Draft in Word"] or ()) == (c.LetterState.NOT_MADE, (), ())
    assert house.only("Referrals").fields["State"] == c.ReferralState.SENT
    assert len(house.mail.sent) == 2
    assert "RuntimeError" in said(house)
    assert NOBODY not in said(house)


def test_a_notice_that_cannot_be_made_says_so_on_its_row_and_stops_nothing_else() -> None:
    house = HarbourRow()

    class Odd:
        def deliver(self, payload: bytes, key: str, to: str = "") -> Receipt:
            raise KeyError(NOBODY)

    house.east.deliver = Odd().deliver  # type: ignore[method-assign]
    house.report(**YES)
    house.report(**YES, Postcode="ZZ9 4AB")

    here, there = (r.fields for r in house.platform.records("Referrals"))
    assert here["State"] == c.ReferralState.FAILED
    assert "KeyError" in str(here["Answer"])
    assert NOBODY not in str(here)
    assert there["State"] is not None
    assert len(house.platform.records("Alerts")) == 2


def test_a_report_with_a_date_at_the_edge_of_time_is_taken_like_any_other() -> None:
    house = HarbourRow()
    house.report(first_reported_at=datetime(1, 1, 1, tzinfo=UTC))
    house.report()

    assert len(house.platform.records("Cases")) == 2
    assert all(r.fields["Case reference"] for r in house.platform.records("Reports"))


def test_a_report_that_cannot_be_worked_out_does_not_keep_the_others_from_being_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house = HarbourRow()
    runner = import_module("automations.runner")
    take = runner.take

    def odd(report: Any, *rest: Any) -> Any:
        if report.victim_name == NOBODY:
            raise KeyError(NOBODY)
        return take(report, *rest)

    monkeypatch.setattr(runner, "take", odd)
    house.platform.submit("Reports", {"Victim's name": NOBODY, "First reported at": house.now})
    house.report()

    assert [bool(r.fields["Case reference"]) for r in house.platform.records("Reports")] == [False, True]
    assert "KeyError" in said(house)
    assert NOBODY not in said(house)


def test_a_reference_is_never_given_again_after_its_case_was_deleted() -> None:
    """The people of the deleted case are still there under its keys: another case must not find them."""
    house = HarbourRow()
    house.report(victims_name=NOBODY, **YES)
    house.platform.delete("Cases", house.only("Cases").id)
    house.restart()
    house.wait(hours=1)
    house.report(**YES)

    assert house.only("Cases").fields["Reference"] == "CW-2026-0002"
    case = house.only("Cases").id
    assert [p.fields["Name"] for p in house.platform.find("People", "Case", [case])] == ["Sample Person"]
    assert len(house.mail.sent) == 4
    assert house.east.deliveries == 2

    house.report()
    assert [r.fields["Reference"] for r in house.platform.records("Cases")] == ["CW-2026-0002", "CW-2026-0003"]


def test_a_reference_is_not_given_again_after_case_and_report_were_deleted() -> None:
    house = HarbourRow()
    house.report(victims_name=NOBODY)
    house.platform.delete("Cases", house.only("Cases").id)
    house.platform.delete("Reports", house.only("Reports").id)
    house.restart()
    house.report()

    case = house.only("Cases")
    assert case.fields["Reference"] == "CW-2026-0002"
    assert [p.fields["Name"] for p in house.platform.find("People", "Case", [case.id])] == ["Sample Person"]


def test_a_case_row_typed_by_hand_is_told_and_does_not_mix_with_another() -> None:
    house = HarbourRow()
    house.report()
    with house.platform.as_user("amber@harbour-row.example"):
        house.platform.create("Cases", [{"Triage": c.Triage.HATE}, {"Triage": c.Triage.HATE}])
    house.run()

    assert said(house).count("has no reference") == 2
    cases = {r.fields["Case"] for r in house.platform.records("Actions") if r.fields["Step"] not in NO_CASE}
    assert cases == {(house.only("Cases", Reference="CW-2026-0001").id,)}


def test_an_option_that_was_renamed_keeps_nobody_from_being_alerted() -> None:
    house = HarbourRow()
    house.platform.rename_choice("Incidents", "Kind of incident", c.IncidentType.VERBAL, "Shouting")
    house.report()

    assert len(house.mail.sent) == 2
    assert "Kind of incident: put the option" in said(house)
    house.platform.rename_choice("Incidents", "Kind of incident", "Shouting", c.IncidentType.VERBAL)
    house.wait(minutes=5)
    assert house.only("Incidents").fields["Kind of incident"] == (c.IncidentType.VERBAL,)
    assert house.only("Reports").fields["Case reference"] == "CW-2026-0001"
    assert len(house.mail.sent) == 2


def test_a_deleted_case_is_not_looked_for_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    house = HarbourRow()
    house.report()
    house.platform.delete("Cases", house.only("Cases").id)
    for _ in range(3):
        house.now += timedelta(minutes=70)
        house.run()
        house.now += timedelta(minutes=1)
        house.runner.once()

    asked: list[str] = []

    def find(table: str, *_: Any) -> list[Any]:
        asked.append(table)
        return []

    monkeypatch.setattr(house.platform, "find", find)
    house.now += timedelta(minutes=1)
    house.runner.once()
    assert asked == []


class Answering:
    """A partner that gives these answers, one after the other."""

    once = True
    carries_names = True

    def __init__(self, *answers: Receipt | Exception) -> None:
        self.answers = list(answers)
        self.asked = 0

    def deliver(self, payload: bytes, key: str, to: str = "") -> Receipt:
        self.asked += 1
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def test_a_refused_notice_says_on_the_case_what_to_do_until_a_person_has_done_it() -> None:
    """State is ours: a card dragged to Ready goes back, and nothing is sent by it."""
    house = HarbourRow()
    desk = Answering(Receipt(accepted=False, reason="They could not read the notice."))
    house.east.deliver = desk.deliver  # type: ignore[method-assign]
    house.report(**YES)
    row = house.only("Referrals").id
    house.wait(hours=3)
    assert desk.asked == 1
    assert f"Referrals {row}: the partner refused it" in needs(house)

    house.staff_write("amber", "Referrals", row, state=c.ReferralState.READY)
    assert house.only("Referrals").fields["State"] == c.ReferralState.REJECTED
    assert desk.asked == 1
    house.staff_write("amber", "Referrals", row, **{"Made by hand at": house.now})
    assert "Referrals" not in needs(house)


def test_a_notice_of_which_nobody_knows_whether_it_arrived_says_so_until_a_person_has_asked() -> None:
    house = HarbourRow()
    desk = Answering(TryAgainLater(), Receipt(accepted=False, reason="They hold something else under this key."))
    house.east.deliver = desk.deliver  # type: ignore[method-assign]
    house.report(**YES)
    house.wait(minutes=1)
    row = house.only("Referrals").id
    house.wait(minutes=1)
    assert f"Referrals {row}: nobody knows" in needs(house)

    house.staff_write("amber", "Referrals", row, **{"Made by hand at": house.now})
    assert "nobody knows" not in needs(house)
    assert desk.asked == 2


def test_a_sent_notice_that_somebody_calls_ready_again_is_not_sent_twice_and_does_not_hang() -> None:
    house = HarbourRow()
    house.report(**YES)
    house.staff_write("amber", "Referrals", house.only("Referrals").id, state=c.ReferralState.READY)
    house.wait(minutes=1)
    assert house.east.deliveries == 1
    assert house.only("Referrals").fields["State"] == c.ReferralState.SENT
