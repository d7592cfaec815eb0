"""The office and the organisation: roles, divisions, forums, training, prevention.

In: nothing. Out: one StrEnum a list, in the words staff see.
Never here: which answer leads to what (automations/).
"""

from enum import StrEnum


class StaffRole(StrEnum):
    """Who may decide what. Read from the office base only (R-26)."""

    ADVISER = "Customer service adviser"
    OFFICER = "Housing or ASB officer"
    SUPERVISOR = "Senior housing officer or ASB team leader"
    REGIONAL = "Regional housing manager"
    ASB_MANAGER = "ASB manager"
    DIRECTOR = "Social housing director"
    OPERATIONS = "Operations director"
    LETTINGS = "Lettings manager"
    ADMINISTRATOR = "Administrator"


LINE_MANAGERS = frozenset(
    {
        StaffRole.SUPERVISOR,
        StaffRole.REGIONAL,
        StaffRole.ASB_MANAGER,
        StaffRole.DIRECTOR,
        StaffRole.OPERATIONS,
    }
)
"""Roles whose holder may review a case and approve a step (12.0)."""
MAY_EXCEPT = LINE_MANAGERS - {StaffRole.SUPERVISOR}
"""Roles whose holder may close a case without the victim's agreement or feedback (17.0)."""


class Division(StrEnum):
    """Whose bank holidays count for a home."""

    ENGLAND_AND_WALES = "england-and-wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern-ireland"


class ForumPart(StrEnum):
    ACTIVE = "We take an active part"
    COOPERATE = "We co-operate"
    NONE_YET = "Not yet"


class TrainingKind(StrEnum):
    INDUCTION = "Briefing at induction"
    AFTER_REVIEW = "Briefing after a policy review"
    FIRST_COMPLAINTS = "Taking first complaints"
    INVESTIGATING = "Investigating and monitoring"


class PreventionKind(StrEnum):
    SIGN_UP = "Told at sign-up"
    HANDBOOK = "Handbook given"
    NEWSLETTER = "Newsletter"
    PUBLICITY = "Publicity about action taken"
    COMMUNITY = "Work in the community"
    TENANTS = "Help to a tenants' association"
    PARTNERS = "Work with other bodies"
