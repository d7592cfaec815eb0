"""Stories lived twice, in memory and on a real NocoDB: the same must come of both.

In: three stories (a case, two managers, a letter), up to fifteen seconds each. Out: equal rows in every table.
Never here: a story that a server cannot live: one that writes a row without a sign-in, or that looks at Status later.
"""

from collections.abc import Iterator

import pytest

from sync.platforms.memory import MemoryPlatform
from tests.contracts.lived_twice import Story, differences, lived
from tests.contracts.nocodb_desk import NocoDBDesk
from tests.contracts.nocodb_house import HouseOnNocoDB, empty
from tests.server import Started
from tests.stories import test_a_new_report, test_two_managers, test_what_goes_by_email
from tests.stories.conftest import plain_letters  # noqa: F401 -- a fixture

STORIES = (
    test_a_new_report.test_a_report_becomes_a_case_with_its_officer_and_its_due_dates,
    test_two_managers.test_what_the_first_manager_changes_after_the_second_confirmed_is_confirmed_by_nobody,
    test_what_goes_by_email.test_an_edited_letter_goes_as_the_pdf_that_staff_attached_and_only_so,
)
APART = {"Status", "Changed by", "Taken under"}
"""NocoDB works the first out by its own clock, which no test moves. As to the second: a row that one of ours links to
is changed by us there, and by nobody in memory; either keeps the contract. What a token was taken under is another
word each time.
"""


@pytest.fixture(scope="module")
def desk(started: Started) -> Iterator[NocoDBDesk]:
    """A landlord's bases, made new and removed at the end."""
    running = started.running
    desk = NocoDBDesk(running.url, running.admin_email, running.admin_password, "runner@casewatch.example")
    yield desk
    desk.remove()


@pytest.mark.usefixtures("plain_letters")
@pytest.mark.parametrize("story", STORIES, ids=lambda s: s.__name__)
def test_a_story_ends_alike_in_memory_and_on_nocodb(
    story: Story, desk: NocoDBDesk, started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every rule, letter and notice of it."""
    empty(started.running.postgres_dsn, desk)
    theirs = lived(story, lambda now: HouseOnNocoDB(desk, now), monkeypatch)

    assert differences(lived(story, MemoryPlatform, monkeypatch), theirs, APART) == []
