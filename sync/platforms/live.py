"""The live expressions of schema/live.py in Python, for a platform that has no formulas.

In: a row's cells and now. Out: the word its live field shows.
Never here: a live expression that schema/live.py does not name.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

Cells = Mapping[str, Any]


def status(cells: Cells, now: datetime) -> str | None:
    """What managers filter actions by: the runner's State, and the clock (R-11)."""
    state, due, warn = cells["State"], cells["Due at"], cells["Warn at"]
    late = isinstance(due, datetime) and due < now
    soon = isinstance(warn, datetime) and warn < now
    match state:
        case "Open":
            return "Overdue" if late else "Due soon" if soon else "Due"
        case "Blocked":
            return "Overdue" if late else "Blocked"
        case "Alert":
            return "Chase" if late else "Due"
        case "Alert blocked":
            return "Blocked"
    return state or None


def pick_up(cells: Cells, _now: datetime) -> str:
    """Whether a report has become a case yet. A typed row waits for Send; a row from the form does not."""
    if cells["What needs a person"]:
        return "Needs a person"
    if cells["Taken at"]:
        return "Taken"
    return "Not yet sent" if cells["Made by"] and not cells["Send"] else "Not yet picked up"


LIVE: Mapping[str, Callable[[Cells, datetime], str | None]] = {"status": status, "pick_up": pick_up}
