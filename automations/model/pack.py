"""A pack: what a person needs to tell a partner by hand, box by box of that partner's own form.

In: a way to a partner that only a person can go. Out: what is set on paper for them.
Never here: a word that the message does not hold, how it looks on paper.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Box:
    """One box of the form and what goes into it, by line. Without lines it stays empty, whatever the form asks."""

    page: str
    label: str
    lines: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything that one message tells one partner. `where` is the page to open or the number to ring."""

    partner: str
    where: str
    what: str
    """What kind of message it is: CDRP notice, identified, version 1."""
    key: str
    boxes: tuple[Box, ...]
    on_a_form: bool
    """Whether the boxes are those of a form; if not they are what to say, in order."""
    no_place: tuple[tuple[str, str], ...] = ()
    """Each field that the form has no box for, with its words."""
    withheld: tuple[str, ...] = ()
    """What is not told, and why, a sentence each."""
    first: tuple[str, ...] = ()
    """What whoever tells must know before anything else, a sentence each."""
    mark: str = ""
    """The first eight signs of the message's fingerprint: a pack of anything else has others."""
    made_at: datetime | None = None

    @property
    def called(self) -> str:
        """What tells this pack from every other: its mark, and when it was made by the clock in London."""
        return f"Pack {self.mark}{f', made {said(self.made_at)}' if self.made_at else ''}"


def said(at: datetime) -> str:
    """A moment by the clock in London, to the minute."""
    return f"{at.astimezone(LONDON):%d/%m/%Y at %H:%M}"


def mark_of(fingerprint: str) -> str:
    """What a person compares two packs by."""
    return fingerprint[:8]


def file_name(fingerprint: str, at: datetime) -> str:
    """The name of a pack's file: no two packs have the same."""
    return f"Pack {mark_of(fingerprint)} made {at.astimezone(LONDON):%Y-%m-%d %H.%M}.pdf"
