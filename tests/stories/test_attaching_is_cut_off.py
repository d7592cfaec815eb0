"""Stories: attaching a report is cut off between any two writes; the next pass ends in the same state."""

import pytest

from automations.errors import TryAgainLater
from schema import TABLES
from schema import choices as c
from tests.house import HarbourRow
from tests.stories.test_attached_to_another_case import FIRST, SECOND, action, attach, case, says, two_reports
from tests.stories.test_cut_off_anywhere import CutOff, finished, state

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
        house = triaged()
        cut = CutOff(house)
        cut.left, cut.after, cut.armed = n, after, True
        with pytest.raises(TryAgainLater):
            house.run()
        left = state(finished(house))
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
