"""Stories: under which account Casewatch may run on bases that another has kept, or somebody brought records into.

In: a landlord in memory, with an import or a move behind it. Out: it may run, or a Stop that says what to do.
Never here: what an account may do (tests/e2e/test_who_may_run.py).
"""

from typing import Any

import pytest

from automations.errors import Stop
from schema import choices as c
from sync.platforms.kept_by import must_be_ours
from sync.platforms.memory import RUNNER, MemoryPlatform
from tests.house import HarbourRow
from tests.stories.day_by_day import a_case
from tests.stories.test_after_a_move import moved

pytestmark = pytest.mark.usefixtures("plain_letters")
HAZEL = "hazel@harbour-row.example"


def test_another_account_at_the_runners_place_is_told_whose_bases_these_are() -> None:
    """R-26, R-08: it would take every report for new. The account that made the copy may run, so may one that has run,
    and any where there is nothing yet but an administrator's import.
    """
    house = moved(a_case())
    must_be_ours(house.platform)
    must_be_ours(MemoryPlatform(lambda: house.now))
    imported = HarbourRow()
    with imported.platform.as_user("hazel@harbour-row.example"):
        imported.platform.create("Actions", [{"Title": "From the older records"}])
    must_be_ours(imported.platform)
    house.platform.account = lambda: "other@casewatch.example"  # type: ignore[method-assign]
    with pytest.raises(Stop, match=f"kept by {RUNNER}, and the token is of other@.* Give it a token of {RUNNER}"):
        must_be_ours(house.platform)

    with house.platform.as_user("other@casewatch.example"):
        house.platform.update("Actions", [("1", {"Title": "Changed under another account long ago"})])
    must_be_ours(house.platform)


def brought_over() -> HarbourRow:
    """A landlord whose hundred oldest actions an administrator brought over from older records."""
    house = HarbourRow()
    with house.platform.as_user(HAZEL):
        house.platform.create("Actions", [{"Title": f"From the older records {each}"} for each in range(100)])
    return house


def of_hazel(house: HarbourRow, **cells: Any) -> None:
    """What Staff says of the administrator; with nothing to say, no more at all."""
    [row] = [r.id for r in house.platform.records("Staff") if r.fields["E-mail"] == HAZEL]
    if cells:
        house.platform.update("Staff", [(row, cells)])
    else:
        house.platform.delete("Staff", row)


@pytest.mark.parametrize("role", [c.StaffRole.SUPERVISOR, None])
def test_whoever_brought_older_records_over_may_do_other_work_since(role: c.StaffRole | None) -> None:
    """R-08, R-26: help does not stop for it, whether the runner has worked here yet or not."""
    house = brought_over()
    of_hazel(house, Role=role)
    must_be_ours(house.platform)
    house.report()
    of_hazel(house)
    must_be_ours(house.platform)


def test_nobody_is_told_to_run_under_the_account_of_a_person() -> None:
    """R-25, R-26: what the runner keeps would be that person's own. The account that ran here is told by its alerts."""
    house = brought_over()
    of_hazel(house)
    with pytest.raises(Stop, match="enter them in Staff, with Has left") as stop:
        must_be_ours(house.platform)
    assert f"token of {HAZEL}" not in str(stop.value)
    with house.platform.as_user(RUNNER):
        house.platform.create("Staff", [{"E-mail": HAZEL, "Has left": True}])
    must_be_ours(house.platform)

    house.report()
    of_hazel(house)
    house.platform.account = lambda: "other@casewatch.example"  # type: ignore[method-assign]
    with pytest.raises(Stop, match=f"Give it a token of {RUNNER}"):
        must_be_ours(house.platform)
