"""Made-up organisations and papers of our own file: sample facts, and cases on which a letter to one may be written."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from letter_cases import HARBOUR_ROW, MANAGER, OFFICER, PROMISED, REPORTED, WRITTEN, a_case, a_perpetrator, a_victim
from letter_cases import some_facts as a_victims_facts

from automations.letters.facts import (
    AgencyFacts,
    AreaFacts,
    Facts,
    Happened,
    OtherLandlordFacts,
    OwnFileFacts,
    Reviewed,
    Told,
)
from automations.letters.writing import Writing
from automations.model import Case, Consent, Letter, Override, Person, Review, Staff
from schema import choices as c

NOW = REPORTED + timedelta(hours=20)
SECOND = a_victim(id="victim-2", name="Quentin Madeupson", address="Flat 8, 3 Faraway Road", postcode="ZZ8 8ZZ",
                  telephone="01632 960222", email="quentin@example.org")  # fmt: skip
WITNESS = Person(id="witness-1", created_at=REPORTED, role=c.PersonRole.WITNESS, name="Dora Invented",
                 address="Flat 9, 14 Harbour Row", postcode="ZZ1 4ZY")  # fmt: skip
REGIONAL = Staff(id="staff-3", created_at=REPORTED, name="Dahlia Fictionby", email="dahlia@example.org",
                 role=c.StaffRole.REGIONAL)  # fmt: skip
BOTH = ("victim-1", "victim-2")


def a_yes(option: c.Option, **given: Any) -> Consent:
    """What the first victim agreed to, an hour after the report."""
    at = REPORTED + timedelta(hours=1)
    filled: dict[str, Any] = {"id": "consent-1", "created_at": at, "given_at": at, "answer": c.Answer.YES,
                              "given_by": c.GivenBy.VICTIM, "victim_id": "victim-1"}  # fmt: skip
    return Consent(option=option, **{**filled, **given})


def an_override(purpose: c.Purpose, organisation: str, **given: Any) -> Override:
    """What two managers decided without agreement."""
    at = REPORTED + timedelta(hours=2)
    filled: dict[str, Any] = {
        "id": "override-1", "created_at": at, "purpose": purpose, "organisation": organisation, "reason": "A threat.",
        "lawful_basis": "Vital interests", "decision": c.Decision.AGREED, "second_decision": c.Decision.AGREED,
        "author": MANAGER, "second_author": REGIONAL, "decided_recorded_at": at, "second_recorded_at": at,
    }  # fmt: skip
    return Override(**{**filled, **given})


def a_row(**given: Any) -> Letter:
    """The letter's own row, to a made-up organisation."""
    filled: dict[str, Any] = {"addressed_to": "Sample Advice", "address": "5 Elsewhere Street, Sampletown, ZZ5 5ZZ",
                              "words": "Somebody shouted at the door at night, twice."}  # fmt: skip
    return Letter(id="letter-1", created_at=REPORTED, **{**filled, **given})


def a_review() -> Review:
    """The first discussion with a line manager."""
    return Review(id="review-1", created_at=REPORTED, kind=c.ReviewKind.FIRST, held_at=REPORTED + timedelta(hours=1),
                  findings="Talked over.", author=MANAGER, plan_discussed=True, repairs_discussed=True,
                  legal_discussed=True)  # fmt: skip


def the_case(*consents: Consent, people: tuple[Person, ...] | None = None, incident: dict[str, Any] | None = None,
             **given: Any) -> Case:  # fmt: skip
    """One victim, one alleged perpetrator, and those answers; `incident` are cells of the incident."""
    case = a_case(*(people or (a_victim(), a_perpetrator())))
    return replace(case, consents=consents, incidents=(replace(case.incidents[0], **(incident or {})),), **given)


def of(case: Case, row: Letter | None = None, **given: Any) -> Writing:
    """What a letter on that case is written from."""
    filled: dict[str, Any] = {"incident": case.incidents[0], "to": None, "officer": OFFICER, "landlord": HARBOUR_ROW,
                              "now": NOW, "row": row or a_row(), "promised_on": PROMISED, "dated": WRITTEN}  # fmt: skip
    return Writing(case=case, **{**filled, **given})


def an_incident_of_both(**cells: Any) -> dict[str, Any]:
    """Cells of an incident that harmed both victims."""
    return {"victim_ids": BOTH, **cells}


COMMON: dict[str, Any] = {
    **{name: getattr(a_victims_facts(), name) for name in ("landlord", "reference", "officer", "dated")},
    "recipient_name": "Sample Advice",
    "recipient_address": ("5 Elsewhere Street", "Sampletown", "ZZ5 5ZZ"),
}
PAPER = {**COMMON, "recipient_name": None, "recipient_address": (), "dated": None}
ONE = Told(name="Sample Person", born_on=date(1987, 4, 2), home="Flat 2, 14 Harbour Row, Sampletown, ZZ1 4ZZ",
           telephone="01632 960123", language="Polish", agreed_on=date(2026, 11, 4))  # fmt: skip
BY_NAME = Told(name="Quentin Madeupson", agreed_on=date(2026, 11, 4), ask_first=True)
WORDS = "Somebody shouted at the door at night, twice. On the third night a window was broken."


def to_agency(**given: Any) -> AgencyFacts:
    """What an organisation is told of one person who agreed."""
    filled: dict[str, Any] = {"people": (ONE,), "words": WORDS, "happened_on": date(2026, 11, 3)}
    return AgencyFacts(**{**COMMON, **filled, **given})


def to_landlord(**given: Any) -> OtherLandlordFacts:
    """What another landlord is told of somebody who lives in one of its homes."""
    filled: dict[str, Any] = {
        "recipient_name": "Another Landlord", "resident_name": "Nobody Inparticular",
        "resident_home": "99 Elsewhere Street, Sampletown, ZZ9 9ZZ", "words": WORDS, "happened_on": date(2026, 11, 3),
        "called_on": date(2026, 11, 4), "interview_by": date(2026, 11, 6),
    }  # fmt: skip
    return OtherLandlordFacts(**{**COMMON, **filled, **given})


def a_paper(**given: Any) -> OwnFileFacts:
    """A paper for our own file, with little known."""
    return OwnFileFacts(**{**PAPER, **given})


KNOWN: dict[str, Any] = {
    "person_name": "Sample Person", "person_home": "Flat 2, 14 Harbour Row, Sampletown, ZZ1 4ZZ",
    "person_telephone": "01632 960123", "person_email": "sample@example.org", "person_born_on": date(1987, 4, 2),
    "person_language": "Polish", "person_arrangement": "A made-up agency, booked", "safe_ways": "Letter to the home",
    "first_told_on": date(2026, 11, 3), "booked_on": date(2026, 11, 4),
}  # fmt: skip
INCIDENTS = (
    Happened(number="1", told_on=date(2026, 11, 3), happened_on=date(2026, 11, 2), what="Threats", because_of="Race"),
    Happened(number="2", told_on=date(2026, 11, 9)),
)

SAMPLES: dict[str, dict[str, Facts]] = {
    "homelessness_referral": {
        "not safe at home": to_agency(unsafe_at_home=True),
        "one by name alone, no words": to_agency(people=(ONE, BY_NAME), words=None),
        "without agreement": to_agency(people=(replace(ONE, agreed_on=None),), lawful_basis="Vital interests"),
    },
    "support_referral": {
        "agreed": to_agency(),
        "one by name alone, no words": to_agency(people=(ONE, BY_NAME), words=None),
        "without agreement": to_agency(people=(replace(ONE, agreed_on=None),), lawful_basis="Vital interests"),
    },
    "police_referral": {
        "agreed": to_agency(),
        "they have a reference": to_agency(police_reference="ZZ/0001/26", happened_on=None),
        "without agreement": to_agency(people=(replace(ONE, agreed_on=None),), lawful_basis="Vital interests"),
    },
    "police_information": {
        "agreed": to_agency(police_reference="ZZ/0001/26"),
        "without agreement": to_agency(people=(replace(ONE, agreed_on=None),), lawful_basis="Vital interests",
                                       happened_on=None),
    },
    "information_request": {"agreed": to_agency(), "by name alone": to_agency(people=(BY_NAME,))},
    "solicitor_instruction": {
        "somebody agreed": to_agency(),
        "nobody is named": to_agency(people=(), happened_on=None),
    },
    "safeguarding_referral": {
        "a child": to_agency(children_at_risk=True, people=(replace(ONE, agreed_on=None, ask_first=True),)),
        "an adult": to_agency(adult_at_risk=True, people=(replace(ONE, agreed_on=None),), happened_on=None),
    },
    "landlord_request": {
        "by a day": to_landlord(),
        "no day yet": to_landlord(called_on=None, interview_by=None, resident_home=None, happened_on=None),
    },
    "director_notice": {
        "after the call": to_landlord(),
        "before the call": to_landlord(called_on=None, resident_home=None, happened_on=None),
    },
    "report_form": {
        "much is known": a_paper(**KNOWN, received_by="Front desk", how_reported="Telephone", what_happened=WORDS,
                                 happened_on=date(2026, 11, 2), happened_where="In the shared hall", because_of="Race",
                                 perpetrators="Nobody Inparticular", police_reference="ZZ/0001/26",
                                 police_contact="Sergeant Sample"),
        "nothing is known": a_paper(),
    },
    "diversity_form": {"only the number": a_paper()},
    "victim_note": {
        "much is known": a_paper(**KNOWN, promised_on=date(2026, 11, 17), contact_days="7", plan_version="2"),
        "little is known": a_paper(person_name="Sample Person"),
    },
    "witness_note": {"a name": a_paper(**{**KNOWN, "person_name": "Dora Invented"})},
    "perpetrator_note": {"a name": a_paper(**{**KNOWN, "person_name": "Nobody Inparticular"}, words=WORDS)},
    "transfer_report": {
        "a victim": a_paper(**KNOWN, words=WORDS, agreed_on=date(2026, 11, 4), incidents=INCIDENTS,
                            police_reference="ZZ/0001/26", unsafe_at_home=True, fears_staying=True),
        "a witness": a_paper(**{**KNOWN, "person_name": "Dora Invented"}, words=WORDS, incidents=INCIDENTS[:1]),
    },
    "area_review": {
        "cases": AreaFacts(**{**PAPER, "reference": "Sampletown North"}, references=("CW-2026-0007", "CW-2026-0009"),
                           cases=(Reviewed(case="CW-2026-0007", late="Interview the victim (no reason yet)"),
                                  Reviewed(case="CW-2026-0009")),
                           partnership=("No forum is registered for this area.",)),
        "no case": AreaFacts(**{**PAPER, "reference": "Sampletown North"}),
    },
}  # fmt: skip
