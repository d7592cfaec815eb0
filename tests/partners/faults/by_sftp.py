"""A partner with an SFTP server, which fails as it is told, and somebody there who reads what came and answers."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncssh

import casewatch.desks.sftp as sftp_desk
from casewatch.desks.sftp import INBOX, Faults, SftpDesk
from tests.partners.by_sftp import PASSPHRASE, PRIVATE, PUBLIC
from tests.partners.faults.came import Log
from tests.server import free_port

MODES = ("down", "host key changed", "disk full", "answer lost", "cut before the rename", "slow", "write denied")


class _Folder(sftp_desk._Folder):
    """Tells the log of every byte that reaches the disk, under the name that it was begun with."""

    async def open(self, path: bytes, pflags: int, attrs: asyncssh.SFTPAttrs) -> object:
        file = await super().open(path, pflags, attrs)
        if pflags & asyncssh.FXF_WRITE:
            self._names = {**getattr(self, "_names", {}), id(file): path.decode()}
        return file

    def write(self, file_obj: object, offset: int, data: bytes) -> Any:
        name = self._names.get(id(file_obj), "")
        self._desk.log.add(Path(name).name.partition(".")[0], data, str(Path(name).parent))  # type: ignore[attr-defined]
        return super().write(file_obj, offset, data)


class SftpPartner:
    """`folders`: those inside the inbox, one for each recipient."""

    kind = "sftp"
    modes = MODES

    def __init__(self, name: str, partner: str, folder: Path, folders: tuple[str, ...] = ()) -> None:
        self.name, self.partner, self.folder = name, partner, folder / name
        self.log = Log()
        self.mode = ""
        self.folders = folders
        self._port = free_port()
        self._key = asyncssh.generate_private_key("ssh-ed25519")
        self._read: set[Path] = set()
        self.gone: set[str] = set()
        self.desk: SftpDesk | None = None
        for each in folders:
            (self.folder / INBOX / each).mkdir(parents=True)
        sftp_desk._Folder = _Folder  # type: ignore[misc]

    def turn(self, mode: str) -> None:
        self.mode = mode
        self.shut()
        if mode == "down":
            return
        self.desk = SftpDesk(self.folder, PUBLIC, port=self._port)
        if mode != "host key changed":
            self.desk._key = self._key
        self.desk.log = self.log  # type: ignore[attr-defined]
        self.desk.faults = {
            "disk full": Faults(room=200), "answer lost": Faults(cut="after the rename"),
            "cut before the rename": Faults(cut="before the rename"), "slow": Faults(seconds=1.0),
            "write denied": Faults(denied=frozenset({"write"})),
        }.get(mode, Faults())  # fmt: skip
        self.desk.__enter__()

    def shut(self) -> None:
        if self.desk:
            self.log.faults[self.mode or "well"] += self.desk.connections
            self.desk.shut()
            self.desk = None

    def tend(self) -> None:
        """Somebody reads what came: what is called back is deleted, and everything is answered for."""
        for path in self._files():
            if path in self._read:
                continue
            self._read.add(path)
            message = json.loads(path.read_bytes())
            self._lay(path.stem, "accepted")
            if message["message"] == "recall":
                self._delete(message["recalls"]["key"])
                self._lay(path.stem, "recalled")
            if len(self._read) % 10 == 1:
                self._lay(uuid4().hex, "accepted")  # a mistake: nobody was ever sent this
                self.log.hit("receipt for an unknown reference")

    def settings(self) -> str:
        to = ", ".join(f'"{each}"' for each in self.folders)
        key = self._key.export_public_key().decode().strip()
        return (
            f'[destinations.{self.name}]\nkind = "sftp"\npartner = "{self.partner}"\nhost = "localhost"\n'
            f'port = {self._port}\nusername = "harbour-row"\nhost_keys = ["{key}"]\nfolder = "in"\nto = [{to}]\n'
            'receipts = "receipts"\nmove_receipts = true'
        )

    def secrets(self) -> dict[str, str]:
        return {f"partner_{self.name}_key": PRIVATE, f"partner_{self.name}_passphrase": PASSPHRASE}

    def opened(self, content: bytes) -> tuple[str, bytes]:
        return "", content

    def in_effect(self) -> dict[str, dict[str, Any]]:
        return {path.stem: json.loads(path.read_bytes()) for path in self._files()}

    def deleted(self) -> set[str]:
        return self.gone

    def _files(self) -> list[Path]:
        return [path for at in ("", *self.folders) for path in sorted((self.folder / INBOX / at).glob("*.json"))]

    def _delete(self, key: str) -> None:
        for path in self._files():
            if path.stem == key:
                path.unlink()
                self.gone.add(key)

    def _lay(self, key: str, status: str) -> None:
        if self.desk:
            with suppress(OSError):
                self.desk.lay(key, status, reference=f"N-{key[:6]}")
