"""One look: what was asked of Airtable within it is not asked again before it ends.

In: rows as Airtable gave them. Out: the same rows, to whoever asks for them within the look.
Never here: what is asked before or after a write to keep keys unique; and nothing outlives the look.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from sync.platforms.airtable_client import Row

LONGEST_WAIT = 7.0
"""Seconds that one look waits for feeds, all its rows together: what it has read by then must not grow old."""


class Look:
    """What one thread has read since its look began. Outside of a look it holds nothing."""

    def __init__(self) -> None:
        self._depth = 0
        self.is_told = False
        """Whether what the feed told may answer as well."""
        self.bases: set[str] = set()
        """Bases whose feed was asked since it began."""
        self._waited = 0.0
        self._rows: dict[str, dict[str, Row]] = {}
        """Whole rows by table and Airtable's id."""
        self._answers: dict[tuple[str, str], list[str]] = {}

    @property
    def is_on(self) -> bool:
        """Whether anything is remembered now."""
        return self._depth > 0

    @contextmanager
    def begun(self, told: bool) -> Iterator[None]:
        """A look; one inside another is the same one, and asks where either of them does."""
        before, self.is_told = self.is_told, told and (self.is_told or not self._depth)
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            self.is_told = before
            if not self._depth:
                self.bases.clear()
                self._waited = 0.0
                self.anew()

    def may_wait(self, seconds: float) -> bool:
        """Whether a feed may be waited for that much longer; if so, it counts. Outside of a look, always."""
        if not self.is_on:
            return True
        may = self._waited + seconds <= LONGEST_WAIT
        self._waited += seconds if may else 0
        return may

    def anew(self) -> None:
        """Something was written, so what was read may be otherwise; or the look is over."""
        self._rows.clear()
        self._answers.clear()

    def asked(self, table: str, formula: str) -> bool:
        """Whether that was asked already."""
        return (table, formula) in self._answers

    def answer(self, table: str, formula: str, ask: Callable[[], Iterable[Row]]) -> list[Row]:
        """The whole rows that fit, asked for where they were not yet."""
        if not self.is_on:
            return list(ask())
        if not self.asked(table, formula):
            rows = list(ask())
            self._rows.setdefault(table, {}).update({row["id"]: row for row in rows})
            self._answers[table, formula] = [row["id"] for row in rows]
        return [self._rows[table][id] for id in self._answers[table, formula]]

    def held(self, table: str, id: str) -> Row | None:
        """The whole row of Airtable's id, where it was read."""
        return self._rows.get(table, {}).get(id)

    def put(self, table: str, id: str, column: str, cell: object) -> None:
        """A cell as the answer to an upload gave it."""
        if row := self.held(table, id):
            row["fields"][column] = cell
