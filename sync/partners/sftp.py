"""SFTP: one file a message in a partner's folder, on a server that shows the host key of the settings.

In: bytes that payload.py made, and the key that names the file. Out: that it is there; later, the partner's receipts.
Never here: a host key learned from the server, an agent's or another user's key, a file that can be seen half written.
"""

import asyncio
import logging
import socket
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from stat import S_ISREG
from typing import TypeVar

import asyncssh

from automations.errors import CaseworkError, NeedsAPerson, NoReceipt, NotReached, TryAgainLater
from automations.ports import Answer, Receipt
from sync.partners.addresses import why_not
from sync.partners.files import HELD_OTHERWISE, named, recipient
from sync.partners.receipt_files import LONGEST, READ, Receipts, Stamp, answer
from sync.partners.sftp_settings import SftpDestination, options
from sync.partners.table import table

log = logging.getLogger("casewatch")

LONGEST_EXCHANGE = 30.0
"""Seconds for one file, or one look at the receipts, from the first packet: nothing else of the pass is done."""

T = TypeVar("T")


class Sftp:
    """The way to one partner. The same key is one name, and what has that name is never written over."""

    once = True
    carries_names = True

    def __init__(self, destination: SftpDestination, longest: float = LONGEST_EXCHANGE) -> None:
        """Stop where the settings are not safe to use; nothing is sent to find out. `longest` is in seconds."""
        # The library tells of hosts, user names and paths: nothing for a log that others may read.
        logging.getLogger("asyncssh").setLevel(logging.WARNING)
        self._destination = destination
        self._options = options(destination)
        self._longest = longest
        self._receipts = Receipts(destination.name)

    def deliver(self, payload: bytes, key: str, to: str = "") -> Receipt:
        """Put the file there once. TryAgainLater: the same bytes and key may safely go again (HC-052)."""
        at = self._destination
        name, folder = named(key, at.format), recipient(at.name, to, at.to)
        content = payload if at.format == "json" else table(payload, at.columns, at.bom)
        sending = _Sending("/".join(filter(None, (at.folder, folder, name))), content)
        try:
            return self._visit(sending.put)
        except (asyncssh.Error, OSError) as error:
            raise self._fault(error, sending.began) from None

    def answers(self, keys: Sequence[str]) -> list[Answer]:
        """What the receipts say of those keys, and, once, of keys that nobody asked about."""
        if not self._destination.receipts:
            return []
        try:
            return self._visit(lambda there: self._look(there, frozenset(keys)))
        except (asyncssh.Error, OSError) as error:
            raise self._fault(error, began=False) from None

    def _visit(self, act: Callable[[asyncssh.SFTPClient], Awaitable[T]]) -> T:
        """One connection, cut when its time is up."""

        async def visit() -> T:
            async with asyncio.timeout(self._longest):
                connection = await asyncssh.connect(**self._options, sock=await self._dial())
                try:
                    return await act(await connection.start_sftp_client())
                finally:
                    # Everything was acknowledged. A polite good-bye would wait for a server that reads no more.
                    connection.abort()

        return asyncio.run(visit())

    async def _dial(self) -> socket.socket:
        """A line to one of the addresses that the host stands for, all of which are looked at first."""
        at, loop = self._destination, asyncio.get_running_loop()
        found = await loop.getaddrinfo(at.host, at.port, type=socket.SOCK_STREAM)
        for *_, where in found:
            if why := why_not(at.host, str(where[0]), at.allow_private):
                raise NeedsAPerson(f"Nothing was sent to {at.name}: {why}.")
        failed = OSError("no address")
        for family, kind, protocol, _, where in found:
            line = socket.socket(family, kind, protocol)
            line.setblocking(False)
            try:
                await loop.sock_connect(line, where)
                return line
            except OSError as error:
                failed = error
                line.close()
            except asyncio.CancelledError:
                line.close()
                raise
        raise failed

    async def _look(self, there: asyncssh.SFTPClient, keys: frozenset[str]) -> list[Answer]:
        folder = self._destination.receipts
        found: dict[str, Stamp] = {}
        async for entry in there.scandir(folder):
            if S_ISREG(entry.attrs.permissions or 0):
                found[str(entry.filename)] = Stamp(entry.attrs.size or 0, entry.attrs.mtime or 0)
        if self._destination.move_receipts:
            await self._move(there, self._receipts.done_with(found, keys))
        read = self._receipts.to_read(found, keys)
        told = [answer(name, await _read(there, f"{folder}/{name}")) for name in read]
        self._receipts.told(found, read)
        return [said for said in told if said]

    async def _move(self, there: asyncssh.SFTPClient, names: list[str]) -> None:
        """Tidying: where the partner does not let us, the receipts stay and are read once."""
        folder = self._destination.receipts
        try:
            if names:
                await there.makedirs(f"{folder}/{READ}", exist_ok=True)
            for name in names:
                await there.posix_rename(f"{folder}/{name}", f"{folder}/{READ}/{name}")
        except (asyncssh.SFTPConnectionLost, asyncssh.SFTPNoConnection):
            raise
        except asyncssh.SFTPError as error:
            log.warning("%s: receipts could not be moved (%s).", self._destination.name, type(error).__name__)

    def _fault(self, error: Exception, began: bool) -> CaseworkError:
        """What happens next. The server's own words stay out. `began`: bytes of ours may be on its disk."""
        name, kind = self._destination.name, type(error).__name__
        person, later = (NoReceipt, TryAgainLater) if began else (NeedsAPerson, NotReached)
        match error:
            case asyncssh.HostKeyNotVerifiable():
                return NeedsAPerson(
                    f"The server of {name} does not show the host key in the settings: nothing was sent, and nothing "
                    "will be. Ask them, by a telephone number that you know, whether they changed it."
                )
            case asyncssh.KeyExchangeFailed():
                return NeedsAPerson(
                    f"The server of {name} and we have no safe way to talk in common: nothing was sent. Ask them."
                )
            case asyncssh.PermissionDenied():
                return NeedsAPerson(f"The server of {name} did not accept our user name with our key or password.")
            case asyncssh.SFTPNoSuchFile() | asyncssh.SFTPNoSuchPath() | asyncssh.SFTPNotADirectory():
                return person(f"A folder that the settings name for {name} is not there.")
            case asyncssh.SFTPPermissionDenied() | asyncssh.SFTPWriteProtect():
                return person(f"The server of {name} does not let us use a folder that the settings name.")
            case asyncssh.SFTPError():
                return later(f"The server of {name} could not take the file ({kind}); its disk may be full.")
        return later(f"The server of {name} did not answer ({kind}).")


class _Sending:
    """One file on its way. `began` once its first byte may have left."""

    def __init__(self, path: str, content: bytes) -> None:
        self._path = path
        self._content = content
        self.began = False

    async def put(self, there: asyncssh.SFTPClient) -> Receipt:
        """Write beside the name, then take the name. What has the name already is compared, and left."""
        if (held := await self._held(there)) is not None:
            return Receipt(held, reason="" if held else HELD_OTHERWISE)
        part = f"{self._path}.part"
        try:
            async with there.open(part, "wb") as file:
                self.began = True
                await file.write(self._content)
                with suppress(asyncssh.SFTPOpUnsupported):
                    await file.fsync()
            try:
                await there.posix_rename(part, self._path)
            except asyncssh.SFTPOpUnsupported:
                await there.rename(part, self._path)
        except asyncssh.SFTPError:
            with suppress(asyncssh.SFTPError):
                await there.remove(part)
            raise
        return Receipt(accepted=True)

    async def _held(self, there: asyncssh.SFTPClient) -> bool | None:
        """Whether what has the name is this file. None where nothing has it."""
        try:
            size = (await there.stat(self._path)).size
        except asyncssh.SFTPNoSuchFile:
            return None
        if size != len(self._content):
            return False
        try:
            return await _beginning(there, self._path, len(self._content) + 1) == self._content
        except asyncssh.SFTPPermissionDenied:
            raise NoReceipt("A file of this key and length is there, and we may not read it: ask them.") from None


async def _read(there: asyncssh.SFTPClient, path: str) -> bytes | None:
    """A receipt, or its beginning where it is too long; None where this one cannot be read."""
    try:
        return await _beginning(there, path, LONGEST + 1)
    except (asyncssh.SFTPConnectionLost, asyncssh.SFTPNoConnection):
        raise
    except asyncssh.SFTPError:
        return None


async def _beginning(there: asyncssh.SFTPClient, path: str, longest: int) -> bytes:
    async with there.open(path, "rb") as file:
        content: object = await file.read(longest)
        return content if isinstance(content, bytes) else b""
