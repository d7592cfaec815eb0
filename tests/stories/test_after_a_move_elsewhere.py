"""Stories: what a move does to older records, letters, area and policy reviews and training.

In: a landlord in memory, moved. Out: what reads as before.
Never here: the clocks of a case (test_after_a_move.py); who may run there (test_who_keeps_the_bases.py).
"""

from datetime import timedelta

import pytest

from automations.moved import stands
from schema import TABLES
from schema import choices as c
from sync.platforms.copying import copy
from sync.platforms.memory import MemoryPlatform
from tests.house import HarbourRow, london
from tests.stories.day_by_day import ACCUSED, a_case, checked, met, needs
from tests.stories.day_by_day import reviewed as manager_reviewed
from tests.stories.test_a_case_from_first_to_last import first_day
from tests.stories.test_after_a_move import actions, moved, the_case
from tests.stories.test_areas_reviewed import give_reasons, reviewed
from tests.stories.test_policy_and_training import KIND, policy_reviewed, trained

pytestmark = pytest.mark.usefixtures("plain_letters")


def test_what_was_done_since_an_older_case_was_brought_over_is_held_to_its_rules_after_a_move() -> None:
    """R-08, HC-090: a warning without its approval counts from before it was brought over, not before the move."""
    house = HarbourRow("2026-12-10 09:00")
    house.report(first_reported_at=london("2026-11-18 09:00"), **ACCUSED)
    house.platform.update("Cases", [(house.only("Cases").id, {"Imported": True})])
    suspect = checked(house)
    for at in (london("2026-12-01 09:00"), house.now):
        house.wait(hours=1)
        house.staff_write("amber", "Letters", kind=c.LetterKind.WARNING, to=(suspect,), sent_at=at,
                          decision=c.LetterDecision.POSTED)  # fmt: skip
    older, newer = (r.id for r in house.platform.records("Letters") if r.fields["Kind"] == c.LetterKind.WARNING)
    before = (f"Letters {older}: it went without" in needs(house), f"Letters {newer}: it went without" in needs(house))
    assert before == (False, True)
    case = house.only("Cases").fields["Case review may be asked until"]
    house = moved(house)

    assert f"Letters {older}: it went without" not in needs(house)
    assert f"Letters {newer}: it went without" in needs(house)
    assert house.only("Cases").fields["Case review may be asked until"] == case
    [part] = [r.id for r in house.platform.records("Moves") if str(r.fields["Rows"]).startswith("Cases ")]
    house.platform.delete("Moves", part)
    house.wait(hours=1)
    assert f"Letters {newer}: it went without" in needs(house), "nor where nothing tells of the case any more"


def test_a_letter_that_went_with_its_approval_is_not_told_as_gone_without_it_after_a_move() -> None:
    """HC-090, R-25: a draft that was approved before the move is approved anew before it goes."""
    house = a_case(**ACCUSED)
    suspect = checked(house)
    sent = house.staff_write("amber", "Letters", kind=c.LetterKind.WARNING, to=(suspect,))
    for row in (sent, house.staff_write("amber", "Letters", kind=c.LetterKind.WARNING, to=(suspect,))):
        house.staff_write("coral", "Approvals", matter=c.Matter.LETTER, decision=c.Decision.AGREED, letter=(row,),
                          reason="It says what it must.")  # fmt: skip
    went = {"decision": c.LetterDecision.POSTED, "sent_how": c.Channel.LETTER}
    house.staff_write("amber", "Letters", sent, sent_at=house.now, **went)
    house = moved(house, days=0)

    assert "it went without" not in needs(house)
    house.staff_write("amber", "Letters", row, sent_at=house.now, **went)
    assert f"Letters {row}: it went without its approval" in needs(house)
    assert f"Letters {sent}: it went without" not in needs(house)


@pytest.mark.parametrize(
    ("cell", "audited", "stands"),
    [("agreed_action", True, True), ("agreed_action", False, False), ("findings", True, False)],
)
def test_a_review_that_somebody_wrote_in_after_a_move_shows_what_it_did_only_where_nothing_decided_was_changed(
    cell: str, audited: bool, stands: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """HC-047, R-26: as the audit tells it. Without an audit nobody can say what they changed."""
    house = a_case()
    first_day(house)
    house = moved(house, days=0)
    assert house.action("manager_discussion")["State"] == c.ActionState.DONE
    if not audited:
        monkeypatch.setattr(house.platform, "history", lambda table, id: [])
        house.restart()
    house.staff_write("amber", "Reviews", "1", **{cell: "Written by the officer since."})

    assert (house.action("manager_discussion")["State"] == c.ActionState.DONE) is stands


def test_what_is_said_of_a_letter_that_somebody_touched_since_the_move_counts_only_as_the_audit_tells_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """HC-090, R-25: touched, one that went with its approval stays so by the audit. One of which somebody typed that it
    went, past the audit, lacks the approval that nobody gave.
    """
    house = a_case(**ACCUSED)
    suspect = checked(house)
    sent, other = (house.staff_write("amber", "Letters", kind=c.LetterKind.WARNING, to=(suspect,)) for _ in range(2))
    house.staff_write("coral", "Approvals", matter=c.Matter.LETTER, decision=c.Decision.AGREED, letter=(sent,),
                      reason="It says what it must.")  # fmt: skip
    went = {"Decision": c.LetterDecision.POSTED, "Sent how": c.Channel.LETTER}
    house.staff_write("amber", "Letters", sent, sent_at=house.now, **went)
    house = moved(house, days=0)
    house.staff_write("amber", "Letters", sent, words_for_the_reader="By the back stairs.")
    assert "it went without" not in needs(house)

    told = house.platform.history
    monkeypatch.setattr(house.platform, "history", lambda table, id: [] if table == "Letters" else told(table, id))
    house.restart()
    typed = {"State": c.LetterState.SENT, "What is missing": None, "Sent at": house.now}
    with house.platform.as_user("amber@harbour-row.example"):
        house.platform.update("Letters", [(other, went | typed)])
    house.run()
    house.wait(hours=1)
    assert f"Letters {other}: it went without its approval" in needs(house)


def test_an_approval_is_no_newer_for_a_move_there_and_back() -> None:
    """R-25, R-26: what the copy wrote is dated as before, what a person did when they did it: the words that changed
    after the approval still lack theirs.
    """
    house = a_case(**ACCUSED)
    suspect = checked(house)
    first = house.platform
    letter = house.staff_write("amber", "Letters", kind=c.LetterKind.WARNING, to=(suspect,))
    house.staff_write("coral", "Approvals", matter=c.Matter.LETTER, decision=c.Decision.AGREED, letter=(letter,),
                      reason="It says what it must.")  # fmt: skip
    house.wait(days=2)
    with first.as_user("amber@harbour-row.example"):
        first.attach("Letters", letter, "Edited document", "other words.docx", b"PK other words", "application/x")
    house.wait(hours=1)
    lacks = first.get("Letters", [letter])[0].fields["What is missing"]
    assert "a line manager approves it first" in str(lacks)
    house = moved(house)
    house.staff_write("amber", "Approvals", "1", asked_at=house.now)
    house.wait(days=1)
    assert copy(house.platform, first, TABLES, lambda _: None, overwrite=True).alike
    house.platform = first
    house.restart()
    house.wait(hours=2)

    assert first.get("Letters", [letter])[0].fields["What is missing"] == lacks


def test_what_a_stranger_decides_since_a_move_in_a_cell_that_came_blank_was_not_decided_before() -> None:
    """R-25, R-26: it says so of no decision but those that were made in the old bases."""
    house = a_case()
    blank = house.staff_write("coral", "Reviews", kind=c.ReviewKind.PROGRESS, held_at=house.now)
    full = manager_reviewed(house)
    house = moved(house)
    for row in (blank, full):
        with house.platform.as_user("stranger@elsewhere.example"):
            typed = {"Findings": "Typed since."} if row == blank else {"Agreed action": "Typed since."}
            house.platform.update("Reviews", [(row, typed)])
    house.run()
    case = the_case(house)

    assert {x.id: stands(case.moved_at, x) for x in case.reviews} == {blank: False, full: True}


def test_reviews_of_areas_and_policy_and_training_stand_after_a_move() -> None:
    """HC-138, HC-140, HC-143, HC-147, HC-149: signed in the old bases, done in time here; a new one needs its hand."""
    house = a_case()
    policy_reviewed(house)
    trained(house, "Amber Sample", KIND.INDUCTION, house.now.date())
    house.go_to("2026-12-01 10:00")
    reviewed(house)
    give_reasons(house)
    house.wait(hours=1)
    before = actions(house)
    assert {before[key]["State"] for key in before if key.startswith(("area_review/", "policy_review/1"))} >= {
        c.ActionState.DONE, c.ActionState.OPEN}  # fmt: skip
    house = moved(house, days=0)

    assert actions(house) == before
    house.go_to("2026-12-10 10:00")
    unsigned = reviewed(house, "amber")
    assert "It counts once" in str(house.platform.get("Area reviews", [unsigned])[0].fields["What is missing"])


def test_a_report_that_nobody_took_before_a_move_counts_from_when_it_was_entered() -> None:
    """HC-004, HC-036: it came by the form, so it is taken at once; a row typed in the grid still waits for its Send."""
    house = HarbourRow()
    house.platform.submit("Reports", {"Victim's name": "Sample Person", "What happened": "Words were shouted."})
    entered = house.now
    with house.platform.as_user("amber@harbour-row.example"):
        house.platform.create("Reports", [{"Victim's name": "Another Person"}])
    house.now += timedelta(days=2)
    there = MemoryPlatform(lambda: house.now)
    assert copy(house.platform, there, TABLES, lambda _: None).alike
    house.platform = there
    house.restart()
    house.run()

    assert house.only("Cases").fields["First reported at"] == entered


def test_reviews_of_a_late_interview_stay_the_managers_after_a_move() -> None:
    """HC-086, A-37: every other one is a line manager's to make, and was."""
    house = a_case(**ACCUSED)
    checked(house)
    met(house)
    for day in (21, 23, 25, 27):
        house.go_to(f"2026-11-{day} 10:00")
        manager_reviewed(house, c.ReviewKind.DELAY)
    before = actions(house)
    assert sum(cells["Step"] == "perpetrator_delay_review" for cells in before.values()) > 3

    assert actions(moved(house, days=0)) == before
