"""Names in words: whether what somebody wrote has a word of a name in it, however it was typed.

In: words of an officer's or a code of a partner's, and people. Out: yes or no.
Never here: an attempt to cut a name out (nameless.py); a nickname, a slip of the pen or a description.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from automations.model import Person

NOT_A_NAME = frozenset({"a", "and", "boy", "dr", "girl", "i", "known", "man", "miss", "mr", "mrs", "ms", "mx", "name",
                        "neighbour", "not", "the", "unknown", "woman"})  # fmt: skip
"""Words typed where a name is not known, or before one; they would hold back nearly every text."""

ONE_LETTER_FOR_ANOTHER = str.maketrans({
    "\u0142": "l", "\u00f8": "o", "\u0111": "d", "\u00f0": "d", "\u0131": "i", "\u00e6": "ae", "\u0153": "oe",
    "\u00fe": "th", "\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u02bb": "'", "`": "'", "\u2010": "-", "\u2011": "-",
    "\u0640": None,
})  # fmt: skip
"""What people type in place of a letter that their keyboard lacks, and the stroke that only stretches Arabic."""


def names(text: str, people: Iterable[Person], besides: str = "") -> bool:
    """Whether the text has a word of the name of one of these people, other than the words of `besides`.

    Words of any length count, with or without accents, vowel signs, apostrophes and hyphens, and so do words
    of a name run together. Longer ones, and other scripts, are found inside a word too: "andAhmad".
    """
    words, run_together, own = set(_words(text)), "".join(_together(text)), set(_words(besides))
    for stretch in (x for who in people for x in stretches(who.name or "") if not set(x) <= own):
        joined = "".join(stretch)
        inside = not joined.isascii() or len(joined) >= (4 if len(stretch) > 1 else 6)
        if joined in words or (inside and joined in run_together):
            return True
    return False


def stretches(name: str) -> list[tuple[str, ...]]:
    """Each word of a name, and each run of words that follow each other; none that is only "the unknown man"."""
    together = _together(name)
    found = [*_runs(together), *((word,) for word in _words(name) if word not in together)]
    return [stretch for stretch in found if not set(stretch) <= NOT_A_NAME]


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
    return re.findall(r"[^\W\d_]+(?:['-][^\W\d_]+)*", folded(text))


def folded(text: str) -> str:
    """Small letters without accents, vowel signs or signs that nobody sees: the same word however it was typed."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(ONE_LETTER_FOR_ANOTHER))
    return "".join(x for x in apart if unicodedata.category(x) not in ("Mn", "Mc", "Me", "Cf"))
