"""Binding: several PDFs become one to print, each beginning on a new sheet of paper printed on both sides.

In: PDFs. Out: one PDF, with the tags of each for whoever listens to it.
Never here: a letter's words, or a claim that the whole is as accessible as each letter by itself.
"""

import io
from collections.abc import Sequence
from typing import Any

import pikepdf

from automations.errors import NeedsAPerson

CLAIM = "{http://www.aiim.org/pdfua/ns/id/}part"


def pages(made: bytes) -> int:
    """How many pages it has. NeedsAPerson where it cannot be opened."""
    try:
        with pikepdf.open(io.BytesIO(made)) as pdf:
            return len(pdf.pages)
    except pikepdf.PdfError:
        raise NeedsAPerson("A file cannot be opened as a PDF.") from None


def bound(parts: Sequence[bytes]) -> bytes:
    """All of them in order, the first one's title for the whole. A part of an odd number of pages gets a blank one."""
    with pikepdf.open(io.BytesIO(parts[0])) as whole:
        _even(whole)
        for part in parts[1:]:
            with pikepdf.open(io.BytesIO(part)) as pdf:
                start = len(whole.pages)
                whole.pages.extend(pdf.pages)
                _take_tags(whole, pdf, start)
                _even(whole)
        if "/Outlines" in whole.Root:
            del whole.Root.Outlines
        with whole.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as about:
            about.pop(CLAIM, None)
        out = io.BytesIO()
        whole.save(out, deterministic_id=True)
        return out.getvalue()


def _even(pdf: pikepdf.Pdf) -> None:
    """The next part begins on a right-hand page."""
    if len(pdf.pages) % 2:
        _, _, width, height = (float(x) for x in pdf.pages[-1].mediabox)
        pdf.add_blank_page(page_size=(width, height))


def _take_tags(whole: pikepdf.Pdf, part: pikepdf.Pdf, start: int) -> None:
    """The part's structure under the whole's, its pages' numbers in it moved on behind those that are there.

    Copied after the pages are: until then a tag has no page to point at.
    """
    if "/StructTreeRoot" not in part.Root or "/StructTreeRoot" not in whole.Root:
        return
    root, more = whole.Root.StructTreeRoot, whole.copy_foreign(part.Root.StructTreeRoot)
    there = pikepdf.NumberTree(root.ParentTree)
    after = max(there, default=-1) + 1
    for page in list(whole.pages)[start:]:
        notes: Any = page.obj.get("/Annots", pikepdf.Array())
        for each, name in ((page.obj, "/StructParents"), *((note, "/StructParent") for note in notes)):
            if name in each:
                each[name] = int(each[name]) + after
    for number, parents in pikepdf.NumberTree(more.ParentTree).items():
        there[number + after] = parents
    root.ParentTreeNextKey = max(there, default=-1) + 1
    kids = _several(root.K)
    for kid in _several(more.K):
        kid.P = root
        kids.append(kid)
    root.K = pikepdf.Array(kids)
    ours: Any = root.get("/RoleMap", pikepdf.Dictionary())
    theirs: Any = more.get("/RoleMap", pikepdf.Dictionary())
    root.RoleMap = pikepdf.Dictionary({**dict(theirs.items()), **dict(ours.items())})


def _several(kids: Any) -> list[Any]:
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]
