"""Moves, as a value: whose change is dated as in the old bases, and how often a text is read.

In: changes and texts made up here. Out: when each change counts from.
Never here: a platform (tests/stories/test_after_a_move.py).
"""

from datetime import UTC, datetime, timedelta

from automations.model import Moves
from automations.model.moves import Entered, read, written
from automations.ports import Change, Record

ENTERED = datetime(2026, 11, 18, 9, tzinfo=UTC)
TRIED, ENDED = ENTERED + timedelta(days=3), ENTERED + timedelta(days=5)


def test_only_what_the_copy_wrote_is_dated_as_in_the_old_bases() -> None:
    """R-13, R-25: somebody's no on bases that were copied into again is as old as it is, and so is the runner's own
    word from before.
    """
    moves = Moves(at=ENDED, rows={("Consents", "1"): Entered(ENTERED, None, {"Answer": ENTERED + timedelta(hours=1)})})
    row = Record("Consents", "1", {}, ENDED)
    told = [
        Change("Answer", None, "Yes", "runner@casewatch.example", ENTERED - timedelta(days=9), made=True),
        Change("Answer", "Yes", "No", "amber@harbour-row.example", TRIED),
        Change("Answer", "No", "Yes", "Runner@casewatch.example", ENDED),
        Change("Answer", "Yes", "No", "runner@casewatch.example", ENDED + timedelta(hours=1)),
    ]

    assert [x.at for x in moves.as_set(row, told, "runner@casewatch.example")] == [
        told[0].at, TRIED, ENTERED + timedelta(hours=1), told[3].at,
    ]  # fmt: skip


def test_each_text_is_read_once_however_many_there_are() -> None:
    """Design 2: the office is read every pass, and a large landlord has some hundred texts."""
    texts = [written("Contacts", {str(each): Entered(ENTERED, None, {})}) for each in range(700)]
    for _ in range(2):
        for each in texts:
            read(each)
        before = read.cache_info().misses
    for each in texts:
        read(each)

    assert read.cache_info().misses == before
