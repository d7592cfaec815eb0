"""What staff do by hand while the runner works: the part of a contract test that is not the runner's.

In: a platform. Out: rows written, renamed, spoiled and deleted as staff would.
Never here: anything the product does; each desk works past the adapter it stands beside.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol

from sync.platforms.memory import MemoryPlatform


class Desk(Protocol):
    """A member of staff at the grid, and somebody at the form."""

    staff: str
    runner: str

    def write(self, table: str, id: str, cells: Mapping[str, Any]) -> None:
        """Type into the grid. Texts only, so that no desk needs a translation."""

    def link(self, table: str, id: str, column: str, other: str) -> None:
        """Point a link to one at another record, as the grid does."""

    def submit(self, table: str, cells: Mapping[str, str]) -> str:
        """Send in the table's form without signing in; the new record's id."""

    def delete(self, table: str, id: str) -> None:
        """Delete a record."""

    def rename_choice(self, table: str, column: str, old: str, new: str) -> None:
        """Rename an option of a drop-down."""

    def spoil(self, table: str, id: str, column: str, raw: str) -> None:
        """Bring a cell to hold something that is not of its kind. The column may stay changed."""

    def wait(self, seconds: float) -> None:
        """Let time pass for the platform; where its clock is in our hand, nobody waits."""


class MemoryDesk:
    """Staff of a MemoryPlatform."""

    staff = "manager@northfield.example"
    runner = "runner@casewatch.example"

    def __init__(self, platform: MemoryPlatform, wait: Callable[[float], None]) -> None:
        self._platform = platform
        self.wait = wait
        self.submit = platform.submit
        self.delete = platform.delete
        self.rename_choice = platform.rename_choice
        self.spoil = platform.spoil

    def write(self, table: str, id: str, cells: Mapping[str, Any]) -> None:
        with self._platform.as_user(self.staff):
            self._platform.update(table, [(id, cells)])

    def link(self, table: str, id: str, column: str, other: str) -> None:
        self.write(table, id, {column: (other,)})


@contextmanager
def renamed(desk: Desk, table: str, column: str, old: str, new: str) -> Iterator[None]:
    """An option under another name, for a while."""
    desk.rename_choice(table, column, old, new)
    try:
        yield
    finally:
        desk.rename_choice(table, column, new, old)
