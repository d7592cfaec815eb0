"""Duties: what the procedure asks for on a case now, one value a step and subject.

In: a case (times in the future already left out), the moment, the rules. Out: duties in the procedure's order.
Never here: what was promised or late before (remembered.py), or a write.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from automations.deadlines import Deadline, deadline, say
from automations.evidence import EVIDENCE, OCCURRENCES, Evidence
from automations.gates import shut
from automations.model import Case
from automations.procedure import STEP, STEPS, Scope, Step
from automations.rules import Rules, closed_at
from automations.starts import STARTS, Begin, Skip, Start, Wait
from automations.subjects import About, Subject, subjects
from schema.choices import Target


@dataclass(frozen=True, slots=True)
class Duty:
    """One step on one case, or of the organisation. `deadline` is None while nothing runs; `moved` says that a
    permitted reason moved it.
    """

    key: str
    step: Step
    subject: About
    deadline: Deadline | None = None
    waits: str = ""
    not_needed: str = ""
    blocked_by: str = ""
    evidence: Evidence | None = None
    moved: bool = False

    @property
    def is_alert(self) -> bool:
        """Whether it rings rather than falls overdue (R-03)."""
        return self.step.target is Target.ALERT


def duties(case: Case, now: datetime, rules: Rules) -> Iterator[Duty]:
    """Everything owed, waiting, done or not needed on the case. Stop where a calendar ends too early."""
    for step in STEPS:
        for subject in subjects(case, step):
            if step.id == "perpetrator_delay_review":
                yield from _delay_reviews(case, step, subject, now, rules)
            elif step.recurs:
                start = STARTS[step.start](case, subject, now)
                yield from _recurring(case, step, subject, start, now, rules, ended=False)
            else:
                yield from _once(case, step, subject, now, rules)


def _once(case: Case, step: Step, s: Subject, now: datetime, rules: Rules) -> Iterator[Duty]:
    start = STARTS[step.start](case, s, now)
    evidence = EVIDENCE[step.evidence](case, s)
    if start is None:
        return
    duty = _begun(case, step, s, start, now, rules, "/".join(filter(None, (case.reference, step.id, s.key))))
    if evidence:
        duty = replace(duty, evidence=evidence, waits="", not_needed="", blocked_by="")
    yield _unless_closed(case, duty)


def _begun(case: Case, step: Step, s: Subject, start: Start, now: datetime, rules: Rules, key: str) -> Duty:
    duty = Duty(key, step, s)
    match start:
        case Wait(why):
            return replace(duty, waits=why)
        case Skip(why):
            return replace(duty, not_needed=why)
        case Begin():
            limit, moved = _deadline(case, step, s, start, rules, key)
            return replace(duty, deadline=limit, moved=moved, blocked_by=shut(step.gates, case, s, now))
    return duty


def _deadline(case: Case, step: Step, s: Subject, start: Begin, rules: Rules, key: str) -> tuple[Deadline, bool]:
    """When it is due, and whether a permitted reason moved it from the counted date."""
    length, because = rules.length(case, step, s.incident)
    if step.id == "victim_contact":
        length, because = _interval(case, length)
    limit = deadline(step, start.at, start.words, rules.calendar(case), length, because)
    moved = s.incident.was_moved and start.at == s.incident.counts_from
    if start.stated:
        how = f"{start.why} {say(start.stated)}. Counted from {start.words} it was {say(limit.at)}."
        return replace(limit, at=start.stated, warn_at=min(limit.warn_at, start.stated), how=how), True
    counted = limit.at
    kept = next((a.due_at for a in case.actions if a.key == key and a.due_at), counted)
    for wish, recorded in start.wishes:
        in_time = recorded <= limit.at or recorded <= kept or kept == wish
        if in_time and wish > counted:
            how = f"Moved at the person's wish to {say(wish)}, recorded before it was due ({say(counted)})."
            limit, moved = replace(limit, at=wish, how=how), True
    return limit, moved


def _interval(case: Case, length: int) -> tuple[int, str]:
    """Days between contacts: as agreed, at most 14 unless the victim wished longer, then at most 31 (A-09)."""
    agreed = case.contact_days
    if not agreed or agreed < 1:
        return length, ""
    most = 31 if case.longer_is_their_wish else length
    return min(agreed, most), "" if agreed == length else f"The victim agreed every {agreed} days."


def _recurring(
    case: Case, step: Step, s: Subject, start: Start, now: datetime, rules: Rules, *, ended: bool
) -> Iterator[Duty]:
    """Each occurrence counts from the one before it; the next stays owed until it is held (A-08)."""
    stem = "/".join(filter(None, (case.reference, step.id, s.key)))
    if not isinstance(start, Begin):
        if start is not None:
            yield _unless_closed(case, _begun(case, step, s, start, now, rules, f"{stem}/1"))
        return
    done = [e for e in OCCURRENCES[step.evidence](case, s) if e.happened_at > start.at]
    for n, evidence in enumerate(done, 1):
        yield replace(_begun(case, step, s, start, now, rules, f"{stem}/{n}"), evidence=evidence, blocked_by="")
        start = Begin(evidence.happened_at, "the last one")
    if not ended:
        yield _unless_closed(case, _begun(case, step, s, start, now, rules, f"{stem}/{len(done) + 1}"))


def _delay_reviews(case: Case, step: Step, s: Subject, now: datetime, rules: Rules) -> Iterator[Duty]:
    """From the moment the alleged perpetrator's interview is late, every 48 hours until it ends (HC-086)."""
    interview = next(_once(case, STEP["interview_perpetrator"], s, now, rules), None)
    if s.person is None or interview is None:
        return
    limit, held = interview.deadline, interview.evidence
    due = limit.at if limit else next((a.first_late_at for a in case.actions if a.key == interview.key), None)
    if due is None or now <= due or (held and held.happened_at <= due):
        return
    ended = limit is None or bool(held or interview.not_needed)
    yield from _recurring(case, step, s, Begin(due, "the interview falling due"), now, rules, ended=ended)


def _unless_closed(case: Case, duty: Duty) -> Duty:
    """Once a case is closed only what closing itself asks for is still owed, and what was reported since (R-23)."""
    closed = closed_at(case)
    if closed is None or duty.evidence or duty.step.scope is Scope.CLOSURE or duty.not_needed:
        return duty
    assert isinstance(duty.subject, Subject), "a duty of a case"
    if duty.subject.incident.counts_from > closed:
        return duty
    return replace(duty, not_needed=f"The case was closed on {say(closed)}.", waits="", blocked_by="")
