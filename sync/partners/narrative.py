"""Free text and exact places: what of them may be said when not everybody agreed to be known.

In: what an officer typed. Out: less of it, or the answer that it speaks of somebody else.
Never here: an attempt to cut names out of a sentence (what is left would still tell who it was).
"""

import re
from collections.abc import Iterable

from automations.model import Person
from automations.model.contacts import holds_a_way_to
from automations.names_in_words import folded, names, stretches

POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9])([A-Z]{2})")


def postcode(typed: str | None, full: bool) -> str | None:
    """The postcode, or its first half and the next digit (R-16). None where it is not a postcode."""
    found = POSTCODE.fullmatch("".join((typed or "").upper().split()))
    if not found:
        return None
    outward, sector, rest = found.groups()
    return f"{outward} {sector}{rest}" if full else f"{outward} {sector}"


def outward(typed: str | None) -> str | None:
    """The first half of the postcode alone. None where it is not a postcode."""
    reduced = postcode(typed, full=False)
    return reduced.split()[0] if reduced else None


def speaks_of(text: str, people: Iterable[Person]) -> bool:
    """Whether the text has a word of the name, a line of the address, the number or e-mail of one of these people.

    It finds what is spelt as on their own record, a number however it is dialled, and no nickname, slip of the pen or
    description. A name with
    nothing in it to look for (an initial, "unknown man") may be anybody's, so it counts as spoken of.
    """
    signs = _signs(text)
    people = tuple(people)
    exact = {_signs(x or "") for who in people for x in (who.address, who.postcode, who.telephone, who.email)}
    nameless = any((who.name or "").strip() and not stretches(who.name or "") for who in people)
    ways = any(len(x) > 4 and x in signs for x in exact) or any(holds_a_way_to(text, who) for who in people)
    return nameless or names(text, people) or ways


def _signs(text: str) -> str:
    return "".join(re.findall(r"[^\W_]", folded(text)))
