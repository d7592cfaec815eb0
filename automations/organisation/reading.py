"""Reading the organisation: its own tables fresh from the platform, and every case in short.

In: the platform, the cases just read, the office. Out: an Organisation, with the authors of what was signed.
Never here: a decision, a write, a role from a cell that its holder can edit (R-26), a day that cannot be.
"""

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from automations import model as m
from automations.calendar import LONDON
from automations.faults import refuse_the_impossible
from automations.organisation.whole import Organisation, held
from automations.ports import Platform, Record
from automations.reading import Cases
from automations.records import value

T = TypeVar("T", bound=m.Row)
D = TypeVar("D", bound=m.Decided)

EARLIEST = date(1950, 1, 1)
"""Before it nobody who works here began, and nothing kept here happened."""
AHEAD = {"Started on": timedelta(days=366), "Started work on": timedelta(days=366)}
"""How far a day may lie ahead; every other is of something that happened (R-07)."""


def organisation(
    platform: Platform, reader: Cases, cases: Iterable[m.Case], office: m.Office, now: datetime
) -> Organisation:
    """The organisation as it stands. TryAgainLater where the platform is down."""
    said: list[str] = []

    def rows(table: str, kind: type[T], **more: str) -> tuple[T, ...]:
        return tuple(_possible(value(kind, r, said, **_files(r, more)), table, now, said)
                     for r in office.moves.as_entered(platform.records(table)))  # fmt: skip

    def signed(table: str, kind: type[D], field: str) -> tuple[D, ...]:
        return tuple(_possible(value(kind, r, said, **reader.decided(r, kind, field, office)), table, now, said)
                     for r in office.moves.as_entered(platform.records(table)))  # fmt: skip

    staff = tuple(_possible(x, "Staff", now, said) for x in office.staff)
    return Organisation(
        office=replace(office, staff=staff),
        cases=tuple(held(refuse_the_impossible(x, now)[0], office) for x in cases if x.reference),
        area_reviews=signed("Area reviews", m.AreaReview, "Findings"),
        policy_reviews=signed("Policy reviews", m.PolicyReview, "Reviewed on"),
        prevention=signed("Prevention", m.Prevention, "Approved by"),
        forums=rows("Forums", m.Forum),
        meetings=rows("Forum meetings", m.Meeting, has_minutes="Minutes"),
        training=rows("Training", m.Training),
        actions=tuple(value(m.Action, r, said, kept=dict(r.fields)) for r in reader.of_no_case),
        moved_at=office.moves.at,
        roles_since=_roles_since(platform, reader, office),
        problems=tuple(said),
    )


def _roles_since(platform: Platform, reader: Cases, office: m.Office) -> dict[str, datetime]:
    told = {r.id: reader.told(r, office).get("Role") for r in platform.records("Staff") if not r.fields["Has left"]}
    return {id: author.at for id, author in told.items() if author}


def _files(r: Record, more: dict[str, str]) -> dict[str, Any]:
    return {name: bool(r.fields.get(column)) for name, column in more.items()}


def _possible(row: T, table: str, now: datetime, said: list[str]) -> T:
    """The row without days that cannot be, a sentence for each."""
    gone: dict[str, Any] = {}
    for f in fields(row):
        column, what = f.metadata.get("column"), getattr(row, f.name)
        if not column or not isinstance(what, date):
            continue
        day = what.astimezone(LONDON).date() if isinstance(what, datetime) else what
        latest = (now + AHEAD.get(column, timedelta())).astimezone(LONDON).date()
        ahead = day > latest or (isinstance(what, datetime) and what > now)
        if ahead or day < EARLIEST:
            why = "in the future" if ahead else "too long ago"
            said.append(f"{table} {row.id}: {column} is {why} ({day:%d %B %Y}), so it does not count.")
            gone[f.name] = None
    return replace(row, **gone) if gone else row
