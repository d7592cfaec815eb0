"""A case on which everything may be written: agreed, checked, the police known of, and somebody of every part.

In: nothing. Out: cases, rows of Letters, and what comes of a kind of letter on them.
Never here: a test.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from letter_cases import (
    HARBOUR_ROW,
    MANAGER,
    OFFICER,
    REPORTED,
    a_case,
    a_perpetrator,
    a_victim,
    an_approval,
    an_incident,
)

from automations.letters import Draft, Held, Missing, draft
from automations.letters.catalogue import CATALOGUE
from automations.letters.document import document, words
from automations.letters.template import template
from automations.letters.writing import Writing
from automations.model import Action, Approval, Case, Consent, Interview, Letter, Person, Repair, TenancyCheck
from schema import choices as c

K, Role, Result = c.LetterKind, c.PersonRole, c.InterviewResult
NOW = datetime(2026, 11, 10, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)
HOME = {"address": "99 Elsewhere Street, Sampletown", "postcode": "ZZ9 9ZZ"}
TOLD = "On the evening of 1 November 2026 there was shouting in Long Harbour Row."


def accused(**given: Any) -> Person:
    """An alleged perpetrator who is the tenant of a home of ours."""
    filled: dict[str, Any] = {"lives_in": c.LivesIn.OURS, "is_tenant": c.YesNo.YES, "lives_with_victim": c.YesNo.NO,
                              "born_on": date(1980, 5, 1), **given}  # fmt: skip
    return a_perpetrator(**filled)


def aged(years: int, **given: Any) -> Person:
    """One of that age who lives with the tenant."""
    born = date(NOW.year - years, 5, 1)
    return accused(**{"name": "Young Inparticular", "born_on": born, "is_tenant": c.YesNo.NO, **given})


def a_tenant(**given: Any) -> Person:
    filled = {"id": "tenant-1", "role": Role.TENANT, "name": "Elder Inparticular", **HOME, **given}
    return Person(created_at=REPORTED, **filled)


def a_guardian(**given: Any) -> Person:
    filled = {"id": "guardian-1", "role": Role.GUARDIAN, "name": "Parent Inparticular", **HOME, **given}
    return Person(created_at=REPORTED, **filled)


def an_answer(option: c.Option, answer: c.Answer = c.Answer.YES) -> Consent:
    return Consent(id=f"consent-{option}", created_at=REPORTED, option=option, answer=answer, given_at=REPORTED,
                   given_by=c.GivenBy.VICTIM, victim_id="victim-1")  # fmt: skip


def a_meeting(result: c.InterviewResult | None = Result.BOOKED, at: datetime = NOW + DAY, **given: Any) -> Interview:
    """At our office; the tenant was asked to come too."""
    filled: dict[str, Any] = {
        "id": f"interview-{at:%d%H}", "with_": c.InterviewKind.PERPETRATOR, "person_id": "perpetrator-1",
        "booked_for": at, "result": result, "at_our_office": c.YesNo.YES, "tenant_contacted_at": NOW - DAY,
        "happened_at": at if result not in (None, Result.BOOKED) else None, "both_invited": c.YesNo.YES, **given,
    }  # fmt: skip
    return Interview(created_at=REPORTED, **filled)


def a_repair(**given: Any) -> Repair:
    """Damage that somebody was proved to have done, still to be mended."""
    filled: dict[str, Any] = {
        "id": "repair-1", "kind": c.RepairKind.GLAZING, "where": c.Where.OUTSIDE, "reported_at": REPORTED,
        "place_of_work": "The front of 14 Harbour Row, Sampletown", "cost": 184.5, "proof": "A film of a camera.",
        "proved_at": NOW - DAY, "recharge_to_id": "perpetrator-1", **given,
    }  # fmt: skip
    return Repair(created_at=REPORTED, **filled)


def the_action(step: str = "emergency_repair") -> Action:
    return Action(id="action-1", created_at=REPORTED, key=f"CW-2026-0007/{step}/repair-repair-1", step=step,
                  due_at=REPORTED + DAY)  # fmt: skip


TOLD_FIRST = Letter(id="letter-9", created_at=REPORTED, kind=K.VICTIM_OUTCOME, decision=c.LetterDecision.POSTED,
                    sent_at=NOW - DAY, sent_how=c.Channel.IN_PERSON, to_id="victim-1")  # fmt: skip
ASKED = tuple(map(an_answer, (c.Option.PERPETRATOR, c.Option.NEIGHBOURS, c.Option.SECURITY)))


def ready(*people: Person, approvals: tuple[Approval, ...] = (), **given: Any) -> Case:
    """Everything allows a letter to them, or to the tenant who is the only one accused."""
    others = people or (accused(),)
    filled: dict[str, Any] = {
        "incidents": (an_incident(perpetrator_ids=("perpetrator-1",), police_know=c.PoliceTold.NO),),
        "consents": (*ASKED, an_answer(c.Option.POLICE, c.Answer.NO)),
        "checks": (TenancyCheck(id="check-1", created_at=REPORTED, checked_at=NOW - DAY, found=(c.Flag.NONE,),
                                person_id="perpetrator-1"),),
        "interviews": (a_meeting(Result.MISSED, NOW - 4 * DAY), a_meeting(Result.MISSED, NOW - 2 * DAY), a_meeting()),
        "repairs": (a_repair(),), "actions": (the_action(),), "letters": (TOLD_FIRST,), **given,
    }  # fmt: skip
    case = a_case(*(others if any(p.role is Role.VICTIM for p in others) else (a_victim(), *others)))
    return replace(case, approvals=approvals, **filled)


def agreed(matter: c.Matter, person: str | None = None, **given: Any) -> Approval:
    """A line manager's agreement, about that person."""
    return an_approval(id=f"approval-{matter}-{person}", matter=matter, person_id=person, author=MANAGER, **given)


def writing(case: Case, kind: K, to: str | None = "perpetrator-1", told: str | None = TOLD, **row: Any) -> Writing:
    """That letter, as the runner would ask for it. `to` None: to nobody on the case."""
    letter = Letter(id="letter-1", created_at=NOW, kind=kind, words=told, to_id=to, **row)
    return Writing(case=case, incident=case.incidents[0], to=case.person(to), officer=OFFICER, landlord=HARBOUR_ROW,
                   now=NOW, dated=NOW.date(), row=letter)  # fmt: skip


def made(case: Case, kind: K, to: str | None = "perpetrator-1", told: str | None = TOLD, **row: Any):
    """What comes of it."""
    return draft(writing(case, kind, to, told, **row), kind)


def says(of: Writing, kind: K) -> str:
    """The letter's words."""
    entry = CATALOGUE[kind]
    assert isinstance(draft(of, kind), Draft)
    return words(document(template(entry.template, "en"), entry.gather(of)))


def assert_held(letter: Draft | Held | Missing, because: str) -> None:
    """Held for that reason."""
    assert isinstance(letter, Held), letter
    assert because in letter.why, letter.why


def assert_made(letter: Draft | Held | Missing) -> None:
    assert isinstance(letter, Draft), letter
