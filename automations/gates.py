"""Gates: what must be true before a step may be taken. A shut gate says in one sentence what opens it.

In: a case, a subject, the moment. Out: "" where the gate is open, else the sentence.
Never here: a clock (a gate blocks the step, it never moves a due date: R-01), or a gate on help (R-19).
"""

from collections.abc import Callable
from datetime import date, datetime

from automations.calendar import LONDON
from automations.consent import Says, all_agree, standing, victims_of
from automations.contact import perpetrator_contact, perpetrator_letter, place_agreed, police_heard, tenant_asked
from automations.evidence.closing import outcome_reviewed as review_of_the_outcome
from automations.evidence.report import first_discussion
from automations.model import Case, Rehousing, Repair
from automations.plan import plan_accounted
from automations.rules import manager_agreed
from automations.sent import was_posted
from automations.starts.rehousing import moving
from automations.subjects import Subject, is_theirs
from schema import choices as c

Gate = Callable[[Case, Subject, datetime], str]


def manager_discussed(case: Case, subject: Subject, now: datetime) -> str:
    """A first discussion of this incident with a line manager is on record (HC-046, R-02)."""
    held = first_discussion(case, subject)
    return "" if held and held.happened_at <= now else "Discuss it with a line manager, who records the review."


def photographed(case: Case, subject: Subject, now: datetime) -> str:
    """Damage is photographed before it is mended, or a reason says why not (HC-060a)."""
    repair = _repair(subject)
    in_time = repair.photographed_at and repair.photographed_at <= now
    return "" if in_time or repair.no_photograph else "Photograph it first, or say why not."


def entry_agreed(case: Case, subject: Subject, now: datetime) -> str:
    """Entering a home needs the occupier's agreement; outside and shared parts need nobody's (R-19)."""
    repair = _repair(subject)
    if repair.where is not c.Where.INSIDE or repair.occupier_agrees is c.YesNo.YES:
        return ""
    return "The occupier must agree to the work inside the home."


def security_approved(case: Case, subject: Subject, now: datetime) -> str:
    """A line manager approves each security measure (HC-060e)."""
    agreed = manager_agreed(case, c.Matter.SECURITY, repair_id=_repair(subject).id)
    return "" if agreed else "A line manager must approve this measure."


def security_agreed(case: Case, subject: Subject, now: datetime) -> str:
    """The victim wants security measures fitted (3.1)."""
    says = all_agree(case, c.Option.SECURITY, subject.incident, now)
    return "" if says.says is Says.YES else f"Security measures need the victim's agreement. {says.why}"


def witness_agrees(case: Case, subject: Subject, now: datetime) -> str:
    """A known witness is willing; neighbours are approached only with the victim's agreement (8.0)."""
    if subject.person is None:
        if subject.incident.witnesses_known is not c.Witnesses.LIKELY:
            return "" if subject.incident.witnesses_known is c.Witnesses.KNOWN else "Ask whether anybody saw it."
        says = all_agree(case, c.Option.NEIGHBOURS, subject.incident, now)
        return "" if says.says is Says.YES else f"Speaking to neighbours needs the victim's agreement. {says.why}"
    return ""


def outcome_reviewed(case: Case, subject: Subject, now: datetime) -> str:
    """The review that completes the step opens the gate too, before the outcome is written (HC-099, A-07)."""
    held = review_of_the_outcome(case, subject)
    return "" if held and held.happened_at <= now else "A line manager must first review the outcome and record it."


def victim_told_first(case: Case, subject: Subject, now: datetime) -> str:
    """Every victim's outcome letter goes first, or the same day (HC-102)."""
    gone = [
        x.to_id for x in case.letters
        if x.kind is c.LetterKind.VICTIM_OUTCOME and was_posted(case, x) and x.sent_at
        and _day(x.sent_at) <= _day(now) and case.incident_of(x.incident_id) == subject.incident
    ]  # fmt: skip
    victims = victims_of(case, subject.incident)
    told = bool(gone) and all(any(is_theirs(case, v, to) for to in gone) for v in victims)
    return "" if told else "The victim's outcome letter goes first."


def safe_to_write(case: Case, subject: Subject, now: datetime) -> str:
    """Somebody has asked the victim which ways of contact are safe (3.0)."""
    person = subject.person or next(iter(victims_of(case, subject.incident)), None)
    return "" if person and person.safe_ways else "Ask the victim which ways of contact are safe, and record them."


def safe_contact(case: Case, subject: Subject, now: datetime) -> str:
    """Before any call: which ways of reaching the victim are safe comes first of all (3.0, R-21)."""
    person = subject.person
    return (
        "" if person and person.safe_ways else "First ask the victim which ways of contact are safe, and record them."
    )


def arranged(case: Case, subject: Subject, now: datetime) -> str:
    """An interpreter or whatever else the person needs is arranged before they are interviewed (HC-054, HC-056a)."""
    person = subject.person
    if person is None or person.needs_help is not c.YesNo.YES or (person.arrangement or "").strip():
        return ""
    return "Arrange the interpreter or other help first and enter it in People: never a family member by default."


def transfer_report(case: Case, subject: Subject, now: datetime) -> str:
    """The panel has the officer's report, and whoever would move agrees to it (HC-072). Nobody asks for the estate."""
    request = subject.record
    assert isinstance(request, Rehousing), "this gate stands on requests for rehousing only"
    if not request.reports or request.report_at is None or request.report_at > now:
        return f"Rehousing {request.id}: attach the officer's report first, and enter when."
    if request.kind is c.RehousingKind.ESTATE:
        return ""
    each = [standing(case, c.Option.MANAGEMENT_TRANSFER, v, subject.incident, now) for v in moving(case, subject)]
    unsaid = next((x for x in each if x.says is not Says.YES), None)
    return f"A management transfer needs the victim's agreement. {unsaid.why}" if unsaid else ""


def _day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


def _repair(subject: Subject) -> Repair:
    assert isinstance(subject.record, Repair), "these gates stand on repairs only"
    return subject.record


GATES: dict[str, Gate] = {
    gate.__name__: gate
    for gate in (
        perpetrator_contact, manager_discussed, photographed, entry_agreed, security_approved, security_agreed,
        witness_agrees, outcome_reviewed, victim_told_first, safe_to_write, perpetrator_letter, place_agreed,
        police_heard, tenant_asked, arranged, transfer_report, plan_accounted,
        safe_contact,
    )
}  # fmt: skip


def shut(names: tuple[str, ...], case: Case, subject: Subject, now: datetime) -> str:
    """The sentences of the gates that are shut, in the procedure's order; "" where all are open."""
    return " ".join(filter(None, [GATES[name](case, subject, now) for name in names])) if names else ""
