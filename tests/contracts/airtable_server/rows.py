"""What the server holds: bases, tables, fields and records, with their ids as Airtable writes them.

In: names and types. Out: plain objects, and the bodies that tell of them.
Never here: a rule about what may be written (cells.py) or asked (schema.py, records.py).
"""

import itertools
import random
import string
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

COMPUTED = frozenset(
    {"formula", "rollup", "count", "multipleLookupValues", "autoNumber", "createdTime", "lastModifiedTime",
     "createdBy", "lastModifiedBy", "button", "externalSyncSource", "aiText"}
)  # fmt: skip
"""Types whose cells nobody writes, and whose fields the API does not make."""

_turns = itertools.count()
_letters = random.Random(7)


class Refusal(Exception):
    """An answer other than 200: Airtable's status, its word for it, a message."""

    def __init__(self, status: int, type: str, message: str = "", body: Any = None) -> None:
        super().__init__(type)
        self.status = status
        self.body = body if body is not None else {"error": {"type": type, "message": message}}


def new_id(prefix: str) -> str:
    """Three letters and fourteen signs, in no order that tells their age."""
    return prefix + "".join(_letters.choices(string.ascii_letters + string.digits, k=14))


def wire_time(moment: datetime) -> str:
    """An instant as Airtable writes it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


@dataclass
class Person:
    """A member: the collaborator in a cell, and what their token may do."""

    email: str
    level: str = "edit"
    id: str = field(default_factory=lambda: new_id("usr"))

    def told(self) -> dict[str, str]:
        return {"id": self.id, "email": self.email, "name": self.email.partition("@")[0].title()}


@dataclass
class Field:
    """A column."""

    name: str
    type: str
    description: str = ""
    options: dict[str, Any] = field(default_factory=dict)
    id: str = field(default_factory=lambda: new_id("fld"))

    def told(self) -> dict[str, Any]:
        body: dict[str, Any] = {"id": self.id, "name": self.name, "type": self.type}
        return (
            body
            | ({"description": self.description} if self.description else {})
            | ({"options": self.options} if self.options else {})
        )


@dataclass
class Row:
    """A record. `cells` and `touched` go by field id."""

    number: int
    made_at: datetime
    made_by: Person | None
    cells: dict[str, Any] = field(default_factory=dict)
    touched: dict[str, tuple[datetime, Person | None, int]] = field(default_factory=dict)
    """When each field was set last, by whom, and the how-manyeth change of all that was."""
    comments: list[dict[str, Any]] = field(default_factory=list)
    id: str = field(default_factory=lambda: new_id("rec"))

    def touch(self, field: str, at: datetime, by: "Person | None") -> None:
        """A cell was set."""
        self.touched[field] = (at, by, next(_turns))


@dataclass
class Table:
    """A table with its fields, views and records."""

    name: str
    description: str = ""
    fields: list[Field] = field(default_factory=list)
    views: list[dict[str, str]] = field(default_factory=list)
    rows: dict[str, Row] = field(default_factory=dict)
    numbered: int = 0
    id: str = field(default_factory=lambda: new_id("tbl"))

    def field(self, key: str) -> Field:
        """By name or id. 422 where there is none."""
        for each in self.fields:
            if key in (each.name, each.id):
                return each
        raise Refusal(422, "UNKNOWN_FIELD_NAME", f'Unknown field name: "{key}"')

    def row(self, id: str) -> Row:
        """404 where there is none."""
        if id not in self.rows:
            raise Refusal(404, "NOT_FOUND", body={"error": "NOT_FOUND"})
        return self.rows[id]

    def told(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name,
            "description": self.description,
            "primaryFieldId": self.fields[0].id,
            "fields": [each.told() for each in self.fields],
            "views": self.views,
        }


@dataclass
class Base:
    """A base: its tables, its webhooks and everything that happened to it."""

    name: str
    tables: list[Table] = field(default_factory=list)
    webhooks: dict[str, dict[str, Any]] = field(default_factory=dict)
    payloads: list[dict[str, Any]] = field(default_factory=list)
    late: int = 0
    """How many of the last payloads are not listed yet."""
    lag: float = 0
    """Seconds until a payload is listed."""
    time: float = 0
    """When the base was asked last."""
    heard: list[float] = field(default_factory=list)
    """When each payload happened."""
    id: str = field(default_factory=lambda: new_id("app"))

    def table(self, key: str) -> Table:
        """By name or id. 403 where there is none: Airtable does not tell which of the two it is."""
        for each in self.tables:
            if key in (each.name, each.id):
                return each
        raise missing()


def missing() -> Refusal:
    """The one answer to what may not be seen and to what is not there."""
    return Refusal(403, "INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND",
                   "Invalid permissions, or the requested model was not found.")  # fmt: skip
