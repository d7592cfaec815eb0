"""Edited PDF: the PDF beside a letter that staff edited in Word, made once for each file, or why there is none.

In: a case, whether a word processor is there. Out: what to make, and what to write on the letter's row.
Never here: the edited file touched; a PDF beside a reason why nothing may be sent.
"""

from collections.abc import Iterator
from typing import Any

from automations.drafts import HALF, NOT_MADE, mark_of
from automations.effects import AsPdf, Write
from automations.model import Case, Letter

FILES, WHY, EDITED = "Edited as PDF", "Why no PDF", "Edited document"
BY_HAND = "open it in Word, save it as a PDF, and attach that to Edited document."
NOT_INSTALLED = f"LibreOffice is not installed where Casewatch runs: {BY_HAND}"
NOT_DOCX = f"It is not saved as a .docx: save it as one, or {BY_HAND}"
OTHER_WORDS = (".doc", ".docm", ".dotm", ".dotx", ".odt", ".rtf")
"""What else a word processor saves."""


def edited_as_pdf(case: Case, *, makes_pdfs: bool) -> Iterator[Write | AsPdf]:
    """For each letter that nobody has decided about, and whose edited file may be sent for all we know."""
    for row in case.letters:
        if not row.decision:
            yield from _of(case, row, makes_pdfs)


def _of(case: Case, row: Letter, makes_pdfs: bool) -> Iterator[Write | AsPdf]:
    key, file = row.key or f"{case.reference}/letters-{row.id}", _latest(row)
    name = _name(case, row)
    stands = (row.edited_from or "").partition(" ")[0] == mark_of(row)
    why, kept = row.no_pdf if stands else None, row.edited_pdf if name in row.edited_pdf else ()
    if not file or row.state in NOT_MADE or not file.lower().endswith((".docx", *OTHER_WORDS)):
        why, kept, file = None, (), None
    elif not file.lower().endswith(".docx"):
        why, file = NOT_DOCX, None
    elif not makes_pdfs and not kept:
        why, file = NOT_INSTALLED, None
    elif why in (NOT_INSTALLED, NOT_DOCX) or kept:
        why = None
    cells: dict[str, Any] = {WHY: why}
    if row.edited_pdf and not kept:
        cells[FILES] = ()
    if why != row.no_pdf or FILES in cells:
        yield Write("Letters", key, cells, record=row.id)
    if file and not why and not kept:
        yield AsPdf(f"{key}/pdf", "Letters", row.id, EDITED, file, FILES, name, WHY, unless="Decision")


def pdf_of(case: Case, row: Letter) -> str | None:
    """The PDF that was made of the very file that staff edited; None where there is none."""
    return name if (name := _name(case, row)) in row.edited_pdf else None


def _name(case: Case, row: Letter) -> str:
    return f"{case.reference} letter {mark_of(row)[HALF:]} edited.pdf"


def _latest(row: Letter) -> str | None:
    """The name of the file that staff attached last."""
    return row.edited[-1].rsplit("/", 2)[0] if row.edited else None
