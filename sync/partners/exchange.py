"""Exchange: one connection to one partner, cut when its time is up, however slowly the other side drips.

In: seconds. Out: an adapter for a session of one request; whether anything of ours can have left, whether it was cut.
Never here: what is said on the connection, a second use of it.
"""

import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection


class Exchange(HTTPAdapter):
    """Used inside a `with`, which the clock runs for."""

    def __init__(self, seconds: float) -> None:
        """A time-out of each reading starts anew with every byte; `seconds` are for all of it, TLS included."""
        self.began = False
        """Whether the other side was connected to and, with TLS, known: before that nothing of ours can have left."""
        self.cut = False
        self._open: list[socket.socket] = []
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        super().__init__()

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        self.close()
        with self._lock:
            for each in self._open:
                each.close()
            self._open.clear()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """As requests does, with connections that can be cut."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _pools(self)

    def watch(self, connection: socket.socket) -> socket.socket:
        """The same connection, which is shut when the time is up: a second handle on it shuts both."""
        with self._lock:
            if self.cut:
                connection.close()
                raise TimeoutError
            self._open.append(connection.dup())
        return connection

    def _cut(self) -> None:
        with self._lock:
            self.cut = True
            for each in self._open:
                with suppress(OSError):  # the other side was quicker
                    each.shutdown(socket.SHUT_RDWR)


def _pools(exchange: Exchange) -> dict[str, type[HTTPConnectionPool]]:
    """The connections of one exchange. They are watched from the first moment: a handshake can drip, too."""

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return exchange.watch(super()._new_conn())

        def connect(self) -> None:
            super().connect()
            exchange.began = True

    class Tls(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return exchange.watch(super()._new_conn())

        def connect(self) -> None:
            super().connect()
            exchange.began = True

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class TlsPool(HTTPSConnectionPool):
        ConnectionCls = Tls

    return {"http": PlainPool, "https": TlsPool}
