"""pyairtable's own stand-in for Airtable beside the wire-rule server: the same calls give the same rows.

In: one client's calls, on both. Out: rows compared, without what each makes up (ids, moments).
Never here: a formula, a page or a refusal, which the stand-in does not keep: on those it proves nothing.
"""

from collections.abc import Iterator

import pytest
from pyairtable.testing import MockAirtable

from sync.platforms.airtable_client import BATCH, Client
from sync.platforms.airtable_pace import Pace
from tests.contracts.airtable_desk import AirtableDesk, client
from tests.contracts.airtable_server import AirtableServer

TABLE = "Contacts"
NAMES = [f"Person {n}" for n in range(BATCH)]


@pytest.fixture(params=["wire rules", "pyairtable"])
def connected(request: pytest.FixtureRequest, at: AirtableServer) -> Iterator[tuple[Client, str, str]]:
    """A client, the base and the table."""
    if request.param == "wire rules":
        base, table = AirtableDesk(at).found(TABLE)
        yield client(at), base.id, table.id
        return
    with MockAirtable() as stand_in:
        stand_in.set_records("appHarbourRow00000", TABLE, [])
        yield Client("pat", Pace()), "appHarbourRow00000", TABLE


def test_what_is_made_changed_and_deleted_is_what_is_read(connected):
    """Ten at once, in their order; a change keeps the other cells; what is deleted is gone, and nothing else."""
    airtable, base, table = connected
    made = airtable.create(base, table, [{"Contact": name} for name in NAMES])
    changed = airtable.change(base, table, [(row["id"], {"How the victim is coping": "Rang."}) for row in made[:3]])
    airtable.delete(base, table, [row["id"] for row in made[8:]])

    assert [row["fields"]["Contact"] for row in made] == NAMES
    assert [(row["id"], row["fields"]["Contact"], row["fields"]["How the victim is coping"]) for row in changed] == [
        (row["id"], name, "Rang.") for row, name in zip(made, NAMES, strict=False)
    ][:3]
    read = {row["id"]: row["fields"] for row in airtable.rows(base, table, ("Contact", "How the victim is coping"))}
    assert set(read) == {row["id"] for row in made[:8]}, "in no order: Airtable promises none"
    assert [
        (cells["Contact"], cells.get("How the victim is coping")) for cells in (read[row["id"]] for row in made[:8])
    ] == [(name, "Rang." if n < 3 else None) for n, name in enumerate(NAMES[:8])]
    assert all(set(row) >= {"id", "createdTime", "fields"} for row in (*made, *changed))
