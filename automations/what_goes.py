"""What goes: which one file of a letter's row leaves the house, if it still says what the facts say now.

In: a case, a letter's row, and what the facts make of the letter at this moment. Out: a file, or one sentence.
Never here: who may approve it (sent.py). A letter that is held, has a hole or is outdated does not go.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from automations.drafts import (
    CHANGED,
    WRITTEN_FOR_ANOTHER,
    Made,
    edited,
    is_for_another,
    is_their_own,
    why_not_made,
)
from automations.edited_pdf import FILES, pdf_of
from automations.letters import Draft, Held
from automations.letters.catalogue import CATALOGUE
from automations.model import Case, Letter
from automations.sent import unapproved
from schema import choices as c

NOT_OURS = "Casewatch writes no letter of this kind: print it and post it yourself."
IN_WORD = "It was edited in Word, and has no PDF yet: save it as a PDF and put that, alone, into Edited document."
NOT_A_PDF = "Your own letter is not one PDF: save it as a PDF and put that, alone, into Edited document."
OUTDATED = (
    "The facts have changed since its document was made. Leave Decision empty for a minute, look at the new document, "
    "and decide again."
)


@dataclass(frozen=True, slots=True)
class Going:
    """A file of a letter's row: in which cell it lies, and its name there."""

    column: str
    name: str


def what_goes(case: Case, row: Letter, made: Made, now: datetime) -> Going | str:
    """The one PDF that goes, or the sentence that says why there is none: staff's own file before our document."""
    if row.kind not in CATALOGUE:
        return NOT_OURS
    cells, basis = edited(row, now)
    theirs = is_their_own(row, basis)
    if isinstance(made, Held) or not (theirs or isinstance(made, Draft)):
        assert not isinstance(made, Draft), "it is held, or could not be made"
        return str(why_not_made(made)["What is missing"])
    if theirs and is_for_another(row, cells):
        return WRITTEN_FOR_ANOTHER
    if isinstance(made, Draft) and not theirs:
        if row.edited and basis and basis != made.fingerprint[: len(basis)]:
            return CHANGED
        if not row.edited and (row.made_from, row.documents) != (made.fingerprint, (made.file_name,)):
            return OUTDATED
    names = [file.rsplit("/", 2)[0] for file in row.edited] or list(row.documents)
    if len(names) == 1 and row.edited and (made_of_it := pdf_of(case, row)):
        return Going(FILES, made_of_it)
    if len(names) != 1 or not names[0].lower().endswith(".pdf"):
        return NOT_A_PDF if theirs else IN_WORD
    return Going("Edited document" if row.edited else "Document", names[0])


def lacks_approval(case: Case, row: Letter, how: c.Channel, now: datetime) -> str:
    """The approval that it would lack if it went that way now, in the words that stand on its row now (R-25)."""
    made_at = edited(row, now)[0].get("Made at", row.made_at)
    gone = replace(row, decision=c.LetterDecision.POSTED, sent_how=how, sent_at=now, made_at=made_at)
    return unapproved(case, replace(gone, state=c.LetterState.DRAFT))
