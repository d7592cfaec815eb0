"""Cases and actions: where they stand, and what managers decide.

In: nothing. Out: one StrEnum a list, in the words staff see.
Never here: which answer leads to what (automations/).
"""

from enum import StrEnum


class CaseState(StrEnum):
    NEW = "New"
    OPEN = "Open"
    NEEDS_A_PERSON = "Needs a person"
    CLOSED = "Closed"


class Triage(StrEnum):
    HATE = "Hate incident"
    ATTACH = "Attach to another case"
    DUPLICATE = "Duplicate report"
    NOT_HATE = "Not a hate incident"


class ActionState(StrEnum):
    """What the runner writes on an action; `Status` makes it live."""

    WAITING = "Waiting"
    OPEN = "Open"
    ALERT = "Alert"
    BLOCKED = "Blocked"
    ALERT_BLOCKED = "Alert blocked"
    """Shows as Blocked and never as overdue: an alert has no target to miss (R-03)."""
    DONE = "Done"
    DONE_LATE = "Done late"
    NOT_NEEDED = "Not needed"


class Target(StrEnum):
    """Three kinds of target (R-03). Only the first two can be overdue."""

    PROCEDURE = "Procedure"
    HOUSE = "House"
    ALERT = "Alert"


class ReviewKind(StrEnum):
    FIRST = "First discussion"
    PROGRESS = "Progress review"
    OUTCOME = "Outcome review"
    FORTNIGHTLY = "Fortnightly review"
    DELAY = "Delay review"


class Matter(StrEnum):
    """What an approval decides."""

    SECURITY = "Security measure"
    AUTHORISE_REPAIR = "Authorise a repair"
    FLAGS = "Tenancy flags talked over"
    POLICE_POSITION = "Contact without a police position"
    SHARED_ADDRESS = "Letter to an address shared with the victim"
    UNDER_AGE_LETTER = "Letter about a child below the age of criminal responsibility"
    OFF_OFFICE = "Interview away from our office"
    DIRECTOR_NOTICE = "Notify the other landlord's Director"
    WARRANTED = "Harassment proved"
    LONGER_EXTENSION = "Extension beyond ten working days"
    FIRST_REPORTED = "Change of the time first reported"
    LETTER = "Letter"
    PLAN = "Course of action agreed"
    NOT_HATE = "Not a hate incident"
    TRANSFER = "Management transfer"
    ESTATE = "High priority for the estate's sake"
    LANDLORD_ACTION = "Other landlord's action reviewed"


class Decision(StrEnum):
    AGREED = "Agreed"
    REFUSED = "Refused"


class ExceptionKind(StrEnum):
    """Why a case is closed without the victim's agreement (17.0). A victim's moving house is no reason."""

    NO_ENGAGEMENT = "The victim does not engage"
    UNTRACEABLE = "The victim cannot be traced"
    DIED = "The victim has died"
    UNABLE = "We are unable to act"


TRIED_FIRST = frozenset({ExceptionKind.NO_ENGAGEMENT, ExceptionKind.UNTRACEABLE})
"""Exceptions that count once the victim was tried often enough (A-23)."""


class Source(StrEnum):
    """Whose word an exception rests on."""

    VICTIM = "The victim"
    FAMILY = "Family or a friend of the victim"
    AGENCY = "Police or another agency"
    RECORD = "An official record"
    STAFF = "What our staff saw"
    PERPETRATOR = "The alleged perpetrator"
    NEIGHBOUR = "A neighbour"


class Marker(StrEnum):
    RESOLVED = "Resolved: our actions stopped the incidents"
    NOT_PROVEN = "Closed: no anti-social behaviour proven"
    NO_ENGAGEMENT = "Closed: the victim did not engage"
    UNABLE = "Closed: unable to act"
