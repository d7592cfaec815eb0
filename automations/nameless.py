"""Nameless: staff's own words with the part a person plays in the place of a name.

In: free text, and everybody on the case and in the office. Out: the same text in which none of them is named.
Never here: a promise about people whom nobody entered; our own sentences, which name nobody.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cached_property

from automations.model import Case, Office

NO_NAMES = frozenset((
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    "mister", "miss", "the", "doctor", "person",
))  # fmt: skip
"""Words of a date and of an address, whoever is called so: they stay where they stand alone."""
TYPED_ALIKE = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'", "\u2010": "-", "\u2011": "-"})
"""Apostrophes and hyphens in place of the plain ones."""
LEAST = 3
"""Signs that a part of a name has at least: shorter ones are words of their own too often."""


class Nameless:
    """Takes the names of one case out. They are gathered when the first words ask for it."""

    def __init__(self, case: Case, office: Office) -> None:
        self._case, self._office = case, office

    def said(self, words: str | None) -> str:
        """The words on one line, "[Victim]" where a name or a part of one stood. "" for none."""
        line = " ".join((words or "").split())
        small, at = _folded(line)
        there = sorted((name for name in self._stands_for if name in small), key=len, reverse=True)
        if not there:
            return line
        out, done = "", 0
        for found in re.finditer(r"\b(?:" + "|".join(map(re.escape, there)) + r")\b", small):
            out += f"{line[done : at[found.start()]]}[{self._stands_for[found.group()]}]"
            done = at[found.end()]
        return out + line[done:]

    @cached_property
    def _stands_for(self) -> Mapping[str, str]:
        """Each name, whole or in part, in small letters. People on the case come before staff of the same name."""
        found: dict[str, str] = {}
        people = ((p.name, p.role) for p in self._case.people)
        staff = ((s.name, s.role) for s in self._office.staff)
        for name, role in (*people, *staff):
            words, part = _folded(name or "")[0].split(), str(role or "Somebody")
            if words:
                found.setdefault(" ".join(words), part)
            for word in (*words, *(part_of for whole in words for part_of in re.split("['-]", whole))):
                if len(word) >= LEAST and word not in NO_NAMES:
                    found.setdefault(word, part)
        return found


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """Small letters without accents, however they were typed; and where in the text each of them, and its end, was."""
    if text.isascii():
        return text.lower(), range(len(text) + 1)
    small, at = "", list[int]()
    for place, letter in enumerate(text):
        apart = unicodedata.normalize("NFKD", letter.casefold().translate(TYPED_ALIKE))
        kept = "".join(x for x in apart if unicodedata.category(x) != "Mn")
        small += kept
        at += [place] * len(kept)
    return small, [*at, len(text)]
