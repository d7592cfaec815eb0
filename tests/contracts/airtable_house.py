"""The bases of a story on the wire-rule server: what a story does to the bases in memory, done over HTTP.

In: a story's clock. Out: a platform that staff may sign in to, submit to and delete from.
Never here: a rule; the stories say what must come of it.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from automations.ports import Value
from schema import TABLES
from schema.parts import Link
from sync.platforms.airtable import AirtablePlatform
from sync.platforms.airtable_cells import to_airtable
from sync.platforms.airtable_ledger import Ledger
from sync.platforms.airtable_pace import Pace
from sync.platforms.cells import words
from tests.contracts.airtable_desk import RUNNER, AirtableDesk, Bases, client, server
from tests.contracts.airtable_server import AirtableServer, Clock
from tests.contracts.airtable_server.rows import Person

NAME = "Northfield"
A_WHILE = timedelta(days=6)
"""Airtable keeps payloads for seven."""


@cache
def bases() -> Bases:
    """The bases, made once a run."""
    return Bases()


class StoryClock(Clock):
    """The story's time on every record; the pace has a time of its own, so that no request makes it later."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(lambda: 0.0)
        self._story = now

        self.meanwhile: datetime | None = None
        """An instant between two days of the story, at which nobody but the runner was there."""

    def now(self) -> datetime:
        return self.meanwhile or self._story()


class HouseOnAirtable:
    """What MemoryPlatform is to a story."""

    running: list[AirtableServer] = []  # noqa: RUF012 -- the story's test stops them

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.clock = StoryClock(now)
        self.at = server(self.clock).__enter__()
        self.running.append(self.at)
        bases().put(self.at)
        self.pace = Pace(self.clock.time, self.clock.sleep)
        self.desk = AirtableDesk(self.at)
        self._signed: dict[str, AirtablePlatform] = {}
        self._user: str | None = self.desk.runner
        self._heard = self.clock.now()
        self.rename_choice, self.spoil = self.desk.rename_choice, self.desk.spoil

    def __getattr__(self, name: str) -> Any:
        """Of whoever is signed in when it is called, though a story took it earlier."""

        def called(*words: Any, **more: Any) -> Any:
            self._listen()
            return getattr(self._hand(self._user or self.desk.runner), name)(*words, **more)

        held = getattr(self._hand(self.desk.runner), name)
        return called if callable(held) else held

    def delete(self, table: str, id: str) -> None:
        self._listen()
        self.desk.delete(table, id)

    @contextmanager
    def as_user(self, email: str | None) -> Iterator[None]:
        before, self._user = self._user, email
        try:
            yield
        finally:
            self._user = before

    def submit(self, table: str, row: Mapping[str, Value]) -> str:
        self._listen()
        return self.desk.submit(table, {name: self._cell(table, name, value) for name, value in row.items()})

    def _cell(self, table: str, name: str, value: Value) -> Any:
        column = TABLES[table].column(name)
        return (
            [self.desk.row(column.to, id).id for id in words(value)] if isinstance(column, Link) else to_airtable(value)
        )

    def _listen(self) -> None:
        """A runner that runs hears its feeds every day, also on those that a story leaves out."""
        while self.clock.now() - self._heard > A_WHILE:
            self.clock.meanwhile = self._heard = self._heard + A_WHILE
            hand = self._hand(self.desk.runner)
            for table in {table.wall: table.name for table in TABLES.values()}.values():
                hand._mirror.listen(hand._bound(table), now=True)
            self.clock.meanwhile = None

    def _hand(self, email: str) -> AirtablePlatform:
        if email not in self._signed:
            token = RUNNER if email == self.desk.runner else f"pat.{email}"
            self.at.people.setdefault(token, Person(email))
            connected = client(self.at, token, self.pace)
            ledger = Ledger(":memory:") if email == self.desk.runner else None
            self._signed[email] = AirtablePlatform(connected, NAME, now=self.clock.now, fresh=0, ledger=ledger)
        return self._signed[email]
