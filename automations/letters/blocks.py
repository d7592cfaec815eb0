"""Blocks: what a letter is made of, the same for every way out: headings, paragraphs, lists, tables, quotes.

In: nothing. Out: the types, and a letter's words without any layout.
Never here: Markdown, a page, a font or a file.
"""

from collections.abc import Sequence
from dataclasses import dataclass

BLANK = "____"
"""How a template, and plain words, show a line to write on."""


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
    """Rows under a header, their columns as wide as `widths` say, one to another. A cell may be empty to write in."""

    header: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's own words, set apart from ours: one paragraph or more."""

    paragraphs: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Blank:
    """A line to write on, in a form on paper."""


Block = Heading | Paragraph | Listing | Table | Quote | Blank


def words(blocks: Sequence[Block]) -> str:
    """The letter's words alone, a line a block: for a person to read, or a test."""
    return "\n\n".join(map(_words, blocks)) + "\n"


def _words(block: Block) -> str:
    match block:
        case Heading(level, runs):
            return f"{'#' * level} {said(runs)}"
        case Paragraph(runs):
            return said(runs)
        case Listing(numbered, items):
            marks = (f"{n}. " if numbered else "- " for n in range(1, len(items) + 1))
            return "\n".join(mark + said(item) for mark, item in zip(marks, items, strict=True))
        case Table(header, rows):
            rule = tuple((Text("---"),) for _ in header)
            return "\n".join(map(_row, (header, rule, *rows)))
        case Quote(paragraphs):
            return "\n>\n".join("> " + said(runs) for runs in paragraphs)
        case Blank():
            return BLANK


def _row(cells: tuple[Runs, ...]) -> str:
    """One row of a Markdown table."""
    shown = (said(cell).replace("|", r"\|").replace("\n", "<br>") for cell in cells)
    return f"| {' | '.join(shown)} |"


def said(runs: Runs) -> str:
    """The words of one paragraph."""
    return "".join("\n" if isinstance(run, Break) else run.words for run in runs)
