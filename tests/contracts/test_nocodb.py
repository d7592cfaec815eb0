"""A real NocoDB keeps the platform's contract, through an account that is an editor and no more."""

from dataclasses import replace

import pytest
import requests

from automations.errors import Stop, TryAgainLater
from automations.in_step import in_step
from schema import TABLES
from schema.parts import Field, Wall
from sync.platforms.nocodb import NocoDBPlatform
from tests.contracts.nocodb_desk import NocoDBDesk
from tests.contracts.platform import PlatformContract, a_key


@pytest.fixture(scope="module")
def bases(nocodb: NocoDBDesk) -> NocoDBPlatform:
    return NocoDBPlatform(nocodb.url, nocodb.token, nocodb.name)


class TestNocoDBPlatform(PlatformContract):
    @pytest.fixture
    def platform(self, bases: NocoDBPlatform) -> NocoDBPlatform:
        return bases

    @pytest.fixture
    def desk(self, nocodb: NocoDBDesk) -> NocoDBDesk:
        return nocodb


def test_a_server_that_is_down_is_tried_again_later():
    """Nothing listens on port 9."""
    with pytest.raises(TryAgainLater):
        NocoDBPlatform("http://127.0.0.1:9", "token", "Northfield").ids("Cases")


def test_a_wrong_token_is_put_right_by_a_person(nocodb):
    with pytest.raises(Stop, match="token"):
        NocoDBPlatform(nocodb.url, "not-a-token", nocodb.name).ids("Cases")


def test_bases_of_another_name_are_not_taken_for_ours(nocodb):
    """All three that are missing are named at once."""
    with pytest.raises(Stop) as stop:
        NocoDBPlatform(nocodb.url, nocodb.token, "Southfield").ids("Cases")

    assert all(wall in str(stop.value) for wall in Wall)


def test_everything_missing_is_named_at_once(nocodb):
    """A table and two columns that the server does not have."""
    more = (*TABLES["Cases"].fields, Field("Moon phase"), Field("Tide"))
    tables = {**TABLES, "Cases": replace(TABLES["Cases"], fields=more), "Ships": replace(TABLES["Staff"], name="Ships")}

    with pytest.raises(Stop) as stop:
        NocoDBPlatform(nocodb.url, nocodb.token, nocodb.name, tables).ids("Cases")

    assert all(word in str(stop.value) for word in ("Moon phase", "Tide", "Ships"))


def test_a_column_that_staff_added_is_left_alone(nocodb, bases):
    """It is neither read nor in the way."""
    nocodb.add_column("Send tokens", "Colour of the day")

    (id,) = bases.create("Send tokens", [{"Token": a_key()}])

    assert "Colour of the day" not in bases.get("Send tokens", [id])[0].fields


def test_a_column_renamed_while_we_run_is_named(nocodb, bases):
    """Reading and changing stop with its name; put back, all goes on."""
    (id,) = bases.create("Send tokens", [{"Token": a_key()}])
    nocodb.rename_column("Send tokens", "Taken at", "Used at")
    try:
        with pytest.raises(Stop, match="Taken at"):
            bases.records("Send tokens")
        with pytest.raises(Stop, match="Taken at"):
            bases.update("Send tokens", [(id, {"Key": "x"})])
    finally:
        nocodb.rename_column("Send tokens", "Used at", "Taken at")

    bases.update("Send tokens", [(id, {"Key": "y"})])
    assert bases.get("Send tokens", [id])[0].fields["Key"] == "y"


@pytest.mark.parametrize(
    ("table", "key", "column"),
    [("Send tokens", "Token", "Taken at"), ("Incidents", "Key", "Victims"), ("Incidents", "Key", "Case")],
)
def test_a_record_is_not_made_without_the_cell_of_a_renamed_column(nocodb, bases, table, key, column):
    """The server would take it and drop the cell. Put back, the record is made, with the columns as they stand."""
    bases.records(table)
    mine = a_key()
    nocodb.rename_column(table, column, "Another name")
    try:
        with pytest.raises(Stop, match=f"{table} has no column '{column}'"):
            bases.create(table, [{key: mine}])
    finally:
        nocodb.rename_column(table, "Another name", column)

    assert bases.find(table, key, [mine]) == []
    (id,) = bases.create(table, [{key: mine}])
    assert bases.get(table, [id])[0].fields[key] == mine


@pytest.mark.parametrize(
    "typed", ["2026-11-05 09:30", "2026-11-05 09:30:07.600+00:00", "2026-11-05T09:30:07.999Z", "2026-07-05 09:30+01:00"]
)
def test_an_instant_typed_in_the_grid_is_the_one_that_its_history_ends_in(nocodb, bases, typed):
    """R-25: in whatever way the page sends it, its author can be told; and of the one before it cannot."""
    (id,) = bases.create("Approvals", [{"Approval": "a"}])
    nocodb.write("Approvals", id, {"Decided at": typed})
    (before,) = bases.get("Approvals", [id])
    assert in_step(before, "Decided at", tuple(bases.history("Approvals", id)))

    nocodb.write("Approvals", id, {"Decided at": "2026-11-06 09:30:00+00:00"})
    assert not in_step(before, "Decided at", tuple(bases.history("Approvals", id)))


def test_a_file_cannot_be_had_without_its_signed_address(nocodb, bases):
    """The plain address of a stored file answers nothing; the platform itself can fetch it."""
    (id,) = bases.create("Letters", [{"Key": a_key()}])
    bases.attach("Letters", id, "Document", "letter.pdf", b"%PDF", "application/pdf")
    (file,) = nocodb.files("Letters", id, "Document")

    assert requests.get(f"{nocodb.url}/{file['path']}", timeout=10).status_code == 404
    assert bases.fetch("Letters", id, "Document", "letter.pdf") == b"%PDF"
