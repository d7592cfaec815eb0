"""Letters begun: which letters the steps of a case ask for now, so that a draft lies ready.

In: a case, what is owed on it, the rules, the moment. Out: kinds of letter, each with its reader and its key.
Never here: a letter whose step waits, is blocked or done; a choice that is an officer's (docs/decisions/0034).
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime

from automations.calendar import NotKnown
from automations.contact import under_14
from automations.duties import Duty
from automations.letters.catalogue import CATALOGUE
from automations.letters.to_perpetrators import THEIR_COPY
from automations.model import Case, Incident, Letter, Person
from automations.model.homes import may_be_same_home
from automations.rules import Rules, set_aside
from automations.subjects import Subject
from schema import choices as c

BY_DAY_TEN = (c.LetterKind.VICTIM_OUTCOME, c.LetterKind.PROGRESS, c.LetterKind.DELAY)
"""One of them is enough, and the outcome is the best: one in hand, no other is begun."""

Begun = tuple[c.LetterKind, Incident, Person | None, str]


def row_key(case: Case, *parts: str) -> str:
    """The key of a letter's row that we make; a step's own is its action's with "letter" in it."""
    return "/".join(filter(None, (case.reference, "letter", *parts)))


def asked_by_steps(case: Case, owed: Iterable[Duty], rules: Rules, now: datetime) -> Iterator[Begun]:
    """What each step that has begun, and whose gates are open, asks for and staff have not in hand."""
    ready = [d for d in owed if d.step.letter and d.step.letter in CATALOGUE and _is_open(d)]
    ready = [d for d in ready if d.step.letter is not c.LetterKind.ACKNOWLEDGEMENT and _is_near(case, d, rules, now)]
    if not ready or case.imported or set_aside(case):
        return
    stands = {x.key for x in case.letters if x.decision is not c.LetterDecision.CANCELLED}
    outcomes = {d.subject.key for d in ready if d.step.letter is c.LetterKind.VICTIM_OUTCOME}
    for duty in ready:
        kind, s = duty.step.letter, duty.subject
        assert kind, "only steps with a letter are ready"
        assert isinstance(s, Subject), "a duty of a case"
        if kind is c.LetterKind.PROGRESS and s.key in outcomes:
            continue
        to = s.person or (case.victims[0] if len(case.victims) == 1 else None)
        if to is None:
            continue
        if kind in THEIR_COPY and under_14(to, now):
            kind, to = THEIR_COPY[kind], _tenant_of(case, to)
        key = row_key(case, duty.step.id, s.key)
        if (
            kind in CATALOGUE
            and key not in stands
            and not any(_in_hand(case, x, kind, s.incident, to, key, duty) for x in case.letters)
        ):
            yield kind, s.incident, to, key


def _tenant_of(case: Case, child: Person) -> Person | None:
    """The tenant who is written to instead of a child under 14 (R-18); None where none, or more than one, may be."""
    found = [p for p in case.people if p.role is c.PersonRole.TENANT and may_be_same_home(p, child)]
    return found[0] if len(found) == 1 else None


def _is_open(duty: Duty) -> bool:
    done = duty.evidence or duty.not_needed or duty.waits
    return duty.deadline is not None and not done and not duty.blocked_by


def _is_near(case: Case, duty: Duty, rules: Rules, now: datetime) -> bool:
    """Whether it falls due within so many working days, where the step says so."""
    if not duty.step.letter_within:
        return True
    with suppress(NotKnown):
        return duty.deadline is not None and rules.calendar(case).after(now, duty.step.letter_within).at >= (
            duty.deadline.at
        )
    return False


def _in_hand(
    case: Case, x: Letter, kind: c.LetterKind, incident: Incident, to: Person | None, key: str, duty: Duty
) -> bool:
    """Whether an officer has such a letter in hand already, in a row of their own or another step's."""
    if (x.key or "") == key or (x.key or "").startswith(f"{key}/") or x.kind is None or (to and x.to_id != to.id):
        return False
    over = x.decision not in (None, c.LetterDecision.BY_EMAIL)
    if over and duty.began_at and x.created_at < duty.began_at:
        return False
    instead = BY_DAY_TEN if kind is c.LetterKind.PROGRESS else (kind,)
    any_incident = x.incident_id is None and kind is c.LetterKind.SURVEY
    return x.kind in instead and (any_incident or case.incident_of(x.incident_id) == incident)
