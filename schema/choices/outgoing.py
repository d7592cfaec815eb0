"""What leaves the building: letters, referrals, alerts.

In: nothing. Out: one StrEnum a list, in the words staff see.
Never here: which answer leads to what (automations/).
"""

from enum import StrEnum


class LetterKind(StrEnum):
    ACKNOWLEDGEMENT = "Contact and acknowledgement"
    PROGRESS = "Progress letter to the victim"
    DELAY = "Delay letter to the victim"
    VICTIM_OUTCOME = "Outcome letter to the victim"
    WARNING = "Warning letter"
    APPOINTMENT = "Appointment letter"
    NON_ATTENDANCE = "Non-attendance letter"
    PERPETRATOR_OUTCOME = "Outcome letter to the perpetrator"
    LANDLORD_REQUEST = "Request to another landlord"
    DIRECTOR = "Notification to a Director"
    SURVEY = "Satisfaction survey"
    ACTION_PLAN = "Action plan to sign"
    CLOSING = "Closing letter to the victim"
    SUPPORT_LIST = "List of support organisations"
    LOAN = "Loan agreement"
    WITNESS_LOAN = "Loan agreement with a witness"
    TRANSFER_FORM = "Cover letter with the transfer form"
    WITNESS_APPOINTMENT = "Appointment letter to a witness"
    STATEMENT = "Witness statement form"
    NEIGHBOUR = "Enquiry to neighbours"
    SECOND_APPOINTMENT = "Second appointment letter"
    TENANT_APPOINTMENT = "Appointment letter, tenant's copy"
    TENANT_NON_ATTENDANCE = "Non-attendance letter, tenant's copy"
    TENANT_WARNING = "Warning letter, tenant's copy"
    TENANT_OUTCOME = "Outcome letter, tenant's copy"
    GUARDIAN_APPOINTMENT = "Appointment letter, guardian's copy"
    GUARDIAN_WARNING = "Warning letter, guardian's copy"
    RECHARGE = "Recharge letter"
    REPAIR_ORDER = "Repair order"
    HOMELESSNESS = "Homelessness referral letter"
    SOLICITOR = "Instruction to a solicitor"
    INFORMATION = "Information request"
    SUPPORT_REFERRAL = "Support referral"
    SAFEGUARDING = "Safeguarding referral"
    POLICE_REFERRAL = "Police referral"
    POLICE_INFORMATION = "Police information request"
    TRANSFER_REPORT = "Management transfer report"
    REPORT_FORM = "Initial report form on paper"
    DIVERSITY_FORM = "Diversity form on paper"
    VICTIM_NOTE = "Note of the interview with the victim"
    WITNESS_NOTE = "Note of an interview with a witness"
    PERPETRATOR_NOTE = "Note of the interview with the alleged perpetrator"
    AREA_REVIEW = "Area review sheet"
    OTHER = "Another letter"


class LetterState(StrEnum):
    NOT_MADE = "Not made: facts are missing"
    HELD = "Not made: not safe to write"
    DRAFT = "Draft"
    APPROVED = "Approved"
    SENDING = "Sending by e-mail"
    REFUSED = "Not sent: the e-mail was refused"
    UNKNOWN = "Outcome unknown (a person decides)"
    SENT = "Sent"
    CANCELLED = "Cancelled"
    RETURNED = "Returned"


class LetterDecision(StrEnum):
    POSTED = "Sent"
    BY_EMAIL = "Send by e-mail"
    CANCELLED = "Cancelled"
    RETURNED = "Came back"


class Purpose(StrEnum):
    CDRP_NOTICE = "CDRP notice"
    CDRP_UPDATE = "CDRP update"
    POLICE = "Police referral"
    POLICE_INFORMATION = "Police information request"
    SUPPORT = "Support referral"
    HOMELESSNESS = "Homelessness referral"
    SAFEGUARDING = "Safeguarding referral"
    OTHER_LANDLORD = "Request to another landlord"
    DIRECTOR = "Notice to another landlord's Director"
    FORUM = "Forum discussion"


class ReferralDecision(StrEnum):
    """Staff's word on a referral: nothing but the partnership's notice goes without it."""

    SEND = "Send"
    DO_NOT = "Do not send"


class ReferralForm(StrEnum):
    IDENTIFIED = "Identified"
    STATISTICAL = "Statistics only"


class ReferralState(StrEnum):
    WAITING = "Waiting for consent"
    REFUSED = "The victim said no"
    NOT_READY = "Not ready: put it right"
    HELD = "Held (second person)"
    READY = "Ready"
    SENDING = "Sending"
    SENT = "Sent"
    STATISTICS_SENT = "Statistics sent"
    ACKNOWLEDGED = "Acknowledged"
    REJECTED = "Rejected"
    FAILED = "Failed"
    UNKNOWN = "Outcome unknown (a person decides)"
    STOPPED = "Stopped (consent withdrawn)"
    RECALL_SENT = "Recall sent"
    RECALLED = "Recalled"
    CORRECTED = "Corrected"
    NOT_SENT = "Not sent (staff decided)"
    BY_HAND = "Told by hand"


WENT_AND_STANDS = frozenset(
    {ReferralState.SENT, ReferralState.STATISTICS_SENT, ReferralState.ACKNOWLEDGED, ReferralState.CORRECTED}
)
"""The partner was told, and nobody called it back."""
CALLED_BACK = frozenset({ReferralState.RECALL_SENT, ReferralState.RECALLED})
WENT = WENT_AND_STANDS | CALLED_BACK
"""It left, whatever became of it since."""


class Arrangement(StrEnum):
    """How a partnership takes its notices."""

    AT_ONCE = "At once"
    MONTHLY = "Monthly batch"


class FieldGroup(StrEnum):
    """What an area's partnership may agree not to be sent."""

    DIVERSITY = "Diversity answers"
    ACCOUNT = "Account for the partnership"
    POLICE_REFERENCE = "Police reference"


class AlertState(StrEnum):
    RAISED = "Raised"
    SENT = "Sent"
    ESCALATED = "Escalated"
    ACKNOWLEDGED = "Acknowledged"
