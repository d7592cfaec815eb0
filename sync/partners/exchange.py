"""Exchange: one question to one partner and its answer, cut when its time is up, however slowly the other side drips.

In: seconds. Out: whether anything of ours can have left, whether it was cut; a line that the next one may use.
Never here: what is said on the line; a connection to a name (only to addresses that were looked at first).
"""

import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError
from urllib3.util.connection import create_connection, is_connection_dropped

FRESH = 1.5
"""Seconds after which a line is not used again: less than any usual server waits, as what is sent on a line that the
other side has just given up may have arrived or not, and nobody knows.
"""


class Line(HTTPAdapter):
    """The connection to one partner, kept for the next notice of the same pass. One exchange at a time."""

    def __init__(self, seconds: float, may_reach: Callable[[str, str], None], key_password: str = "") -> None:
        """A time-out of each reading starts anew with every byte; `seconds` are for all of an exchange, TLS included.

        `may_reach` is given the host and each of its addresses before anything is connected to, and raises where one
        is refused. `key_password` opens the key of our own certificate.
        """
        self._seconds = seconds
        self._may_reach = may_reach
        self._key_password = key_password
        self._exchange: Exchange | None = None
        self._connection: HTTPConnection | None = None
        self._handle: socket.socket | None = None
        self._used_at = 0.0
        self._lock = threading.Lock()
        self._guard: threading.Thread | None = None
        super().__init__(pool_connections=1, pool_maxsize=1)

    def exchange(self) -> "Exchange":
        """For a `with`, which the clock runs for."""
        return Exchange(self)

    def begin(self, exchange: "Exchange") -> None:
        """An exchange takes the line, afresh where it has rested for too long or the other side gave it up."""
        kept = self._connection
        if kept and (time.monotonic() - self._used_at > FRESH or is_connection_dropped(kept)):
            self.hang_up()
        exchange.began = exchange.kept = self._connection is not None
        exchange.ends_at = time.monotonic() + self._seconds
        with self._lock:
            self._exchange = exchange
            if self._guard is None:
                self._guard = threading.Thread(target=self._watch, daemon=True)
                self._guard.start()

    def end(self, *, well: bool) -> None:
        """The line is kept only after a whole answer, and where the partner keeps it too."""
        with self._lock:
            self._exchange = None
        self._used_at = time.monotonic()
        if not well or self._connection is None or self._connection.sock is None:
            self.hang_up()

    def hang_up(self) -> None:
        """Nothing more goes over this connection."""
        self.close()
        with self._lock:
            if self._handle:
                _shut(self._handle)
                self._handle.close()
            self._handle = self._connection = None

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """As requests does, with connections that are looked at first and can be cut."""
        if self._key_password:
            kwargs["key_password"] = self._key_password
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _pools(self)

    def dial(self, connection: HTTPConnection) -> socket.socket:
        """Connect to one of the addresses that its name stands for, all of which are looked at first."""
        failed: Exception = NewConnectionError(connection, "no address")
        try:
            found = socket.getaddrinfo(connection.host.strip("[]"), connection.port, type=socket.SOCK_STREAM)
        except socket.gaierror as error:
            raise NameResolutionError(connection.host, connection, error) from error
        except UnicodeError as error:
            raise NewConnectionError(connection, "no name") from error
        addresses = list(dict.fromkeys(str(at[0]) for *_, at in found))
        for address in addresses:
            self._may_reach(connection.host, address)
        for address in addresses:
            try:
                return self._watched(connection, create_connection(
                    (address, connection.port), connection.timeout, socket_options=connection.socket_options,
                ))  # fmt: skip
            except TimeoutError:
                failed = ConnectTimeoutError(connection, "no answer")
            except OSError:
                failed = NewConnectionError(connection, "no connection")
        raise failed

    def reached(self) -> None:
        """The other side was connected to and, with TLS, known: from here on something of ours may leave."""
        if self._exchange:
            self._exchange.began = True

    def _watched(self, connection: HTTPConnection, made: socket.socket) -> socket.socket:
        """The same connection, which can now be shut: a second handle on it shuts both. A handshake can drip, too."""
        with self._lock:
            if self._handle:
                self._handle.close()
            self._connection, self._handle = connection, made.dup()
            if self._exchange and self._exchange.cut:
                _shut(made)
        return made

    def _watch(self) -> None:
        """Cut each exchange whose time is up. One thread for all of them; it ends when a whole time passed in rest.

        No exchange ends sooner than `seconds` from when it began, so one that begins while this sleeps is not missed.
        """
        rested = False
        while not rested:
            wait = self._seconds
            with self._lock:
                if self._exchange is None:
                    rested = time.monotonic() - self._used_at > self._seconds
                    self._guard = None if rested else self._guard
                elif (left := self._exchange.ends_at - time.monotonic()) > 0:
                    wait = left
                else:
                    self._exchange.cut = True
                    if self._handle:
                        _shut(self._handle)
            if not rested:
                time.sleep(wait)


class Exchange:
    """Used inside a `with`."""

    def __init__(self, line: Line) -> None:
        self.began = False
        """Whether anything of ours can have left."""
        self.kept = False
        """Whether it goes over a line that served before."""
        self.cut = False
        self.ends_at = 0.0
        self._line = line

    def __enter__(self) -> Self:
        self._line.begin(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._line.end(well=error is None and not self.cut)


def _shut(handle: socket.socket) -> None:
    """Both of two handles on one connection."""
    with suppress(OSError):  # the other side was quicker
        handle.shutdown(socket.SHUT_RDWR)


def _pools(line: Line) -> dict[str, type[HTTPConnectionPool]]:
    """The connections of one line."""

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return line.dial(self)

        def connect(self) -> None:
            super().connect()
            line.reached()

    class Tls(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return line.dial(self)

        def connect(self) -> None:
            super().connect()
            line.reached()

        def send(self, data: Any) -> None:
            try:
                super().send(data)
            except OSError:
                self.hear_why()
                raise

        def hear_why(self) -> None:
            """A partner that does not take our certificate says so and hangs up, maybe while we still speak: the
            reason is there to be read. ssl.SSLError with it, where there is one.
            """
            if self.sock is not None:
                with suppress(TimeoutError, ConnectionError, ssl.SSLEOFError, ssl.SSLZeroReturnError):
                    self.sock.recv(1)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class TlsPool(HTTPSConnectionPool):
        ConnectionCls = Tls

    return {"http": PlainPool, "https": TlsPool}
