"""PDF: a letter on paper, tagged for screen readers (PDF/UA-1), in normal or large print.

In: a letter's blocks, and who writes to whom. Out: the bytes of the PDF.
Never here: wording, a rule, the network. All words reach typst as string literals, never as markup.
"""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import typst

from automations.errors import NeedsAPerson, Stop
from automations.letters.document import Block, Break, Heading, Listing, Paragraph, Runs, Table, Text
from automations.letters.facts import Facts
from automations.letters.typeface import FONTS
from automations.letters.words import clean, day, fitted, not_shown

NORMAL, LARGE = 12, 18
"""Points. 12 is the least that gov.uk advises for anybody; 18 is large print."""

NEW_LINE = '" "; linebreak()'
"""The space is for whoever listens: without it two lines are read as one word."""

PAGE_WORDS = {"en": "Page {} of {}"}
TITLES = {"en": "Letter {}"}
"""The title that a file shows before it is opened: nothing but the reference."""


def set_in_type(
    blocks: Sequence[Block], facts: Facts, *, large: bool, language: str, title: str | None = None
) -> bytes:
    """The letter as a PDF, or another paper with its own `title`.

    NeedsAPerson where a sign cannot be printed; Stop where the layout is broken.
    """
    sender = facts.landlord
    pieces = {
        "size": f"{LARGE if large else NORMAL}pt",
        "language": _literal(language),
        "title": _literal(clean(title or TITLES[language].format(facts.reference))),
        "author": _literal(clean(sender.neutral_sender)),
        "sender": _shown(sender.name),
        "sender-lines": _array(", ".join(sender.address), f"{sender.telephone} · {sender.email}"),
        "logo": _literal(f"/{sender.logo.name}") if sender.logo else "none",
        "recipient": _array(*filter(None, (facts.recipient_name, *facts.recipient_address))),
        "dated": _literal(day(facts.dated)) if facts.dated else "none",
        "reference": _shown(facts.reference),
        "page-word": _page_word(language),
    }
    called = ", ".join(f"{name}: {value}" for name, value in pieces.items())
    source = f"{_layout()}\n#letter({called}, {{\n" + "\n".join(map(_block, blocks)) + "\n})\n"
    try:
        paper = typst.Compiler(
            root=sender.logo.parent if sender.logo else FONTS, font_paths=_fonts(), ignore_system_fonts=True
        )
        made, warnings = paper.compile_with_warnings(source.encode(), format="pdf", pdf_standards="ua-1")
    except typst.TypstError:
        # What typst says quotes the letter, and a person's words belong in no log.
        raise NeedsAPerson("A letter could not be set in type; nothing was made.") from None
    if warnings or not isinstance(made, bytes):
        raise Stop("The layout of letters is not as it should be: " + "; ".join(w.message for w in warnings))
    return made


@cache
def _fonts() -> typst.Fonts:
    """The typefaces of letter_templates/fonts and no others, read once."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


@cache
def _layout() -> str:
    return (files("automations.letters") / "layout.typ").read_text(encoding="utf-8")


def _block(block: Block) -> str:
    match block:
        case Heading(level, runs):
            return f"heading(level: {level}, {_content(runs)})"
        case Paragraph(runs):
            return f"par({_content(runs)})"
        case Listing(numbered, items):
            return f"{'enum' if numbered else 'list'}({', '.join(map(_content, items))})"
        case Table(header, rows, widths):
            cells = ", ".join(_content(cell) for row in rows for cell in row)
            columns = ", ".join(f"{width}fr" for width in widths)
            return f"table(columns: ({columns},), table.header({', '.join(map(_content, header))}), {cells})"


def _content(runs: Runs) -> str:
    """The code that says these words: literals, bold literals and line breaks."""
    return "{" + "; ".join(NEW_LINE if isinstance(run, Break) else _run(run) for run in runs) + "}"


def _run(run: Text) -> str:
    return f"strong({_checked(run.words)})" if run.strong else _checked(run.words)


def _array(*lines: str) -> str:
    return "(" + "".join(f"{_shown(line)}, " for line in lines) + ")"


def _shown(words: str) -> str:
    return _checked(fitted(words))


def _checked(words: str) -> str:
    """A literal of words that our typefaces can show."""
    if sign := not_shown(words):
        raise NeedsAPerson(f"Our letters cannot show the sign {sign}; write it another way.")
    return _literal(words)


def _literal(words: str) -> str:
    """A typst string. Within one, only a quotation mark and a backslash mean anything."""
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _page_word(language: str) -> str:
    before, between, after = (_literal(part) for part in PAGE_WORDS[language].split("{}"))
    return f"(n, all) => {before} + n + {between} + all + {after}"
