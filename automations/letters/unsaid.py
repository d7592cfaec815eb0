"""Unsaid: whether what an officer wrote for one side's reader tells who was harmed, who saw it or who told us.

In: a case, the words, whom they may name. Out: a sentence for staff, without a name; "" where nothing was found.
Never here: words mended. It is a second look: what an officer writes for a reader is the officer's to answer for.
"""

import re
from collections.abc import Iterable, Iterator

from automations.letters.words import clean
from automations.model import Case, Person
from automations.postcodes import in_text, written
from schema import choices as c

OUR_READERS = (c.PersonRole.PERPETRATOR, c.PersonRole.TENANT)
"""Those of the alleged perpetrator's home may be named to one another."""
NAME = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr"})
ENOUGH = 7
"""Figures of a telephone number, from its end, that tell whose it is."""


def tells_of_another(case: Case, said: Iterable[str | None], *, to: Person | None, homes: bool = True) -> str:
    """A sentence where the words name somebody whom the reader must not know of; else "".

    `to` None: the reader is nobody on the case, and nobody on it is named. `homes`: whether an address counts too;
    a contractor has to know where the work is.
    """
    harmed = {id for i in case.incidents for id in (*i.victim_ids, *i.witness_ids)}
    ours = [p for p in case.people if to and (p.id == to.id or (p.role in OUR_READERS and p.id not in harmed))]
    others = [p for p in case.people if p not in ours]
    allowed = {mark for p in ours for mark in (*_names(p), *_ways(p), *_homes(p))}
    text = clean(" ".join(words for words in said if words))
    if any(_holds(text, mark) for p in others for mark in _names(p) if mark not in allowed):
        return "What is written for this reader names somebody whom they must not be told of: take the name out."
    if any(mark in _plain(text) for p in others for mark in _ways(p) if mark not in allowed):
        return "What is written for this reader holds somebody else's telephone number or e-mail: take it out."
    if homes and any(mark in _plain(text) for p in others for mark in _homes(p) if mark not in allowed):
        return "What is written for this reader says where somebody else lives: take the address out."
    return ""


def _names(person: Person) -> Iterator[str]:
    """The name, and each part of it, in small letters."""
    name = clean(person.name or "").casefold()
    if name:
        yield name
    yield from (part for part in NAME.findall(name) if len(part) > 1 and part not in TITLES)


def _holds(text: str, name: str) -> bool:
    """Whether a name stands there as a name: a part of it only with a capital, where its letters have capitals."""
    whole = " " in name
    for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE):
        said = found.group()
        if whole or said != said.lower() or said.upper() == said.lower():
            return True
    return False


def _ways(person: Person) -> Iterator[str]:
    figures = re.sub(r"\D", "", person.telephone or "")
    if len(figures) >= ENOUGH:
        yield figures[-ENOUGH:]
    if mail := _plain(person.email or ""):
        yield mail


def _homes(person: Person) -> Iterator[str]:
    """The postcode, and each line of the address with a number and a name in it."""
    for code in (person.postcode, in_text(person.address)):
        if plain := _plain(written(code or "")):
            yield plain
    for line in re.split(r"[,\n]", person.address or ""):
        if re.search(r"\d", line) and len(re.findall(r"[^\W\d_]{2,}", line)) > 1:
            yield _plain(line)


def _plain(text: str) -> str:
    """Small letters and figures alone, so that spaces and full stops hide nothing."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())
