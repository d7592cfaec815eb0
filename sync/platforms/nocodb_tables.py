"""Which of NocoDB's tables and columns are ours, found by their titles.

In: the tables of the schema and the name of the landlord's bases. Out: a Bound for each, or one Stop with every fault.
Never here: making what is missing (schema/provisioning does that).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from automations.errors import Stop
from schema.parts import Link, Table
from sync.platforms.nocodb_client import Client, Row

Columns = Callable[[str], list[Row]]
"""A table's columns, by its id."""


@dataclass(frozen=True, slots=True)
class Junction:
    """The hidden table behind a link to many: its id and its two columns."""

    table: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Bound:
    """One of our tables as it stands on the server."""

    table: Table
    base: str
    id: str
    columns: Mapping[str, str]
    """Column ids by our names."""
    one: Mapping[str, str]
    """For a link to one: the title of the column that holds the other record's Id."""
    back: Mapping[str, str]
    """For a link to one: the id of the other table's side of it."""
    many: Mapping[str, Junction]
    keys: Mapping[str, str] = field(default_factory=dict)
    """Our name of a link to one, by the id of the column that holds the other record's Id."""

    @property
    def asked(self) -> tuple[str, ...]:
        """The columns to name in every read; all others stay where they are."""
        return ("Id", "CreatedAt", "UpdatedAt", *(field.name for field in self.table.fields), *self.one.values())

    def name_of(self, column: str) -> str | None:
        """Our name for a column id, whatever staff call it now; a link's also for the column behind it."""
        return next((name for name, id in self.columns.items() if id == column), None) or self.keys.get(column)


def bind(client: Client, name: str, tables: Mapping[str, Table]) -> dict[str, Bound]:
    """Find every table in the bases of the landlord of that `name`. Stop lists all that is missing."""
    columns = cache(client.columns)
    faults: list[str] = []
    bound: dict[str, Bound] = {}
    bases = client.bases()
    for wall in dict.fromkeys(table.wall for table in tables.values()):
        title = wall.titled(name)
        found = [base["id"] for base in bases if base["title"] == title]
        if len(found) != 1:
            faults.append(f"There {'is no base' if not found else 'are several bases'} called {title!r}.")
            continue
        there = {table["title"]: table["id"] for table in client.tables(found[0])}
        for table in (each for each in tables.values() if each.wall is wall):
            if table.name not in there:
                faults.append(f"Base {title!r} has no table {table.name!r}.")
            else:
                bound[table.name] = _bound(columns, table, found[0], there[table.name], faults)
    if faults:
        raise Stop(" ".join(faults))
    return bound


def _bound(columns_of: Columns, table: Table, base: str, id: str, faults: list[str]) -> Bound:
    columns = columns_of(id)
    by_title = {column["title"]: column for column in columns}
    missing = [f"{table.name} has no column {each.name!r}." for each in table.columns if each.name not in by_title]
    faults += missing
    one: dict[str, str] = {}
    back: dict[str, str] = {}
    keys: dict[str, str] = {}
    many: dict[str, Junction] = {}
    for link in (each for each in table.links if each.name in by_title):
        relation = by_title[link.name].get("colOptions") or {}
        match relation.get("type"), link.many:
            case "bt", False:
                one[link.name] = _titled(columns, relation["fk_child_column_id"])
                keys[relation["fk_child_column_id"]] = link.name
                back[link.name] = _other_side(columns_of, relation)
            case "mm", True:
                many[link.name] = _junction(columns_of, relation)
            case _:
                faults.append(f"{table.name}, field {link.name} does not link as it should: {_wanted(link)}.")
    ids = {each.name: by_title[each.name]["id"] for each in table.columns if each.name in by_title}
    return Bound(table, base, id, ids, one, back, many, keys)


def _other_side(columns_of: Columns, relation: Row) -> str:
    for column in columns_of(relation["fk_related_model_id"]):
        its = column.get("colOptions") or {}
        if its.get("type") == "hm" and its["fk_child_column_id"] == relation["fk_child_column_id"]:
            return str(column["id"])
    return ""


def _junction(columns_of: Columns, relation: Row) -> Junction:
    columns = columns_of(relation["fk_mm_model_id"])
    mine = _titled(columns, relation["fk_mm_child_column_id"])
    return Junction(relation["fk_mm_model_id"], mine, _titled(columns, relation["fk_mm_parent_column_id"]))


def _titled(columns: list[Row], id: str) -> str:
    return str(next(column["title"] for column in columns if column["id"] == id))


def _wanted(link: Link) -> str:
    return f"to {'many' if link.many else 'one'} of {link.to}"
