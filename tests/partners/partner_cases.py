"""A made-up case, its two victims, and the grounds on which somebody may be named."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from automations.model import Area, Basis, Case, Disclosure, Diversity, Incident, Person
from schema import choices as c
from sync.partners.payload import Payload, message

SECRET = b"a secret made up for tests"
ENTERED = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
EVERY_WAY = tuple(c.Channel)


@dataclass(frozen=True)
class Letterhead:
    """What a message says of whoever sends it."""

    name: str = "Exampleshire Homes"
    telephone: str = "01632 960100"
    email: str = "hello@exampleshire-homes.example"


LANDLORD = Letterhead()


def a_person(id: str, role: c.PersonRole, name: str, number: int, **given: Any) -> Person:
    """Somebody with everything filled in."""
    filled: dict[str, Any] = {
        "address": f"{number} Example Street",
        "postcode": f"ZZ1 {number}ZZ",
        "telephone": f"01632 96000{number}",
        "email": f"person{number}@example.org",
        "safe_ways": EVERY_WAY,
        "born_on": date(1980, 1, number),
        "language": "English",
        "evidence_use": c.WitnessUse.WILLING,
    }
    return Person(id=id, created_at=ENTERED, name=name, role=role, **{**filled, **given})


def a_case(**given: Any) -> Case:
    """One incident, two victims, an alleged perpetrator and a witness."""
    incident: dict[str, Any] = {
        "stated_at": datetime(2026, 3, 1, 23, 30, tzinfo=UTC),
        "happened_at": datetime(2026, 2, 28, 21, 0, tzinfo=UTC),
        "happened_where": c.Place.HOME,
        "postcode": "zz1 4zz",
        "what_happened": "He shouted that Ada should go.",
        "account": "Something was shouted through the letterbox.",
        "kinds": (c.IncidentType.VERBAL, c.IncidentType.DAMAGE),
        "because_of": (c.Strand.RACE, c.Strand.RELIGION),
        "police_know": c.PoliceTold.YES,
        "police_reference": "ZZ/0001/26",
        "victim_ids": ("v1", "v2"),
        "perpetrator_ids": ("p1",),
        "witness_ids": ("w1",),
    }
    people = (
        a_person("v1", c.PersonRole.VICTIM, "Ada Sampleton", 1),
        a_person("v2", c.PersonRole.VICTIM, "Bert Placeholder", 2),
        a_person("p1", c.PersonRole.PERPETRATOR, "Cyril Madeup", 3),
        a_person("w1", c.PersonRole.WITNESS, "Dora Invented", 4),
    )
    return Case(
        id="case-1",
        created_at=ENTERED,
        reference=given.pop("reference", "CW-2026-0007"),
        people=given.pop("people", people),
        incidents=(Incident(id="incident-1", created_at=ENTERED, **{**incident, **given}),),
    )


def with_person(case: Case, id: str, **changed: Any) -> Case:
    """The case with one person changed."""
    people = tuple(replace(person, **changed) if person.id == id else person for person in case.people)
    return replace(case, people=people)


def ground(person_id: str, **given: Any) -> Basis:
    """Grounds for naming one person."""
    filled = {"basis": "Consent", "record": f"Consents/{person_id}", "read_at": ENTERED}
    return Basis(person_id=person_id, **{**filled, **given})


def identified(*named: Basis, **given: Any) -> Disclosure:
    """Leave to name those."""
    filled: dict[str, Any] = {"form": c.ReferralForm.IDENTIFIED, "key": "CW-2026-0007/notify_cdrp/incident-1/named"}
    return a_disclosure(named=named, **{**filled, **given})


def a_disclosure(**given: Any) -> Disclosure:
    """Leave to send statistics, unless something else is given."""
    filled: dict[str, Any] = {
        "purpose": c.Purpose.CDRP_NOTICE,
        "partner": "Exampleshire partnership",
        "form": c.ReferralForm.STATISTICAL,
        "why": "The victim said no.",
        "key": "CW-2026-0007/notify_cdrp/incident-1",
    }
    return Disclosure(**{**filled, **given})


def an_area(full: bool = False) -> Area:
    return Area(id="area-1", created_at=ENTERED, name="Exampleshire", full_postcode_agreed=full)


def an_answer(whose: c.PersonRole = c.PersonRole.VICTIM, **given: Any) -> Diversity:
    """A row of diversity answers."""
    return Diversity(id="d", created_at=ENTERED, whose=whose, **{"reference": "CW-2026-0007", **given})


def notice(case: Case, disclosure: Disclosure, *answers: Diversity, full: bool = False) -> Payload:
    """The notice about the first incident."""
    return message(case, case.incidents[0], disclosure, an_area(full), LANDLORD, answers, SECRET)


BOTH = (ground("v1"), ground("v2"))
"""Grounds for naming each of the two victims."""
