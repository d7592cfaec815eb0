"""Reports and incidents: how we were told, what happened, because of what, and who is in danger.

In: nothing. Out: one StrEnum a list, in the words staff see.
Never here: which answer leads to what (automations/).
"""

from enum import StrEnum


class HowReported(StrEnum):
    TELEPHONE = "Telephone"
    IN_PERSON = "In person"
    EMAIL = "E-mail"
    WEBSITE = "Website"
    OUT_OF_HOURS = "Out-of-hours desk"
    CONTRACTOR = "Through a contractor"
    OTHER = "Another way"


class Reporter(StrEnum):
    VICTIM = "The victim"
    WITNESS = "A witness"
    THIRD_PARTY = "Somebody else for the victim"
    ANONYMOUS = "Somebody who gave no name"


class Strand(StrEnum):
    """What the hostility was about, as the victim or anybody else perceived it."""

    RACE = "Race"
    RELIGION = "Religion or belief"
    ORIENTATION = "Sexual orientation"
    DISABILITY = "Disability"
    TRANS = "Transgender identity"
    SEX = "Sex or gender"
    AGE = "Age"
    SUBCULTURE = "Alternative subculture"
    OTHER = "Another reason"


class PerceivedBy(StrEnum):
    """Whose perception makes it a hate incident: anybody's does (3.0)."""

    VICTIM = "The victim"
    REPORTER = "Whoever reported it"
    WITNESS = "A witness"
    STAFF = "Our staff"
    POLICE = "The police"
    OTHER = "Somebody else"


class IncidentType(StrEnum):
    VERBAL = "Verbal abuse"
    THREAT = "Threat"
    ASSAULT = "Assault"
    DAMAGE = "Damage"
    GRAFFITI = "Graffiti"
    ARSON = "Arson"
    WRITTEN = "Letters or leaflets"
    ONLINE = "Online or by telephone"
    RUBBISH = "Rubbish or excreta"
    ANIMAL = "Animals"
    OTHER = "Something else"


class Place(StrEnum):
    HOME = "The victim's home"
    COMMUNAL = "Shared part of the building"
    STREET = "Street or open space"
    TRANSPORT = "Public transport"
    WORK = "Work or school"
    WORSHIP = "Place of worship"
    ONLINE = "Online"
    OTHER = "Somewhere else"


class Assessment(StrEnum):
    EMERGENCY = "Immediate action is needed"
    NONE = "No immediate action is needed"


class PoliceTold(StrEnum):
    YES = "Yes, they know"
    NO = "No, they do not know"
    NOT_KNOWN = "Not known"


class PolicePosition(StrEnum):
    NOT_KNOWN = "Not known"
    NO_OBJECTION = "No objection to our contact"
    WAIT = "They ask us to wait"
    NO_REPLY = "No reply after chasing"


class Witnesses(StrEnum):
    KNOWN = "Known"
    LIKELY = "Likely, but not known"
    NONE = "None likely"
    NOT_KNOWN = "Not yet asked"


class RiskTo(StrEnum):
    VICTIM = "The victim"
    HOUSEHOLD = "Somebody else at home"
    WITNESS = "A witness"
    STAFF = "Our staff"
    OTHER = "Somebody else"


class RiskLevel(StrEnum):
    HIGH = "High"
    MEDIUM = "Medium"
    LOW = "Low"
