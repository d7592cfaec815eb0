"""The views and forms a table really has: those declared in it, and the one that shows everything.

In: a table. Out: its views with every shown column named, and how wide each column is.
Never here: how a platform keeps a view (sync/platforms).
"""

from dataclasses import replace

from schema.parts import NUMBER, SENTENCES, Field, Form, Kind, Link, Table, View

WIDTHS = {
    Kind.LONG_TEXT: 320,
    Kind.INSTANT: 190,
    Kind.DATE: 130,
    Kind.YES: 110,
    Kind.NUMBER: 110,
    Kind.MONEY: 120,
    Kind.LIVE: 110,
    Kind.FILES: 180,
}
"""In pixels; anything not named here is 200. Staff may drag them: widths are never put back."""

FIRST = 260
"""The first column of a grid says what the row is."""

SENTENCE = 330
"""What is to be read where it stands."""

NARROW = {NUMBER: 70, "Officer": 150}
"""What never needs more, so that the sentences beside it can be read without scrolling."""


TECHNICAL = frozenset(
    {
        "Key",
        "Step",
        "Evidence key",
        "Made from",
        "Fingerprint",
        "Calendar",
        "Target",
        "Made by",
        "Changed by",
        "Sent under",
        "Recall sent under",
    }
)
"""What only the runner needs: last in the view that shows everything, and in no other."""


def width(column: Field | Link, first: bool = False) -> int:
    """How wide a column starts out."""
    if first:
        return FIRST
    if column.name in SENTENCES:
        return SENTENCE
    if column.name in NARROW:
        return NARROW[column.name]
    return WIDTHS.get(column.kind, 200) if isinstance(column, Field) else 150


def everything(table: Table) -> View:
    """The view every table opens with: the record's name and number, what is read first, then all other columns."""
    first, *rest = (field.name for field in table.fields)
    rest.sort(key=lambda name: name in TECHNICAL)
    links = (link.name for link in table.links)
    show = tuple(dict.fromkeys((first, NUMBER, *table.opening, *links, *rest)))
    return View(table.name, show=show, help="Everything in this table. Sort and filter it as you like.", free=True)


def views_of(table: Table) -> tuple[View, ...]:
    """Every view the table should have, each with the columns it shows."""
    opening = everything(table)
    rest = tuple(name for name in opening.show if name != NUMBER)
    return (opening, *(view if view.show else replace(view, show=rest) for view in table.views))


def forms_of(table: Table) -> tuple[Form, ...]:
    """Every form of the table, with the help of each question beneath it and the labels in their order."""

    def whole(form: Form) -> Form:
        labels = dict(form.labels)
        return replace(
            form,
            helps=tuple(table.column(ask).help for ask in form.asks),
            labels=tuple((ask, labels[ask]) for ask in form.asks if ask in labels),
        )

    return tuple(map(whole, table.forms))
