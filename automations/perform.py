"""Perform: the only writer. It makes what decide() says should be so, and nothing twice.

In: effects of any number of cases. Out: records made and changed in batches; outward.py does the rest.
Never here: a choice about the case. A record that cannot be written is told apart; the others go on.
"""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from automations.delivery import Delivery
from automations.effects import Effect, Ref, Write
from automations.errors import CaseworkError, DuplicateKey, NeedsAPerson, TryAgainLater
from automations.outward import Outward
from automations.ports import Mail, Platform

log = logging.getLogger("casewatch")

ORDER = (
    "Cases", "People", "Incidents", "Consents", "Repairs", "Actions", "Developments", "Letters", "Referrals", "Alerts",
    "Run log", "Reports",
)  # fmt: skip
"""Records are made before those that point at them; the report that started it is marked last."""


class Performer:
    """Carries effects out through the ports. Holds no state of a case."""

    def __init__(self, platform: Platform, mail: Mail | None, delivery: Delivery | None, clock: Callable[[], datetime]):
        """`mail` or `delivery` None: alerts or notices stay as rows that say what they wait for."""
        self._platform = platform
        self._outward = Outward(platform, mail, delivery, clock, self._write)
        self._ids: dict[Ref, str] = {}

    def perform(self, effects: Iterable[Effect]) -> list[tuple[str, str]]:
        """Carry out everything; what could not be done, as (key, sentence). TryAgainLater: the platform is down."""
        todo = list(effects)
        self._ids.clear()
        failed: list[tuple[str, str]] = []
        writes = [e for e in todo if isinstance(e, Write)]
        for table in (*ORDER, *sorted({w.table for w in writes} - set(ORDER))):
            self._write([w for w in writes if w.table == table], failed)
        self._outward.carry_out([e for e in todo if not isinstance(e, Write)], failed)
        return failed

    def _write(self, writes: Sequence[Write], failed: list[tuple[str, str]]) -> None:
        if not writes:
            return
        self._create([w for w in writes if w.record is None], failed)
        changes = [w for w in writes if w.record is not None]
        rows = [(str(w.record), self._cells(w.cells)) for w in changes]
        try:
            self._platform.update(writes[0].table, rows)
        except TryAgainLater:
            raise
        except CaseworkError:
            for w, row in zip(changes, rows, strict=True):
                self._apart(w, lambda w=w, row=row: self._platform.update(w.table, [row]), failed)  # type: ignore[misc]

    def _create(self, writes: Sequence[Write], failed: list[tuple[str, str]]) -> None:
        """Make what is not there yet. The platform keeps keys unique, so a key that is there refuses the batch:
        only then is each looked up, and what another runner or an earlier pass made is left as it is.
        """
        new = list({w.key: w for w in writes}.values())
        size = self._platform.capabilities.batch
        for at in range(0, len(new), size):
            self._create_batch(new[at : at + size], failed)

    def _create_batch(self, new: Sequence[Write], failed: list[tuple[str, str]]) -> None:
        table, column = new[0].table, new[0].column
        try:
            self._resolve(new)
            ids = self._platform.create(table, [self._cells(w.cells) for w in new])
            self._ids |= {Ref(table, column, w.key): id for w, id in zip(new, ids, strict=True)}
        except TryAgainLater:
            raise
        except CaseworkError:
            there = {r.fields.get(column) for r in self._platform.find(table, column, [w.key for w in new])}
            for w in new:
                if w.key not in there:
                    self._apart(w, lambda w=w: self._create_one(w), failed)  # type: ignore[misc]

    def _create_one(self, w: Write) -> None:
        try:
            self._platform.create(w.table, [self._cells(w.cells)])
        except DuplicateKey:
            log.info("%s was made by another runner.", w.key)

    def _resolve(self, writes: Sequence[Write]) -> None:
        """The record ids of everything that these writes link to, in one look-up for each table."""
        wanted: dict[tuple[str, str], set[str]] = {}
        for ref in (r for w in writes for value in w.cells.values() for r in _refs(value) if r not in self._ids):
            wanted.setdefault((ref.table, ref.column), set()).add(ref.value)
        for (table, column), values in wanted.items():
            for record in self._platform.find(table, column, sorted(values)):
                self._ids[Ref(table, column, str(record.fields[column]))] = record.id

    def _apart(self, w: Write, act: Callable[[], Any], failed: list[tuple[str, str]]) -> None:
        try:
            act()
        except TryAgainLater:
            raise
        except CaseworkError as error:
            failed.append((w.key, error.detail or str(error)))

    def _cells(self, cells: Mapping[str, Any]) -> dict[str, Any]:
        """The cells with Refs put in place of by record ids. NeedsAPerson where one is not there."""
        return {name: tuple(map(self._id, _refs(v))) if _refs(v) else v for name, v in cells.items()}

    def _id(self, ref: Ref) -> str:
        if ref not in self._ids:
            raise NeedsAPerson(f"{ref.table}: {ref.value} is not there.")
        return self._ids[ref]


def _refs(value: Any) -> tuple[Ref, ...]:
    if isinstance(value, Ref):
        return (value,)
    return tuple(x for x in value if isinstance(x, Ref)) if isinstance(value, tuple) else ()
