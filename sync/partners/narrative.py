"""Free text and exact places: what of them may be said when not everybody agreed to be known.

In: what an officer typed. Out: less of it, or the answer that it speaks of somebody else.
Never here: an attempt to cut names out of a sentence (what is left would still tell who it was).
"""

import re
from collections.abc import Iterable

from automations.model import Person

POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9])([A-Z]{2})")

NOT_A_NAME = frozenset({"and", "boy", "girl", "known", "man", "miss", "mrs", "name", "neighbour", "not", "the",
                        "unknown", "woman"})  # fmt: skip
"""Words typed where a name is not known; they would hold back nearly every text."""


def postcode(typed: str | None, full: bool) -> str | None:
    """The postcode, or its first half and the next digit (R-16). None where it is not a postcode."""
    found = POSTCODE.fullmatch("".join((typed or "").upper().split()))
    if not found:
        return None
    outward, sector, rest = found.groups()
    return f"{outward} {sector}{rest}" if full else f"{outward} {sector}"


def speaks_of(text: str, people: Iterable[Person]) -> bool:
    """Whether the text has a word of the name, or the address, number or e-mail, of one of these people.

    It finds what is spelt as on their own record, and no nickname, slip of the pen or description.
    """
    letters = _letters(text)
    people = tuple(people)
    exact = {_letters(x or "") for who in people for x in (who.address, who.postcode, who.telephone, who.email)}
    return names(text, people) or any(len(x) > 4 and x in letters for x in exact)


def names(text: str, people: Iterable[Person], besides: str = "") -> bool:
    """Whether the text has a word of the name of one of these people, other than the words of `besides`."""
    known = {word for person in people for word in _words(person.name or "") if len(word) > 2}
    return bool(known & set(_words(text)) - NOT_A_NAME - set(_words(besides)))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())


def _letters(text: str) -> str:
    return "".join(re.findall(r"[^\W_]", text.casefold()))
