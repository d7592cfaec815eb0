"""Stories: attaching a report is cut off between any two writes; the next pass ends in the same state."""

import pytest

from schema import TABLES
from schema import choices as c
from tests.house import HarbourRow
from tests.stories.test_attached_to_another_case import FIRST, SECOND, action, attach, case, says, two_reports
from tests.stories.test_cut_off_anywhere import CutOff, finished, left_by, state

pytestmark = pytest.mark.usefixtures("plain_letters")


def triaged() -> HarbourRow:
    """Triage has just been set, and no pass has been made since."""
    house = two_reports(**{"Refer to the police": c.Answer.NO, "Reporter's name": "Somebody Invented"})
    with house.platform.as_user("coral@harbour-row.example"):
        cells = {"Triage": c.Triage.ATTACH, "Attach to": FIRST}
        house.platform.update("Cases", [(case(house, SECOND).id, cells)])
    return house


@pytest.mark.parametrize("after", [False, True], ids=["before it took", "after it took"])
def test_attaching_cut_off_at_any_write_ends_in_the_same_state(after: bool) -> None:
    """HC-105, HC-107: no incident, person or answer is missing or there twice, and a no is never lost."""
    undisturbed = triaged()
    writes = CutOff(undisturbed)
    undisturbed.run()
    right = state(finished(undisturbed))
    assert action(undisturbed, FIRST, "interview_victim", "Incident 2")
    for n in range(writes.writes):
        left = left_by(triaged(), n, after)
        for table in TABLES:
            assert left[table] == right[table], f"{table}, cut off at write {n}"


def test_an_answer_that_cannot_be_read_may_be_a_no_so_nothing_is_attached_until_it_can() -> None:
    """HC-105, HC-107, R-13: the report's own case goes on, and says so."""
    house = triaged()
    house.platform.rename_choice("Consents", "Answer", c.Answer.NO, "Nope")
    house.run()
    assert action(house, SECOND, "interview_victim")["State"] == c.ActionState.OPEN
    assert "Answer holds an option" in says(house, SECOND)
    house.platform.rename_choice("Consents", "Answer", "Nope", c.Answer.NO)
    house.run()
    assert action(house, SECOND, "interview_victim")["State"] == c.ActionState.NOT_NEEDED


def test_the_partnership_counts_an_attached_report_once() -> None:
    """HC-052, R-14: what it was told of the report is not told again; what it was not told goes from the case."""
    told = triaged()
    assert told.east.deliveries == 2
    told.run()
    told.wait(minutes=6)
    assert told.east.deliveries == 2
    assert action(told, FIRST, "notify_cdrp", "Incident 2")["State"] == c.ActionState.DONE

    untold = two_reports(**{"Tell the partnership": None})
    attach(untold)
    assert untold.east.deliveries == 1
    assert action(untold, FIRST, "notify_cdrp", "Incident 2")["State"] == c.ActionState.OPEN


def test_a_report_attached_days_later_was_on_the_case_log_in_time() -> None:
    """HC-042, R-02: it was a case of its own from the first minute."""
    house = two_reports()
    house.go_to("2026-11-23 09:00")
    attach(house)
    assert action(house, FIRST, "log_case", "Incident 2")["State"] == c.ActionState.DONE


def test_a_no_that_became_a_yes_still_waits_for_a_new_version_of_the_plan() -> None:
    """HC-107, HC-108, R-13: attaching washes no refusal away."""
    house = two_reports(**{"Refer to the police": c.Answer.NO, "Police know": c.PoliceTold.NO})
    own = house.platform.find("Consents", "Key", [f"{SECOND}/consent/police"])[0]
    house.wait(hours=1)
    house.staff_write("amber", "Consents", own.id, answer=c.Answer.YES, given_at=house.now)
    attach(house)
    assert "said no before" in str(action(house, FIRST, "police_referral", "Incident 2")["Why"])


def test_a_case_closed_in_the_same_moment_takes_nothing_more_in() -> None:
    """HC-105, R-23: also before its State says that it is closed."""
    house = two_reports()
    first = case(house, FIRST).id
    with house.platform.as_user("dahlia@harbour-row.example"):
        sought = {
            "Kind": c.FeedbackKind.BEFORE_CLOSING,
            "Asked at": house.now,
            "Not got: reason": "Nothing more to say.",
        }
        house.platform.create("Feedback", [{**sought, "Case": (first,)}])
        closed = {"Closed at": house.now, "Marker": c.Marker.UNABLE, "Exception": "We can do nothing more.",
                  "Exception kind": c.ExceptionKind.UNABLE, "Case": (first,)}  # fmt: skip
        house.platform.create("Closures", [closed])
        cells = {"Triage": c.Triage.ATTACH, "Attach to": FIRST}
        house.platform.update("Cases", [(case(house, SECOND).id, cells)])
    house.run()
    house.wait(minutes=6)
    assert len(house.platform.find("Incidents", "Case", [first])) == 1
    assert f"{FIRST} is closed" in says(house, SECOND)
    assert action(house, SECOND, "interview_victim")["State"] == c.ActionState.OPEN
