"""Accused: the alleged perpetrator whom a letter is to or about, their appointments, and the gates before any word.

In: what a letter is written from. Out: meetings and days as a letter says them; a sentence where a gate is shut.
Never here: a victim, a witness, or a word that either of them said.
"""

from datetime import date, datetime

from automations import appointments
from automations.calendar import LONDON
from automations.gates import shut
from automations.letters.facts import Meeting
from automations.letters.facts.meeting import NONE_BOOKED
from automations.letters.reader import known
from automations.letters.writing import Writing
from automations.model import Case, Interview, Person
from automations.procedure import STEP
from automations.rules import closed_at, set_aside
from automations.subjects import Subject
from schema import choices as c

HARMED = (c.PersonRole.VICTIM, c.PersonRole.WITNESS, c.PersonRole.REPORTER)


def gates(of: Writing, person: Person, step: str, *more: str) -> str:
    """What shuts that step of the procedure about this person, the letter's own gate included (R-17, R-18)."""
    if why := ended(of.case, but_a_charge=step == "recharge"):
        return why
    names = dict.fromkeys((*STEP[step].gates, "perpetrator_letter", *more))
    return shut(tuple(names), of.case, Subject("", "", of.incident, person), of.now)


def ended(case: Case, *, but_a_charge: bool = False) -> str:
    """Why a case that is over leads to no letter to the other side or about it; "" while it goes on (R-23).

    `but_a_charge`: proof of damage may come after the case is closed (HC-119).
    """
    if aside := set_aside(case):
        return f"This case leads to no such letter. {aside}"
    if closed_at(case) and not but_a_charge:
        return "The case is closed: what happens now is a case of its own."
    return ""


def on_both_sides(case: Case, person: Person) -> str:
    """A sentence where somebody of the other side is entered among those who were harmed or who told us; else ""."""
    harmed = {id for i in case.incidents for id in (*i.victim_ids, *i.witness_ids)}
    if person.role not in HARMED and person.id not in harmed:
        return ""
    return "The person it names is entered as a victim, a witness or a reporter too: put right which."


def not_ours(person: Person) -> str:
    """Why a letter about a tenancy with us does not fit whoever lives elsewhere; "" in our own homes (A-13)."""
    match person.lives_in:
        case c.LivesIn.OURS:
            return ""
        case c.LivesIn.OTHER_LANDLORD:
            return "Lives in another landlord's home: that landlord is asked to see them and to write."
        case c.LivesIn.PRIVATE:
            return "Does not live in one of our homes, and this letter speaks of a tenancy with us."
    return "Find out whose home the alleged perpetrator lives in: this letter speaks of a tenancy with us."


def meeting(of: Writing, person: Person) -> Meeting:
    """The next meeting booked with this person about the incident; what is not known of it is None (HC-084, HC-097)."""
    booked = [
        (x.booked_for, x)
        for x in _interviews(of, person)
        if x.booked_for and x.booked_for >= of.now and x.result in (None, c.InterviewResult.BOOKED)
    ]
    if not booked:
        return NONE_BOOKED
    at, row = min(booked, key=lambda each: each[0])
    return Meeting(on=_day(at), time=clock(at), place=_place(of, row))


def _place(of: Writing, row: Interview) -> str | None:
    """Our office is the officer's; elsewhere it is as the interview's row says, once a manager agreed (HC-087b)."""
    match row.at_our_office:
        case c.YesNo.YES:
            return known(of.officer.office_address) if of.officer and not of.officer.has_left else None
        case c.YesNo.NO:
            return known(row.place)
    return None


def missed(of: Writing, person: Person) -> tuple[date, ...]:
    """The days that the person missed without good reason since they last met us (R-09)."""
    return tuple(_day(at) for at in appointments.misses(_since_met(of, person)))


def missed_on(of: Writing, person: Person) -> date | None:
    """The day of the latest appointment that was missed, with good reason or without (HC-097)."""
    not_met = (c.InterviewResult.MISSED, c.InterviewResult.MISSED_WELL)
    rows = [x for x in _since_met(of, person) if x.result in not_met]
    return _day(appointments.when(rows[-1])) if rows else None


def refused(of: Writing, person: Person) -> bool:
    """Whether the person said that they will not meet us, and has not met us since."""
    return any(x.result is c.InterviewResult.REFUSED for x in _since_met(of, person))


def not_unwilling(of: Writing, person: Person) -> str:
    """A sentence where the person neither refused nor missed two meetings; else "" (HC-098)."""
    since = appointments.unwilling_since(_since_met(of, person))
    return "" if since else "The person has not refused to meet, and has not missed two appointments."


def met_on(of: Writing, person: Person) -> date | None:
    """The day of the latest meeting with this person about the incident."""
    held = [
        x.happened_at
        for x in _interviews(of, person)
        if x.result is c.InterviewResult.HELD and x.happened_at and x.happened_at <= of.now
    ]
    return _day(max(held)) if held else None


def clock(at: datetime) -> str:
    """The hour in London as it is read aloud: 2pm, 9.30am."""
    there = at.astimezone(LONDON)
    return f"{there.hour % 12 or 12}{f'.{there.minute:02}' if there.minute else ''}{'am' if there.hour < 12 else 'pm'}"


def _interviews(of: Writing, person: Person) -> list[Interview]:
    return [
        x for x in of.case.interviews
        if x.with_ is c.InterviewKind.PERPETRATOR and x.person_id == person.id
        and of.case.incident_of(x.incident_id) == of.incident
    ]  # fmt: skip


def _since_met(of: Writing, person: Person) -> list[Interview]:
    return appointments.rounds(of.case, of.incident, person)[-1]


def _day(at: datetime) -> date:
    return at.astimezone(LONDON).date()
