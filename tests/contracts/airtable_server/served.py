"""The server itself: requests in, one at a time, answers out.

In: HTTP on loopback. Out: JSON. Everything that was asked is in `asked`.
Never here: a rule about records or schema.
"""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.contracts.airtable_server import payloads, schema
from tests.contracts.airtable_server.clock import Clock
from tests.contracts.airtable_server.faults import Fault, Limits, too_many, used_up
from tests.contracts.airtable_server.records import Records
from tests.contracts.airtable_server.rows import Base, Person, Refusal, missing

LONGEST_ADDRESS = 16_000
SLOW = 0.6
"""Seconds that a slow answer takes."""


class AirtableServer:
    """Bases, people by token, and a clock. Use it as a context."""

    def __init__(self, clock: Clock | None = None) -> None:
        self.clock = clock or Clock()
        self.bases: dict[str, Base] = {}
        self.people: dict[str, Person] = {}
        self.files: dict[str, bytes] = {}
        self.faults: list[Fault] = []
        self.asked: list[tuple[str, str]] = []
        self.limits = Limits(self.clock.time)
        self.lock = threading.RLock()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"

    def __enter__(self) -> "AirtableServer":
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()

    def records(self, base: Base, person: Person | None) -> Records:
        """The records of a base in that person's hands, now."""
        base.time = self.clock.time()
        return Records(base, person, self.clock.now(), self.files, self.url)

    def answer(self, method: str, path: str, ask: dict[str, Any], body: Any, token: str) -> Any:
        """What Airtable would answer. Refusal where it would not."""
        self.asked.append((method, path))
        parts = [unquote(part) for part in path.strip("/").split("/")]
        if parts[0] == "files":
            return self.files[parts[1]]
        person = self.people.get(token)
        if person is None:
            raise Refusal(401, "AUTHENTICATION_REQUIRED", "Authentication required")
        match [method, *parts[1:]]:
            case ["GET", "meta", "whoami"]:
                return {"id": person.id, "email": person.email, "scopes": []}
            case ["GET", "meta", "bases"]:
                level = person.level
                return {"bases": [{"id": b.id, "name": b.name, "permissionLevel": level} for b in self.bases.values()]}
            case ["POST", "meta", "bases"]:
                schema.may_make(person)
                base = schema.make_base(body)
                self.bases[base.id] = base
                return {"id": base.id, "tables": [table.told() for table in base.tables]}
            case [_, "meta", "bases", id, *rest]:
                return self._schema(method, self._base(id), rest, body, person)
            case [_, "bases", id, "webhooks", *rest]:
                return self._webhooks(method, self._base(id), rest, ask, body, person)
            case [_, id, *rest]:
                return self._records(method, self._base(id), rest, ask, body, person)
        raise Refusal(404, "NOT_FOUND", body={"error": "NOT_FOUND"})

    def _base(self, id: str) -> Base:
        self.limits.check(id)
        if id not in self.bases:
            raise missing()
        return self.bases[id]

    def _schema(self, method: str, base: Base, rest: list[str], body: Any, person: Person) -> Any:
        if method != "GET":
            schema.may_make(person)
        match [method, *rest]:
            case ["GET", "tables"]:
                return {"tables": [table.told() for table in base.tables]}
            case ["POST", "tables"]:
                return schema.make_table(base, body).told()
            case ["PATCH", "tables", id]:
                return schema.amend_table(base.table(id), body)
            case ["POST", "tables", id, "fields"]:
                return schema.make_field(base, base.table(id), body).told()
            case ["PATCH", "tables", id, "fields", field]:
                table = base.table(id)
                return schema.amend_field(table, table.field(field), body)
        raise Refusal(404, "NOT_FOUND", body={"error": "NOT_FOUND"})

    def _webhooks(self, method: str, base: Base, rest: list[str], ask: dict[str, Any], body: Any,
                  person: Person) -> Any:  # fmt: skip
        now, base.time = self.clock.now(), self.clock.time()
        if method != "GET":
            schema.may_make(person)
        match [method, *rest]:
            case ["GET"]:
                return payloads.listed(base, now)
            case ["POST"]:
                return payloads.make(base, body, now)
            case ["GET", id, "payloads"]:
                return payloads.payloads(base, id, ask, now)
            case ["POST", id, "refresh"]:
                return payloads.refresh(base, id, now)
            case ["DELETE", id]:
                base.webhooks.pop(id, None)
                return {}
        raise Refusal(404, "NOT_FOUND", body={"error": "NOT_FOUND"})

    def _records(self, method: str, base: Base, rest: list[str], ask: dict[str, Any], body: Any, person: Person) -> Any:
        records = self.records(base, person)
        if rest[2:] == ["uploadAttachment"]:
            table = next((each for each in base.tables if rest[0] in each.rows), None)
            if table is None:
                raise Refusal(404, "NOT_FOUND", body={"error": "NOT_FOUND"})
            return records.upload(table, table.row(rest[0]), table.field(rest[1]), body)
        table = base.table(rest[0])
        match [method, *rest[1:]]:
            case ["GET"]:
                return records.page(table, ask)
            case ["POST", "listRecords"]:
                return records.page(table, body)
            case ["POST"]:
                return records.create(table, body)
            case ["PATCH" | "PUT"]:
                return records.update(table, body, replace=method == "PUT")
            case ["DELETE"]:
                return records.delete(table, ask["records"])
            case ["GET", id]:
                return records.told(table, table.row(id))
            case ["GET", id, "comments"]:
                return {"comments": table.row(id).comments, "offset": None}
            case ["POST", id, "comments"]:
                return records.comment(table.row(id), body)
        raise Refusal(404, "NOT_FOUND", body={"error": "NOT_FOUND"})

    def fault(self, method: str, path: str) -> str:
        """The kind of the first fault whose turn it is."""
        return next((fault.kind for fault in self.faults if fault.fits(method, path)), "")


def _handler(server: AirtableServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

        def _serve(self) -> None:
            at = urlsplit(self.path)
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            ask: dict[str, Any] = {}
            for name, values in parse_qs(at.query, keep_blank_values=True).items():
                ask[name.removesuffix("[]")] = values if name.endswith("[]") else values[0]
            token = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
            with server.lock:
                kind = server.fault(self.command, at.path)
                send = self._answer(kind, at.path, ask, body, token)
            if kind == "slow":
                time.sleep(SLOW)
            if send is None:  # stored, and never told
                self.close_connection = True
            else:
                self._send(*send)

        def _answer(self, kind: str, path: str, ask: dict[str, Any], body: Any, token: str) -> tuple[int, Any] | None:
            try:
                if len(self.path) > LONGEST_ADDRESS:
                    raise Refusal(414, "URI_TOO_LONG")
                if kind == "storm":
                    server.asked.append((self.command, path))
                    raise too_many()
                if kind == "forbidden":
                    raise missing()
                if kind == "quota":
                    raise used_up()
                if kind == "down":
                    return 503, {"error": {"type": "SERVICE_UNAVAILABLE"}}
                answer = server.answer(self.command, path, ask, body, token)
            except Refusal as refusal:
                return refusal.status, refusal.body
            return None if kind == "lost" else (200, answer)

        def _send(self, status: int, answer: Any) -> None:
            content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _serve

    return Handler
