"""Gates: what must be true before a step may be taken. A shut gate says in one sentence what opens it.

In: a case, a subject, the moment. Out: "" where the gate is open, else the sentence.
Never here: a clock (a gate blocks the step, it never moves a due date: R-01), or a gate on help (R-19).
"""

from collections.abc import Callable
from datetime import datetime

from dateutil.relativedelta import relativedelta

from automations.calendar import LONDON
from automations.consent import Says, all_agree, standing, victims_of
from automations.model import Case, Incident, Person, Repair
from automations.rules import decided_at, is_line_manager, manager_agreed, manager_decided
from automations.subjects import Subject, is_theirs
from schema import choices as c

Gate = Callable[[Case, Subject, datetime], str]

TOLD = (c.ReferralState.SENT, c.ReferralState.ACKNOWLEDGED)


def perpetrator_contact(case: Case, subject: Subject, now: datetime) -> str:
    """The one gate on every contact with an alleged perpetrator (R-17). Unknown is shut."""
    person, incident = subject.person, subject.incident
    if person is None:
        return "Enter who the alleged perpetrator is."
    agreed = all_agree(case, c.Option.PERPETRATOR, incident, now, about=person)
    if agreed.says is not Says.YES:
        return f"Speaking to the alleged perpetrator needs every victim's agreement. {agreed.why}"
    return _checked(case, person, now) or _old_enough(case, person, now) or _police(case, incident, now)


def _checked(case: Case, person: Person, now: datetime) -> str:
    """Tenancy checks before the first contact, and any flag talked over with the manager (HC-088, HC-089)."""
    checks = [x for x in case.checks if x.person_id == person.id and x.checked_at and x.checked_at <= now and x.found]
    if not checks:
        return "Check the alleged perpetrator's tenancy first and record what was found."
    flagged = [x.checked_at for x in checks if x.checked_at and set(x.found) - {c.Flag.NONE}]
    if not flagged:
        return ""
    talked = manager_decided(case, c.Matter.FLAGS, person=person)
    if talked is None or talked.decision is not c.Decision.AGREED:
        return "The tenancy check found something: talk it over with a line manager, who records the approval."
    return "" if decided_at(talked) >= max(flagged) else "A later tenancy check found something: talk that over too."


def _old_enough(case: Case, person: Person, now: datetime) -> str:
    """Under 14 only through the tenant (R-18). Nobody's age is guessed."""
    if person.born_on is None:
        if person.is_tenant is c.YesNo.YES:
            return ""
        return "Record the date of birth, or that this is the tenant: under 14 is spoken to through the tenant only."
    if _age(person, now) >= 14:
        return ""
    if any(p.role is c.PersonRole.TENANT for p in case.people):
        return ""
    return "Under 14: only through the tenant. Enter the tenant on the case."


def _police(case: Case, incident: Incident, now: datetime) -> str:
    """The police position (5.0). They are heard before the alleged perpetrator is."""
    if incident.police_position is c.PolicePosition.WAIT:
        return "The police ask us to wait."
    wishes = [standing(case, c.Option.POLICE, v, incident, now).says for v in victims_of(case, incident)]
    known = incident.police_position is c.PolicePosition.NO_OBJECTION
    decided = manager_decided(case, c.Matter.POLICE_POSITION, incident=incident)
    reasoned = decided is not None and decided.decision is c.Decision.AGREED and bool(decided.reason)
    if incident.police_know is c.PoliceTold.YES:
        return "" if known or reasoned else "The police know: record their position, or a manager's reasoned decision."
    if Says.YES in wishes:
        if not _police_referred(case, incident, now):
            return "The victim agreed to the police: refer to them before the alleged perpetrator hears of it."
        chased = incident.police_position is c.PolicePosition.NO_REPLY and reasoned
        return "" if known or chased else "Record the police's position, or no reply and a manager's reasoned decision."
    if wishes and all(says is Says.NO for says in wishes):
        if incident.police_know is c.PoliceTold.NO:
            return ""
        return "Record whether the police already know."
    return "Ask the victim about the police first."


def _police_referred(case: Case, incident: Incident, now: datetime) -> bool:
    return any(
        x.purpose is c.Purpose.POLICE
        and case.incident_of(x.incident_id) == incident
        and ((x.by_hand_at and x.by_hand_at <= now) or x.state in TOLD)
        for x in case.referrals
    )


def manager_discussed(case: Case, subject: Subject, now: datetime) -> str:
    """A first discussion with a line manager is on record (HC-046)."""
    held = any(
        r.kind is c.ReviewKind.FIRST and r.held_at and r.held_at <= now and is_line_manager(r) for r in case.reviews
    )
    return "" if held else "Discuss it with a line manager, who records the review."


def photographed(case: Case, subject: Subject, now: datetime) -> str:
    """Damage is photographed before it is mended, or a reason says why not (HC-060a)."""
    repair = _repair(subject)
    return "" if repair.photographed_at or repair.no_photograph else "Photograph it first, or say why not."


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
    """The investigation is reviewed with a line manager before the outcome is written (HC-099)."""
    held = any(
        r.covers_outcome and r.held_at and r.held_at <= now and is_line_manager(r) and r.findings
        and case.incident_of(r.incident_id) == subject.incident
        for r in case.reviews
    )  # fmt: skip
    return "" if held else "A line manager must first review the outcome and record it."


def victim_told_first(case: Case, subject: Subject, now: datetime) -> str:
    """Every victim's outcome letter goes first, or the same day (HC-102)."""
    gone = [
        x.to_id for x in case.letters
        if x.kind is c.LetterKind.VICTIM_OUTCOME and x.decision is c.LetterDecision.POSTED and x.sent_at
        and x.sent_at <= now and case.incident_of(x.incident_id) == subject.incident
    ]  # fmt: skip
    victims = victims_of(case, subject.incident)
    told = bool(gone) and all(any(is_theirs(case, v, to) for to in gone) for v in victims)
    return "" if told else "The victim's outcome letter goes first."


def perpetrator_letter(case: Case, subject: Subject, now: datetime) -> str:
    """No letter to an address shared with the victim, nor about a young child, without a manager (R-18)."""
    person = subject.person
    if person is None:
        return "Enter who the alleged perpetrator is."
    answers = {person.lives_with_victim, case.perpetrator_at_home}
    shared = c.YesNo.YES in answers or any(_same_home(person, v) for v in case.victims)
    if not shared and c.YesNo.NO not in answers:
        return "Record whether the alleged perpetrator lives with the victim."
    if shared and not manager_agreed(case, c.Matter.SHARED_ADDRESS, person=person):
        return "The address is the victim's too: a line manager must approve a letter to it."
    responsible = 12 if case.division is c.Division.SCOTLAND else 10
    if _age(person, now) < responsible and not manager_agreed(case, c.Matter.UNDER_AGE_LETTER, person=person):
        return f"Under {responsible}: a line manager must approve the letter, which speaks of the tenancy only."
    return ""


def place_agreed(case: Case, subject: Subject, now: datetime) -> str:
    """A meeting away from our office is talked over with a line manager first (HC-087b)."""
    person = subject.person
    away = any(
        x.with_ is c.InterviewKind.PERPETRATOR and x.result in (None, c.InterviewResult.BOOKED)
        and x.at_our_office is c.YesNo.NO and person is not None and x.person_id == person.id
        and case.incident_of(x.incident_id) == subject.incident
        for x in case.interviews
    )  # fmt: skip
    if not away or manager_agreed(case, c.Matter.OFF_OFFICE, person=person):
        return ""
    return "Away from our office: a line manager must talk over the risk and approve it."


def _same_home(one: Person, other: Person) -> bool:
    """Whether two people have the same address, however it is spaced and punctuated."""
    homes = ["".join(ch for ch in (p.address or "").casefold() if ch.isalnum()) for p in (one, other)]
    return bool(homes[0]) and homes[0] == homes[1]


def _age(person: Person, now: datetime) -> int:
    """In years; a hundred where it is not known (perpetrator_contact asks for it)."""
    if person.born_on is None:
        return 100
    return relativedelta(now.astimezone(LONDON).date(), person.born_on).years


def safe_to_write(case: Case, subject: Subject, now: datetime) -> str:
    """Somebody has asked the victim which ways of contact are safe (3.0)."""
    person = subject.person or next(iter(victims_of(case, subject.incident)), None)
    return "" if person and person.safe_ways else "Ask the victim which ways of contact are safe, and record them."


def _repair(subject: Subject) -> Repair:
    assert isinstance(subject.record, Repair), "these gates stand on repairs only"
    return subject.record


GATES: dict[str, Gate] = {
    gate.__name__: gate
    for gate in (
        perpetrator_contact, manager_discussed, photographed, entry_agreed, security_approved, security_agreed,
        witness_agrees, outcome_reviewed, victim_told_first, safe_to_write, perpetrator_letter, place_agreed,
    )
}  # fmt: skip


def shut(names: tuple[str, ...], case: Case, subject: Subject, now: datetime) -> str:
    """The sentences of the gates that are shut, in the procedure's order; "" where all are open."""
    return " ".join(filter(None, (GATES[name](case, subject, now) for name in names)))
