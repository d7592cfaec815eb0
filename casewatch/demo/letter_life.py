"""Letter life: staff ask for letters on the older cases and, once there are drafts, take each as far as it has come.

In: the bases, signed in as an officer and as a line manager. Out: rows, approvals, an edited Word file, decisions.
Never here: a draft or a State (the runner's), or an approval by anybody but a manager (R-25).
"""

import io
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import docx

from automations.ports import File, Platform, Record
from casewatch.demo.by_hand import The, cells, own_rows
from casewatch.demo.letter_rows import ENTERED, LETTERS, Stage, Written
from schema import choices as c

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CHANGED_TO = "Thank you for trusting us with it, and for your patience."
"""What the officer writes in Word in place of one sentence of the draft."""
BEFORE = "Thank you for trusting us with it."
DECISIONS = {
    Stage.SENT: c.LetterDecision.POSTED,
    Stage.APPROVED_AND_SENT: c.LetterDecision.POSTED,
    Stage.RETURNED: c.LetterDecision.RETURNED,
    Stage.CANCELLED: c.LetterDecision.CANCELLED,
}
TO_APPROVE = (Stage.APPROVED, Stage.APPROVED_AND_SENT)


def ask(officer: Platform, number: int, case: str, now: datetime) -> None:
    """What staff entered for the letters of one older case, then the letters themselves."""
    mine = [row for row in ENTERED if row.case == number]
    letters = [each for each in LETTERS if each.case == number]
    if not letters:
        return
    there = own_rows(officer, case)
    for row in mine:
        typed = cells(row.cells, there, now)
        if row.of:
            officer.update(row.table, [(there[row.of], typed)])
            continue
        [made] = officer.create(row.table, [{"Case": (case,), **typed}])
        if row.called:
            there[row.called] = made
    officer.create("Letters", [_asked(each, case, there, now) for each in letters])


def _asked(each: Written, case: str, there: Mapping[str, str], now: datetime) -> dict[str, Any]:
    typed = {**({"To": The(each.to)} if each.to else {}), **each.cells}
    words = {"Words for the reader": each.words} if each.words else {}
    return {"Case": (case,), "Letter": each.kind, "Kind": each.kind, **words, **cells(typed, there, now)}


def go_on(officer: Platform, manager: Platform, now: datetime) -> Iterator[str]:
    """Take each letter further whose draft is there and which nobody has taken further yet, saying each."""
    further = {(f"older-{each.case}", str(each.kind)): each for each in LETTERS if each.stage is not Stage.LEFT}
    cases = {case.id: str(case.fields["Report"]) for case in officer.records("Cases")}
    approved = {id for row in manager.records("Approvals") for id in _ids(row.fields["Letter"])}
    for row in officer.records("Letters"):
        mine = ((cases[id], str(row.fields["Kind"])) for id in _ids(row.fields["Case"]))
        each = next((further[which] for which in mine if which in further), None)
        begun = row.fields["Decision"] or row.fields["Edited document"] or row.id in approved
        if each is None or begun or not row.fields["Document"]:
            continue
        if each.stage in TO_APPROVE:
            manager.create("Approvals", [{
                "Approval": "A letter", "Matter": c.Matter.LETTER, "Decision": c.Decision.AGREED,
                "Reason": "Fair, and it names nobody who spoke to us.", "Case": _ids(row.fields["Case"]),
                "Letter": (row.id,),
            }])  # fmt: skip
        if each.stage is Stage.EDITED:
            _edit(officer, row)
        if decision := DECISIONS.get(each.stage):
            officer.update("Letters", [(row.id, _decided(each, decision, now))])
        yield f"{each.kind}: {each.stage.name.replace('_', ' ').lower()}"


def _decided(each: Written, decision: c.LetterDecision, now: datetime) -> dict[str, Any]:
    """What staff enter once a letter went: by post to a home, by e-mail to an organisation."""
    if decision is c.LetterDecision.CANCELLED:
        return {"Decision": decision}
    return {
        "Decision": decision,
        "Sent at": now.replace(microsecond=0),
        "Sent how": c.Channel.LETTER if each.to else c.Channel.EMAIL,
    }


def _edit(officer: Platform, row: Record) -> None:
    """The Word draft with one sentence changed, saved under its own name and put beside it."""
    drafts = row.fields["Draft in Word"]
    name = next(f.name for f in drafts if isinstance(f, File)) if isinstance(drafts, tuple) else ""
    letter = docx.Document(io.BytesIO(officer.fetch("Letters", row.id, "Draft in Word", name)))
    for paragraph in letter.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace(BEFORE, CHANGED_TO)
    saved = io.BytesIO()
    letter.save(saved)
    officer.attach("Letters", row.id, "Edited document", name, saved.getvalue(), WORD)


def _ids(link: object) -> tuple[str, ...]:
    return tuple(x for x in link if isinstance(x, str)) if isinstance(link, tuple) else ()
