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
from typing import Any, get_type_hints

AS_JSON = json.JSONEncoder(default=str, sort_keys=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Landlord:
    """Who writes. `neutral_sender` is the only name that shows without opening the letter."""

    name: str
    address: tuple[str, ...]
    telephone: str
    email: str
    neutral_sender: str
    out_of_hours: str | None = None
    """A telephone number answered when the office is closed; None where there is none."""
    logo: Path | None = None
    """A PNG, JPEG or SVG picture. It decorates the letter and says nothing that the words do not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerFacts:
    """How to reach the officer who looks after the case (HC-024). None: not known."""

    name: str | None = None
    job_title: str | None = None
    office: str | None = None
    email: str | None = None
    telephone: str | None = None
    mobile: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What every letter has, whoever reads it: who writes, to whom, about which case, on what day."""

    landlord: Landlord
    reference: str
    recipient_name: str | None
    recipient_address: tuple[str, ...]
    officer: OfficerFacts
    dated: date | None = None
    """The day on the letter. It is when it was written, not what it says: no part of the fingerprint."""


def paths(kind: type[Any], before: str = "") -> Iterator[str]:
    """Every fact that a template for this reader may name, such as `reference` and `officer.email`."""
    for name, hint in get_type_hints(kind).items():
        yield before + name
        if isinstance(hint, type) and is_dataclass(hint):
            yield from paths(hint, f"{before}{name}.")


def named(facts: Any) -> Iterator[tuple[str, Any]]:
    """Each fact with its name, those of the officer and the landlord included."""
    kind: Any = type(facts)
    for name in _names(kind):
        value = getattr(facts, name)
        if is_dataclass(value):
            yield from ((f"{name}.{each}", inner) for each, inner in named(value))
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
