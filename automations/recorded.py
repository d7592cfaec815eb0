"""Recorded: what a row was before, and when a cell was filled, where a rule rests on that (R-05, R-07, R-13).

In: a row as read, its record, its history. Out: the row with what only the history tells.
Never here: a look at a history that no rule needs: each costs a question to the platform.
"""

from dataclasses import replace
from datetime import datetime

from automations.histories import History, last_set
from automations.model import Case, Consent, Incident, Interview, Prompted
from automations.ports import Change, Record
from schema import choices as c

FORTNIGHT = 14


def asks(row: Case | Consent | Incident | Interview | Prompted, record: Record) -> bool:
    """Whether a rule needs the history of this row."""
    match row:
        case Case():
            return row.longer_is_their_wish and (row.contact_days or 0) > FORTNIGHT
        case Consent():
            return record.updated_at is not None and row.answer is not c.Answer.NO and row.option in c.SIGNIFICANT
        case Interview():
            return record.updated_at is not None and row.moved_to is not None
        case Prompted():
            return row.done and row.ticked_at is None
    unrecorded = row.first_recorded_as is None and record.updated_at is not None
    return unrecorded or bool(row.reason_for_change and row.stated_at != row.first_recorded_as)


def longer_recorded(case: Case, history: History) -> Case:
    """With when both halves of the victim's wish for longer between contacts were recorded (A-09)."""
    each = [last_set(history, name) for name in ("Contact every (days)", "Longer interval is the victim's wish")]
    known = [at for at in each if at]
    return replace(case, longer_recorded_at=max(known) if len(known) == len(each) else None)


def wishes_recorded(row: Interview, history: History) -> Interview:
    """With when each other time was entered: touching the row afterwards does not make it later."""
    told = [(change.after, change.at) for change in history if change.field == "Moved to"]
    return replace(row, wishes=tuple((to, at) for to, at in told if isinstance(to, datetime)))


def tick_recorded(row: Prompted, history: History) -> Prompted:
    """With when the tick was set."""
    return replace(row, tick_recorded_at=last_set(history, "Done"))


def refusals_seen(row: Consent, history: History) -> Consent:
    """With a no or a withdrawal that was answered otherwise before the runner looked."""
    moments = [change.at for change in history if _refuses(change)]
    return replace(row, refused_unseen_at=max(moments, default=None))


def _refuses(change: Change) -> bool:
    said_no = change.field == "Answer" and change.after == c.Answer.NO
    return said_no or (change.field == "Withdrawn at" and isinstance(change.after, datetime))


def first_told(row: Incident, history: History) -> Incident:
    """With what First reported at said first; and without a reason that is older than what it should explain."""
    told = [change for change in history if change.field == "First reported at"]
    first = next((x.after for x in told if isinstance(x.after, datetime) and x.after <= x.at), None)
    because, changed = last_set(history, "Reason for changing it"), last_set(history, "First reported at")
    stale = because is not None and changed is not None and because < changed
    return replace(row, first_stated_at=first, reason_for_change=None if stale else row.reason_for_change)
