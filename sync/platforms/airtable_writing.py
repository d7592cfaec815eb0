"""Writing to Airtable: ten records at a time, read back from the answer, and keys kept unique by looking.

In: a Bound table and rows. Out: ids, or an error that says which rows did not take and why.
Never here: a second POST where an answer was lost; what became of the first is looked up by key.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from automations.errors import CaseworkError, DuplicateKey, NotWritten, TryAgainLater
from automations.ports import Record, Value
from schema.parts import Field, Kind
from sync.platforms.airtable_cells import to_airtable
from sync.platforms.airtable_client import BATCH, Client, Refused, Row
from sync.platforms.airtable_hands import KEPT_BY_THE_PLATFORM
from sync.platforms.airtable_reading import Reader, batches
from sync.platforms.airtable_tables import Bound
from sync.platforms.airtable_unique import Cells, Unique, keys_in, unlike
from sync.platforms.cells import blank, checked, column_of, not_taken, option_missing, words
from sync.platforms.live import LIVE

UNLOOKED = 3.0
"""Seconds after which keys are looked for though more rows of the call are to be made: a twin must not get old. A
hundred rows at the pace that Airtable allows take a little more than two."""


@dataclass(frozen=True, slots=True)
class _Ten:
    """Rows of one request that were made and not looked for since: `began` by the clock of the pace."""

    began: float
    rows: Sequence[Cells]
    made: Mapping[str, Record]


class Writer:
    """Writes to the tables of one landlord's bases."""

    def __init__(
        self,
        client: Client,
        reader: Reader,
        bound: Callable[[str], Bound],
        now: Callable[[], datetime],
        known: Callable[[Bound], Iterable[Record] | None],
        put: Callable[[Bound, Iterable[Record]], None],
    ) -> None:
        """`bound` finds the table that a link points at; `now` is what live fields are worked out by; `known` is
        what is known of a table without asking, and `put` adds to it.
        """
        self._client = client
        self._reader = reader
        self._bound = bound
        self._now = now
        self._unique = Unique(reader, known)
        self._put = put

    # --- making ---------------------------------------------------------------------------------

    def create(self, bound: Bound, rows: Sequence[Mapping[str, Value]]) -> list[str]:
        """Make records ten at a time, each ten whole or not at all, but for what somebody works on at once.

        Airtable has no unique fields. So keys are looked for before, and again after: once for all of them, or each
        time that three seconds have passed. Where somebody else made the same one meanwhile, the record of the lower
        number stays, our ten are taken back, and DuplicateKey says so. A record of them that somebody has entered
        something in by then, or hung something from, stays all the same, be it the one that is there twice.
        """
        cells = checked(bound.table, rows)
        own, lost = self._own(bound, cells)
        for link in filter(None, lost):
            raise NotWritten(_lost_text(bound, link))
        taken = self._unique.taken(bound, cells)
        ids: list[str] = []
        fresh: list[_Ten] = []
        try:
            for batch in batches(zip(cells, own, strict=True), BATCH):
                began = self._client.pace.clock()
                made = self._made(bound, [row for row, _ in batch], [links for _, links in batch], taken)
                ids += made
                fresh.append(_Ten(began, [row for row, _ in batch], made))
                if self._client.pace.clock() - fresh[0].began > UNLOOKED:
                    self._only_ours(bound, fresh)
        except TryAgainLater:
            with suppress(CaseworkError):
                self._only_ours(bound, fresh)
            raise
        except CaseworkError:
            self._only_ours(bound, fresh)
            raise
        self._only_ours(bound, fresh)
        return ids

    def _made(
        self, bound: Bound, rows: Sequence[Cells], links: Sequence[Row], taken: Mapping[str, set[str]]
    ) -> dict[str, Record]:
        """Ten records as they stood when they were made, by id in the order of the rows."""
        for row in rows:
            for name, key in keys_in(bound, row).items():
                if key in taken[name]:
                    raise DuplicateKey(f"{bound.table.name}, field {name}.")
                taken[name].add(key)
        bodies = [self._body(bound, row, more, new=True) for row, more in zip(rows, links, strict=True)]
        try:
            answers = self._client.create(bound.base, bound.id, bodies)
        except Refused as refused:
            raise self._why(bound, rows, refused) from None
        except TryAgainLater:
            if (settled := self._unique.settled(bound, rows)) is None:
                raise
            made = {record.id: record for record in settled}
        else:
            records = {record.id: record for record in self._reader.records(bound, answers)}
            made = {id: records[id] for id in (bound.numbers.number[answer["id"]] for answer in answers)}
        self._put(bound, made.values())
        odd = {id: unlike(bound, record, row) for (id, record), row in zip(made.items(), rows, strict=True)}
        if failed := {id: fields for id, fields in odd.items() if fields}:
            names = dict.fromkeys(name for fields in failed.values() for name in fields)
            raise NotWritten(f"{bound.table.name}, field {', '.join(names)}.", tuple(failed))
        self.show(bound, made)
        return made

    def _only_ours(self, bound: Bound, fresh: list[_Ten]) -> None:
        """Look whether somebody else made the same, and take back what is there twice. Afterwards nothing is fresh."""
        ours = {id for ten in fresh for id in ten.made}
        if not ours:
            return
        twins = dict(self._unique.twins(bound, [row for ten in fresh for row in ten.rows], ours))
        looked = list(fresh)
        fresh.clear()
        for ten in looked:
            if not twins.keys().isdisjoint(ten.made):
                self._take_back(bound, ten.made)
        for name in twins.values():
            raise DuplicateKey(f"{bound.table.name}, field {name}.")

    def _take_back(self, bound: Bound, made: Mapping[str, Record]) -> None:
        """Delete records that we made a moment ago, read once more: not one that somebody has touched since."""
        touched, untouched = set[str](), list[str]()
        for now, is_pointed_at in self._reader.standing(bound, made):
            if is_pointed_at or _was_touched(bound, made[now.id], now):
                touched.add(now.id)
            else:
                untouched.append(bound.numbers.own[now.id])
        if untouched:
            self._client.delete(bound.base, bound.id, untouched)
        for id in made.keys() - touched:
            bound.numbers.forget(id)

    # --- changing -------------------------------------------------------------------------------

    def update(self, bound: Bound, rows: Sequence[tuple[str, Mapping[str, Value]]]) -> None:
        """Change cells ten rows at a time; the answer tells how they stand, so nothing is read again."""
        wanted: dict[str, Cells] = {}
        for (id, _), row in zip(rows, checked(bound.table, [row for _, row in rows]), strict=True):
            wanted.setdefault(id, {}).update(row)
        failed: dict[str, NotWritten] = {}
        ids = self._reader.own_ids(bound, wanted)
        own, lost = self._own(bound, list(wanted.values()))
        links = dict(zip(wanted, own, strict=True))
        for id, link in zip(wanted, lost, strict=True):
            if id not in ids:
                failed[id] = _gone(bound)
            elif link:
                failed[id] = NotWritten(_lost_text(bound, link))
        for id, name in self._unique.held_by_others(bound, wanted).items():
            failed.setdefault(id, NotWritten(f"{bound.table.name}, field {name}."))
        for batch in batches([id for id in wanted if id not in failed], BATCH):
            self._change(bound, {id: wanted[id] for id in batch}, links, ids, failed)
        if failed:
            raise not_taken(failed)

    def _change(
        self,
        bound: Bound,
        wanted: Mapping[str, Cells],
        links: Mapping[str, Row],
        ids: Mapping[str, str],
        failed: dict[str, NotWritten],
    ) -> None:
        bodies = [
            (ids[id], self._body(bound, row, links[id]) | self._stale(bound, id, row)) for id, row in wanted.items()
        ]
        try:
            answers = self._client.change(bound.base, bound.id, bodies)
        except Refused as refused:
            if len(wanted) > 1:  # one of them is at fault
                for id, row in wanted.items():
                    self._change(bound, {id: row}, links, ids, failed)
                return
            ((id, row),) = wanted.items()
            if refused.code in ("ROW_DOES_NOT_EXIST", "NOT_FOUND") and not self._reader.by_id(bound, [id]):
                bound.numbers.forget(id)
                failed[id] = _gone(bound)
                return
            why = self._why(bound, [row], refused)
            failed[id] = why if isinstance(why, NotWritten) else NotWritten(why.detail)
            return
        records = self._reader.records(bound, answers)
        self._put(bound, records)
        for record in records:
            if fields := unlike(bound, record, wanted[record.id]):
                failed[record.id] = NotWritten(f"{bound.table.name}, field {', '.join(fields)}.")
        self.show(bound, list(wanted))

    def show(self, bound: Bound, ids: Iterable[str]) -> int:
        """Write what live fields show now where their cells show something else; how many rows that was."""
        stale: list[tuple[str, Row]] = []
        for id in ids:
            changed = self._stale(bound, id)
            if changed and id in bound.numbers.own:
                stale.append((bound.numbers.own[id], changed))
        for batch in batches(stale, BATCH):
            self._put(bound, self._reader.records(bound, self._client.change(bound.base, bound.id, batch)))
        return len(stale)

    # --- both -----------------------------------------------------------------------------------

    def _own(self, bound: Bound, rows: Sequence[Cells]) -> tuple[list[Row], list[str]]:
        """The links of each row by Airtable's ids; and for each row the link that points at nothing, or nothing."""
        out: list[Row] = [{} for _ in rows]
        lost = [""] * len(rows)
        for link in bound.table.links:
            asked = {id for row in rows for id in words(row.get(link.name))}
            known = self._reader.own_ids(self._bound(link.to), asked) if asked else {}
            for place, row in enumerate(rows):
                if link.name in row:
                    out[place][link.name] = [known[id] for id in words(row[link.name]) if id in known]
                if set(words(row.get(link.name))) - known.keys():
                    lost[place] = link.name
        return out, lost

    def _body(self, bound: Bound, row: Cells, links: Row, new: bool = False) -> Row:
        """A row as Airtable takes it. A blank cell of a new record is not sent."""
        fields = {name: value for name, value in row.items() if isinstance(column_of(bound.table, name), Field)}
        body = {name: to_airtable(value) if value != "" else None for name, value in fields.items()} | links
        if not new:
            return body
        whole = {each.name: row.get(each.name, blank(each)) for each in bound.table.fields}
        filled = {name: cell for name, cell in body.items() if cell is not None and cell is not False and cell != []}
        return filled | self._live(bound, whole)

    def _live(self, bound: Bound, cells: Mapping[str, Any]) -> Row:
        """What the live fields of a row show now."""
        live = (field for field in bound.table.fields if field.kind is Kind.LIVE)
        made = {**dict.fromkeys(("Made by",)), **cells}
        return {field.name: LIVE[field.live](made, self._now()) for field in live}

    def _stale(self, bound: Bound, id: str, row: Mapping[str, Any] = MappingProxyType({})) -> Row:
        """The live cells of a record, as last read, that show something else than they should with the cells of
        `row` in it.
        """
        record = self._reader.shown.get((bound.table.name, id))
        live = self._live(bound, {**record.fields, **row}) if record else {}
        return {name: word for name, word in live.items() if record and record.fields[name] != word}

    def _why(self, bound: Bound, rows: Sequence[Cells], refused: Refused) -> CaseworkError:
        """What a refusal means: an option or a column that is gone, a link to nothing, or only that it was refused."""
        if refused.code in ("UNKNOWN_FIELD_NAME", "INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND", "NOT_FOUND"):
            self._client.when_unread()
        if refused.code == "INVALID_MULTIPLE_CHOICE_OPTIONS":
            options = self._options(bound)
            for row in rows:
                if missing := option_missing(bound.table, row, options):
                    return missing
        if refused.code == "ROW_DOES_NOT_EXIST":
            for link in bound.table.links:
                other = self._bound(link.to)
                asked = {id for row in rows for id in words(row.get(link.name))}
                if asked - {record.id for record in self._reader.by_id(other, asked)}:
                    return NotWritten(_lost_text(bound, link.name))
        return NotWritten(f"{bound.table.name}: refused {refused.detail}.")

    def _options(self, bound: Bound) -> dict[str, set[str]]:
        table = next(each for each in self._client.tables(bound.base) if each["id"] == bound.id)
        listed = {field["name"]: (field.get("options") or {}).get("choices") for field in table["fields"]}
        return {name: {choice["name"] for choice in each} for name, each in listed.items() if each is not None}


def _was_touched(bound: Bound, made: Record, now: Record) -> bool:
    """Whether a record holds something else than when it was made, but for what Airtable fills in and the clock."""
    watched = [c for c in bound.table.columns if not (isinstance(c, Field) and c.kind in KEPT_BY_THE_PLATFORM)]
    return any(made.fields[column.name] != now.fields[column.name] for column in watched)


def _gone(bound: Bound) -> NotWritten:
    return NotWritten(f"{bound.table.name}: the record is no longer there.")


def _lost_text(bound: Bound, link: str) -> str:
    return f"{bound.table.name}, field {link}: it points at a record that is not there."
