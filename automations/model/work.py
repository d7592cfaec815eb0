"""What was done: interviews, contacts, checks, repairs, rehousing, legal steps, risk looked at, the chronology.

In: records, through records.py. Out: what rules, letters and payloads read.
Never here: a rule, a clock, a platform. An answer nobody gave is None or Not known, never a yes.
"""

from dataclasses import dataclass
from datetime import datetime

from automations.model.row import Row, cell
from schema import choices as c


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview(Row):
    """One booking and what came of it."""

    with_: c.InterviewKind | None = cell("With")
    booked_at: datetime | None = cell("Booked at")
    booked_for: datetime | None = cell("Booked for")
    result: c.InterviewResult | None = cell("Result")
    happened_at: datetime | None = cell("Happened at")
    ended_at: datetime | None = cell("Ended at")
    moved_to: datetime | None = cell("Moved to")
    wishes: tuple[tuple[datetime, datetime], ...] = ()
    """What `Moved to` held, oldest first, each with when that was recorded, as the audit says (R-05)."""
    place: str | None = cell("Place")
    at_our_office: c.YesNo = cell("At our office", c.YesNo.NOT_KNOWN)
    account: str | None = cell("Account")
    impact: str | None = cell("Impact")
    if_again: str | None = cell("What to do if it happens again")
    complaint_put: bool = cell("Complaint put to them", False)
    policy_explained: bool = cell("Our policy explained", False)
    tenant_contacted_at: datetime | None = cell("Tenant contacted at")
    both_invited: c.YesNo = cell("Both invited", c.YesNo.NOT_KNOWN)
    note_saved_at: datetime | None = cell("Note saved at")
    notes: tuple[str, ...] = ()
    """The names of the files in Note."""
    statement_signed_at: datetime | None = cell("Statement signed at")
    not_for_use: bool = cell("Not for use", False)
    person_id: str | None = cell("Person")
    incident_id: str | None = cell("Incident")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Row):
    """One contact with a victim, made or tried."""

    at: datetime | None = cell("At")
    how: c.Channel | None = cell("How")
    result: c.ContactResult | None = cell("Result")
    progress_told: bool = cell("Progress told", False)
    coping: str | None = cell("How the victim is coping")
    agencies_deliver: c.YesNo = cell("Agencies deliver", c.YesNo.NOT_KNOWN)
    agencies: str | None = cell("Are other agencies delivering")
    chased_at: datetime | None = cell("Agency chased at")
    further_action: str | None = cell("Further action needed")
    person_id: str | None = cell("Person")


@dataclass(frozen=True, slots=True, kw_only=True)
class TenancyCheck(Row):
    """One check of a person's tenancy."""

    checked_at: datetime | None = cell("Checked at")
    found: tuple[c.Flag, ...] = cell("Found", ())
    person_id: str | None = cell("Person")


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair(Row):
    """One piece of work."""

    kind: c.RepairKind | None = cell("Kind")
    where: c.Where | None = cell("Where")
    reported_at: datetime | None = cell("Reported at")
    known_at: datetime | None = cell("Need known at")
    done_at: datetime | None = cell("Done at")
    photographed_at: datetime | None = cell("Photographed at")
    no_photograph: str | None = cell("No photograph: reason")
    occupier_agrees: c.YesNo = cell("Occupier agrees to entry", c.YesNo.NOT_KNOWN)
    not_needed: str | None = cell("Not needed: reason")
    ordered_at: datetime | None = cell("Ordered at")
    contractor_told: bool = cell("Contractor told to be prompt and kind", False)
    place_of_work: str | None = cell("Place of work")
    way_in: str | None = cell("Getting in")
    cost: float | None = cell("Cost")
    """In pounds."""
    proof: str | None = cell("Proof of who did it")
    proved_at: datetime | None = cell("Proved at")
    recharged_at: datetime | None = cell("Recharged at")
    recharge_to_id: str | None = cell("Recharge to")
    incident_id: str | None = cell("Incident")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehousing(Row):
    """One way of rehousing that was tried."""

    kind: c.RehousingKind | None = cell("Kind")
    called_at: datetime | None = cell("Called at")
    asked: c.TemporaryFrom | None = cell("Asked")
    letter_given_at: datetime | None = cell("Letter given at")
    form_given_at: datetime | None = cell("Form given at")
    report_at: datetime | None = cell("Report attached at")
    reports: tuple[str, ...] = ()
    """The names of the files in Report."""
    person_id: str | None = cell("Person")
    incident_id: str | None = cell("Incident")


@dataclass(frozen=True, slots=True, kw_only=True)
class Legal(Row):
    """One piece of legal advice, decision or step."""

    kind: c.LegalKind | None = cell("Kind")
    asked_at: datetime | None = cell("Asked at")
    decided: str | None = cell("Decided")
    decided_at: datetime | None = cell("Decided at")
    reason: str | None = cell("Reason")
    step_taken: str | None = cell("Step taken")
    taken_at: datetime | None = cell("Taken at")
    incident_id: str | None = cell("Incident")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof(Row):
    """One thing kept as proof: a row of Evidence."""

    got_at: datetime | None = cell("Got at")
    may_be_used: c.YesNo = cell("May be used", c.YesNo.NOT_KNOWN)
    not_for_use: bool = cell("Not for use", False)
    person_id: str | None = cell("Person")


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskAssessment(Row):
    """One look at the risk to somebody."""

    assessed_at: datetime | None = cell("Assessed at")
    level: c.RiskLevel | None = cell("Level")


@dataclass(frozen=True, slots=True, kw_only=True)
class Development(Row):
    """One line of the chronology. `key` only where the runner made it."""

    key: str | None = cell("Key")
    happened_at: datetime | None = cell("Happened at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompted(Row):
    """One row of the checklist. It holds nothing up."""

    key: str | None = cell("Key")
    done: bool = cell("Done", False)
    ticked_at: datetime | None = cell("Ticked at")
    tick_recorded_at: datetime | None = None
    """When Done was set, as the audit tells it, where we have not noted it yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback(Row):
    """What the victim said before closing, or that asking failed."""

    kind: c.FeedbackKind | None = cell("Kind")
    asked_at: datetime | None = cell("Asked at")
    got_at: datetime | None = cell("Answered at")
    not_got: str | None = cell("Not got: reason")
