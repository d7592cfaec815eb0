"""Explain: every step of a case in plain English, a paragraph a step, in the procedure's order.

In: a case's actions as they should stand (remembered.py). Out: sentences in London time for staff and managers.
Never here: a person's name, or a word that changes merely because time passes (a caller may give the live status).
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from automations.deadlines import say
from automations.nameless import Nameless
from automations.remembered import Remembered
from schema.choices import ActionState, Target

Cells = Mapping[str, Any]
Status = Callable[[Cells], str]

STANDS: Mapping[str, str] = {
    ActionState.OPEN: "To do",
    ActionState.ALERT: "To do at once",
    ActionState.BLOCKED: "Blocked",
    ActionState.ALERT_BLOCKED: "Blocked",
}
"""What the runner knows, in words that hold at any hour; every other state is its own word."""


def as_kept(cells: Cells) -> str:
    """Where an action stands whatever the hour."""
    state: str = cells["State"]
    return STANDS.get(state) or str(state)


def explained(actions: Iterable[Remembered], nameless: Nameless, status: Status = as_kept) -> str:
    """Every action of the case, with an empty line between two."""
    return "\n\n".join(paragraph(each, nameless, status) for each in actions)


def paragraph(action: Remembered, nameless: Nameless, status: Status = as_kept) -> str:
    """One action: what it is about, where it stands, every date, and why."""
    cells = action.shown
    about, clause = cells["About"], cells["Clause"]
    told = [f"{cells['Title']} ({about}, clause {clause}). {_stands(cells, status)}{_dates(cells)}."]
    if cells["Evidence key"]:
        told.append(f"{cells['Evidence key']} shows it.")
    if cells["Entered late"]:
        told.append("It was entered more than 24 hours after it happened.")
    if cells["Imported"]:
        told.append("From older records.")
    if cells["Blocked by"]:
        told.append(f"What must be true first: {cells['Blocked by']}")
    if cells["Done while blocked"]:
        told.append(f"It was done while this stood in the way: {cells['Done while blocked']}")
    if cells["Why"]:
        told.append(f"Why: {_why(cells['Why'], nameless)}")
    if cells["How worked out"]:
        told.append(f"How it was worked out: {_how(cells['How worked out'], clause, nameless)}")
    if cells["Reopened at"]:
        told.append(f"Opened again {say(cells['Reopened at'])}: {cells['Reopened why']}")
    if action.reason_for_lateness:
        told.append(f"Reason for lateness: {nameless.said(action.reason_for_lateness)}")
    return " ".join(told)


def _stands(cells: Cells, status: Status) -> str:
    """Where it stands now; "Due" is in our own words, for the due date follows it."""
    live = status(cells)
    return as_kept(cells) if live == "Due" else live


def _why(why: str, nameless: Nameless) -> str:
    """Our own sentence; after "Not needed:" stand staff's own words (starts/report.py)."""
    return nameless.said(why) if why.startswith("Not needed:") else why


def _how(how: str, clause: str, nameless: Nameless) -> str:
    """Our own sentence without what was said above. Where an area has its own length it says who decided (rules.py)."""
    how = how.partition(" First promised: ")[0].replace(f" Clause {clause}.", "")
    before, decided, by = how.partition(" The length is set for ")
    return f"{before} {nameless.said(decided + by)}" if decided else how


def _dates(cells: Cells) -> str:
    """When it is, or was, due and done. An alert has no target to miss (R-03)."""
    due, done, first = cells["Due at"], cells["Done at"], cells["First due"]
    word = "to be done by" if cells["Target"] == Target.ALERT else "due"
    said = f" {say(done)}" if done else ""
    if due and cells["State"] != ActionState.NOT_NEEDED:
        said += f", {word} {say(due)}"
        if first and first != due:
            said += f", first promised for {say(first)}"
    return said
