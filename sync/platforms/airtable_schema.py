"""The SchemaTarget on Airtable: says what its bases look like, makes what the API makes, and lists the rest.

In: Airtable's schema API and changes from schema/provisioning. Out: found bases; tables, fields and links made; steps.
Never here: which change is needed (schema/provisioning/diff.py); a deletion of anything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from automations.errors import Stop
from schema import BASES, TABLES
from schema.live import LIVE
from schema.parts import Field, Kind, Table, View, Wall
from schema.provisioning import changes as ch
from schema.provisioning.changes import Change, plain
from schema.provisioning.found import FoundBase, FoundColumn, FoundTable
from schema.views import forms_of, views_of
from sync.platforms import airtable_columns as cols
from sync.platforms import airtable_feed
from sync.platforms.airtable_by_hand import OWN, Cannot, Step, for_change, of_table
from sync.platforms.airtable_client import Client, Refused, Row

SHAPES: Mapping[str, str] = {"grid": "grid", "kanban": "board", "calendar": "calendar"}


class AirtableSchema:
    """One landlord's bases on Airtable."""

    can_share = True
    """A form is shared by hand, with its password."""

    def __init__(self, client: Client, name: str, workspace: str = "") -> None:
        """`workspace` (wsp...) is where bases that are missing are made."""
        self._client = client
        self._name = name
        self._workspace = workspace
        self._bases: dict[str, str] = {}
        self._tables: dict[tuple[str, str], Row] = {}

    def describe(self) -> Sequence[FoundBase]:
        """The bases as far as the API shows them. What it does not show counts as it is declared."""
        self._look()
        found = []
        for base in self._bases:
            there = {table: row for (of, table), row in self._tables.items() if of == base}
            names = {row["id"]: table for table, row in there.items()}
            found.append(FoundBase(base, {table: _table(row, names, there) for table, row in there.items()}))
        return found

    def by_hand(self, change: Change) -> str:
        """The step for a person, where the API cannot make that change."""
        step = for_change(change)
        return step.words if step else ""

    def steps(self, changes: Sequence[Change]) -> list[Step]:
        """Everything that is left for a person: of those differences, and of what Airtable alone needs."""
        found = [step for change in changes if (step := for_change(change)) and step.cannot is not Cannot.KEPT_FIELDS]
        for base in BASES:
            for table in base.tables:
                if row := self._tables.get((base.name, table.name)):
                    found += of_table(table, row)
        order = {table: number for number, table in enumerate(TABLES)}
        return sorted(found, key=lambda step: (order.get(step.table, 0), list(Cannot).index(step.cannot)))

    def make(self, change: Change) -> None:
        """Make one change. Made already, it is left as it is."""
        try:
            self._make(change)
        except Refused as refused:
            raise Stop(f"Airtable refused this: {change} {refused.detail}.") from None

    def feeds(self, begin: bool = False) -> list[str]:
        """The bases without a feed of changes, which only a creator may begin; `begin` does."""
        self._look()
        without = []
        for name, base in self._bases.items():
            try:
                hooks = self._client.call("GET", "bases", base, "webhooks")["webhooks"]
                if not any(airtable_feed.is_ours(hook) for hook in hooks):
                    without.append(name)
                    if begin:
                        airtable_feed.make(self._client, base)
            except Refused as refused:
                raise Stop(f"Airtable lets this token begin no feed of changes {refused.detail}: it needs the scopes "
                           "webhook:manage and data.records:read.") from None  # fmt: skip
        return without

    def _make(self, change: Change) -> None:
        match change:
            case ch.AddBase():
                self._add_base(change)
            case ch.AddTable() if (change.base, change.table) not in self._tables:
                path = ("meta", "bases", self._bases[change.base], "tables")
                made = self._client.call("POST", *path, body=_table_body(TABLES[change.table]))
                self._tables[change.base, change.table] = made
            case ch.AmendTable():
                self._client.call("PATCH", *self._path(change), body={"description": change.help})
            case ch.AddField():
                self._client.call("POST", *self._path(change), "fields", body=cols.body(change.field))
            case ch.AmendField():
                self._describe_field(change, self._field(change, change.field.name), change.field.note)
            case ch.AddLink():
                there = self._tables[change.base, change.link.to]["id"]
                body = cols.link_body(change.link, there)
                self._name_back(change, self._client.call("POST", *self._path(change), "fields", body=body))
            case ch.AmendLink():
                field = self._field(change, change.link.name)
                self._describe_field(change, field, change.link.note)
                self._name_back(change, field)

    def _add_base(self, change: ch.AddBase) -> None:
        """Airtable makes no base without a table, and a second one of the same name without a word."""
        self._look()
        if change.base in self._bases:
            return
        if not self._workspace:
            raise Stop("Name the workspace in which the bases are to be made: its id begins with wsp.")
        first = next(base.tables[0] for base in BASES if base.name == change.base)
        body = {"name": self._title(change.base), "workspaceId": self._workspace, "tables": [_table_body(first)]}
        made = self._client.call("POST", "meta", "bases", body=body)
        self._bases[change.base] = made["id"]
        self._tables |= {(change.base, table["name"]): table for table in made["tables"]}

    def _name_back(self, change: ch.AddLink | ch.AmendLink, field: Row) -> None:
        """Call the other side of a link what we call it; Airtable gave it a name of its own."""
        other, back = self._tables[change.base, change.link.to], field["options"]["inverseLinkFieldId"]
        if change.back not in [each["name"] for each in other["fields"] if each["id"] == back]:
            path = ("meta", "bases", self._bases[change.base], "tables", other["id"], "fields", back)
            self._client.call("PATCH", *path, body={"name": change.back})

    def _describe_field(self, change: ch.OfTable, field: Row, note: str) -> None:
        if (field.get("description") or "") != note:
            self._client.call("PATCH", *self._path(change), "fields", field["id"], body={"description": note})

    def _field(self, change: ch.OfTable, name: str) -> Row:
        fields = self._tables[change.base, change.table]["fields"]
        return dict(next(each for each in fields if each["name"] == name))

    def _path(self, change: ch.OfTable) -> tuple[str, ...]:
        return ("meta", "bases", self._bases[change.base], "tables", self._tables[change.base, change.table]["id"])

    def _title(self, base: str) -> str:
        return Wall(base).titled(self._name)

    def _look(self) -> None:
        """The bases and tables as they stand."""
        ours = {self._title(wall): str(wall) for wall in Wall}
        self._bases, self._tables = {}, {}
        try:
            for base in self._client.bases():
                if name := ours.get(base["name"]):
                    if name in self._bases:
                        raise Stop(f"Two bases are called {base['name']}: rename one of them.")
                    self._bases[name] = base["id"]
            for name, id in self._bases.items():
                self._tables |= {(name, table["name"]): table for table in self._client.tables(id)}
        except Refused as refused:
            raise Stop(f"Airtable does not show its bases to this token {refused.detail}.") from None


def _table_body(table: Table) -> Row:
    """A table with the fields that the API makes; a first field of ours where its own may not stand there."""
    fields = [field for field in plain(table) if not cols.made_by_hand(field)]
    if fields[0].kind not in cols.STANDS_FOR_A_RECORD:
        fields.insert(0, cols.NAME)
    return {"name": table.name, "description": table.help, "fields": [cols.body(field) for field in fields]}


def _table(row: Row, names: Mapping[str, str], there: Mapping[str, Row]) -> FoundTable:
    table = TABLES.get(row["name"])
    columns = [_column(column, table, names, there) for column in row["fields"]]
    by_name = {column.name: column for column in columns if not _added(column, table)}
    primary = next(field for field in row["fields"] if field["id"] == row["primaryFieldId"])
    shown = [(view["name"], view["type"]) for view in row.get("views", ())]
    first = primary["name"]
    if table and primary["type"] == "formula":
        first = table.fields[0].name
    views: dict[str, View] = {}
    for view in views_of(table) if table else ():
        shapes = [SHAPES[kind] for name, kind in shown if name == view.name and kind in SHAPES]
        if shapes:
            views[view.name] = view if view.shape in shapes else replace(view, shape=shapes[0])
    forms = {form.name: form for form in (forms_of(table) if table else ()) if (form.name, "form") in shown}
    return FoundTable(
        row["name"], row.get("description") or "", first, by_name, views, forms, dict.fromkeys(forms, True)
    )


def _column(column: Row, table: Table | None, names: Mapping[str, str], there: Mapping[str, Row]) -> FoundColumn:
    name, note, kind, options = column["name"], column.get("description") or "", column["type"], _options(column)
    if kind == cols.LINK:
        to = names.get(options.get("linkedTableId", ""), "")
        link = next((each for each in (table.links if table else ()) if each.name == name), None)
        if link is None:
            return FoundColumn(name, None, word="a link's other side", note=note)
        back = next((each["name"] for each in there.get(to, {}).get("fields", ())
                     if each["id"] == options.get("inverseLinkFieldId")), "")  # fmt: skip
        return FoundColumn(name, None, word=kind, note=note, to=to, many=link.many, back=back)
    field = next((each for each in (table.fields if table else ()) if each.name == name), None)
    if field is None or cols.TYPE[field.kind] != kind:
        return FoundColumn(name, None, word=kind, note=note)
    return _declared(field, column, note, options)


def _declared(field: Field, column: Row, note: str, options: Row) -> FoundColumn:
    """A column of the declared kind. What Airtable cannot hold of it counts as declared: see Cannot."""
    return FoundColumn(
        field.name,
        field.kind,
        word=column["type"],
        note=field.note if cols.made_by_hand(field) else note,
        choices=tuple(choice["name"] for choice in options.get("choices", ())),
        unique=field.unique,
        expression=LIVE[field.live] if field.kind is Kind.LIVE else "",
    )


def _added(column: FoundColumn, table: Table | None) -> bool:
    """Whether it is one of the columns that Airtable alone needs."""
    return bool(table) and column.name in OWN and column.kind is None


def _options(column: Row) -> dict[str, Any]:
    return dict(column.get("options") or {})
