"""The parts a base is declared with: frozen data, no behaviour beyond looking itself up.

In: nothing. Out: the shapes that the tables, views and forms are written in.
Never here: a platform's own names for these things (sync/platforms translates).
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a cell holds. Each platform adapter has one translation of each."""

    TEXT = "short text"
    LONG_TEXT = "long text"
    CHOICE = "one of a list"
    CHOICES = "several of a list"
    YES = "tick"
    NUMBER = "whole number"
    MONEY = "pounds"
    DATE = "date"
    INSTANT = "date and time"
    EMAIL = "e-mail address"
    PHONE = "telephone"
    FILES = "files"
    LIVE = "worked out by the platform"
    MADE_BY = "who made the record"
    """The e-mail address of the signed-in maker; blank for a form that needs no sign-in."""
    CHANGED_BY = "who changed the record last"
    """The e-mail address of whoever changed a cell of the record last; blank where nobody has since it was made."""


def note(help: str, clause: str, owner: "Owner") -> str:
    """What staff read beside a column: its help, its clause, and whether it is theirs to fill."""
    ours = {Owner.RUNNER: "Filled in for you.", Owner.PLATFORM: "Worked out for you."}
    return " ".join(filter(None, [help, f"Procedure {clause}." if clause else "", ours.get(owner, "")]))


class Owner(StrEnum):
    """Who writes a cell. Exactly one of them, so that no edit is lost to a race."""

    STAFF = "staff"
    RUNNER = "runner"
    PLATFORM = "platform"


class Wall(StrEnum):
    """The three bases; on NocoDB's free edition the only walls there are."""

    FRONT_DESK = "Front desk"
    CASEWORK = "Casework"
    OFFICE = "Office"

    def titled(self, name: str) -> str:
        """What a landlord's base is called on a platform: its own word first, as lists cut long titles off."""
        return f"{self} \N{EN DASH} {name}"


@dataclass(frozen=True, slots=True)
class Field:
    """One column. `help` is what staff read beside it; `clause` is the procedure's section."""

    name: str
    kind: Kind = Kind.TEXT
    help: str = ""
    owner: Owner = Owner.STAFF
    clause: str = ""
    choices: tuple[str, ...] = ()
    unique: bool = False
    live: str = ""
    """For Kind.LIVE: the name of one of the expressions in `schema/live.py`."""

    @property
    def note(self) -> str:
        """What staff read beside it."""
        return note(self.help, self.clause, self.owner)


HANDS = (
    Field("Made by", Kind.MADE_BY, "Who made the row.", Owner.PLATFORM),
    Field("Changed by", Kind.CHANGED_BY, "Who changed the row last. Empty: nobody has.", Owner.PLATFORM),
)
"""On every table that holds cells of the runner's on which something rests: see automations/own_cells.py."""


@dataclass(frozen=True, slots=True)
class Link:
    """A column that points at records of another table of the same base."""

    name: str
    to: str
    help: str = ""
    owner: Owner = Owner.STAFF
    clause: str = ""
    many: bool = False
    back: str = ""
    """What the other table calls its side; empty: this table's name."""

    @property
    def note(self) -> str:
        """What staff read beside it."""
        return note(self.help, self.clause, self.owner)


TESTS = ("is", "is not", "is one of", "blank", "not blank", "ticked", "not ticked", "in the next days")
"""What a filter may ask of a field. The first three and the last take a value; several are parted by commas."""


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition of a view. `test` is one of TESTS."""

    field: str
    test: str
    value: str = ""


NUMBER = "Id"
"""The platform's own number of a record, by which sentences name it: "Interviews 14"."""

SENTENCES = frozenset(
    {"Blocked by", "What needs a person", "How worked out", "How to finish it", "Why", "What would move it",
     "What is missing", "What became of the e-mail", "Warnings"}
)  # fmt: skip
"""Columns that hold sentences to be read where they stand."""


@dataclass(frozen=True, slots=True)
class View:
    """A saved way to look at a table, named by the question it answers."""

    name: str
    filters: tuple[Filter, ...] = ()
    sort: tuple[str, ...] = ()
    """Field names; a leading minus sorts downwards."""
    show: tuple[str, ...] = ()
    """Fields shown, in order; empty shows all."""
    shape: str = "grid"
    """grid, board or calendar."""
    by: str = ""
    """The field a board is stacked by, a calendar is laid out by or a grid is grouped by."""
    any_of: bool = False
    help: str = ""
    free: bool = False
    """Staff may sort, filter and hide as they like; it is made once and then theirs."""

    @property
    def tall(self) -> bool:
        """Whether its rows are tall enough to read a sentence in."""
        return self.shape == "grid" and not SENTENCES.isdisjoint(self.show)


@dataclass(frozen=True, slots=True)
class Form:
    """A write-only form: what it asks, in order, and which answers it insists on."""

    name: str
    heading: str
    intro: str
    thanks: str
    asks: tuple[str, ...]
    required: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    """A field and the question that the form puts in place of its name."""
    helps: tuple[str, ...] = ()
    """What stands under each question; filled from the fields (schema/views.py)."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of one base. The first field is what other tables show of a record."""

    name: str
    wall: Wall
    help: str
    fields: tuple[Field, ...]
    links: tuple[Link, ...] = ()
    views: tuple[View, ...] = ()
    forms: tuple[Form, ...] = ()
    hot: bool = False
    """Looked at on every pass; the others on the slow sweep."""
    indexed: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()
    """Columns that come next to the first in the view the table opens with; the others follow."""

    @property
    def columns(self) -> tuple[Field | Link, ...]:
        """Fields then links, in the order staff meet them."""
        return (*self.fields, *self.links)

    def column(self, name: str) -> Field | Link:
        """The column of that name. KeyError where the table has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name!r}")


@dataclass(frozen=True, slots=True)
class Base:
    """One base and its tables."""

    name: str
    help: str
    tables: tuple[Table, ...] = field(default=())
