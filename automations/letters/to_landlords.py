"""To landlords: the request to another landlord to interview its tenant, and the letter to its Director (9.0, 13.0).

In: what a letter is written from. Out: rows of the catalogue.
Never here: a fact about a victim or a witness; a landlord other than the one that People names for this person.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from automations.calendar import LONDON
from automations.consent import Says, same_words, who_must_agree
from automations.contact import police_heard
from automations.letters.accused import ended, on_both_sides
from automations.letters.addressee import about, envelope, organisations
from automations.letters.allowed import (
    NAMES_OTHERS,
    Rests,
    grounds,
    not_fully_told,
    overridden,
    speaks_of_others,
    stands,
)
from automations.letters.facts import OtherLandlordFacts
from automations.letters.reader import address, known, officer
from automations.letters.writing import Entry, Writing
from automations.model import Person
from automations.model.homes import may_show_home
from automations.starts.answers import Begin, Start
from automations.starts.perpetrator import director_warranted, landlord_called
from automations.subjects import Subject
from schema import choices as c

REQUEST = Rests(c.Option.AGENCY, c.Purpose.OTHER_LANDLORD)
DIRECTOR = Rests(c.Option.AGENCY, c.Purpose.DIRECTOR)
BEGINS = {c.Purpose.OTHER_LANDLORD: landlord_called, c.Purpose.DIRECTOR: director_warranted}
"""When each letter's step begins: with every victim's agreement or an override, after the call, or the decision."""
OURS = timedelta(hours=48)
"""How long after the victim's interview we interview a tenant of our own (HC-084, A-14)."""
NOT_BEGUN = (
    "A line manager must first decide that the facts warrant it (Approvals: Notify the other landlord's Director)."
)
NO_RESIDENT = "Say which alleged perpetrator it is about (To): one who is entered as living in another landlord's home."
ANOTHER = "Addressed to must begin with the landlord that People names for this person."


def facts(of: Writing, rests: Rests) -> OtherLandlordFacts:
    """Who lives in their home, what the officer wrote of the complaint, and by when we would interview (A-14)."""
    name, lines = envelope(of.row)
    person = resident(of)
    begun = _begun(of, person, rests)
    theirs = begun.theirs if isinstance(begun, Begin) else None
    by = _day(theirs + OURS) if theirs else None
    calls = [x.by_hand_at for x in of.case.referrals
             if x.purpose is rests.purpose and person and x.person_id == person.id and x.by_hand_at]  # fmt: skip
    return OtherLandlordFacts(
        landlord=of.landlord,
        reference=of.case.reference,
        recipient_name=name,
        recipient_address=lines,
        officer=officer(of.officer),
        dated=of.dated,
        resident_name=known(person.name) if person else None,
        resident_home=_home(of, person, rests) if person else None,
        words=known(of.row.words) if of.row else None,
        happened_on=_day(of.incident.happened_at) if of.incident.happened_at else None,
        called_on=_day(min(calls)) if calls else None,
        interview_by=by if by and by >= _day(of.now) else None,
    )


def held(of: Writing, rests: Rests) -> str | None:
    """Why this landlord may not be written to yet, in a sentence without a name (HC-095, HC-096, HC-116)."""
    person = resident(of)
    if person is None:
        return NO_RESIDENT
    if organisations(of.row) and not _is_theirs(of, person):
        return ANOTHER
    if why := ended(of.case) or on_both_sides(of.case, person):
        return why
    begun = _begun(of, person, rests)
    if not isinstance(begun, Begin):
        return begun.why if begun else NOT_BEGUN
    whole = _of_everybody(of)
    refused = [x for v in who_must_agree(of.case, of.incident) if (x := stands(of, rests.option, v)).says is Says.NO]
    if refused and overridden(of, rests) is None:
        return refused[0].why
    if speaks_of_others(whole, grounds(whole, rests), also=(person,)):
        return NAMES_OTHERS
    return police_heard(of.case, Subject("", "", of.incident, person), of.now) or None


def resident(of: Writing) -> Person | None:
    """The alleged perpetrator in another landlord's home whom To names, or the only one of this landlord's."""
    linked = of.case.persons(of.incident.perpetrator_ids) or of.case.perpetrators
    if named := about(of):
        linked = tuple(p for p in of.case.perpetrators if p.id == named.id)
    away = [p for p in linked if p.lives_in is c.LivesIn.OTHER_LANDLORD and (named or _is_theirs(of, p))]
    return away[0] if len(away) == 1 else None


def _is_theirs(of: Writing, person: Person) -> bool:
    """Whether the letter goes to the landlord that People names for this person, and to no other."""
    return any(same_words(person.landlord, name) for name in organisations(of.row))


def _begun(of: Writing, person: Person | None, rests: Rests) -> Start:
    assert rests.purpose, "both letters have one"
    return BEGINS[rests.purpose](of.case, Subject("", "", of.incident, person), of.now)


def _of_everybody(of: Writing) -> Writing:
    """The same letter as it is about the victims: its To names the resident."""
    return replace(of, to=None, row=replace(of.row, to_id=None) if of.row else None)


def _home(of: Writing, person: Person, rests: Rests) -> str | None:
    """Their resident's address, unless it may show where a victim lives who did not agree to that (R-15)."""
    whole = _of_everybody(of)
    kept = not_fully_told(whole, grounds(whole, rests))
    together = c.YesNo.YES in (person.lives_with_victim, of.case.perpetrator_at_home)
    if kept and (together or any(may_show_home(person, victim) for victim in kept)):
        return None
    return ", ".join(address(person)) or None


def _day(at: datetime) -> date:
    return at.astimezone(LONDON).date()


def _row(kind: c.LetterKind, template: str, rests: Rests) -> Entry:
    return Entry(kind, template, partial(facts, rests=rests), partial(held, rests=rests))


LETTERS = (
    _row(c.LetterKind.LANDLORD_REQUEST, "landlord_request", REQUEST),
    _row(c.LetterKind.DIRECTOR, "director_notice", DIRECTOR),
)
