"""What the office base says: the only source of roles, patches, areas, partners and duty (R-26).

In: records, through records.py. Out: what rules, letters and payloads read.
Never here: a rule, a clock, a platform. An answer nobody gave is None or Not known, never a yes.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from automations.model.decided import Decided, Staff
from automations.model.moves import Moves
from automations.model.row import Row, cell
from schema import choices as c


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner(Row):
    """An organisation that may be told something. Where it is stands in the settings (R-26)."""

    name: str = cell("Partner", "")
    destination: str | None = cell("Destination")
    recipient: str | None = cell("Recipient")
    police_body: c.YesNo = cell("Is it a police body", c.YesNo.NOT_KNOWN)
    is_off: bool = cell("Switched off", False)
    supports_victims: bool = cell("Supports victims", False)
    our_solicitor: bool = cell("Our solicitor", False)
    contact: str | None = cell("Contact")
    held: str = ""
    """Why nothing goes to its recipient until a second person confirms it (R-26); "" where it may."""

    @property
    def is_police(self) -> bool:
        """Whether it is, or may be, a police body: told by name, it needs agreement to the police too (R-14)."""
        return self.police_body is not c.YesNo.NO


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation(Decided):
    """A manager's word that a partner's recipient is right. `Decision` is the deciding field (R-26)."""

    recipient: str | None = cell("Recipient")
    decision: c.Decision | None = cell("Decision")
    partner_id: str | None = cell("Partner")


@dataclass(frozen=True, slots=True, kw_only=True)
class Area(Row):
    """An area the landlord works in."""

    name: str = cell("Area", "")
    division: c.Division | None = cell("Division")
    full_postcode_agreed: bool = cell("Full postcode agreed", False)
    sends: c.Arrangement = cell("Sends", c.Arrangement.AT_ONCE)
    left_out: tuple[c.FieldGroup, ...] = cell("Fields left out", ())
    partner_id: str | None = cell("Partnership")
    police_id: str | None = cell("Police")
    homeless_unit_id: str | None = cell("Homeless persons unit")
    social_services_id: str | None = cell("Social services")


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch(Row):
    """Which officer answers for which postcodes."""

    name: str = cell("Patch", "")
    postcodes: str | None = cell("Postcodes")
    area_id: str | None = cell("Area")
    officer_id: str | None = cell("Officer")
    supervisor_id: str | None = cell("Supervisor")


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty(Row):
    """Who is on duty, and when."""

    from_: datetime | None = cell("From")
    until: datetime | None = cell("Until")
    staff_id: str | None = cell("Person on duty")


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile(Row):
    """A local length of one step in one area, with who decided it (14.0)."""

    step: str | None = cell("Step")
    length: int | None = cell("Length")
    from_: date | None = cell("From")
    until: date | None = cell("Until")
    decided_by: str | None = cell("Decided by")
    decided_on: date | None = cell("Decided on")
    area_id: str | None = cell("Area")

    def holds(self, step: str, day: date) -> bool:
        """Whether it sets that step's length for something reported that day. Undecided ones never do.

        Without a From it holds from the day it was decided: nothing that was late before is lifted (14.0).
        """
        decided = bool(self.decided_by and self.decided_on and self.length)
        return (
            decided
            and (self.length or 0) > 0
            and self.step == step
            and (self.from_ or self.decided_on or day) <= day <= (self.until or day)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Diversity(Row):
    """Voluntary answers about one person, kept apart from the narrative."""

    reference: str | None = cell("Case reference")
    whose: c.PersonRole | None = cell("Whose")
    age_band: str | None = cell("Age band")
    sex: str | None = cell("Sex or gender")
    ethnic_group: str | None = cell("Ethnic group")
    religion: str | None = cell("Religion or belief")
    orientation: str | None = cell("Sexual orientation")
    disability: str | None = cell("Disability")
    gender_identity: str | None = cell("Gender identity differs from sex at birth")


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What the office base says: the only source of roles, patches, areas, partners and duty (R-26)."""

    staff: tuple[Staff, ...] = ()
    duty: tuple[Duty, ...] = ()
    areas: tuple[Area, ...] = ()
    patches: tuple[Patch, ...] = ()
    partners: tuple[Partner, ...] = ()
    profiles: tuple[Profile, ...] = ()
    read_at: datetime | None = None
    moves: Moves = field(default_factory=Moves)
    """What the copy kept that brought the bases here, if one did."""
    problems: tuple[str, ...] = ()
    """Sentences about cells of the office base that could not be used."""

    def by_email(self, email: str | None) -> Staff | None:
        """The member of staff who signs in with that address and has not left."""
        wanted = (email or "").strip().lower()
        return next((s for s in self.staff if wanted and (s.email or "").lower() == wanted and not s.has_left), None)

    def author(self, email: str | None) -> Staff | None:
        """Who signs, or signed, in with that address. What somebody decided stands after they have left."""
        wanted = (email or "").strip().lower()
        return next((s for s in self.staff if wanted and (s.email or "").strip().lower() == wanted), None)

    def by_id(self, id: str | None) -> Staff | None:
        """The member of staff of that record id who has not left."""
        return next((s for s in self.staff if s.id == id and not s.has_left), None)

    def area(self, name: str | None) -> Area | None:
        """The area of that name, whatever the case and spacing of the letters."""
        wanted = " ".join((name or "").lower().split())
        return next((a for a in self.areas if wanted and " ".join(a.name.lower().split()) == wanted), None)

    def partner(self, id: str | None) -> Partner | None:
        """The partner of that record id."""
        return next((p for p in self.partners if p.id == id), None)

    def partner_called(self, name: str | None) -> Partner | None:
        """The partner of that name, whatever the case and spacing of the letters."""
        wanted = " ".join((name or "").lower().split())
        return next((p for p in self.partners if wanted and " ".join(p.name.lower().split()) == wanted), None)

    @property
    def supporters(self) -> tuple[Partner, ...]:
        """The organisations whose names and contact details may be given to anybody who needs support (HC-067)."""
        return tuple(p for p in self.partners if p.supports_victims and p.name and not p.is_off)

    def on_duty(self, now: datetime) -> Staff | None:
        """Who is on duty at that instant; the latest-entered row where two overlap."""
        rows = [d for d in self.duty if d.from_ and d.until and d.from_ <= now < d.until]
        return self.by_id(rows[-1].staff_id) if rows else None
