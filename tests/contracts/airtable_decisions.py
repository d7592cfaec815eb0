"""A decision of the manager's on a row of the runner's, as tests of the audit on Airtable need it.

In: a platform with a ledger, and staff. Out: the row, and who is told to have decided.
Never here: a test.
"""

from collections.abc import Iterable

from automations.ports import Change
from sync.platforms.airtable import AirtablePlatform
from tests.contracts.airtable_desk import AirtableDesk

STAFF, RUNNER = AirtableDesk.staff, AirtableDesk.runner


def decided(changes: Iterable[Change]) -> list[tuple[str | None, str | None]]:
    """Each decision with its author."""
    return [(x.after, x.by) for x in changes if x.field == "Decision"]  # type: ignore[misc]


def two_hands(platform: AirtablePlatform, desk: AirtableDesk) -> str:
    """The runner's row with the manager's decision, heard by the ledger."""
    (id,) = platform.create("Approvals", [{"Approval": "a"}])
    desk.write("Approvals", id, {"Decision": "Agreed"})
    assert decided(platform.history("Approvals", id)) == [("Agreed", STAFF)]
    return id
