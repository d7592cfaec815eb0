"""Nameless: staff's own words with the part a person plays in the place of a name.

In: free text, and everybody on the case and in the office. Out: the same text in which none of them is named.
Never here: a promise about people whom nobody entered; our own sentences, which name nobody.
"""

import re
from collections.abc import Mapping
from functools import cached_property

from automations.model import Case, Office

NO_NAMES = frozenset((
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    "mister", "miss", "the", "doctor", "person",
))  # fmt: skip
"""Words of a date and of an address, whoever is called so: they stay where they stand alone."""
LEAST = 3
"""Signs that a part of a name has at least: shorter ones are words of their own too often."""


class Nameless:
    """Takes the names of one case out. They are gathered when the first words ask for it."""

    def __init__(self, case: Case, office: Office) -> None:
        self._case, self._office = case, office

    def said(self, words: str | None) -> str:
        """The words on one line, "[Victim]" where a name or a part of one stood. "" for none."""
        line = " ".join((words or "").split())
        small = line.lower()
        there = sorted((name for name in self._stands_for if name in small), key=len, reverse=True)
        if not there:
            return line
        pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, there)) + r")\b", re.IGNORECASE)
        return pattern.sub(lambda found: f"[{self._stands_for[found.group().lower()]}]", line)

    @cached_property
    def _stands_for(self) -> Mapping[str, str]:
        """Each name, whole or in part, in small letters. People on the case come before staff of the same name."""
        found: dict[str, str] = {}
        people = ((p.name, p.role) for p in self._case.people)
        staff = ((s.name, s.role) for s in self._office.staff)
        for name, role in (*people, *staff):
            words, part = (name or "").lower().split(), str(role or "Somebody")
            if words:
                found.setdefault(" ".join(words), part)
            for word in words:
                if len(word) >= LEAST and word not in NO_NAMES:
                    found.setdefault(word, part)
        return found
