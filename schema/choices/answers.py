"""Answers: what a victim says to each option of the action plan, and answers that may not have been got yet.

In: nothing. Out: one StrEnum a list, in the words staff see.
Never here: which answer leads to what (automations/).
"""

from enum import StrEnum


class YesNo(StrEnum):
    """An answer that may not have been got yet. Not known is never taken for yes."""

    YES = "Yes"
    NO = "No"
    NOT_KNOWN = "Not known"


class Answer(StrEnum):
    """A victim's answer to one option of the action plan."""

    YES = "Yes"
    NO = "No"
    NOT_ASKED = "Not yet asked"
    NOT_APPLICABLE = "Not applicable"


class GivenBy(StrEnum):
    VICTIM = "The victim"
    GUARDIAN = "Parent or guardian"
    ATTORNEY = "Attorney or deputy"
    PERPETRATOR = "The alleged perpetrator"


class HowGiven(StrEnum):
    SPOKEN = "Spoken"
    WRITTEN = "In writing"
    SIGNED = "Signed on the plan"


class Option(StrEnum):
    """The options of the action plan (3.1), each with an answer of its own."""

    PERPETRATOR = "Speak to the alleged perpetrator"
    POLICE = "Refer to the police"
    CDRP = "Tell the community safety partnership who I am"
    AGENCY = "Refer to another agency"
    LEGAL = "Take legal action"
    SUPPORT = "Refer for support"
    INFORMATION = "Ask others for information"
    NEIGHBOURS = "Speak to neighbours"
    TEMPORARY = "Find somewhere temporary to stay"
    SECURITY = "Fit security measures"
    MANAGEMENT_TRANSFER = "Put a case for a management transfer"
    TRANSFER = "Apply for a transfer"
    REPAIR = "Repair or remove graffiti inside the home"
    REVIEW_MEETING = "Hold a review meeting"
    PARENTAL = "Parental control agreement"
    BEHAVIOUR = "Acceptable behaviour agreement"
    HOMELESSNESS = "Refer to the council as homeless"
    OTHER = "Something else"


SIGNIFICANT = frozenset(
    {Option.PERPETRATOR, Option.POLICE, Option.CDRP, Option.AGENCY, Option.LEGAL, Option.SUPPORT, Option.PARENTAL,
     Option.BEHAVIOUR, Option.HOMELESSNESS, Option.NEIGHBOURS, Option.INFORMATION}
)  # fmt: skip
"""Options where a no that becomes a yes waits for agreement to a new version of the plan (R-13)."""
