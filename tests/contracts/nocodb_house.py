"""The bases of a story on a real NocoDB: what a story does to the bases in memory, done over HTTP.

In: a story's clock, a landlord's bases on a server, its database. Out: a platform that staff may sign in to.
Never here: the server's clock moved. What it dates is told in the time that the story had reached by then.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from psycopg import sql

from automations.ports import Change, Record, Value
from sync.platforms.nocodb import NocoDBPlatform
from sync.platforms.nocodb_cells import to_nocodb
from tests.contracts.nocodb_desk import NocoDBDesk

SECOND = timedelta(seconds=1)


def empty(database: str, desk: NocoDBDesk) -> None:
    """Every row gone, every number given back and nothing of them in the audit: as in new bases, which take longer to
    make. Other landlords' bases on the server are left alone.
    """
    with psycopg.connect(database) as link:
        found = "SELECT schemaname, tablename FROM pg_tables WHERE schemaname = ANY(%s)"
        names = [sql.Identifier(*each) for each in link.execute(found, [desk.bases()]).fetchall()]
        link.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(sql.SQL(", ").join(names)))
        link.execute("DELETE FROM nc_audit_v2 WHERE base_id = ANY(%s)", [desk.bases()])


class HouseOnNocoDB:
    """What MemoryPlatform is to a story."""

    def __init__(self, desk: NocoDBDesk, now: Callable[[], datetime]) -> None:
        self.desk, self._now = desk, now
        self._days: list[tuple[datetime, datetime]] = []
        """From which second of the server's on which instant of the story's holds."""
        self._hands: dict[str, NocoDBPlatform] = {}
        self._user = desk.runner

    def __getattr__(self, name: str) -> Any:
        """Of whoever is signed in when it is called, though a story took it earlier."""
        assert name != "changed_since", "an instant of the story's means nothing to the server; its passes are sweeps"

        def called(*words: Any, **more: Any) -> Any:
            self._keep_time()
            return self._in_story(getattr(self._hand(), name)(*words, **more))

        held = getattr(self._hand(), name)
        return called if callable(held) else held

    @contextmanager
    def as_user(self, email: str | None) -> Iterator[None]:
        assert email, "nobody writes here without a sign-in, but at the form"
        before, self._user = self._user, email
        try:
            yield
        finally:
            self._user = before

    def submit(self, table: str, row: Mapping[str, Value]) -> str:
        self._keep_time()
        return self.desk.submit(table, {name: to_nocodb(value) for name, value in row.items()})

    def _hand(self) -> NocoDBPlatform:
        if self._user not in self._hands:
            token = self.desk.token_of(self._user)
            self._hands[self._user] = NocoDBPlatform(self.desk.url, token, self.desk.name)
        return self._hands[self._user]

    def _keep_time(self) -> None:
        """The server dates by whole seconds: none may belong to two instants of the story."""
        if not self._days or self._days[-1][1] != self._now():
            begins = datetime.now(UTC).replace(microsecond=0) + SECOND
            time.sleep((begins - datetime.now(UTC)).total_seconds())
            self._days.append((begins, self._now()))

    def _story(self, real: datetime | None) -> Any:
        return real and next(story for begins, story in reversed(self._days) if begins <= real)

    def _in_story(self, told: Any) -> Any:
        if isinstance(told, list):
            return [self._in_story(each) for each in told]
        if isinstance(told, Record):
            return replace(told, created_at=self._story(told.created_at), updated_at=self._story(told.updated_at))
        return replace(told, at=self._story(told.at)) if isinstance(told, Change) else told
