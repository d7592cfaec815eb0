"""A partner's receiving desk: a real server that keeps what it is sent in a folder. A partner's developer can run it.

In: POST /notices with a bearer token and an Idempotency-Key; GET /notices/<key>. Out: a receipt, a file, an index.
Never here: our own code for making notices (a desk that shared it would find no fault in it), a real partner.
"""

import json
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hmac import compare_digest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from casewatch.desks.notices import Notices
from casewatch.desks.refused import Refused
from casewatch.desks.signed import Request, WronglySigned, must_be_signed

LARGEST = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Instead:
    """What the desk does in place of its answer: another status, or with status 0 hang up without a word."""

    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b"{}"
    store: bool = False
    """Whether the notice is kept first, so that only the answer is lost."""
    after: float = 0.0
    """Seconds to be slow by."""


class PartnerDesk:
    """Open inside a `with`. `url` is where notices go, `folder` holds what came, `requests` counts them."""

    def __init__(
        self,
        folder: Path,
        token: str,
        port: int = 0,
        tls: ssl.SSLContext | None = None,
        answer: Callable[[int], Instead | None] = lambda _: None,
        schemas: Path | None = None,
        signed_by: bytes | None = None,
    ) -> None:
        """`answer` is given the number of the request, from 1, and may put something in place of the answer.

        `schemas`: a folder of published schemas that every message must fit. `signed_by`: the public key, in PEM,
        that every message must be signed with.
        """
        self.folder = folder
        self.requests = 0
        self._notices = Notices(folder, schemas)
        self._token = token
        self._signed_by = signed_by
        self._answer = answer
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", port), _handler(self))
        if tls:
            # The handshake is each caller's own affair: a silent one must not keep the others out.
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self._origin = f"{'https' if tls else 'http'}://localhost:{self._server.server_port}"
        self.url = f"{self._origin}/notices"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def kept(self, folder: str = "") -> list[dict[str, Any]]:
        """The notices that count, by receipt; with "replaced", those that another one stands in for."""
        return self._notices.kept(folder)

    def told(self, request: BaseHTTPRequestHandler) -> Instead:
        """What the desk says of a notice that came under the key at the end of the address."""
        with self._lock:
            if not self._knows(request):
                return _said(401, {"error": "token"})
            status = self._notices.status(request.path.removeprefix("/notices/"))
        return _said(200, status) if status else _said(404, {"error": "key"})

    def take(self, request: BaseHTTPRequestHandler) -> Instead:
        """What to say to one request."""
        length = request.headers.get("Content-Length", "")
        body = request.rfile.read(int(length)) if length.isdecimal() and int(length) <= LARGEST else None
        with self._lock:
            self.requests += 1
            instead = self._answer(self.requests)
            if instead and not instead.store:
                return instead
            said = self._receive(request, body)
        return instead or said

    def _receive(self, request: BaseHTTPRequestHandler, body: bytes | None) -> Instead:
        if not self._knows(request):
            return _said(401, {"error": "token"})
        if request.path != "/notices":
            return _said(404, {"error": "address"})
        if body is None:
            return _said(413, {"error": "length"})
        try:
            if self._signed_by:
                asked = Request(request.command, self._origin + request.path, dict(request.headers))
                must_be_signed(asked, body, self._signed_by)
            receipt, again = self._notices.take(body, request.headers.get("Idempotency-Key", ""))
        except Refused as refused:
            return _said(refused.status, {"error": refused.code})
        except WronglySigned:
            return _said(401, {"error": "signature"})
        return _said(200 if again else 201, {"receipt": receipt})

    def _knows(self, request: BaseHTTPRequestHandler) -> bool:
        given = request.headers.get("Authorization", "")
        return compare_digest(given.encode(), f"Bearer {self._token}".encode())


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller who hangs up, or does not trust us, is no news here."""


def _handler(desk: PartnerDesk) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 10

        def do_POST(self) -> None:
            self._say(desk.take(self))

        def do_GET(self) -> None:
            self._say(desk.told(self))

        def _say(self, said: Instead) -> None:
            time.sleep(said.after)
            self.close_connection = True
            if not said.status:
                return
            self.send_response_only(said.status)
            usual = {"Content-Type": "application/json", "Date": self.date_time_string()}
            for name, value in {**usual, **said.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(said.body)))
            self.end_headers()
            self.wfile.write(said.body)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing is printed: the folder is the record."""

    return Handler


def _said(status: int, body: dict[str, str]) -> Instead:
    return Instead(status=status, body=json.dumps(body).encode())
