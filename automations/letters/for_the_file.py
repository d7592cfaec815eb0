"""For the file: forms on paper, interview notes, the report for a management transfer. Nobody is sent them.

In: what a paper is made from. Out: rows of the catalogue.
Never here: more people on a paper than it is about. A note lies on the table while somebody is interviewed.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from automations.calendar import LONDON
from automations.consent import Says, Standing, standing, victims_of
from automations.letters.addressee import about
from automations.letters.allowed import speaks_of_others
from automations.letters.facts import Happened, OwnFileFacts
from automations.letters.reader import address, known, officer
from automations.letters.writing import Entry, Writing
from automations.model import Case, Incident, Person
from automations.options import everybody_harmed
from schema import choices as c

Kind = c.LetterKind
NO_VICTIM = "Say whose it is (To): a victim of this incident."
NO_WITNESS = "Say whose interview it is (To): somebody who is entered as a witness."
NO_PERPETRATOR = "Say whose interview it is (To): somebody who is entered as an alleged perpetrator."
NOBODY_MOVES = "Say who would move (To): a victim or a witness on the case."
SAYS_WHO = (
    "Words for the reader name somebody else on the case, or say where one of them lives: this paper lies on the table "
    "in the interview. Write it without that."
)


def first_report(of: Writing) -> OwnFileFacts:
    """What is known already of the victim and the incident, for the rest to be filled in with them (HC-009, HC-011)."""
    x = of.incident
    accused = of.case.persons(x.perpetrator_ids) or of.case.perpetrators
    return OwnFileFacts(
        **_paper(of, _victim(of), reach=True),
        received_by=known(x.received_by),
        how_reported=_listed(x.how_reported),
        happened_on=_day(x.happened_at),
        happened_where=_listed(x.happened_where),
        what_happened=known(x.what_happened),
        because_of=_listed(*x.because_of),
        perpetrators=", ".join(filter(None, (known(p.name) for p in accused))) or None,
        police_reference=known(x.police_reference),
        police_contact=known(x.police_contact),
    )


def diversity(of: Writing) -> OwnFileFacts:
    """The case number and nothing else: the answers are kept apart from the case, and without a name (HC-010)."""
    return OwnFileFacts(landlord=of.landlord, reference=of.case.reference, recipient_name=None, recipient_address=(),
                        officer=officer(of.officer))  # fmt: skip


def of_a_victim(of: Writing) -> OwnFileFacts:
    """What an interview with a victim has to cover, with what was agreed before (HC-056a to HC-058)."""
    whom = _victim(of)
    plans = [x for x in of.case.plans if whom and x.victim_id in (None, whom.id) and known(x.version)]
    return OwnFileFacts(
        **_paper(of, whom, reach=True),
        promised_on=of.promised_on,
        contact_days=str(of.case.contact_days) if of.case.contact_days else None,
        plan_version=known(plans[-1].version) if plans else None,
        booked_on=_booked(of, whom, c.InterviewKind.VICTIM),
    )


def of_a_witness(of: Writing) -> OwnFileFacts:
    """What an interview with a witness has to cover. Of anybody else it says nothing (HC-077, HC-082)."""
    whom = _witness(of)
    return OwnFileFacts(**_paper(of, whom), booked_on=_booked(of, whom, c.InterviewKind.WITNESS))


def of_a_perpetrator(of: Writing) -> OwnFileFacts:
    """What that interview has to cover, with the complaint as the officer will put it (HC-090, HC-091)."""
    whom = _perpetrator(of)
    return OwnFileFacts(**_paper(of, whom), booked_on=_booked(of, whom, c.InterviewKind.PERPETRATOR))


def transfer(of: Writing) -> OwnFileFacts:
    """The officer's reasons for a management transfer, and what happened, for the panel (HC-071, HC-072)."""
    whom = _moves(of)
    is_victim = whom is not None and (whom in everybody_harmed(of.case) or not _is_witness(of.case, whom))
    says = _agrees(of, whom) if whom and is_victim else None
    return OwnFileFacts(
        **_paper(of, whom),
        agreed_on=_day(says.since) if says and says.says is Says.YES else None,
        incidents=tuple(_happened(x) for x in of.case.incidents),
        police_reference=known(of.incident.police_reference),
        unsafe_at_home=is_victim and of.incident.safe_at_home is c.YesNo.NO,
        fears_staying=is_victim and of.case.fears_staying is c.YesNo.YES,
    )


def no_agreement_to_move(of: Writing) -> str | None:
    """Why no report goes to the panel yet: whoever would move agrees to the case being put (HC-072)."""
    whom = _moves(of)
    if whom is None:
        return NOBODY_MOVES
    if _is_witness(of.case, whom) and whom not in everybody_harmed(of.case):
        return None
    says = _agrees(of, whom)
    return None if says.says is Says.YES else f"A management transfer needs the victim's agreement. {says.why}"


def _paper(of: Writing, whom: Person | None, *, reach: bool = False) -> dict[str, Any]:
    """What every paper has, and whom it is about; `reach`: with the ways to reach them. Its day is written by hand."""
    return {
        "landlord": of.landlord,
        "reference": of.case.reference,
        "recipient_name": None,
        "recipient_address": (),
        "officer": officer(of.officer),
        "words": known(of.row.words) if of.row else None,
        "first_told_on": _day(of.incident.counts_from),
        "person_name": known(whom.name) if whom else None,
        "person_home": (", ".join(address(whom)) or known(whom.address)) if whom else None,
        "person_telephone": known(whom.telephone) if whom and reach else None,
        "person_email": known(whom.email) if whom and reach else None,
        "person_born_on": whom.born_on if whom else None,
        "person_language": known(whom.language) if whom else None,
        "person_arrangement": known(whom.arrangement) if whom else None,
        "safe_ways": _listed(*(way for way in c.Channel if way in whom.safe_ways)) if whom and reach else None,
    }


def _victim(of: Writing) -> Person | None:
    victims, named = victims_of(of.case, of.incident), about(of)
    if named:
        return named if named in victims else None
    return victims[0] if len(victims) == 1 else None


def _witness(of: Writing) -> Person | None:
    named = about(of)
    return named if named and _is_witness(of.case, named) else None


def _is_witness(case: Case, who: Person) -> bool:
    return who.role is c.PersonRole.WITNESS or any(who.id in x.witness_ids for x in case.incidents)


def _perpetrator(of: Writing) -> Person | None:
    named = about(of)
    return named if named in of.case.perpetrators else None


def _moves(of: Writing) -> Person | None:
    named = about(of)
    return named if named and _is_witness(of.case, named) else _victim(of)


def _agrees(of: Writing, whom: Person) -> Standing:
    return standing(of.case, c.Option.MANAGEMENT_TRANSFER, whom, of.incident, of.now)


def _booked(of: Writing, whom: Person | None, kind: c.InterviewKind) -> date | None:
    rows = [x for x in of.case.interviews if whom and x.with_ is kind and x.person_id == whom.id
            and of.case.incident_of(x.incident_id) == of.incident]  # fmt: skip
    return _day(rows[-1].happened_at or rows[-1].booked_for) if rows else None


def _happened(x: Incident) -> Happened:
    return Happened(
        number=str(x.number),
        told_on=x.counts_from.astimezone(LONDON).date(),
        happened_on=_day(x.happened_at),
        what=_listed(*x.kinds),
        because_of=_listed(*x.because_of),
    )


def _needs(who: Callable[[Writing], Person | None], why: str) -> Callable[[Writing], str | None]:
    """Held while nobody says, or nobody can tell, whom the paper is about."""
    return lambda of: None if who(of) else why


def _not_put(of: Writing) -> str | None:
    """Held as above, and while the complaint as it would be put tells of somebody else (HC-090)."""
    whom = _perpetrator(of)
    if whom is None:
        return NO_PERPETRATOR
    return SAYS_WHO if speaks_of_others(of, (), also=(whom,)) else None


def _listed(*words: str | None) -> str | None:
    return ", ".join(filter(None, words)) or None


def _day(at: datetime | None) -> date | None:
    return at.astimezone(LONDON).date() if at else None


PAPERS = (
    Entry(Kind.REPORT_FORM, "report_form", first_report, _needs(_victim, NO_VICTIM)),
    Entry(Kind.DIVERSITY_FORM, "diversity_form", diversity, lambda of: None),
    Entry(Kind.VICTIM_NOTE, "victim_note", of_a_victim, _needs(_victim, NO_VICTIM)),
    Entry(Kind.WITNESS_NOTE, "witness_note", of_a_witness, _needs(_witness, NO_WITNESS)),
    Entry(Kind.PERPETRATOR_NOTE, "perpetrator_note", of_a_perpetrator, _not_put),
    Entry(Kind.TRANSFER_REPORT, "transfer_report", transfer, no_agreement_to_move),
)
