"""To tenants: the copies that the tenant of an alleged perpetrator's home has, and a young person's parent or guardian.

In: what a letter is written from. Out: rows of the catalogue.
Never here: a fact about a victim, a witness or a reporter. Each copy is a letter of its own, from its reader's side.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from automations.consent import victims_of
from automations.contact import below_responsibility, from_14_to_17, under_14
from automations.letters.accused import gates, meeting, missed, not_ours, not_unwilling, on_both_sides, refused
from automations.letters.facts import GuardianFacts, TenantFacts
from automations.letters.reader import address, known, officer, paragraphs
from automations.letters.unsaid import tells_of_another
from automations.letters.writing import Entry, Writing
from automations.model import Person
from automations.model.homes import may_be_same_home
from automations.rules import manager_agreed
from schema import choices as c

K = c.LetterKind
Copy = TenantFacts | GuardianFacts
Refusal = Callable[[Writing, Person, Person], str]
"""From what is written, the reader and the alleged perpetrator: a sentence, or ""."""


def about(of: Writing) -> Person | None:
    """The alleged perpetrator of whom this is a copy: of several, the one who may live where the reader does."""
    if of.about:
        return of.about
    linked = of.case.persons(of.incident.perpetrator_ids)
    at_home = [p for p in linked if of.to and may_be_same_home(p, of.to)]
    found = at_home if len(linked) > 1 else linked
    return found[0] if len(found) == 1 else None


def tenant(of: Writing) -> TenantFacts:
    """Whose behaviour it is, and what kind of letter this may be at that age (R-18)."""
    person = about(of)
    return TenantFacts(
        landlord=of.landlord,
        reference=of.case.reference,
        recipient_name=known(of.to.name) if of.to else None,
        recipient_address=address(of.to) if of.to else (),
        officer=officer(of.officer),
        resident=known(person.name) if person else None,
        instead_of_a_child=person is not None and under_14(person, of.now),
        tenancy_only=person is not None and below_responsibility(of.case, person, of.incident, of.now),
        dated=of.dated,
    )


def tenant_appointment(of: Writing) -> TenantFacts:
    """Both together; under 14 the tenant alone will do (HC-087a, A-12)."""
    person = about(of)
    return replace(tenant(of), meeting=meeting(of, person)) if person else tenant(of)


def tenant_non_attendance(of: Writing) -> TenantFacts:
    """Which meetings there were, and what follows for the tenancy if it is proved (HC-098)."""
    person = about(of)
    return replace(tenant(of), missed=missed(of, person), refused=refused(of, person)) if person else tenant(of)


def tenant_told(of: Writing) -> TenantFacts:
    """What an officer wrote for the tenant: of a warning (HC-093) or of the outcome (HC-102)."""
    return replace(tenant(of), words=paragraphs(of.row.words) if of.row else ())


def guardian(of: Writing) -> GuardianFacts:
    """Whose copy it is (R-18)."""
    person = about(of)
    return GuardianFacts(
        landlord=of.landlord,
        reference=of.case.reference,
        recipient_name=known(of.to.name) if of.to else None,
        recipient_address=address(of.to) if of.to else (),
        officer=officer(of.officer),
        young_person=known(person.name) if person else None,
        dated=of.dated,
    )


def guardian_appointment(of: Writing) -> GuardianFacts:
    """When and where the young person is asked to come (HC-084, R-18)."""
    person = about(of)
    return replace(guardian(of), meeting=meeting(of, person)) if person else guardian(of)


def guardian_warning(of: Writing) -> GuardianFacts:
    """What an officer wrote for the parent or guardian (HC-093, R-18)."""
    return replace(guardian(of), words=paragraphs(of.row.words) if of.row else ())


def held(
    of: Writing,
    *,
    role: c.PersonRole,
    step: str,
    gather: Callable[[Writing], Copy],
    more: tuple[str, ...] = (),
    unless: Callable[[Writing, Person], str] | None = None,
) -> str | None:
    """Only to whoever is known to be theirs, to no address of the victim without a manager, and nobody harmed is named.

    None where it may be written. The gates on the alleged perpetrator come first: of `step`, of the letter itself, and
    `more` (R-17, R-18, HC-093).
    """
    if of.to is None or of.to.role is not role:
        return f"Say in To whose copy it is: somebody entered as {str(role).lower()}."
    person = about(of)
    if person is None or person.id not in of.incident.perpetrator_ids:
        return "Nothing says of which alleged perpetrator this is a copy: link one who lives there to the incident."
    return (
        on_both_sides(of.case, of.to)
        or on_both_sides(of.case, person)
        or not_ours(person)
        or COPIES[role](of, of.to, person)
        or gates(of, person, step, *more)
        or (unless(of, person) if unless else "")
        or _at_the_victims(of, of.to, person)
        or _telling(of, gather(of))
    ) or None


def _not_a_tenants(of: Writing, to: Person, person: Person) -> str:
    """One letter each where the tenant is another person, of that home and no other (HC-093)."""
    match person.is_tenant:
        case c.YesNo.NO if may_be_same_home(to, person):
            return ""
        case c.YesNo.NO:
            return "Nothing shows that this is the tenant of the alleged perpetrator's home: enter the home they share."
        case c.YesNo.YES:
            return "The alleged perpetrator is the tenant of the home: there is no copy."
    return "Record whether the alleged perpetrator is the tenant of the home (Is the tenant)."


def _not_a_guardians(of: Writing, to: Person, person: Person) -> str:
    """From 14 to 17, and only to whoever is known to be theirs: a victim may have a guardian on the case too (R-18)."""
    if person.born_on is None:
        return "Record the date of birth: only from 14 to 17 has a parent or guardian a copy."
    if not from_14_to_17(person, of.now):
        return "Only from 14 to 17 has a parent or guardian a copy: under 14 the tenant is written to."
    if may_be_same_home(to, person) or manager_agreed(of.case, c.Matter.UNDER_AGE_LETTER, person=to):
        return ""
    return (
        "Nothing shows that this is the alleged perpetrator's own parent or guardian: enter the home they share, "
        f"or a line manager's approval ({c.Matter.UNDER_AGE_LETTER}) for the guardian."
    )


COPIES: dict[c.PersonRole, Refusal] = {
    c.PersonRole.TENANT: _not_a_tenants,
    c.PersonRole.GUARDIAN: _not_a_guardians,
}


def _at_the_victims(of: Writing, to: Person, person: Person) -> str:
    """No letter to an address shared with the victim without a manager's decision (R-18)."""
    harmed = (*of.case.victims, *victims_of(of.case, of.incident))
    shared = of.case.perpetrator_at_home is c.YesNo.YES or any(
        x.lives_with_victim is c.YesNo.YES or any(may_be_same_home(x, v) for v in harmed) for x in (to, person)
    )
    if not shared or manager_agreed(of.case, c.Matter.SHARED_ADDRESS, person=to):
        return ""
    return "The address is the victim's too, or may be: a line manager must approve a letter to it, for this reader."


def _telling(of: Writing, facts: Copy) -> str:
    return tells_of_another(of.case, (*facts.words, facts.meeting.place), to=of.to, about=about(of))


TENANT, GUARDIAN = c.PersonRole.TENANT, c.PersonRole.GUARDIAN


def _entry(kind: K, template: str, gather: Callable[[Writing], Copy], role: c.PersonRole, step: str, *more: str,
           unless: Callable[[Writing, Person], str] | None = None) -> Entry:  # fmt: skip
    why = partial(held, role=role, step=step, gather=gather, more=more, unless=unless)
    return Entry(kind, template, gather, why)


LETTERS = (
    _entry(K.TENANT_APPOINTMENT, "tenant_appointment", tenant_appointment, TENANT, "rearrange_meeting", "place_agreed"),
    _entry(K.TENANT_NON_ATTENDANCE, "tenant_non_attendance", tenant_non_attendance, TENANT, "non_attendance_letter",
           unless=not_unwilling),
    _entry(K.TENANT_WARNING, "tenant_warning", tenant_told, TENANT, "warning_letter"),
    _entry(K.TENANT_OUTCOME, "tenant_outcome", tenant_told, TENANT, "outcome_letter_perpetrator"),
    _entry(K.GUARDIAN_APPOINTMENT, "guardian_appointment", guardian_appointment, GUARDIAN, "interview_perpetrator"),
    _entry(K.GUARDIAN_WARNING, "guardian_warning", guardian_warning, GUARDIAN, "warning_letter"),
)  # fmt: skip
