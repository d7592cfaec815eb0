"""Authors: who decided, and whether what they decided still stands as they left it (R-25, R-26).

In: a row of a decision, its history, the office. Out: its author, when the audit saw it, what was altered since.
Never here: a role taken from a cell that its holder can edit.
"""

from itertools import pairwise
from typing import Any

from automations import model as m
from automations.histories import History, after, authors, same_address
from automations.in_step import in_step
from automations.ports import Change, Record
from schema.choices import LINE_MANAGERS

DECIDED_ON = {
    "Reviews": ("Case", "Kind", "Held at", "Covers the outcome", "Incident", "Person"),
    "Approvals": ("Case", "Matter", "Decided at", "Reason", "Incident", "Person", "Repair", "Letter", "Rehousing"),
    "Overrides": ("Case", "Purpose", "Organisation", "Lawful basis", "Reason", "Incident"),
    "Closures": ("Case", "Closed at", "Exception", "Exception kind", "How we know"),
    "Area reviews": ("Area", "Held at", "Plans followed through", "Records adequate", "Cases covered"),
    "Policy reviews": (),
    "Statistics returns": ("Fingerprint",),
    "Recipient confirmations": ("Partner", "Recipient"),
    "Prevention": ("Kind", "What was done", "Nobody can be recognised"),
}
"""What a decision is about: changed by somebody else afterwards, it is no longer what was decided (R-26)."""


def was_touched(record: Record, deciding: str) -> bool:
    """Whether there is, or may have been, a decision on the row: otherwise nobody need be asked."""
    return record.fields.get(deciding) not in (None, "", ()) or record.updated_at is not None


def decided_by(r: Record, kind: type[m.Decided], deciding: str, history: History, office: m.Office) -> dict[str, Any]:
    """Who set the deciding field, by the audit and the office; nobody where either does not say.

    Nobody yet where the history ends in another decision than the record shows: its author is not this one's.
    """
    told = authors(history)
    by = told.get(deciding)
    if by is None or not in_step(r, deciding, history):
        return {}
    altered = [f for f in DECIDED_ON[r.table] if _is_altered(r, f, by, history)]
    if _taken_over(deciding, by, history, office):
        altered.insert(0, deciding)
    more: dict[str, Any] = {
        "author": None if altered else office.author(by.by),
        "decided_recorded_at": by.at,
        "altered": ", ".join(altered),
    }
    second = told.get("Second decision")
    stands = (
        second
        and in_step(r, "Second decision", history)
        and not any(_is_altered(r, f, second, history) for f in DECIDED_ON[r.table])
    )
    if kind is m.Override and second and stands and not altered:
        more |= {"second_author": office.author(second.by), "second_recorded_at": second.at}
    return more


def _is_altered(r: Record, field: str, by: Change, history: History) -> bool:
    """Whether somebody else changed the field after the decision, or it holds what the audit does not tell."""
    last = next((change for change in reversed(after(history, by)) if change.field == field), by)
    return not in_step(r, field, history) or not same_address(last.by, by.by)


def _taken_over(deciding: str, by: Change, history: History, office: m.Office) -> bool:
    """Whether the decision itself was somebody else's before, and whoever set it last may not decide."""
    author = office.author(by.by)
    if author is not None and author.role in LINE_MANAGERS:
        return False
    changes = [change for change in history if change.field == deciding]
    return any(x.before not in (None, "", ()) and not same_address(y.by, x.by) for y, x in pairwise(changes))
