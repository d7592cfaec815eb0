"""In words: what a message holds, field by field, for somebody who has no program to read it.

In: bytes that payload.py made. Out: a line for each field, in the order a person reads them.
Never here: a field that the bytes do not hold, a value left out, a choice of who may read it.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from automations.errors import Stop

FIRST = ("message", "form", "version", "reference", "replaces", "sender", "recall_contact", "number", "part", "name")
"""What is read before the rest; the rest keeps its order."""
CODES = frozenset((
    "message", "form", "part", "place", "strands", "kinds", "police_told", "safe_ways", "withheld",
    "narrative_left_out", "scope", "age_band", "sex", "ethnic_group", "religion", "orientation", "disability",
    "gender_identity",
))  # fmt: skip
"""Fields of codes, whose underscores are spaces. Everything else is shown as it is written."""
NOTHING = "(nothing)"
LABELS: Mapping[str, str] = {"basis": "Why they may be named", "record": "Our record of that"}
BASES: Mapping[str, str] = {
    "consent": "they agreed",
    "override": "two managers decided it; they did not agree",
    "unlawful_acts": "to prevent or detect unlawful acts",
    "safeguarding": "to protect somebody at risk",
    "own_agreement": "they are willing that what they saw is used",
}
RECORDS: Mapping[str, str] = {
    "Consents": "the answer",
    "Overrides": "the managers' decision",
    "Incidents": "the incident",
    "People": "the person",
}
"""What a record is of, by the table that it is in."""
RECORD = re.compile(rf"({'|'.join(RECORDS)}) (\S+)")
MONTH = re.compile(r"([0-9]{4}-[0-9]{2})")


@dataclass(frozen=True, slots=True)
class Line:
    """One field. `field` is its name with its place ("victim_2.name"), `under` and `label` are that in words.

    `words` is empty where the message says that there is nothing.
    """

    field: str
    under: str
    label: str
    words: str


def lines(payload: bytes) -> tuple[Line, ...]:
    """Every field of the message. Stop where the bytes are no message of ours."""
    try:
        told = json.loads(payload)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise Stop("What is to be told to a partner is no message of ours.")
    return tuple(_of(told, "", ""))


def text(payload: bytes) -> str:
    """The message as plain text: a heading for each part, a line for each field."""
    said: list[str] = []
    under = None
    for line in lines(payload):
        if line.under != under:
            said += ["", line.under or "The message", ""]
            under = line.under
        said.append(f"{line.label}: " + "\n    ".join(line.words.splitlines() or [NOTHING]))
    return "\n".join(said[1:]) + "\n"


def _of(told: Mapping[str, Any], path: str, under: str) -> Iterator[Line]:
    """The plain fields of one part, then the parts within it."""
    names = sorted(told, key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST))
    plain = [name for name in names if not _parts(told[name])]
    for name in plain:
        yield Line(path + name, under, LABELS.get(name) or _label(name), _words(name, told[name]))
    for name in names:
        if isinstance(told[name], dict):
            yield from _of(told[name], f"{path}{name}.", _within(under, _label(name)))
        elif name not in plain:
            yield from _each(name, told[name], path, under)


def _each(name: str, several: list[Any], path: str, under: str) -> Iterator[Line]:
    """Each of several, numbered; people are called by their part in it."""
    count: Counter[str] = Counter()
    for one in several:
        known = one if isinstance(one, dict) else {name: one}
        called = str(known.get("part", name)) if name == "people" else name
        count[called] += 1
        number = count[called]
        place = called if number == 1 else f"{called}_{number}"
        yield from _of(known, f"{path}{place}.", _within(under, f"{_label(called)} {number}"))


def _parts(value: Any) -> bool:
    """Whether a value has fields of its own."""
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(x, dict | list) for x in value))


def _within(under: str, name: str) -> str:
    return f"{under}, {name[0].lower()}{name[1:]}" if under else name


def _label(name: str) -> str:
    words = name.replace("_", " ").strip() or "-"
    return words[0].upper() + words[1:]


def _words(name: str, value: Any) -> str:
    match value:
        case list():
            return "; ".join(_words(name, each) for each in value)
        case bool():
            return "yes" if value else "no"
        case None:
            return ""
        case str() if name == "basis":
            return BASES.get(value, value)
        case str() if name == "record" and (found := RECORD.fullmatch(value)):
            return f"{RECORDS[found[1]]}, number {found[2]}"
        case str() if name in CODES:
            return value.replace("_", " ").replace("cdrp", "CDRP")
        case str() if name.endswith(("_at", "_on")) or name.startswith("month_"):
            return _when(value)
        case _:
            return str(value)


def _when(value: str) -> str:
    """A day, a month, or an instant by the clock in London; what is none of these as it is written."""
    try:
        if MONTH.fullmatch(value):
            return f"{date.fromisoformat(f'{value}-01'):%B %Y}"
        if len(value) == len("2026-02-28"):
            return _day(date.fromisoformat(value))
        at = datetime.fromisoformat(value)
    except ValueError:
        return value
    if at.tzinfo is None:
        return value
    at = at.astimezone(ZoneInfo("Europe/London"))
    return f"{_day(at)} at {at:%H:%M}"


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
