"""Receipt files: what a partner lays into a folder about files it was sent, `<key>.receipt.json`.

In: a folder's names and contents, and the keys that we still ask about. Out: answers: codes and numbers alone.
Never here: how a folder is reached, a partner's sentence, a fault that keeps the other receipts from being read.
"""

import json
import logging
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from automations.ports import Answer
from sync.partners.said import LATER, is_key, plain

log = logging.getLogger("casewatch")

ENDING = ".receipt.json"
READ = "read"
"""The folder, inside that of the receipts, for those that are done with, where the settings want them moved."""
LONGEST = 4096
MOST = 200
"""Receipts read at one look; the rest wait for the next."""

UNREADABLE, TOO_LONG, UNKNOWN = "receipt_unreadable", "receipt_too_long", "receipt_status_unknown"
"""Codes of our own, for a receipt that a person has to look at."""

STATUS = {**LATER, "outcome": LATER["closed"]}
"""The words that a partner may use; `received` is another, which says no more than the file's name did."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What changes when a receipt is written anew: its size in bytes, and when."""

    size: int
    changed: float


class Receipts:
    """Remembers what it has told, so that a receipt nobody asks about is told once, and moved only after that."""

    def __init__(self, name: str) -> None:
        """`name` is the destination's."""
        self._name = name
        self._told: dict[str, Stamp] = {}
        self._strange = 0

    def to_read(self, found: Mapping[str, Stamp], keys: Collection[str]) -> list[str]:
        """The receipts to read now: all that are asked about, of the others those that are new; news first."""
        wanted = [n for n in found if (k := key_of(n)) and (k in keys or self._told.get(n) != found[n])]
        self._say_what_is_no_receipt(sum(not key_of(name) for name in found))
        return sorted(wanted, key=lambda n: (self._told.get(n) == found[n], key_of(n) not in keys, n))[:MOST]

    def done_with(self, found: Mapping[str, Stamp], keys: Collection[str]) -> list[str]:
        """The receipts told at an earlier look, the same ever since, of which nobody asks any more."""
        return sorted(n for n in found if self._told.get(n) == found[n] and key_of(n) not in keys)

    def told(self, found: Mapping[str, Stamp], read: Iterable[str]) -> None:
        """Remember these as told, and forget those that are gone."""
        self._told = {n: s for n, s in self._told.items() if n in found} | {n: found[n] for n in read}

    def _say_what_is_no_receipt(self, strange: int) -> None:
        """How many. Their names stay out: they may hold a person's."""
        if strange != self._strange and strange:
            log.warning("%s: files among the receipts that are none: %d.", self._name, strange)
        self._strange = strange


def key_of(name: str) -> str:
    """The key that a receipt is about; "" where the file is no receipt."""
    key = name.removesuffix(ENDING)
    return key if key != name and is_key(key) else ""


def answer(name: str, content: bytes | None) -> Answer | None:
    """What a receipt says; None where that is nothing new. One that cannot be read (no content) or understood is an
    outcome, with a code of our own.
    """
    key = key_of(name)
    if content is not None and len(content) > LONGEST:
        return Answer(key, "outcome", code=TOO_LONG)
    try:
        said = json.loads((content or b"").decode("utf-8-sig"))
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        return Answer(key, "outcome", code=UNREADABLE)
    status = said.get("status")
    if status == "received":
        return None
    if not isinstance(status, str) or status not in STATUS:
        return Answer(key, "outcome", code=UNKNOWN)
    return Answer(key, STATUS[status], plain(said.get("reference")), plain(said.get("code"), 40))
