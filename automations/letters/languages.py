"""Languages: the folders of letter_templates, one a language, and what each says around a letter.

In: what stands on a person's row as their language. Out: its folder, its days and page numbers, its lists of words.
Never here: a machine that translates. A language without a folder is a translator's, and so is a letter missing in one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from automations.errors import Stop
from automations.letters.words import clean

FOLDER = Path(str(files("letter_templates")))
OURS = "en"
"""The language that every letter is written in first."""
HEAD = "language.yaml"
LISTS = ("options.yaml", "works.yaml")
"""Words that letters take from a list: the plan's options, and what a charge is for."""
FIELDS = frozenset({"name", "tag", "title", "page", "dated", "weekdays", "months"})
PLACES = {"title": ["reference"], "page": ["page", "pages"], "dated": ["day", "month", "year"]}
"""What has to stand in braces in each line; the day of the week may stand in a date too."""
PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Language:
    """What one language says around a letter. `name` is as staff enter it in People; `tag` as files say it: en-GB."""

    name: str
    tag: str
    title: str
    page: str
    dated: str
    weekdays: tuple[str, ...]
    months: tuple[str, ...]

    def day(self, when: date) -> str:
        """A day as it is read aloud: Tuesday 3 November 2026."""
        return self.dated.format(
            weekday=self.weekdays[when.weekday()], day=when.day, month=self.months[when.month - 1], year=when.year
        )

    @property
    def page_words(self) -> tuple[str, str, str]:
        """Before the page's number, between it and how many there are, and after."""
        before, _, rest = self.page.partition("{page}")
        between, _, after = rest.partition("{pages}")
        return before, between, after


def folders() -> tuple[str, ...]:
    """The languages that letters are written in, each by its folder."""
    return tuple(sorted(path.parent.name for path in FOLDER.glob(f"*/{HEAD}")))


def letters(folder: str) -> Mapping[str, Path]:
    """The letters that are written in that language, by name."""
    return {path.stem: path for path in FOLDER.glob("*/*.md") if path.parent.name == folder}


@cache
def language(folder: str) -> Language:
    """What that folder says around a letter. Stop, naming the file, where it does not say all of it."""
    where = f"letter_templates/{folder}/{HEAD}"
    told = _mapping(folder, HEAD)
    if set(told) != FIELDS:
        raise Stop(f"{where}: it needs {', '.join(sorted(FIELDS))}, and nothing else.")
    lines = {name: told[name] for name in FIELDS - {"weekdays", "months"}}
    lists = {name: told[name] for name in ("weekdays", "months")}
    whole = all(isinstance(words, list) and all(_said(word) for word in words) for words in lists.values())
    if not whole or [len(lists["weekdays"]), len(lists["months"])] != [7, 12] or not all(map(_said, lines.values())):
        raise Stop(f"{where}: it needs seven weekdays from Monday on, twelve months, and words for the rest.")
    for name, wanted in PLACES.items():
        found = PLACE.findall(lines[name])
        kept = sorted(each for each in found if each != "weekday") if name == "dated" else found
        if kept != wanted or set(PLACE.sub("", lines[name])) & set("{}"):
            raise Stop(f"{where}: {name} needs {' and '.join(f'{{{each}}}' for each in wanted)}.")
    return Language(**lines, weekdays=tuple(lists["weekdays"]), months=tuple(lists["months"]))


@cache
def listed(folder: str, file: str) -> Mapping[str, str]:
    """A list of words of that folder. Stop, naming it, where its names are not those of our own list."""
    told = _mapping(folder, file)
    if not all(map(_said, told.values())) or (folder != OURS and set(told) != set(listed(OURS, file))):
        raise Stop(f"letter_templates/{folder}/{file}: it needs the names that {OURS}/{file} has, each with its words.")
    return told


def folder_of(asked: str | None) -> str | None:
    """The folder for whoever reads that language; ours where nobody said; None where a translator is needed."""
    wanted = clean(asked or "").casefold()
    if not wanted:
        return OURS
    for folder in folders():
        try:
            if language(folder).name.casefold() == wanted:
                return folder
        except Stop:
            continue  # whoever puts it right is told by `casewatch letter check`
    return None


def _mapping(folder: str, file: str) -> dict[str, Any]:
    try:
        told = yaml.safe_load((FOLDER / folder / file).read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        told = None
    if not isinstance(told, dict):
        raise Stop(f"letter_templates/{folder}/{file}: it is not there, or cannot be read.")
    return told


def _said(words: object) -> bool:
    return isinstance(words, str) and bool(clean(words))
