"""The live expressions of the schema in Python, for a platform that cannot work them out itself.

In: a row's cells and now. Out: the word its live field shows.
Never here: a live expression that schema/live.py does not name.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

Cells = Mapping[str, Any]


def status(cells: Cells, now: datetime) -> str | None:
    """What managers filter actions by: the runner's State, and the clock (R-11)."""
    state, due, warn = cells.get("State"), cells.get("Due at"), cells.get("Warn at")
    late = due is not None and due < now
    soon = warn is not None and warn < now
    match state:
        case "Open":
            return "Overdue" if late else "Due soon" if soon else "Due"
        case "Blocked":
            return "Overdue" if late else "Blocked"
        case "Alert":
            return "Chase" if late else "Due"
        case "Alert blocked":
            return "Blocked"
    return str(state) if state else None


def pick_up(cells: Cells, _now: datetime) -> str:
    """Whether a report has become a case yet."""
    if cells.get("What needs a person"):
        return "Needs a person"
    return "Taken" if cells.get("Case reference") else "Not yet picked up"


LIVE: Mapping[str, Callable[[Cells, datetime], str | None]] = {"status": status, "pick_up": pick_up}
