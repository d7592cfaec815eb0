"""A landlord's bases on the wire-rule server: provisioned over its API, finished by hand, and staff at the grid.

In: a server. Out: bases as they should be, the runner's token, what staff do in the page.
Never here: the adapter under test.
"""

import copy
from collections.abc import Mapping
from typing import Any

from schema import BASES, TABLES
from schema.parts import NUMBER, Kind, Link
from schema.provisioning import Applied, apply
from schema.views import forms_of, views_of
from sync.platforms.airtable import AirtablePlatform
from sync.platforms.airtable_client import Client
from sync.platforms.airtable_feed import SPECIFICATION
from sync.platforms.airtable_pace import Pace
from sync.platforms.airtable_schema import AirtableSchema
from tests.contracts.airtable_server import AirtableServer, payloads
from tests.contracts.airtable_server import schema as wire
from tests.contracts.airtable_server.rows import Base, Person, Table, new_id

NAME = "Northfield"
RUNNER, CREATOR = "patRunner.of-northfield", "patCreator.of-northfield"
WATCHING = {"Changed at": "lastModifiedTime", "Changed by": "lastModifiedBy"}
KEPT = {NUMBER: "autoNumber", "Made by": "createdBy", **WATCHING}
SHAPES = {"grid": "grid", "board": "kanban", "calendar": "calendar"}


def server(clock: Any = None) -> AirtableServer:
    """A server that knows the landlord's people."""
    made = AirtableServer(clock)
    made.people = {RUNNER: Person("runner@casewatch.example"), CREATOR: Person("admin@northfield.example", "create")}
    return made


def client(at: AirtableServer, token: str = RUNNER, pace: Pace | None = None, **more: Any) -> Client:
    """A connection with a meter of its own, on the server's clock."""
    pace = pace or Pace(at.clock.time, at.clock.sleep)
    return Client(token, pace, at.url, at.url, **more)


def provision(at: AirtableServer) -> tuple[AirtableSchema, Applied]:
    """What `schema apply` does; the rest is left for a person."""
    target = AirtableSchema(client(at, CREATOR), NAME, new_id("wsp"))
    return target, apply(BASES, target, lambda _: None)


def begin_feeds(at: AirtableServer) -> None:
    """What the creator's `schema apply` does last, at this instant."""
    for base in at.bases.values():
        payloads.make(base, {"specification": SPECIFICATION}, at.clock.now())


def finish(at: AirtableServer) -> None:
    """Take every step of the checklist, as a person does in the page."""
    for base in at.bases.values():
        for table in base.tables:
            finish_table(table)


def finish_table(table: Table) -> None:
    """One table's steps: the fields that Airtable fills in, links to one, the first field, views and forms."""
    declared = TABLES[table.name]
    ours = {column.name for column in declared.columns}
    there = {field.name for field in table.fields}
    hands = {field.name for field in declared.fields if field.kind in (Kind.MADE_BY, Kind.CHANGED_BY)}
    watched = [field.id for field in table.fields if field.type != "multipleRecordLinks" or field.name in ours]
    for name, kind in KEPT.items():
        if name not in there and (name not in ("Made by", "Changed by") or name in hands or _authored(table)):
            options = {"referencedFieldIds": watched} if name in WATCHING else {}
            note = next((field.note for field in declared.fields if field.name == name), "")
            wire.add_by_hand(table, name, kind, note, **options)
    for link in declared.links:
        table.field(link.name).options["prefersSingleRecordLink"] = not link.many
    if table.fields[0].name == "Name" and "Name" not in ours:
        table.fields[0].type = "formula"
        table.fields[0].options = {"shows": table.field(declared.fields[0].name).id}
    table.views.clear()
    for view in views_of(declared):
        wire.add_view(table, view.name, SHAPES[view.shape])
    for form in forms_of(declared):
        wire.add_view(table, form.name, "form")


def _authored(table: Table) -> bool:
    from sync.platforms.airtable_columns import AUTHORED

    return table.name in AUTHORED


class Bases:
    """The bases as they are once everything is made, ready to be copied into a server."""

    def __init__(self) -> None:
        with server() as at:
            _, self.applied = provision(at)
            finish(at)
            self._made = at.bases

    def put(self, at: AirtableServer) -> None:
        """As they are once the creator has also begun the feeds."""
        at.bases = copy.deepcopy(self._made)
        begin_feeds(at)


class AirtableDesk:
    """Staff of one server."""

    staff = "manager@northfield.example"
    runner = "runner@casewatch.example"

    def __init__(self, at: AirtableServer) -> None:
        self.at = at
        self.wait = at.clock.sleep
        self.manager = Person(self.staff)

    def platform(self, fresh: float = 0, **more: Any) -> AirtablePlatform:
        ledger = more.pop("ledger", None)
        return AirtablePlatform(client(self.at, **more), NAME, now=self.at.clock.now, fresh=fresh, ledger=ledger)

    def write(self, table: str, id: str, cells: Mapping[str, Any], by: str = staff) -> None:
        base, there = self.found(table)
        records = self.at.records(base, Person(by))
        records.source = "client"
        records.change(there, self.row(table, id), records.ready(there, cells, False))

    def add(self, table: str, cells: Mapping[str, Any]) -> str:
        """Make a record in the grid, signed in."""
        base, there = self.found(table)
        records = self.at.records(base, self.manager)
        records.source = "client"
        return str(records.insert(there, records.ready(there, cells, False)).number)

    def link(self, table: str, id: str, column: str, other: str) -> None:
        declared = TABLES[table].column(column)
        assert isinstance(declared, Link)
        self.write(table, id, {column: [self.row(declared.to, other).id]})

    def submit(self, table: str, cells: Mapping[str, str]) -> str:
        base, there = self.found(table)
        records = self.at.records(base, None)
        records.source = "formSubmission"
        return str(records.insert(there, records.ready(there, cells, False)).number)

    def delete(self, table: str, id: str) -> None:
        base, there = self.found(table)
        self.at.records(base, self.manager).delete(there, [self.row(table, id).id])

    def rename_choice(self, table: str, column: str, old: str, new: str) -> None:
        _, there = self.found(table)
        field = there.field(column)
        for choice in field.options["choices"]:
            choice["name"] = new if choice["name"] == old else choice["name"]
        for row in there.rows.values():
            cell = row.cells.get(field.id)
            if cell is not None:
                row.cells[field.id] = [new if x == old else x for x in cell] if isinstance(cell, list) else (
                    new if cell == old else cell
                )  # fmt: skip

    def spoil(self, table: str, id: str, column: str, raw: str) -> None:
        _, there = self.found(table)
        field = there.field(column)
        field.type, field.options = "singleLineText", {}
        self.write(table, id, {column: raw})

    def found(self, table: str) -> tuple[Base, Table]:
        return next((base, each) for base in self.at.bases.values() for each in base.tables if each.name == table)

    def row(self, table: str, id: str) -> Any:
        return next(row for row in self.found(table)[1].rows.values() if row.number == int(id))
