"""Vanished: why an action that nobody owes any more is not needed, in a sentence.

In: a case, the row of an action without a duty. Out: whether somebody took its place, it went, or nothing is owed.
Never here: what becomes of the row (remembered.py): it and its history stay.
"""

from automations.deadlines import say
from automations.model import Action, Case
from automations.procedure import STEP, Scope
from automations.subjects import subjects

REPLACED = {
    Scope.VICTIM: "Replaced: a victim is now named.",
    Scope.WITNESS: "Replaced: a witness is now named.",
    Scope.PERPETRATOR: "Replaced: an alleged perpetrator is now named.",
}
"""An incident's own action stands for somebody not yet known; once they are, the action is theirs by name."""
GONE = "What it was about is no longer on the case."
NOT_OWED = "Nothing is owed for it now."


def why_vanished(case: Case, row: Action) -> str:
    """Why nothing on the case asks for this action any more; and that it was late, where it was and stayed undone."""
    late = row.first_late_at if row.first_done_at is None else None
    return f"{_why(case, row)} It was due {say(late)} and was not done by then." if late else _why(case, row)


def _why(case: Case, row: Action) -> str:
    step = STEP.get(row.step or "")
    if step is None:
        return NOT_OWED
    about = (row.key or "").removeprefix(f"{case.reference}/{step.id}").removeprefix("/")
    if step.recurs:
        about = about.rpartition("/")[0]
    there = {subject.key for subject in subjects(case, step)}
    if about in there:
        return NOT_OWED
    if step.scope in REPLACED and any(key.startswith(f"{about}/person-") for key in there):
        return REPLACED[step.scope]
    return GONE
