"""The views and forms a table really has: those declared in it, and the one that shows everything.

In: a table. Out: its views with every shown column named, and how wide each column is.
Never here: how a platform keeps a view (sync/platforms).
"""

from dataclasses import replace

from schema.parts import Field, Form, Kind, Link, Table, View

WIDTHS = {
    Kind.LONG_TEXT: 320,
    Kind.INSTANT: 190,
    Kind.DATE: 130,
    Kind.YES: 110,
    Kind.NUMBER: 110,
    Kind.MONEY: 120,
    Kind.LIVE: 120,
    Kind.FILES: 180,
}
"""In pixels; anything not named here is 200. Staff may drag them: widths are never put back."""

FIRST = 320
"""The first column of a grid says what the row is."""


TECHNICAL = frozenset(
    {"Key", "Step", "Evidence key", "Made from", "Fingerprint", "Calendar", "Target", "Made by", "Changed by"}
)
"""What only the runner needs: last in the view that shows everything, and in no other."""


def width(column: Field | Link, first: bool = False) -> int:
    """How wide a column starts out."""
    if first:
        return FIRST
    return WIDTHS.get(column.kind, 200) if isinstance(column, Field) else 150


def everything(table: Table) -> View:
    """The view every table opens with: all declared columns, links beside the name of the record."""
    first, *rest = (field.name for field in table.fields)
    rest.sort(key=lambda name: name in TECHNICAL)
    show = (first, *(link.name for link in table.links), *rest)
    return View(table.name, show=show, help="Everything in this table. Sort and filter it as you like.", free=True)


def views_of(table: Table) -> tuple[View, ...]:
    """Every view the table should have, each with the columns it shows."""
    opening = everything(table)
    return (opening, *(view if view.show else replace(view, show=opening.show) for view in table.views))


def forms_of(table: Table) -> tuple[Form, ...]:
    """Every form of the table, with the help of each question beneath it."""
    return tuple(replace(form, helps=tuple(table.column(ask).help for ask in form.asks)) for form in table.forms)
