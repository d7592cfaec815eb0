"""Plan: the versions of the action plan, and what became of each thing that a victim agreed to (10.0, 11.0, 12.0).

In: a case, a victim, an incident, the moment. Out: agreed options without a result, and sentences on what a plan lacks.
Never here: an answer counted as agreed that consent.py does not allow; a result that nobody recorded.
"""

import re
from datetime import datetime

from automations.consent import Says, standing, victims_of
from automations.evidence import EVIDENCE
from automations.evidence.closing import outcome_reviewed
from automations.model import Case, Consent, Incident, Person
from automations.procedure import STEP
from automations.rules import is_line_manager
from automations.starts import STARTS, Begin, Wait
from automations.subjects import Subject, is_theirs, subjects
from automations.versions import version_of
from schema import choices as c

CARRIED_BY: dict[c.Option, tuple[str, ...]] = {
    c.Option.PERPETRATOR: ("interview_perpetrator",),
    c.Option.POLICE: ("police_referral",),
    c.Option.CDRP: ("notify_cdrp",),
    c.Option.SUPPORT: ("support_referral",),
    c.Option.NEIGHBOURS: ("interview_witnesses",),
    c.Option.SECURITY: ("security_measures",),
    c.Option.REPAIR: ("emergency_repair", "remove_graffiti"),
    c.Option.LEGAL: ("legal_action",),
    c.Option.TEMPORARY: ("temporary_options",),
    c.Option.MANAGEMENT_TRANSFER: ("transfer_panel",),
    c.Option.TRANSFER: ("transfer_form",),
    c.Option.HOMELESSNESS: ("homelessness_help",),
}
"""The steps that carry an option out: once all of them that the case asks for are done, so is what was agreed."""


def unaccounted(case: Case, victim: Person, incident: Incident, now: datetime) -> list[c.Option]:
    """The options that this victim agreed to and of which nobody can say what was done, or why not (HC-101)."""
    found = [x.option for x in agreed(case, victim, incident, now)
             if x.option and not (_is_told(x) or _carried_out(case, x, incident, now))]  # fmt: skip
    return list(dict.fromkeys(found))


def agreed(case: Case, victim: Person, incident: Incident, now: datetime) -> list[Consent]:
    """The answers by which this victim agreed to something for this incident, and still does (HC-101)."""
    return [x for x in case.consents if _is_agreed(case, x, victim, incident, now)]


def _is_told(row: Consent) -> bool:
    """Whether staff say what was done, or why it was not."""
    return bool((row.done or "").strip() or (row.not_done or "").strip())


def _is_agreed(case: Case, row: Consent, victim: Person, incident: Incident, now: datetime) -> bool:
    if row.option is None or row.answer is not c.Answer.YES or not is_theirs(case, victim, row.victim_id):
        return False
    if row.incident_id not in (None, incident.id):
        return False
    says = standing(case, row.option, victim, incident, now, organisation=row.organisation or None,
                    about=case.person(row.about_id))  # fmt: skip
    return says.says is Says.YES


def _carried_out(case: Case, row: Consent, incident: Incident, now: datetime) -> bool:
    """Whether the steps that carry the option are all done, at least one."""
    done: list[bool] = []
    for id in CARRIED_BY.get(row.option, ()) if row.option else ():
        step = STEP[id]
        for s in subjects(case, step):
            if not _is_of(row, s, incident):
                continue
            start = STARTS[step.start](case, s, now)
            shown = EVIDENCE[step.evidence](case, s)
            if isinstance(start, (Begin, Wait)) or (start is not None and shown):
                done.append(shown is not None and shown.happened_at <= now)
    return bool(done) and all(done)


def _is_of(row: Consent, s: Subject, incident: Incident) -> bool:
    """Whether what a step is about is what the answer is about."""
    if isinstance(s.record, Consent):
        return s.record.id == row.id
    return s.incident == incident and (row.about_id is None or s.person is None or s.person.id == row.about_id)


def lacks(case: Case) -> list[str]:
    """What the action plan still lacks, a sentence each (HC-035, HC-103, HC-113)."""
    said = [
        f"Consents {x.id}: say what the something else is (Scope)."
        for x in case.consents
        if x.option is c.Option.OTHER and x.answer is c.Answer.YES and not (x.scope or "").strip()
    ]
    said += [
        f"Action plan: no line manager's review covers version {number} yet; the review says which in Plan version "
        f"covered."
        for number in _newest(case)
        if not any(_covers(r.plan_version, number) for r in case.reviews if r.findings and is_line_manager(case, r))
    ]  # fmt: skip
    for x in case.letters:
        incident = case.incident_of(x.incident_id)
        gone = x.decision is c.LetterDecision.POSTED
        if x.kind is not c.LetterKind.DELAY or incident is None or not (gone or x.decision is None):
            continue
        if outcome_reviewed(case, Subject("", "", incident)) is None:
            said.append(f"Letters {x.id}: a delay letter goes once a line manager has reviewed the outcome of the "
                        "investigation, and recorded it.")  # fmt: skip
        if gone and not (incident.reason_for_delay or "").strip():
            said.append(f"Incidents {incident.id}: a delay letter was needed, so say why (Reason for delay).")
    return said


def _newest(case: Case) -> list[int]:
    """The newest agreed version of each victim, without those from before the case was brought over (R-08)."""
    newest: dict[str | None, int] = {}
    for plan in case.plans:
        if plan.agreed_at and not (case.imported and plan.agreed_at < case.created_at):
            newest[plan.victim_id] = max(version_of(case, plan), newest.get(plan.victim_id, 0))
    return list(dict.fromkeys(newest.values()))


def _covers(words: str | None, number: int) -> bool:
    return str(number) in re.findall(r"\d+", words or "")


def plan_accounted(case: Case, subject: Subject, now: datetime) -> str:
    """Each thing that the victim agreed to has its result or its reason, for the letter to tell of (HC-101)."""
    people = (subject.person,) if subject.person else victims_of(case, subject.incident)
    open_ = dict.fromkeys(option for p in people for option in unaccounted(case, p, subject.incident, now))
    if not open_:
        return ""
    return f"Say on Consents what was done, or why not, for: {', '.join(map(str, open_))}."
