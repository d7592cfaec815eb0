"""Every drop-down, in the words staff see.

In: nothing. Out: one StrEnum a list. Rules compare with these, never with a bare string.
Never here: which answer leads to what (automations/gates.py and automations/evidence.py).
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


class Channel(StrEnum):
    """A way to reach a person. Only ways named as safe are used."""

    LETTER = "Letter to the home"
    TELEPHONE = "Telephone"
    TEXT = "Text message"
    EMAIL = "E-mail"
    IN_PERSON = "In person"


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


class Assessment(StrEnum):
    EMERGENCY = "Immediate action is needed"
    NONE = "No immediate action is needed"


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


class GivenBy(StrEnum):
    VICTIM = "The victim"
    GUARDIAN = "Parent or guardian"
    ATTORNEY = "Attorney or deputy"
    PERPETRATOR = "The alleged perpetrator"


class HowGiven(StrEnum):
    SPOKEN = "Spoken"
    WRITTEN = "In writing"
    SIGNED = "Signed on the plan"


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


class Decision(StrEnum):
    AGREED = "Agreed"
    REFUSED = "Refused"


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


class LegalKind(StrEnum):
    EMERGENCY_ADVICE = "Emergency advice"
    ADVICE = "Advice"
    DECISION = "Decision"
    STEP = "Legal step taken"


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


class Marker(StrEnum):
    RESOLVED = "Resolved: our actions stopped the incidents"
    NOT_PROVEN = "Closed: no anti-social behaviour proven"
    NO_ENGAGEMENT = "Closed: the victim did not engage"
    UNABLE = "Closed: unable to act"


class Flag(StrEnum):
    """What a tenancy check may find (3.2, 9.0)."""

    VULNERABLE = "Vulnerability or communication barrier"
    NOT_ALONE = "Do not visit alone or another safety mark"
    STARTER = "Starter tenancy"
    TOLERATED = "Tolerated trespasser"
    OTHER_BREACH = "Live action on another breach"
    PAST_ASB = "Past anti-social behaviour"
    NONE = "None of these"


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


class Division(StrEnum):
    """Whose bank holidays count for a home."""

    ENGLAND_AND_WALES = "england-and-wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern-ireland"


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
