"""Contact with an alleged perpetrator: the gates on every meeting, letter and word that reaches them (R-17, R-18).

In: a case, a subject, the moment. Out: "" where the gate is open, else the sentence that says what opens it.
Never here: a doubt taken for a yes. What nobody knows is shut.
"""

from datetime import datetime

from dateutil.relativedelta import relativedelta

from automations.calendar import LONDON
from automations.consent import Says, all_agree, same_words, standing, victims_of, who_must_agree
from automations.flags import found_at, victims_talked_over
from automations.model import Case, Incident, Interview, Person, Referral
from automations.model.homes import may_be_same_home
from automations.rules import decided_at, manager_agreed, manager_decided
from automations.subjects import Subject
from schema import choices as c

TOLD = (c.ReferralState.SENT, c.ReferralState.ACKNOWLEDGED, c.ReferralState.CORRECTED)
MAY_HAVE_ARRIVED = (*TOLD, *c.CALLED_BACK, c.ReferralState.UNKNOWN)
TO_POLICE = (c.Purpose.POLICE, c.Purpose.POLICE_INFORMATION)
NOTICES = (c.Purpose.CDRP_NOTICE, c.Purpose.CDRP_UPDATE)
WAIT = "The police ask us to wait."


def perpetrator_contact(case: Case, subject: Subject, now: datetime) -> str:
    """The one gate on every contact with an alleged perpetrator (R-17). Unknown is shut."""
    person, incident = subject.person, subject.incident
    if person is None:
        return "Enter who the alleged perpetrator is."
    agreed = all_agree(case, c.Option.PERPETRATOR, incident, now, about=person)
    if agreed.says is not Says.YES:
        return f"Speaking to the alleged perpetrator needs every victim's agreement. {agreed.why}"
    return (
        _checked(case, person, now)
        or victims_talked_over(case, incident, now)
        or _old_enough(case, person, now)
        or _police(case, subject, now)
    )


def _checked(case: Case, person: Person, now: datetime) -> str:
    """Tenancy checks before the first contact, and any flag talked over with the manager (HC-088, HC-089)."""
    checks = [x for x in case.checks if x.person_id == person.id and x.checked_at and x.checked_at <= now and x.found]
    if not checks:
        return "Check the alleged perpetrator's tenancy first and record what was found."
    theirs = [x for x in case.checks if x.person_id == person.id and set(x.found) - {c.Flag.NONE}]
    flagged = [at for x in theirs if (at := found_at(x)) <= now]
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
    if _age(person, now) >= 14 or _on_the_case(case, person, c.PersonRole.TENANT):
        return ""
    return "Under 14: only through the tenant. Enter the tenant on the case."


def police_heard(case: Case, subject: Subject, now: datetime) -> str:
    """Telling an alleged perpetrator's landlord is contact by another hand: it waits as contact does (5.0)."""
    return WAIT if _asked_to_wait(case, subject) else ""


def _asked_to_wait(case: Case, subject: Subject) -> bool:
    """Whether the police ask us to wait over anything that this person may have a part in."""
    who = subject.person.id if subject.person else None
    return any(
        i.police_position is c.PolicePosition.WAIT
        and (i.id == subject.incident.id or not i.perpetrator_ids or who in i.perpetrator_ids)
        for i in case.incidents
    )


def _police(case: Case, subject: Subject, now: datetime) -> str:
    """The police position (5.0). They are heard before the alleged perpetrator is."""
    if _asked_to_wait(case, subject):
        return WAIT
    incident = subject.incident
    stand = [(v, standing(case, c.Option.POLICE, v, incident, now)) for v in who_must_agree(case, incident)]
    wishes = [says.says for _, says in stand]
    refused = bool(wishes) and all(says is Says.NO for says in wishes)
    known = incident.police_position is c.PolicePosition.NO_OBJECTION
    decided = manager_decided(case, c.Matter.POLICE_POSITION, incident=incident)
    reasoned = decided is not None and decided.decision is c.Decision.AGREED and bool(decided.reason)
    if incident.police_know is c.PoliceTold.YES:
        return "" if known or reasoned else "The police know: record their position, or a manager's reasoned decision."
    if refused and any(_may_have_told_police(case, x, incident) for x in case.referrals):
        what = "The police know, or may know, from what we sent"
        return "" if known or reasoned else f"{what}: record their position, or a manager's reasoned decision."
    if Says.YES in wishes:
        if not _police_referred(case, incident, now):
            return "The victim agreed to the police: refer to them before the alleged perpetrator hears of it."
        chased = incident.police_position is c.PolicePosition.NO_REPLY and reasoned
        return "" if known or chased else "Record the police's position, or no reply and a manager's reasoned decision."
    if refused and any(_said_yes_too(case, victim, says.since, now) for victim, says in stand):
        return "A yes to the police was given with the no or after it: settle with the victim which it is."
    if refused:
        return "" if incident.police_know is c.PoliceTold.NO else "Record whether the police already know."
    return "Ask the victim about the police first."


def _said_yes_too(case: Case, victim: Person, refused_at: datetime | None, now: datetime) -> bool:
    """Whether a yes to the police stands beside the no, as old as it or newer: disclosure is shut by the no, and
    contact by the yes that may be their last word (R-13, R-17).
    """
    return any(
        x.option is c.Option.POLICE and x.answer is c.Answer.YES and x.withdrawn_at is None
        and x.victim_id in (None, victim.id) and (x.given_at or x.recorded_at) <= now
        and (refused_at is None or (x.given_at or x.recorded_at) >= refused_at)
        for x in case.consents
    )  # fmt: skip


def _police_referred(case: Case, incident: Incident, now: datetime) -> bool:
    return any(
        x.purpose is c.Purpose.POLICE
        and case.incident_of(x.incident_id) == incident
        and ((x.by_hand_at and x.by_hand_at <= now) or x.state in TOLD)
        for x in case.referrals
    )


def _may_have_told_police(case: Case, x: Referral, incident: Incident) -> bool:
    """A referral to the police, or a notice that may name somebody to a body that may be the police."""
    if x.incident_id not in (None, incident.id) or not (x.by_hand_at or x.state in MAY_HAVE_ARRIVED):
        return False
    elsewhere = any(same_words(x.partner, name) for name in case.not_police)
    by_name = x.purpose in NOTICES and x.form is not c.ReferralForm.STATISTICAL
    return x.purpose in TO_POLICE or (by_name and not elsewhere)


def perpetrator_letter(case: Case, subject: Subject, now: datetime) -> str:
    """No letter to an address shared with the victim without a manager; to a child through an adult (R-18)."""
    person = subject.person
    if person is None:
        return "Enter who the alleged perpetrator is."
    victims = (*case.victims, *victims_of(case, subject.incident))
    answers = {person.lives_with_victim, _said_of_all(case, person)}
    shared = c.YesNo.YES in answers or any(may_be_same_home(person, v) for v in victims)
    if not shared and c.YesNo.NO not in answers:
        return "Record in People whether this alleged perpetrator lives with the victim."
    if shared and not manager_agreed(case, c.Matter.SHARED_ADDRESS, person=person):
        return "The address is the victim's too, or may be: a line manager must approve a letter to it."
    return _child(case, person, subject.incident, now)


def _said_of_all(case: Case, person: Person) -> c.YesNo:
    """The case's own answer. Its no is about whom it was asked for: the one reported, or the only one there is."""
    asked_for = person.came_with_the_report or [p.id for p in case.perpetrators] == [person.id]
    said = case.perpetrator_at_home
    return said if asked_for or said is c.YesNo.YES else c.YesNo.NOT_KNOWN


def _child(case: Case, person: Person, incident: Incident, now: datetime) -> str:
    """Under 14 the letter is the tenant's; from 14 to 17 a parent or guardian has a copy (A-12, R-18, HC-093)."""
    age = _age(person, now)
    approved = manager_agreed(case, c.Matter.UNDER_AGE_LETTER, person=person)
    if below_responsibility(case, person, incident, now) and not approved:
        responsible = _responsible(case)
        return f"Under {responsible}: a line manager must approve the letter, which speaks of the tenancy only."
    if age < 14 and not _on_the_case(case, person, c.PersonRole.TENANT):
        return "Under 14: the letter goes to the tenant, never to the child. Enter the tenant on the case."
    if 14 <= age < 18 and not approved and not _on_the_case(case, person, c.PersonRole.GUARDIAN, c.PersonRole.TENANT):
        return (
            "Under 18: a parent or guardian has a copy. Enter the guardian or the tenant on the case, "
            f"or a line manager's approval ({c.Matter.UNDER_AGE_LETTER})."
        )
    return ""


def below_responsibility(case: Case, person: Person, incident: Incident, now: datetime) -> bool:
    """Whether the person is known to have been too young to be charged on the day it happened (R-18).

    A birthday since then changes nothing. Where nobody knows the day, or it is before they were born, it is the one on
    which we were told.
    """
    days = (incident.happened_at, incident.counts_from, now)
    ages = [_age(person, min(at, now)) for at in days if at is not None]
    return next((age for age in ages if age >= 0), 0) < _responsible(case)


def _responsible(case: Case) -> int:
    return 12 if case.division is c.Division.SCOTLAND else 10


def place_agreed(case: Case, subject: Subject, now: datetime) -> str:
    """A meeting anywhere but at our office is talked over with a line manager first (HC-087b)."""
    person = subject.person
    places = {
        x.at_our_office for x in case.interviews
        if x.with_ is c.InterviewKind.PERPETRATOR and _lies_ahead(x, now)
        and person is not None and x.person_id == person.id and case.incident_of(x.incident_id) == subject.incident
    }  # fmt: skip
    if places <= {c.YesNo.YES} or manager_agreed(case, c.Matter.OFF_OFFICE, person=person):
        return ""
    if c.YesNo.NO in places:
        return "Away from our office: a line manager must talk over the risk and approve it."
    return "Record that the meeting is at our office; anywhere else a line manager must approve the risk first."


def _lies_ahead(x: Interview, now: datetime) -> bool:
    """Whether the meeting is booked, or was held at that moment and not before."""
    held_now = x.result is c.InterviewResult.HELD and x.happened_at is not None and x.happened_at >= now
    return x.result in (None, c.InterviewResult.BOOKED) or held_now


def tenant_asked(case: Case, subject: Subject, now: datetime) -> str:
    """Whoever is not the tenant is seen together with the tenant, who is contacted first (HC-087a, A-12)."""
    person = subject.person
    if person is None or person.is_tenant is c.YesNo.YES:
        return ""
    if person.is_tenant is c.YesNo.NOT_KNOWN:
        return "Record whether this is the tenant of the home: otherwise the tenant is asked to come too."
    rows = [
        x for x in case.interviews
        if x.with_ is c.InterviewKind.PERPETRATOR and x.person_id == person.id and x.tenant_contacted_at
        and x.tenant_contacted_at <= now and case.incident_of(x.incident_id) == subject.incident
    ]  # fmt: skip
    if not rows:
        return "Not the tenant of the home: contact the tenant, and enter when on the interview's row."
    together = _age(person, now) < 14 or any(x.both_invited is c.YesNo.YES for x in rows)
    return (
        ""
        if together
        else "Ask to see the tenant and the alleged perpetrator together, and enter that both are invited."
    )


def household_warning(case: Case) -> str:
    """What to know before any contact where the alleged perpetrator lives with the victim, or may; else "" (R-21)."""
    at_home = case.perpetrator_at_home is c.YesNo.YES or any(
        p.lives_with_victim is c.YesNo.YES or any(may_be_same_home(p, v) for v in case.victims)
        for p in case.perpetrators
    )
    if not at_home:
        return ""
    return (
        "Domestic abuse: the alleged perpetrator lives with the victim, or may. Use only the ways of contact that the "
        "victim called safe, leave no message, and speak to your line manager before any contact."
    )


def _on_the_case(case: Case, child: Person, *roles: c.PersonRole) -> bool:
    return any(p.role in roles and p.id != child.id for p in case.people)


def _age(person: Person, now: datetime) -> int:
    """In years; a hundred where it is not known (perpetrator_contact asks for it)."""
    if person.born_on is None:
        return 100
    return relativedelta(now.astimezone(LONDON).date(), person.born_on).years


def under_14(person: Person, at: datetime) -> bool:
    """Whether the person is known to have been too young to be written to: that goes to the tenant (R-18)."""
    return _age(person, at) < 14


def from_14_to_17(person: Person, at: datetime) -> bool:
    """Whether the person is known to have been of an age at which a parent or guardian has a copy (R-18)."""
    return 14 <= _age(person, at) < 18
