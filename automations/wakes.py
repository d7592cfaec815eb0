"""Wakes: when a case next needs a look although nobody touched it.

In: a case, the moment. Out: an instant not later than the next one at which time alone changes what is owed.
Never here: the overdue status itself, which the platform shows live.
"""

from contextlib import suppress
from datetime import datetime, timedelta

from automations.alerts import goes_up_at
from automations.by_email import PAUSE
from automations.calendar import NotKnown, calendar_for, end_of
from automations.concerns import foreseen
from automations.faults import refuse_the_impossible
from automations.model import Alert, Case
from schema import choices as c

AT_LEAST = timedelta(hours=1)
UNSENT = timedelta(minutes=5)
"""The longest that an alert which has not gone out waits for another try."""


def next_look(case: Case, now: datetime) -> datetime:
    """The earliest coming instant of due dates, alerts, retries, warnings and working day 10; at most an hour on."""
    case, _ = refuse_the_impossible(case, now)
    moments: list[datetime | None] = [now + AT_LEAST]
    moments += [a.due_at for a in case.actions]
    moments += [_look_at(a, now) for a in case.alerts if not a.acknowledged and a.state is not c.AlertState.ESCALATED]
    moments += [at for r in case.referrals for at in (r.try_again_at, r.goes_at)]
    moments += [x.email_tried_at + PAUSE for x in case.letters if x.email_tried_at]
    for incident in case.incidents:
        with suppress(NotKnown):
            day_ten = calendar_for(case.division).after(incident.counts_from, 10).at.date()
            moments.append(end_of(day_ten - timedelta(days=1)) + timedelta(seconds=1))
    moments += [raised.since for raised in foreseen(case)]
    return min(m for m in moments if m is not None and m > now)


def _look_at(alert: Alert, now: datetime) -> datetime:
    """When an alert goes up; one that is to be sent now is tried again, ever more seldom, until it is."""
    if alert.state is c.AlertState.SENT and goes_up_at(alert) > now:
        return goes_up_at(alert)
    waited = now - (alert.raised_at or alert.created_at)
    return now + min(max(timedelta(seconds=1), waited / 10), UNSENT)
