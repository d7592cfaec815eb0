"""File drop: one file a message in a local or mounted folder, sealed for the partner; or, plain, statistics alone.

In: bytes that payload.py made, and the key that names the file. Out: that it is there; later, the partner's receipts.
Never here: somebody's name in a file that whoever can see the folder can read.
"""

import json
import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from errno import EACCES, EISDIR, ELOOP, ENAMETOOLONG, ENOENT, ENOTDIR, ENXIO, EPERM, EROFS
from pathlib import Path, PurePosixPath

from automations.errors import NeedsAPerson, NotReached, Stop, TryAgainLater
from automations.ports import Answer, Receipt
from sync.partners.files import HELD_OTHERWISE, faults_of, named, recipient
from sync.partners.local_folder import Folder, HalfWritten, opened
from sync.partners.receipt_files import Receipts, answer
from sync.partners.sealed import HEADER, PublicKey, holds, public_key, sealed

log = logging.getLogger("casewatch")
FOR_A_PERSON = {EACCES, EISDIR, ELOOP, ENAMETOOLONG, ENOENT, ENOTDIR, ENXIO, EPERM, EROFS}
"""What does not put itself right: it is not there, it is something else, or we may not."""


@dataclass(frozen=True, slots=True)
class DropDestination:
    """Where one partner collects, from the settings. Each path is whole, with no link on the way."""

    name: str
    folder: str
    public_key: str = field(default="", repr=False)
    """The partner's, as a JWK or PEM. Without one the folder is plain, and takes statistics alone."""
    to: tuple[str, ...] = ()
    """Folders inside the folder, one for each recipient."""
    mount: str = ""
    """The mount point that the folder is on: while nothing is mounted there, nothing is written."""
    receipts: str = ""
    move_receipts: bool = False


class FileDrop:
    """The way to one partner's folder. The same key is one name, and what has that name is never written over."""

    once = True

    def __init__(self, destination: DropDestination) -> None:
        """Stop, with every fault, where the settings are not safe to use; nothing is written to find out."""
        self._destination = destination
        self._key = _checked(destination)
        self.carries_names = self._key is not None
        self._receipts = Receipts(destination.name)

    def deliver(self, payload: bytes, key: str, to: str = "") -> Receipt:
        """Put the file there once. TryAgainLater: the same bytes and key may safely go again (HC-052)."""
        at = self._destination
        name, inside = named(key, "jwe" if self._key else "json"), recipient(at.name, to, at.to)
        if self._key is None and not _is_statistics(payload):
            raise NeedsAPerson(
                f"The folder of {at.name} is plain, so whoever can see it could read who is named: nothing but "
                "statistics goes there. Give the destination the partner's public_key."
            )
        self._must_be_mounted()
        begun = False
        try:
            with opened(at.folder, inside) as folder:
                if (held := self._held(folder, name, payload)) is not None:
                    return Receipt(held, reason="" if held else HELD_OTHERWISE)
                content = sealed(payload, self._key) if self._key else payload
                folder.fill(name, folder.new(name), content)
                begun = True
                folder.name(name)
                return Receipt(accepted=True)
        except HalfWritten:
            raise TryAgainLater(f"The folder of {at.name} took a part of the file alone.") from None
        except OSError as error:
            why = f"({type(error).__name__}, {error.errno})"
            if begun:
                raise TryAgainLater(f"The file for {at.name} may not have its name {why}.") from None
            if error.errno in FOR_A_PERSON:
                raise NeedsAPerson(
                    f"The folder of {at.name} is not there, or is a link, or may not be written {why}: nothing was."
                ) from None
            raise NotReached(f"The folder of {at.name} has no room or cannot be written {why}: nothing was.") from None

    def answers(self, keys: Sequence[str]) -> list[Answer]:
        """What the receipts say of those keys, and, once, of keys that nobody asked about."""
        at, asked = self._destination, frozenset(keys)
        if not at.receipts:
            return []
        self._must_be_mounted()
        try:
            with opened(at.receipts) as folder:
                if at.move_receipts:
                    self._move(folder, self._receipts.done_with(folder.stamps(), asked))
                found = folder.stamps()
                read = self._receipts.to_read(found, asked)
                told = [said for name in read if (said := answer(name, folder.receipt(name)))]
        except OSError as error:
            kind = NeedsAPerson if error.errno in FOR_A_PERSON else TryAgainLater
            raise kind(f"The receipts of {at.name} cannot be read ({type(error).__name__}, {error.errno}).") from None
        self._receipts.told(found, read)
        return told

    def _held(self, folder: Folder, name: str, payload: bytes) -> bool | None:
        """Whether what has the name is this message. None where nothing has it."""
        if self._key is None:
            held = folder.beginning(name, len(payload) + 1)
            return None if held is None else held == payload
        beginning = folder.beginning(name, HEADER)
        return None if beginning is None else holds(beginning, payload)

    def _move(self, folder: Folder, names: list[str]) -> None:
        """Tidying: where we may not, the receipts stay and are read once."""
        try:
            folder.move(names)
        except OSError as error:
            log.warning("%s: receipts could not be moved (%s).", self._destination.name, type(error).__name__)

    def _must_be_mounted(self) -> None:
        """A file in an empty mount point would be called sent, and nobody would ever collect it."""
        at = self._destination
        if at.mount and not os.path.ismount(at.mount):
            raise NeedsAPerson(f"Nothing is mounted where {at.name} collects: nothing was written.")


def _is_statistics(payload: bytes) -> bool:
    """Whether the message says of itself that it names nobody; in doubt it does not."""
    try:
        told = json.loads(payload)
    except (ValueError, RecursionError):
        return False
    return isinstance(told, dict) and told.get("form") == "statistical"


def _checked(at: DropDestination) -> PublicKey | None:
    """The partner's key, if it has one. Stop with every fault."""
    faults, key = faults_of(at.name, at.to), None
    for what, path in (("folder", at.folder), ("receipts", at.receipts or "/"), ("mount", at.mount or "/")):
        if not Path(path).is_absolute() or ".." in Path(path).parts or not path.isprintable():
            faults.append(f"{at.name}: {what} is the whole path of a folder, with no .. in it.")
    if at.mount and not PurePosixPath(at.folder).is_relative_to(at.mount):
        faults.append(f"{at.name}: folder is not inside mount.")
    if at.public_key:
        try:
            key = public_key(at.public_key)
        except ValueError as error:
            faults.append(f"{at.name}: public_key {error}.")
    if faults:
        raise Stop("\n".join(faults))
    return key
