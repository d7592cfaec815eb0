"""The table of what each platform keeps: what it calls alike, explained, different, and not asked.

In: results as pytest would give them. Out: cells and verdict.
Never here: a platform.
"""

from types import SimpleNamespace

import pytest

from tests.coverage.side_by_side import COLUMNS, FAILED, PASSED, STORIES, UNASKED, Seen


@pytest.fixture
def seen() -> Seen:
    """One promise and one story, kept everywhere; the last column's platform has no audit."""
    seen = Seen()
    for column in COLUMNS.values():
        seen.cells["a promise"][column] = PASSED
        seen.can[column] = SimpleNamespace(audit=column != "memory")
    seen.where["a promise"] = None
    for on in STORIES.values():
        seen.stories["a module"][f"{on} {PASSED}"] = 1
    return seen


def test_what_is_kept_everywhere_is_alike_and_what_failed_is_not(seen: Seen) -> None:
    assert (seen.unasked(), seen.differs()) == ([], False)
    seen.cells["a promise"]["NocoDB"] = FAILED
    assert seen.differs()


def test_a_promise_that_is_not_asked_needs_a_capability_that_is_really_not_there(seen: Seen) -> None:
    """A platform that has an audit and was not asked about it differs."""
    del seen.cells["a promise"]["memory"]
    assert (seen.cell("a promise", "memory"), seen.differs()) == (UNASKED, True)
    seen.where["a promise"] = ("audit", True)
    assert (seen.cell("a promise", "memory"), seen.differs()) == ("- audit", False)
    seen.can["memory"] = SimpleNamespace(audit=True)
    assert seen.differs()


def test_a_story_that_ends_otherwise_differs(seen: Seen) -> None:
    seen.stories["a module"][f"NocoDB {FAILED}"] = 1
    assert seen.differs()


def test_a_platform_that_nothing_was_asked_of_is_named(seen: Seen) -> None:
    """Though everything that was asked passed."""
    seen.cells["a promise"].pop("NocoDB")
    seen.stories["a module"].pop(f"wire rules {PASSED}")
    assert seen.unasked() == ["NocoDB", "stories on wire rules"]
    assert Seen().unasked() == [*COLUMNS.values(), "stories on NocoDB", "stories on wire rules"]
