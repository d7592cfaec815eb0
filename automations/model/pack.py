"""A pack: what a person needs to tell a partner by hand, box by box of that partner's own form.

In: a way to a partner that only a person can go. Out: what is set on paper for them.
Never here: a word that the message does not hold, how it looks on paper.
"""

from dataclasses import dataclass


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
