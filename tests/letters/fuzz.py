"""Hostile words in every fact of every letter: `python -m tests.letters.fuzz N` for the long run.

In: how many values. Out: what they changed, which must be nothing.
Never here: a fact that a person gave; everything is made up, and made again from one number.
"""

import io
import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, is_dataclass, replace
from html.parser import HTMLParser
from itertools import chain, count, cycle, islice
from random import Random
from typing import Any
from xml.etree import ElementTree

import pikepdf

from automations.errors import NeedsAPerson
from automations.letters import render_pdf, render_word
from automations.letters.blocks import Blank, Block, Break, Heading, Listing, Paragraph, Quote, Runs, Table, said
from automations.letters.document import document
from automations.letters.html import page
from automations.letters.samples import SAMPLES
from automations.letters.template import template
from automations.letters.word_faces import OBFUSCATED
from automations.letters.words import clean, fitted, not_shown

HOSTILE = (
    "# A heading", "- a list", "1. numbered", "**bold**", "_x_", "`code`", "[x](https://example.org)", "![x](x.png)",
    "<b>b</b><script>alert(1)</script>", "&lt;&#42;", "{{ reference }}", "{% for x in y %}", "{# gone #}", "#panic()",
    "$x$ @y <z>", "\\", '"', '"; panic(); "', "\\n\\u{41}", "a\n\n# b", "| a | b |\n|---|---|", "\ue0000\ue001",
    "\u202egnp.exe", "\x00\x0b\x1b[31m", "---", "***", "~~~", "مريم الخطيب", "মোহাম্মদ রহিম", "Zażółć gęślą jaźń", "😀",
    "a" * 50_000, "﷽" * 500, "e\u0301" * 300, "\ud800", "don't \"quote\" me -- ever...", "____", "> quoted", "a | b",
    ']]></w:t><w:fldSimple w:instr="DDEAUTO"/>', '=HYPERLINK("https://example.org")', "\ufffe\uffff", "</style></main>",
    "\u2068\u2069\u200b", "#import \"@preview/x:1.0.0\"",
)  # fmt: skip
PIECES = "*_#-{}%[]()<>|`\\\"'$@&~^=+:;/!? \n\t1.\ue000\ue001\u202e\u2066\u200b\x07aZżمহ😀"
RUNS = ("r", "rPr", "t", "rtl", "br", "b", "bCs", "rFonts")
"""How words are cut into runs is free: Arabic and Bengali have runs of their own."""
FACES = ("word/fontTable.xml", "word/_rels/fontTable.xml.rels")
"""Where the typefaces stand that a draft brings along for them (test_word_faces.py)."""
FORBIDDEN = ("hyperlink", "instrText", "object", "altChunk", "externalLink", "control", "subDoc")
"""What a person's words must never become in a Word file."""


@dataclass
class Outcome:
    """How much was tried, and each thing that went wrong: the letter and what happened, without the words."""

    values: int = 0
    letters: int = 0
    set_in_type: int = 0
    refused: int = 0
    faults: list[str] = field(default_factory=list)


def shape(blocks: Sequence[Block]) -> list[object]:
    """The kind, number and order of everything, and none of the words."""

    def runs(found: Runs) -> tuple[object, ...]:
        return tuple("new line" if isinstance(run, Break) else run.strong for run in found)

    def shaped(block: Block) -> object:
        match block:
            case Heading(level, found):
                return level, runs(found)
            case Paragraph(found):
                return runs(found)
            case Listing(numbered, items):
                return numbered, tuple(map(runs, items))
            case Table(header, rows, widths):
                return tuple(map(runs, header)), tuple(tuple(map(runs, row)) for row in rows), widths
            case Quote(paragraphs):
                return "quote", tuple(map(runs, paragraphs))
            case Blank():
                return "to write on"

    return [shaped(block) for block in blocks]


def spoken_words(blocks: Sequence[Block]) -> str:
    """Every word of the letter, whatever it stands in."""

    def inside(block: Block) -> tuple[Runs, ...]:
        match block:
            case Heading(_, found) | Paragraph(found):
                return (found,)
            case Listing(_, found) | Quote(found):
                return found
            case Table(header, rows):
                return (*header, *(cell for row in rows for cell in row))
            case Blank():
                return ()

    return "\n".join(said(runs) for block in blocks for runs in inside(block))


def with_words(facts: Any, values: Iterator[str]) -> Any:
    """The same facts with other words in each of them that is words. What is not known stays not known."""
    if is_dataclass(facts) and not isinstance(facts, type):
        return replace(facts, **{name: with_words(getattr(facts, name), values) for name in facts.__dataclass_fields__})
    if isinstance(facts, tuple):
        return tuple(with_words(each, values) for each in facts)
    return next(values) if type(facts) is str else facts


def hostile(random: Random) -> Iterator[str]:
    """Hostile values without end, each of them with something in it to print."""
    while True:
        value = random.choice((
            random.choice(HOSTILE),
            "".join(random.choices(PIECES, k=random.randrange(1, 60))),
            f"{random.choice(HOSTILE)[:400]} {random.choice(HOSTILE)[:400]}",
            "".join(chr(random.randrange(32, 0x11FFFF) % 0x110000) for _ in range(random.randrange(1, 20))),
        ))  # fmt: skip
        if clean(value):
            yield value


def fuzz(wanted: int, seed: int = 0, in_type: int = 60) -> Outcome:
    """Put so many hostile values or more into every letter there is; set about so many of the letters in type.

    Each known hostile value stands once in each fact of each letter; the rest is made from `seed`.
    """
    outcome, random = Outcome(), Random(seed)
    known = [value for value in HOSTILE if clean(value)]
    every = [[Calm(name, facts) for facts in variants.values()] for name, variants in SAMPLES.items()]
    for first, *_ in every:
        for at in range(len(known)):
            _try(outcome, first, cycle(known[at:] + known[:at]))
    all_of_them = list(chain.from_iterable(every))
    for turn, calm in enumerate(cycle(all_of_them)):
        if turn >= len(all_of_them) and outcome.values >= wanted:
            break
        _try(outcome, calm, hostile(random))
    for calm in islice(cycle(all_of_them), max(in_type, len(all_of_them))):
        _try_ways_out(outcome, calm.name, calm.facts, random)
    return outcome


def _try(outcome: Outcome, calm: "Calm", values: Iterator[str]) -> None:
    """One letter with those words: nothing of its structure moved, and every word in it can be read."""
    used: list[str] = []
    made = document(template(calm.name, "en"), with_words(calm.facts, _noted(values, used)))
    text = spoken_words(made)
    outcome.values += len(used)
    outcome.letters += 1
    if shape(made) != calm.shape:
        outcome.faults.append(f"{calm.name}: the structure changed")
    if any(n in calm.printed and fitted(value) not in text for n, value in enumerate(used)):
        outcome.faults.append(f"{calm.name}: words were lost")


class Calm:
    """A letter from its sample facts: its shape, and which of the facts that are words it prints."""

    def __init__(self, name: str, facts: Any) -> None:
        self.name, self.facts = name, facts
        letter = template(name, "en")
        self.shape = shape(document(letter, facts))
        used: list[str] = []
        marks = _noted((f"mark{n}mark" for n in count()), used)
        text = spoken_words(document(letter, with_words(facts, marks)))
        self.printed = {n for n, mark in enumerate(used) if mark in text}


def _noted(values: Iterator[str], used: list[str]) -> Iterator[str]:
    for value in values:
        used.append(value)
        yield value


def _try_ways_out(outcome: Outcome, name: str, facts: Any, random: Random) -> None:
    """One letter as PDF, Word and HTML: whole, with nothing in it that the calm letter has not."""
    short = (value[:600] for value in hostile(random) if clean(value[:600]))
    shown = with_words(facts, (value for value in short if not not_shown(fitted(value))))
    large = random.random() < 0.5
    made = render_pdf(name, shown, large=large, language="en")
    with pikepdf.open(io.BytesIO(made)) as opened:
        if any("/A" in note or "/AA" in note for sheet in opened.pages for note in sheet.get("/Annots", [])):
            outcome.faults.append(f"{name}: the PDF does something")
    for way in (_word, _html):
        if way(name, shown, large) != way(name, facts, large):
            outcome.faults.append(f"{name}: {way.__name__[1:]} changed")
    outcome.set_in_type += 1
    with_one = with_words(facts, (f"Sample {value}" for value in cycle(("😀", "Person"))))
    try:
        render_word(name, with_one, large=large, language="en")
        outcome.faults.append(f"{name}: a sign without a picture was taken")
    except NeedsAPerson as told:
        outcome.refused += 1
        if "😀 (U+1F600)" not in str(told) or "Sample" in str(told):
            outcome.faults.append(f"{name}: the sign was not named, or the words were")


def _word(name: str, facts: Any, large: bool) -> object:
    """The paragraphs' styles, the tables, and anything that is not words. It must be well-formed to get here."""
    with zipfile.ZipFile(io.BytesIO(render_word(name, facts, large=large, language="en"))) as whole:
        assert whole.testzip() is None
        parts = {part: ElementTree.fromstring(whole.read(part)) for part in whole.namelist()
                 if part.endswith((".xml", ".rels"))}  # fmt: skip
    plain = {part: [each.tag.rsplit("}", 1)[-1] for each in tree.iter() if each.get("ContentType") != OBFUSCATED]
             for part, tree in parts.items()}  # fmt: skip
    assert not any(tag in FORBIDDEN for tags in plain.values() for tag in tags)
    assert not any(each.get("TargetMode") == "External" for tree in parts.values() for each in tree.iter())
    fields = plain.pop("word/footer1.xml").count("fldSimple")
    plain = {
        part: [tag for tag in tags if tag != "embedTrueTypeFonts"] for part, tags in plain.items() if part not in FACES
    }
    plain["word/document.xml"] = [tag for tag in plain["word/document.xml"] if tag not in RUNS]
    return plain, fields


def _html(name: str, facts: Any, large: bool) -> object:
    """The tags and their attributes."""
    found: list[object] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, tuple(attrs)))

    Tags().feed(page(document(template(name, "en"), facts), facts, large=large, language="en"))
    return found


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else 30_000
    told = fuzz(asked, seed=int(sys.argv[2]) if len(sys.argv) > 2 else 0, in_type=asked // 100)
    print(f"{told.values:,} hostile values in {told.letters:,} letters; {told.set_in_type} set in type and in Word;")
    print(f"{told.refused} refused for a sign without a picture, which was named; {len(told.faults)} faults.")
    print("\n".join(sorted(set(told.faults))))
    sys.exit(1 if told.faults else 0)
