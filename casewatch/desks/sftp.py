"""A partner's SFTP server on loopback, for the demo and for tests: it shows one folder to one user.

In: SFTP with a key or a password. Out: files in a folder that a person can open; the receipts that are laid there.
Never here: anything outside the folder, a real partner, a shell.
"""

import asyncio
import errno
import json
import logging
import socket
import threading
from collections.abc import Coroutine
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self, TypeVar

import asyncssh

from casewatch.desks.table import message

T = TypeVar("T")
INBOX, RECEIPTS = "in", "receipts"
logging.getLogger("asyncssh").setLevel(logging.WARNING)


@dataclass
class Faults:
    """What goes wrong, until it is put right."""

    room: int | None = None
    """Bytes that fit on the disk."""
    denied: frozenset[str] = frozenset()
    """Of "write", "read", "rename", "remove"."""
    cut: Literal["", "before the rename", "after the rename"] = ""
    seconds: float = 0.0
    """How slow each file is to open."""
    old: bool = False
    """An old server, which cannot rename as POSIX does nor make sure of the disk."""


class SftpDesk:
    """Open inside a `with`. `host_key` is what it shows, `folder` holds `in` and `receipts`."""

    def __init__(self, folder: Path, client_key: str = "", password: str = "", port: int = 0) -> None:
        """`client_key` is the public key that may come in, with any user name; or whoever knows the password."""
        self.folder = folder
        for each in (INBOX, RECEIPTS):
            (folder / each).mkdir(parents=True, exist_ok=True, mode=0o700)
        self.faults = Faults()
        self.connections = 0
        self.signed_in = 0
        self.password = password
        self._client_key = client_key
        self._key = asyncssh.generate_private_key("ssh-ed25519")
        # Bound at once, so that with port 0 the number is known and nobody else can take it.
        self._socket = socket.create_server(("127.0.0.1", port))
        self.port: int = self._socket.getsockname()[1]
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._listening: asyncssh.SSHAcceptor | None = None

    @property
    def host_key(self) -> str:
        """The public half, as it stands in settings."""
        return self._key.export_public_key().decode().strip()

    def __enter__(self) -> Self:
        self._thread.start()
        self._listening = self._run(self._listen())
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.shut()

    def shut(self) -> None:
        """Nothing listens here any more."""
        if self._thread.is_alive():
            self._run(self._hang_up())
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()

    def change_host_key(self, kind: str = "ssh-ed25519") -> None:
        """From now on it is, as far as anybody can tell, another server."""
        self._key = asyncssh.generate_private_key(kind)
        if self._listening:
            self._listening.update(server_host_keys=[self._key])

    def kept(self, folder: str = "") -> dict[str, bytes]:
        """What came whole, by name."""
        inbox = self.folder / INBOX / folder
        return {path.name: path.read_bytes() for path in sorted(inbox.iterdir()) if path.suffix in (".json", ".csv")}

    def messages(self, folder: str = "") -> list[dict[str, Any]]:
        """What came, read as a partner reads it."""
        return [
            message(content) if name.endswith(".csv") else json.loads(content)
            for name, content in self.kept(folder).items()
        ]

    def lay(self, key: str, status: str, reference: str = "", code: str = "") -> Path:
        """Lay a receipt for the landlord to find."""
        path = self.folder / RECEIPTS / f"{key}.receipt.json"
        half = path.with_suffix(".part")
        half.write_text(json.dumps({"status": status, "reference": reference, "code": code}), "utf-8")
        return half.replace(path)

    async def _listen(self) -> asyncssh.SSHAcceptor:
        return await asyncssh.listen(
            sock=self._socket, server_factory=lambda: _Door(self), server_host_keys=[self._key],
            authorized_client_keys=asyncssh.import_authorized_keys(self._client_key) if self._client_key else None,
            sftp_factory=lambda channel: _Folder(channel, self), allow_scp=False, agent_forwarding=False,
            kbdint_auth=False, gss_host=None, login_timeout=10,
        )  # fmt: skip

    async def _hang_up(self) -> None:
        if self._listening:
            self._listening.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)


class _Door(asyncssh.SSHServer):
    """Who may come in."""

    def __init__(self, desk: SftpDesk) -> None:
        self._desk = desk

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self._desk.connections += 1

    def auth_completed(self) -> None:
        self._desk.signed_in += 1

    def password_auth_supported(self) -> bool:
        return bool(self._desk.password)

    def validate_password(self, username: str, password: str) -> bool:
        return bool(self._desk.password) and password == self._desk.password


class _Folder(asyncssh.SFTPServer):
    """The one folder, with the desk's faults."""

    def __init__(self, channel: asyncssh.SSHServerChannel[bytes], desk: SftpDesk) -> None:
        super().__init__(channel, chroot=str(desk.folder).encode())
        self._desk = desk

    async def open(self, path: bytes, pflags: int, attrs: asyncssh.SFTPAttrs) -> object:
        await asyncio.sleep(self._desk.faults.seconds)
        self._allow("write" if pflags & asyncssh.FXF_WRITE else "read")
        return super().open(path, pflags, attrs)

    def write(self, file_obj: object, offset: int, data: bytes) -> Any:
        room = self._desk.faults.room
        if room is not None and offset + len(data) > room:
            super().write(file_obj, offset, data[: max(room - offset, 0)])
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(file_obj, offset, data)

    def fsync(self, file_obj: object) -> Any:
        self._new_enough()
        return super().fsync(file_obj)

    def remove(self, path: bytes) -> Any:
        self._allow("remove")
        return super().remove(path)

    def posix_rename(self, oldpath: bytes, newpath: bytes) -> Any:
        self._new_enough()
        self._allow("rename")
        if self._desk.faults.cut != "before the rename":
            super().posix_rename(oldpath, newpath)
        if self._desk.faults.cut:
            self.connection.abort()

    def _allow(self, what: str) -> None:
        if what in self._desk.faults.denied:
            raise PermissionError(errno.EACCES, "Permission denied")

    def _new_enough(self) -> None:
        if self._desk.faults.old:
            raise NotImplementedError
