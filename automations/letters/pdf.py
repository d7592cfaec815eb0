"""PDF: a letter on paper, tagged for screen readers (PDF/UA-1), in normal or large print.

In: a letter's blocks, and who writes to whom. Out: the bytes of the PDF.
Never here: wording, a rule, the network. All words reach typst as string literals, never as markup.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import typst

from automations.errors import NeedsAPerson, Stop
from automations.letters.blocks import Blank, Block, Break, Heading, Listing, Paragraph, Quote, Runs, Table, Text
from automations.letters.facts import Facts
from automations.letters.paper import paper
from automations.letters.typeface import FONTS
from automations.letters.words import printable

NEW_LINE = '" "; linebreak()'
"""The space is for whoever listens: without it two lines are read as one word."""


def set_in_type(
    blocks: Sequence[Block], facts: Facts, *, large: bool, language: str, title: str | None = None
) -> bytes:
    """The letter as a PDF, or another paper with its own `title`.

    NeedsAPerson where a sign cannot be printed; Stop where the layout is broken.
    """
    around = paper(facts, large=large, language=language, title=title)
    before, between, after = map(_literal, around.page_words)
    pieces = {
        "size": f"{around.size}pt",
        "language": _literal(language),
        "title": _literal(around.title),
        "author": _literal(around.author),
        "sender": _literal(around.sender),
        "sender-lines": _array(around.sender_lines),
        "logo": _literal(f"/{around.logo.name}") if around.logo else "none",
        "recipient": _array(around.recipient),
        "dated": _literal(around.dated) if around.dated else "none",
        "reference": _literal(around.reference),
        "page-word": f"(n, all) => {before} + n + {between} + all + {after}",
    }
    called = ", ".join(f"{name}: {value}" for name, value in pieces.items())
    source = f"{_layout()}\n#letter({called}, {{\n" + "\n".join(_kept_together(blocks)) + "\n})\n"
    made, warnings = _compiled(source, around.logo.parent if around.logo else FONTS)
    if warnings or not isinstance(made, bytes):
        raise Stop("The layout of letters is not as it should be: " + "; ".join(w.message for w in warnings))
    return made


def _compiled(source: str, root: Path) -> tuple[object, list[typst.TypstWarning]]:
    try:
        press = typst.Compiler(root=root, font_paths=_fonts(), ignore_system_fonts=True)
        return press.compile_with_warnings(source.encode(), format="pdf", pdf_standards="ua-1")
    except typst.TypstError:
        # What typst says quotes the letter, and a person's words belong in no log.
        raise NeedsAPerson("A letter could not be set in type; nothing was made.") from None


@cache
def _fonts() -> typst.Fonts:
    """The typefaces of letter_templates/fonts and no others, read once."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


@cache
def _layout() -> str:
    return (files("automations.letters") / "layout.typ").read_text(encoding="utf-8")


def _kept_together(blocks: Sequence[Block]) -> list[str]:
    """The blocks in order. A signature is not cut in two, and does not stand on a page by itself; nor does a list
    without the words that it follows from.
    """
    told = [_block(block) for block in blocks]
    for n, (here, then) in enumerate(pairwise(blocks)):
        if isinstance(here, Paragraph) and isinstance(then, Listing):
            told[n] = _sticky(told[n])
    last = blocks[-1] if blocks else None
    if isinstance(last, Paragraph) and Break() in last.runs:
        told[-1] = f"block(breakable: false, {told[-1]})"
        told[-2:-1] = map(_sticky, told[-2:-1])
    return told


def _sticky(block: str) -> str:
    return f"block(sticky: true, {block})"


def _block(block: Block) -> str:
    match block:
        case Heading(level, runs):
            return f"heading(level: {level}, {_content(runs)})"
        case Paragraph(runs):
            return f"par({_content(runs)})"
        case Listing(numbered, items):
            return f"{'enum' if numbered else 'list'}({', '.join(map(_content, items))})"
        case Table(header, rows, widths):
            cells = ", ".join(_content(cell) if any(row) else "to-sign-in" for row in rows for cell in row)
            columns = ", ".join(f"{width}fr" for width in widths)
            return f"table(columns: ({columns},), table.header({', '.join(map(_content, header))}), {cells})"
        case Quote(paragraphs):
            return "quote(block: true, {" + "; ".join(f"par({_content(runs)})" for runs in paragraphs) + "})"
        case Blank():
            return "to-write-on"


def _content(runs: Runs) -> str:
    """The code that says these words: literals, bold literals and line breaks. Nothing at all is an empty cell."""
    return "{" + "; ".join(NEW_LINE if isinstance(run, Break) else _run(run) for run in runs or (Text(""),)) + "}"


def _run(run: Text) -> str:
    words = _literal(printable(run.words))
    return f"strong({words})" if run.strong else words


def _array(lines: Iterable[str]) -> str:
    return "(" + "".join(f"{_literal(line)}, " for line in lines) + ")"


def _literal(words: str) -> str:
    """A typst string. Within one, only a quotation mark and a backslash mean anything."""
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'
