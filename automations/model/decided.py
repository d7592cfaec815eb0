"""What was decided, and by whom: staff, reviews, approvals, overrides and closures.

In: records, through records.py. Out: what rules, letters and payloads read.
Never here: a rule, a clock, a platform. An answer nobody gave is None or Not known, never a yes.
"""

from dataclasses import dataclass
from datetime import date, datetime

from automations.model.row import Row, cell
from schema import choices as c


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff(Row):
    """A member of staff, as the office base has them."""

    name: str | None = cell("Name")
    email: str | None = cell("E-mail")
    role: c.StaffRole | None = cell("Role")
    job_title: str | None = cell("Job title")
    office_address: str | None = cell("Office address")
    telephone: str | None = cell("Telephone")
    mobile: str | None = cell("Mobile")
    away: bool = cell("Away", False)
    has_left: bool = cell("Has left", False)
    started_on: date | None = cell("Started on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided(Row):
    """A row whose author matters. `author` is None where no audit names one (R-25)."""

    author: Staff | None = None
    """The member of staff who set the deciding field, as the audit and the office base say."""
    decided_recorded_at: datetime | None = None
    """When the audit saw the deciding field set."""
    altered: str = ""
    """A field that somebody else changed after the decision: what was decided is not what stands there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Decided):
    """A manager's look at the case. `Findings` is the deciding field."""

    kind: c.ReviewKind | None = cell("Kind")
    held_at: datetime | None = cell("Held at")
    findings: str | None = cell("Findings")
    covers_outcome: bool = cell("Covers the outcome", False)
    plan_version: str | None = cell("Plan version covered")
    plan_discussed: bool = cell("Plan proposals discussed", False)
    repairs_discussed: bool = cell("Repairs and security discussed", False)
    legal_discussed: bool = cell("Emergency legal action discussed", False)
    incident_id: str | None = cell("Incident")
    person_id: str | None = cell("Person")


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval(Decided):
    """A manager's decision. `Decision` is the deciding field."""

    matter: c.Matter | None = cell("Matter")
    asked_at: datetime | None = cell("Asked at")
    decision: c.Decision | None = cell("Decision")
    decided_at: datetime | None = cell("Decided at")
    reason: str | None = cell("Reason")
    incident_id: str | None = cell("Incident")
    person_id: str | None = cell("Person")
    repair_id: str | None = cell("Repair")
    letter_id: str | None = cell("Letter")
    rehousing_id: str | None = cell("Rehousing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Override(Decided):
    """A disclosure without consent. `Decision` and `Second decision` need two different authors."""

    purpose: c.Purpose | None = cell("Purpose")
    organisation: str | None = cell("Organisation")
    lawful_basis: str | None = cell("Lawful basis")
    reason: str | None = cell("Reason")
    decision: c.Decision | None = cell("Decision")
    second_decision: c.Decision | None = cell("Second decision")
    victim_told_at: datetime | None = cell("Victim told at")
    not_told_because: str | None = cell("Why not told")
    second_author: Staff | None = None
    second_recorded_at: datetime | None = None
    incident_id: str | None = cell("Incident")


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure(Decided):
    """An attempt to close. `Marker` is the deciding field."""

    sought_at: datetime | None = cell("Sought at")
    victim_agrees: c.Answer = cell("Victim agrees", c.Answer.NOT_ASKED)
    marker: c.Marker | None = cell("Marker")
    closed_at: datetime | None = cell("Closed at")
    exception: str | None = cell("Exception")
    exception_kind: c.ExceptionKind | None = cell("Exception kind")
    known_from: tuple[c.Source, ...] = cell("How we know", ())
    survey_not_wanted: bool = cell("Survey not wanted", False)
    checked_again_at: datetime | None = cell("Checked again at")
