"""Stories: a report comes in, and within one pass the case says what is owed and by when."""

import json

from automations.calendar import LONDON
from schema import choices as c
from tests.house import HarbourRow, london


def due(house: HarbourRow, step: str) -> str:
    at = house.action(step)["Due at"]
    return f"{at.astimezone(LONDON):%a %d %b %Y %H:%M}"


def test_a_report_becomes_a_case_with_its_officer_and_its_due_dates() -> None:
    """HC-004, HC-005, HC-036, HC-042, HC-078, HC-100, HC-110: reported on Wednesday 18 November 2026 at nine."""
    house = HarbourRow("2026-11-18 09:00")
    house.report()

    case = house.only("Cases").fields
    assert (case["Reference"], case["Officer"], case["Supervisor"]) == (
        "CW-2026-0001",
        "Amber Testwood",
        "Coral Mockford",
    )
    assert due(house, "interview_victim") == "Thu 19 Nov 2026 09:00"
    assert due(house, "interview_witnesses") == "Wed 25 Nov 2026 23:59"
    assert due(house, "progress_review") == "Tue 01 Dec 2026 23:59"
    assert due(house, "outcome_letter_victim") == "Wed 02 Dec 2026 23:59"
    assert house.only("Reports").fields["Case reference"] == "CW-2026-0001"
    assert house.action("log_case")["State"] == c.ActionState.DONE


def test_a_second_pass_and_a_new_runner_change_nothing() -> None:
    """Level-triggered: what is so already is not made again."""
    house = HarbourRow()
    house.report(tell_the_partnership=c.Answer.YES)
    house.run()
    before = {
        t: [(r.id, dict(r.fields)) for r in house.platform.records(t)]
        for t in ("Cases", "Actions", "Letters", "Alerts")
    }
    mails, deliveries = len(house.mail.sent), house.east.deliveries
    stamps = [r.updated_at for r in house.platform.records("Actions")]
    house.restart()
    house.wait(seconds=30)

    after = {t: [(r.id, dict(r.fields)) for r in house.platform.records(t)] for t in before}
    assert after == before
    assert (len(house.mail.sent), house.east.deliveries) == (mails, deliveries)
    assert [r.updated_at for r in house.platform.records("Actions")] == stamps


def test_the_officer_and_the_duty_person_are_told_at_once_and_the_managers_after_an_hour() -> None:
    """HC-006: no name is in the message; an acknowledged alert goes no further."""
    house = HarbourRow("2026-11-21 23:30")
    house.report()

    assert [to for to, _, _ in house.mail.sent] == ["amber@harbour-row.example", "elder@harbour-row.example"]
    assert not any("Sample Person" in subject + text for _, subject, text in house.mail.sent)
    house.wait(minutes=61)
    assert "coral@harbour-row.example" in [to for to, _, _ in house.mail.sent[2:]]

    calm = HarbourRow()
    calm.report()
    calm.staff_write("amber", "Alerts", calm.only("Alerts").id, acknowledged=True)
    calm.wait(minutes=61)
    assert len(calm.mail.sent) == 2
    assert calm.only("Alerts").fields["State"] == c.AlertState.ACKNOWLEDGED


def test_without_agreement_the_partnership_gets_statistics_only_and_with_it_the_name() -> None:
    """HC-052: a no sends statistics at once; a yes names the victim."""
    refused, agreed = HarbourRow(), HarbourRow()
    refused.report(tell_the_partnership=c.Answer.NO)
    agreed.report(tell_the_partnership=c.Answer.YES)

    [counted], [named] = refused.east.notices.values(), agreed.east.notices.values()
    assert json.loads(counted)["form"] == "statistical"
    for private in ("Sample Person", "12 Example Row", "ZZ1 4AB", "shouted", "CW-2026"):
        assert private.encode() not in counted
    assert "Sample Person" in json.dumps(json.loads(named))
    assert refused.only("Referrals").fields["State"] == c.ReferralState.STATISTICS_SENT
    assert agreed.only("Referrals").fields["State"] == c.ReferralState.SENT
    assert agreed.action("notify_cdrp")["State"] == c.ActionState.DONE


def test_where_the_police_collect_the_name_needs_agreement_to_the_police_too() -> None:
    """R-14: in Kirkinlea the partnership's desk is a police body."""
    refused, agreed = HarbourRow(), HarbourRow()
    refused.report(postcode="ZZ9 1AA", tell_the_partnership=c.Answer.YES, refer_to_the_police=c.Answer.NO)
    agreed.report(postcode="ZZ9 1AA", tell_the_partnership=c.Answer.YES, refer_to_the_police=c.Answer.YES)

    assert json.loads(*refused.west.notices.values())["form"] == "statistical"
    assert json.loads(*agreed.west.notices.values())["form"] == "identified"


def test_nobody_asked_waits_until_working_day_ten_and_then_counts() -> None:
    """R-14: unknown is waiting; on Wednesday 2 December, working day 10, statistics go."""
    house = HarbourRow("2026-11-18 09:00")
    house.report()
    assert house.only("Referrals").fields["State"] == c.ReferralState.WAITING
    house.go_to("2026-12-01 23:00")
    assert not house.east.notices
    house.go_to("2026-12-02 00:01")
    assert json.loads(*house.east.notices.values())["form"] == "statistical"


def test_the_letter_is_drafted_where_it_is_safe_to_write_and_held_where_nobody_asked() -> None:
    """HC-024, HC-025: an empty list of safe ways shuts the letter."""
    safe, unasked = HarbourRow(), HarbourRow()
    safe.report()
    unasked.report(**{"Safe ways to contact": None})

    draft = safe.only("Letters").fields
    assert draft["State"] == c.LetterState.DRAFT
    assert [f.name.startswith("CW-2026-0001") for f in draft["Document"]] == [True]
    held = unasked.only("Letters").fields
    assert (held["State"], held["Document"]) == (c.LetterState.HELD, ())
    assert held["What is missing"]


def test_an_interview_in_time_completes_its_step_and_one_entered_late_says_so() -> None:
    """HC-053, R-07: what happened in time is done in time, and late entry is told apart."""
    house = HarbourRow("2026-11-18 09:00")
    house.report()
    house.now = london("2026-11-21 12:00")
    house.staff_write("amber", "Interviews", with_=c.InterviewKind.VICTIM, result=c.InterviewResult.HELD,
                      happened_at=london("2026-11-18 15:00"), ended_at=london("2026-11-18 16:00"))  # fmt: skip

    done = house.action("interview_victim")
    assert (done["State"], done["Entered late"]) == (c.ActionState.DONE, True)
    assert due(house, "victim_interview_note") == "Fri 20 Nov 2026 16:00"


def test_evidence_that_vanishes_reopens_the_step_and_restored_evidence_closes_it_again() -> None:
    """R-10: the history stays."""
    house = HarbourRow("2026-11-18 09:00")
    house.report()
    held = {"with_": c.InterviewKind.VICTIM, "result": c.InterviewResult.HELD, "happened_at": house.now}
    house.wait(hours=1)
    id = house.staff_write("amber", "Interviews", **held)
    assert house.action("interview_victim")["State"] == c.ActionState.DONE
    house.staff_write("amber", "Interviews", id, result=c.InterviewResult.BOOKED)
    open_again = house.action("interview_victim")
    assert open_again["State"] == c.ActionState.OPEN
    assert "no longer shows" in open_again["Reopened why"]
    house.staff_write("amber", "Interviews", id, result=c.InterviewResult.HELD)
    done = house.action("interview_victim")
    assert done["State"] == c.ActionState.DONE
    assert done["Reopened why"]
