"""The record endpoints: list, get, create, update, upsert, delete, comments and attachments.

In: a base, a person, parsed requests. Out: Airtable's bodies; every write is whole or not at all.
Never here: HTTP, or how many requests are too many.
"""

import base64
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from tests.contracts.airtable_server import formula
from tests.contracts.airtable_server.cells import kept, told
from tests.contracts.airtable_server.payloads import happened
from tests.contracts.airtable_server.rows import Base, Field, Person, Refusal, Row, Table, new_id, wire_time

BATCH = 10
PAGE = 100
LARGEST_FILE = 5 * 1024 * 1024

Body = dict[str, Any]


class Records:
    """The records of one base, in one person's hands, at one instant."""

    def __init__(self, base: Base, person: Person | None, at: datetime, files: dict[str, bytes], here: str) -> None:
        self.base, self.person, self.at, self.files, self.here = base, person, at, files, here
        self.source = "publicApi"

    # --- reading --------------------------------------------------------------------------------

    def page(self, table: Table, ask: Mapping[str, Any]) -> Body:
        """One page, in no order that tells a record's age. `offset` goes on where the last page ended."""
        names = [table.field(name) for name in ask.get("fields", ())] or table.fields
        passes = formula.parsed(ask["filterByFormula"]) if ask.get("filterByFormula") else None
        size = min(int(ask.get("pageSize") or PAGE), PAGE)
        after = str(ask.get("offset") or "").partition("/")[2]
        found = [row for id, row in sorted(table.rows.items()) if id > after and (not passes or passes(table, row))]
        if ask.get("maxRecords"):
            found = found[: int(ask["maxRecords"])]
        page: Body = {"records": [self.told(table, row, names) for row in found[:size]]}
        return page | ({"offset": f"itr{table.id[3:]}/{found[size - 1].id}"} if len(found) > size else {})

    def told(self, table: Table, row: Row, fields: Sequence[Field] | None = None) -> Body:
        """A record as an answer gives it: blank cells are left out."""
        cells = {each.name: told(table, row, each) for each in (fields or table.fields)}
        cells = {name: self._fresh(cell) for name, cell in cells.items() if cell is not None}
        return {"id": row.id, "createdTime": wire_time(row.made_at), "fields": cells}

    def _fresh(self, cell: Any) -> Any:
        """Attachments get an address that works for a while."""
        if isinstance(cell, list) and cell and isinstance(cell[0], dict):
            return [{**each, "url": f"{self.here}/files/{each['id']}?signed"} for each in cell]
        return cell

    # --- writing --------------------------------------------------------------------------------

    def create(self, table: Table, body: Body) -> Body:
        """Up to ten; one in a body of its own."""
        self._may_write()
        asked = _batch(body.get("records", [body]))
        ready = [self.ready(table, each.get("fields", {}), bool(body.get("typecast"))) for each in asked]
        made = [self.insert(table, cells) for cells in ready]
        answer = [self.told(table, row) for row in made]
        return {"records": answer} if "records" in body else answer[0]

    def update(self, table: Table, body: Body, replace: bool = False) -> Body:
        """Up to ten by id, or by the fields to merge on."""
        self._may_write()
        typecast, merge = bool(body.get("typecast")), body.get("performUpsert", {}).get("fieldsToMergeOn", ())
        wanted: list[tuple[Row | None, dict[str, Any]]] = []
        for each in _batch(body["records"]):
            cells = self.ready(table, each.get("fields", {}), typecast)
            wanted.append((self._merged(table, each, merge) if merge else _there(table, each["id"]), cells))
        made = [row is None for row, _ in wanted]
        rows = [self.insert(table, cells) if row is None else self.change(table, row, cells, replace)
                for row, cells in wanted]  # fmt: skip
        answer: Body = {"records": [self.told(table, row) for row in rows]}
        if merge:
            answer["createdRecords"] = [row.id for row, new in zip(rows, made, strict=True) if new]
            answer["updatedRecords"] = [row.id for row, new in zip(rows, made, strict=True) if not new]
        return answer

    def delete(self, table: Table, ids: Sequence[str]) -> Body:
        """Up to ten; links to them go with them."""
        self._may_write()
        rows = [_there(table, id) for id in _batch(ids)]
        for row in rows:
            for each in (field for field in table.fields if field.type == "multipleRecordLinks"):
                self._link(table, row, each, [])
            del table.rows[row.id]
            happened(self, table, destroyed=row.id)
        return {"records": [{"id": row.id, "deleted": True} for row in rows]}

    def insert(self, table: Table, cells: Mapping[str, Any]) -> Row:
        table.numbered += 1
        row = Row(table.numbered, self.at, self.person)
        table.rows[row.id] = row
        self._set(table, row, cells)
        happened(self, table, created=row, fields=list(cells))
        return row

    def change(self, table: Table, row: Row, cells: Mapping[str, Any], replace: bool = False) -> Row:
        before = {id: row.cells.get(id) for id in cells}
        if replace:
            cells = {**dict.fromkeys(row.cells), **cells}
        self._set(table, row, cells)
        happened(self, table, changed=row, fields=list(cells), before=before)
        return row

    def upload(self, table: Table, row: Row, field: Field, body: Body) -> Body:
        """A file into a cell, next to what is there."""
        self._may_write()
        content = base64.b64decode(body["file"])
        if field.type != "multipleAttachments" or not content:
            raise Refusal(422, "INVALID_ATTACHMENT_OBJECT")
        if len(content) > LARGEST_FILE:
            raise Refusal(413, "REQUEST_BODY_TOO_LARGE")
        file = {"id": new_id("att"), "filename": body["filename"], "size": len(content), "type": body["contentType"]}
        self.files[file["id"]] = content
        held = row.cells.get(field.id) or []
        self.change(table, row, {field.id: [*held, file]})
        cell = self._fresh(row.cells[field.id])
        return {"id": row.id, "createdTime": wire_time(row.made_at), "fields": {field.id: cell}}

    def comment(self, row: Row, body: Body) -> Body:
        """What somebody says of a record."""
        self._may_write()
        author = self.person.told() if self.person else {}
        row.comments.append({"id": new_id("com"), "text": body["text"], "author": author, "mentioned": {},
                             "createdTime": wire_time(self.at), "lastUpdatedTime": None})  # fmt: skip
        return row.comments[-1]

    def _may_write(self) -> None:
        if self.person and self.person.level not in ("edit", "create"):
            raise Refusal(403, "INVALID_PERMISSIONS", "You are not permitted to perform this operation")

    def ready(self, table: Table, fields: Mapping[str, Any], typecast: bool) -> dict[str, Any]:
        """The cells by field id, checked before any of the batch is kept."""
        cells: dict[str, Any] = {}
        for name, value in fields.items():
            field = table.field(name)
            cells[field.id] = kept(field, value, typecast)
            if field.type == "multipleRecordLinks":
                there = self.base.table(field.options["linkedTableId"]).rows
                for id in cells[field.id] or ():
                    if id not in there:
                        raise Refusal(422, "ROW_DOES_NOT_EXIST", f"Record ID {id} does not exist in this table")
        return cells

    def _merged(self, table: Table, each: Body, merge: Sequence[str]) -> Row | None:
        fields = [table.field(name) for name in merge]
        wanted = [each["fields"].get(field.name, each["fields"].get(field.id)) for field in fields]
        found = [row for row in table.rows.values() if [row.cells.get(field.id) for field in fields] == wanted]
        if len(found) > 1:
            raise Refusal(422, "INVALID_REQUEST", "Cannot update more than one record with an upsert")
        return found[0] if found else None

    def _set(self, table: Table, row: Row, cells: Mapping[str, Any]) -> None:
        for id, value in cells.items():
            field = table.field(id)
            if field.type == "multipleRecordLinks":
                self._link(table, row, field, value or [])
            elif field.type == "multipleAttachments" and value:
                held = {file["id"]: file for file in row.cells.get(id) or ()}
                row.cells[id] = [file if "filename" in file else held[file["id"]] for file in value]
            elif value is None:
                row.cells.pop(id, None)
            else:
                row.cells[id] = value
            row.touch(id, self.at, self.person)

    def _link(self, table: Table, row: Row, field: Field, ids: list[str]) -> None:
        """Both sides of a link; a change on the other side is a change of that record too."""
        other = self.base.table(field.options["linkedTableId"])
        back = field.options["inverseLinkFieldId"]
        before = row.cells.get(field.id) or []
        for id in set(before) ^ set(ids):
            linked = other.rows.get(id)
            if linked:
                held = linked.cells.get(back) or []
                linked.cells[back] = [each for each in held if each != row.id] + ([row.id] if id in ids else [])
                if not linked.cells[back]:
                    del linked.cells[back]
                linked.touch(back, self.at, self.person)
        if ids:
            row.cells[field.id] = ids
        else:
            row.cells.pop(field.id, None)


def _batch(asked: Sequence[Any]) -> Sequence[Any]:
    if not 0 < len(asked) <= BATCH:
        raise Refusal(422, "INVALID_RECORDS", "You must provide an array of up to 10 record objects")
    return asked


def _there(table: Table, id: str) -> Row:
    if id not in table.rows:
        raise Refusal(422, "ROW_DOES_NOT_EXIST", f"Record ID {id} does not exist in this table")
    return table.rows[id]
