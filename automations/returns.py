"""Returns: which month of which area is to be told, which cases it is made from, and whether it may go.

In: cases as they were read, areas, rows, the moment. Out: months as "2026-10", and where a row stands.
Never here: a count (sync/partners/monthly.py), a case that triage set aside, a sending (returning.py).
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from automations.calendar import LONDON
from automations.model import Area, Case, Incident, Office, Partner, StatisticsReturn
from automations.rules import set_aside
from schema import choices as c

State, Decision = c.ReferralState, c.ReferralDecision


class Stands(NamedTuple):
    """Where a return stands. `goes`: it may be handed over now."""

    state: c.ReferralState
    why: str
    goes: bool = False


def of_area(cases: Sequence[Case], area: Area) -> list[Case]:
    """The cases of the area that count: placed there by a patch, and not set aside. Brought-over ones count, too."""
    return [case for case in cases if case.area_is and case.area_is.id == area.id and not set_aside(case)]


def month_before(now: datetime) -> str:
    """The last whole calendar month in London: in November "2026-10"."""
    return (now.astimezone(LONDON).replace(day=1) - timedelta(days=1)).strftime("%Y-%m")


def in_words(month: str) -> str:
    """ "2026-10" as staff read it: "October 2026"."""
    return f"{date.fromisoformat(f'{month}-01'):%B %Y}"


def key_of(area: Area, month: str) -> str:
    """The key of that month's row."""
    return f"return/{area.id}/{month}"


def to_begin(
    office: Office, rows: Sequence[StatisticsReturn], cases: Sequence[Case], now: datetime
) -> list[tuple[Area, str]]:
    """The months without a row, of each area whose partnership collects by the month (HC-052, HC-127).

    The last whole one, and those before it back to the latest that has a row: a runner that was down leaves none out.
    None from before the area's first report.
    """
    last, found = month_before(now), list[tuple[Area, str]]()
    for area in office.areas:
        if area.sends is not c.Arrangement.MONTHLY:
            continue
        month = max((x.month for x in rows if (x.key or "").startswith(f"return/{area.id}/")), default="")
        month = _after(month) if month else last
        first = min((_reported_in(x) for case in of_area(cases, area) for x in case.incidents), default=_after(last))
        while max(month, first) == month <= last:
            found.append((area, month))
            month = _after(month)
    return found


def _reported_in(incident: Incident) -> str:
    return incident.counts_from.astimezone(LONDON).strftime("%Y-%m")


def _after(month: str) -> str:
    return (date.fromisoformat(f"{month}-01") + timedelta(days=31)).strftime("%Y-%m")


def stands(row: StatisticsReturn, area: Area, partner: Partner | None) -> Stands:
    """Where a return that has not gone stands: it waits for its partner, and for a line manager's Decision (R-25)."""
    if row.decision is Decision.DO_NOT:
        return Stands(State.NOT_SENT, "Decision says that it is not to be sent.")
    if area.sends is not c.Arrangement.MONTHLY:
        return Stands(State.NOT_READY, "The area's partnership does not collect by the month any more (Areas, Sends).")
    if partner is None:
        return Stands(State.NOT_READY, "No partnership is named for the area: an administrator names it in Areas.")
    if partner.is_off:
        return Stands(State.NOT_READY, "The partner is switched off in the office base.")
    if partner.held:
        return Stands(State.HELD, partner.held)
    if not partner.destination:
        return Stands(State.READY, "This partner has no destination: give them the files, and enter Made by hand at.")
    if why := _undecided(row):
        return Stands(State.READY, why)
    return Stands(State.READY, "A line manager decided that it goes.", goes=True)


def _undecided(row: StatisticsReturn) -> str:
    if row.decision is None:
        return "It may go. A line manager looks it over and sets Decision."
    if "Fingerprint" in row.altered:
        return "The counts were made anew after the Decision: look them over, take it away and set it again."
    if row.author is None and not row.altered:
        return "The platform's audit names no member of staff for the Decision, so it does not count."
    manager = row.author is not None and row.author.role in c.LINE_MANAGERS
    return "" if manager else "A line manager sets this Decision."
