"""Word: a letter as a draft that staff can edit, with real headings, lists and tables.

In: a letter's blocks, and who writes to whom. Out: the bytes of a .docx.
Never here: wording, a rule, a field or a link that a person's words could make. Words only ever become `w:t`.
"""

import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from functools import cache
from pathlib import Path

import typst
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from automations.letters.blocks import Blank, Block, Break, Heading, Listing, Paragraph, Quote, Runs, Table
from automations.letters.facts import Facts
from automations.letters.paper import Paper, paper
from automations.letters.word_faces import ARABIC, BENGALI, IN_BENGALI, embed
from automations.letters.word_sheet import ACROSS, BLANK, CELL, LEFT, LETTERHEAD, SENDER, TOP, WINDOW, sheet
from automations.letters.words import CLOSE_ISOLATE, OPEN_ISOLATE, printable

RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
FROM_THE_RIGHT = re.compile(f"([{RIGHT}](?:[{RIGHT} ]*[{RIGHT}])?)")
"""Words in Hebrew, Arabic and their kin. In Word each run says so of itself; the signs that say it elsewhere go."""
ISOLATES = str.maketrans("", "", OPEN_ISOLATE + CLOSE_ISOLATE)
WINDOW_AT, LETTER_AT = Mm(54), Mm(95)
"""How far down the page the address stands, and where the letter begins: as in the PDF (layout.typ)."""
MOST = 255
"""Signs in a property of a Word file."""
LOGO = (50, 20)
"""Millimetres across and down, at the most."""


def typed(blocks: Sequence[Block], facts: Facts, *, large: bool, language: str) -> bytes:
    """The letter as a Word draft. NeedsAPerson where a sign could not be printed once it is a PDF."""
    around = paper(facts, large=large, language=language)
    draft = sheet(around.size, around.tag)
    about = draft.core_properties
    about.title = around.title[:MOST]
    about.author = about.last_modified_by = around.author[:MOST]
    if facts.dated:
        about.created = about.modified = datetime.combine(facts.dated, time())
    _letterhead(draft, around)
    _footer(draft, around)
    if around.dated:
        draft.add_paragraph(around.dated)
    for block in blocks:
        _add(draft, block)
    embed(draft)
    whole = io.BytesIO()
    draft.save(whole)
    return whole.getvalue()


def _letterhead(draft: WordDocument, around: Paper) -> None:
    if around.logo:
        picture = draft.add_paragraph(style=LETTERHEAD)
        shape = picture.add_run().add_picture(io.BytesIO(_picture(around.logo)), height=Mm(LOGO[1]))
        if shape.width > Mm(LOGO[0]):
            shape.width, shape.height = Mm(LOGO[0]), Emu(shape.height * Mm(LOGO[0]) // shape.width)
        shape._inline.docPr.set("descr", "")
        _framed(picture, x=LEFT + ACROSS - shape.width, y=TOP, width=shape.width)
    _words(draft.add_paragraph(style=SENDER), around.sender)
    down = 1.2 * 1.2 * around.size
    for line in around.sender_lines:
        last = draft.add_paragraph(style=LETTERHEAD)
        _words(last, line)
        down += 1.2 * around.size
    for line in around.recipient:
        here = draft.add_paragraph(style=WINDOW)
        _words(here, line)
        _framed(here, x=LEFT, y=WINDOW_AT, width=Mm(85))
    below = LETTER_AT - TOP if around.recipient else Pt(0)
    last.paragraph_format.space_after = max(Pt(1.5 * around.size), Emu(below - Pt(down)))


def _framed(paragraph: WordParagraph, *, x: int, y: int, width: int) -> None:
    """Stand at this place of the page, whatever is typed above. Paragraphs at one place stand under one another."""
    frame = OxmlElement("w:framePr")
    for name, value in (("w", width // 635), ("wrap", "around"), ("vAnchor", "page"), ("hAnchor", "page"),
                        ("x", x // 635), ("y", y // 635)):  # fmt: skip
        frame.set(qn(f"w:{name}"), str(value))
    paragraph._p.get_or_add_pPr().insert_element_before(frame, "w:widowControl", "w:numPr", "w:pBdr", "w:spacing")


@cache
def _picture(logo: Path) -> bytes:
    """The logo as a PNG, whichever kind of picture it is."""
    source = f'#set page(width: auto, height: auto, margin: 0pt)\n#image("/{logo.name}", height: {LOGO[1]}mm)'
    made = typst.Compiler(root=logo.parent).compile(source.encode(), format="png", ppi=300)
    assert isinstance(made, bytes)
    return made


def _footer(draft: WordDocument, around: Paper) -> None:
    """The reference, and which page of how many: the only fields in the draft."""
    before, between, after = around.page_words
    line = draft.sections[0].footer.paragraphs[0]
    _words(line, around.reference)
    line.add_run(f"\t{before}")
    _field(line, "PAGE")
    line.add_run(between)
    _field(line, "NUMPAGES")
    line.add_run(after)


def _field(line: WordParagraph, name: str) -> None:
    field, run, shown = OxmlElement("w:fldSimple"), OxmlElement("w:r"), OxmlElement("w:t")
    field.set(qn("w:instr"), name)
    shown.text = "1"
    run.append(shown)
    field.append(run)
    line._p.append(field)


def _add(draft: WordDocument, block: Block) -> None:
    match block:
        case Heading(level, runs):
            _say(draft.add_paragraph(style=f"Heading {level}"), runs)
        case Paragraph(runs):
            _say(draft.add_paragraph(), runs)
        case Listing(numbered, items):
            lines = [draft.add_paragraph(style="List Number" if numbered else "List Bullet") for _ in items]
            for line, runs in zip(lines, items, strict=True):
                _say(line, runs)
            if numbered:
                _from_one(draft, lines)
        case Table(header, rows, widths):
            _table(draft, header, rows, widths)
        case Quote(paragraphs):
            for runs in paragraphs:
                _say(draft.add_paragraph(style="Quote"), runs)
        case Blank():
            draft.add_paragraph("\t", style=BLANK)


def _from_one(draft: WordDocument, lines: Iterable[WordParagraph]) -> None:
    """A numbered list of its own: without this it would go on where the last one ended."""
    numbering = draft.part.numbering_part.element
    style = draft.styles["List Number"].element
    number = numbering.add_num(numbering.num_having_numId(style.pPr.numPr.numId.val).abstractNumId.val)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    for line in lines:
        placed = line._p.get_or_add_pPr().get_or_add_numPr()
        placed.get_or_add_ilvl().val = 0
        placed.get_or_add_numId().val = number.numId


def _table(draft: WordDocument, header: Sequence[Runs], rows: Sequence[Sequence[Runs]], widths: Sequence[int]) -> None:
    """A table whose first row is a header, shown again on each page, and whose rows stay whole."""
    table = draft.add_table(0, len(header), style="Table Grid")
    table.autofit = False
    wide = [Emu(ACROSS * width // sum(widths)) for width in widths]
    for column, width in zip(table.columns, wide, strict=True):
        column.width = width
    for at, row in enumerate((header, *rows)):
        line = table.add_row()
        about = line._tr.get_or_add_trPr()
        about.append(OxmlElement("w:cantSplit"))
        if not at:
            about.append(OxmlElement("w:tblHeader"))
        for cell, runs, width in zip(line.cells, row, wide, strict=True):
            cell.width = width
            cell.paragraphs[0].style = CELL
            _say(cell.paragraphs[0], runs, strong=not at)


def _say(paragraph: WordParagraph, runs: Runs, strong: bool = False) -> None:
    """The words of one paragraph."""
    for run in runs:
        if isinstance(run, Break):
            paragraph.add_run().add_break()
        else:
            _words(paragraph, printable(run.words), run.strong or strong)


def _words(paragraph: WordParagraph, words: str, strong: bool = False) -> None:
    """These words as text, whatever signs are in them."""
    for at, part in enumerate(FROM_THE_RIGHT.split(words.translate(ISOLATES))):
        for again, piece in enumerate((part,) if at % 2 else IN_BENGALI.split(part)):
            if not piece:
                continue
            made = paragraph.add_run(piece)
            if strong:
                made.font.bold = made.font.cs_bold = True
            if at % 2 or again % 2:
                face = ARABIC if at % 2 else BENGALI
                made.font.name = face
                made._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:cs"), face)
            if at % 2:
                made.font.rtl = True
