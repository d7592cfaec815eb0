"""By hand: rows as a member of staff types them, with links and times that are worked out when they are typed.

In: a case's own people, incident and repairs, the moment. Out: cells as a platform takes them.
Never here: which rows there are (letter_rows.py), or a cell of the runner's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from automations.calendar import LONDON
from automations.ports import Platform, Value
from schema import choices as c

SATURDAY = 5
ROLES = {str(c.PersonRole.VICTIM): "victim", str(c.PersonRole.PERPETRATOR): "accused"}
"""What the people that a case has from the first are called here."""


@dataclass(frozen=True, slots=True)
class The:
    """A link to a row of the same case, by what it is called here."""

    row: str


@dataclass(frozen=True, slots=True)
class Ago:
    """An instant so many hours ago."""

    hours: float


@dataclass(frozen=True, slots=True)
class Day:
    """A day so many days ahead or, below nought, ago, at an hour of the office; never at a weekend."""

    days: int
    hour: int = 10
    minute: int = 30


Typed = str | bool | float | date | tuple[str, ...] | The | Ago | Day


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an older case, by its number: entered anew, or (`of`) cells changed on a row that is there.

    `called` is what The() calls it.
    """

    case: int
    table: str
    cells: Mapping[str, Typed]
    called: str = ""
    of: str = ""


def own_rows(platform: Platform, case: str) -> dict[str, str]:
    """The ids of the rows that a case has from the first, by what they are called here."""
    found = {"case": case}
    for person in platform.find("People", "Case", [case]):
        if role := ROLES.get(str(person.fields["Role"])):
            found[role] = person.id
    for table, called in (("Incidents", "incident"), ("Repairs", "repair")):
        for row in platform.find(table, "Case", [case]):
            found[called] = row.id
    return found


def cells(typed: Mapping[str, Typed], rows: Mapping[str, str], now: datetime) -> dict[str, Value]:
    """The same cells with their links and times worked out."""
    return {name: _value(cell, rows, now) for name, cell in typed.items()}


def _value(cell: Typed, rows: Mapping[str, str], now: datetime) -> Value:
    match cell:
        case The():
            return (rows[cell.row],)
        case Ago():
            return (now - timedelta(hours=cell.hours)).replace(microsecond=0)
        case Day():
            day = now.astimezone(LONDON).date() + timedelta(days=cell.days)
            if (past := day.weekday() - SATURDAY) >= 0:
                day += timedelta(days=2 - past if cell.days > 0 else -1 - past)
            return datetime.combine(day, time(cell.hour, cell.minute), LONDON).astimezone(UTC)
    return cell
