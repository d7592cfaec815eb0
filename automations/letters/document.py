"""Document: a letter's Markdown read into blocks, with each person's words put back where they belong.

In: a template and the facts that fill it. Out: blocks of text, the same for every way out.
Never here: a page, a font or a file. A person's words are never read as Markdown.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.token import Token

from automations.errors import Stop
from automations.letters.blocks import (
    BLANK,
    Blank,
    Block,
    Break,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Runs,
    Table,
    Text,
    said,
    words,
)  # fmt: skip
from automations.letters.facts import Facts
from automations.letters.template import CLOSE, OPEN, Template
from automations.letters.words import fitted

__all__ = [
    "Blank", "Block", "Break", "Heading", "Listing", "Paragraph", "Quote", "Runs", "Table", "Text", "document",
    "said", "words",
]  # fmt: skip

TOKEN = re.compile(f"{OPEN}([0-9]+){CLOSE}")
BAR = re.compile(r"(?<!\\)\|")
"""What parts the cells of a table's row."""
PARAGRAPH = ["paragraph_open", "inline", "paragraph_close"]


def document(template: Template, facts: Facts) -> tuple[Block, ...]:
    """The letter as blocks. Their number, kind and order depend on the template and on which facts there are.

    NeedsAPerson where a fact that it prints is not known; Stop, with the file and the line, where the template holds
    what no letter has.
    """
    markdown, aside = template.fill(facts)
    return tuple(_blocks(iter(_markdown().parse(markdown)), _Reading(template, markdown.split("\n"), aside)))


@dataclass(frozen=True, slots=True)
class _Reading:
    """A letter being read: its Markdown by line, and the words that its tokens stand for."""

    template: Template
    lines: Sequence[str]
    aside: Sequence[str]

    def fault(self, at: Token, what: str) -> Stop:
        """That this is no letter, and where in the template's file it stands."""
        line = self.lines[at.map[0]] if at.map else ""
        return Stop(f"{self.template.place(TOKEN.sub('{{}}', line))}: {what}")


@cache
def _markdown() -> MarkdownIt:
    """Headings, lists, tables, quotes, bold and line breaks. The rest of Markdown is read as plain words."""
    rules = ["heading", "list", "table", "blockquote", "emphasis", "newline", "escape", "smartquotes"]
    return MarkdownIt("zero", {"typographer": True}).enable(rules)


def _blocks(tokens: Iterator[Token], reading: _Reading) -> Iterator[Block]:
    for token in tokens:
        match token.type:
            case "heading_open":
                yield Heading(int(token.tag[1:]), _runs(next(tokens), reading))
            case "paragraph_open":
                yield from _paragraph(next(tokens), reading)
            case "bullet_list_open" | "ordered_list_open":
                yield Listing(token.type == "ordered_list_open", tuple(_items(tokens, reading)))
            case "table_open":
                yield _table(token, tokens, reading)
            case "blockquote_open":
                yield _quote(token, tokens, reading)


def _paragraph(inline: Token, reading: _Reading) -> Iterator[Paragraph | Blank]:
    """A paragraph; each line of it that is `____` is a line to write on."""
    lines = inline.content.split("\n")
    if not any(map(_is_blank, lines)):
        yield Paragraph(_runs(inline, reading))
        return
    for blank, together in groupby(lines, _is_blank):
        if blank:
            yield from (Blank() for _ in together)
        else:
            [part] = _markdown().parseInline("\n".join(together).removesuffix("\\"))
            part.map = inline.map
            yield Paragraph(_runs(part, reading))


def _is_blank(line: str) -> bool:
    return line.strip() == BLANK


def _items(tokens: Iterator[Token], reading: _Reading) -> Iterator[Runs]:
    """Items until the list closes. Stop at an item of more than one paragraph: staff meant something else."""
    for token in tokens:
        if token.type in {"bullet_list_close", "ordered_list_close"}:
            return
        if token.type == "list_item_open":
            inside = [*_until("list_item_close", tokens)]
            if [part.type for part in inside] != PARAGRAPH:
                raise reading.fault(token, "an item of a list is one paragraph: no list within it, and not empty.")
            yield _runs(inside[1], reading)


def _table(opened: Token, tokens: Iterator[Token], reading: _Reading) -> Table:
    """A table. Its columns are as wide as the lines of dashes under its header."""
    assert opened.map
    widths = tuple(cell.count("-") for cell in _cells(reading.lines[opened.map[0] + 1]))
    rows: list[list[Runs]] = []
    for token in _until("table_close", tokens):
        if token.type == "tr_open":
            rows.append([])
            assert token.map
            if len(_cells(reading.lines[token.map[0]])) != len(widths):
                raise reading.fault(token, "a row of a table has a cell for each column; under it, an empty line.")
        elif token.type == "inline":
            rows[-1].append(_runs(token, reading))
    if not all(rows[0]):
        raise reading.fault(opened, "each column of a table has a heading.")
    return Table(tuple(rows[0]), tuple(map(tuple, rows[1:])), widths)


def _cells(line: str) -> list[str]:
    """The cells of one row as they are typed: a bar at either end parts nothing."""
    return BAR.split(re.sub(r"^\||(?<!\\)\|$", "", line.strip()))


def _quote(opened: Token, tokens: Iterator[Token], reading: _Reading) -> Quote:
    inside = [*_until("blockquote_close", tokens)]
    if [part.type for part in inside] != PARAGRAPH * (len(inside) // 3) or not inside:
        raise reading.fault(opened, "a quote holds paragraphs and nothing else.")
    return Quote(tuple(_runs(part, reading) for part in inside if part.type == "inline"))


def _until(end: str, tokens: Iterator[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.type == end:
            return
        yield token


def _runs(inline: Token, reading: _Reading) -> Runs:
    """Words and breaks of one paragraph. This is the one place where a person's words come back."""
    runs: list[Text | Break] = []
    strong = False
    for token in inline.children or []:
        match token.type:
            case "text" | "text_special":
                parts = TOKEN.split(token.content)
                whole = "".join(fitted(reading.aside[int(part)]) if at % 2 else part for at, part in enumerate(parts))
                runs += [Text(whole, strong)] if whole else []
            case "strong_open" | "strong_close":
                strong = token.type == "strong_open"
            case "softbreak":
                runs.append(Text(" ", strong))
            case "hardbreak":
                runs.append(Break())
            case other:
                raise reading.fault(inline, f"a letter has no {other}: use headings, lists, tables and bold words.")
    return tuple(runs)
