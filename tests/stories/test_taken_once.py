"""Stories: a report is taken once, whatever its cells say; what staff took back meanwhile does not come again."""

from typing import Any

import pytest

from schema import choices as c
from tests.house import HarbourRow

pytestmark = pytest.mark.usefixtures("plain_letters")
YES = c.Answer.YES
RENAMED = ("Incidents", "Kind of incident", c.IncidentType.VERBAL, "Words")


def the_answer(house: HarbourRow) -> str:
    return next(r.id for r in house.platform.records("Consents") if r.fields["Option"] == c.Option.CDRP)


def test_a_report_taken_again_brings_back_nothing_that_staff_took_back() -> None:
    """R-13, HC-027: an option was renamed, so the report is not marked; the victim takes the agreement back."""
    house = HarbourRow()
    house.east.down = True
    house.platform.rename_choice(*RENAMED)
    house.report(tell_the_partnership=YES)
    assert house.only("Reports").fields["Case reference"] is None
    person, answer = house.only("People").id, the_answer(house)
    house.staff_write("amber", "People", person, safe_ways_to_contact=())
    house.staff_write("amber", "Consents", answer, answer=None, given_by=None)
    house.east.down = False
    house.wait(hours=2)
    assert house.platform.get("People", [person])[0].fields["Safe ways to contact"] == ()
    assert house.platform.get("Consents", [answer])[0].fields["Answer"] is None
    assert not house.east.notices

    house.platform.rename_choice("Incidents", "Kind of incident", "Words", c.IncidentType.VERBAL)
    house.wait(minutes=6)
    assert house.only("Incidents").fields["Kind of incident"] == (c.IncidentType.VERBAL,), "what was never there is"
    assert house.only("Reports").fields["Case reference"] == "CW-2026-0001"
    assert house.platform.get("Consents", [answer])[0].fields["Answer"] is None


def test_a_taken_report_whose_marks_were_cleared_is_marked_again_and_not_taken() -> None:
    """R-13: not even an answer whose row was deleted comes back."""
    house = HarbourRow()
    house.report(tell_the_partnership=YES)
    house.platform.delete("Consents", the_answer(house))
    report = house.only("Reports")
    house.staff_write("amber", "Reports", report.id, case_reference=None, taken_at=None)
    held = house.only("Reports").fields
    assert (held["Case reference"], held["Taken at"]) == ("CW-2026-0001", report.fields["Taken at"])
    assert house.only("Consents", Option=c.Option.CDRP).fields["Answer"] == c.Answer.NOT_ASKED, "asked anew (HC-026)"
    assert len(house.platform.records("Cases")) == 1


@pytest.mark.parametrize("keeps", [("Case reference", "Taken at"), ("Case reference",), ("Taken at",)])
def test_a_copied_report_is_a_report_of_its_own(keeps: tuple[str, ...]) -> None:
    """HC-001: duplicated in the grid with the marks of the first, it is taken like any other, and people are told."""
    house = HarbourRow()
    house.report()
    told = len(house.mail.sent)
    dropped = {"Made by", "Pick-up", "Case reference", "Taken at"} - set(keeps)
    cells: dict[str, Any] = {k: v for k, v in house.only("Reports").fields.items() if k not in dropped}
    cells |= {"What happened": "A brick came through the window.", "Send": True}
    with house.platform.as_user("ginger@harbour-row.example"):
        house.platform.create("Reports", [{k: v for k, v in cells.items() if v not in (None, (), False)}])
    house.now = house.now.replace(minute=30)
    house.run()
    assert [r.fields["Reference"] for r in house.platform.records("Cases")] == ["CW-2026-0001", "CW-2026-0002"]
    assert [r.fields["Case reference"] for r in house.platform.records("Reports")] == ["CW-2026-0001", "CW-2026-0002"]
    assert len(house.mail.sent) == told + 2


def test_one_case_that_cannot_be_read_stops_no_other() -> None:
    """An odd key of an incident is no number; whatever else cannot be read is told apart in Run log."""
    house = HarbourRow()
    house.report()
    house.platform.create("Incidents", [{"Key": "CW-2026-0001/incident-²", "Case": (house.only("Cases").id,)}])
    house.report(victims_name="Other Sample")
    assert len(house.platform.records("Alerts")) == 3
    assert not house.platform.records("Run log")


def test_a_case_whose_reading_breaks_off_is_told_and_help_reaches_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    from automations import reading

    honest = reading._incidents

    def odd(records: Any, *more: Any) -> Any:
        if any(r.fields["Number"] == 1 and r.fields["Case"] == ("1",) for r in records):
            raise OverflowError("Sample Person")
        return honest(records, *more)

    monkeypatch.setattr(reading, "_incidents", odd)
    house = HarbourRow()
    house.report()
    house.report(victims_name="Other Sample")
    told = " ".join(str(r.fields) for r in house.platform.records("Run log"))
    assert "Cases 1" in told
    assert "OverflowError" in told
    assert "Sample Person" not in told
    assert [r.fields["Case"] for r in house.platform.records("Alerts")] == [("2",)]


@pytest.mark.parametrize("link", [{}, {"Case": None}])
def test_a_no_that_hangs_only_from_the_victim_is_the_cases_no(link: dict[str, Any]) -> None:
    """R-13, R-14, HC-052: also at the last reading before a notice leaves. A yes elsewhere still sends by name."""
    house = HarbourRow()
    house.east.down = True
    house.report(tell_the_partnership=YES)
    row = {"Option": c.Option.CDRP, "Answer": c.Answer.NO, "Victim": (house.only("People").id,)}
    if link:
        house.report(victims_name="Other Sample", tell_the_partnership=YES)
        row["Case"] = (house.platform.records("Cases")[1].id,)
    with house.platform.as_user("amber@harbour-row.example"):
        house.platform.create("Consents", [row])
    house.east.down = False
    house.now = house.now.replace(minute=2)
    house.runner.once()
    house.wait(hours=2)
    forms = [r.fields["Form"] for r in house.platform.records("Referrals")]
    assert forms == [c.ReferralForm.STATISTICAL, *([c.ReferralForm.IDENTIFIED] if link else [])]
    assert sum(b"Sample Person" in notice for notice in house.east.notices.values()) == 0
    assert not [r for r in house.platform.records("Run log") if "Consents" in str(r.fields["What"])]


def test_a_no_that_hangs_from_nothing_is_told() -> None:
    house = HarbourRow()
    house.report(tell_the_partnership=YES)
    row = house.staff_write("amber", "Consents", option=c.Option.CDRP, answer=c.Answer.NO, Case=())
    house.wait(minutes=11)
    assert [r.fields["What"] for r in house.platform.records("Run log")] == [f"Consents {row}"]
