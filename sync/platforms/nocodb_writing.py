"""Writing to NocoDB, where an answer of 200 proves nothing: what was changed is read back.

In: a Bound table and rows. Out: ids, or an error that says which rows did not take and why.
Never here: a link in a PATCH (0.301 drops it in silence, or fails and keeps half the row).
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from automations.errors import CaseworkError, DuplicateKey, NotWritten
from automations.ports import Record, Value
from schema.parts import Field, Kind
from sync.platforms.cells import checked, column_of, not_taken, option_missing, words
from sync.platforms.nocodb_cells import same_cell, to_nocodb
from sync.platforms.nocodb_client import BATCH, LINKED_BATCH, Client, Refused, Row
from sync.platforms.nocodb_reading import Reader, batches
from sync.platforms.nocodb_tables import Bound

Cells = dict[str, Value]

SHARED = 4
"""From so many rows for each record they point at, linking them from the other side is the quicker way.
After an insert the server reads every row again, with a count of all that is linked to each record it points
at: 43 ms a row for an action with its case (0.301.3, our schema, 2 cores), against 1.6 ms without a link and
3 ms to link it from the case, thirty in one call. The audit tells of such links; UpdatedAt stays blank."""


class Writer:
    """Writes to the tables of one server."""

    def __init__(self, client: Client, reader: Reader, bound: Callable[[str], Bound]) -> None:
        """`bound` finds the table that a link points at."""
        self._client = client
        self._reader = reader
        self._bound = bound

    def create(self, bound: Bound, rows: Sequence[Mapping[str, Value]]) -> list[str]:
        """Make records a hundred at a time, each hundred whole or not at all.

        A link to one travels as the column that holds the other's Id: in a list of rows v2 drops a link given
        as a link, in silence. Rows that link to many go ten at a time through v3, the only call that takes them.
        Where many rows point at few records they are linked afterwards, from the other side: see SHARED.
        """
        cells = checked(bound.table, rows)
        bound = self._as_it_stands(bound) if cells else bound
        for lost in filter(None, self._lost(bound, cells)):
            raise NotWritten(_lost_text(bound, lost))
        linked = any(row.get(name) for row in cells for name in bound.many)
        shared = [name for name in bound.one if _is_shared(bound, name, cells)]
        made: list[int] = []
        for batch in batches(cells, LINKED_BATCH if linked else BATCH):
            body = [_body(bound, row, without=shared, linked=linked) for row in batch]
            try:
                if linked:
                    ids = self._client.create_linked(bound.base, bound.id, body)
                else:
                    ids = self._client.create(bound.id, body)
                made += ids
            except Refused as refused:
                raise self._why(bound, batch, refused) from None
            for name in shared:
                self._link_back(bound, name, [row.get(name) for row in batch], ids)
        return [str(id) for id in made]

    def _as_it_stands(self, bound: Bound) -> Bound:
        """The table with its columns still where they were found; Stop names one that is not.

        A cell of a column renamed since would be dropped in silence, and an answer to a POST tells only Ids. Asking
        for the columns costs 6 ms for Actions; asking nothing of every column 13, reading the record back 29, and
        finding everything anew 196 (medians on a busy machine, 0.301.3, our schema, 2 cores).
        """
        try:
            titles = {column["id"]: column["title"] for column in self._client.columns(bound.id)}
        except Refused:
            titles = {}
        if all(titles.get(id) == name for name, id in bound.columns.items()):
            return bound
        self._client.when_unread()
        return self._bound(bound.table.name)

    def _link_back(self, bound: Bound, name: str, targets: Sequence[Value], ids: Sequence[int]) -> None:
        other = self._bound(_target(bound, name))
        by_target: dict[str, list[int]] = {}
        for target, id in zip(targets, ids, strict=True):
            for word in words(target):
                by_target.setdefault(word, []).append(id)
        for target, mine in by_target.items():
            try:
                self._client.link("POST", other.id, bound.back[name], int(target), mine)
            except Refused:
                raise NotWritten(_lost_text(bound, name), [str(id) for id in mine]) from None

    def update(self, bound: Bound, rows: Sequence[tuple[str, Mapping[str, Value]]]) -> None:
        """Change cells a hundred rows at a time, links first, and read them back.

        v2 and one reading: 61 ms an action that has a case, 3 ms one without; v3, ten at a time, reads back by
        itself and takes 102 ms. The server counts the case's links for each row, whichever call is used.
        """
        wanted: dict[str, Cells] = {}
        for (id, _), row in zip(rows, checked(bound.table, [row for _, row in rows]), strict=True):
            wanted.setdefault(id, {}).update(row)
        failed: dict[str, NotWritten] = {}
        for batch in batches(wanted.items(), BATCH):
            self._change(bound, dict(batch), failed)
        if failed:
            raise not_taken(failed)

    def _change(self, bound: Bound, wanted: dict[str, Cells], failed: dict[str, NotWritten]) -> None:
        for id, lost in zip(list(wanted), self._lost(bound, list(wanted.values())), strict=True):
            if lost:
                failed[id] = NotWritten(_lost_text(bound, lost))
                del wanted[id]
        self._link(bound, wanted, failed)
        wanted_cells = {id: _body(bound, row, fields_only=True) for id, row in wanted.items()}
        body = [{"Id": int(id), **row} for id, row in wanted_cells.items() if row and id.isdecimal()]
        try:
            if body:
                self._client.change(bound.id, body)
        except Refused:
            pass  # one of them is at fault; what was kept is seen below
        for id in self._unlike(bound, wanted):
            try:
                if id.isdecimal() and wanted_cells[id]:
                    self._client.change_one(bound.base, bound.id, int(id), wanted_cells[id])
            except Refused as refused:
                why = self._why(bound, [wanted[id]], refused)
                failed[id] = why if isinstance(why, NotWritten) else NotWritten(why.detail)
        for id, fields in self._unlike(bound, {id: wanted[id] for id in wanted if id not in failed}).items():
            gone = f"{bound.table.name}: the record is no longer there."
            failed[id] = NotWritten(f"{bound.table.name}, field {', '.join(fields)}." if fields else gone)

    def _unlike(self, bound: Bound, wanted: Mapping[str, Cells]) -> dict[str, list[str]]:
        """Records that do not hold what they should, with the fields; none where the record is gone."""
        if not wanted:
            return {}
        held = {record.id: record for record in self._reader.by_id(bound, wanted)}
        unlike: dict[str, list[str]] = {}
        for id, cells in wanted.items():
            record = held.get(id)
            wrong = [name for name, value in cells.items() if record and not _holds(bound, record, name, value)]
            if wrong or not record:
                unlike[id] = wrong
        return unlike

    def _link(self, bound: Bound, wanted: dict[str, Cells], failed: dict[str, NotWritten]) -> None:
        """Make and undo links until they are as wanted. The audit tells of these, as it does of staff's."""
        names = {link.name for link in bound.table.links}
        moved = {id: {n: row[n] for n in row if n in names} for id, row in wanted.items() if names & set(row)}
        for record in self._reader.by_id(bound, moved) if moved else ():
            for name, value in moved[record.id].items():
                now, then = set(words(record.fields[name])), set(words(value))
                undone = now - then if name in bound.many or not then else set()
                try:
                    for method, others in (("DELETE", undone), ("POST", then - now)):
                        if others:
                            numbers = sorted(int(other) for other in others)
                            self._client.link(method, bound.id, bound.columns[name], int(record.id), numbers)
                except Refused:
                    failed[record.id] = NotWritten(f"{bound.table.name}, field {name}.")
                    wanted.pop(record.id, None)

    def _lost(self, bound: Bound, rows: Iterable[Cells]) -> list[str]:
        """For each row, the link that points at nothing, or nothing. NocoDB itself would keep such a link."""
        rows = list(rows)
        lost = [""] * len(rows)
        for link in bound.table.links:
            asked = {id for row in rows for id in words(row.get(link.name))}
            if asked and (missing := self._reader.missing(self._bound(link.to), asked)):
                for place, row in enumerate(rows):
                    if missing & set(words(row.get(link.name))):
                        lost[place] = link.name
        return lost

    def _why(self, bound: Bound, rows: Sequence[Cells], refused: Refused) -> CaseworkError:
        """What a refusal means: a key used twice, an option that is gone, or only that it was refused."""
        if refused.duplicate:
            return DuplicateKey(f"{bound.table.name}, field {refused.field}.")
        options = {
            column["title"]: {option["title"] for option in (column.get("colOptions") or {}).get("options", ())}
            for column in self._client.columns(bound.id)
            if column["uidt"] in ("SingleSelect", "MultiSelect")
        }
        for row in rows:
            if missing := option_missing(bound.table, row, options):
                return missing
        return NotWritten(f"{bound.table.name}: refused {refused.detail}.")


def _target(bound: Bound, name: str) -> str:
    return next(link.to for link in bound.table.links if link.name == name)


def _holds(bound: Bound, record: Record, name: str, value: Value) -> bool:
    column = column_of(bound.table, name)
    held = record.fields[name]
    return same_cell(column, held, value) if isinstance(column, Field) else held == value


def _is_shared(bound: Bound, name: str, rows: Sequence[Cells]) -> bool:
    """Whether many rows point at few records by this link."""
    targets = [word for row in rows for word in words(row.get(name))]
    return bool(bound.back[name]) and len(targets) >= SHARED * len(set(targets)) > 0


def _body(
    bound: Bound, row: Cells, *, without: Collection[str] = (), linked: bool = False, fields_only: bool = False
) -> Row:
    """A row as NocoDB takes it; `linked` as v3 does, with lists and links to many."""
    body: Row = {}
    for name, value in row.items():
        column = column_of(bound.table, name)
        if isinstance(column, Field):
            body[name] = list(words(value)) if linked and column.kind is Kind.CHOICES else to_nocodb(value)
        elif not fields_only:
            ids = [int(id) for id in words(value)]
            if name in without:
                continue
            if name in bound.one:
                body[bound.one[name]] = ids[0] if ids else None
            elif ids:
                body[name] = [{"id": id} for id in ids]
    return body


def _lost_text(bound: Bound, link: str) -> str:
    return f"{bound.table.name}, field {link}: it points at a record that is not there."
