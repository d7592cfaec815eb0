"""Errors, grouped by what happens next.

CaseworkError
├── TryAgainLater   the other system is down: back off, say so once, the next pass repairs it
│   ├── MailboxBusy only this address: the others are told
│   ├── BrokeOff    it answered at first: another message may still be taken
│   └── NotReached  nothing was connected to, so nothing can have arrived
├── NeedsAPerson    this case cannot go on; its reason shows on the case and the others go on
│   └── NoReceipt   what was sent may have arrived; a person asks
└── Stop            settings or bases are wrong or unsafe: every fault at once, nothing is done
The docstring of each class opens its message. No message ever carries a person's name.
"""

import traceback
from collections.abc import Sequence
from pathlib import Path


class CaseworkError(Exception):
    """Something went wrong in Casewatch."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(" ".join(filter(None, [self.__doc__, detail])))
        self.detail = detail


class TryAgainLater(CaseworkError):
    """The other system did not answer; the next run will try again."""


class MailboxBusy(TryAgainLater):
    """This mailbox does not take a message now, others may; the next run will try again."""


class BrokeOff(TryAgainLater):
    """The other system answered, and then broke off; the next run will try again."""


class NotReached(TryAgainLater):
    """The other system could not be connected to, so nothing arrived; the next run will try again."""


class NeedsAPerson(CaseworkError):
    """This case cannot go on until someone corrects it."""


class NoReceipt(NeedsAPerson):
    """The other system answered, and not with a receipt: what was sent may have arrived."""


class Stop(CaseworkError):
    """Casewatch cannot start until this is put right."""


class DuplicateKey(CaseworkError):
    """A record with this key is already there."""


class NotWritten(CaseworkError):
    """The platform took the change but did not keep it."""

    def __init__(self, detail: str = "", ids: Sequence[str] = ()) -> None:
        """`ids` are the records that did not take; of a call's records, all others did."""
        super().__init__(detail)
        self.ids = tuple(ids)


class UnknownChoice(NotWritten):
    """A drop-down no longer has an option that Casewatch writes."""

    def __init__(self, table: str, column: str, option: str, ids: Sequence[str] = ()) -> None:
        """`option` is one of the words of `schema.choices`, never what a person typed."""
        super().__init__(f"{table}, field {column}: put the option {option!r} back.", ids)
        self.table = table
        self.column = column
        self.option = option


def unforeseen(error: Exception) -> str:
    """A sentence for a fault of our own: what and where. The error's own words stay out, they may hold a name."""
    at = traceback.extract_tb(error.__traceback__)[-1]
    return f"Casewatch has a fault ({type(error).__name__} at {Path(at.filename).name}:{at.lineno}): report it."
