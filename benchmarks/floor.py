"""The floor: the same rows with the same cells, written by plain batched v2 requests and nothing else.

In: what was written, and a second set of the same bases. Out: the seconds that the requests took.
Never here: a read, a check, a retry. Links to many are left out (v2 drops them), which favours the floor.
"""

from collections import defaultdict
from collections.abc import Mapping
from time import perf_counter
from typing import Any

import requests

from benchmarks.nocodb_bases import Changed, Made, Written, plain
from schema import TABLES
from sync.platforms.nocodb_client import Client
from sync.platforms.nocodb_tables import Bound, bind
from tests.contracts.nocodb_desk import NocoDBDesk

BATCH = 100


class Floor:
    """Writes what was recorded elsewhere into another set of bases."""

    def __init__(self, desk: NocoDBDesk) -> None:
        self._url = desk.url
        self._bound = bind(Client(desk.url, desk.token), desk.name, TABLES)
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers["xc-token"] = desk.token
        self._ids: dict[tuple[str, str], int] = {}
        """The id here, by table and the id there. Office rows have the same in both."""

    def write(self, written: Written) -> float:
        """All new rows table by table, then all changes, the first change of each row before the second."""
        new: dict[str, list[tuple[str, Mapping[str, Any]]]] = {}
        changes: dict[tuple[int, str], list[tuple[str, Mapping[str, Any]]]] = defaultdict(list)
        times: dict[tuple[str, str], int] = defaultdict(int)
        for each in written.log:
            match each:
                case Made(table, rows, ids):
                    new.setdefault(table, []).extend(zip(ids, rows, strict=True))
                case Changed(table, pairs):
                    for id, cells in pairs:
                        times[table, id] += 1
                        changes[times[table, id], table].append((id, cells))
        spent = 0.0
        for table, made in new.items():
            for at in range(0, len(made), BATCH):
                some = made[at : at + BATCH]
                body = [self._body(self._bound[table], cells) for _, cells in some]
                spent += self._send("POST", table, body, some)
        for (_, table), changed in sorted(changes.items()):
            for at in range(0, len(changed), BATCH):
                body = [
                    {"Id": self._id(table, id), **self._body(self._bound[table], cells)}
                    for id, cells in changed[at : at + BATCH]
                ]
                spent += self._send("PATCH", table, body, ())
        return spent

    def _send(self, method: str, table: str, body: list[dict[str, Any]], some: Any) -> float:
        begun = perf_counter()
        answer = self._session.request(method, f"{self._url}/api/v2/tables/{self._bound[table].id}/records", json=body)
        made = answer.json()
        spent = perf_counter() - begun
        answer.raise_for_status()
        self._ids |= {(table, old): row["Id"] for (old, _), row in zip(some, made, strict=False)}
        return spent

    def _id(self, table: str, there: str) -> int:
        return self._ids.get((table, there), int(there))

    def _body(self, bound: Bound, cells: Mapping[str, Any]) -> dict[str, Any]:
        links = {link.name: link.to for link in bound.table.links}
        body = {name: plain(value) for name, value in cells.items() if name not in links}
        for name in set(links) & set(bound.one) & set(cells):
            body[bound.one[name]] = self._id(links[name], cells[name][0]) if cells[name] else None
        return body
