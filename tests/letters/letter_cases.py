"""A made-up case, a landlord that never was, and the letter that they lead to."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from automations.letters import Draft, Held, Landlord, Missing, VictimFacts, draft
from automations.letters.languages import FOLDER
from automations.letters.samples.harbour_row import HARBOUR_ROW, PROMISED, WRITTEN
from automations.letters.samples.victims import A_VICTIM
from automations.letters.writing import Writing
from automations.model import Approval, Case, Incident, Person, Staff
from schema import choices as c

REPORTED = datetime(2026, 11, 3, 21, 30, tzinfo=UTC)

EVERY_LETTER = sorted((path.parent.name, path.stem) for path in FOLDER.glob("*/*.md"))
"""Language and name of each template that there is."""

OFFICER = Staff(
    id="staff-1",
    created_at=REPORTED,
    name="Example Officer",
    email="officer@example.org",
    role=c.StaffRole.OFFICER,
    job_title="Housing officer",
    office_address="1 Harbour Row, Sampletown, ZZ1 1ZZ",
    telephone="01632 960001",
    mobile="07700 900001",
)

MANAGER = Staff(id="staff-2", created_at=REPORTED, name="Example Manager", role=c.StaffRole.REGIONAL)


def a_victim(**given: Any) -> Person:
    """A victim who said that a letter to the home is safe."""
    filled: dict[str, Any] = {
        "id": "victim-1",
        "role": c.PersonRole.VICTIM,
        "name": "Sample Person",
        "address": "Flat 2, 14 Harbour Row, Sampletown",
        "postcode": "ZZ1 4ZZ",
        "safe_ways": (c.Channel.LETTER,),
    }
    return Person(created_at=REPORTED, **{**filled, **given})


def a_perpetrator(**given: Any) -> Person:
    """An alleged perpetrator who lives somewhere else."""
    filled: dict[str, Any] = {
        "id": "perpetrator-1",
        "role": c.PersonRole.PERPETRATOR,
        "name": "Nobody Inparticular",
        "address": "99 Elsewhere Street, Sampletown",
        "postcode": "ZZ9 9ZZ",
    }
    return Person(created_at=REPORTED, **{**filled, **given})


def an_incident(**given: Any) -> Incident:
    """The incident that the victim reported on a Tuesday evening."""
    filled: dict[str, Any] = {"stated_at": REPORTED, "reporter": c.Reporter.VICTIM, "victim_ids": ("victim-1",)}
    return Incident(id="incident-1", created_at=REPORTED + timedelta(hours=1), **{**filled, **given})


def an_approval(**given: Any) -> Approval:
    """A regional manager's agreement to write to a shared address."""
    filled: dict[str, Any] = {
        "id": "approval-1",
        "matter": c.Matter.SHARED_ADDRESS,
        "decision": c.Decision.AGREED,
        "author": MANAGER,
        "decided_recorded_at": REPORTED + timedelta(hours=2),
        "person_id": "victim-1",
    }
    return Approval(created_at=REPORTED, **{**filled, **given})


def a_case(*people: Person, approvals: tuple[Approval, ...] = (), **given: Any) -> Case:
    """A case with those people on it, or with one victim and one alleged perpetrator."""
    return Case(
        id="case-1",
        created_at=REPORTED,
        reference="CW-2026-0007",
        people=people or (a_victim(), a_perpetrator()),
        incidents=(an_incident(),),
        approvals=approvals,
        **given,
    )


def the_letter(
    case: Case | None = None,
    to: Person | None = None,
    incident: Incident | None = None,
    officer: Staff | None = OFFICER,
    landlord: Landlord = HARBOUR_ROW,
    promised_on: date | None = PROMISED,
    dated: date | None = WRITTEN,
) -> Draft | Held | Missing:
    """The acknowledgement as the runner would ask for it."""
    case = case or a_case()
    of = Writing(case=case, incident=incident or case.incidents[0], to=to or case.victims[0], officer=officer,
                 landlord=landlord, now=REPORTED, promised_on=promised_on, dated=dated)  # fmt: skip
    return draft(of, c.LetterKind.ACKNOWLEDGEMENT)


def some_facts(**given: Any) -> VictimFacts:
    """What the letter says, without a case: for the engine's own tests."""
    return replace(A_VICTIM, **given)


def a_letter(body: str, **head: object) -> str:
    """The text of a template with those words."""
    wanted = {"title": "A letter", "audience": "victim", "clause": "1.0", "needs": {}} | head
    return "---\n" + "".join(f"{name}: {value}\n" for name, value in wanted.items()) + "---\n" + body
