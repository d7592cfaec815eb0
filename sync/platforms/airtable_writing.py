"""Writing to Airtable: ten records at a time, read back from the answer, and keys kept unique by looking.

In: a Bound table and rows. Out: ids, or an error that says which rows did not take and why.
Never here: a second POST where an answer was lost; what became of the first is looked up by key.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from types import MappingProxyType
from typing import Any

from automations.errors import CaseworkError, DuplicateKey, NotWritten, TryAgainLater
from automations.ports import Record, Value
from schema.parts import Field, Kind
from sync.platforms.airtable_cells import same_cell, to_airtable
from sync.platforms.airtable_client import BATCH, Client, Refused, Row
from sync.platforms.airtable_reading import Reader, batches
from sync.platforms.airtable_tables import Bound
from sync.platforms.airtable_unique import Cells, Unique, keys_in
from sync.platforms.cells import blank, checked, column_of, not_taken, option_missing, words
from sync.platforms.live import LIVE


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
        """Make records ten at a time, each ten whole or not at all.

        Airtable has no unique fields. So keys are looked for before, and again after, once for all of them: where
        somebody else made the same one meanwhile, the record of the lower number stays and our batch is taken back.
        """
        cells = checked(bound.table, rows)
        own, lost = self._own(bound, cells)
        for link in filter(None, lost):
            raise NotWritten(_lost_text(bound, link))
        taken = self._unique.taken(bound, cells)
        made: list[list[str]] = []
        try:
            self._make_all(bound, list(zip(cells, own, strict=True)), taken, made)
        except TryAgainLater:
            with suppress(CaseworkError):
                self._only_ours(bound, cells, made)
            raise
        except CaseworkError:
            self._only_ours(bound, cells, made)
            raise
        self._only_ours(bound, cells, made)
        return [id for ids in made for id in ids]

    def _make_all(
        self, bound: Bound, rows: list[tuple[Cells, Row]], taken: Mapping[str, set[str]], made: list[list[str]]
    ) -> None:
        """`made` holds the ids of the batches that were made, however it ends."""
        for batch in batches(rows, BATCH):
            rows_of = [row for row, _ in batch]
            for row in rows_of:
                for name, key in keys_in(bound, row).items():
                    if key in taken[name]:
                        raise DuplicateKey(f"{bound.table.name}, field {name}.")
                    taken[name].add(key)
            made.append(self._made(bound, rows_of, [links for _, links in batch]))

    def _made(self, bound: Bound, rows: Sequence[Cells], links: Sequence[Row]) -> list[str]:
        bodies = [self._body(bound, row, more, new=True) for row, more in zip(rows, links, strict=True)]
        try:
            answers = self._client.create(bound.base, bound.id, bodies)
        except Refused as refused:
            raise self._why(bound, rows, refused) from None
        except TryAgainLater:
            if (settled := self._unique.settled(bound, rows)) is None:
                raise
            return settled
        records = {record.id: record for record in self._reader.records(bound, answers)}
        self._put(bound, records.values())
        ids = [bound.numbers.number[answer["id"]] for answer in answers]
        unlike = {id: _unlike(bound, records[id], row) for id, row in zip(ids, rows, strict=True)}
        if failed := {id: fields for id, fields in unlike.items() if fields}:
            names = dict.fromkeys(name for fields in failed.values() for name in fields)
            raise NotWritten(f"{bound.table.name}, field {', '.join(names)}.", tuple(failed))
        self.show(bound, ids)
        return ids

    def _only_ours(self, bound: Bound, rows: Sequence[Cells], made: Sequence[Sequence[str]]) -> None:
        ours = {id: number for number, ids in enumerate(made) for id in ids}
        if not ours:
            return
        twins = dict(self._unique.twins(bound, rows, set(ours)))
        for number in sorted({ours[id] for id in twins}):
            self._take_back(bound, made[number])
        for name in twins.values():
            raise DuplicateKey(f"{bound.table.name}, field {name}.")

    def _take_back(self, bound: Bound, ids: Sequence[str]) -> None:
        """Delete records that we made a moment ago and nobody has seen."""
        self._client.delete(bound.base, bound.id, [bound.numbers.own[id] for id in ids])
        for id in ids:
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
            if fields := _unlike(bound, record, wanted[record.id]):
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


def _unlike(bound: Bound, record: Record, row: Cells) -> list[str]:
    """The cells that do not hold what was sent."""
    return [name for name, value in row.items() if not _holds(bound, record, name, value)]


def _holds(bound: Bound, record: Record, name: str, value: Value) -> bool:
    column, held = column_of(bound.table, name), record.fields[name]
    return same_cell(column, held, value) if isinstance(column, Field) else held == value


def _gone(bound: Bound) -> NotWritten:
    return NotWritten(f"{bound.table.name}: the record is no longer there.")


def _lost_text(bound: Bound, link: str) -> str:
    return f"{bound.table.name}, field {link}: it points at a record that is not there."
