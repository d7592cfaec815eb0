"""Returning: each month of an area is counted into a row, kept fresh until it is sent, sent once, and kept then.

In: every case as just read, the office. Out: rows of Statistics returns with their files; a month handed over.
Never here: what is counted (sync/partners/monthly.py), whether it may go (returns.py), a change of what was told.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from automations.allocation import placed
from automations.errors import CaseworkError, DuplicateKey, NoReceipt, NotReached, TryAgainLater, unforeseen
from automations.faults import refuse_the_impossible
from automations.model import Area, Case, Office, Partner, StatisticsReturn
from automations.outbox.ways_out import Counts, Outlet
from automations.own_cells import believed
from automations.ports import ByHand, File, Platform, Record, Transport
from automations.reading import Cases
from automations.reading import office as read_office
from automations.receipts import NOT_KEPT, SENT_BEFORE, in_short, received, unknown
from automations.records import value
from automations.rests import PAUSES, Rests
from automations.returns import State, in_words, key_of, of_area, stands, to_begin
from automations.tokens import Tokens
from schema import choices as c

TABLE = "Statistics returns"
UNDER_WAY = (State.SENDING, State.FAILED)
OVER = (State.STATISTICS_SENT, State.REJECTED, State.UNKNOWN)
"""What was told, or may have been: it is not made anew."""
HUNG = timedelta(minutes=10)
BY_HAND = "This partner is told by hand: give them the files, and enter Made by hand at."
DIFFERS = "The records have changed: counted today it would be another return. What was told stays as it is."
GONE = "Nobody knows if it arrived, and the file that left was taken away: ask the partner."
NO_AREA = "Its area is not in the office base any more."


@dataclass(frozen=True)
class _Way:
    """A partner and the way there."""

    partner: Partner
    transport: Transport

    @property
    def there(self) -> str:
        return self.partner.destination or ""

    @property
    def to(self) -> str:
        return (self.partner.recipient or "").strip()


class Returning:
    """Makes and sends the returns of one landlord."""

    def __init__(self, platform: Platform, outlet: Outlet, clock: Callable[[], datetime]) -> None:
        self._platform = platform
        self._outlet = outlet
        self._clock = clock
        self._tokens = Tokens(platform, clock)
        self._rests = Rests()

    def once(self, cases: Sequence[Case], office: Office, reader: Cases) -> tuple[int, list[tuple[str, str]]]:
        """Every return as it should stand: how much was done, and what could not be, as (key, sentence).

        While a case cannot be read, which the run log tells, nothing is counted: it would be left out.
        """
        self._rests.begin()
        rows, now, failed = self._rows(office, reader), self._clock(), list[tuple[str, str]]()
        by_the_month = any(area.sends is c.Arrangement.MONTHLY for area in office.areas)
        if not (rows or by_the_month) or self._platform.ids("Cases") != {case.id for case in cases}:
            return 0, []
        counted = [placed(refuse_the_impossible(case, now)[0], office)[0] for case in cases]
        begun = to_begin(office, rows, counted, now)
        for area, month in begun:
            self._begin(area, month)
        done = len(begun)
        for row in self._rows(office, reader) if begun else rows:
            try:
                done += self._keep(row, counted, office, reader)
            except TryAgainLater:
                raise
            except Exception as error:  # one return that nobody foresaw must not keep the others
                why = error.detail if isinstance(error, CaseworkError) else unforeseen(error)
                failed.append((row.key or f"{TABLE} {row.id}", why))
        return done, failed

    def _rows(self, office: Office, reader: Cases) -> list[StatisticsReturn]:
        """The rows, each cell of ours as we wrote it; what somebody typed over is put back."""
        records, over = believed(self._platform.records(TABLE), reader.histories, office)
        for each in over:
            self._platform.update(TABLE, [(each.id, each.cells)])
        return [_row(r, office, reader) for r in records if r.fields.get("Key")]

    def _begin(self, area: Area, month: str) -> None:
        key = key_of(area, month)
        try:
            self._platform.create(TABLE, [{"Key": key, "Return": f"{area.name}, {in_words(month)}", "Area": area.name,
                                           "Month": month, "Tries": 0}])  # fmt: skip
        except DuplicateKey:
            return  # another runner made it

    def _keep(self, row: StatisticsReturn, cases: Sequence[Case], office: Office, reader: Cases) -> bool:
        """One row as it should stand. Whether anything was to do."""
        area = _area(row, office)
        if area is None:
            return self._say(row, {"Why": NO_AREA})
        made = self._outlet.packer.counts(of_area(cases, area), area, row.month)
        if row.sent_at or row.by_hand_at or row.state in OVER:
            same = row.fingerprint in (made.fingerprint, NOT_KEPT)
            return self._say(row, {"Differs": None if same else DIFFERS})
        doubtful = row.state in UNDER_WAY and self._tokens.is_doubtful(row.key or "")
        fresh = row.fingerprint == made.fingerprint
        if not (row.has_files and fresh) and (fresh or not doubtful):
            self._attach(row, made)
            return True
        if doubtful and not row.has_files:
            return self._say(row, unknown() | {"Why": GONE})
        found = stands(row, area, office.partner(area.partner_id))
        if not found.goes:
            return self._say(row, {"Why": found.why} | ({} if doubtful else {"State": found.state}))
        if row.try_again_at and row.try_again_at > self._clock():
            return False
        return self._hand_over(row, office, reader, doubtful)

    def _attach(self, row: StatisticsReturn, made: Counts) -> None:
        """Both forms in place of what is there, then what they are: cut off between, it is done again."""
        forms = (("Table", "csv", made.csv, "text/csv"), ("Message", "json", made.json, "application/json"))
        for column, kind, body, mimetype in forms:
            name = _name(row.month, made.fingerprint, kind)
            self._platform.attach(TABLE, row.id, column, name, body, mimetype, instead=True)
        self._platform.update(TABLE, [(row.id, {"Fingerprint": made.fingerprint})])

    def _hand_over(self, row: StatisticsReturn, office: Office, reader: Cases, doubtful: bool) -> bool:
        """Take a token, read again, and send the very file. Where one says no, nothing is sent."""
        way, now, key = self._way(row, office), self._clock(), row.key or ""
        if isinstance(way, str):
            return self._say(row, {"State": State.FAILED, "Answer": way, "Try again at": now + PAUSES[2]})
        if isinstance(way.transport, ByHand):
            return self._say(row, {"State": State.READY, "Why": BY_HAND})
        if self._rests.over(way.there, now):
            return False
        once = way.transport.once
        if doubtful and not once:
            return self._tokens.is_doubtful(key, for_longer_than=HUNG) and self._say(row, unknown())
        if not self._tokens.take(key, only_once=not once):
            at = self._tokens.sent_at(key)
            return at is not None and self._say(row, _sent_before(at))
        under = self._outlet.packer.counts_key(key)
        self._say(row, {"State": State.SENDING, "Handed to": way.partner.name, "Sent under": under,
                        "Tries": row.tries + 1})  # fmt: skip
        body = self._as_decided(row, way, reader)
        if body is None:
            self._not_sent(key, doubtful)
            return True
        self._send(row, way, body, under, doubtful)
        return True

    def _as_decided(self, row: StatisticsReturn, way: _Way, reader: Cases) -> bytes | None:
        """The file that was decided on, where everything is still as it was. None: nothing goes now."""
        office = read_office(self._platform, self._clock(), reader.histories)
        for record in believed(self._platform.get(TABLE, [row.id]), reader.histories, office)[0]:
            now, area, there = _row(record, office, reader), _area(row, office), self._way(row, office)
            if area is None or isinstance(there, str) or (there.there, there.to) != (way.there, way.to):
                return None
            if now.by_hand_at or not stands(now, area, there.partner).goes:
                return None
            return self._file(row) if now.has_files and now.fingerprint == row.fingerprint else None
        return None

    def _file(self, row: StatisticsReturn) -> bytes | None:
        """The file as it was made. None: somebody put another in its place, so it is made anew in the next pass."""
        try:
            body = self._platform.fetch(TABLE, row.id, "Message", _name(row.month, row.fingerprint, "json"))
        except KeyError:
            return None
        if sha256(body).hexdigest() == row.fingerprint:
            return body
        self._platform.update(TABLE, [(row.id, {"Message": ()})])
        return None

    def _way(self, row: StatisticsReturn, office: Office) -> _Way | str:
        area = _area(row, office)
        partner = office.partner(area.partner_id) if area else None
        if partner is None:
            return NO_AREA
        way = self._outlet.way(partner)
        return way if isinstance(way, str) else _Way(partner, way)

    def _send(self, row: StatisticsReturn, way: _Way, body: bytes, under: str, doubtful: bool) -> None:
        key = row.key or ""
        try:
            receipt = way.transport.deliver(body, under, way.to)
        except Exception as error:  # where nobody foresaw it, it may have arrived: the same key takes it only once
            known = isinstance(error, NotReached) or (
                isinstance(error, CaseworkError) and not isinstance(error, NoReceipt | TryAgainLater)
            )
            if known:
                self._not_sent(key, doubtful)
            why = in_short(error.detail) if isinstance(error, CaseworkError) else unforeseen(error)
            if not known and not way.transport.once:
                self._say(row, {**unknown(), "Answer": why})
                return
            self._say(row, {"State": State.FAILED, "Answer": why, "Try again at": self._again(error, row, way, under)})
            return
        self._rests.answered(way.there)
        self._say(row, received(receipt, c.ReferralForm.STATISTICAL, self._clock(), doubtful))
        if receipt.accepted:
            self._tokens.settle(key, "Sent")
        else:
            self._not_sent(key, doubtful)

    def _again(self, error: Exception, row: StatisticsReturn, way: _Way, under: str) -> datetime:
        """When to try again: as the partner asks, or later each time; what a person must put right, in an hour."""
        now = self._clock()
        if isinstance(error, TryAgainLater):
            return self._rests.silent(way.there, now, row.tries, getattr(error, "retry_after", None), under)
        self._rests.failed(way.there)
        return now + PAUSES[-1]

    def _not_sent(self, key: str, doubtful: bool) -> None:
        if not doubtful:
            self._tokens.settle(key, "Not sent")

    def _say(self, row: StatisticsReturn, cells: dict[str, Any]) -> bool:
        """Write what differs. Whether anything did."""
        as_is = {"State": row.state, "Why": row.why, "Differs": row.differs, "Answer": row.answer,
                 "Try again at": row.try_again_at}  # fmt: skip
        changed = {name: told for name, told in cells.items() if name not in as_is or as_is[name] != told}
        if changed:
            self._platform.update(TABLE, [(row.id, changed)])
        return bool(changed)


def _area(row: StatisticsReturn, office: Office) -> Area | None:
    return next((x for x in office.areas if row.key == key_of(x, row.month)), None)


def _sent_before(at: datetime) -> dict[str, Any]:
    """One that its token knows to have gone: its row was deleted since, and what is in this one is not what went."""
    return {"State": State.STATISTICS_SENT, "Sent at": at, "Answer": SENT_BEFORE, "Try again at": None,
            "Fingerprint": NOT_KEPT, "Message": (), "Table": ()}  # fmt: skip


def _name(month: str, fingerprint: str | None, kind: str) -> str:
    """A name of its own for each making: a platform takes a file of the same name and size for the same file."""
    return f"statistics-{month}-{(fingerprint or '')[:8]}.{kind}"


def _row(record: Record, office: Office, reader: Cases) -> StatisticsReturn:
    row = value(StatisticsReturn, record, [], **reader.decided(record, StatisticsReturn, "Decision", office))
    forms = (("Message", "json"), ("Table", "csv"))
    whole = all(_named(record.fields.get(x)) == [_name(row.month, row.fingerprint, kind)] for x, kind in forms)
    return replace(row, has_files=whole)


def _named(files: object) -> list[str]:
    return [x.name for x in files if isinstance(x, File)] if isinstance(files, tuple) else []
