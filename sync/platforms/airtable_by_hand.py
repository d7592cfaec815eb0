"""What Airtable's API does not make, as steps for a person: exact enough to be ticked off one by one.

In: declared tables, and a table as it stands there. Out: steps, each under the capability that is missing.
Never here: a step that the API could take.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from schema.parts import NUMBER, Filter, Form, Kind, Table, View
from schema.provisioning import changes as ch
from schema.provisioning.changes import Change
from sync.platforms.airtable_client import Row
from sync.platforms.airtable_columns import (
    CHANGED_AT,
    CHANGED_BY,
    CHANGER,
    LINK,
    MADE_BY,
    MAKER,
    NAME,
    NUMBERED,
    STAMPED,
    added,
    made_by_hand,
)


class Cannot(StrEnum):
    """What the API cannot do. Everything that one platform has and the other has not stands under one of these."""

    KEPT_FIELDS = "make a field that Airtable fills in itself (number, time, person)"
    CHOICES = "add a choice to a field that is there"
    FIRST = "make a formula, or let a choice stand for a record"
    ONE = "let a link take one record only"
    VIEWS = "make or see through a view"
    FORMS = "make or see through a form"
    UNIQUE = "let no two rows of a field be the same; the runner looks before and after it writes"
    LIVE = "make a formula; the runner writes what the field shows"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do in the page."""

    cannot: Cannot
    table: str
    words: str

    def __str__(self) -> str:
        return f"{self.table}: {self.words}"


KEPT: Mapping[str, str] = {
    NUMBERED: "Autonumber",
    STAMPED: "Last modified time",
    MAKER: "Created by",
    CHANGER: "Last modified by",
}
"""What the page calls the types that it alone makes."""
WATCHING = frozenset({STAMPED, CHANGER})
"""Types that note a change of some of the fields, or of all."""


def for_change(change: Change) -> Step | None:
    """The step in place of a change that the API cannot make; None where it can."""
    match change:
        case ch.AddField(table=table, field=field) if made_by_hand(field):
            kind = MAKER if field.kind is Kind.MADE_BY else CHANGER
            return Step(Cannot.KEPT_FIELDS, table, kept(field.name, kind))
        case ch.AmendField(table=table, field=field, what=what) if any(w.startswith("add the choice") for w in what):
            named = ", ".join(w.removeprefix("add the choice ") for w in what if w.startswith("add the choice"))
            return Step(Cannot.CHOICES, table, f"add to the field {field.name} the choice {named}.")
        case ch.SetFirst(table=table, name=name):
            return Step(Cannot.FIRST, table, f"make the field {NAME.name} a Formula: {{{name}}}&''.")
        case ch.AddView(table=table, view=view) | ch.AmendView(table=table, view=view):
            return Step(Cannot.VIEWS, table, view_words(table, view))
        case ch.AddForm(table=table, form=form) | ch.AmendForm(table=table, form=form):
            return Step(Cannot.FORMS, table, form_words(form))
    return None


def of_table(table: Table, there: Row) -> Iterator[Step]:
    """What is kept by Airtable in that table, which fields count as a change of a row, and links to one record."""
    fields = {field["name"]: field for field in there["fields"]}
    backs = {name: field["id"] for name, field in fields.items() if field["type"] == LINK and not _ours(table, name)}
    for name, kind in kept_in(table).items():
        if fields.get(name, {}).get("type") != kind:
            yield Step(Cannot.KEPT_FIELDS, table.name, kept(name, kind, list(backs)))
        elif kind in WATCHING and backs and not _watches(table, fields, fields[name], set(backs.values())):
            words = f"let the field {name} watch specific fields: all but {', '.join(backs)}."
            yield Step(Cannot.KEPT_FIELDS, table.name, words)
    for link in table.links:
        options = fields.get(link.name, {}).get("options") or {}
        if not link.many and options and not options.get("prefersSingleRecordLink"):
            yield Step(Cannot.ONE, table.name, f"let the field {link.name} link to one record only.")


def kept_in(table: Table) -> dict[str, str]:
    """The fields of a table that Airtable fills in, declared or added, with their type."""
    hands = {
        field.name: MAKER if field.kind is Kind.MADE_BY else CHANGER for field in table.fields if made_by_hand(field)
    }
    return hands | added(table)


def _watches(table: Table, fields: Mapping[str, Row], field: Row, backs: set[str]) -> bool:
    """Whether a field notes every change of a declared one, and none of a link's other side."""
    watched = set((field.get("options") or {}).get("referencedFieldIds") or ())
    ours = {fields[each.name]["id"] for each in table.columns
            if each.name in fields and fields[each.name]["type"] not in KEPT}  # fmt: skip
    return ours <= watched and not watched & backs


def kept(name: str, kind: str, backs: list[str] | None = None) -> str:
    """How to add a field that Airtable fills in."""
    watched = " of all fields that can be edited"
    if kind in WATCHING and backs:
        watched = f" of specific fields: all but {', '.join(backs)}"
    more = watched if kind in WATCHING else ""
    return f"add the field {name}, of the type {KEPT[kind]}{more}."


def view_words(table: str, view: View) -> str:
    """How to make a view."""
    first = "rename the first view to" if view.name == table else f"add the {view.shape}"
    parts = [f"{first} {view.name}", f"showing {', '.join(view.show)}"] if view.show else [f"{first} {view.name}"]
    if view.filters:
        joined = " or " if view.any_of else " and "
        parts.append(f"where {joined.join(map(_filter, view.filters))}")
    if view.sort:
        parts.append(f"sorted by {', '.join(map(_sorted, view.sort))}")
    if view.by:
        by = {"board": "stacked by", "calendar": "laid out by"}.get(view.shape, "grouped by")
        parts.append(f"{by} {view.by}")
    return f"{'; '.join(parts)}.{f' Describe it: {view.help}' if view.help else ''}"


def form_words(form: Form) -> str:
    """How to make a form."""
    asks = (f"{name}{' (required)' if name in form.required else ''}" for name in form.asks)
    return (
        f"add the form {form.name}, titled {form.heading}, asking {', '.join(asks)}; share it with a password "
        f"to the landlord's own network alone. It thanks with: {form.thanks}"
    )


def _filter(one: Filter) -> str:
    return " ".join(filter(None, (one.field, one.test, one.value)))


def _sorted(name: str) -> str:
    return f"{name[1:]} (downwards)" if name.startswith("-") else name


def _ours(table: Table, name: str) -> bool:
    return any(link.name == name for link in table.links)


OWN = frozenset({NUMBER, CHANGED_AT, MADE_BY, CHANGED_BY, NAME.name})
"""Columns that may stand on Airtable without being declared."""
