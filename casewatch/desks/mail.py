"""A mail server for the demo and for tests: it keeps every message it is handed in a folder.

In: SMTP on loopback. Out: one .eml file a message, numbered, that any mail program opens.
Never here: delivery to anybody.
"""

import email
import re
import socket
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword


class MailDesk:
    """Open inside a `with`. `address` is the host and port, `folder` holds what came."""

    def __init__(
        self,
        folder: Path,
        port: int = 0,
        tls: ssl.SSLContext | None = None,
        at_once: bool = False,
        sign_in: tuple[str, str] | None = None,
        refuse: Callable[[str], str | None] = lambda _: None,
        refuse_whole: Callable[[str], str | None] = lambda _: None,
    ) -> None:
        """With `tls`, STARTTLS is insisted on, or TLS `at_once`. `refuse` may answer a recipient with "550 No",
        `refuse_whole` the end of a message to one.
        """
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.connections = 0
        self._refuse = refuse
        self._refuse_whole = refuse_whole
        # Bound at once, so that with port 0 the number is known and nobody else can take it.
        self._socket = socket.create_server(("127.0.0.1", port))
        self.address: tuple[str, int] = ("localhost", self._socket.getsockname()[1])
        options: dict[str, Any] = {"tls_context": tls, "require_starttls": True} if tls and not at_once else {}
        if sign_in:
            options |= {"authenticator": _only(*sign_in), "auth_required": True, "auth_require_tls": bool(options)}
        self._controller = _Bound(self, self._socket, tls if at_once else None, options)

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.shut()

    def shut(self) -> None:
        """Nothing listens here any more."""
        if self._socket.fileno() != -1:
            self._controller.stop()
            self._socket.close()

    def messages(self) -> list[EmailMessage]:
        """Everything that came, in order."""
        paths = sorted(self.folder.glob("*.eml"), key=_number)
        return [email.message_from_bytes(path.read_bytes(), policy=default) for path in paths]

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]) -> Any:
        """Count who comes, before and after the connection is protected."""
        session.host_name = hostname
        self.connections += session.ssl is None
        return responses

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        """Take a recipient, or not."""
        if refused := self._refuse(address):
            return refused
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Keep the message. Its name says its number and to whom, in letters that are safe in any folder."""
        if refused := self._refuse_whole(envelope.rcpt_tos[0]):
            return refused
        number = 1 + max((_number(path) for path in self.folder.glob("*.eml")), default=0)
        to = re.sub(r"[^a-z0-9@-]+", "_", envelope.rcpt_tos[0].lower())[:80]
        with (self.folder / f"{number:04}-{to}.eml").open("xb") as file:
            file.write(envelope.content)
        return "250 Kept"


class _Bound(Controller):
    """A controller on a socket that is already there."""

    def __init__(
        self, desk: MailDesk, bound: socket.socket, at_once: ssl.SSLContext | None, options: dict[str, Any]
    ) -> None:
        super().__init__(desk, hostname="127.0.0.1", port=desk.address[1], **options)
        self._bound = bound
        self._at_once = at_once

    def _create_server(self) -> Any:
        return self.loop.create_server(self._factory_invoker, sock=self._bound, ssl=self._at_once)

    def _trigger_server(self) -> None:
        socket.create_connection(self._bound.getsockname(), 1.0).close()


def _only(user: str, password: str) -> Callable[..., AuthResult]:
    """Lets in one name with its password."""
    wanted = LoginPassword(user.encode(), password.encode())
    return lambda server, session, envelope, mechanism, given: AuthResult(success=given == wanted, handled=False)


def _number(path: Path) -> int:
    digits = path.name.partition("-")[0]
    return int(digits) if digits.isdecimal() else 0
