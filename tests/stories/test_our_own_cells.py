"""Stories: what the runner keeps is believed only as it wrote it, and is put back (design 2). Whoever types over it."""

from datetime import timedelta

import pytest

from schema import choices as c
from tests.house import HarbourRow, london
from tests.stories.day_by_day import a_case, two_cases

pytestmark = pytest.mark.usefixtures("plain_letters")
MEMORY = ("First due", "First late at", "First done at", "Due at", "State")


def put_back(house: HarbourRow) -> str:
    """What the chronology says of cells put back."""
    rows = [r.fields for r in house.platform.records("Developments") if "/put-back/" in str(r.fields["Key"])]
    return " ".join(str(r["Detail"]) for r in rows)


def id_of(house: HarbourRow, step: str) -> str:
    return next(r.id for r in house.platform.records("Actions") if r.fields["Step"] == step)


def test_what_an_action_once_promised_or_missed_is_put_back_when_it_is_typed_over() -> None:
    """R-10: the interview was late, whatever an officer types into First due."""
    house = a_case()
    house.wait(hours=30)
    house.staff_write("amber", "Interviews", with_=c.InterviewKind.VICTIM, result=c.InterviewResult.HELD,
                      happened_at=house.now)  # fmt: skip
    before = {k: house.action("interview_victim")[k] for k in MEMORY}
    assert before["State"] == c.ActionState.DONE_LATE
    house.staff_write("amber", "Actions", id_of(house, "interview_victim"), first_due=london("2026-11-30 09:00"),
                      first_late_at=None, first_done_at=None, state=c.ActionState.DONE)  # fmt: skip
    assert {k: house.action("interview_victim")[k] for k in MEMORY} == before
    assert "First due" in put_back(house)
    house.restart()
    house.wait(hours=2)
    assert {k: house.action("interview_victim")[k] for k in MEMORY} == before


def test_what_staff_may_fill_on_an_action_stays_beside_it() -> None:
    house = a_case()
    house.staff_write("amber", "Actions", id_of(house, "interview_victim"), reason_for_lateness="She was away.")
    assert house.action("interview_victim")["Reason for lateness"] == "She was away."
    assert put_back(house) == ""


def test_rows_that_nobody_else_touched_cost_no_question_to_the_audit(monkeypatch: pytest.MonkeyPatch) -> None:
    house = a_case()
    asked: list[str] = []
    history = house.platform.history
    monkeypatch.setattr(house.platform, "history", lambda t, id: asked.append(t) or history(t, id))
    house.restart()
    house.wait(hours=1)
    assert set(asked) <= {"Staff"}, "since when somebody has a role, only the audit says"
    asked.clear()
    house.staff_write("amber", "People", house.only("People").id, language="Farsi")
    house.wait(hours=1)
    assert set(asked) == {"People"}
    asked.clear()
    house.wait(hours=1)
    assert asked == [], "asked once while the row stays as it is"


@pytest.mark.parametrize("typed", ["CW-2026-0001x", "CW-2026-0009", None])
def test_a_reference_that_slipped_comes_back_and_nothing_is_told_twice(typed: str | None) -> None:
    """R-27: the keys of the case's rows begin with it."""
    house = a_case(tell_the_partnership=c.Answer.YES)
    before = [len(house.platform.records(t)) for t in ("Actions", "Referrals", "Letters", "Alerts")]
    house.staff_write("amber", "Cases", house.only("Cases").id, reference=typed)
    house.wait(minutes=6)

    assert house.only("Cases").fields["Reference"] == "CW-2026-0001"
    assert [len(house.platform.records(t)) for t in ("Actions", "Referrals", "Letters", "Alerts")] == before
    assert (len(house.mail.sent), len(house.east.notices)) == (2, 1)
    assert not house.platform.records("Run log")


def test_a_reference_lost_without_a_trace_is_read_from_the_keys_of_the_cases_rows() -> None:
    house = a_case()
    row = house.platform._rows["Cases"][house.only("Cases").id]  # another tool, past the audit
    row.cells["Reference"] = None
    house.wait(minutes=6)
    assert house.only("Cases").fields["Reference"] == "CW-2026-0001"


def test_nobody_is_told_to_delete_a_case_that_people_are_on() -> None:
    """Only an empty row, typed into the grid, may go."""
    house = HarbourRow()
    typed = house.staff_write("amber", "Cases", attach_to="x")
    told = [str(r.fields["Detail"]) for r in house.platform.records("Run log")]
    assert ["then delete this row" in each for each in told] == [True]
    house.staff_write("amber", "People", role=c.PersonRole.VICTIM, Case=(typed,))
    [told_now] = [str(r.fields["Detail"]) for r in house.platform.records("Run log")][1:]
    assert "no reference" in told_now
    assert "delete" not in told_now


def test_an_incident_keeps_its_number_when_somebody_edits_it() -> None:
    """R-02: the second incident's clocks and its notice are its own."""
    house = a_case(tell_the_partnership=c.Answer.YES)
    row = house.staff_write("amber", "Incidents", first_reported_at=house.now)
    assert house.platform.get("Incidents", [row])[0].fields["Key"] == "CW-2026-0001/incident-2"
    keys = {r.fields["Key"] for r in house.platform.records("Actions")}
    house.staff_write("amber", "Incidents", row, number=3, key=None)
    house.wait(minutes=10)

    held = house.platform.get("Incidents", [row])[0].fields
    assert (held["Number"], held["Key"]) == (2, "CW-2026-0001/incident-2")
    assert {r.fields["Key"] for r in house.platform.records("Actions")} == keys


def test_only_an_administrator_marks_a_case_as_brought_over() -> None:
    """R-08: it frees from "log the case within 24 h"; an officer's tick is taken off, and the case says so."""
    house = a_case(first_reported_at=london("2026-11-15 09:00"))
    case = house.only("Cases").id
    house.staff_write("amber", "Cases", case, imported=True)
    house.wait(hours=1)
    assert house.only("Cases").fields["Imported"] is False
    assert house.action("log_case")["State"] == c.ActionState.DONE_LATE
    assert f"Cases {case}: Imported." in put_back(house)

    house.staff_write("hazel", "Cases", case, imported=True)
    house.wait(hours=1)
    assert house.only("Cases").fields["Imported"] is True
    assert house.action("log_case")["State"] == c.ActionState.NOT_NEEDED


def test_a_case_that_an_administrator_brings_over_stands_as_it_was_brought() -> None:
    """R-08: with its reference, its first report and its mark; a case typed by an officer has none of these."""
    house = HarbourRow()
    for who, reference in (("hazel", "CW-2025-0004"), ("amber", "CW-2025-0005")):
        with house.platform.as_user(f"{who}@harbour-row.example"):
            cells = {"Reference": reference, "Report": f"older-{who}", "Imported": True, "Opened at": house.now}
            [case] = house.platform.create("Cases", [cells])
            house.platform.create("Incidents", [{"Case": (case,), "First reported at": house.now}])
    house.run()

    brought, typed = (r.fields for r in house.platform.records("Cases"))
    assert (brought["Reference"], brought["Imported"], brought["State"]) == (
        "CW-2025-0004", True, c.CaseState.NEEDS_A_PERSON)  # fmt: skip
    assert not any(key.startswith("CW-2025-0005") for r in house.platform.records("Actions")
                   if (key := str(r.fields["Key"])))  # fmt: skip
    assert any("no reference" in str(r.fields["Detail"]) for r in house.platform.records("Run log"))
    assert (brought["Opened at"], typed["State"]) == (house.now, None)


def test_an_alert_whose_card_was_dragged_goes_up_all_the_same() -> None:
    """HC-006, A-31: State is ours; Acknowledged is theirs."""
    house = a_case()
    sent = len(house.mail.sent)
    house.staff_write("amber", "Alerts", house.only("Alerts").id, state=c.AlertState.ESCALATED)
    assert house.only("Alerts").fields["State"] == c.AlertState.SENT
    house.wait(hours=2)
    assert len(house.mail.sent) > sent

    calm = a_case()
    calm.staff_write("amber", "Alerts", calm.only("Alerts").id, acknowledged=True)
    sent = len(calm.mail.sent)
    calm.wait(hours=2)
    assert len(calm.mail.sent) == sent


@pytest.mark.parametrize("typed", [c.ReferralState.SENT, c.ReferralState.ACKNOWLEDGED, c.ReferralState.STOPPED])
def test_a_notice_that_somebody_calls_sent_is_still_sent(typed: c.ReferralState) -> None:
    """R-14, HC-052: only what we write when it goes shows that it went."""
    house = HarbourRow()
    house.east.down = True
    house.report(tell_the_partnership=c.Answer.YES)
    row = house.only("Referrals").id
    house.staff_write("amber", "Referrals", row, state=typed, sent_at=house.now)
    assert house.action("notify_cdrp")["State"] == c.ActionState.OPEN
    house.east.down = False
    house.wait(hours=2)
    assert house.only("Referrals").fields["State"] == c.ReferralState.SENT
    assert len(house.east.notices) == 1


def test_a_notice_marked_sent_without_time_or_fingerprint_has_not_gone() -> None:
    """The same where no audit tells who wrote it: the runner's own account was used."""
    house = HarbourRow()
    house.east.down = True
    house.report(tell_the_partnership=c.Answer.YES)
    house.platform.update("Referrals", [(house.only("Referrals").id, {"State": c.ReferralState.SENT})])
    house.run()
    assert house.action("notify_cdrp")["State"] == c.ActionState.OPEN
    house.east.down = False
    house.wait(hours=2)
    assert house.action("notify_cdrp")["State"] == c.ActionState.DONE


def test_an_action_hung_under_another_case_is_hung_back_and_stays_overdue() -> None:
    """R-10: with its first lateness; its own case says so."""
    house, one, two = two_cases()
    house.wait(hours=30)
    row = house.platform.records("Actions")[0]
    mine = next(r for r in house.platform.records("Actions") if r.fields["Step"] == "interview_victim"
                and r.fields["Case"] == (one,))  # fmt: skip
    house.staff_write("amber", "Actions", mine.id, Case=(two,))
    house.now += timedelta(seconds=30)
    house.runner.once()
    for _ in range(2):
        [again] = house.platform.get("Actions", [mine.id])
        assert (again.fields["Case"], again.fields["Status"]) == ((one,), "Overdue")
        house.wait(hours=1)
    told = [r.fields for r in house.platform.records("Developments") if "put-back" in str(r.fields["Key"])]
    assert [(r["Case"], r["Detail"]) for r in told] == [((one,), f"Actions {mine.id}: Case.")]
    assert house.platform.get("Actions", [row.id])[0].fields["Case"] == (one,)
    assert len(house.platform.records("Actions")) == len({r.fields["Key"] for r in house.platform.records("Actions")})
