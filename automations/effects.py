"""Effects: what decide() says should happen, as small frozen values, each with a key that is a sentence.

In: nothing. Out: Write, Attach, AsPdf, Seal, Ring, Show, Deliver, Email. perform.py carries them out.
Never here: a platform, a clock, or how an effect is carried out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from automations.model import Incident


@dataclass(frozen=True, slots=True)
class Ref:
    """A record that may not be made yet: named by its table and its unique cell."""

    table: str
    column: str
    value: str


@dataclass(frozen=True, slots=True)
class Write:
    """A record as it should stand. `record` None: make it unless its key is there already.

    `cells` may hold Refs, and tuples of Refs, where it links to records made in the same pass.
    """

    table: str
    key: str
    cells: Mapping[str, Any]
    record: str | None = None
    column: str = "Key"


@dataclass(frozen=True, slots=True)
class Beside:
    """The same document in another form, for a cell of its own."""

    column: str
    name: str
    content: Callable[[], bytes] = field(compare=False)
    mimetype: str


@dataclass(frozen=True, slots=True)
class Attach:
    """A document for a record's cell in place of what is there, and the cells to write once it is.

    `unless` names a cell of staff's: filled by now, the document stays as it is.
    """

    key: str
    table: str
    column: str
    name: str
    content: Callable[[], bytes] = field(compare=False)
    then: Mapping[str, Any] = field(default_factory=dict)
    unless: str = ""
    record: str | None = None
    """The record's id; None: the one that has the key."""
    failed: Mapping[str, Any] = field(default_factory=dict)
    """The cells where it could not be made: no row claims a document that is not there, or an old one."""
    beside: tuple[Beside, ...] = ()
    """Attached first, so that the document itself is there last."""


@dataclass(frozen=True, slots=True)
class AsPdf:
    """An edited Word file of a record's cell as a PDF for a cell of ours, or why there is none for another.

    `unless` names a cell of staff's: filled by now, nothing is made.
    """

    key: str
    table: str
    record: str
    column: str
    file: str
    into: str
    name: str
    why: str
    unless: str


@dataclass(frozen=True, slots=True)
class Seal:
    """The SHA-256 of the files in a record's cell, for a cell of ours that is blank: what they were, for good."""

    key: str
    table: str
    record: str
    column: str
    cell: str


@dataclass(frozen=True, slots=True)
class Ring:
    """An alert to send now: who is told, in plain addresses, and what it says. It never holds a victim's name."""

    key: str
    to: tuple[str, ...]
    subject: str
    text: str
    then: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    """What it says to an address, where that differs from `text`."""


@dataclass(frozen=True, slots=True)
class Deliver:
    """A referral to hand to its partner. Everything is read and decided again before the bytes leave."""

    key: str
    case_id: str
    incident: Incident = field(compare=False)
    follows: Literal["", "recall", "correction"] = ""
    """What goes after a referral that went: `key` is then the referral's with this word behind it."""

    @property
    def row_key(self) -> str:
        """The key of the referral's row."""
        return self.key.removesuffix(f"/{self.follows}") if self.follows else self.key


@dataclass(frozen=True, slots=True)
class Show:
    """A referral that waits for somebody's word: what would leave is written on its row, for whoever decides.

    `mark` is of the record as it stood, and stands in the last line: while it is the same nothing is written anew.
    """

    key: str
    case_id: str
    record: str
    mark: str


@dataclass(frozen=True, slots=True)
class Email:
    """A letter to send by e-mail. Everything is read and decided again before the bytes leave."""

    key: str
    case_id: str
    record: str
    """The letter's row."""


Effect = Write | Attach | AsPdf | Seal | Ring | Show | Deliver | Email
