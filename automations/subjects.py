"""Subjects: what there is one action for - an incident, a person, an interview, a repair.

In: a case and a step's scope. Out: subjects with the part of the key that names them.
Never here: a person's name in a key or in words; whether anything is owed for a subject.
"""

from dataclasses import dataclass

from automations.consent import victims_of
from automations.model import (
    Case,
    Closure,
    Consent,
    Contact,
    Incident,
    Interview,
    Letter,
    Person,
    Plan,
    Referral,
    Rehousing,
    Repair,
)
from automations.panel import DECIDED_BY
from automations.procedure import STEP, Scope, Step

Recorded = Interview | Consent | Plan | Contact | Repair | Rehousing | Letter | Referral | Closure


@dataclass(frozen=True, slots=True)
class About:
    """What one action is about. `key` is its part of the action's key; `words` what staff read."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Subject(About):
    """What an action of a case is about."""

    incident: Incident
    person: Person | None = None
    record: Recorded | None = None


def subjects(case: Case, step: Step) -> list[Subject]:
    """The subjects of a step on this case. Empty on a case without an incident."""
    if not case.incidents:
        return []
    first = case.incidents[0]
    match step.scope:
        case Scope.CASE:
            return [Subject("", "The case", first)]
        case Scope.INCIDENT:
            return [_of(i) for i in case.incidents]
        case Scope.VICTIM:
            return [s for i in case.incidents for s in _victims(case, i)]
        case Scope.PERSON:
            return _victims_of_case(case, first)
        case Scope.WITNESS:
            return [s for i in case.incidents for s in _linked(i, case.persons(i.witness_ids), "witness")]
        case Scope.PERPETRATOR:
            return [
                s for i in case.incidents for s in _linked(i, case.persons(i.perpetrator_ids), "alleged perpetrator")
            ]
    return _records(case, step)


def _records(case: Case, step: Step) -> list[Subject]:
    match step.scope:
        case Scope.INTERVIEW:
            return [s for x in case.interviews for s in _record(case, "interview", x, x.incident_id, x.person_id)]
        case Scope.CONSENT:
            rows = [x for x in case.consents if x.option is step.consent]
            return [s for x in rows for s in _record(case, "consent", x, x.incident_id, x.victim_id)]
        case Scope.REPAIR:
            return [s for x in case.repairs for s in _record(case, "repair", x, x.incident_id, x.recharge_to_id)]
        case Scope.REHOUSING:
            asked = [x for x in case.rehousing if x.kind in DECIDED_BY]
            return [s for x in asked for s in _record(case, "rehousing", x, x.incident_id, x.person_id)]
        case Scope.LETTER:
            return [s for x in case.letters for s in _record(case, "letter", x, x.incident_id, x.to_id)]
        case Scope.REFERRAL:
            return [s for x in case.referrals for s in _record(case, "referral", x, x.incident_id, x.person_id)]
        case Scope.CLOSURE:
            return [s for x in case.closures for s in _record(case, "closure", x, None, None)]
    return _kept_up(case, step.scope)


def _kept_up(case: Case, scope: Scope) -> list[Subject]:
    """Versions of the plan, and contacts."""
    if scope is Scope.PLAN:
        return [s for x in case.plans for s in _record(case, "plan", x, x.incident_id, x.victim_id)]
    if scope is Scope.CONTACT:
        return [s for x in case.contacts for s in _record(case, "contact", x, None, x.person_id)]
    return []


def is_theirs(case: Case, person: Person | None, named: str | None) -> bool:
    """Whether a record that names a person, or nobody, is about this one. Nobody: only where there is no other."""
    if person is None:
        return True
    if named is not None:
        return named == person.id
    return all(p.id == person.id for p in case.people if p.role is person.role)


def _of(incident: Incident) -> Subject:
    return Subject(f"incident-{incident.number}", f"Incident {incident.number}", incident)


def _victims(case: Case, incident: Incident) -> list[Subject]:
    """One victim of the case has the incident's own key; others add theirs."""
    people = victims_of(case, incident)
    whole = _of(incident)
    if not people:
        return [whole]
    short = has_short_key(case) or ("" if case.victims else people[0].id)
    return [
        Subject(whole.key, whole.words, incident, p)
        if p.id == short
        else Subject(f"{whole.key}/person-{p.id}", f"{whole.words}, victim {n}", incident, p)
        for n, p in enumerate(people, 1)
    ]


def _victims_of_case(case: Case, first: Incident) -> list[Subject]:
    short = has_short_key(case)
    return [
        Subject("", "The victim", first, p) if p.id == short else Subject(f"person-{p.id}", f"Victim {n}", first, p)
        for n, p in enumerate(case.victims, 1)
    ]


def has_short_key(case: Case) -> str | None:
    """The id of the victim whose actions and letters name nobody in their keys; None where nobody's may.

    It is the one whom intake entered, whatever became of them; where there is none, the first by id unless
    that person already has a key of their own. Nobody's history becomes another's (R-10).
    """
    entered = next((p for p in case.people if (p.key or "").endswith("/victim")), None)
    if entered:
        return entered.id
    first = case.victims[0].id if case.victims else None
    theirs = (Scope.VICTIM, Scope.PERSON)
    own = any((a.key or "").endswith(f"/person-{first}") for a in case.actions
              if a.step in STEP and STEP[a.step].scope in theirs)  # fmt: skip
    return None if own else first


def _linked(incident: Incident, people: tuple[Person, ...], word: str) -> list[Subject]:
    whole = _of(incident)
    if not people:
        return [whole]
    return [
        Subject(f"{whole.key}/person-{p.id}", f"{whole.words}, {word} {n}", incident, p)
        for n, p in enumerate(people, 1)
    ]


def _record(
    case: Case,
    word: str,
    row: Recorded,
    incident_id: str | None,
    person_id: str | None,
) -> list[Subject]:
    """A record of its own; nothing where the incident it names is gone. Naming none it is owed all the same (R-19)."""
    incident = case.incident_of(incident_id) if incident_id else case.incidents[0]
    if incident is None:
        return []
    words = f"{word.capitalize()} {row.id}, incident {incident.number}"
    return [Subject(f"{word}-{row.id}", words, incident, case.person(person_id), row)]
