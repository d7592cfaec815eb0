"""Changes: what is new on the hot tables since the last look.

In: a platform. Out: records created or updated since, each told twice.
Never here: a promise that nothing is missed (deletions and link edits are found by the sweep).
"""

from datetime import datetime, timedelta

from automations.ports import Platform, Record

OVERLAP = timedelta(seconds=2)
"""The platform keeps whole seconds, so the last ones are looked at again."""
APART = timedelta(minutes=30)
"""How far the platform's clock may be from ours."""
LOOKS = 2
"""A record is told twice: an edit in the same second as the first look would go unseen otherwise."""


class Changes:
    """A cursor for each table, on the platform's own clock."""

    def __init__(self, platform: Platform, tables: tuple[str, ...]) -> None:
        self._platform = platform
        self._tables = tables
        self._cursor: dict[str, datetime] = {}
        self._seen: dict[str, dict[tuple[str, datetime], int]] = {t: {} for t in tables}

    def start(self, at: datetime) -> None:
        """Look from that instant of our own clock on, where there is no cursor yet. One that lies far ahead of it
        is from a clock that was wrong, and would see nothing till then: it begins anew.
        """
        for table in self._tables:
            if table not in self._cursor or self._cursor[table] > at + APART:
                self._cursor[table] = at - APART

    def poll(self) -> list[Record]:
        """New and changed records. TryAgainLater leaves the cursors where they were."""
        found: list[Record] = []
        for table in self._tables:
            since = self._cursor[table] - OVERLAP
            seen = self._seen[table]
            fresh = self._platform.changed_since(table, since)
            stamps = {r.id: r.updated_at or r.created_at for r in fresh}
            found += [r for r in fresh if seen.get((r.id, stamps[r.id]), 0) < LOOKS]
            self._cursor[table] = max([self._cursor[table], *stamps.values()])
            self._seen[table] = {(i, at): seen.get((i, at), 0) + 1 for i, at in stamps.items()}
        return found
