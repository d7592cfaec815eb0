"""The monthly return: what is counted for one area and one calendar month, as JSON and as a table.

In: the cases as they were read, an area, a month. Out: the same bytes for the same records, whenever they are made.
Never here: a person, a reference, a count so small that it tells who (small_counts.py), a clock.
"""

import csv
import hashlib
import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from automations.errors import NeedsAPerson
from automations.model import Area, Case, Diversity, Incident
from schema import choices as c
from sync.partners import codes, people
from sync.partners.models import Code, Month, Part, Version, why
from sync.partners.narrative import postcode
from sync.partners.small_counts import SMALLEST, held_back

LONDON = ZoneInfo("Europe/London")
ELSEWHERE = "elsewhere"
"""Every sector with a small count together: its name alone would say that something happened there."""
COLUMNS = ("area", "month", "breakdown", "code", "count", "held_back")


class Count(Part):
    """How often one code was counted. Without a count it is held back."""

    code: str = why("What was counted, from a list; of `sector` the beginning of a postcode.")
    count: int | None = why("How many incidents; none where the number is so small that it may tell who.")


class Breakdown(Part):
    """One way of counting the incidents of the month. Of strands and kinds an incident may have several."""

    name: Code = why("What is counted by.")
    counts: tuple[Count, ...] = why("Each code of the list, those with none as well.")
    all_held_back: bool = why("Whether even the noughts are held back, because they would tell the rest.")


class MonthlyReturn(Part):
    """What was reported in one area in one calendar month. It names nobody and quotes no case."""

    message: Literal["monthly_return"] = why("What this is: a month's counts for an area.", default="monthly_return")
    version: Version = 1
    form: Literal["counts"] = why("Counts alone: no record of any one incident.", default="counts")
    reference: str = why("The month and the area. A month of an area is told once.")
    sender: str = why("The landlord whose incidents they are.")
    area: str = why("The landlord's area, by its name.")
    month: Month = why("The calendar month in London in which they were first reported.")
    incidents: int | None = why("How many; none where the number is so small that it may tell who.")
    breakdowns: tuple[Breakdown, ...] = why("The same incidents, counted in several ways side by side.")


@dataclass(frozen=True, slots=True)
class Return:
    """One month of one area: the bytes of both forms, and the SHA-256 of the JSON."""

    json: bytes
    csv: bytes
    fingerprint: str
    incidents: int
    """How many there were. For our own eyes: what is told is in the bytes."""


def monthly_return(
    cases: Sequence[Case], area: Area, month: str, diversity: Iterable[Diversity], sender: str
) -> Return:
    """What the area's partnership may be told of a month ("2026-10") where it collects by the month (HC-052, R-16).

    `cases` are those of the area that count (automations/returns.py). Counted is each incident of theirs first reported
    in the month, in London. A correction of the records makes another return, so what was sent is kept.
    """
    if not area.name.strip():
        raise NeedsAPerson("The area has no name: an administrator gives it one in Areas.")
    found = [(case, incident) for case in cases for incident in case.incidents if reported_in(incident) == month]
    answers: dict[str, list[Diversity]] = {}
    for row in diversity:
        answers.setdefault((row.reference or "").strip(), []).append(row)
    rows = {**_of_incidents([x for _, x in found]), **_known(found), **_of_people(found, answers)}
    told = held_back(rows, len(found))
    content = MonthlyReturn(
        reference=f"{month}/{area.name.strip()}",
        sender=sender,
        area=area.name,
        month=month,
        incidents=told.total,
        breakdowns=tuple(
            Breakdown(
                name=name,
                counts=tuple(Count(code=code, count=count) for code, count in sorted(counts.items())),
                all_held_back=name in told.whole,
            )
            for name, counts in told.rows.items()
        ),
    )
    body = json.dumps(
        content.model_dump(mode="json", exclude_none=True), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return Return(body.encode(), _table(content), hashlib.sha256(body.encode()).hexdigest(), len(found))


def reported_in(incident: Incident) -> str:
    """The calendar month in London of its first report: "2026-10"."""
    return incident.counts_from.astimezone(LONDON).strftime("%Y-%m")


def _of_incidents(incidents: Sequence[Incident]) -> dict[str, Mapping[str, int]]:
    """By each list of the report, and by the sector of the postcode where one is known."""
    counted = {
        "strand": _count(codes.STRAND.values(), [codes.STRAND[s] for x in incidents for s in set(x.because_of)]),
        "kind": _count(codes.KIND.values(), [codes.KIND[k] for x in incidents for k in set(x.kinds)]),
        "place": _count(codes.PLACE.values(), [codes.PLACE.get(x.happened_where or "") for x in incidents]),
        "police_told": _count(codes.POLICE_TOLD.values(), [codes.POLICE_TOLD[x.police_know] for x in incidents]),
    }
    sectors = [sector for x in incidents if (sector := postcode(x.postcode, full=False))]
    often = Counter(sectors)
    return {**counted, "sector": _count((ELSEWHERE,), [x if often[x] >= SMALLEST else ELSEWHERE for x in sectors])}


def _known(found: Sequence[tuple[Case, Incident]]) -> dict[str, Mapping[str, int]]:
    """Whether anybody is alleged to have done it."""
    known = ["yes" if any((p.name or "").strip() for p in people.of(case, x, c.PersonRole.PERPETRATOR)) else "no"
             for case, x in found]  # fmt: skip
    return {"perpetrator_known": _count(("yes", "no"), known)}


def _of_people(
    found: Sequence[tuple[Case, Incident]], answers: Mapping[str, Sequence[Diversity]]
) -> dict[str, Mapping[str, int]]:
    """Voluntary answers of the victims, and of the alleged perpetrators, of the month's cases, a case once."""
    references = {case.reference for case, _ in found}
    rows = [row for reference in references for row in answers.get(reference, ())]
    return {
        f"{part}_{name}": _count(
            code.values(), [code.get(getattr(row, name) or "") for row in rows if row.whose is whose]
        )
        for part, whose in (("victims", c.PersonRole.VICTIM), ("perpetrators", c.PersonRole.PERPETRATOR))
        for name, (_, code) in codes.BANDS.items()
    }


def _count(known: Iterable[str], said: Iterable[str | None]) -> Mapping[str, int]:
    """How often each code stands there, noughts of the list included. What has no code is not counted here."""
    counted = Counter(code for code in said if code)
    return {code: counted[code] for code in sorted({*known, *counted})}


def _table(content: MonthlyReturn) -> bytes:
    """The same as a table with a line a count, for a spreadsheet. A name cannot become a formula in it."""
    lines = io.StringIO()
    table = csv.writer(lines, lineterminator="\r\n")
    table.writerow(COLUMNS)
    area = f"'{content.area}" if content.area[:1] in ("=", "+", "-", "@", "\t", "\r") else content.area
    counts = [("incidents", Count(code="all", count=content.incidents))]
    counts += [(each.name, count) for each in content.breakdowns for count in each.counts]
    for name, each in counts:
        said = ("", "yes") if each.count is None else (each.count, "no")
        table.writerow((area, content.month, name, each.code, *said))
    return lines.getvalue().encode("utf-8")
