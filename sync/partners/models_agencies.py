"""Models for agencies: the police, support, the council's homelessness team, social services.

In: what to_agencies.py names, field by field. Out: one message for each purpose, with what that purpose needs.
Never here: a perpetrator in a message for support or a home, an agreement as the ground of a safeguarding referral.
"""

from datetime import date, datetime
from typing import Annotated, Literal

from sync.partners.models import Code, Incident, Named, Part, Reached, Told, Words, WordsLeftOut, why

Asked = Annotated[str, why("What the officer asks, in words written for this partner alone.")]


class PoliceReferral(Told):
    """A report of a hate incident, for the police to look into (5.0)."""

    message: Literal["police_referral"] = why("What this is: a report to the police.", default="police_referral")
    incident: Incident = why("What happened, with what the police already know of it (5.0).")
    people: tuple[Named, ...] = why("Those who may be named, each on grounds of their own.")
    victims_not_named: int = why("How many victims did not agree; not who.")
    words: Words = None
    words_left_out: WordsLeftOut = None


class AskedAboutIncident(Part):
    """What the police need to find it in their own records."""

    happened_at: datetime | None = why("So that the police can find it.", default=None)
    police_reference: str | None = why("The police's own number, so that they can find it.", default=None)


class PoliceInformationRequest(Told):
    """What we ask the police to tell us (3.2)."""

    message: Literal["police_information_request"] = why(
        "What this is: a request to the police for information.", default="police_information_request"
    )
    incident: AskedAboutIncident = why("Which incident it is about (3.2).")
    people: tuple[Named, ...] = why("Whom it is about: every victim, each on grounds of their own.")
    asked: Asked


class SupportReferral(Told):
    """One victim who would like support, and nobody else (3.2)."""

    message: Literal["support_referral"] = why("What this is: a referral for support.", default="support_referral")
    people: tuple[Reached, ...] = why("The one person who would like support.", min_length=1, max_length=1)
    words: Words = None
    words_left_out: WordsLeftOut = None


class HomelessnessReferral(Told):
    """One victim who needs somewhere safe to stay (3.0). Nothing of the incident."""

    message: Literal["homelessness_referral"] = why(
        "What this is: a referral to the council's homelessness team.", default="homelessness_referral"
    )
    people: tuple[Reached, ...] = why("The one person who needs a home.", min_length=1, max_length=1)
    home_not_safe: Code = why("Whether they say that it is not safe at home: yes, no, not_known (3.0).")
    words: Words = None
    words_left_out: WordsLeftOut = None


class AtRisk(Reached):
    """Somebody at risk, or in whose household somebody is, and where. The address goes whatever way is safe."""

    born_on: date | None = why("Whether it is a child, and which one.", default=None)


class SafeguardingReferral(Told):
    """Somebody at risk (3.0). It rests on a duty, and waits for nobody's agreement."""

    message: Literal["safeguarding_referral"] = why(
        "What this is: a referral to social services.", default="safeguarding_referral"
    )
    people: tuple[AtRisk, ...] = why("Who is at risk, or whose household it is, and where.", min_length=1, max_length=1)
    children_at_risk: Code = why("Whether a child is at risk: yes, no, not_known (3.0).")
    adult_at_risk: Code = why("Whether an adult is at risk: yes, no, not_known (3.0).")
    happened_at: datetime | None = why("How urgent it is.", default=None)
    words: Words = None
    words_left_out: WordsLeftOut = None
