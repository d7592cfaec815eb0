"""NocoDB's meta API: one place that asks it, and where its bases, tables and columns are.

In: an address, a token and the landlord's name. Out: ids by name, and answers or our own errors.
Never here: records (nocodb.py), and what the bases should look like (schema/).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from automations.errors import Stop, TryAgainLater
from schema.parts import Wall
from sync.http import Session
from sync.platforms.nocodb_client import NOT_NOCODB, listed

Json = Any
"""What the server sent; each caller picks what it knows."""

SYSTEM = frozenset({"ID", "ForeignKey", "Order"})
"""Kinds of column that NocoDB keeps for itself."""


@dataclass(frozen=True, slots=True)
class PlacedColumn:
    """Where a column is. `relation` of a link: bt (to one), hm (its other side), mm (several)."""

    id: str
    uidt: str
    relation: str = ""
    to: str = ""
    """For a link: the id of the other table."""
    database: str = ""
    """Its name in the database; empty for what is not stored in the table."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table is, with every column by name."""

    base: str
    table: str
    columns: Mapping[str, PlacedColumn]
    database: str = ""
    """Its name in the database, in the schema named by the base's id."""


class Meta:
    """The meta API of one server, for one landlord's bases."""

    def __init__(self, url: str, token: str, name: str) -> None:
        """`token` is an API token of an account that may do what is asked; `name` begins each base's title."""
        self.url = url.rstrip("/")
        self.name = name
        self.session = Session("NocoDB")
        self.session.headers["xc-token"] = token

    def ask(self, method: str, path: str, body: Json = None) -> Json:
        """One call. Stop where it is refused, TryAgainLater where the server is down or restarting."""
        answer = self.session.request(method, f"{self.url}/api/{path}", json=body)
        if answer.status_code in {502, 503, 504}:
            raise TryAgainLater(f"NocoDB answered {answer.status_code}.")
        if answer.status_code == 401:
            raise Stop("NocoDB does not know the token.")
        if answer.status_code == 403:
            raise Stop("The token's account may not change the bases: it must be their creator or owner.")
        if not answer.ok:
            raise Stop(f"NocoDB refused {method} {path} ({answer.status_code}): {_reason(answer.text)}")
        try:
            return answer.json() if answer.content else None
        except ValueError:
            raise TryAgainLater(NOT_NOCODB) from None

    def title(self, base: str) -> str:
        """The title of one of our bases, as this landlord's staff see it."""
        return Wall(base).titled(self.name)

    def bases(self) -> dict[str, str]:
        """Id of each of this landlord's bases, by our name for it."""
        ours = {self.title(wall): str(wall) for wall in Wall}
        found: dict[str, str] = {}
        for base in listed(self.ask("GET", "v2/meta/bases")):
            if name := ours.get(base["title"]):
                if name in found:
                    raise Stop(f"Two bases are called {base['title']}: rename one of them.")
                found[name] = base["id"]
        return found

    def listed(self, base: str) -> dict[str, str]:
        """Id of each table of a base, by name."""
        return {table["title"]: table["id"] for table in self.ask("GET", f"v2/meta/bases/{base}/tables")["list"]}

    def model(self, table: str) -> Json:
        """Everything about one table: its columns and its views."""
        return self.ask("GET", f"v2/meta/tables/{table}")

    def tables(self) -> dict[str, Place]:
        """Where every table of this landlord is, by name. Names are unique across the bases."""
        places: dict[str, Place] = {}
        for base in self.bases().values():
            for name, table in self.listed(base).items():
                model = self.model(table)
                columns = {column["title"]: _placed(column) for column in model["columns"]}
                places[name] = Place(base, table, columns, model["table_name"])
        return places


def is_system(column: Json) -> bool:
    """Whether NocoDB keeps this column for itself."""
    return bool(column["system"]) or column["uidt"] in SYSTEM


def _placed(column: Json) -> PlacedColumn:
    options = column.get("colOptions") or {}
    relation, to = options.get("type") or "", options.get("fk_related_model_id") or ""
    return PlacedColumn(column["id"], column["uidt"], relation, to, column["column_name"] or "")


def _reason(text: str) -> str:
    """The server's own sentence, short enough to read. Schema answers hold names of columns, never of people."""
    try:
        said = json.loads(text)
    except ValueError:
        return text[:200]
    return str(said.get("message") or said.get("msg") or said.get("error") or said)[:300]
