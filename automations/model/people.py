"""Who, what and with whose agreement: people, incidents, consents and the action plan.

In: records, through records.py. Out: what rules, letters and payloads read.
Never here: a rule, a clock, a platform. An answer nobody gave is None or Not known, never a yes.
"""

from dataclasses import dataclass
from datetime import date, datetime

from automations.model.row import Row, cell
from schema import choices as c


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Row):
    """Somebody on the case. `safe_ways` empty means that nobody has asked, so nothing is written."""

    name: str | None = cell("Name")
    role: c.PersonRole | None = cell("Role")
    address: str | None = cell("Address")
    postcode: str | None = cell("Postcode")
    telephone: str | None = cell("Telephone")
    email: str | None = cell("E-mail")
    safe_ways: tuple[c.Channel, ...] = cell("Safe ways to contact", ())
    asked_for_email: bool = cell("Letters by e-mail", False)
    contact_notes: str | None = cell("Contact notes")
    lives_in: c.LivesIn = cell("Lives in", c.LivesIn.NOT_KNOWN)
    landlord: str | None = cell("Their landlord")
    is_tenant: c.YesNo = cell("Is the tenant", c.YesNo.NOT_KNOWN)
    born_on: date | None = cell("Date of birth")
    lives_with_victim: c.YesNo = cell("Lives with the victim", c.YesNo.NOT_KNOWN)
    identified_at: datetime | None = cell("Identified at")
    evidence_use: c.WitnessUse = cell("Use of evidence", c.WitnessUse.NOT_ASKED)
    support_offered_at: datetime | None = cell("Support offered at")
    needs_help: c.YesNo = cell("Needs an interpreter or other help", c.YesNo.NOT_KNOWN)
    arrangement: str | None = cell("Interpreter or other arrangement")
    large_print: bool = cell("Large print", False)
    language: str | None = cell("Language")
    key: str | None = cell("Key")

    @property
    def came_with_the_report(self) -> bool:
        """Whether intake entered this alleged perpetrator, so that the first answers are about them."""
        return (self.key or "").endswith("/alleged-perpetrator")

    @property
    def has_letters_by_email(self) -> bool:
        """Whether they asked for letters by e-mail and called e-mail safe: one of the two alone is no."""
        return self.asked_for_email and c.Channel.EMAIL in self.safe_ways


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident(Row):
    """One thing that happened. Its clocks count from `counts_from`."""

    number: int = 1
    """Its place on the case: the Number cell, or the next free one where that is still blank."""
    numbered: int | None = cell("Number")
    stated_at: datetime | None = cell("First reported at")
    first_recorded_as: datetime | None = cell("First recorded as")
    first_stated_at: datetime | None = None
    """What First reported at said first, as the audit tells it, where we have not recorded it yet."""
    key: str | None = cell("Key")
    reason_for_change: str | None = cell("Reason for changing it")
    received_by: str | None = cell("Received by")
    how_reported: c.HowReported | None = cell("How reported")
    reporter: c.Reporter | None = cell("Reporter is")
    picked_up_at: datetime | None = cell("Picked up at")
    happened_at: datetime | None = cell("Happened at")
    happened_where: c.Place | None = cell("Happened where")
    postcode: str | None = cell("Postcode")
    what_happened: str | None = cell("What happened")
    account: str | None = cell("Account for the partnership")
    kinds: tuple[c.IncidentType, ...] = cell("Kind of incident", ())
    because_of: tuple[c.Strand, ...] = cell("Because of", ())
    assessment: c.Assessment | None = cell("Emergency assessment")
    assessed_at: datetime | None = cell("Assessed at")
    safe_at_home: c.YesNo = cell("Safe at home", c.YesNo.NOT_KNOWN)
    children_at_risk: c.YesNo = cell("Children at risk", c.YesNo.NOT_KNOWN)
    adult_at_risk: c.YesNo = cell("Adult at risk", c.YesNo.NOT_KNOWN)
    risk_known_at: datetime | None = cell("Risk known at")
    police_know: c.PoliceTold = cell("Police know", c.PoliceTold.NOT_KNOWN)
    police_reference: str | None = cell("Police reference")
    police_contact: str | None = cell("Police officer and station")
    police_position: c.PolicePosition = cell("Police position", c.PolicePosition.NOT_KNOWN)
    police_position_at: datetime | None = cell("Police position known at")
    witnesses_known: c.Witnesses = cell("Are there witnesses", c.Witnesses.NOT_KNOWN)
    reason_for_delay: str | None = cell("Reason for delay")
    logged_at: datetime | None = None
    """When the report of an incident that triage attached came onto the case log, as a case of its own."""
    victim_ids: tuple[str, ...] = cell("Victims", ())
    perpetrator_ids: tuple[str, ...] = cell("Alleged perpetrators", ())
    witness_ids: tuple[str, ...] = cell("Witnesses", ())

    @property
    def counts_from(self) -> datetime:
        """The moment of the first report that counts (R-07).

        The value first recorded stays until a change comes with its reason. With no usable time at
        all it is the moment the incident was entered: the latest that anybody can have been told.
        """
        kept = self.first_recorded_as or self.first_stated_at
        stated = self.stated_at if self.stated_at and self.stated_at <= self.recorded_at else None
        if kept and (stated is None or stated == kept or not self.reason_for_change):
            return kept
        return stated or self.created_at

    @property
    def was_moved(self) -> bool:
        """Whether a reasoned correction moved the moment everything counts from."""
        kept = self.first_recorded_as or self.first_stated_at
        return kept is not None and self.counts_from != kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent(Row):
    """One answer of one victim to one option, for one organisation (R-12)."""

    option: c.Option | None = cell("Option")
    organisation: str | None = cell("Organisation")
    answer: c.Answer = cell("Answer", c.Answer.NOT_ASKED)
    given_at: datetime | None = cell("Given at")
    given_by: c.GivenBy | None = cell("Given by")
    withdrawn_at: datetime | None = cell("Withdrawn at")
    holds_until: date | None = cell("Holds until")
    """The last day of a yes, in London; None where the victim set none."""
    how_given: c.HowGiven | None = cell("How given")
    key: str | None = cell("Key")
    scope: str | None = cell("Scope")
    withhold: str | None = cell("Withhold")
    done: str | None = cell("What was done")
    not_done: str | None = cell("Not done: reason")
    contact_given_at: datetime | None = cell("Contact details given at")
    last_refused_at: datetime | None = cell("Last refused at")
    refused_unseen_at: datetime | None = None
    """A later refusal that was answered otherwise before we looked, as the audit tells it (R-13)."""
    victim_id: str | None = cell("Victim")
    about_id: str | None = cell("About")
    incident_id: str | None = cell("Incident")
    unread: bool = False
    """Whether a cell of it could not be read: it may be a no, so nothing rests on it or beside it."""
    undated: bool = False
    """Whether nobody can say when it was given: its row came from other bases, and what told of that is gone (R-13).
    `given_by` is None then, so that neither it nor a copy of it is anybody's yes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Row):
    """One version of the action plan."""

    version: str | None = cell("Version")
    agreed_at: datetime | None = cell("Agreed at")
    signed_at: datetime | None = cell("Signed at")
    reconfirmed_at: datetime | None = cell("Reconfirmed at")
    victim_id: str | None = cell("Victim")
    incident_id: str | None = cell("Incident")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Row):
    """What somebody entered at the front desk. `made_by` None: it came through the form."""

    victim_name: str | None = cell("Victim's name")
    address: str | None = cell("Address")
    postcode: str | None = cell("Postcode")
    area: str | None = cell("Area")
    telephone: str | None = cell("Telephone")
    email: str | None = cell("E-mail")
    safe_ways: tuple[c.Channel, ...] = cell("Safe ways to contact", ())
    contact_notes: str | None = cell("Contact notes")
    first_reported_at: datetime | None = cell("First reported at")
    received_by: str | None = cell("Received by")
    how_reported: c.HowReported | None = cell("How reported")
    reporter: c.Reporter | None = cell("Reporter is")
    reporter_name: str | None = cell("Reporter's name")
    happened_at: datetime | None = cell("Happened at")
    happened_where: c.Place | None = cell("Happened where")
    incident_postcode: str | None = cell("Postcode of the incident")
    what_happened: str | None = cell("What happened")
    kinds: tuple[c.IncidentType, ...] = cell("Kind of incident", ())
    because_of: tuple[c.Strand, ...] = cell("Because of", ())
    safe_at_home: c.YesNo | None = cell("Safe at home")
    children_at_risk: c.YesNo | None = cell("Children at risk")
    graffiti: c.YesNo | None = cell("Graffiti to remove")
    repair_needed: c.YesNo | None = cell("Emergency repair needed")
    police_know: c.PoliceTold | None = cell("Police know")
    police_reference: str | None = cell("Police reference")
    perpetrator_name: str | None = cell("Alleged perpetrator's name")
    perpetrator_address: str | None = cell("Alleged perpetrator's address")
    perpetrator_lives_in: c.LivesIn | None = cell("Alleged perpetrator lives in")
    tell_partnership: c.Answer | None = cell("Tell the partnership")
    refer_to_police: c.Answer | None = cell("Refer to the police")
    speak_to_perpetrator: c.Answer | None = cell("Speak to the alleged perpetrator")
    refer_for_support: c.Answer | None = cell("Refer for support")
    large_print: bool = cell("Large print", False)
    send: bool = cell("Send", False)
    made_by: str | None = cell("Made by")
    case_reference: str | None = cell("Case reference")
    is_copy: bool = False
    """Whether its row was copied from a report that had been taken."""
    problems: tuple[str, ...] = ()
