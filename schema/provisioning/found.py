"""What is there: the shapes a platform describes its bases in, and the two verbs it is changed with.

In: nothing. Out: FoundBase and its parts, and the SchemaTarget protocol.
Never here: what should be there (schema/tables) or how a platform is asked (sync/platforms).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from schema.parts import Form, Kind, View
from schema.provisioning.changes import Change


@dataclass(frozen=True, slots=True)
class FoundColumn:
    """A column as it is. `kind` is None for a link and for a kind that is never declared."""

    name: str
    kind: Kind | None
    word: str = ""
    """The platform's own word for its kind, for telling people."""
    note: str = ""
    choices: tuple[str, ...] = ()
    unique: bool = False
    expression: str = ""
    to: str = ""
    """For a link: the table it points at."""
    many: bool = False
    back: str = ""
    """For a link: what the other table calls its side."""


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table as it is."""

    name: str
    help: str
    first: str
    """The column that stands for the record elsewhere."""
    columns: Mapping[str, FoundColumn]
    views: Mapping[str, View] = field(default_factory=dict)
    forms: Mapping[str, Form] = field(default_factory=dict)
    shared: Mapping[str, bool] = field(default_factory=dict)
    """Views and forms that can be opened without signing in; True: only with a password."""


@dataclass(frozen=True, slots=True)
class FoundBase:
    """A base as it is."""

    name: str
    tables: Mapping[str, FoundTable]


class SchemaTarget(Protocol):
    """A platform that can say what its bases look like and make one change at a time."""

    can_share: bool
    """Whether it has the password that a shared form needs."""

    def describe(self) -> Sequence[FoundBase]:
        """The bases of this landlord as they are now."""

    def make(self, change: Change) -> None:
        """Make one change. Making it twice, or after half of it, does no harm."""

    def by_hand(self, change: Change) -> str:
        """What a person must do in the page, where the platform has no way to make that change; "" where it has."""
