"""Made-up cases on which a letter to an organisation, or a paper for our own file, may be written."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from letter_cases import HARBOUR_ROW, MANAGER, OFFICER, PROMISED, REPORTED, WRITTEN, a_case, a_perpetrator, a_victim

from automations.letters.writing import Writing
from automations.model import Case, Consent, Letter, Override, Partner, Person, Review, Staff
from schema import choices as c

NOW = REPORTED + timedelta(hours=20)
SECOND = a_victim(id="victim-2", name="Quentin Madeupson", address="Flat 8, 3 Faraway Road", postcode="ZZ8 8ZZ",
                  telephone="01632 960222", email="quentin@example.org")  # fmt: skip
WITNESS = Person(id="witness-1", created_at=REPORTED, role=c.PersonRole.WITNESS, name="Dora Invented",
                 address="Flat 9, 14 Harbour Row", postcode="ZZ1 4ZY")  # fmt: skip
REGIONAL = Staff(id="staff-3", created_at=REPORTED, name="Dahlia Fictionby", email="dahlia@example.org",
                 role=c.StaffRole.REGIONAL)  # fmt: skip
LISTED = Partner(id="partner-1", created_at=REPORTED, name="Sample Advice", police_body=c.YesNo.YES, our_solicitor=True)
"""The organisation that `a_row` is to, as the office lists it: whatever the letter, of the right kind."""
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
                              "now": NOW, "row": row or a_row(), "promised_on": PROMISED, "dated": WRITTEN,
                              "partners": (LISTED,)}  # fmt: skip
    return Writing(case=case, **{**filled, **given})


def an_incident_of_both(**cells: Any) -> dict[str, Any]:
    """Cells of an incident that harmed both victims."""
    return {"victim_ids": BOTH, **cells}
