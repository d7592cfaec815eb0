"""Perform: the only writer. It makes what decide() says should be so, and nothing twice.

In: effects of any number of cases. Out: records made and changed in batches, documents attached, alerts sent.
Never here: a choice about the case. A record that cannot be written is told apart; the others go on.
"""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Any

from automations.delivery import Delivery
from automations.effects import AsPdf, Attach, Deliver, Effect, Email, Ref, Ring, Seal, Show, Write
from automations.emailing import Emailing
from automations.errors import (
    CaseworkError,
    DuplicateKey,
    NeedsAPerson,
    TryAgainLater,
    UnknownChoice,
    unforeseen,
)
from automations.ports import File, Mail, Platform, Record, WordProcessor
from automations.ringing import Ringing
from schema import TABLES
from schema.parts import Owner

log = logging.getLogger("casewatch")

ORDER = (
    "Cases", "Alerts", "People", "Incidents", "Consents", "Repairs", "Actions", "Checklist", "Developments", "Letters",
    "Referrals", "Run log", "Reports",
)  # fmt: skip
"""Records are made before those that point at them, and people are alerted before the rest is written;
the report that started it is marked last."""

HANDED_AT_ONCE = 100
"""Records that a platform is given to make in one call, however many of them it takes at a time."""


class Performer:
    """Carries effects out through the ports. Holds no state of a case."""

    def __init__(
        self,
        platform: Platform,
        mail: Mail | None,
        delivery: Delivery | None,
        clock: Callable[[], datetime],
        emailing: Emailing | None = None,
        words: WordProcessor | None = None,
    ) -> None:
        """`mail` or `delivery` None: alerts or notices stay as rows that say what they wait for. `emailing` None:
        so do letters to go by e-mail. `words` None: an edited letter has no PDF of ours.
        """
        self._words = words
        self._platform = platform
        self._ringing = Ringing(platform, mail, clock)
        self._delivery = delivery
        self._emailing = emailing
        self._clock = clock
        self._ids: dict[Ref, str] = {}

    def perform(self, effects: Iterable[Effect]) -> list[tuple[str, str]]:
        """Carry out everything; what could not be done, as (key, sentence). TryAgainLater: the platform is down."""
        todo = list(effects)
        self._ids.clear()
        failed: list[tuple[str, str]] = []
        writes = [e for e in todo if isinstance(e, Write)]
        for table in (*ORDER, *sorted({w.table for w in writes} - set(ORDER))):
            self._write([w for w in writes if w.table == table], failed)
            if table == "Alerts":
                rings = [e for e in todo if isinstance(e, Ring)]
                self._ringing.look_up(rings)
                self._outward(rings, failed)
        if self._delivery:
            self._delivery.begin()
        self._outward([e for e in todo if not isinstance(e, Write | Ring)], failed)
        return failed

    def hand_over(
        self, notices: Sequence[Deliver | Email], enough: Callable[[], bool]
    ) -> tuple[list[tuple[str, str]], Sequence[Deliver | Email]]:
        """Hand over one after the other until `enough`; what could not be done, and what is left for the next pass."""
        failed: list[tuple[str, str]] = []
        if self._delivery:
            self._delivery.begin()
        for at, notice in enumerate(notices):
            if enough():
                return failed, notices[at:]
            self._outward([notice], failed)
        return failed, ()

    def _outward(
        self, effects: Iterable[Attach | AsPdf | Seal | Ring | Show | Deliver | Email], failed: list[tuple[str, str]]
    ) -> None:
        for effect in effects:
            try:
                match effect:
                    case Attach():
                        self._attach(effect)
                    case AsPdf() if self._words:
                        self._as_pdf(effect, self._words)
                    case Seal():
                        self._seal(effect)
                    case Ring():
                        self._ringing.ring(effect)
                    case Deliver() if self._delivery:
                        self._delivery.deliver(effect)
                    case Show() if self._delivery:
                        self._delivery.show(effect)
                    case Email() if self._emailing:
                        self._emailing.send(effect)
            except TryAgainLater:
                raise
            except CaseworkError as error:
                failed.append((effect.key, error.detail or str(error)))
            except Exception as error:  # one effect that nobody foresaw must not keep help from the others
                failed.append((effect.key, unforeseen(error)))

    def _write(self, writes: Sequence[Write], failed: list[tuple[str, str]]) -> None:
        if not writes:
            return
        self._create([w for w in writes if w.record is None], failed)
        ready: list[tuple[Write, tuple[str, dict[str, Any]]]] = []
        for w in writes:
            if w.record is not None:
                self._apart(w, partial(self._make_ready, w, ready), failed)
        try:
            self._platform.update(writes[0].table, [row for _, row in ready])
        except TryAgainLater:
            raise
        except Exception:  # whatever it is, only the one that brings it about is left undone
            for w, row in ready:
                self._apart(w, partial(self._platform.update, w.table, [row]), failed)

    def _make_ready(self, w: Write, ready: list[tuple[Write, tuple[str, dict[str, Any]]]]) -> None:
        self._resolve([w])
        ready.append((w, (str(w.record), self._cells(w.cells))))

    def _create(self, writes: Sequence[Write], failed: list[tuple[str, str]]) -> None:
        """Make what is not there yet. The platform keeps keys unique, so a key that is there refuses the batch:
        only then is each looked up, and what another runner or an earlier pass made is left as it is.
        """
        new = list({w.key: w for w in writes}.values())
        for at in range(0, len(new), HANDED_AT_ONCE):
            self._create_these(new[at : at + HANDED_AT_ONCE], failed)

    def _create_these(self, new: Sequence[Write], failed: list[tuple[str, str]]) -> None:
        """Where they were refused: what is there is filled, the rest made batch by batch, and a refused batch one
        by one.
        """
        table, column, size = new[0].table, new[0].column, self._platform.capabilities.batch
        try:
            self._resolve(new)
            ids = self._platform.create(table, [self._cells(w.cells) for w in new])
            self._ids |= {Ref(table, column, w.key): id for w, id in zip(new, ids, strict=True)}
        except TryAgainLater:
            raise
        except Exception:  # whatever it is, only the one that brings it about is left undone
            there = {r.fields.get(column): r for r in self._platform.find(table, column, [w.key for w in new])}
            for w in new:
                if w.key in there:
                    self._apart(w, partial(self._fill, w, there[w.key]), failed)
            rest = [w for w in new if w.key not in there]
            if len(new) > size:
                for at in range(0, len(rest), size):
                    self._create_these(rest[at : at + size], failed)
                return
            for w in rest:
                self._apart(w, partial(self._create_one, w), failed)

    def _fill(self, w: Write, record: Record) -> None:
        """A record that a pass was cut off in making gets the cells, links above all, that are still blank.

        A cell of staff's that ever held something was blanked by somebody, and stays so: an answer taken back
        does not come again.
        """
        blank = {name: v for name, v in self._cells(w.cells).items() if v and not record.fields.get(name)}
        theirs = {f.name for f in TABLES[w.table].fields if f.owner is Owner.STAFF} & set(blank)
        held = {change.field for change in self._platform.history(w.table, record.id)} if theirs else set()
        blank = {name: v for name, v in blank.items() if name not in theirs & held}
        self._ids[Ref(w.table, w.column, w.key)] = record.id
        if blank:
            self._platform.update(w.table, [(record.id, blank)])

    def _create_one(self, w: Write) -> None:
        """Make one record. Where a drop-down lost an option the rest is made without that cell: a report must
        not lose its incident, and so its alert, to a word. The cell is filled once the option is back.
        """
        cells = self._cells(w.cells)
        lost: UnknownChoice | None = None
        while True:
            try:
                self._platform.create(w.table, [cells])
            except DuplicateKey:
                log.info("%s was made by another runner.", w.key)
            except UnknownChoice as error:
                if cells.pop(error.column, None) is None:
                    raise
                lost = error
                continue
            if lost:
                raise lost
            return

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
        except Exception as error:  # one effect that nobody foresaw must not keep help from the others
            failed.append((w.key, unforeseen(error)))

    def _cells(self, cells: Mapping[str, Any]) -> dict[str, Any]:
        """The cells with Refs put in place of by record ids. NeedsAPerson where one is not there."""
        return {name: tuple(map(self._id, _refs(v))) if _refs(v) else v for name, v in cells.items()}

    def _id(self, ref: Ref) -> str:
        if ref not in self._ids:
            raise NeedsAPerson(f"{ref.table}: {ref.value} is not there.")
        return self._ids[ref]

    def _attach(self, effect: Attach) -> None:
        """Render, attach, then say so on the row: cut off anywhere, the next pass does the rest."""
        with self._platform.one_look():
            self._attach_within(effect)

    def _attach_within(self, effect: Attach) -> None:
        row = (
            self._platform.get(effect.table, [effect.record])
            if effect.record
            else self._platform.find(effect.table, "Key", [effect.key])
        )
        if not row or (effect.unless and row[0].fields.get(effect.unless)):
            return
        try:
            content = effect.content()
            for other in effect.beside:
                self._platform.attach(
                    effect.table, row[0].id, other.column, other.name, other.content(), other.mimetype, instead=True
                )
            self._platform.attach(
                effect.table, row[0].id, effect.column, effect.name, content, "application/pdf", instead=True
            )
        except TryAgainLater:
            raise
        except Exception:
            if any(row[0].fields.get(name) != value for name, value in effect.failed.items()):
                self._platform.update(effect.table, [(row[0].id, dict(effect.failed))])
            raise
        self._platform.update(effect.table, [(row[0].id, dict(effect.then))])

    def _as_pdf(self, effect: AsPdf, words: WordProcessor) -> None:
        """Make the PDF and attach it, or say why there is none: either is done once for one edited file."""
        for row in self._platform.get(effect.table, [effect.record]):
            if row.fields.get(effect.unless):
                return
            try:
                content = words.pdf(self._platform.fetch(effect.table, row.id, effect.column, effect.file))
            except KeyError:
                return  # staff took the file away meanwhile
            except NeedsAPerson as error:
                self._platform.update(effect.table, [(row.id, {effect.into: (), effect.why: error.detail})])
                return
            self._platform.attach(
                effect.table, row.id, effect.into, effect.name, content, "application/pdf", instead=True
            )

    def _seal(self, effect: Seal) -> None:
        """Once: what was sealed stays so, whatever becomes of the file. NeedsAPerson where it cannot be read."""
        for row in self._platform.get(effect.table, [effect.record]):
            files = row.fields.get(effect.column)
            if row.fields.get(effect.cell) or not isinstance(files, tuple):
                continue
            names = dict.fromkeys(each.name for each in files if isinstance(each, File))
            try:
                held = [self._platform.fetch(effect.table, row.id, effect.column, name) for name in names]
            except KeyError:
                raise NeedsAPerson(f"{effect.table} {row.id}: a file of it is no longer there.") from None
            marks = [sha256(content).hexdigest() for content in held]
            self._platform.update(effect.table, [(row.id, {effect.cell: ", ".join(marks) or None})])


def _refs(value: Any) -> tuple[Ref, ...]:
    if isinstance(value, Ref):
        return (value,)
    return tuple(x for x in value if isinstance(x, Ref)) if isinstance(value, tuple) else ()
