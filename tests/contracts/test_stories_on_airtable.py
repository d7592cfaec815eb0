"""Stories lived twice, in memory and on the wire-rule server through Airtable's adapter: the same must come of both.

In: stories of tests/stories, above all those in which two people decide on one row (R-25). Out: equal rows in every
table, cell by cell.
Never here: a story that reaches into memory's own rows, or that asks pytest for more than plain letters.
"""

import inspect
from types import FunctionType, ModuleType

import pytest

from sync.platforms.memory import MemoryPlatform
from tests.contracts.airtable_house import HouseOnAirtable
from tests.contracts.lived_twice import Story, differences, lived
from tests.stories import (
    test_a_new_report,
    test_closing_a_case,
    test_letters_in_another_language,
    test_nights_and_weekends,
    test_staff_decide_what_goes,
    test_statistics_returns,
    test_the_case_log,
    test_the_police_first,
    test_triage_and_the_first_day,
    test_two_managers,
    test_what_goes_by_email,
    test_what_leaves,
    test_who_decided,
    test_whose_decision_sends,
)
from tests.stories.conftest import plain_letters  # noqa: F401 -- a fixture

MODULES = (
    test_a_new_report,
    test_letters_in_another_language,
    test_nights_and_weekends,
    test_the_case_log,
    test_the_police_first,
    test_two_managers,
    test_what_goes_by_email,
    test_who_decided,
    test_whose_decision_sends,
)
"""An override with its second decision, approvals, reviews and closures are among them, and letters that staff edit."""
TWO_HANDS = (
    test_triage_and_the_first_day.test_only_a_line_manager_with_a_reason_says_that_it_is_no_hate_incident,
    test_triage_and_the_first_day.test_the_victims_tenancy_is_checked_within_a_day_and_what_it_finds_is_talked_over,
    test_closing_a_case.test_we_are_unable_to_act_is_no_exception_on_a_neighbours_word,
    test_closing_a_case.test_feedback_is_always_asked_for_and_without_it_the_regional_manager_decides,
    test_closing_a_case.test_a_closed_case_says_when_and_by_which_role,
    test_staff_decide_what_goes.test_each_change_is_kept_with_when_why_and_by_whom,
    test_staff_decide_what_goes.test_do_not_send_ends_it_with_the_reason_and_leaves_the_step_open,
    test_staff_decide_what_goes.test_a_decision_that_no_member_of_staff_made_sends_nothing,
    test_staff_decide_what_goes.test_a_no_between_the_decision_and_the_sending_stops_it_for_good,
    test_statistics_returns.test_the_first_pass_of_a_month_counts_the_last_one_and_a_line_manager_sends_it_once,
)
"""The runner writes on the row, and somebody decides on it."""
WHAT_LEAVES = (
    test_what_leaves.test_a_later_yes_sends_one_notice_by_name_that_replaces_the_statistics,
    test_what_leaves.test_statistics_are_never_sent_twice_because_a_name_was_withdrawn,
    test_what_leaves.test_consent_withdrawn_between_deciding_and_sending_is_seen_at_the_last_moment,
    test_what_leaves.test_withdrawn_between_deciding_and_sending_the_replacement_nothing_goes,
)
"""Consent is read again from the platform immediately before the bytes leave: on this one too."""
APART = {"Changed by", "Taken under"}
"""Airtable keeps whole seconds: who changed a row in the instant it was made, where that is its maker, is not told.
What a token was taken under is another word each time."""


def stories(module: ModuleType) -> list[Story]:
    """Those of a module that ask pytest for nothing, or for plain letters alone, and leave memory's own rows alone."""
    found = [each for name, each in vars(module).items() if name.startswith("test_") and type(each) is FunctionType]
    found = [each for each in found if "_rows" not in each.__code__.co_names]
    return [each for each in found if set(inspect.signature(each).parameters) <= {"plain_letters"}]


@pytest.mark.usefixtures("plain_letters", "houses_on_airtable")
@pytest.mark.parametrize(
    "story",
    [*(each for module in MODULES for each in stories(module)), *TWO_HANDS, *WHAT_LEAVES],
    ids=lambda s: s.__name__,
)
def test_a_story_ends_alike_in_memory_and_on_airtable(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every rule, letter and notice of it; and the pace is kept all the while."""
    theirs = lived(story, HouseOnAirtable, monkeypatch)

    assert differences(lived(story, MemoryPlatform, monkeypatch), theirs, APART) == []
    for server in HouseOnAirtable.running:
        assert (server.limits.worst <= 5, server.limits.refused) == (True, 0)
