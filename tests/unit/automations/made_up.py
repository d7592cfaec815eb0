"""A made-up case for the rules, and what is recorded on it: incidents, answers, interviews, decisions, letters."""

from datetime import datetime
from typing import Any

from automations import model as m
from automations.subjects import Subject
from schema import choices as c
from tests.unit.automations.who_and_when import ACCUSED, HOUR, MANAGER, NINE, VICTIM


def incident(id: str = "i1", number: int = 1, at: datetime = NINE, **cells: Any) -> m.Incident:
    told = {"stated_at": at, "first_recorded_as": at, "numbered": number, "victim_ids": ("v1",),
            "perpetrator_ids": ("p1",), **cells}  # fmt: skip
    return m.Incident(id=id, created_at=at, number=number, **told)


def consent(option: c.Option = c.Option.PERPETRATOR, answer: c.Answer = c.Answer.YES, **cells: Any) -> m.Consent:
    told = {"given_at": NINE, "given_by": c.GivenBy.VICTIM, "victim_id": "v1", "id": "c1", "created_at": NINE, **cells}
    return m.Consent(option=option, answer=answer, **told)


def interview(kind: c.InterviewKind = c.InterviewKind.VICTIM, result: c.InterviewResult | None = c.InterviewResult.HELD,
              at: datetime | None = NINE + 2 * HOUR, **cells: Any) -> m.Interview:  # fmt: skip
    who = {c.InterviewKind.VICTIM: "v1", c.InterviewKind.PERPETRATOR: "p1"}.get(kind)
    told = {"id": "x1", "created_at": NINE, "happened_at": at, "person_id": who, "incident_id": "i1", **cells}
    return m.Interview(with_=kind, result=result, **told)


def approval(matter: c.Matter, **cells: Any) -> m.Approval:
    told = {"id": "a1", "created_at": NINE, "decision": c.Decision.AGREED, "decided_at": NINE + 3 * HOUR,
            "reason": "Talked over.", "author": MANAGER, **cells}  # fmt: skip
    return m.Approval(matter=matter, **told)


def review(kind: c.ReviewKind, at: datetime = NINE + HOUR, **cells: Any) -> m.Review:
    told = {"id": "r1", "created_at": at, "held_at": at, "findings": "Talked over.", "author": MANAGER,
            "plan_discussed": True, "repairs_discussed": True, "legal_discussed": True, **cells}  # fmt: skip
    return m.Review(kind=kind, **told)


def letter(kind: c.LetterKind, at: datetime = NINE + 4 * HOUR, **cells: Any) -> m.Letter:
    told = {"id": "l1", "created_at": at, "sent_at": at, "decision": c.LetterDecision.POSTED, "incident_id": "i1",
            "to_id": "v1", **cells}  # fmt: skip
    return m.Letter(kind=kind, **told)


def check(*found: c.Flag, **cells: Any) -> m.TenancyCheck:
    told = {"id": "t1", "created_at": NINE, "checked_at": NINE + HOUR, "person_id": "p1", **cells}
    return m.TenancyCheck(found=found or (c.Flag.NONE,), **told)


def case(**parts: Any) -> m.Case:
    told = {"reference": "CW-2026-0007", "people": (VICTIM, ACCUSED), "incidents": (incident(),), **parts}
    return m.Case(id="1", created_at=NINE, **told)


def subject(of: m.Case, who: m.Person | None = ACCUSED, record: Any = None, number: int = 1) -> Subject:
    return Subject("incident-1", "Incident 1", of.incidents[number - 1], who, record)
