"""A case: everything recorded about harm to one person or household, in one value.

In: records, through records.py. Out: what rules, letters and payloads read.
Never here: a rule, a clock, a platform. An answer nobody gave is None or Not known, never a yes.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from automations.model.decided import Approval, Closure, Override, Review, Staff
from automations.model.learning import Discussed
from automations.model.office import Area
from automations.model.outgoing import Action, Alert, Letter, Referral
from automations.model.people import Consent, Incident, Person, Plan
from automations.model.row import Row, TypedOver, cell
from automations.model.work import (
    Contact,
    Development,
    Feedback,
    Interview,
    Legal,
    Prompted,
    Proof,
    Rehousing,
    Repair,
    RiskAssessment,
    TenancyCheck,
)
from schema import choices as c


@dataclass(frozen=True, slots=True)
class Named:
    """The case that `Attach to` names, as it stands."""

    id: str
    reference: str
    is_closed: bool
    is_set_aside: bool
    """Whether triage makes that case part of another itself."""
    holds_this: bool
    """Whether this case's report is an incident there already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(Row):
    """Everything recorded about one case, incidents in order of number, the rest in order of entry."""

    reference: str = cell("Reference", "")
    state: c.CaseState | None = cell("State")
    area: str | None = cell("Area")
    division: c.Division = cell("Division", c.Division.ENGLAND_AND_WALES)
    officer: str | None = cell("Officer")
    supervisor: str | None = cell("Supervisor")
    reallocate_to: str | None = cell("Reallocate to")
    triage: c.Triage | None = cell("Triage")
    attach_to: str | None = cell("Attach to")
    may_be_same_as: str | None = cell("May be the same as")
    linked_case: str | None = cell("Linked case")
    report: str | None = cell("Report")
    form_completed_at: datetime | None = cell("Initial report form completed at")
    details_given_at: datetime | None = cell("Details given to the victim at")
    perpetrator_at_home: c.YesNo = cell("Alleged perpetrator lives with the victim", c.YesNo.NOT_KNOWN)
    contact_days: int | None = cell("Contact every (days)")
    longer_is_their_wish: bool = cell("Longer interval is the victim's wish", False)
    case_review_told_at: datetime | None = cell("Told of the ASB Case Review at")
    legal_considered: c.YesNo = cell("Emergency legal action", c.YesNo.NOT_KNOWN)
    fears_staying: c.YesNo = cell("Victim fears staying", c.YesNo.NOT_KNOWN)
    imported: bool = cell("Imported", False)
    kept: dict[str, Any] = field(default_factory=dict)
    incidents: tuple[Incident, ...] = ()
    people: tuple[Person, ...] = ()
    consents: tuple[Consent, ...] = ()
    plans: tuple[Plan, ...] = ()
    actions: tuple[Action, ...] = ()
    interviews: tuple[Interview, ...] = ()
    contacts: tuple[Contact, ...] = ()
    reviews: tuple[Review, ...] = ()
    approvals: tuple[Approval, ...] = ()
    overrides: tuple[Override, ...] = ()
    closures: tuple[Closure, ...] = ()
    checks: tuple[TenancyCheck, ...] = ()
    repairs: tuple[Repair, ...] = ()
    rehousing: tuple[Rehousing, ...] = ()
    legal: tuple[Legal, ...] = ()
    proofs: tuple[Proof, ...] = ()
    feedback: tuple[Feedback, ...] = ()
    letters: tuple[Letter, ...] = ()
    referrals: tuple[Referral, ...] = ()
    alerts: tuple[Alert, ...] = ()
    risks: tuple[RiskAssessment, ...] = ()
    developments: tuple[Development, ...] = ()
    checklist: tuple[Prompted, ...] = ()
    discussed: tuple[Discussed, ...] = ()
    not_police: frozenset[str] = frozenset()
    """Partners that the office base says are no police body. Of any other nobody can say so."""
    lost: frozenset[c.PersonRole] = frozenset()
    """The parts of which somebody was on the case and is not any more: then a blank link names nobody."""
    has_had_others: bool = False
    """Whether there is, or ever was, an incident beside the first: then a blank link means none (belonging.py)."""
    named: Named | None = None
    """The case that `Attach to` names; None where there is none of that reference."""
    problems: tuple[str, ...] = ()
    """Sentences about cells that could not be used, each naming its record."""
    typed_over: tuple[TypedOver, ...] = ()
    """What somebody else wrote into cells of ours, on any row of the case."""
    moved_at: datetime | None = None
    """When the bases were brought here from another platform; None where they never were."""
    closed_before: datetime | None = None
    """When it was closed, where it was closed as it came."""
    longer_recorded_at: datetime | None = None
    """When the victim's wish for longer between contacts was recorded, as the audit says (R-05)."""
    officer_is: Staff | None = None
    supervisor_is: Staff | None = None
    """Who answers for the case, as the patches and `Reallocate to` say. Two people may have one name."""
    not_our_resident: bool = False
    """Whether a victim lives in no home of ours, as far as the case tells (A-34)."""
    area_is: Area | None = None
    """The area of the patch; None where no patch fits, whatever the Area cell says."""
    known: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What was worked out from this value before (once.py). It never changes, so neither do the answers."""

    def person(self, id: str | None) -> Person | None:
        """The person of that id, or None."""
        return next((person for person in self.people if person.id == id), None)

    def persons(self, ids: Iterable[str]) -> tuple[Person, ...]:
        """The people of those ids who are still on the case, in order of entry."""
        wanted = set(ids)
        return tuple(person for person in self.people if person.id in wanted)

    def incident_of(self, id: str | None) -> Incident | None:
        """The incident of that id; where none is named, the only one that the case ever had."""
        if id is None:
            return self.incidents[0] if self.incidents and not self.has_had_others else None
        return next((incident for incident in self.incidents if incident.id == id), None)

    @property
    def brought_over_at(self) -> datetime | None:
        """When an administrator brought the case over; None where it began here (R-08)."""
        return self.created_at if self.imported else None

    @property
    def development_keys(self) -> frozenset[str]:
        """The keys of the developments that the runner made."""
        return frozenset(row.key for row in self.developments if row.key)

    @property
    def victims(self) -> tuple[Person, ...]:
        """Everybody entered as a victim."""
        return tuple(person for person in self.people if person.role is c.PersonRole.VICTIM)

    @property
    def perpetrators(self) -> tuple[Person, ...]:
        """Everybody entered as an alleged perpetrator, or linked to an incident as one."""
        linked = {id for incident in self.incidents for id in incident.perpetrator_ids}
        return tuple(p for p in self.people if p.role is c.PersonRole.PERPETRATOR or p.id in linked)
