"""Document: a letter as a small tree of headings, paragraphs and lists, the same for every way out.

In: Markdown with tokens, and the words that they stand for. Out: blocks of text, words back in their places.
Never here: a page, a font or a file. A person's words are never read as Markdown.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from automations.errors import Stop
from automations.letters.facts import Facts
from automations.letters.template import CLOSE, OPEN, Template
from automations.letters.words import fitted

TOKEN = re.compile(f"{OPEN}([0-9]+){CLOSE}")


@dataclass(frozen=True, slots=True)
class Text:
    """A run of words."""

    words: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Break:
    """A new line within a paragraph."""


Runs = tuple[Text | Break, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    runs: Runs


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: Runs


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of single paragraphs, numbered or not."""

    numbered: bool
    items: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header, their columns as wide as `widths` say, one to another. No template makes one."""

    header: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]
    widths: tuple[int, ...]


Block = Heading | Paragraph | Listing | Table


def document(template: Template, facts: Facts) -> tuple[Block, ...]:
    """The letter as blocks. Their number, kind and order depend on the template and on which facts there are."""
    markdown, aside = template.fill(facts)
    return tuple(_blocks(iter(_markdown().parse(markdown)), aside))


def words(blocks: Sequence[Block]) -> str:
    """The letter's words alone, a line a block: for a person to read, or a test."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Listing):
            marks = (f"{n}. " if block.numbered else "- " for n in range(1, len(block.items) + 1))
            lines.append("\n".join(mark + said(item) for mark, item in zip(marks, block.items, strict=True)))
        elif isinstance(block, Table):
            rule = tuple((Text("---"),) for _ in block.header)
            lines.append("\n".join(map(_row, (block.header, rule, *block.rows))))
        else:
            lines.append(("#" * block.level + " " if isinstance(block, Heading) else "") + said(block.runs))
    return "\n\n".join(lines) + "\n"


def _row(cells: tuple[Runs, ...]) -> str:
    """One row of a Markdown table."""
    shown = (said(cell).replace("|", r"\|").replace("\n", "<br>") for cell in cells)
    return f"| {' | '.join(shown)} |"


def said(runs: Runs) -> str:
    """The words of one paragraph."""
    return "".join("\n" if isinstance(run, Break) else run.words for run in runs)


@cache
def _markdown() -> MarkdownIt:
    """Headings, lists, bold and line breaks. The rest of Markdown is read as plain words."""
    rules = ["heading", "list", "emphasis", "newline", "escape", "smartquotes"]
    return MarkdownIt("zero", {"typographer": True}).enable(rules)


def _blocks(tokens: Iterator[Token], aside: Sequence[str]) -> Iterator[Block]:
    for token in tokens:
        match token.type:
            case "heading_open":
                yield Heading(int(token.tag[1:]), _runs(next(tokens), aside))
            case "paragraph_open":
                yield Paragraph(_runs(next(tokens), aside))
            case "bullet_list_open" | "ordered_list_open":
                yield Listing(token.type == "ordered_list_open", tuple(_items(tokens, aside)))


def _items(tokens: Iterator[Token], aside: Sequence[str]) -> Iterator[Runs]:
    """Items until the list closes. Stop at an item of more than one paragraph: staff meant something else."""
    for token in tokens:
        if token.type in {"bullet_list_close", "ordered_list_close"}:
            return
        if token.type == "list_item_open":
            inside = [*_until("list_item_close", tokens)]
            if [part.type for part in inside] != ["paragraph_open", "inline", "paragraph_close"]:
                raise Stop("A list item of a letter is one paragraph: no list or heading within it, and not empty.")
            yield _runs(inside[1], aside)


def _until(end: str, tokens: Iterator[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.type == end:
            return
        yield token


def _runs(inline: Token, aside: Sequence[str]) -> Runs:
    """Words and breaks of one paragraph. This is the one place where a person's words come back."""
    runs: list[Text | Break] = []
    strong = False
    for token in inline.children or []:
        match token.type:
            case "text" | "text_special":
                parts = TOKEN.split(token.content)
                whole = "".join(fitted(aside[int(part)]) if at % 2 else part for at, part in enumerate(parts))
                runs += [Text(whole, strong)] if whole else []
            case "strong_open" | "strong_close":
                strong = token.type == "strong_open"
            case "softbreak":
                runs.append(Text(" ", strong))
            case "hardbreak":
                runs.append(Break())
            case other:
                raise Stop(f"A letter has no {other}: use headings, lists, bold words and line breaks.")
    return tuple(runs)
