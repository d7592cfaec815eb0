"""Gaps: what was done on a case and still lacks something that the procedure asks of it.

In: a case with impossible times left out, what is owed on it, the moment. Out: one sentence a gap, by record.
Never here: a step held up by it, or a name (records are named by their number).
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from automations.consent import Says, all_agree, standing
from automations.duties import Duty
from automations.earlier import as_it_stood
from automations.evidence.interviews import note_lacks
from automations.model import Case, Interview, Referral
from automations.panel import unsettled
from automations.rules import override, set_aside
from automations.starts.victim import settled_at
from automations.subjects import Subject, is_theirs
from automations.told_without_agreement import untold
from schema import choices as c


def gaps(case: Case, owed: Iterable[Duty], now: datetime) -> list[str]:
    """Every gap, in the order of the procedure; none on a case brought over or set aside by triage."""
    if case.imported or set_aside(case):
        return []
    return [*_interviews(case), *_support(case, now), *_police(case), *_home(case), *unsettled(case), *_witnesses(case),
            *_delays(case, owed, now), *_legal(case), *untold(case)]  # fmt: skip


def _interviews(case: Case) -> Iterator[str]:
    """Notes that do not yet say what a court would ask (HC-058, HC-090)."""
    for x in case.interviews:
        if x.note_saved_at is None or x.result is not c.InterviewResult.HELD:
            continue
        if x.with_ is c.InterviewKind.VICTIM and (lacks := note_lacks(x)):
            yield (f"Interviews {x.id}: the note counts once {' and '.join(lacks)} say what happened, when and where, "
                   "who saw it and what it did to them.")  # fmt: skip
        if x.with_ is c.InterviewKind.PERPETRATOR and (left_out := _left_out(x)):
            yield f"Interviews {x.id}: the interview must cover {', '.join(left_out)}; tick or fill in what it did."


def _left_out(x: Interview) -> list[str]:
    heard = bool((x.account or "").strip() or x.notes)
    items = {"the complaint": x.complaint_put, "our policy": x.policy_explained, "the person's own account": heard}
    return [words for words, covered in items.items() if not covered]


def _support(case: Case, now: datetime) -> Iterator[str]:
    """Support agreed to before the interview, whose contact details the victim was not given there (HC-050)."""
    for row in case.consents:
        if row.option is not c.Option.SUPPORT or row.contact_given_at:
            continue
        victim = case.person(row.victim_id) or next(
            (v for v in case.victims if is_theirs(case, v, row.victim_id)), None
        )
        incident = case.incident_of(row.incident_id) if row.incident_id else next(iter(case.incidents), None)
        if victim is None or incident is None:
            continue
        held = settled_at(case, Subject("", "", incident, victim), victim)
        says = standing(case, c.Option.SUPPORT, victim, incident, now, organisation=row.organisation)
        if held and says.says is Says.YES and says.consent is row and (row.given_at or row.created_at) <= held:
            yield f"Consents {row.id}: give the victim the support organisation's contact details, and enter when."


def _police(case: Case) -> Iterator[str]:
    """Requests to the police for information, which name the victim, without agreement or override (HC-055, R-14)."""
    for x in case.referrals:
        if x.purpose is c.Purpose.POLICE_INFORMATION and x.by_hand_at and not _covered(case, x, x.by_hand_at):
            yield (f"Referrals {x.id}: the police were asked for information without recorded consent. Record the "
                   f"agreement ({c.Option.POLICE}) with when it was given, or an override.")  # fmt: skip


def _covered(case: Case, x: Referral, then: datetime) -> bool:
    incident = case.incident_of(x.incident_id)
    if incident is None:
        return False
    agreed = all_agree(as_it_stood(case, then), c.Option.POLICE, incident, then).says is Says.YES
    return agreed or override(case, c.Purpose.POLICE_INFORMATION, x.partner, incident) is not None


def _home(case: Case) -> Iterator[str]:
    """Works without a photograph, a contractor not told, damage charged without proof (HC-060a, HC-060b, HC-119)."""
    for x in case.repairs:
        photographed = x.photographed_at and (x.done_at is None or x.photographed_at <= x.done_at)
        if x.done_at and not photographed and not (x.no_photograph or "").strip():
            yield f"Repairs {x.id}: done without a photograph before it; say why in No photograph: reason."
        if x.ordered_at and x.done_at is None and not x.contractor_told:
            yield f"Repairs {x.id}: tell whoever does the work that it is urgent and to be kind, and tick it."
        if x.recharged_at and not (x.proof or "").strip():
            yield f"Repairs {x.id}: somebody was charged without proof of who did it; enter the proof or take it back."


def _witnesses(case: Case) -> Iterator[str]:
    """Witnesses who will give evidence and were offered no support (HC-079)."""
    linked = {id for incident in case.incidents for id in incident.witness_ids}
    for p in case.people:
        is_witness = p.role is c.PersonRole.WITNESS or p.id in linked
        if is_witness and p.evidence_use is c.WitnessUse.WILLING and p.support_offered_at is None:
            yield f"People {p.id}: offer this witness the same support as the victim has, and enter when."


def _delays(case: Case, owed: Iterable[Duty], now: datetime) -> Iterator[str]:
    """Interviews of alleged perpetrators that are late without a reason on record (HC-085)."""
    for duty in owed:
        if duty.step.id != "interview_perpetrator" or duty.evidence or duty.not_needed or duty.waits:
            continue
        if duty.deadline and now > duty.deadline.at and isinstance(duty.subject, Subject):
            incident = next(i for i in case.incidents if i.id == duty.subject.incident.id)
            if not (incident.reason_for_delay or "").strip():
                yield f"Incidents {incident.id}: the alleged perpetrator's interview is late; enter Reason for delay."


def _legal(case: Case) -> Iterator[str]:
    """Decisions without a reason, and steps that the victims had not agreed to (HC-049, HC-114, HC-115)."""
    for x in case.legal:
        if (x.decided or x.kind is c.LegalKind.DECISION) and not (x.reason or "").strip():
            yield f"Legal {x.id}: give the reason for the decision, also where it is to do nothing."
        if x.kind is c.LegalKind.DECISION and x.decided and x.decided_at is None:
            yield f"Legal {x.id}: say when it was decided (Decided at); until then it does not count."
        incident = case.incident_of(x.incident_id)
        if x.kind is not c.LegalKind.STEP or x.taken_at is None or incident is None:
            continue
        says = all_agree(as_it_stood(case, x.taken_at), c.Option.LEGAL, incident, x.taken_at)
        if says.says is not Says.YES:
            yield f"Legal {x.id}: taken without the victim's recorded agreement to legal action. {says.why}"
