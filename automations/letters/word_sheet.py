"""Word sheet: the empty document that a Word draft is typed on, with its styles, language and page.

In: a size of type and a language. Out: a document without a word in it, and without a trace of who made it.
Never here: a letter's words, a person, a picture.
"""

import io
from functools import cache
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

FACE = "Arial"
"""On every computer that has Word, unlike the typefaces of the PDF."""
LEFT, TOP, BOTTOM = Mm(22), Mm(14), Mm(25)
ACROSS = Mm(210 - 2 * 22)
"""How wide the lines are on A4."""
SENDER, LETTERHEAD, WINDOW, CELL, BLANK = "Sender", "Letterhead", "Window", "Cell", "To write on"
KEPT = (
    "Normal", "Heading1", "Heading2", "Heading3", "DefaultParagraphFont", "TableNormal", "NoList", "TableGrid",
    "ListBullet", "ListNumber", "Quote", "Footer",
)  # fmt: skip
LEFT_OUT = ("thumbnail", "extended-properties", "stylesWithEffects", "customXml")
"""What python-docx's own empty document brings along and no letter needs."""


def sheet(size: int, language: str) -> WordDocument:
    """A new empty document. `size` is that of the text, in points."""
    return Document(io.BytesIO(_sheet(size, language)))


@cache
def _sheet(size: int, language: str) -> bytes:
    made = Document()
    _bare(made, language)
    for style in list(made.styles):
        if style.style_id not in KEPT:
            style.delete()
        else:
            _plain(style.element)
    _styles(made, size)
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = LEFT
    section.top_margin, section.bottom_margin, section.footer_distance = TOP, BOTTOM, Mm(12)
    whole = io.BytesIO()
    made.save(whole)
    return whole.getvalue()


def _bare(made: WordDocument, language: str) -> None:
    """Without what says who made it, and with the language and the typeface of every style."""
    for rels in (made.part.package.rels, made.part.rels):
        for id in [id for id, rel in rels.items() if rel.reltype.rsplit("/", 1)[-1] in LEFT_OUT]:
            del rels[id]
    settings = made.settings.element
    for name in ("proofState", "savePreviewPicture", "rsids", "themeFontLang"):
        for each in settings.findall(qn(f"w:{name}")):
            settings.remove(each)
    mode = next(each for each in settings.iter(qn("w:compatSetting")) if each.get(qn("w:name")) == "compatibilityMode")
    mode.set(qn("w:val"), "15")
    settings.find(qn("w:zoom")).set(qn("w:percent"), "100")
    for tabs in [*made.part.numbering_part.element.iter(qn("w:tabs"))]:
        tabs.getparent().remove(tabs)  # a list's own indent says where its words begin
    defaults = made.styles.element.find(qn("w:docDefaults"))
    fonts, said = next(defaults.iter(qn("w:rFonts"))), next(defaults.iter(qn("w:lang")))
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FACE)
    said.set(qn("w:val"), language)
    said.set(qn("w:eastAsia"), language)
    about = made.core_properties
    about.comments = about.author = about.last_modified_by = ""
    about.language = language


def _plain(style: Any) -> None:
    """A style without its colours, typeface and the styles that go with it; its numbering stays."""
    numbered = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    for name in ("link", "pPr", "rPr", "next"):
        for each in style.findall(qn(f"w:{name}")):
            style.remove(each)
    if numbered is not None:
        style.get_or_add_pPr().append(numbered)


def _styles(made: WordDocument, size: int) -> None:
    normal = made.styles["Normal"]
    _typed(normal, size)
    _spaced(normal, after=0.75 * size, line=1.2)
    normal.paragraph_format.widow_control = True
    for level, larger in ((1, 1.25), (2, 1.08), (3, 1.0)):
        heading = made.styles[f"Heading {level}"]
        _typed(heading, round(2 * size * larger) / 2, bold=True)
        _spaced(heading, before=1.1 * size, after=0.5 * size, line=1.1)
        heading.paragraph_format.keep_with_next = True
    for name in ("List Bullet", "List Number"):
        listed = made.styles[name]
        _spaced(listed, after=0.4 * size, line=1.2)
        listed.paragraph_format.left_indent, listed.paragraph_format.first_line_indent = Pt(1.6 * size), Pt(-1.6 * size)
    quote = made.styles["Quote"]
    quote.element.get_or_add_pPr().append(_bar())
    quote.paragraph_format.left_indent = Pt(1.2 * size)
    for name, points in ((SENDER, 1.2 * size), (LETTERHEAD, size), (WINDOW, 12), (CELL, size), (BLANK, size)):
        style = made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        # 12 in the window of every letter: the opening of an envelope has one size.
        _typed(style, round(2 * points) / 2, bold=name == SENDER)
        _spaced(style)
    made.styles[WINDOW].paragraph_format.line_spacing = Pt(17)
    _spaced(made.styles[CELL], before=2, after=2)
    _spaced(made.styles[BLANK], before=18, after=4)
    for style, leader in ((made.styles[BLANK], WD_TAB_LEADER.LINES), (made.styles["Footer"], WD_TAB_LEADER.SPACES)):
        style.paragraph_format.tab_stops.add_tab_stop(ACROSS, WD_TAB_ALIGNMENT.RIGHT, leader)


def _typed(style: Any, points: float, bold: bool = False) -> None:
    """The size and weight of the type; Arabic has a size and a weight of its own in Word."""
    style.font.size, style.font.color.rgb = Pt(points), RGBColor(0, 0, 0)
    style.font.bold = style.font.cs_bold = bold or None
    larger = OxmlElement("w:szCs")
    larger.set(qn("w:val"), str(round(2 * points)))
    style.element.rPr.find(qn("w:sz")).addnext(larger)


def _spaced(style: Any, before: float = 0, after: float = 0, line: float = 1.0) -> None:
    """Space above and below in points, and the height of a line as a multiple of the type."""
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.line_spacing = line


def _bar() -> Any:
    """The line at the left of somebody's own words."""
    borders, left = OxmlElement("w:pBdr"), OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "18"), ("space", "8"), ("color", "999999")):
        left.set(qn(f"w:{name}"), value)
    borders.append(left)
    return borders
