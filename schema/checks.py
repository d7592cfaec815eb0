"""What must be true of the declarations themselves, whatever the platform.

In: BASES. Out: one sentence a fault; none is the only acceptable answer.
Never here: a platform.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from schema.live import LIVE, USED_FIELDS
from schema.parts import NUMBER, TESTS, Base, Field, Form, Kind, Link, Table, View
from schema.views import forms_of, views_of

STANDS_FOR_A_RECORD = frozenset({Kind.TEXT, Kind.CHOICE})
"""Kinds that may be shown where another table points at a record."""

LAID_OUT_BY = {"board": frozenset({Kind.CHOICE}), "calendar": frozenset({Kind.DATE, Kind.INSTANT})}
WITH_VALUE = frozenset({"is", "is not", "is one of", "in the next days"})
LONGEST_HELP = 160


def faults(bases: Sequence[Base]) -> list[str]:
    """Every fault of the declarations, as sentences."""
    tables = [table for base in bases for table in base.tables]
    found = [f"two tables are called {name}" for name in _twice(table.name for table in tables)]
    for base in bases:
        here = {table.name: table for table in base.tables}
        for table in base.tables:
            found += [f"{table.name}: {fault}" for fault in _table(base, table, here)]
        found += _backs(base)
    return found


def _table(base: Base, table: Table, here: dict[str, Table]) -> Iterator[str]:
    yield from (f"two columns are called {name}" for name in _twice(column.name for column in table.columns))
    if any(column.name == NUMBER for column in table.columns):
        yield f"{NUMBER} is the platform's own"
    if table.wall.value != base.name:
        yield f"is declared behind the wall {table.wall} and listed in {base.name}"
    if not table.help:
        yield "has no help"
    if table.fields[0].kind not in STANDS_FOR_A_RECORD:
        yield f"{table.fields[0].name} cannot stand for the record: it is {table.fields[0].kind}"
    for column in table.columns:
        yield from _words(column)
    for field in table.fields:
        yield from _field(table, field)
    for link in table.links:
        if link.to not in here:
            yield f"{link.name} points at {link.to}, which is not in this base"
    for name in table.indexed:
        if name not in {field.name for field in table.fields}:
            yield f"cannot index {name}: no such field"
    columns = {column.name for column in table.columns}
    yield from (f"cannot open with {name}: no such column" for name in table.opening if name not in columns)
    yield from _looks(table)


def _words(column: Field | Link) -> Iterator[str]:
    if column.name != column.name.strip() or any(mark in column.name for mark in '{}.,"`'):
        yield f"{column.name!r} is not a usable name"
    if column.help and not (column.help[0].isalnum() and column.help.endswith((".", "?"))):
        yield f"{column.name}: the help is not a sentence"
    if len(column.help) > LONGEST_HELP:
        yield f"{column.name}: the help is longer than {LONGEST_HELP} characters"


def _field(table: Table, field: Field) -> Iterator[str]:
    if (field.kind in {Kind.CHOICE, Kind.CHOICES}) != bool(field.choices):
        yield f"{field.name} is {field.kind} with {len(field.choices)} choices"
    yield from (f"{field.name} offers {name} twice" for name in _twice(map(str, field.choices)))
    if field.kind is Kind.CHOICES and any("," in choice for choice in field.choices):
        yield f"{field.name}: a choice of several cannot hold a comma"
    if field.unique and field.kind not in {Kind.TEXT, Kind.EMAIL}:
        yield f"{field.name} cannot be unique: it is {field.kind}"
    if (field.kind is Kind.LIVE) != bool(field.live):
        yield f"{field.name}: only a live field names an expression"
    if field.live:
        if field.live not in LIVE:
            yield f"{field.name}: no expression is called {field.live}"
        missing = USED_FIELDS.get(field.live, frozenset()) - {other.name for other in table.fields}
        yield from (f"{field.name} reads {name}, which is not there" for name in sorted(missing))


def _looks(table: Table) -> Iterator[str]:
    views, forms = views_of(table), forms_of(table)
    yield from (f"two views are called {name}" for name in _twice([*(v.name for v in views), *(f.name for f in forms)]))
    for view in views:
        yield from (f"the view {view.name}: {fault}" for fault in _view(table, view))
    for form in forms:
        yield from (f"the form {form.name}: {fault}" for fault in _form(table, form))
    yield from (
        f"the form {form.name}: has words for {name} without asking it"
        for form in table.forms for name, _ in form.labels if name not in form.asks
    )  # fmt: skip


def _view(table: Table, view: View) -> Iterator[str]:
    names = {NUMBER, *(column.name for column in table.columns)}
    used = {*view.show, *(one.field for one in view.filters), *(name.removeprefix("-") for name in view.sort)}
    yield from (f"no column is called {name}" for name in sorted((used | {view.by} - {""}) - names))
    yield from (f"shows {name} twice" for name in _twice(view.show))
    if view.show[0] != table.fields[0].name:
        yield f"must show {table.fields[0].name} first"
    for one in view.filters:
        if one.test not in TESTS or (one.test in WITH_VALUE) != bool(one.value):
            yield f"the filter on {one.field} makes no sense"
        column = next((field for field in table.fields if field.name == one.field), None)
        asked = one.value.split(",") if one.test == "is one of" else [one.value]
        if column and column.choices and one.value:
            yield from (f"{one.field} has no choice {value}" for value in asked if value not in column.choices)
    if view.shape in LAID_OUT_BY:
        column = next((field for field in table.fields if field.name == view.by), None)
        if column is None or column.kind not in LAID_OUT_BY[view.shape]:
            yield f"a {view.shape} cannot be laid out by {view.by or 'nothing'}"


def _form(table: Table, form: Form) -> Iterator[str]:
    yield from (f"asks {name} twice" for name in _twice(form.asks))
    fields = {field.name: field for field in table.fields}
    for name in form.asks:
        if name not in fields:
            yield f"no field is called {name}"
        elif fields[name].owner != "staff":
            yield f"{name} is not for staff to fill"
    yield from (f"insists on {name} without asking it" for name in form.required if name not in form.asks)


def _backs(base: Base) -> Iterator[str]:
    """Every side of a link has a name of its own in the table it appears in."""
    names = {table.name: [column.name for column in table.columns] for table in base.tables}
    for table in base.tables:
        for link in table.links:
            names.setdefault(link.to, []).append(link.back or table.name)
    for name, columns in names.items():
        yield from (f"{name}: a link's other side would also be called {twice}" for twice in _twice(columns))


def _twice(names: Iterable[str]) -> list[str]:
    """Names used more than once; capitals make no difference to a database."""
    return [name for name, count in Counter(name.casefold() for name in names).items() if count > 1]
