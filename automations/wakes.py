"""Wakes: when a case next needs a look although nobody touched it.

In: a case, the moment. Out: an instant not later than the next one at which time alone changes what is owed.
Never here: the overdue status itself, which the platform shows live.
"""

from datetime import datetime, timedelta

from automations.calendar import calendar_for, end_of
from automations.faults import refuse_the_impossible
from automations.model import Case
from schema.choices import AlertState

AT_LEAST = timedelta(hours=1)
UNSENT = timedelta(seconds=15)
"""How soon an alert that has not gone out is tried again: the mail server was down, or its sending was cut off."""


def next_look(case: Case, now: datetime) -> datetime:
    """The earliest coming instant among due dates, alerts going up, retries and working day 10; at most an hour on."""
    case, _ = refuse_the_impossible(case, now)
    moments: list[datetime | None] = [now + AT_LEAST]
    moments += [a.due_at for a in case.actions]
    moments += [a.goes_up_at for a in case.alerts if not a.acknowledged]
    moments += [now + UNSENT for a in case.alerts if a.state in (None, AlertState.RAISED) and not a.acknowledged]
    moments += [r.try_again_at for r in case.referrals]
    for incident in case.incidents:
        day_ten = calendar_for(case.division).after(incident.counts_from, 10).at.date()
        moments.append(end_of(day_ten - timedelta(days=1)) + timedelta(seconds=1))
    return min(m for m in moments if m is not None and m > now)
