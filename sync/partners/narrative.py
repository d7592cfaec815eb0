"""Free text and exact places: what of them may be said when not everybody agreed to be known.

In: what an officer typed. Out: less of it, or the answer that it speaks of somebody else.
Never here: an attempt to cut names out of a sentence (what is left would still tell who it was).
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from automations.model import Person
from automations.model.contacts import holds_a_way_to

POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9])([A-Z]{2})")

NOT_A_NAME = frozenset({"a", "and", "boy", "dr", "girl", "i", "known", "man", "miss", "mr", "mrs", "ms", "mx", "name",
                        "neighbour", "not", "the", "unknown", "woman"})  # fmt: skip
"""Words typed where a name is not known, or before one; they would hold back nearly every text."""

ONE_LETTER_FOR_ANOTHER = str.maketrans({
    "\u0142": "l", "\u00f8": "o", "\u0111": "d", "\u00f0": "d", "\u0131": "i", "\u00e6": "ae", "\u0153": "oe",
    "\u00fe": "th", "\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u02bb": "'", "`": "'", "\u2010": "-", "\u2011": "-",
    "\u0640": None,
})  # fmt: skip
"""What people type in place of a letter that their keyboard lacks, and the stroke that only stretches Arabic."""


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
    nameless = any((who.name or "").strip() and not _stretches(who.name or "") for who in people)
    ways = any(len(x) > 4 and x in signs for x in exact) or any(holds_a_way_to(text, who) for who in people)
    return nameless or names(text, people) or ways


def names(text: str, people: Iterable[Person], besides: str = "") -> bool:
    """Whether the text has a word of the name of one of these people, other than the words of `besides`.

    Words of any length count, with or without accents, vowel signs, apostrophes and hyphens, and so do words
    of a name run together. Longer ones, and other scripts, are found inside a word too: "andAhmad".
    """
    words, run_together, own = set(_words(text)), "".join(_together(text)), set(_words(besides))
    for stretch in (x for who in people for x in _stretches(who.name or "") if not set(x) <= own):
        joined = "".join(stretch)
        inside = not joined.isascii() or len(joined) >= (4 if len(stretch) > 1 else 6)
        if joined in words or (inside and joined in run_together):
            return True
    return False


def _stretches(name: str) -> list[tuple[str, ...]]:
    """Each word of a name, and each run of words that follow each other; none that is only "the unknown man"."""
    together = _together(name)
    stretches = [*_runs(together), *((word,) for word in _words(name) if word not in together)]
    return [stretch for stretch in stretches if not set(stretch) <= NOT_A_NAME]


def _runs(words: Sequence[str]) -> list[tuple[str, ...]]:
    """One to four words that follow each other; no more, for a text may be one endless word of hyphens."""
    return [tuple(words[at : at + n]) for at in range(len(words)) for n in range(1, min(4, len(words) - at) + 1)]


def _words(text: str) -> list[str]:
    """Its words, and what those with an apostrophe or a hyphen are made of: "o'shea's" is oshea and shea, too."""
    made_of = ["".join(run) for word in _typed(text) for run in _runs(re.split("['-]", word))]
    return [*_together(text), *(part for part in made_of if len(part) > 1)]


def _together(text: str) -> list[str]:
    """Its words, each written together."""
    return [re.sub("['-]", "", word) for word in _typed(text)]


def _typed(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:['-][^\W\d_]+)*", _folded(text))


def _signs(text: str) -> str:
    return "".join(re.findall(r"[^\W_]", _folded(text)))


def _folded(text: str) -> str:
    """Small letters without accents, vowel signs or signs that nobody sees: the same word however it was typed."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(ONE_LETTER_FOR_ANOTHER))
    return "".join(x for x in apart if unicodedata.category(x) not in ("Mn", "Mc", "Me", "Cf"))
