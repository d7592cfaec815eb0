"""Returns: which cases a month's counts of an area are made from, and which month is to be told.

In: cases as they were read, an area, the moment. Out: the cases that count, months as "2026-10".
Never here: a count (sync/partners/monthly.py), a case that triage set aside.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from automations.calendar import LONDON
from automations.model import Area, Case
from automations.rules import set_aside


def of_area(cases: Sequence[Case], area: Area) -> list[Case]:
    """The cases of the area that count: placed there by a patch, and not set aside. Brought-over ones count, too."""
    return [case for case in cases if case.area_is and case.area_is.id == area.id and not set_aside(case)]


def month_before(now: datetime) -> str:
    """The last whole calendar month in London: in November "2026-10"."""
    return (now.astimezone(LONDON).replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
