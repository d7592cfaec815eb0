"""Translated: whether a letter in another language has every point of ours, in its order and with its facts.

In: two texts of one letter. Out: lines and sentences, none where they are alike.
Never here: a judgement of the words themselves. A translator answers for those.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any, NamedTuple

import yaml

from automations.letters.words import not_shown

TAG, FACT = re.compile(r"\{%.*?%\}"), re.compile(r"\{\{.*?\}\}")
WORD = re.compile(r"[^\W\d_]{2,}")
KINDS = (
    (r"(#+) ", "a heading"), (r"- ", "a point of a list"), (r"\d+\. ", "a numbered point"), (r"\|", "a row of a table"),
    (r"> ", "a quotation"), (r"_{4,}$", "a line to write on"),
)  # fmt: skip
ALIKE = ("audience", "clause")
"""What the head says of the letter, whatever the language."""
STILL_OURS = 4
"""Words of a line that are the English ones, so that nobody put it into the language."""


class Point(NamedTuple):
    """One thing that a letter says: what it is, the `if` and `for` about it, its facts in any order, and its line."""

    what: str
    logic: tuple[str, ...]
    facts: tuple[str, ...]
    line: int
    text: str


def unlike(theirs: str, ours: str) -> list[tuple[int, str]]:
    """Where a translation differs from our own letter in more than its words. Both are texts that can be read."""
    return [*_heads(_head(theirs), _head(ours)), *_bodies(theirs, ours)]


def _heads(theirs: Mapping[str, Any], ours: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    for name in ALIKE:
        if str(theirs[name]) != str(ours[name]):
            yield 1, f"{name} is not as in the English letter."
    if set(theirs["needs"]) != set(ours["needs"]):
        yield 1, "needs does not name the same facts as the English letter."


def _bodies(theirs: str, ours: str) -> Iterator[tuple[int, str]]:
    """The first point that is missing, added or another; and each line that cannot be printed or is still English."""
    for mine, other in zip_longest(_points(theirs), _points(ours)):
        if mine is None:
            yield theirs.count("\n") + 1, f"{other.what} is missing that the English letter has on line {other.line}."
            return
        if other is None or mine[:3] != other[:3]:
            there = f"line {other.line}: {_told(other)}" if other else "its end"
            yield mine.line, f"It says {_told(mine)}, where the English letter has on {there}."
            return
        said = TAG.sub(" ", FACT.sub(" ", mine.text))
        if sign := not_shown(said):
            yield mine.line, f"Our letters cannot show the sign {sign}."
        if mine.text == other.text and len(WORD.findall(said)) >= STILL_OURS:
            yield mine.line, "It is still in English."


def _points(source: str) -> Iterator[Point]:
    above, body = source.split("---\n", 2)[1].count("\n") + 2, source.split("---\n", 2)[2]
    before: Point | None = None
    for number, line in enumerate(body.split("\n"), above + 1):
        text = line.strip()
        point = Point(_kind(text), *_inside(text), number, text) if text else None
        if point and before and point.what == before.what == "a paragraph":
            before = Point(before.what, before.logic + point.logic, tuple(sorted(before.facts + point.facts)),
                           before.line, f"{before.text} {text}")  # fmt: skip
            continue
        if before:
            yield before
        before = point
    if before:
        yield before


def _kind(text: str) -> str:
    if TAG.fullmatch(text):
        return "an if or a for"
    for pattern, kind in KINDS:
        if found := re.match(pattern, text):
            return f"{kind} of level {len(found.group(1))}" if found.groups() else kind
    return "a paragraph"


def _inside(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The `if` and `for` of a line in order, and its facts in any: another language puts them elsewhere."""
    spaced = (" ".join(tag.split()) for tag in TAG.findall(text))
    return tuple(spaced), tuple(sorted("".join(fact.split()) for fact in FACT.findall(text)))


def _told(point: Point) -> str:
    return " with ".join(filter(None, (point.what, ", ".join((*point.logic, *point.facts)))))


def _head(source: str) -> Mapping[str, Any]:
    head: Mapping[str, Any] = yaml.safe_load(source.split("---\n", 2)[1])
    return head
