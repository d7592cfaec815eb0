"""Duties: what the procedure asks for on a case now, one value a step and subject.

In: a case (impossible times already left out, links made plain), the moment, the rules. Out: duties in order.
Never here: what was promised or late before (remembered.py), or a write.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from automations.calendar import NotKnown
from automations.deadlines import Deadline, deadline, put_off, say
from automations.earlier import as_it_stood
from automations.evidence import EVIDENCE, OCCURRENCES, Evidence, Found
from automations.evidence.shown import earliest, shown_before
from automations.gates import shut
from automations.model import Action, Case
from automations.once import once
from automations.procedure import STEP, STEPS, Scope, Step, Unit
from automations.rules import Rules, came_after, closed_at, set_aside
from automations.starts import FIRST, STARTS, Begin, Start, Wait
from automations.subjects import About, Subject, subjects
from schema.choices import ActionState, Target

DONE = (ActionState.DONE, ActionState.DONE_LATE)
FALLING_DUE = "the interview falling due"
HELP = ("safeguarding_report", "homelessness_help", "temporary_options")
"""Beside repairs: what is done for somebody in danger, whatever triage makes of the report."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One step on one case, or of the organisation. `deadline` is None while nothing runs; `moved` says that a
    permitted reason moved it.

    `assumed`: the deadline rests on a time that nobody entered, so it is no promise yet. `began_at` is when
    its clock started; `said` are sentences that a person must read while it is not done; `because` is for managers.
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
    assumed: bool = False
    began_at: datetime | None = None
    said: tuple[str, ...] = ()
    because: str = ""
    in_the_way: Callable[[], str] = field(default=str, compare=False)
    """Of a step that was done: the gates that were still shut at that moment. Asked once, so worked out then."""

    @property
    def is_alert(self) -> bool:
        """Whether it rings rather than falls overdue (R-03)."""
        return self.step.target is Target.ALERT


def duties(case: Case, now: datetime, rules: Rules) -> Iterator[Duty]:
    """Everything owed, waiting, done or not needed on the case."""
    found: dict[tuple[Scope, object], list[Subject]] = {}
    interviews: dict[str, Duty] = {}
    for step in STEPS:
        of = (step.scope, step.scope is Scope.CONSENT and step.consent)
        if of not in found:
            found[of] = subjects(case, step)
        for subject in found[of]:
            if step.id == "perpetrator_delay_review":
                yield from _delay_reviews(case, step, subject, interviews.get(subject.key), now, rules)
            elif step.recurs:
                start = STARTS[step.start](case, subject, now)
                yield from _recurring(case, step, subject, start, now, rules, ended=False)
            else:
                for duty in _once(case, step, subject, now, rules):
                    if step.id == "interview_perpetrator":
                        interviews[subject.key] = duty
                    yield duty


def _once(case: Case, step: Step, s: Subject, now: datetime, rules: Rules) -> Iterator[Duty]:
    start = STARTS[step.start](case, s, now)
    if start is None:
        return
    key = _key(case, step, s)
    evidence = EVIDENCE[step.evidence](case, s)
    if case.moved_at:
        evidence = earliest([shown_before(case, _rows(case).get(key)), evidence])
    yield _if_owed(case, _begun(case, step, s, start, now, rules, key, evidence))


def _in_the_way(case: Case, step: Step, s: Subject, then: datetime) -> str:
    """The gates of the step that were shut at that moment, by what was on record of it."""
    was = as_it_stood(case, then)
    incident = next((i for i in was.incidents if i.id == s.incident.id), s.incident)
    return shut(step.gates, was, replace(s, incident=incident), then)


@once
def _rows(case: Case) -> dict[str | None, Action]:
    """The actions that stand, by their key; of two the first."""
    return {a.key: a for a in reversed(case.actions)}


@once
def _over(case: Case) -> tuple[str, datetime | None]:
    """Why triage asks for nothing more, and when the case was closed."""
    return set_aside(case), closed_at(case)


def _key(case: Case, step: Step, s: Subject) -> str:
    return f"{case.reference}/{step.id}/{s.key}" if s.key else f"{case.reference}/{step.id}"


def _begun(
    case: Case, step: Step, s: Subject, start: Start, now: datetime, rules: Rules, key: str, shown: Found = None
) -> Duty:
    """The duty as its start says. Once a record shows that it was done nothing blocks it and it waits for nothing.

    A date beyond the known bank holidays is not guessed: that step waits for the list, and no other does (R-19).
    """
    gated = (
        shown and step.gates and not step.recurs
    )  # what recurs is what opens its own gate: asking how to be in touch
    then = partial(_in_the_way, case, step, s, shown.happened_at) if shown and gated else str
    if isinstance(start, Begin):
        try:
            limit, moved, said = _limit(case, step, s, start, rules, key, now)
        except NotKnown as error:
            why = "" if shown else error.detail
            return Duty(key, step, s, waits=why, evidence=shown, began_at=start.at, said=(why,) if why else (),
                        in_the_way=then)  # fmt: skip
        blocked_by = "" if shown else shut(step.gates, case, s, now)
        return Duty(key, step, s, deadline=limit, moved=moved, blocked_by=blocked_by, evidence=shown,
                    assumed=start.assumed, began_at=start.at, said=() if shown else said,
                    because=start.because, in_the_way=then)  # fmt: skip
    if shown or start is None:
        return Duty(key, step, s, evidence=shown, in_the_way=then)
    return Duty(key, step, s, waits=start.why) if isinstance(start, Wait) else Duty(key, step, s, not_needed=start.why)


def _limit(
    case: Case, step: Step, s: Subject, start: Begin, rules: Rules, key: str, now: datetime
) -> tuple[Deadline, bool, tuple[str, ...]]:
    """When it is due, whether a permitted reason moved it from the counted date, and what a person must read."""
    calendar = rules.calendar(case)
    length, because = rules.length(case, step, s.incident)
    limit = deadline(step, start.at, start.words, calendar, length, because)
    first = start.at == s.incident.counts_from
    moved = bool(start.instead) or (first and s.incident.was_moved)
    counts_days = step.unit is Unit.WORKING_DAYS and first and length == step.length
    recurs = step.id == "victim_contact"
    row = _rows(case).get(key) if counts_days or recurs or start.agreed or start.ended_at else None
    if counts_days and row and row.first_due and limit.at > row.first_due:
        moved = True  # nothing else moves it: a bank holiday was proclaimed since
    if recurs:
        agreed, because = _interval(case, length, limit.at)
        anew = limit if agreed == length else deadline(step, start.at, start.words, calendar, agreed, because)
        if anew is not limit and not _agreed_too_late(anew, row, now):
            limit, moved, length = anew, True, agreed
    if start.instead:
        instead = deadline(step, start.instead, FIRST, calendar, length).at
        limit = limit._replace(how=f"{limit.how} From {FIRST} it would have been {say(instead)}.")
    if start.theirs:
        ours = STEP["interview_perpetrator"]
        hours, because = rules.length(case, ours, s.incident)
        asked = deadline(ours, start.theirs, "the victim's interview", calendar, hours, because).at
        limit = limit._replace(how=f"{limit.how} They are asked to interview by {say(asked)}: {hours} hours after the "
                                   "victim's interview.")  # fmt: skip
    if row and not moved and (start.agreed or start.ended_at):
        limit, moved = _same_promise(limit, start, row, lambda at: deadline(step, at, "", calendar, length).at)
    said = []
    counted = limit.at
    for stated, sent in start.stated:
        if sent > limit.at:
            said.append(f"{step.title}: the delay letter of {say(sent)} went after it was due, so it moves nothing.")
        elif stated > limit.at:
            how = (
                f"The delay letter to the victim gave {say(stated)}. Counted from {start.words} it was {say(counted)}."
            )
            limit, moved = put_off(limit, stated, how), True
    for wish, recorded in start.wishes:
        if recorded <= limit.at and wish > counted:
            how = f"Moved at the person's wish to {say(wish)}, recorded before it was due ({say(counted)})."
            limit, moved = put_off(limit, wish, how), True
    return limit, moved, tuple(said)


def _same_promise(
    limit: Deadline, start: Begin, row: Action, due_from: Callable[[datetime], datetime]
) -> tuple[Deadline, bool]:
    """Whether the clock that runs is the one first promised, and then at the same date.

    It is another, and measured by its own date, where what had begun was over in between: refused, or met
    after all (R-11). It is the same, and not put off, where an agreement was only dated anew (R-02, A-10).
    """

    def over_since(promised: datetime) -> bool:
        return start.ended_at is not None and start.ended_at < start.at and due_from(start.ended_at) >= promised

    if row.first_due and limit.at > row.first_due and over_since(row.first_due):
        return limit, True
    held = row.due_at
    if start.agreed and held and limit.at.replace(microsecond=0) > held and not over_since(held):
        how = f"Due {say(held)}, as first counted: the agreement was dated anew, which puts nothing off. {limit.how}"
        return put_off(limit, held, how), False
    return limit, False


def _interval(case: Case, length: int, due: datetime) -> tuple[int, str]:
    """Days between contacts: as agreed, at most 14 unless the victim wished longer, then at most 31 (A-09).

    A wish for longer counts for a contact that was not yet due when it was recorded (R-05).
    """
    agreed = case.contact_days
    if not agreed or agreed < 1:
        return length, ""
    wished = case.longer_is_their_wish and case.longer_recorded_at is not None and case.longer_recorded_at <= due
    most = 31 if wished else length
    return min(agreed, most), "" if agreed == length else f"The victim agreed every {agreed} days."


def _agreed_too_late(anew: Deadline, row: Action | None, now: datetime) -> bool:
    """Whether a shorter interval would make late what was not when it was agreed: then it counts from the next on."""
    return bool(row and row.due_at and row.due_at > anew.at and anew.at < now)


def _recurring(
    case: Case,
    step: Step,
    s: Subject,
    start: Start,
    now: datetime,
    rules: Rules,
    *,
    ended: bool,
    again: datetime | None = None,
) -> Iterator[Duty]:
    """Each occurrence counts from the one before it; the next stays owed until it is held (A-08).

    `again`: from then on they are owed anew, none being owed in between.
    """
    stem = _key(case, step, s)
    if not isinstance(start, Begin):
        if start is not None:
            yield _if_owed(case, _begun(case, step, s, start, now, rules, f"{stem}/1"))
        return
    rows = _rows(case)
    done, said = _counted(step, [e for e in OCCURRENCES[step.evidence](case, s) if e.happened_at > start.at])
    slid = False
    for n, evidence in enumerate([*done, None] if not ended else done, 1):
        key = f"{stem}/{n}"
        if again and again > start.at and (evidence is None or evidence.happened_at > again):
            start, slid = Begin(again, FALLING_DUE), True
        row = rows.get(key)
        corrected = slid or (evidence is not None and was_corrected(row, evidence))
        if evidence and row and row.state in DONE and row.due_at and not corrected:
            duty = Duty(key, step, s, evidence=evidence)  # once made it keeps the date that stood then
        else:
            duty = _begun(case, step, s, start, now, rules, key, evidence)
            if slid and row and row.first_due and duty.deadline and duty.deadline.at > row.first_due:
                duty = replace(duty, moved=True)
        if evidence is None:
            yield _if_owed(case, replace(duty, said=(*duty.said, *said)) if said else duty)
            return
        yield duty
        start, slid = Begin(evidence.happened_at, "the last one"), corrected


def _counted(step: Step, found: list[Evidence]) -> tuple[list[Evidence], list[str]]:
    """The occurrences that count, and a sentence for each later one that is a line manager's to make (A-37)."""
    counted: list[Evidence] = []
    said: list[str] = []
    for e in found:
        theirs = step.manager_every and (len(counted) + 1) % step.manager_every == 0
        if theirs and not e.by_manager:
            said.append(f"{e.key}: this review is a line manager's to make, so it does not count.")
        else:
            counted.append(e)
            said.clear()
    return counted, said


def was_corrected(row: Action | None, evidence: Evidence) -> bool:
    """Whether an occurrence once stood on another record or time: those after it are then counted from elsewhere."""
    if row is None or not row.evidence_key:
        return bool(row and row.reopened_at)
    at = evidence.happened_at.replace(microsecond=0)
    return bool(row.reopened_at) or (row.evidence_key, row.done_at) != (evidence.key, at)


def _delay_reviews(
    case: Case, step: Step, s: Subject, interview: Duty | None, now: datetime, rules: Rules
) -> Iterator[Duty]:
    """From the moment the alleged perpetrator's interview is late, every 48 hours until it ends (HC-086)."""
    if s.person is None or interview is None:
        return
    limit, held = interview.deadline, interview.evidence
    row = _rows(case).get(interview.key)
    first = row.first_late_at if row else None
    due = limit.at if limit else None
    late = due is not None and now > due and not (held and held.happened_at <= due)
    if not late and first is None:
        return
    ended = not late or bool(held or interview.not_needed)
    begun = Begin(min(filter(None, (first, due if late else None))), FALLING_DUE)  # what was reviewed stays reviewed
    yield from _recurring(case, step, s, begun, now, rules, ended=ended, again=due if late else None)


def _if_owed(case: Case, duty: Duty) -> Duty:
    """Not needed where triage set the case aside, or it is closed; help that was begun is owed all the same (R-19).

    Of a closed case what closing itself asks for is owed, and what was reported or began since (R-23).
    """
    if duty.evidence or duty.step.scope is Scope.CLOSURE or duty.not_needed:
        return duty
    why, closed = _over(case)
    if why and not (duty.deadline and (duty.step.id in HELP or duty.step.scope is Scope.REPAIR)):
        return replace(duty, not_needed=why, waits="", blocked_by="", said=())
    assert isinstance(duty.subject, Subject), "a duty of a case"
    if closed is None or came_after(case, duty.subject.incident, closed):
        return duty
    if duty.deadline and not duty.step.recurs and _began_since(duty, closed):
        words = f"{duty.step.title} ({duty.subject.words}): owed although the case was closed on {say(closed)}."
        return replace(duty, said=(*duty.said, words))
    return replace(duty, not_needed=f"The case was closed on {say(closed)}.", waits="", blocked_by="", said=())


def _began_since(duty: Duty, closed: datetime) -> bool:
    """Whether it began after the closing; somebody at risk whom nobody told of is owed it whenever that was."""
    record = duty.subject.record if isinstance(duty.subject, Subject) else None
    entered = record.created_at if duty.assumed and record else None
    began = max(filter(None, (duty.began_at, entered)), default=closed)
    return began > closed or duty.step.id == "safeguarding_report"
