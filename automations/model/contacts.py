"""Contacts: by which telephone, mailbox or line of an address somebody may be known, however it was typed.

In: people, and words that somebody wrote. Out: whether two are reached the same way, or the words hold a way of one's.
Never here: a name (the narrative has those), a decision about what may be told.
"""

import re
import unicodedata
from collections.abc import Iterator

from automations.model.people import Person

LEAST = 7
"""Figures that a telephone number has at least, and that tell from its end whose it is; shorter ones are notes."""
NUMBER = re.compile(r"\d(?:[^\w,;/]*\d)+")


def may_share_telephone(one: Person, other: Person) -> bool:
    """Whether a number of one's may be rung to reach the other: it stands there too, alone or beside another."""
    mine, theirs = dialled(one.telephone), dialled(other.telephone)
    return bool(mine and theirs) and (mine[-LEAST:] in theirs or theirs[-LEAST:] in mine)


def share_mailbox(one: Person, other: Person) -> bool:
    """Whether both are written to at the same e-mail address."""
    return bool(plain(one.email)) and plain(one.email) == plain(other.email)


def holds_a_way_to(text: str, person: Person) -> bool:
    """Whether the words hold a number of theirs, with or without the country's code, or a line of their address."""
    numbers, letters = figures(text), plain(text)
    return any(x in numbers for x in _numbers(person)) or any(x in letters for x in lines_of_home(person))


def dialled(text: str | None) -> str:
    """The figures of a telephone number as they are dialled in this country."""
    digits = figures(text).removeprefix("00").removeprefix("44").removeprefix("0")
    return digits if len(digits) >= LEAST else ""


def figures(text: str | None) -> str:
    """The figures alone, in whichever script they were typed."""
    return "".join(str(unicodedata.decimal(sign)) for sign in text or "" if sign.isdecimal())


def plain(text: str | None) -> str:
    """Small letters and figures alone."""
    return "".join(sign for sign in (text or "").casefold() if sign.isalnum())


def _numbers(person: Person) -> Iterator[str]:
    """The end of each number in the cell, where several stand beside each other."""
    for found in NUMBER.findall(person.telephone or ""):
        if number := dialled(found):
            yield number[-LEAST:]


def lines_of_home(person: Person) -> Iterator[str]:
    """Each line of the address with a number and a name in it: the town may be left out of what is written."""
    for line in re.split(r"[,;\n]", person.address or ""):
        if re.search(r"\d", line) and len(re.findall(r"[^\W\d_]{2,}", line)) > 1:
            yield plain(line)
