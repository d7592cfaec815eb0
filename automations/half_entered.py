"""Half entered: rows that look finished and count for nothing, since one cell of them is blank.

In: a case with impossible times left out, and what was said of those. Out: one sentence a row, naming the blank cell.
Never here: a booking, a draft or a question that nobody has answered yet (they are not finished, and look it).
"""

from collections.abc import Iterator, Sequence

from automations.consent import UNDATED
from automations.model import Case
from schema import choices as c

UNTIL = "until then it does not count."


def half_entered(case: Case, refused: Sequence[str] = ()) -> list[str]:
    """Every such row. `refused`: what was said of times that were left out; a cell that is said there is not blank."""
    said = [*_met(case), *_reviews(case), *_letters(case), *_checks(case), *_told(case), *_agreed(case)]
    return [f"{row}: {lacks}" for row, cell, lacks in said if not any(x.startswith(f"{row}: {cell} ") for x in refused)]


def _met(case: Case) -> Iterator[tuple[str, str, str]]:
    """Interviews and contacts (HC-036, HC-069)."""
    for x in case.interviews:
        row = f"Interviews {x.id}"
        if x.with_ is None and (x.result or x.happened_at):
            yield row, "With", f"say whose interview it was (With); {UNTIL}"
        elif x.result is None and x.happened_at:
            yield row, "Result", f"say how it ended (Result); {UNTIL}"
    for y in case.contacts:
        if y.result is c.ContactResult.MADE and y.at is None:
            yield f"Contacts {y.id}", "At", f"say when it was (At); {UNTIL}"
        elif y.result is None and y.at:
            yield f"Contacts {y.id}", "Result", f"say whether you spoke or only tried (Result); {UNTIL}"


def _reviews(case: Case) -> Iterator[tuple[str, str, str]]:
    """Reviews that a manager wrote up in part (HC-112)."""
    for x in case.reviews:
        row, written = f"Reviews {x.id}", bool((x.findings or "").strip())
        if written and x.kind is None and not x.covers_outcome:
            yield row, "Kind", f"say which review it was (Kind); {UNTIL}"
        elif written and x.held_at is None:
            yield row, "Held at", f"say when it was held (Held at); {UNTIL}"
        elif x.held_at and not written:
            yield row, "Findings", f"write down what was concluded (Findings); {UNTIL}"


def _letters(case: Case) -> Iterator[tuple[str, str, str]]:
    """Made is not sent: a letter went once staff say so, and when (A-33)."""
    for x in case.letters:
        if x.decision is c.LetterDecision.POSTED and x.sent_at is None:
            yield f"Letters {x.id}", "Sent at", f"say when it went (Sent at); {UNTIL}"
        elif x.decision is None and x.sent_at:
            yield f"Letters {x.id}", "Decision", f"if it went, set Decision to {c.LetterDecision.POSTED}; {UNTIL}"


def _checks(case: Case) -> Iterator[tuple[str, str, str]]:
    """A check says what was found, be it nothing (HC-037)."""
    for x in case.checks:
        if x.checked_at and not x.found:
            yield f"Tenancy checks {x.id}", "Found", f"say what was found, if only {c.Flag.NONE} (Found); {UNTIL}"
        elif x.found and x.checked_at is None:
            yield f"Tenancy checks {x.id}", "Checked at", f"say when it was checked (Checked at); {UNTIL}"


def _told(case: Case) -> Iterator[tuple[str, str, str]]:
    """Somebody was told of a victim, and the record says neither whom nor why (HC-022, HC-052)."""
    for x in case.referrals:
        if x.by_hand_at and x.purpose is None:
            yield f"Referrals {x.id}", "Purpose", f"say what it was for (Purpose); {UNTIL}"
        elif x.by_hand_at and not (x.partner or "").strip():
            yield f"Referrals {x.id}", "Partner", "say who was told (Partner)."


def _agreed(case: Case) -> Iterator[tuple[str, str, str]]:
    """A yes that nobody who may give it is recorded to have given (R-12)."""
    for x in case.consents:
        if x.answer is not c.Answer.YES or x.withdrawn_at:
            continue
        if x.undated:
            yield f"Consents {x.id}", "Given at", f"{UNDATED}."
        elif x.given_by is None:
            yield f"Consents {x.id}", "Given by", f"say who gave the agreement (Given by); {UNTIL}"
        elif x.given_by is c.GivenBy.PERPETRATOR:
            yield f"Consents {x.id}", "Given by", "an alleged perpetrator cannot agree for a victim; it does not count."
