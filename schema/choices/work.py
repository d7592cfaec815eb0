"""Work on a case: interviews, contacts, repairs, rehousing, legal steps, evidence, feedback.

In: nothing. Out: one StrEnum a list, in the words staff see.
Never here: which answer leads to what (automations/).
"""

from enum import StrEnum


class InterviewKind(StrEnum):
    VICTIM = "Victim"
    WITNESS = "Witness"
    PERPETRATOR = "Alleged perpetrator"


class InterviewResult(StrEnum):
    BOOKED = "Booked"
    HELD = "Held"
    WAIVED = "The victim does not want one"
    MOVED = "Moved at the person's wish"
    MISSED = "Missed without good reason"
    MISSED_WELL = "Missed with good reason"
    CANCELLED = "Cancelled by us"
    REFUSED = "Refused"


class ContactResult(StrEnum):
    MADE = "Spoke or met"
    ATTEMPTED = "Tried, not reached"


class RepairKind(StrEnum):
    GRAFFITI = "Remove graffiti"
    RUBBISH = "Remove rubbish or excreta"
    GLAZING = "Re-glaze"
    SECURE = "Make the home secure"
    OTHER = "Another emergency repair"
    LETTERBOX = "Fireproof letterbox"
    STRENGTHENING = "Stronger gates, doors or windows"
    LIGHTING = "Better lighting"
    LOCKS = "Extra locks"
    FENCING = "Extra fences or walls"
    ALARM = "Alarm linked to the police"


SECURITY_MEASURES = frozenset(
    {RepairKind.LETTERBOX, RepairKind.STRENGTHENING, RepairKind.LIGHTING, RepairKind.LOCKS, RepairKind.FENCING,
     RepairKind.ALARM}
)  # fmt: skip
"""Works that a line manager approves first (4.0)."""


class Where(StrEnum):
    OUTSIDE = "Outside or shared parts"
    INSIDE = "Inside the home"


class RehousingKind(StrEnum):
    HOMELESSNESS = "Homelessness referral to the council"
    TEMPORARY = "Somewhere temporary"
    MANAGEMENT_TRANSFER = "Management transfer"
    TRANSFER = "Transfer application"
    ESTATE = "Priority for the estate's sake"


class TemporaryFrom(StrEnum):
    """Where somewhere temporary was asked for (7.0)."""

    OURS = "Our own homes"
    COUNCIL = "The council"
    OTHER_LANDLORD = "Another registered landlord"


class LegalKind(StrEnum):
    EMERGENCY_ADVICE = "Emergency advice"
    ADVICE = "Advice"
    DECISION = "Decision"
    STEP = "Legal step taken"


class EvidenceKind(StrEnum):
    PHOTOGRAPH = "Photograph"
    STATEMENT = "Statement"
    RECORDING = "Recording"
    DIARY = "Diary sheets"
    DOCUMENT = "Letter or document"
    NEIGHBOURS = "Neighbour enquiry"
    OBJECT = "Object"
    OTHER = "Something else"


class FeedbackKind(StrEnum):
    BEFORE_CLOSING = "Before closing"
    SURVEY = "Satisfaction survey"
    COMPLAINT = "Complaint"
    COMPLIMENT = "Compliment"
