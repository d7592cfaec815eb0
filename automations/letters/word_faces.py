"""Word faces: the typefaces that a Word draft brings along, for letters that not every computer can show.

In: a draft whose runs name them. Out: the same draft with the faces of those runs inside.
Never here: a face that no run names. The licence of ours (fonts/OFL.txt) lets them be embedded.
"""

import re
from functools import cache
from uuid import NAMESPACE_URL, uuid5

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn

from automations.letters.typeface import FONTS

ARABIC, BENGALI = "Noto Sans Arabic", "Noto Sans Bengali"
FILES = {ARABIC: "NotoSansArabic", BENGALI: "NotoSansBengali"}
"""How the files of a face begin, by its name in Word."""
STYLES = {"w:embedRegular": "Regular", "w:embedBold": "Bold"}
IN_BENGALI = re.compile("([\u0980-\u09ff](?:[\u0980-\u09ff\u0964\u0965\u200c\u200d ]*[\u0980-\u09ff])?)")
OBFUSCATED = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
HIDDEN = 32
"""Bytes at the beginning of a face that Word wants crossed with its key (ECMA-376, part 4)."""


def embed(draft: WordDocument) -> None:
    """Put the faces that the draft's runs name into it, each in regular and bold."""
    named = {each.get(qn("w:cs")) for each in draft.element.body.iter(qn("w:rFonts"))}
    used = [name for name in FILES if name in named]
    if not used:
        return
    listed = next(rel.target_part for rel in draft.part.rels.values() if rel.reltype == RELATIONSHIP_TYPE.FONT_TABLE)
    table = parse_xml(listed.blob)
    for name in used:
        font = OxmlElement("w:font")
        font.set(qn("w:name"), name)
        for tag, style in STYLES.items():
            key, content = _hidden(f"{FILES[name]}-{style}.ttf")
            at = PackURI(f"/word/fonts/{FILES[name]}-{style}.odttf")
            held = OxmlElement(tag)
            held.set(qn("r:id"), listed.relate_to(Part(at, OBFUSCATED, content, draft.part.package),
                                                  RELATIONSHIP_TYPE.FONT))  # fmt: skip
            held.set(qn("w:fontKey"), key)
            font.append(held)
        table.append(font)
    listed._blob = serialize_part_xml(table)
    draft.settings.element.find(qn("w:zoom")).addnext(OxmlElement("w:embedTrueTypeFonts"))


@cache
def _hidden(file: str) -> tuple[str, bytes]:
    """A face as a Word file holds it, with its key: the same each time, for the same letter is the same file."""
    key, face = uuid5(NAMESPACE_URL, file), (FONTS / file).read_bytes()
    crossed = bytes(byte ^ key.bytes[::-1][at % 16] for at, byte in enumerate(face[:HIDDEN]))
    return f"{{{str(key).upper()}}}", crossed + face[HIDDEN:]
