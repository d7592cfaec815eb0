"""Shared facts: what every letter has, whoever reads it, and how facts are listed and marked.

In: facts of any reader. Out: their names, their values, a fingerprint.
Never here: a field about anybody but who writes and who reads.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

AS_JSON = json.JSONEncoder(default=str, sort_keys=True)
EACH = "[]"
"""In the name of a fact: each of several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Landlord:
    """Who writes. `neutral_sender` is the only name that shows without opening the letter."""

    name: str
    """The landlord."""
    address: tuple[str, ...]
    """Its address, by line; the layout prints it."""
    telephone: str
    """Its telephone number; the layout prints it."""
    email: str
    """Its e-mail address; the layout prints it."""
    neutral_sender: str
    """The sender's name where others may see it."""
    out_of_hours: str | None = None
    """A telephone number answered when the office is closed, where there is one."""
    logo: Path | None = None
    """A PNG, JPEG or SVG picture. It decorates the letter and says nothing that the words do not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerFacts:
    """How to reach the officer who looks after the case (HC-024). None: not known."""

    name: str | None = None
    """Who looks after the case."""
    job_title: str | None = None
    """Their job title."""
    office: str | None = None
    """Their office address."""
    email: str | None = None
    """Their e-mail address."""
    telephone: str | None = None
    """Their direct line."""
    mobile: str | None = None
    """Their mobile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What every letter has, whoever reads it: who writes, to whom, about which case, on what day."""

    landlord: Landlord
    """Who writes."""
    reference: str
    """The case number."""
    recipient_name: str | None
    """The reader's name; the layout prints it in the window too."""
    recipient_address: tuple[str, ...]
    """The lines of the address; the layout prints them in the window."""
    officer: OfficerFacts
    """The officer who looks after the case."""
    dated: date | None = None
    """The day on the letter; the layout prints it."""
    # It is when the letter was written, not what it says: no part of the fingerprint.


def paths(kind: type[Any], before: str = "") -> Iterator[str]:
    """Every fact that a template for this reader may name: `reference`, `officer.email`, `agreed[].what`.

    `[]` stands for each of several: `{% for line in agreed %}{{ line.what }}{% endfor %}` asks for `agreed[].what`.
    """
    for name, hint in get_type_hints(kind).items():
        yield before + name
        yield from _inside(hint, before + name)


def _inside(hint: Any, path: str) -> Iterator[str]:
    """The facts within a fact: those of an officer, of the landlord, or of each item of several."""
    if get_origin(hint) in {Union, UnionType}:
        for each in get_args(hint):
            yield from _inside(each, path)
    elif get_origin(hint) is tuple:
        item = get_args(hint)[0]
        yield from _inside(item, path + EACH) if is_dataclass(item) else (path + EACH,)
    elif isinstance(hint, type) and is_dataclass(hint):
        yield from paths(hint, f"{path}.")


def named(facts: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Each fact with its name, those of the officer and the landlord included. Items count from one: `agreed[1].what`.

    Several strings are one fact, and so are several items of which there are none.
    """
    kind: Any = type(facts)
    for name in _names(kind):
        yield from _named(getattr(facts, name), before + name)


def _named(value: Any, name: str) -> Iterator[tuple[str, Any]]:
    if is_dataclass(value):
        yield from named(value, f"{name}.")
    elif isinstance(value, tuple) and any(map(is_dataclass, value)):
        for number, item in enumerate(value, 1):
            yield from _named(item, f"{name}[{number}]")
    else:
        yield name, value


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind))


def fingerprint(facts: Facts, *, large: bool, language: str) -> str:
    """A short mark that changes exactly when the content of the letter would."""
    said = {name: value for name, value in named(facts) if name != "dated"}
    whole = AS_JSON.encode([type(facts).__name__, said, large, language])
    return hashlib.sha256(whole.encode()).hexdigest()[:16]
