"""A Word draft in Bengali or Arabic shows its letters on a computer that has no such typeface: it brings them along."""

import io
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn
from letter_cases import some_facts

from automations.letters import render_word
from automations.letters.typeface import FONTS

BENGALI, ARABIC = "রহিমা মুন্নি", "مريم الخطيب"


def a_draft(name: str) -> bytes:
    return render_word("acknowledgement", some_facts(recipient_name=name), large=False, language="en")


def faces(made: bytes) -> dict[str, bytes]:
    """Each embedded face by its place in the file, as a word processor reads it: crossed with its key again."""
    found: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(made)) as whole:
        document = Document(io.BytesIO(made))
        [table] = [rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/fontTable")]
        listed = zipfile.ZipFile(io.BytesIO(made)).read("word/fontTable.xml").decode()
        for rel_id, rel in table.rels.items():
            key = listed.split(f'r:id="{rel_id}"')[1].split('w:fontKey="{')[1].split("}")[0]
            crossing = bytes.fromhex(key.replace("-", ""))[::-1]
            held = whole.read(str(rel.target_part.partname)[1:])
            start = bytes(byte ^ crossing[at % 16] for at, byte in enumerate(held[:32]))
            found[str(rel.target_part.partname)] = start + held[32:]
    return found


@pytest.mark.parametrize(
    ("name", "face", "files"),
    [(BENGALI, "Noto Sans Bengali", "NotoSansBengali"), (ARABIC, "Noto Sans Arabic", "NotoSansArabic")],
)
def test_a_draft_brings_the_letters_along_that_it_needs(name: str, face: str, files: str):
    """HC-054: in regular and bold, whole once they are read, and named by the words that want them."""
    made = a_draft(f"Ms {name} Sample")
    assert faces(made) == {
        f"/word/fonts/{files}-{style}.odttf": (FONTS / f"{files}-{style}.ttf").read_bytes()
        for style in ("Regular", "Bold")
    }
    document = Document(io.BytesIO(made))
    runs = [run for p in document.paragraphs for run in p.runs if run.font.name == face]
    assert {run.text for run in runs} == {name}
    assert all(run._r.rPr.rFonts.get(qn("w:cs")) == face for run in runs)
    said = "".join(p.text for p in document.paragraphs)
    assert f"Ms {name} Sample" in said
    after_zoom = document.settings.element.find(qn("w:zoom")).getnext()
    assert after_zoom.tag == qn("w:embedTrueTypeFonts")


def test_a_draft_in_everyday_letters_brings_nothing_and_the_same_draft_is_the_same_file():
    """HC-054: it stays small."""
    plain = a_draft("Zażółć Sample")
    settings = Document(io.BytesIO(plain)).settings.element
    assert (faces(plain), settings.find(qn("w:embedTrueTypeFonts"))) == ({}, None)
    assert len(plain) < 20_000
    assert set(faces(a_draft(f"{BENGALI} {ARABIC}"))) > set(faces(a_draft(BENGALI)))
    assert faces(a_draft(BENGALI)) == faces(a_draft(BENGALI))
