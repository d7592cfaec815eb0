"""The organisation as one value: its areas, its reviews, its forums, its staff's training, and every case in short.

In: what reading.py read. Out: what starts, shown and the registers are worked out from.
Never here: a rule about when anything is due, a clock, a platform, a victim's or a perpetrator's name.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from automations.model import (
    Action,
    Area,
    AreaReview,
    Case,
    Decided,
    Forum,
    Meeting,
    Office,
    PolicyReview,
    Prevention,
    Staff,
    Training,
)
from automations.moved import DONE, stands
from automations.rules import closed_at
from automations.subjects import About
from schema.choices import StaffRole


@dataclass(frozen=True, slots=True)
class Held:
    """A case as the organisation sees it: where it is, since when, until when, and its actions."""

    id: str
    reference: str
    area_id: str | None
    reported_at: datetime
    logged_at: datetime
    closed_at: datetime | None
    actions: tuple[Action, ...]

    def is_open_at(self, moment: datetime) -> bool:
        """Whether it was on the log by then and not yet closed."""
        return self.logged_at <= moment and (self.closed_at is None or self.closed_at > moment)


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """Everything that sections 14 to 18 are worked out from."""

    office: Office
    cases: tuple[Held, ...] = ()
    area_reviews: tuple[AreaReview, ...] = ()
    policy_reviews: tuple[PolicyReview, ...] = ()
    forums: tuple[Forum, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    training: tuple[Training, ...] = ()
    prevention: tuple[Prevention, ...] = ()
    actions: tuple[Action, ...] = ()
    """The organisation's own: those of no case."""
    roles_since: Mapping[str, datetime] = field(default_factory=dict)
    """When each member of staff was given the role they have, as the audit saw it, by their record's id."""
    moved_at: datetime | None = None
    """When the bases were brought here from another platform; None where they never were."""
    problems: tuple[str, ...] = ()
    """Sentences about cells that could not be used, each beginning with its table and record."""

    def of_area(self, area: Area) -> list[Held]:
        """The cases of an area, open or not."""
        return self._by_area.get(area.id, [])

    def whose(self, words: str | None) -> Staff | None:
        """The member of staff of that name or address; None where nobody or more than one fits."""
        found = self._by_words.get(_plain(words), [])
        return found[0] if len(found) == 1 else None

    def training_of(self, member: Staff) -> list[Training]:
        """What a member of staff has had, or is to have."""
        return self._by_member.get(member.id, [])

    @cached_property
    def _by_area(self) -> dict[str | None, list[Held]]:
        found: dict[str | None, list[Held]] = {}
        for case in self.cases:
            found.setdefault(case.area_id, []).append(case)
        return found

    @cached_property
    def _by_words(self) -> dict[str, list[Staff]]:
        found: dict[str, list[Staff]] = {}
        for member in self.office.staff:
            for words in {_plain(member.name), _plain(member.email)} - {""}:
                found.setdefault(words, []).append(member)
        return found

    @cached_property
    def _by_member(self) -> dict[str, list[Training]]:
        found: dict[str, list[Training]] = {}
        for row in self.training:
            if member := self.whose(row.whose):
                found.setdefault(member.id, []).append(row)
        return found

    def stood(self, table: str, row: Decided) -> bool:
        """Whether an action of ours was done by this review before the bases were moved, and it still stands."""
        shown = (a.evidence_key for a in self.actions if a.state in DONE)
        return stands(self.moved_at, row) and f"{table} {row.id}" in shown

    def said_of(self, table: str, id: str) -> list[str]:
        """What could not be used on one record, without the record's own name."""
        stem = f"{table} {id}: "
        return [said.removeprefix(stem) for said in self.problems if said.startswith(stem)]


@dataclass(frozen=True, slots=True)
class Whole(About):
    """What an action of the organisation is about: an area, a policy review, a member of staff."""

    record: Area | PolicyReview | Staff | None = None
    area: str | None = None
    officer: str | None = None
    imported: bool = False
    brought_over_at: datetime | None = None


def held(case: Case, office: Office) -> Held:
    """A case in short."""
    area = office.area(case.area)
    return Held(
        id=case.id,
        reference=case.reference,
        area_id=area.id if area else None,
        reported_at=case.incidents[0].counts_from if case.incidents else case.created_at,
        logged_at=case.created_at,
        closed_at=closed_at(case),
        actions=case.actions,
    )


def _plain(words: str | None) -> str:
    return " ".join((words or "").lower().split())


def unsigned(row: Decided, field: str, roles: Collection[StaffRole], who: str) -> str:
    """Why a row is not signed by somebody who may, in a sentence; "" where it is (R-25, R-26)."""
    if row.altered:
        return f"{row.altered} was changed by somebody else after it was signed: {who} enters {field} again."
    if row.author is None:
        return f"The platform's audit names no member of staff who entered {field}: {who} enters it."
    return "" if row.author.role in roles else f"It counts once {who} has entered {field}."
