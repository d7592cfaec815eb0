"""A SchemaTarget that keeps everything in memory: the easiest to please, so no claim rests on it alone.

In: changes. Out: the bases as those changes leave them.
Never here: anything a platform does behind one's back (tests/schema/test_nocodb_bases.py meets that).
"""

from dataclasses import replace

from schema.live import LIVE
from schema.parts import Field
from schema.provisioning import FoundBase, FoundColumn, FoundTable
from schema.provisioning import changes as ch
from schema.provisioning.changes import Change


class MemoryTarget:
    """Bases by name, each a dictionary of tables."""

    def __init__(self, can_share: bool = True) -> None:
        self.can_share = can_share
        self.bases: dict[str, dict[str, FoundTable]] = {}
        self.made: list[Change] = []

    def describe(self) -> list[FoundBase]:
        return [FoundBase(name, dict(tables)) for name, tables in self.bases.items()]

    def by_hand(self, _: Change) -> str:
        return ""

    def make(self, change: Change) -> None:
        self.made.append(change)
        if isinstance(change, ch.AddBase):
            self.bases[change.base] = {}
            return
        assert isinstance(change, ch.OfTable)
        tables = self.bases[change.base]
        if isinstance(change, ch.AddTable):
            columns = {field.name: column(field) for field in change.fields}
            tables[change.table] = FoundTable(change.table, change.help, change.fields[0].name, columns)
            return
        tables[change.table] = self._changed(tables, tables[change.table], change)

    def _changed(self, tables: dict[str, FoundTable], table: FoundTable, change: Change) -> FoundTable:
        match change:
            case ch.AmendTable():
                return replace(table, help=change.help)
            case ch.SetFirst():
                return replace(table, first=change.name)
            case ch.AddField():
                return with_column(table, column(change.field))
            case ch.AmendField():
                there = table.columns[change.field.name].choices
                kept = (*there, *(choice for choice in change.field.choices if choice not in there))
                return with_column(table, replace(column(change.field), choices=kept))
            case ch.AddLink() | ch.AmendLink():
                link = change.link
                other = tables[link.to]
                tables[link.to] = with_column(other, FoundColumn(change.back, None, word="a link's other side"))
                found = FoundColumn(link.name, None, note=link.note, to=link.to, many=link.many, back=change.back)
                return with_column(tables[change.table], found)
            case ch.AddView() | ch.AmendView():
                return replace(table, views={**table.views, change.view.name: change.view})
            case ch.AddForm() | ch.AmendForm():
                shared = {**table.shared, change.form.name: True} if self.can_share else table.shared
                return replace(table, forms={**table.forms, change.form.name: change.form}, shared=shared)
        raise AssertionError(f"no such change: {change!r}")


def column(field: Field) -> FoundColumn:
    """A field as it is once made."""
    choices = tuple(str(choice) for choice in field.choices)
    live = LIVE[field.live] if field.live else ""
    return FoundColumn(field.name, field.kind, "", field.note, choices, field.unique, live)


def with_column(table: FoundTable, column: FoundColumn) -> FoundTable:
    """The table with one more column, or with that one changed."""
    return replace(table, columns={**table.columns, column.name: column})


def without(table: FoundTable, name: str) -> FoundTable:
    """The table as it is once somebody has deleted a column."""
    return replace(table, columns={key: value for key, value in table.columns.items() if key != name})
