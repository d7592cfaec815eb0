"""People: who they are on a case, where they live, how they may be reached, what a tenancy check finds.

In: nothing. Out: one StrEnum a list, in the words staff see.
Never here: which answer leads to what (automations/).
"""

from enum import StrEnum


class Channel(StrEnum):
    """A way to reach a person. Only ways named as safe are used."""

    LETTER = "Letter to the home"
    TELEPHONE = "Telephone"
    TEXT = "Text message"
    EMAIL = "E-mail"
    IN_PERSON = "In person"


class PersonRole(StrEnum):
    VICTIM = "Victim"
    PERPETRATOR = "Alleged perpetrator"
    WITNESS = "Witness"
    TENANT = "Tenant of the alleged perpetrator's home"
    GUARDIAN = "Parent or guardian"
    REPORTER = "Reporter"
    OTHER = "Somebody else"


class LivesIn(StrEnum):
    OURS = "One of our homes"
    OTHER_LANDLORD = "Another registered landlord's home"
    PRIVATE = "A private or owned home"
    NOT_KNOWN = "Not known"


class WitnessUse(StrEnum):
    WILLING = "Willing"
    UNWILLING = "Does not want it used"
    NOT_ASKED = "Not yet asked"


class Flag(StrEnum):
    """What a tenancy check may find (3.2, 9.0)."""

    VULNERABLE = "Vulnerability or communication barrier"
    NOT_ALONE = "Do not visit alone or another safety mark"
    STARTER = "Starter tenancy"
    TOLERATED = "Tolerated trespasser"
    OTHER_BREACH = "Live action on another breach"
    PAST_ASB = "Past anti-social behaviour"
    NONE = "None of these"
