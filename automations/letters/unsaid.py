"""Unsaid: whether what an officer wrote for one side's reader tells who was harmed, who saw it or who told us.

In: a case, the words, whom they may name. Out: a sentence for staff, without a name; "" where nothing was found.
Never here: words mended. It is a second look: what an officer writes for a reader is the officer's to answer for.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace

from automations.letters.called import forms, in_figures
from automations.letters.words import clean
from automations.model import Case, Person
from automations.model.homes import same_home
from automations.postcodes import in_text, written
from schema import choices as c

OUR_READERS = (c.PersonRole.PERPETRATOR, c.PersonRole.TENANT)
"""Those of one home on the alleged perpetrator's side may be named to one another, and to nobody outside it."""
NAME = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr"})
TITLED = re.compile(rf"\b(?:{'|'.join(sorted(TITLES))})\.? $", re.IGNORECASE)
TYPED_ALIKE = str.maketrans({"\u2018": "'", "\u2019": "'", "\u02bc": "'", "`": "'", "\u2010": "-", "\u2011": "-"}) | (
    str.maketrans(
        {"ß": "ss", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "æ": "ae", "Æ": "Ae"}
    )
)
"""Signs in place of those that are typed for them; accents are taken off besides."""
LEAST = 3
"""Signs that one side of a hyphen or an apostrophe has at least to stand for the name."""
ENOUGH = 7
"""Figures of a telephone number, from its end, that tell whose it is."""


def tells_of_another(
    case: Case, said: Iterable[str | None], *, to: Person | None, about: Person | None = None, homes: bool = True
) -> str:
    """A sentence where the words name somebody whom the reader must not know of; else "".

    `to` None: the reader is nobody on the case, and nobody on it is named. `about`: whose copy it is. `homes`: whether
    an address counts too; a contractor has to know where the work is.
    """
    ours = _theirs(case, to, about)
    others = [p for p in case.people if p not in ours]
    allowed = {mark for p in ours for mark in (*_names(p), *_called(p), *_initials(p), *_ways(p), *_homes(p))}
    text = _bare(clean(" ".join(words for words in said if words)))
    if any(_holds(text, mark) for p in others for mark in (*_names(p), *_called(p)) if mark not in allowed):
        return "What is written for this reader names somebody whom they must not be told of: take the name out."
    if any(_shows(text, mark) for p in others for mark in _initials(p) if mark not in allowed):
        return "What is written for this reader has letters in it that are somebody's initials: write it without them."
    plain = {_plain(text), _plain(in_figures(text))}
    if any(mark in each for each in plain for p in others for mark in _ways(p) if mark not in allowed):
        return "What is written for this reader holds somebody else's telephone number or e-mail: take it out."
    if homes and any(mark in each for each in plain for p in others for mark in _homes(p) if mark not in allowed):
        return "What is written for this reader says where somebody else lives: take the address out."
    return ""


def tells_of_a_witness(case: Case, said: Iterable[str | None], *, to: Person) -> str:
    """As above, for whoever was harmed: the words tell of a witness who has not said that we may use it (HC-080)."""
    seen = {id for i in case.incidents for id in i.witness_ids}
    harmed = {id for i in case.incidents for id in i.victim_ids}
    kept = [
        p for p in case.people
        if (p.role is c.PersonRole.WITNESS or p.id in seen)
        and p.evidence_use is not c.WitnessUse.WILLING and p.id not in {to.id, *harmed}
    ]  # fmt: skip
    return tells_of_another(replace(case, people=(to, *kept)), said, to=to)


def _theirs(case: Case, to: Person | None, about: Person | None) -> list[Person]:
    """The reader, whose copy it is, and who is known to share the home of either; never who was harmed."""
    if to is None:
        return []
    harmed = {id for i in case.incidents for id in (*i.victim_ids, *i.witness_ids)}
    known = [to, *([about] if about else [])]
    return [
        p for p in case.people
        if p in known or (p.role in OUR_READERS and p.id not in harmed and any(same_home(p, one) for one in known))
    ]  # fmt: skip


def _bare(text: str) -> str:
    """The same words without accents, and with one kind of apostrophe and hyphen; capitals stay."""
    apart = unicodedata.normalize("NFKD", text.translate(TYPED_ALIKE))
    return "".join(sign for sign in apart if unicodedata.category(sign) != "Mn")


def _names(person: Person) -> Iterator[str]:
    """The name, each part of it, and each side of a hyphen or an apostrophe, in small letters."""
    name = _bare(clean(person.name or "")).casefold()
    if name:
        yield name
    for part in NAME.findall(name):
        if len(part) > 1 and part not in TITLES:
            yield part
        yield from (side for side in re.split("['-]", part) if side != part and len(side) >= LEAST)


def _called(person: Person) -> frozenset[str]:
    """What else they may be called: a first name made shorter, and the name as it is said of a family."""
    name = _bare(clean(person.name or "")).casefold()
    family, _, given = name.rpartition(",")  # "Sample, Ann", as some records have it
    parts, first = _parts(name), _parts(given) if family else _parts(name)[:-1] or _parts(name)
    if name.upper() == name:
        return frozenset()  # in letters without capitals the beginning of a name is a word
    return forms(parts, first)


def _parts(name: str) -> list[str]:
    return [part for part in NAME.findall(name) if len(part) > 1 and part not in TITLES]


def _initials(person: Person) -> Iterator[str]:
    """The first letters of all its parts, and of the first and the last, where a name has two parts or more."""
    parts = [part for part in NAME.findall(_bare(clean(person.name or "")).casefold()) if part not in TITLES]
    if len(parts) > 1:
        first = "".join(part[0] for part in parts).upper()
        yield from {first, first[0] + first[-1]}


def _shows(text: str, initials: str) -> bool:
    """Whether initials stand there as capitals, with full stops and spaces or without."""
    if not initials.isascii():
        return False  # in letters without capitals two of them are a word
    return bool(re.search(r"(?<!\w)" + r"\.? ?".join(initials) + r"(?!\w)", text))


def _holds(text: str, name: str) -> bool:
    """Whether a name stands there as a name: a part of it only with a capital or after a title, where its letters have
    capitals.
    """
    whole = " " in name
    for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE):
        said = found.group()
        if whole or said != said.lower() or said.upper() == said.lower() or TITLED.search(text[: found.start()]):
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
    for line in re.split(r"[,\n]", in_figures(person.address or "")):
        if re.search(r"\d", line) and len(re.findall(r"[^\W\d_]{2,}", line)) > 1:
            yield _plain(line)


def _plain(text: str) -> str:
    """Small letters and figures alone, so that spaces and full stops hide nothing."""
    return "".join(sign for sign in _bare(text).casefold() if sign.isalnum())
