"""Chronology: every action done and every decision made, as a development of the case (HC-120).

In: a case, what is owed and done on it. Out: developments not yet written, one a thing, each once.
Never here: a name in a development (people are named by their record), or one that is written again when edited.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any

from automations.duties import Duty
from automations.effects import Write
from automations.model import Case
from automations.outbox.standing import is_first_notice
from automations.panel import MATTERS, sits
from automations.remembered import done_while_blocked
from automations.rules import closed_at, decided_at, is_line_manager, overridden_at, why_no_override
from schema import choices as c

Told = tuple[str, str, datetime | None, str]
"""The last part of its key, what happened, when, and where to read it."""


def developments(case: Case, owed: Iterable[Duty], now: datetime) -> Iterator[Write]:
    """What is not yet on the chronology."""
    seen = set(case.development_keys)
    for tail, words, at, detail in (*_done(case, owed, now), *_said(case), *_letters(case), *_partners(case),
                                    *_decided(case)):  # fmt: skip
        key = f"{case.reference}/development/{tail}"
        if at and key not in seen:
            seen.add(key)
            cells: dict[str, Any] = {"Key": key, "Case": (case.id,), "Happened at": at, "Development": words,
                                     "Detail": detail}  # fmt: skip
            yield Write("Developments", key, cells)


def _done(case: Case, owed: Iterable[Duty], now: datetime) -> Iterator[Told]:
    """Each step that was done, and what still stood in its way if it was (R-17). A late interview's reason (HC-085)."""
    rows = {row.key: row for row in reversed(case.actions)}
    for duty in owed:
        row, evidence = rows.get(duty.key), duty.evidence
        if not (evidence or row) and duty.step.id != "interview_perpetrator":
            continue
        own = duty.key.removeprefix(f"{case.reference}/")
        if evidence:
            shown = evidence.key.lower().replace(", ", "+").replace(" ", "-")
            yield f"done/{own}/{shown}", f"Done: {duty.step.title}", evidence.happened_at, _where(duty, evidence.key)
        blocked = done_while_blocked(duty, row, case) if evidence or (row and row.done_while_blocked) else None
        if blocked:
            at = evidence.happened_at if evidence else (row.done_at or row.first_done_at if row else None)
            yield f"blocked/{own}", f"Done while it was blocked: {duty.step.title}", at, blocked
        late = duty.deadline and now > duty.deadline.at and not (evidence or duty.not_needed or duty.waits)
        if duty.step.id == "interview_perpetrator" and (late or (row and row.first_late_at)):
            incident = next((i for i in case.incidents if f"incident-{i.number}" in own.split("/")), None)
            reason = (incident.reason_for_delay or "").strip() if incident else ""
            if incident and reason:
                mark = sha256(reason.encode()).hexdigest()[:8]
                words = "Why the alleged perpetrator's interview is late"
                yield (
                    f"reason-for-delay/incident-{incident.number}/{mark}",
                    words,
                    min(incident.recorded_at, now),
                    reason,
                )


def _where(duty: Duty, key: str) -> str:
    return f"{duty.subject.words}: {key}." if duty.subject.words else f"{key}."


def _said(case: Case) -> Iterator[Told]:
    """Witnesses' interviews, the witness by record and never by name (HC-082), and legal steps (HC-122)."""
    for x in case.interviews:
        if x.with_ is c.InterviewKind.WITNESS and x.result is c.InterviewResult.HELD and x.person_id:
            yield f"witness-interview-{x.id}", "Witness interviewed", x.happened_at, f"{_witness(case, x.person_id)}."
    for step in case.legal:
        if step.kind is c.LegalKind.STEP:
            what = f": {step.step_taken}" if step.step_taken else ""
            yield f"legal-{step.id}", f"Legal step taken{what}", step.taken_at, f"Legal {step.id}."


def _letters(case: Case) -> Iterator[Told]:
    """Each letter that went: which, when, how, and the mark of its document. To whom stands on its row (HC-121).

    A document not sealed yet is told of once it is.
    """
    for x in case.letters:
        if x.decision is not c.LetterDecision.POSTED or x.sent_at is None or not x.kind:
            continue
        if x.kept_hash or not (x.documents or x.edited):
            mark = f"SHA-256 {x.kept_hash}." if x.kept_hash else "No copy of it is kept on its row."
            how = f" {x.sent_how}." if x.sent_how else ""
            tail = f"letter-sent/letters-{x.id}" + (f"/{x.kept_hash[:12]}" if x.kept_hash else "")
            yield tail, f"Letter sent: {x.kind}", x.sent_at, f"Letters {x.id}.{how} {mark}"


def _partners(case: Case) -> Iterator[Told]:
    """What went to a partner, that it was called back, and that staff entered their word on that (HC-063, R-13). The
    first notice and what a partner answers are written where they are known; a partner's name is the office base's.
    """
    for x in case.referrals:
        row, whom = f"Referrals {x.id}", f", to {x.handed_to}" if x.handed_to else ""
        first = f"{x.key}/told" in case.development_keys
        if x.state in c.WENT and x.sent_under and x.purpose and not (first or is_first_notice(x)):
            how = "by name" if x.form is c.ReferralForm.IDENTIFIED else "for statistics only"
            yield f"told/referrals-{x.id}", f"A partner was told {how}", x.sent_at, f"{row}: {x.purpose}{whom}."
        if x.recall_sent_at:
            words = "A partner was sent a recall: to stop and delete what it was told"
            yield f"recall-sent/referrals-{x.id}", words, x.recall_sent_at, f"{row}{whom}."
        if x.state is c.ReferralState.RECALLED and f"{x.key}/recalled" not in case.development_keys:
            words = "A partner said that it stopped and deleted what it was told"
            yield f"recall-confirmed/referrals-{x.id}", words, x.recall_acknowledged_at, f"{row}{whom}."


def _witness(case: Case, id: str) -> str:
    """A witness as the chronology names them: their place in the incident and their record."""
    for incident in case.incidents:
        if id in incident.witness_ids:
            return f"Incident {incident.number}, witness {incident.witness_ids.index(id) + 1}, People {id}"
    return f"People {id}"


def _decided(case: Case) -> Iterator[Told]:
    """Decisions that count: of managers, of the panel, disclosures without consent, and closing."""
    for x in case.approvals:
        counts = sits(x, case) if x.matter in MATTERS else is_line_manager(case, x)
        if x.decision and x.matter and counts:
            words = f"Decided: {x.matter}, {x.decision.lower()}"
            yield f"decided/approvals-{x.id}/{x.decision.lower()}", words, decided_at(x), f"Approvals {x.id}."
    for row in case.overrides:
        if not why_no_override(case, row):
            yield f"decided/overrides-{row.id}", "Decided: a disclosure without consent", overridden_at(row), (
                f"Overrides {row.id}.")  # fmt: skip
    closed = closed_at(case)
    for closure in case.closures:
        if closed and closure.closed_at == closed:
            yield f"closed/closures-{closure.id}", "The case was closed", closed, f"Closures {closure.id}."
