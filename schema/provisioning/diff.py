"""The difference between what is declared and what is there. Pure.

In: declared bases and found ones. Out: changes, in an order in which they can be made.
Never here: a deletion; a guess at what a renamed thing used to be called.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from schema.live import LIVE
from schema.parts import Base, Field, Form, Link, Table, View
from schema.provisioning.changes import (
    AddBase,
    AddField,
    AddForm,
    AddLink,
    AddLiveField,
    AddTable,
    AddView,
    AmendField,
    AmendForm,
    AmendLink,
    AmendTable,
    AmendView,
    Change,
    Conflict,
    SetFirst,
    Unknown,
    plain,
)
from schema.provisioning.found import FoundBase, FoundColumn, FoundTable
from schema.views import forms_of, views_of


def diff(bases: Sequence[Base], found: Sequence[FoundBase], can_share: bool = True) -> list[Change]:
    """What must be done, and what a person should know. Empty: the bases are as declared."""
    there = {base.name: base for base in found}
    changes: list[Change] = []
    for base in bases:
        if base.name not in there:
            changes.append(AddBase(base.name, base.help))
        tables = there[base.name].tables if base.name in there else {}
        backs = backs_of(base)
        for table in base.tables:
            changes += _table(base.name, table, tables.get(table.name), backs.get(table.name, set()), can_share)
        ours = {table.name for table in base.tables}
        changes += [Unknown(base.name, "", f"the table {name}") for name in tables if name not in ours]
    return sorted(changes, key=lambda change: change.stage)


def back_of(table: Table, link: Link) -> str:
    """What the other table calls its side of a link."""
    return link.back or table.name


def backs_of(base: Base) -> dict[str, set[str]]:
    """For each table, the names of the sides that other tables' links give it."""
    backs: dict[str, set[str]] = {}
    for table in base.tables:
        for link in table.links:
            backs.setdefault(link.to, set()).add(back_of(table, link))
    return backs


def _table(base: str, table: Table, found: FoundTable | None, backs: set[str], can_share: bool) -> Iterator[Change]:
    if found is None:
        yield AddTable(base, table.name, table.help, plain(table))
        found = FoundTable(table.name, table.help, table.fields[0].name, _as_made(table))
    if found.help != table.help:
        yield AmendTable(base, table.name, table.help)
    for field in table.fields:
        yield from _field(base, table, field, found.columns.get(field.name))
    for link in table.links:
        yield from _link(base, table, link, found.columns.get(link.name))
    if found.first != table.fields[0].name and table.fields[0].name in found.columns:
        yield SetFirst(base, table.name, table.fields[0].name)
    theirs = set(found.columns) - {column.name for column in table.columns} - backs
    for view in views_of(table):
        yield from _view(base, table.name, view, found, theirs)
    for form in forms_of(table):
        yield from _form(base, table.name, form, found, can_share)
    for name in sorted(theirs):
        yield Unknown(base, table.name, f"the column {name}")
    forms = {form.name for form in table.forms}
    for name in found.shared:
        if name not in forms:
            yield Conflict(base, table.name, f"the view {name} is shared by a link that needs no sign-in")


def _as_made(table: Table) -> Mapping[str, FoundColumn]:
    """The columns a table has as soon as AddTable has been made."""
    return {
        field.name: FoundColumn(field.name, field.kind, note=field.note, choices=field.choices, unique=field.unique)
        for field in plain(table)
    }


def _field(base: str, table: Table, field: Field, found: FoundColumn | None) -> Iterator[Change]:
    if found is None:
        yield (AddLiveField if field.live else AddField)(base, table.name, field)
        return
    if found.kind is not field.kind:
        why = f"{field.name} should be {field.kind} and is {found.word or found.kind}; rename or convert it by hand"
        yield Conflict(base, table.name, why)
        return
    missing = [choice for choice in field.choices if choice not in found.choices]
    what = [f"add the choice {choice!s}" for choice in missing]
    if found.note != field.note:
        what.append("change the help")
    if field.unique and not found.unique:
        what.append("let no two rows be the same")
    if field.live and found.expression != LIVE[field.live]:
        what.append("put back how it is worked out")
    if what:
        yield AmendField(base, table.name, field, tuple(what))
    if field.choices:
        for choice in found.choices:
            if choice not in field.choices:
                yield Unknown(base, table.name, f"{field.name}: the choice {choice}")
    if found.unique and not field.unique:
        yield Conflict(base, table.name, f"{field.name} lets no two rows be the same, and it should")


def _link(base: str, table: Table, link: Link, found: FoundColumn | None) -> Iterator[Change]:
    back = back_of(table, link)
    if found is None:
        yield AddLink(base, table.name, link, back)
        return
    if (found.to, found.many) != (link.to, link.many):
        wanted = f"a link to {'several' if link.many else 'one'} of {link.to}"
        is_now = f"a link to {'several' if found.many else 'one'} of {found.to}" if found.to else found.word
        yield Conflict(base, table.name, f"{link.name} should be {wanted} and is {is_now}; rename it by hand")
        return
    what = []
    if found.note != link.note:
        what.append("change the help")
    if found.back != back:
        what.append(f"call the other side {back}")
    if what:
        yield AmendLink(base, table.name, link, back, tuple(what))


def _view(base: str, table: str, view: View, found: FoundTable, theirs: set[str]) -> Iterator[Change]:
    """Staff's own columns may stand in our views; in our forms they may not."""
    there = found.views.get(view.name)
    if there is None:
        yield AddView(base, table, view)
        return
    if there.shape != view.shape:
        yield Conflict(base, table, f"the view {view.name} should be a {view.shape} and is a {there.shape}; rename it")
        return
    there = replace(there, show=tuple(name for name in there.show if name not in theirs))
    parts = ("help",) if view.free else ("help", "show", "filters", "any_of", "sort", "by", "free")
    what = tuple(_WORDS[part] for part in parts if getattr(view, part) != getattr(there, part))
    if what:
        yield AmendView(base, table, view, what)


_WORDS = {
    "help": "its description",
    "show": "the columns shown",
    "filters": "the filters",
    "any_of": "how the filters join",
    "sort": "the order of rows",
    "by": "what it is laid out by",
    "free": "its lock",
}


def _form(base: str, table: str, form: Form, found: FoundTable, can_share: bool) -> Iterator[Change]:
    there = found.forms.get(form.name)
    protected = found.shared.get(form.name, False)
    if not (protected or can_share):
        yield Conflict(base, table, f"the form {form.name} needs a password before it can be shared")
    if there is None:
        yield AddForm(base, table, form)
        return
    parts = ("heading", "intro", "thanks", "asks", "required", "labels", "helps")
    what = ["its words and questions"] if any(getattr(form, p) != getattr(there, p) for p in parts) else []
    if can_share and not protected:
        what.append("its password")
    if what:
        yield AmendForm(base, table, form, tuple(what))
