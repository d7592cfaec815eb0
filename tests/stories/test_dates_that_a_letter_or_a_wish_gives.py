"""Stories: dates that a delay letter or a wish of the victim gives - which count, how long, and who agrees."""

from typing import Any

import pytest

from schema import choices as c
from tests.house import HarbourRow, london
from tests.stories.day_by_day import ACCUSED, STATE, Held, a_case, checked, due, each_of, met, needs, reviewed, status

pytestmark = pytest.mark.usefixtures("plain_letters")


def ready(at: str) -> HarbourRow:
    """A case reported on Wednesday 18 November, whose outcomes are due on Wednesday 2 December; now it is `at`."""
    house = a_case(**ACCUSED)
    checked(house)
    met(house)
    house.go_to(at)
    reviewed(house, c.ReviewKind.OUTCOME, covers_the_outcome=True)
    house.staff_write("amber", "Incidents", house.only("Incidents").id, reason_for_delay="A witness is away.")
    return house


def delay(house: HarbourRow, target: str, **cells: Any) -> str:
    victim = house.only("People", role=c.PersonRole.VICTIM).id
    posted = {"kind": c.LetterKind.DELAY, "decision": c.LetterDecision.POSTED, "sent_at": house.now, "to": (victim,)}
    return house.staff_write("amber", "Letters", revised_target=london(target), **(posted | cells))


def test_a_delay_letter_sent_after_the_outcome_was_due_moves_nothing() -> None:
    """HC-102, HC-103, R-04, R-05: one in time does."""
    house = ready("2026-12-03 10:00")
    delay(house, "2026-12-09 00:00")
    assert due(house, "outcome_letter_perpetrator") == "Wed 02 Dec 23:59"
    assert status(house, "outcome_letter_perpetrator") == "Overdue"
    assert "went after it was due" in needs(house)
    assert due(house, "revised_target") == "Wed 09 Dec 23:59", "what the victim was told is kept"

    in_time = ready("2026-12-02 15:00")
    delay(in_time, "2026-12-09 00:00")
    assert due(in_time, "outcome_letter_perpetrator") == "Wed 09 Dec 23:59"
    assert "went after" not in needs(in_time)
    in_time.go_to("2026-12-09 15:00")
    delay(in_time, "2026-12-15 00:00")
    assert due(in_time, "outcome_letter_perpetrator") == "Tue 15 Dec 23:59", "each extension is a new letter (A-32)"


@pytest.mark.parametrize("target", ["2026-11-19 00:00", "2026-12-02 16:00", "2025-12-09 00:00"])
def test_a_revised_target_lies_after_the_letter(target: str) -> None:
    """HC-104, A-32."""
    house = ready("2026-12-02 15:00")
    row = delay(house, target)
    assert due(house, "outcome_letter_perpetrator") == "Wed 02 Dec 23:59"
    assert house.action("revised_target")["State"] == STATE.WAITING
    assert f"Letters {row}: the revised target must lie after" in needs(house)


def test_more_than_ten_working_days_is_a_line_managers_to_agree() -> None:
    """HC-104, A-32, R-25: ten working days after Wednesday 2 December is the 16th."""
    house = ready("2026-12-02 15:00")
    delay(house, "2026-12-16 12:00")
    assert due(house, "outcome_letter_perpetrator") == "Wed 16 Dec 23:59"

    house = ready("2026-12-02 15:00")
    row = delay(house, "2026-12-17 00:00")
    assert due(house, "outcome_letter_perpetrator") == "Wed 02 Dec 23:59"
    assert f"Letters {row}: the revised target is more than ten working days" in needs(house)
    agreed = {"matter": c.Matter.LONGER_EXTENSION, "decision": c.Decision.AGREED, "decided_at": house.now}
    house.staff_write("amber", "Approvals", **agreed)
    assert due(house, "outcome_letter_perpetrator") == "Wed 02 Dec 23:59", "an officer's is no agreement"
    other = delay(house, "2026-12-09 00:00", decision=c.LetterDecision.CANCELLED)
    of_another = house.staff_write("coral", "Approvals", letter=(other,), **agreed)
    assert due(house, "outcome_letter_perpetrator") == "Wed 02 Dec 23:59", "nor is one of another letter"
    house.platform.delete("Approvals", of_another)
    house.staff_write("coral", "Approvals", letter=(row,), **agreed)
    assert due(house, "outcome_letter_perpetrator") == "Thu 17 Dec 23:59"
    assert "more than ten" not in needs(house)
    assert due(house, "outcome_letter_perpetrator", cell="First due") == "Wed 02 Dec 23:59"


def test_a_day_that_a_letter_gives_ends_at_its_end() -> None:
    """HC-104, A-04."""
    house = ready("2026-12-02 15:00")
    delay(house, "2026-12-09 00:00")
    house.go_to("2026-12-09 18:00")
    assert status(house, "revised_target") == "Due soon"
    house.go_to("2026-12-10 00:00")
    assert status(house, "revised_target") == "Overdue"


def test_the_warning_moves_with_the_date() -> None:
    """HC-053, HC-102, R-11: six hours before an interview, two days before an outcome."""
    house = a_case()
    met(house, result=Held.MOVED, happened_at=None, moved_to=london("2026-11-30 14:00"))
    assert due(house, "interview_victim", cell="Warn at") == "Mon 30 Nov 08:00"
    house = ready("2026-12-02 15:00")
    delay(house, "2026-12-09 00:00")
    assert due(house, "outcome_letter_perpetrator", cell="Warn at") == "Mon 07 Dec 23:59"


def test_a_delay_letter_keeps_the_promise_by_day_ten_and_moves_only_the_outcome() -> None:
    """R-04, HC-056h, HC-103, HC-104."""
    house = a_case(**ACCUSED)
    checked(house)
    met(house)
    house.go_to("2026-12-02 15:00")
    victim = house.only("People", role=c.PersonRole.VICTIM).id
    house.staff_write("amber", "Letters", kind=c.LetterKind.DELAY, decision=c.LetterDecision.POSTED,
                      sent_at=house.now, revised_target=london("2026-12-09 17:00"), to=(victim,))  # fmt: skip
    assert status(house, "victim_written_to") == "Done"
    assert due(house, "revised_target") == "Wed 09 Dec 23:59"
    assert due(house, "outcome_letter_perpetrator") == "Wed 09 Dec 23:59"
    house.go_to("2026-12-03 10:00")
    assert status(house, "outcome_letter_victim") == "Overdue"
    house.staff_write("amber", "Letters", kind=c.LetterKind.VICTIM_OUTCOME, decision=c.LetterDecision.POSTED,
                      sent_at=house.now, to=(victim,))  # fmt: skip
    assert status(house, "outcome_letter_victim") == "Done late"
    assert status(house, "revised_target") == "Done"
    assert house.action("outcome_letter_perpetrator")["Blocked by"] is None
    done = each_of(house, "revised_target")
    assert len(done) == 1, "one delay letter, one revised target; other letters have none"
