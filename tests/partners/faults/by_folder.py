"""A partner that collects sealed files from a folder, which is not always there, and who answers for each."""

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

from joserfc import jwe
from joserfc.jwk import ECKey

from tests.partners.faults.came import Log

MODES = ("not there", "a link", "closed")


class FolderPartner:
    kind = "file_drop"
    modes = MODES

    def __init__(self, name: str, partner: str, folder: Path) -> None:
        self.name, self.partner, self.folder = name, partner, (folder / name).resolve()
        self.log = Log()
        self.mode = ""
        self._key = ECKey.generate_key("P-256")
        self._inbox, self._away = self.folder / "in", self.folder / "away"
        self._inbox.mkdir(parents=True)
        (self.folder / "receipts").mkdir()
        self._read: set[tuple[str, int]] = set()
        self.gone: set[str] = set()

    def turn(self, mode: str) -> None:
        self.shut()
        self.mode = mode
        if mode in ("not there", "a link"):
            self._inbox.rename(self._away)
        if mode == "a link":
            self._inbox.symlink_to(self._away)
        if mode == "closed":  # to everybody, the machine's owner too: a file stands where the folder was
            self._inbox.rename(self._away)
            self._inbox.touch()

    def shut(self) -> None:
        if self.mode:
            if self._inbox.is_symlink() or self._inbox.is_file():
                self._inbox.unlink()
            self._away.rename(self._inbox)
            self.mode = ""

    def tend(self) -> None:
        """Somebody collects: what is called back is deleted, and everything is answered for."""
        for path in self._files():
            says = path.stat()
            if (path.name, says.st_ino) in self._read:
                continue
            self._read.add((path.name, says.st_ino))
            content = path.read_bytes()
            self.log.add(path.stem, content, at=says.st_mtime)
            message = json.loads(self._open(content))
            self._lay(path.stem, "accepted")
            if message["message"] == "recall":
                key = message["recalls"]["key"]
                if (self._inbox / f"{key}.jwe").exists():
                    (self._inbox / f"{key}.jwe").unlink()
                    self.gone.add(key)
                self._lay(path.stem, "recalled")
            if len(self._read) % 10 == 1:
                self._lay(uuid4().hex, "accepted")  # a mistake: nobody was ever sent this
                self.log.hit("receipt for an unknown reference")

    def settings(self) -> str:
        public = json.dumps(self._key.as_dict(private=False))
        return (
            f'[destinations.{self.name}]\nkind = "file_drop"\npartner = "{self.partner}"\nfolder = "{self._inbox}"\n'
            f"public_key = '''{public}'''\nreceipts = \"{self.folder / 'receipts'}\"\nmove_receipts = true"
        )

    def secrets(self) -> dict[str, str]:
        return {}

    def opened(self, content: bytes) -> tuple[str, bytes]:
        return "", self._open(content)

    def in_effect(self) -> dict[str, dict[str, Any]]:
        return {path.stem: json.loads(self._open(path.read_bytes())) for path in self._files()}

    def deleted(self) -> set[str]:
        return self.gone

    def _open(self, content: bytes) -> bytes:
        told = jwe.decrypt_compact(content, self._key, algorithms=["ECDH-ES+A256KW", "A256GCM"]).plaintext
        assert told is not None
        return told

    def _files(self) -> list[Path]:
        return [] if self.mode else sorted(self._inbox.glob("*.jwe"))

    def _lay(self, key: str, status: str) -> None:
        half = self.folder / "receipts" / f"{key}.part"
        half.write_text(json.dumps({"status": status, "reference": f"F-{key[:6]}", "code": ""}))
        half.replace(half.with_name(f"{key}.receipt.json"))
