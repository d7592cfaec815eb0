"""The procedure, one row a step. A housing manager can read it beside the paper.

In: nothing. Out: STEPS, in the order of the procedure, and STEP by id.
Never here: code that works anything out. What starts a step is in starts/, what completes it in
evidence/, what blocks it in gates.py, and how its length is counted in deadlines.py.

Where the paper gives no figure the target is the landlord's own (House) or an alert (Alert): see
docs/decisions/0002-lengths-the-paper-leaves-open.md. A landlord's change is an `Area profiles` row.
"""

from dataclasses import dataclass
from enum import StrEnum

from automations.finish import how_to_finish
from schema.choices import LetterKind, Option, StaffRole, Target


class Unit(StrEnum):
    """Kinds of length. Never converted into each other."""

    HOURS = "hours"
    WORKING_DAYS = "working_days"
    DAYS = "days"
    MONTHS = "months"
    STATED = "stated date"


class Scope(StrEnum):
    """What there is one action for."""

    CASE = "case"
    INCIDENT = "incident"
    VICTIM = "victim"
    WITNESS = "witness"
    PERPETRATOR = "perpetrator"
    PERSON = "victim of the case"
    INTERVIEW = "interview"
    CONSENT = "consent"
    PLAN = "version of the action plan"
    CONTACT = "contact with the victim"
    REPAIR = "repair"
    REHOUSING = "request for rehousing"
    LETTER = "letter"
    REFERRAL = "referral"
    CLOSURE = "closure"
    AREA = "area"
    POLICY = "policy"
    STAFF = "member of staff"


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `start` and `evidence` name functions; `gates` block the step and never its clock."""

    id: str
    title: str
    clause: str
    needs: tuple[str, ...]
    target: Target
    start: str
    length: int
    unit: Unit
    scope: Scope
    evidence: str
    owner: StaffRole = StaffRole.OFFICER
    gates: tuple[str, ...] = ()
    consent: Option | None = None
    letter: LetterKind | None = None
    letter_within: int = 0
    """Working days before it is due from which its draft is made; 0: as soon as the step may be taken."""
    recurs: bool = False
    working_day_before: bool = False
    """Where the day is not a working day, the working day before it (A-08)."""
    warn: int = 0
    """Hours before it is due that it shows as due soon; 0: a quarter of its length."""
    manager_every: int = 0
    """Of a step that recurs: every so many is a line manager's (A-37); 0: anybody's."""
    also: str = ""
    """Exceptions, in a sentence."""

    @property
    def finish(self) -> str:
        """What is entered, and where, so that it counts as done: one sentence (finish.py)."""
        return how_to_finish(self.id)


P, H, A = Target.PROCEDURE, Target.HOUSE, Target.ALERT
HOURS, WD, DAYS, MONTHS = Unit.HOURS, Unit.WORKING_DAYS, Unit.DAYS, Unit.MONTHS
MANAGER = StaffRole.SUPERVISOR
REGIONAL = StaffRole.REGIONAL
CONTACT = ("perpetrator_contact",)
LETTER = ("perpetrator_contact", "perpetrator_letter")

STEPS: tuple[Step, ...] = (
    # 3.0 The first report
    Step("forward_report", "Pass the report to the officer", "3.0", ("HC-006",), A, "first_report", 1, HOURS,
         Scope.INCIDENT, "picked_up", StaffRole.ADVISER),
    Step("emergency_assessment", "Decide whether immediate action is needed", "3.0", ("HC-007", "HC-014", "HC-059"), A,
         "first_report", 1, HOURS, Scope.INCIDENT, "assessed"),
    Step("log_case", "Put it on the case log", "3.2", ("HC-042", "HC-043", "HC-045"), P, "logged_by", 24, HOURS,
         Scope.INCIDENT, "logged", also="For a further incident: log the incident."),
    Step("initial_report_form", "Complete and file the initial report form", "3.2", ("HC-009", "HC-044"), P,
         "first_report_of_case", 24, HOURS, Scope.CASE, "form_completed",
         also="Not repeated for a further incident."),
    Step("details_to_victim", "Give the victim our details and the case number", "3.0", ("HC-024", "HC-025"), H,
         "victim_to_tell", 24, HOURS, Scope.PERSON, "details_given", gates=("safe_to_write",),
         letter=LetterKind.ACKNOWLEDGEMENT),
    Step("manager_discussion", "Discuss the case with the line manager", "3.2", ("HC-046", "HC-047", "HC-109"), A,
         "first_report", 1, HOURS, Scope.INCIDENT, "first_discussion", MANAGER,
         also="Another manager of the same level where the line manager is away."),
    Step("safeguarding_report", "Report a child or adult at risk to social services", "3.0", ("HC-021", "HC-022"), A,
         "someone_at_risk", 1, HOURS, Scope.INCIDENT, "safeguarding_made",
         also="Waits for nobody's agreement."),
    Step("homelessness_help", "Help with somewhere safe to go", "3.0", ("HC-014", "HC-015", "HC-073"), A, "unsafe_home",
         1, HOURS, Scope.INCIDENT, "homelessness_helped"),
    Step("legal_advice", "Ask the solicitor about emergency legal action", "3.2", ("HC-020", "HC-048"), A,
         "legal_considered", 1, HOURS, Scope.INCIDENT, "legal_advice_asked", gates=("manager_discussed",)),
    Step("tenancy_check", "Check the victim's tenancy and its history", "3.2",
         ("HC-037", "HC-038", "HC-039", "HC-040", "HC-041"), H, "victim_to_check", 24, HOURS, Scope.PERSON,
         "tenancy_checked", also="What it finds is talked over with the line manager. No help waits for that."),
    # 3.1, 3.4 The victim
    Step("interview_victim", "Interview the victim", "3.4", ("HC-036", "HC-053", "HC-056a"), P,
         "victim_to_interview", 24, HOURS, Scope.VICTIM, "victim_interviewed", gates=("arranged",), warn=6,
         also="Another time at the victim's wish, recorded before it was due; or the victim wants no interview."),
    Step("chase_contact", "Find a way to reach the victim", "3.1", ("HC-036",), H, "nobody_to_ask", 1, WD,
         Scope.INCIDENT, "way_found", also="An anonymous report that says of no victim how to reach them."),
    Step("victim_interview_note", "Save the note of the victim's interview", "3.4", ("HC-057", "HC-058"), P,
         "victim_interview_held", 48, HOURS, Scope.INTERVIEW, "victim_note_saved",
         also="It counts once it says who, what, when and where, who saw it, and the impact."),
    Step("signature", "Get the action plan signed", "3.4", ("HC-056j", "HC-108"), H, "victim_settled_first", 48, HOURS,
         Scope.VICTIM, "plan_signed", also="Spoken agreement already opens the plan's actions."),
    Step("victim_contact", "Keep in touch with the victim", "6.0", ("HC-056i", "HC-069", "HC-070"), P, "victim_settled",
         14, DAYS, Scope.PERSON, "contact_made", gates=("safe_contact",), recurs=True, warn=48,
         also="Every 14 days or sooner as agreed; up to 31 only at the victim's recorded wish."),
    Step("chase_agency", "Chase the agency that is not delivering", "6.0", ("HC-070",), H, "agency_failing", 2, WD,
         Scope.CONTACT, "agency_chased"),
    Step("chase_partner", "Ask the partner what became of the referral", "6.0", ("HC-051", "HC-063", "HC-070"), H,
         "partner_has_it", 5, WD, Scope.REFERRAL, "partner_answered",
         also="So long they have to answer by themselves, where they can; then somebody asks them."),
    Step("case_review_told", "Tell the victim of the ASB Case Review", "6.0", ("HC-065",), H, "case_review_possible", 5,
         WD, Scope.CASE, "told_of_case_review", also="England and Wales only."),
    # 11.0 Further incidents, changes of the plan
    Step("reconfirm_plan", "Go through the action plan with the victim again", "11.0", ("HC-107",), H,
         "further_incident", 24, HOURS, Scope.VICTIM, "reconfirmed",
         also="Until then earlier agreement opens nothing for the further incident."),
    Step("new_version_signed", "Get the new version of the action plan signed", "11.0", ("HC-056j", "HC-108"), H,
         "version_agreed", 48, HOURS, Scope.PLAN, "version_signed",
         also="Spoken agreement already opens what it allows."),
    # 3.2 Who is told
    Step("notify_cdrp", "Tell the community safety partnership", "3.2", ("HC-052",), H, "first_report", 1, WD,
         Scope.INCIDENT, "cdrp_told", also="With the victim's agreement by name, otherwise for statistics only."),
    Step("support_referral", "Refer to the support organisation", "3.2", ("HC-032", "HC-051"), P, "support_agreed", 24,
         HOURS, Scope.CONSENT, "support_referred", consent=Option.SUPPORT),
    Step("police_referral", "Refer to the police", "5.0", ("HC-061", "HC-062", "HC-063"), A, "police_agreed", 1, HOURS,
         Scope.INCIDENT, "police_told", consent=Option.POLICE),
    # 4.0 The home
    Step("emergency_repair", "Carry out the emergency repair", "4.0", ("HC-060c",), P, "repair_known", 24, HOURS,
         Scope.REPAIR, "repair_done", gates=("photographed", "entry_agreed"), warn=6),
    Step("remove_graffiti", "Remove the graffiti", "4.0", ("HC-060d",), P, "graffiti_known", 24, HOURS, Scope.REPAIR,
         "repair_done", gates=("photographed", "entry_agreed"), warn=6),
    Step("security_approval", "Decide on the security measure", "4.0", ("HC-016", "HC-060e"), A, "security_need", 1,
         HOURS, Scope.REPAIR, "security_decided", MANAGER),
    Step("security_measures", "Fit the security measure", "4.0", ("HC-060e",), P, "security_need", 24, HOURS,
         Scope.REPAIR, "repair_done", gates=("security_approved", "security_agreed", "entry_agreed"), warn=6),
    # 7.0 Rehousing
    Step("temporary_options", "Look for somewhere temporary to stay", "7.0", ("HC-073",), A, "fears_staying", 1, HOURS,
         Scope.INCIDENT, "temporary_tried", also="Our own homes, the council, or another registered landlord."),
    Step("transfer_form", "Give the victim the transfer form", "7.0", ("HC-074",), H, "transfer_wanted", 1, WD,
         Scope.CONSENT, "form_given", consent=Option.TRANSFER, also="The application has high priority."),
    Step("transfer_panel", "Decide on high priority for rehousing", "7.0", ("HC-071", "HC-072", "HC-075"), H,
         "report_ready", 10, WD, Scope.REHOUSING, "priority_decided", StaffRole.DIRECTOR, gates=("transfer_report",),
         warn=48, also="A lettings manager and a social housing director; the director alone for the estate's sake."),
    # 8.0 Witnesses
    Step("interview_witnesses", "Interview the witness", "8.0", ("HC-076", "HC-077", "HC-078"), P, "witness_known", 5,
         WD, Scope.WITNESS, "witness_interviewed", gates=("witness_agrees", "arranged"), warn=24,
         also="Five working days from when a witness was found, where that is later."),
    Step("witness_note", "Save the note of the witness's interview", "8.0", ("HC-081", "HC-082"), P,
         "witness_interview_held", 48, HOURS, Scope.INTERVIEW, "note_saved"),
    Step("signed_statement", "Get the witness's statement signed", "8.0", ("HC-083",), H, "statement_to_sign", 5,
         WD, Scope.INTERVIEW, "statement_signed"),
    # 9.0 The alleged perpetrator
    Step("interview_perpetrator", "Interview the alleged perpetrator", "9.0", ("HC-084", "HC-087a", "HC-088", "HC-089"),
         P, "perpetrator_ready", 48, HOURS, Scope.PERPETRATOR, "perpetrator_interviewed",
         gates=(*CONTACT, "tenant_asked", "place_agreed"), consent=Option.PERPETRATOR, warn=12,
         also="From the victim's interview or agreement, whichever is later. Our own homes only."),
    Step("perpetrator_delay_review", "Review why the interview is late", "9.0", ("HC-085", "HC-086"), P,
         "perpetrator_late", 48, HOURS, Scope.PERPETRATOR, "delay_reviewed", recurs=True,
         also="Every 48 hours until it is held, refused, missed twice, no longer agreed, or the case closes. "
              "Every second one is a line manager's.", manager_every=2),
    Step("perpetrator_note", "Save the note of the alleged perpetrator's interview", "9.0", ("HC-092",), P,
         "perpetrator_interview_held", 48, HOURS, Scope.INTERVIEW, "note_saved"),
    Step("warning_letter", "Send the warning letter", "9.0", ("HC-093", "HC-094"), P, "warning_follows", 48, HOURS,
         Scope.INTERVIEW, "warning_sent", gates=LETTER, consent=Option.PERPETRATOR, letter=LetterKind.WARNING),
    Step("rearrange_meeting", "Arrange another meeting", "9.0", ("HC-097",), P, "appointment_missed", 5, WD,
         Scope.INTERVIEW, "meeting_rearranged", gates=CONTACT, consent=Option.PERPETRATOR,
         also="The new meeting's own day falls inside the five working days."),
    Step("non_attendance_letter", "Write about the consequences of not meeting", "9.0", ("HC-098",), H,
         "consequences_follow", 48, HOURS, Scope.PERPETRATOR, "non_attendance_sent", gates=LETTER,
         consent=Option.PERPETRATOR, letter=LetterKind.NON_ATTENDANCE),
    Step("landlord_call", "Tell the other landlord's housing officer", "9.0", ("HC-095",), A, "other_landlord", 1,
         HOURS, Scope.PERPETRATOR, "landlord_told", gates=("police_heard",), consent=Option.AGENCY),
    Step("landlord_request", "Ask the other landlord in writing to interview", "9.0", ("HC-096",), H, "landlord_called",
         0, WD, Scope.PERPETRATOR, "landlord_asked", gates=("police_heard",), consent=Option.AGENCY,
         letter=LetterKind.LANDLORD_REQUEST, also="Their interview is asked for within our own time."),
    Step("landlord_reply_reviewed", "Weigh up what the other landlord did", "13.0", ("HC-118",), H,
         "landlord_written_to", 10, WD, Scope.PERPETRATOR, "landlord_reply_weighed", MANAGER, warn=48,
         also="Agreed: it is enough. Refused: it is not, and the reason says what we or the partnership do."),
    # 12.0, 10.0 Reviews and the outcome
    Step("progress_review", "Review progress with the line manager", "12.0", ("HC-110",), P, "first_report", 9, WD,
         Scope.INCIDENT, "progress_reviewed", MANAGER, warn=48),
    Step("outcome_review", "Review the investigation before the outcome", "10.0", ("HC-099",), P, "first_report", 10,
         WD, Scope.INCIDENT, "outcome_reviewed", MANAGER, warn=48,
         also="The progress review serves where it covered the outcome."),
    Step("victim_written_to", "Write to the victim by day ten", "10.0", ("HC-100", "HC-103"), P, "first_report", 10, WD,
         Scope.VICTIM, "victim_written", letter=LetterKind.PROGRESS, letter_within=2, warn=48,
         also="A progress, delay or outcome letter sent in time meets it."),
    Step("outcome_letter_victim", "Tell the victim the findings", "10.0", ("HC-100", "HC-101"), P, "findings_owed", 10,
         WD, Scope.VICTIM, "victim_outcome_sent", gates=("outcome_reviewed", "plan_accounted"),
         letter=LetterKind.VICTIM_OUTCOME, letter_within=2, warn=48,
         also="Missed, with the reason, where a delay letter was needed."),
    Step("revised_target", "Finish by the date given in the delay letter", "10.0", ("HC-104",), P, "delay_letter", 0,
         Unit.STATED, Scope.LETTER, "findings_told", warn=48),
    Step("outcome_letter_perpetrator", "Tell the alleged perpetrator the outcome", "10.0", ("HC-102",), P,
         "perpetrator_outcome", 10, WD, Scope.PERPETRATOR, "perpetrator_outcome_sent",
         gates=(*LETTER, "victim_told_first"), consent=Option.PERPETRATOR,
         letter=LetterKind.PERPETRATOR_OUTCOME, warn=48, also="Follows the revised target."),
    Step("fortnightly_review", "Fortnightly review with the line manager", "12.0", ("HC-111", "HC-112"), P,
         "progress_review_held", 14, DAYS, Scope.CASE, "reviewed_again", MANAGER, recurs=True, working_day_before=True,
         warn=48),
    # 13.0 Action
    Step("director_notice", "Notify the other landlord's Director", "13.0", ("HC-116",), H, "director_warranted", 1, WD,
         Scope.PERPETRATOR, "director_notified", gates=("police_heard",), consent=Option.AGENCY,
         letter=LetterKind.DIRECTOR, also="By telephone and in writing."),
    Step("legal_action", "Take legal action, or decide not to", "13.0", ("HC-114", "HC-115", "HC-122"), H, "proved", 5,
         WD, Scope.INCIDENT, "legal_step_decided", consent=Option.LEGAL),
    Step("recharge", "Charge the damage to whoever did it", "13.0", ("HC-119",), H, "damage_proved", 10, WD,
         Scope.REPAIR, "recharged", gates=CONTACT, consent=Option.PERPETRATOR),
    Step("cdrp_update", "Tell the partnership what is proposed", "13.0", ("HC-117",), H, "course_proposed", 1, WD,
         Scope.INCIDENT, "cdrp_updated"),
    # 16.0, 17.0 Closing and after
    Step("closing_feedback", "Ask the victim for feedback before closing", "16.0", ("HC-142",), H, "closing_sought", 5,
         WD, Scope.CLOSURE, "feedback_got"),
    Step("satisfaction_survey", "Send the satisfaction survey", "17.0", ("HC-146",), H, "survey_wanted", 1, WD,
         Scope.CLOSURE, "survey_sent", gates=("safe_to_write",), letter=LetterKind.SURVEY),
    Step("after_closure_check", "Check that all is well four weeks after closing", "17.0", ("HC-146",), H, "closed", 28,
         DAYS, Scope.CLOSURE, "checked_again", warn=48),
    # 16.0, 18.0 The organisation
    Step("area_review", "Review every case in the area", "16.0", ("HC-138", "HC-139", "HC-140"), P, "area_cycle", 14,
         DAYS, Scope.AREA, "area_reviewed", REGIONAL, recurs=True, warn=48),
    Step("policy_review", "Review the policy and procedure", "16.0", ("HC-143",), P, "policy_reviewed_last", 36, MONTHS,
         Scope.POLICY, "policy_reviewed", StaffRole.OPERATIONS, recurs=True, warn=24 * 366,
         also="A two-yearly cycle: it shows as due soon from the twenty-fourth month."),
    Step("staff_briefing", "Brief staff after the policy review", "18.0", ("HC-148",), H, "policy_reviewed_on", 3,
         MONTHS, Scope.POLICY, "staff_briefed", REGIONAL, warn=24 * 14),
    Step("induction_briefing", "Brief the new member of staff at induction", "18.0", ("HC-147",), H, "work_started", 1,
         MONTHS, Scope.STAFF, "inducted", MANAGER, warn=24 * 7),
    Step("role_training", "Train the member of staff for their role", "18.0", ("HC-149", "HC-150"), H, "role_given", 3,
         MONTHS, Scope.STAFF, "role_trained", MANAGER, warn=24 * 14,
         also="Taking first complaints for advisers; investigating and monitoring for officers and their managers."),
)  # fmt: skip

STEP: dict[str, Step] = {step.id: step for step in STEPS}

NO_CASE = frozenset(s.id for s in STEPS if s.scope in (Scope.AREA, Scope.POLICY, Scope.STAFF))
"""The organisation's own steps: their actions hang from no case."""
