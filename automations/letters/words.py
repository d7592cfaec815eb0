"""Words: somebody's own words made safe to print, and which signs our typefaces can show.

In: any text from a cell. Out: the same words without control signs; the signs that have no glyph.
Never here: markup of any kind. Words stay words; document.py keeps them inside text.
"""

import re
import unicodedata

from automations.errors import NeedsAPerson
from automations.letters.typeface import shown

JOINERS = "\u200c\u200d"
"""Zero-width signs that Persian and Bengali spelling needs; every other format sign is dropped."""
HUGE, PIECE = re.compile(r"\S{41,}"), re.compile(r"\S{24}(?=\S)")
"""A word too long for a line of large print gets a place to break after each 24 signs."""
OPEN_ISOLATE, CLOSE_ISOLATE, MAY_BREAK = "\u2068", "\u2069", "\u200b"
UNSEEN = frozenset(JOINERS + OPEN_ISOLATE + CLOSE_ISOLATE + MAY_BREAK + "\ufe0e\ufe0f")
"""Signs without a picture, which a typeface need not have."""


def clean(words: str) -> str:
    """The words on one line, without control, format and bidirectional signs."""
    spaced = " ".join(unicodedata.normalize("NFC", words).split())
    if spaced.isascii() and spaced.isprintable():
        return spaced  # most words by far, and none of their signs is left out
    kept = (sign for sign in spaced if sign in JOINERS or unicodedata.category(sign) not in {"Cc", "Cf", "Cs"})
    return "".join(kept).strip()


def fitted(words: str) -> str:
    """Clean words that keep to their place: a huge word may break, Arabic leaves what surrounds it alone."""
    ours = HUGE.sub(lambda word: PIECE.sub(lambda piece: piece.group() + MAY_BREAK, word.group()), clean(words))
    if not ours.isascii() and any(unicodedata.bidirectional(sign) in {"R", "AL", "AN"} for sign in ours):
        return OPEN_ISOLATE + ours + CLOSE_ISOLATE
    return ours


def not_shown(words: str) -> str | None:
    """The first sign that none of our typefaces has, as staff can read it; None if all can be shown."""
    if words.isascii() and words.isprintable():
        return None  # most words by far
    for sign in dict.fromkeys(words):
        if sign not in UNSEEN and ord(sign) not in shown():
            return f"{sign} (U+{ord(sign):04X})" if sign.isprintable() else f"U+{ord(sign):04X}"
    return None


def printable(words: str) -> str:
    """The same words. NeedsAPerson, naming the sign, where our typefaces have no picture for one of them."""
    if sign := not_shown(words):
        raise NeedsAPerson(f"Our letters cannot show the sign {sign}; write it another way.")
    return words
