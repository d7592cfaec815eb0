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
    OTHER = "Another letter"


class LetterState(StrEnum):
    NOT_MADE = "Not made: facts are missing"
    HELD = "Not made: not safe to write"
    DRAFT = "Draft"
    SENT = "Sent"
    CANCELLED = "Cancelled"
    RETURNED = "Returned"


class LetterDecision(StrEnum):
    POSTED = "Sent"
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


class ReferralForm(StrEnum):
    IDENTIFIED = "Identified"
    STATISTICAL = "Statistics only"


class ReferralState(StrEnum):
    WAITING = "Waiting for consent"
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


class AlertState(StrEnum):
    RAISED = "Raised"
    SENT = "Sent"
    ESCALATED = "Escalated"
    ACKNOWLEDGED = "Acknowledged"
