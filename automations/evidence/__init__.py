"""Evidence: the record that shows a step was done.

In: a case (times in the future already left out), a subject. Out: what happened, when, on which record.
Never here: a booking, a draft or an attempt taken for the thing itself; a decision without its author (R-25).
"""

from collections.abc import Callable

from automations.evidence.closing import (
    checked_again,
    feedback_got,
    outcome_reviewed,
    progress_reviewed,
    reviewed_again,
    survey_sent,
)
from automations.evidence.interviews import (
    note_saved,
    perpetrator_interviewed,
    statement_signed,
    victim_interviewed,
    victim_note_saved,
    witness_interviewed,
)
from automations.evidence.partners import partner_answered
from automations.evidence.perpetrator import (
    delay_reviewed,
    director_notified,
    landlord_asked,
    landlord_told,
    meeting_rearranged,
    non_attendance_sent,
    perpetrator_outcome_sent,
    warning_sent,
)
from automations.evidence.plan import agency_chased, reconfirmed, told_of_case_review, version_signed
from automations.evidence.remedies import (
    form_given,
    landlord_reply_weighed,
    legal_step_decided,
    priority_decided,
    recharged,
    temporary_tried,
)
from automations.evidence.report import (
    assessed,
    details_given,
    first_discussion,
    form_completed,
    homelessness_helped,
    legal_advice_asked,
    logged,
    picked_up,
    repair_done,
    safeguarding_made,
    security_decided,
    tenancy_checked,
)
from automations.evidence.shown import Evidence, Found
from automations.evidence.victim import (
    cdrp_told,
    cdrp_updated,
    contact_made,
    findings_told,
    plan_signed,
    police_told,
    support_referred,
    victim_outcome_sent,
    victim_written,
    way_found,
)
from automations.model import Case
from automations.subjects import Subject

__all__ = ["EVIDENCE", "OCCURRENCES", "Evidence", "Found"]

EVIDENCE: dict[str, Callable[[Case, Subject], Found]] = {
    f.__name__: f
    for f in (
        picked_up, assessed, logged, form_completed, details_given, first_discussion, safeguarding_made,
        homelessness_helped, legal_advice_asked, victim_interviewed, witness_interviewed, perpetrator_interviewed,
        note_saved, statement_signed, plan_signed, cdrp_told, cdrp_updated, police_told, support_referred, repair_done,
        security_decided, warning_sent, meeting_rearranged, non_attendance_sent, landlord_told, landlord_asked,
        director_notified, progress_reviewed, outcome_reviewed, victim_written, victim_outcome_sent, findings_told,
        agency_chased, partner_answered, reconfirmed, told_of_case_review, version_signed,
        perpetrator_outcome_sent, survey_sent, checked_again, feedback_got, way_found, form_given, temporary_tried,
        priority_decided, legal_step_decided, recharged, landlord_reply_weighed, victim_note_saved, tenancy_checked,
    )
}  # fmt: skip
OCCURRENCES: dict[str, Callable[[Case, Subject], list[Evidence]]] = {
    f.__name__: f for f in (delay_reviewed, reviewed_again, contact_made)
}
"""Steps that recur: each occurrence in order."""
