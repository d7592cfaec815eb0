"""Remembered: an action's row as it should stand, with everything it once promised or missed (R-10, R-11).

In: a duty, the row that stands now if any, the moment. Out: the runner's cells of the row, beside the row.
Never here: a first promise, a first lateness or a first doing taken back.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, Protocol

from automations.deadlines import say
from automations.duties import DONE, Duty
from automations.evidence import Evidence
from automations.model import Action, Case
from automations.ports import Unreadable
from automations.procedure import Step
from automations.vanished import why_vanished
from schema import TABLES
from schema.choices import ActionState

LATE_ENTRY = timedelta(hours=24)
BLANK = dict.fromkeys(column.name for column in TABLES["Actions"].columns)


class Whose(Protocol):
    """Whose action it is: a case, or an area, a policy or a member of staff."""

    @property
    def officer(self) -> str | None: ...
    @property
    def area(self) -> str | None: ...
    @property
    def imported(self) -> bool: ...
    @property
    def brought_over_at(self) -> datetime | None: ...


class Remembered(NamedTuple):
    """An action: the runner's cells as they should stand, and the row as it stands (None: not made yet).

    `step` is None where its subject is no longer on the case, or nothing is owed for it now; then `cells` are only
    those that say so.
    """

    key: str
    cells: Mapping[str, Any]
    row: Action | None
    step: Step | None

    @property
    def shown(self) -> Mapping[str, Any]:
        """Every cell, to be read. What cannot be read is blank."""
        if self.step or self.row is None:
            return self.cells
        readable = {name: cell for name, cell in self.row.kept.items() if not isinstance(cell, Unreadable)}
        return {**BLANK, **readable, **self.cells}

    @property
    def reason_for_lateness(self) -> str | None:
        """What staff entered."""
        return self.row.reason_for_lateness if self.row else None


def remembered(
    kept: Iterable[Action],
    owed: Iterable[Duty],
    whose: Callable[[Duty], Whose],
    now: datetime,
    why: Callable[[Action], str],
) -> list[Remembered]:
    """Every action, given the rows that stand: those owed, in their order, then those that nobody owes any more, of
    which `why` says why.
    """
    rows: dict[str, Action] = {}
    for row in kept:
        if row.key:
            rows.setdefault(row.key, row)
    found: list[Remembered] = []
    for duty in owed:
        known = rows.pop(duty.key, None)
        found.append(Remembered(duty.key, row_of(duty, known, whose(duty), now), known, duty.step))
    for key, row in rows.items():
        found.append(Remembered(key, {} if row.state is ActionState.NOT_NEEDED else vanished(row, why(row)), row, None))
    return found


def on_case(case: Case, owed: Iterable[Duty], now: datetime) -> list[Remembered]:
    """Every action of a case, in the procedure's order."""
    return remembered(case.actions, owed, lambda duty: case, now, lambda row: why_vanished(case, row))


def row_of(duty: Duty, row: Action | None, whose: Whose, now: datetime) -> dict[str, Any]:
    """The cells of the action's row. Instants are UTC and whole seconds."""
    limit, evidence, step = duty.deadline, duty.evidence, duty.step
    due = _utc(limit.at if limit else (row.due_at if row and evidence else None))
    # A date that rests on a time nobody entered is no promise until it is done, or the time is there.
    first_due = _utc(row.first_due if row else None) or (None if duty.assumed and not evidence else due)
    against = due if duty.moved or first_due is None else first_due
    reopened_at, reopened_why = _reopened(duty, row, now)
    # Judged before, and no clock now (the agreement it ran on was taken back since): the verdict stands.
    judged = row if row and limit is None and row.state in DONE and _is_known(row, evidence) else None
    kept = judged.kept if judged else {}
    return {
        "Title": step.title,
        "Key": duty.key,
        "Step": step.id,
        "Clause": step.clause,
        "Target": step.target,
        "Owner role": step.owner,
        "About": duty.subject.words,
        "Officer": whose.officer,
        "Area": whose.area,
        "State": judged.state if judged else _state(duty, against),
        "Due at": due,
        "Warn at": _utc(limit.warn_at) if limit else kept.get("Warn at"),
        "First due": first_due,
        "First late at": _utc(judged.first_late_at if judged else _late_at(duty, row, against, now)),
        "First done at": _utc((row.first_done_at if row else None) or (evidence.happened_at if evidence else None)),
        "Done at": _utc(evidence.happened_at) if evidence else None,
        "Entered late": _entered_late(duty, row, whose),
        "Evidence key": evidence.key if evidence else None,
        "Done while blocked": done_while_blocked(duty, row, whose),
        "Reopened at": _utc(reopened_at),
        "Reopened why": reopened_why,
        "Blocked by": duty.blocked_by or None,
        "Why": duty.not_needed or duty.waits or duty.because or None,
        "How to finish it": step.finish or None,
        "How worked out": _how(duty, first_due, due) or kept.get("How worked out"),
        "Calendar": limit.calendar if limit else kept.get("Calendar"),
        "Imported": whose.imported,
    }


def vanished(row: Action, why: str) -> dict[str, Any]:
    """The cells of a row whose subject is gone, or for which nothing is owed. The row and its history stay."""
    return {
        "State": ActionState.NOT_NEEDED,
        "Why": why,
        "Blocked by": None,
    }


def _state(duty: Duty, against: datetime | None) -> ActionState:
    """What the runner knows; the platform makes Overdue, Due soon and Chase of it live."""
    if duty.not_needed:
        return ActionState.NOT_NEEDED
    if duty.evidence:
        late = against is not None and duty.evidence.counts_at > against and not duty.is_alert
        return ActionState.DONE_LATE if late else ActionState.DONE
    if duty.waits or duty.deadline is None:
        return ActionState.WAITING
    if duty.blocked_by:
        return ActionState.ALERT_BLOCKED if duty.is_alert else ActionState.BLOCKED
    return ActionState.ALERT if duty.is_alert else ActionState.OPEN


def _late_at(duty: Duty, row: Action | None, against: datetime | None, now: datetime) -> datetime | None:
    if row and row.first_late_at:
        return row.first_late_at
    if against is None or duty.is_alert or duty.not_needed or duty.waits or (duty.assumed and not duty.evidence):
        return None
    measured = duty.evidence.counts_at if duty.evidence else now
    return against if measured > against else None


def _entered_late(duty: Duty, row: Action | None, whose: Whose) -> bool:
    """Recorded more than 24 hours after it happened (R-07), as first seen: later edits do not make it late."""
    evidence = duty.evidence
    if evidence is None:
        return False
    if row and _is_known(row, evidence):
        return row.entered_late
    return not whose.imported and evidence.recorded_at - evidence.happened_at > LATE_ENTRY


def done_while_blocked(duty: Duty, row: Action | None, whose: Whose) -> str | None:
    """What stood in the way when the evidence came (R-10, R-17): once told it stays, whatever opens afterwards."""
    if row and row.done_while_blocked:
        return row.done_while_blocked
    evidence = duty.evidence
    known = row and _is_known(row, evidence)
    return None if evidence is None or known or _from_before(evidence, whose) else duty.in_the_way() or None


def _from_before(evidence: Evidence, whose: Whose) -> bool:
    """Whether it happened before the case was brought over: what is done on it since is held to its gates (R-17)."""
    return whose.brought_over_at is not None and evidence.happened_at < whose.brought_over_at


def _is_known(row: Action, evidence: Evidence | None) -> bool:
    """Whether the row already stood on this record and time."""
    at = _utc(evidence.happened_at) if evidence else None
    return evidence is not None and (row.evidence_key, _utc(row.done_at)) == (evidence.key, at)


def _reopened(duty: Duty, row: Action | None, now: datetime) -> tuple[datetime | None, str | None]:
    if row is None:
        return None, None
    was_done = row.state in DONE and row.evidence_key
    if was_done and duty.evidence is None:
        return now, _told(row, f"{row.evidence_key} no longer shows that it was done. Noticed {say(now)}.")
    if was_done and duty.evidence and duty.evidence.key != row.evidence_key:
        old, new = row.evidence_key, duty.evidence
        if row.done_at and new.happened_at < row.done_at:
            return now, _told(row, f"{new.key} shows it earlier than {old}; it was {say(row.done_at)}.")
        return now, _told(row, f"{old} no longer shows it; {new.key} does. Noticed {say(now)}.")
    corrected = was_done and duty.evidence and _utc(row.done_at) != _utc(duty.evidence.happened_at)
    if corrected and row.done_at and duty.evidence:
        return now, _told(row, f"{duty.evidence.key}: the time was corrected; it was {say(row.done_at)}.")
    return row.reopened_at, row.reopened_why


def _told(row: Action, news: str) -> str:
    """What happened now under what happened before: nothing that was once said goes."""
    return f"{row.reopened_why}\n{news}" if row.reopened_why else news


def _how(duty: Duty, first_due: datetime | None, due: datetime | None) -> str | None:
    if duty.deadline is None:
        return None
    promised = f" First promised: {say(first_due)}." if first_due and first_due != due else ""
    return f"{duty.deadline.how}{promised}"


def _utc(moment: datetime | None) -> datetime | None:
    if moment is None or (moment.tzinfo is UTC and not moment.microsecond):
        return moment
    return moment.astimezone(UTC).replace(microsecond=0)
