"""A partner that keeps each request as it came: a real server on loopback, with TLS of every kind if asked.

In: what to answer. Out: the requests, byte for byte; what counts, one for each key.
Never here: our own code for sending; a look inside a notice.
"""

import json
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self


@dataclass(frozen=True)
class Came:
    """One request."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


Answers = Callable[[Came], tuple[int, dict[str, str], bytes] | None]
"""Status, headers and body in place of the usual answer; None for the usual one."""


class Receiving:
    """Open inside a `with`. `held` is what counts, by key; `came` is everything."""

    def __init__(self, tls: ssl.SSLContext | None = None, answer: Answers = lambda _: None) -> None:
        self.came: list[Came] = []
        self.held: dict[str, bytes] = {}
        self.connections = 0
        self.open: list[socket.socket] = []
        self._answer = answer
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self.port = self._server.server_port
        self.url = f"{'https' if tls else 'http'}://localhost:{self.port}/notices"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.shut()

    def shut(self) -> None:
        """Nothing listens here any more, and every connection is closed."""
        self.hang_up()
        if self._thread.is_alive():
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()

    def hang_up(self) -> None:
        """Close every connection that somebody may still hold open, as a partner does that restarts."""
        for each in self.open:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        self.open.clear()

    def take(self, came: Came) -> tuple[int, dict[str, str], bytes]:
        """As a partner does that honours the key."""
        self.came.append(came)
        if instead := self._answer(came):
            return instead
        if came.method == "GET":
            return 404, {}, b""
        key = came.headers.get("idempotency-key", "")
        if self.held.setdefault(key, came.body) != came.body:
            return 409, {}, b'{"error": "key_used_before"}'
        return 201, {}, json.dumps({"receipt": f"R-{key[:8]}"}).encode()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller who hangs up, or does not trust us, is no news here."""


def _handler(desk: Receiving) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 10

        def setup(self) -> None:
            super().setup()
            desk.connections += 1
            desk.open.append(self.connection)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, more, said = desk.take(Came(self.command, self.path, headers, body))
            if not status:
                self.close_connection = True
                return
            self.send_response_only(status)
            for name, value in {"Content-Type": "application/json", **more, "Content-Length": str(len(said))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_POST

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing is printed."""

    return Handler
