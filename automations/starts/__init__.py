"""Starts: the moment each step counts from, or why it waits, or why it is not needed.

In: a case, a subject, the moment. Out: Begin, Wait, Skip, or None where the step has no place on this case.
Never here: a due date (deadlines.py), or a step completed (evidence/).
"""

from collections.abc import Callable
from datetime import datetime

from automations.model import Case
from automations.starts.answers import FIRST, Begin, Skip, Start, Wait
from automations.starts.closing import (
    closed,
    closing_sought,
    course_proposed,
    delay_letter,
    progress_review_held,
    survey_wanted,
)  # fmt: skip
from automations.starts.legal import damage_proved, proved
from automations.starts.partners import partner_has_it
from automations.starts.perpetrator import (
    appointment_missed,
    consequences_follow,
    director_warranted,
    landlord_called,
    landlord_written_to,
    misses,
    other_landlord,
    perpetrator_interview_held,
    perpetrator_outcome,
    perpetrator_ready,
    unwilling,
    warning_follows,
)  # fmt: skip
from automations.starts.plan import (
    agency_failing,
    case_review_possible,
    findings_owed,
    further_incident,
    version_agreed,
)  # fmt: skip
from automations.starts.rehousing import fears_staying, report_ready, transfer_wanted
from automations.starts.report import (
    first_report,
    first_report_of_case,
    graffiti_known,
    legal_considered,
    logged_by,
    nobody_to_ask,
    repair_known,
    security_need,
    someone_at_risk,
    unsafe_home,
    victim_to_check,
    witness_known,
)  # fmt: skip
from automations.starts.victim import (
    police_agreed,
    statement_to_sign,
    support_agreed,
    victim_interview_held,
    victim_settled,
    victim_settled_first,
    victim_to_interview,
    victim_to_tell,
    witness_interview_held,
)  # fmt: skip
from automations.subjects import Subject

__all__ = ["FIRST", "STARTS", "Begin", "Skip", "Start", "Wait", "misses", "unwilling"]

STARTS: dict[str, Callable[[Case, Subject, datetime], Start]] = {
    f.__name__: f
    for f in (
        first_report, victim_to_interview, victim_to_tell, logged_by, progress_review_held, first_report_of_case,
        someone_at_risk, unsafe_home, legal_considered, victim_settled,
        victim_settled_first, support_agreed, police_agreed, repair_known, graffiti_known, security_need, witness_known,
        victim_interview_held, witness_interview_held, perpetrator_interview_held, perpetrator_ready,
        warning_follows, appointment_missed, consequences_follow, nobody_to_ask,
        other_landlord, landlord_called, director_warranted, perpetrator_outcome,
        survey_wanted, agency_failing, case_review_possible, findings_owed, further_incident, version_agreed,
        delay_letter, course_proposed, closing_sought, closed, statement_to_sign, landlord_written_to,
        fears_staying, transfer_wanted, report_ready, partner_has_it, proved, damage_proved, victim_to_check,
    )
}  # fmt: skip
