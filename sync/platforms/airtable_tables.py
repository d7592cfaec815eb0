"""Which of Airtable's tables and columns are ours, found by their names.

In: the tables of the schema and the name of the landlord's bases. Out: a Bound for each, or one Stop with every fault.
Never here: making what is missing (schema/provisioning does that).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from automations.errors import Stop
from schema.parts import NUMBER, Table
from sync.platforms.airtable_client import Client, Row
from sync.platforms.airtable_columns import CHANGED_AT, CHANGED_BY, MADE_BY, added


@dataclass(slots=True)
class Numbers:
    """Our ids of a table's records, which are the numbers that staff see, and Airtable's own; learnt as we read."""

    own: dict[str, str] = field(default_factory=dict)
    """Airtable's id by number."""
    number: dict[str, str] = field(default_factory=dict)

    def learn(self, own: str, number: str) -> None:
        """Stop where a number changes: then all of them were given anew, and every key points elsewhere."""
        if self.number.get(own, number) != number:
            raise Stop(f"The field {NUMBER} was made anew and numbers records otherwise: put back the old one.")
        self.own[number], self.number[own] = own, number

    def forget(self, number: str) -> None:
        """The record is no longer there."""
        self.number.pop(self.own.pop(number, ""), None)


@dataclass(frozen=True, slots=True)
class Bound:
    """One of our tables as it stands on Airtable."""

    table: Table
    base: str
    id: str
    columns: Mapping[str, str]
    """Column ids by name."""
    back: Mapping[str, str]
    """For each link: what the other table calls its side."""
    hands: bool
    """Whether it tells who made a record and who changed it last."""
    numbers: Numbers = field(default_factory=Numbers)
    sides: tuple[str, ...] = ()
    """What this table calls its side of the links that point at it."""

    @property
    def asked(self) -> tuple[str, ...]:
        """The columns to name in every read; all others stay where they are."""
        more = (NUMBER, CHANGED_AT, *((MADE_BY, CHANGED_BY) if self.hands else ()))
        return tuple(dict.fromkeys((*more, *(column.name for column in self.table.columns))))


def bind(client: Client, name: str, tables: Mapping[str, Table]) -> dict[str, Bound]:
    """Find every table in the bases of the landlord of that `name`. Stop lists all that is missing."""
    faults: list[str] = []
    bound: dict[str, Bound] = {}
    bases = client.bases()
    for wall in dict.fromkeys(table.wall for table in tables.values()):
        title = wall.titled(name)
        found = [base["id"] for base in bases if base["name"] == title]
        if len(found) != 1:
            faults.append(f"There {'is no base' if not found else 'are several bases'} called {title!r}.")
            continue
        there = client.tables(found[0])
        names = {column["id"]: column["name"] for table in there for column in table["fields"]}
        by_name = {table["name"]: table for table in there}
        for table in (each for each in tables.values() if each.wall is wall):
            if table.name not in by_name:
                faults.append(f"Base {title!r} has no table {table.name!r}.")
            else:
                bound[table.name] = _bound(table, found[0], by_name, names, faults)
    if faults:
        raise Stop(" ".join(faults))
    sides: dict[str, list[str]] = {}
    for each in bound.values():
        for link in each.table.links:
            sides.setdefault(link.to, []).append(each.back[link.name])
    return {name: replace(each, sides=tuple(sides.get(name, ()))) for name, each in bound.items()}


def _bound(table: Table, base: str, tables: Mapping[str, Row], names: Mapping[str, str], faults: list[str]) -> Bound:
    there = tables[table.name]
    columns = {column["name"]: column for column in there["fields"]}
    more = added(table)
    for name in (*(column.name for column in table.columns), *more):
        if name not in columns:
            faults.append(f"{table.name} has no column {name!r}.")
    faults += [f"{table.name}, field {name} should be of the type {kind} and is {columns[name]['type']}."
               for name, kind in more.items() if name in columns and columns[name]["type"] != kind]  # fmt: skip
    back: dict[str, str] = {}
    for link in (each for each in table.links if each.name in columns):
        options = columns[link.name].get("options") or {}
        if options.get("linkedTableId") != tables.get(link.to, {}).get("id", ""):
            faults.append(f"{table.name}, field {link.name} does not link to {link.to}.")
        else:
            back[link.name] = names[options["inverseLinkFieldId"]]
    hands = {MADE_BY, CHANGED_BY} <= {*more, *(field.name for field in table.fields)}
    return Bound(table, base, there["id"], {name: column["id"] for name, column in columns.items()}, back, hands)
