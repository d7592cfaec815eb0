"""The words of the procedure as plain values: a case, everything recorded on it, and the office."""

from automations.model.case import Case, Named
from automations.model.decided import Approval, Closure, Decided, Override, Review, Staff
from automations.model.disclosure import Basis, Disclosure
from automations.model.learning import (
    AreaReview,
    Discussed,
    Forum,
    Meeting,
    PolicyReview,
    Prevention,
    StatisticsReturn,
    Training,
)
from automations.model.moves import Moves
from automations.model.office import Area, Confirmation, Diversity, Duty, Office, Partner, Patch, Profile
from automations.model.outgoing import Action, Alert, Letter, Referral
from automations.model.people import Consent, Incident, Person, Plan, Report
from automations.model.row import Row, TypedOver
from automations.model.work import (
    Contact,
    Development,
    Feedback,
    Interview,
    Legal,
    Prompted,
    Proof,
    Rehousing,
    Repair,
    RiskAssessment,
    TenancyCheck,
)

__all__ = [
    "Action",
    "Alert",
    "Approval",
    "Area",
    "AreaReview",
    "Basis",
    "Case",
    "Closure",
    "Confirmation",
    "Consent",
    "Contact",
    "Decided",
    "Development",
    "Disclosure",
    "Discussed",
    "Diversity",
    "Duty",
    "Feedback",
    "Forum",
    "Incident",
    "Interview",
    "Legal",
    "Letter",
    "Meeting",
    "Moves",
    "Named",
    "Office",
    "Override",
    "Partner",
    "Patch",
    "Person",
    "Plan",
    "PolicyReview",
    "Prevention",
    "Profile",
    "Prompted",
    "Proof",
    "Referral",
    "Rehousing",
    "Repair",
    "Report",
    "Review",
    "RiskAssessment",
    "Row",
    "Staff",
    "StatisticsReturn",
    "TenancyCheck",
    "Training",
    "TypedOver",
]
