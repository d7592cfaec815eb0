"""The doors out of the pure core: what a platform, a partner's transport and a mail outlet promise.

In: nothing. Out: protocols and the plain values that cross them.
Never here: how any of them keeps its promise (that is sync/), and no rule of the procedure.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage
from typing import Literal, Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class File:
    """A file held in a record's cell: its name, size in bytes and the platform's own id for it."""

    name: str
    size: int
    id: str
    mimetype: str = ""


Value = str | int | float | bool | date | datetime | tuple[str, ...] | tuple[File, ...] | None
"""What a cell holds once read. Instants are aware, in UTC and of whole seconds; a blank is None, and so is
empty text; a tick is True or False. Several choices are a tuple of their words, a link is a tuple of record
ids (one id where it points at one), files are a tuple of File: blank, each of these is the empty tuple."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell whose content is not of its kind (a word in a date). Kept, never guessed at."""

    raw: str


@dataclass(frozen=True, slots=True)
class Record:
    """A raw row. `fields` holds every declared column of the table by name."""

    table: str
    id: str
    fields: Mapping[str, Value | Unreadable]
    created_at: datetime
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one field of one record, as the platform's own audit tells it.

    Of a link `before` holds the ids that were taken away and `after` those that were added.
    """

    field: str
    before: Value | Unreadable
    after: Value | Unreadable
    by: str | None
    """The e-mail address that was signed in; None at a form, where nobody signs in."""
    at: datetime
    made: bool = False
    """Whether the record was made with it."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a platform can do by itself; the runner does the rest."""

    live_status: bool
    audit: bool
    batch: int
    longest_text: int = 0
    """Letters of one cell; 0 is no limit."""
    largest_file: int = 0
    """Bytes of one file; 0 is no limit."""


class Platform(Protocol):
    """The bases, as records by table name. Every table of `schema.BASES` is reachable."""

    @property
    def capabilities(self) -> Capabilities:
        """What can be counted on now: an audit may come and go."""

    def account(self) -> str:
        """The e-mail address of the account that the platform is signed in as: the author of what we write."""

    def address_of(self, table: str, id: str) -> str:
        """The path of a record's own page, after the address that staff open; "" where it has none."""

    def records(self, table: str) -> list[Record]:
        """Every record of the table, oldest id first. TryAgainLater when the platform is down."""

    def find(self, table: str, column: str, values: Iterable[str]) -> list[Record]:
        """Records whose column equals one of the values: text, or record ids for a link to one."""

    def get(self, table: str, ids: Iterable[str]) -> list[Record]:
        """Records by id, those that exist, oldest id first."""

    def changed_since(self, table: str, since: datetime) -> list[Record]:
        """Records created or updated at or after that instant (UTC). Link edits may be missed."""

    def ids(self, table: str) -> set[str]:
        """The ids of all records, to notice deletions."""

    def one_look(self, told: bool = False) -> AbstractContextManager[None]:
        """What is read within is as it stands at some moment since it began: a platform need not ask twice.

        Nothing of it answers afterwards. Nothing read before answers in it either; but where `told`, what `records`
        would answer does for a look by id or link as well. That may decide what to do, and never whether it leaves.
        """

    def create(self, table: str, rows: Sequence[Mapping[str, Value]]) -> list[str]:
        """Make records, in the order given; their ids. Links may be given.

        DuplicateKey, UnknownChoice, NotWritten: none of that batch was made, nor any after it. A batch is
        `capabilities.batch` rows, fewer where a row links to many; send one batch a call to be sure which.
        DuplicateKey where a platform keeps keys unique only by looking: what somebody has worked on already stays of
        such a batch, the record that is there twice as well, and so do later batches without such a key.
        TryAgainLater may come after the rows were made, and before the last of them was linked: look them up
        by key before making them again, and put right what differs.
        An unknown column is a Stop before anything is sent, never dropped in silence.
        """

    def update(self, table: str, rows: Sequence[tuple[str, Mapping[str, Value]]]) -> None:
        """Change the named cells (links too) and read them back.

        A row is written whole or not at all, and the others of the call are written. Afterwards NotWritten
        (UnknownChoice where a drop-down lost an option) names in `ids` every record that did not take.
        """

    def attach(
        self, table: str, id: str, column: str, name: str, content: bytes, mimetype: str, *, instead: bool = False
    ) -> None:
        """Add one file to a files cell; what is there stays, unless it goes in place of it (`instead`).

        The same name and size twice adds nothing. An update with () empties the cell.
        """

    def fetch(self, table: str, id: str, column: str, name: str) -> bytes:
        """A file's content. KeyError where the cell has no file of that name."""

    def history(self, table: str, id: str) -> list[Change]:
        """Every change of every field of one record, oldest first, by the platform's audit; empty without one.

        A field that was set again to what it held is no change. Links: changes only, as the audit may not tell
        which links a record was made with.
        """


@runtime_checkable
class Showing(Protocol):
    """A platform whose live fields are written, as it cannot work them out (`capabilities.live_status` is False)."""

    def show(self) -> int:
        """Write what they show by now where their cells show something else; how many rows that was."""


@runtime_checkable
class Behind(Protocol):
    """A platform whose audit may tell of a change later than the record shows it."""

    def behind(self, table: str, id: str) -> bool:
        """Whether the history that was told last may yet grow, though the record stays as it is."""


@runtime_checkable
class Erasing(Protocol):
    """A platform on which a copy can be made: the one place where we delete, and only what a copy made itself."""

    def erase(self, table: str, ids: Sequence[str]) -> None:
        """Delete blank rows that stood for numbers which the original does not have."""


@runtime_checkable
class Remembering(Protocol):
    """A platform that answers from what it remembers: a proof needs what is there."""

    def forget(self) -> None:
        """The next reading asks."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A partner's answer to one delivery."""

    accepted: bool
    reference: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a partner said later of one delivery: numbers and codes alone, never a word of theirs."""

    key: str
    said: Literal["accepted", "rejected", "outcome", "recalled"]
    reference: str = ""
    code: str = ""
    at: datetime | None = None


class Transport(Protocol):
    """A way to one partner. It delivers the bytes it is given and nothing else."""

    once: bool
    """Whether the same key handed over twice counts once there. Where not, an unknown outcome stops at a person."""
    carries_names: bool
    """Whether what names somebody may go this way."""

    def deliver(self, payload: bytes, key: str, to: str = "") -> Receipt:
        """Hand over once in effect for this key. `to` is the recipient inside the destination, where it has several.

        NotReached: nothing arrived. Another TryAgainLater, NoReceipt: it may have arrived, nobody knows.
        NeedsAPerson: nothing left, and nothing will until a person puts it right (a recipient that the settings
        do not allow, or that this way has no place for).
        """


@runtime_checkable
class ByHand(Protocol):
    """A way that only a person can go: its `deliver` always says so, and a pack says what to put where."""

    def pack(self, payload: bytes, key: str, at: datetime, first: Sequence[str] = ()) -> bytes:
        """The pack as a PDF that says when it is made and what must be known `first`, the same bytes each time.
        NeedsAPerson where this message cannot go this way.
        """


@runtime_checkable
class Answering(Protocol):
    """A way on which a partner answers later."""

    def answers(self, keys: Sequence[str]) -> list[Answer]:
        """What the partner has said of those keys, and of keys that nobody asked about. TryAgainLater when silent."""


class WordProcessor(Protocol):
    """A way to make a PDF of a letter that staff edited."""

    def pdf(self, docx: bytes) -> bytes:
        """The letter as a tagged PDF. NeedsAPerson, with a sentence for staff, where there can be none."""


class Mail(Protocol):
    """A way to put one short plain-text message in a staff member's inbox."""

    def send(self, to: str, subject: str, text: str, key: str) -> None:
        """Hand the message to the mail server. TryAgainLater where it is down."""


class Post(Protocol):
    """A way to one inbox, for a whole message that somebody else made."""

    @property
    def sender(self) -> str:
        """The address that it goes from."""

    def hand_over(self, message: EmailMessage, to: str) -> None:
        """Hand it to the mail server, for that one address.

        NoReceipt: it may have arrived, nobody knows. Another NeedsAPerson: refused, nothing left. TryAgainLater:
        nothing left, and another time may do.
        """
