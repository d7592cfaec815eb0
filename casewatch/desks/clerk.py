"""A partner's clerk: collects what came as files or by e-mail, keeps it as a desk does, deletes what is called back.

In: a way of looking at what came. Out: a partner's folder with an index; receipts, where the landlord reads them.
Never here: how a message is opened (sealed_files.py, mailbox.py), our own code for making or sealing one.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from casewatch.desks.notices import RECALLED, Notices
from casewatch.desks.refused import Refused


@dataclass(frozen=True, slots=True)
class Came:
    """One message as it came: its key, the bytes inside, and the file it came as."""

    key: str
    body: bytes
    file: Path


class Clerk:
    """Works through what came whenever asked, and does nothing twice."""

    def __init__(
        self, folder: Path, look: Callable[[], Iterable[Came]], receipts: Path | None = None,
        schemas: Path | None = None,
    ) -> None:  # fmt: skip
        """`look` gives every message that lies there; `receipts` is the folder that the landlord reads, if any."""
        self._notices = Notices(folder, schemas)
        self._look = look
        self._receipts = receipts

    def collect(self) -> None:
        """Take what is new, answer it, and delete the file of whatever was called back."""
        here = {came.key: came for came in self._look()}
        for came in here.values():
            try:
                self._notices.take(came.body, came.key)
            except Refused as refused:
                self._lay(came.key, {"status": "rejected", "code": refused.code[:40]})
        for came in here.values():
            status = self._notices.status(came.key)
            if status is None:
                continue
            self._lay(came.key, status)
            if status["status"] == RECALLED:
                came.file.unlink()

    def _lay(self, key: str, says: dict[str, str]) -> None:
        """A receipt, in place of an earlier one that says something else; whole, or not at all."""
        if self._receipts is None:
            return
        path, text = self._receipts / f"{key}.receipt.json", json.dumps(says)
        if path.exists() and path.read_text("utf-8") == text:
            return
        half = path.with_suffix(".part")
        half.touch(mode=0o600)
        half.write_text(text, "utf-8")
        half.replace(path)
