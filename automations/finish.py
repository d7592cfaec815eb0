"""How each step is finished: what somebody enters, and where, so that the runner sees that it was done.

In: nothing. Out: one plain sentence a step, by its id; it stands on every action that is to be done.
Never here: what the runner takes for done (evidence/ has that; a test compares the names of tables and fields).

[Square brackets] mark a table or one of its fields, <angle brackets> a choice of the field before: tests look them
up, and staff see the words alone.
"""

import re
from functools import cache

_FINISH: dict[str, str] = {
    "forward_report": "Nothing to enter: it is done when the report reaches [Incidents] ([Picked up at]).",
    "emergency_assessment": "[Incidents]: fill in [Emergency assessment] and [Assessed at].",
    "log_case": "Nothing to enter: it is done when the row of [Incidents] is there. Put it in at once: "
    "[First reported at] says when we were told.",
    "initial_report_form": "[Cases]: fill in [Initial report form completed at] and add the [Initial report form].",
    "details_to_victim": "[Letters]: on the acknowledgement set [Decision] <Sent> and [Sent at]. Told another way: "
    "[Cases], [Details given to the victim at].",
    "manager_discussion": "The manager, in [Reviews]: a row of [Kind] <First discussion> with [Held at], "
    "[Findings] and three ticks: [Plan proposals discussed], [Repairs and security discussed], "
    "[Emergency legal action discussed].",
    "safeguarding_report": "[Referrals]: a row of [Purpose] <Safeguarding referral> with the [Partner] and "
    "[Made by hand at]; or, to be sent, [Decision] <Send>.",
    "homelessness_help": "[Rehousing]: a row of [Kind] <Homelessness referral to the council> with [Called at] and "
    "[Letter given at]; or one of [Kind] <Somewhere temporary> with [Called at]. Or [Referrals]: on the row of "
    "[Purpose] <Homelessness referral> set [Decision] <Send>.",
    "legal_advice": "[Legal]: a row of [Kind] <Emergency advice> with [Asked at].",
    "tenancy_check": "[Tenancy checks]: a row for the victim ([Person]) with [Checked at] and what was [Found].",
    "interview_victim": "[Interviews]: a row [With] the <Victim>, [Result] <Held>, with [Happened at].",
    "chase_contact": "[People]: a telephone, address or e-mail of the victim or of whoever reported it; or [Contacts]: "
    "a row with [At] and the [Result] of a try.",
    "victim_interview_note": "[Interviews]: on the interview fill in [Impact] and [Note saved at], and [Account] or "
    "add the [Note].",
    "signature": "[Action plan]: fill in [Signed at] and add the [Signed copy].",
    "victim_contact": "[Contacts]: a row with [At] and [Result] <Spoke or met>. A try alone does not count.",
    "notify_cdrp": "Nothing to enter: the notice goes by itself once it may. Told by telephone: [Referrals], "
    "[Made by hand at].",
    "support_referral": "[Referrals]: a row of [Purpose] <Support referral> with the [Partner], the [Person] and "
    "[Made by hand at]; or, to be sent, [Decision] <Send>.",
    "police_referral": "[Referrals]: a row of [Purpose] <Police referral> with the [Partner] and [Made by hand at]; "
    "or, to be sent, [Decision] <Send>.",
    "emergency_repair": "[Repairs]: on the repair fill in [Done at]. Not needed after all: [Not needed: reason].",
    "remove_graffiti": "[Repairs]: on the repair fill in [Photographed at] and [Done at].",
    "security_approval": "The manager, in [Approvals]: a row of [Matter] <Security measure> with the [Repair] and the "
    "[Decision].",
    "security_measures": "[Repairs]: on the measure fill in [Done at]. Not needed after all: [Not needed: reason].",
    "temporary_options": "[Rehousing]: a row of [Kind] <Somewhere temporary> with [Asked] and [Called at].",
    "transfer_form": "[Rehousing]: a row of [Kind] <Transfer application> with the [Person] and [Form given at].",
    "transfer_panel": "The lettings manager and the director, in [Approvals]: each a row of [Matter] "
    "<Management transfer> with the [Person], the [Decision] and the [Reason]. For the estate's sake the director "
    "alone.",
    "interview_witnesses": "[Interviews]: a row [With] the <Witness>, the [Person], [Result] <Held> and [Happened at].",
    "witness_note": "[Interviews]: on the interview add the [Note] and fill in [Note saved at].",
    "signed_statement": "[Interviews]: on the interview add the [Statement] and fill in [Statement signed at].",
    "interview_perpetrator": "[Interviews]: a row [With] the <Alleged perpetrator>, the [Person], [Result] <Held> and "
    "[Happened at].",
    "perpetrator_delay_review": "[Reviews]: a row of [Kind] <Delay review> with [Held at] and [Findings]. Every second "
    "one is the manager's.",
    "perpetrator_note": "[Interviews]: on the interview add the [Note] and fill in [Note saved at].",
    "warning_letter": "The manager, in [Approvals]: a row of [Matter] <Letter> with the [Letter] and the [Decision]. "
    "Then, in [Letters]: a row of [Kind] <Warning letter> with [To], [Decision] <Sent> and [Sent at]; under "
    "14 the tenant's copy.",
    "rearrange_meeting": "[Interviews]: a new row [With] the same [Person] and a new [Booked for].",
    "non_attendance_letter": "[Letters]: a row of [Kind] <Non-attendance letter> with [To], [Decision] <Sent> and "
    "[Sent at].",
    "landlord_call": "[Referrals]: a row of [Purpose] <Request to another landlord> with the [Person] and "
    "[Made by hand at].",
    "landlord_request": "[Letters]: a row of [Kind] <Request to another landlord> with [Decision] <Sent> and "
    "[Sent at]. Or [Referrals]: on the row of [Purpose] <Request to another landlord> set [Decision] <Send>.",
    "landlord_reply_reviewed": "[Referrals]: fill in the [Outcome]. Then the manager, in [Approvals]: a row of "
    "[Matter] <Other landlord's action reviewed> with the [Person], the [Decision] and the [Reason].",
    "legal_action": "[Legal]: a row of [Kind] <Legal step taken> with [Taken at], or of [Kind] <Decision> with "
    "[Decided], [Decided at] and the [Reason].",
    "recharge": "[Repairs]: on the repair fill in [Recharged at].",
    "progress_review": "The manager, in [Reviews]: a row of [Kind] <Progress review> with [Held at] and [Findings].",
    "outcome_review": "The manager, in [Reviews]: a row with [Held at], [Findings] and a tick in [Covers the outcome].",
    "victim_written_to": "[Letters]: an outcome, progress or delay letter to the victim with [Decision] <Sent> and "
    "[Sent at].",
    "outcome_letter_victim": "[Letters]: a row of [Kind] <Outcome letter to the victim> with [Decision] <Sent> and "
    "[Sent at].",
    "revised_target": "[Letters]: a row of [Kind] <Outcome letter to the victim> with [Decision] <Sent> and "
    "[Sent at]; or a further delay letter.",
    "outcome_letter_perpetrator": "The manager, in [Approvals]: a row of [Matter] <Letter> with the [Letter] and the "
    "[Decision]. Then, in [Letters]: a row of [Kind] <Outcome letter to the perpetrator> with [To], [Decision] <Sent> "
    "and [Sent at].",
    "fortnightly_review": "The manager, in [Reviews]: a row of [Kind] <Fortnightly review> with [Held at] and "
    "[Findings].",
    "director_notice": "[Referrals]: a row of [Purpose] <Notice to another landlord's Director> with the [Person] and "
    "[Made by hand at]; and [Letters]: one of [Kind] <Notification to a Director>, [Decision] <Sent>, with [Sent at], "
    "which the manager approves in [Approvals]: [Matter] <Letter>; or a second row of [Referrals] on which the manager "
    "sets [Decision] <Send>.",
    "cdrp_update": "[Referrals]: a row of [Purpose] <CDRP update> with the [Partner] and [Made by hand at]; or, to be "
    "sent, [Decision] <Send>.",
    "closing_feedback": "[Feedback]: a row of [Kind] <Before closing> with [Answered at] and [What they said].",
    "chase_agency": "[Contacts]: on the contact at which it was told fill in [Agency chased at].",
    "chase_partner": "[Referrals]: on the referral fill in [Agreed at] or [Outcome]. Nothing to enter once the partner "
    "answers it to Casewatch.",
    "case_review_told": "[Cases]: fill in [Told of the ASB Case Review at].",
    "reconfirm_plan": "[Action plan]: on the version fill in [Reconfirmed at]; or [Consents]: answer each earlier yes "
    "again for the [Incident].",
    "new_version_signed": "[Action plan]: on the new version fill in [Signed at].",
    "satisfaction_survey": "[Letters]: a row of [Kind] <Satisfaction survey> with [Decision] <Sent> and [Sent at].",
    "after_closure_check": "[Closures]: fill in [Checked again at].",
    "area_review": "The manager, in [Area reviews]: a row with the [Area], [Held at], [Cases covered] and [Findings]. "
    "[What is missing] says what it still lacks.",
    "policy_review": "The operations director, in [Policy reviews]: a row with [Reviewed on].",
    "staff_briefing": "[Training]: for each member of staff a row of [Kind] <Briefing after a policy review> with "
    "[Done on].",
    "induction_briefing": "[Training]: a row of [Kind] <Briefing at induction> with the [Member of staff] and "
    "[Done on].",
    "role_training": "[Training]: a row of [Kind] <Taking first complaints> or <Investigating and monitoring> with "
    "the [Member of staff] and [Done on].",
}
MARKED = re.compile(r"\[([^\]]+)\]|<([^>]+)>")


def marked(step: str) -> str:
    """The sentence of a step with its marks; "" where there is none."""
    return _FINISH.get(step, "")


@cache
def how_to_finish(step: str) -> str:
    """What is entered to finish a step, as staff read it; "" where there is no such step."""
    return MARKED.sub(lambda found: found[1] or found[2], marked(step))
