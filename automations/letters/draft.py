"""Draft: from a case to a letter that may be written, or the reason why there is none.

In: what a letter is written from, and its kind. Out: a Draft, or Held, or Missing.
Never here: a platform, a clock, the sending. A letter with a hole in it is not made.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from automations.errors import Stop
from automations.letters.catalogue import CATALOGUE
from automations.letters.document import document
from automations.letters.facts import AT_HOME, Facts, fingerprint, named
from automations.letters.facts.shared import EACH
from automations.letters.languages import OURS, folder_of, letters
from automations.letters.pdf import set_in_type
from automations.letters.template import template
from automations.letters.words import clean, fitted, not_shown
from automations.letters.writing import Writing
from schema import choices as c

NUMBER = re.compile(r"\[(\d+)\]")
LINES, LINE = 6, 34
"""What the window of an envelope shows: this many lines, of about this many signs each."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter that may be written. `render` makes the PDF when it is called, `render_word` a draft to edit in Word.

    The files' names end in the first signs of the fingerprint: other facts make another file.
    """

    fingerprint: str
    file_name: str
    audience: str
    render: Callable[[], bytes] = field(compare=False, repr=False)
    render_word: Callable[[], bytes] = field(compare=False, repr=False)

    @property
    def word_name(self) -> str:
        """The name of the Word draft's file."""
        return self.file_name.removesuffix(".pdf") + ".docx"


@dataclass(frozen=True, slots=True)
class Held:
    """It is not safe to write this letter. `why` is one sentence for staff, without a name."""

    why: str


@dataclass(frozen=True, slots=True)
class Untranslated(Held):
    """It may be written, and not by us: a translator puts it into the reader's language. Never a machine."""


@dataclass(frozen=True, slots=True)
class Missing:
    """The letter would have a hole in it. `facts` says what is missing, in staff's words."""

    facts: tuple[str, ...]


def draft(of: Writing, kind: c.LetterKind, made_from: str | None = None) -> Draft | Held | Missing:
    """The letter of that kind, if it may be written and nothing is missing.

    `made_from` is the fingerprint of a draft that stands: the same facts have no hole. A template that is broken
    keeps this letter from being made and no other: where it is broken is among what is missing. KeyError: no letter
    of that kind is in the catalogue.
    """
    entry = CATALOGUE[kind]
    if why := entry.held(of):
        return Held(why)
    facts = entry.gather(of)
    reader = of.to if isinstance(facts, AT_HOME) else None
    if reader and (why := no_translation(kind, reader.language)):
        return Untranslated(why)
    language = (reader and folder_of(reader.language)) or OURS
    large = bool(reader and reader.large_print)
    try:
        words = template(entry.template, language)
        facts = facts if language == OURS else entry.gather(replace(of, language=language))
    except Stop as broken:
        return Missing((f"a template without a fault ({broken.detail.rstrip('.')})",))
    mark = fingerprint(facts, large=large, language=language)
    if mark != made_from and (missing := _missing(words.needs, facts)):
        return Missing(missing)
    return Draft(
        fingerprint=mark,
        file_name=f"{of.case.reference} letter {mark[:6]}.pdf",
        audience=words.audience,
        render=partial(render_pdf, entry.template, facts, large=large, language=language),
        render_word=partial(render_word, entry.template, facts, large=large, language=language),
    )


def render_pdf(name: str, facts: Facts, *, large: bool, language: str) -> bytes:
    """The letter of that name as a PDF, from facts that may be a sample's."""
    return set_in_type(document(template(name, language), facts), facts, large=large, language=language)


def render_word(name: str, facts: Facts, *, large: bool, language: str) -> bytes:
    """The letter of that name as a Word draft, from facts that may be a sample's."""
    from automations.letters.word import typed  # python-docx is read where a draft is wanted, and not by every pass

    return typed(document(template(name, language), facts), facts, large=large, language=language)


def no_translation(kind: c.LetterKind, language: str | None) -> str:
    """Why a letter of that kind waits for a translator; "" where it is there in that language (HC-054)."""
    asked, folder = clean(language or ""), folder_of(language)
    if folder and (folder == OURS or CATALOGUE[kind].template in letters(folder)):
        return ""
    is_a_word = re.fullmatch(r"[^\W\d_]{2,20}", asked)
    return f"A letter in {asked if is_a_word else 'the language asked for'} needs a translator."


def _missing(needs: Mapping[str, str], facts: Facts) -> tuple[str, ...]:
    """Each fact that the letter cannot do without, or cannot show, in the words of the template's head."""
    gaps: list[str] = []
    for path, value in named(facts):
        if NUMBER.sub(EACH, path) in needs and not value:
            gaps.append(_in_words(path, needs))
        elif sign := not_shown(_text(value)):
            gaps.append(f"{_in_words(path, needs)} without the sign {sign}, which our letters cannot show")
        elif path == "recipient_address" and _lines(facts) > LINES:
            said = _in_words(path, needs)
            gaps.append(f"{said} in at most {LINES} lines with the name, to fit the window of an envelope")
    return tuple(gaps)


def _in_words(path: str, needs: Mapping[str, str]) -> str:
    """What staff call a fact. Of several, which one: "what was agreed, number 2"."""
    of, _, inside = path.rpartition("]")
    numbers = "".join(f", number {n}" for n in NUMBER.findall(path))
    if said := needs.get(NUMBER.sub(EACH, path)):
        return said + numbers
    if of:
        return f"{_in_words(of.partition('[')[0], needs)}{numbers}, {inside.removeprefix('.').replace('_', ' ')}"
    return "the " + path.replace(".", "'s ").replace("_", " ")


def _text(value: Any) -> str:
    several = value if isinstance(value, tuple) else (value,)
    return fitted(" ".join(each for each in several if isinstance(each, str)))


def _lines(facts: Facts) -> int:
    return sum(-(-len(line) // LINE) for line in (facts.recipient_name or "", *facts.recipient_address))
