"""Models for other landlords: the request to interview their tenant, and the notice to their Director.

In: what to_landlords.py names, field by field. Out: the two messages.
Never here: why it was done, where a victim lives, a victim or witness who did not agree to this landlord.
"""

from datetime import date
from typing import Annotated, Literal

from sync.partners.models import Code, Ground, Part, Told, why

Complaint = Annotated[str, why("The complaint as an officer wrote it for this landlord, who may act on it.")]


class Tenant(Part):
    """Their tenant, who is alleged to have done it."""

    part: Literal["alleged_perpetrator"] = why("Alleged: nothing is decided.", default="alleged_perpetrator")
    name: str | None = why("Which of their tenants it is, on a lawful basis of its own (R-15).", default=None)
    address: str | None = why("Which of their homes, unless it may show where a victim lives.", default=None)
    postcode: str | None = why("It goes with the address.", default=None)
    grounds: tuple[Ground, ...] = why("Why this person may be named (R-15).")


class Victim(Part):
    """A victim whose own answer names this landlord. How to reach them stays with us."""

    part: Literal["victim"] = why("That they were harmed.", default="victim")
    name: str | None = why("Their own answer names this organisation.", default=None)
    grounds: tuple[Ground, ...] = why("Why this person may be named (R-15).")


class LandlordRequest(Told):
    """A request to interview their tenant, or to do it with us (9.0)."""

    message: Literal["landlord_request"] = why("What this is: a request about a tenant.", default="landlord_request")
    people: tuple[Tenant | Victim, ...] = why("Their tenant, and a victim only where the answer names them.")
    happened_on: date | None = why("The day, so that the tenant can answer.", default=None)
    words: Complaint
    asked: tuple[Literal["interview", "interview_together"], ...] = why("What is asked: one of these (9.0).")
    asked_by: date | None = why("The day by which we would see a tenant of our own (9.0).", default=None)


class DirectorNotice(Told):
    """A serious complaint about their tenant, for the Director (13.0)."""

    message: Literal["director_notice"] = why("What this is: a complaint to a Director.", default="director_notice")
    people: tuple[Tenant | Victim, ...] = why("Their tenant, and a victim only where the answer names them.")
    happened_on: date | None = why("The day, so that it can be looked into.", default=None)
    kinds: tuple[Code, ...] = why("What kind of incident it was, from a list (13.0).")
    words: Complaint
    asked: tuple[Literal["act_promptly"], ...] = why("What is asked (13.0).")
    asked_by: date | None = why("By when we ask for it.", default=None)
