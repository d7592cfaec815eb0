"""Evidence of the action plan kept up to date, of agencies chased, and of what the victim was told they may ask for.

In: a case (times in the future already left out), a subject. Out: what happened, when, on which record.
Never here: a booking, a draft or an attempt taken for the thing itself; a decision without its author (R-25).
"""

from automations.evidence.shown import Evidence, Found, earliest, row_shows
from automations.model import Case, Contact, Plan
from automations.options import answered_at, earlier_yeses, heard_again
from automations.subjects import Subject, is_theirs
from automations.versions import version_of
from schema import choices as c


def reconfirmed(case: Case, s: Subject) -> Found:
    """The plan reconfirmed for the incident, or every earlier yes answered again for it (HC-107).

    Of somebody who had agreed to nothing: any answer since the incident was reported.
    """
    if s.person is None:
        return None
    at = s.incident.counts_from
    whole = [
        row_shows("Action plan", p, p.reconfirmed_at) for p in case.plans
        if p.reconfirmed_at and p.reconfirmed_at >= at and p.incident_id in (None, s.incident.id)
        and is_theirs(case, s.person, p.victim_id)
    ]  # fmt: skip
    return earliest([*whole, _one_by_one(case, s)])


def _one_by_one(case: Case, s: Subject) -> Found:
    """The answer that made them complete: the last of the first answers to each earlier yes."""
    assert s.person, "asked for a victim only"
    earlier = earlier_yeses(case, s.person, s.incident)
    rows = [x for x in case.consents if is_theirs(case, s.person, x.victim_id)
            and x.incident_id in (None, s.incident.id)]  # fmt: skip
    answers = {x.id: (at, x) for x in rows if (at := answered_at(x)) and at >= s.incident.counts_from}
    if not answers:
        return None
    again = [heard_again(case, x, s.person, s.incident) for x in earlier]
    if not all(again):
        return None
    done = max(map(min, again)) if again else min(at for at, _ in answers.values())
    row = next(x for at, x in answers.values() if at == done)
    return Evidence(f"Consents {row.id}", done, row.recorded_at)


def version_signed(case: Case, s: Subject) -> Found:
    """This version signed, or a later one of the same victim's."""
    row = s.record
    if not isinstance(row, Plan):
        return None
    number = version_of(case, row)
    later = [x for x in case.plans if x.victim_id == row.victim_id and x.agreed_at and version_of(case, x) >= number]
    return earliest(row_shows("Action plan", x, x.signed_at) for x in later)


def agency_chased(case: Case, s: Subject) -> Found:
    """The chasing itself, or a later contact in which the victim said that agencies deliver (HC-070)."""
    row = s.record
    if not isinstance(row, Contact):
        return None
    since = [
        row_shows("Contacts", x, x.at) for x in case.contacts
        if x.at and row.at and x.at > row.at and x.agencies_deliver is c.YesNo.YES
        and x.result is c.ContactResult.MADE and x.person_id == row.person_id
    ]  # fmt: skip
    return earliest([row_shows("Contacts", row, row.chased_at), *since])


def told_of_case_review(case: Case, s: Subject) -> Found:
    return row_shows("Cases", case, case.case_review_told_at)
