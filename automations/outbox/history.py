"""History: each change of a referral's state or pack, one line: when, what, why and by whom. Lines are only ever added.

In: the row as it stands, the cells about to be written. Out: those cells, with the line that tells of them.
Never here: a further try of the same thing (Tries counts those), a victim's name.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from automations.calendar import LONDON
from automations.model import Referral
from schema.choices import ReferralState

OURS = "Casewatch"
ANSWERED = (ReferralState.FAILED, ReferralState.REJECTED)
"""States whose reason is the partner's answer."""


def with_line(
    row: Referral | None, cells: Mapping[str, Any], now: datetime, on: str = "", *, by: str = OURS
) -> dict[str, Any]:  # fmt: skip
    """The cells, and in History a line where they change the state. `on`: on whose decision it was changed; `by`: who
    changed it, where that was not Casewatch.
    """
    state = cells.get("State")
    again = state is ReferralState.SENDING and row is not None and bool(row.tries)
    if state is None or again or (row is not None and row.state is state):
        return dict(cells)
    first, other = ("Answer", "Why") if state in ANSWERED else ("Why", "Answer")
    reason = cells.get(first) or cells.get(other) or (row.why if row else None)
    who = f"{by}, on {on}'s decision" if on else by
    words = " ".join(f"{state}{f': {reason}' if reason else ''} ({who})".split())
    told = str(cells.get("History") or (row.history if row else None) or "").splitlines()
    if told and told[-1].endswith(words):
        return dict(cells)
    return {**cells, **_added(told, words, now)}


def noted(row: Referral, words: str, now: datetime) -> dict[str, str]:
    """History with one line more, of something that is no change of the state."""
    return _added((row.history or "").splitlines(), f"{words} ({OURS})", now)


def _added(told: list[str], words: str, now: datetime) -> dict[str, str]:
    return {"History": "\n".join([*told, f"{now.astimezone(LONDON):%d/%m/%Y %H:%M:%S} {words}"])}
