"""Starts that follow from the action plan and from contacts: further incidents, new versions, findings, case reviews.

In: a case, a subject, the moment. Out: Begin, Wait, Skip, or None where the step has no place on this case.
Never here: a step held up because a version is not signed (R-13).
"""

from datetime import date, datetime

from dateutil.relativedelta import relativedelta

from automations.calendar import LONDON
from automations.consent import victims_of
from automations.deadlines import say
from automations.model import Case, Contact, Plan
from automations.starts.answers import FIRST, Begin, Skip, Start
from automations.starts.closing import delay_letters
from automations.starts.victim import NO_CONTACT, out_of_reach
from automations.subjects import Subject, is_theirs
from automations.versions import version_of
from schema import choices as c

REVIEW_MONTHS = 6
"""How long after the latest report a victim may ask for an ASB Case Review (R-24)."""


def further_incident(case: Case, s: Subject, now: datetime) -> Start:
    """The first report of a further incident to somebody who was harmed before (HC-107)."""
    if s.person is None or s.incident == next((i for i in case.incidents if s.person in victims_of(case, i)), None):
        return None
    return Begin(s.incident.counts_from, FIRST)


def version_agreed(case: Case, s: Subject, now: datetime) -> Start:
    """The agreement to a version of the plan after the first (HC-108)."""
    row = s.record
    assert isinstance(row, Plan), "the scope is plan"
    if not row.agreed_at:
        return None
    return Begin(row.agreed_at, "the new version being agreed") if version_of(case, row) > 1 else None


def agency_failing(case: Case, s: Subject, now: datetime) -> Start:
    """A contact in which the victim said that an agency does not deliver (HC-070)."""
    row = s.record
    assert isinstance(row, Contact), "the scope is contact"
    failing = row.agencies_deliver is c.YesNo.NO and row.result is c.ContactResult.MADE
    return Begin(row.at, "the contact") if failing and row.at else None


def findings_owed(case: Case, s: Subject, now: datetime) -> Start:
    """The first report; a delay letter never moves it, and is the reason beside it (R-04)."""
    letters = [x for x in delay_letters(case, s) if is_theirs(case, s.person, x.to_id)]
    told = [
        f"it went on {_day(x.sent_at)}" + (f" and gave {_day(x.revised_target)}" if x.revised_target else "")
        for x in sorted(letters, key=lambda x: x.sent_at or now) if x.sent_at
    ]  # fmt: skip
    because = f"A delay letter was needed: {'; '.join(told)}. Why stands in Reason for delay." if told else ""
    return Begin(s.incident.counts_from, FIRST, because=because)


def case_review_possible(case: Case, s: Subject, now: datetime) -> Start:
    """The first report, or the case being brought over: every hate case may qualify for an ASB Case Review (R-24)."""
    if case.division is not c.Division.ENGLAND_AND_WALES:
        return Skip("The ASB Case Review is of England and Wales only.")
    first = case.incidents[0]
    if out_of_reach(case, first):
        return NO_CONTACT
    if case.imported and case.created_at > first.counts_from:
        return Begin(case.created_at, "the case being brought over")
    return Begin(first.counts_from, FIRST)


def case_review_until(case: Case) -> date | None:
    """The last day on which the victim may ask for an ASB Case Review; None outside England and Wales (R-24)."""
    if case.division is not c.Division.ENGLAND_AND_WALES or not case.incidents:
        return None
    latest = max(i.counts_from for i in case.incidents).astimezone(LONDON).date()
    return latest + relativedelta(months=REVIEW_MONTHS)


def _day(moment: datetime) -> str:
    return say(moment).rpartition(" ")[0]
