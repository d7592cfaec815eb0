"""Earlier: a case as it stood at a moment, so far as its records say when each thing was said or decided.

In: a case, a moment of the past. Out: the case without the answers, decisions and positions of later.
Never here: what was right then judged by what was learned since.
"""

from dataclasses import replace
from datetime import datetime

from automations import refusals
from automations.model import Case, Consent, Incident
from automations.rules import decided_at
from schema.choices import PolicePosition


def as_it_stood(case: Case, then: datetime) -> Case:
    """The case at that moment: what was taken back or decided afterwards had not been yet."""
    return replace(
        case,
        consents=tuple(_answer(x, then) for x in case.consents),
        approvals=tuple(x for x in case.approvals if x.decision is None or decided_at(x) <= then),
        incidents=tuple(_position(x, then) for x in case.incidents),
        developments=refusals.as_of(case.developments, then),
    )


def _answer(row: Consent, then: datetime) -> Consent:
    """The answer as it stood: taken back afterwards, it had been given."""
    if row.withdrawn_at and row.withdrawn_at > then:
        return replace(row, withdrawn_at=None, last_refused_at=None, refused_unseen_at=None)
    return row


def _position(row: Incident, then: datetime) -> Incident:
    """What the police said later was not known yet."""
    if row.police_position_at and row.police_position_at > then:
        return replace(row, police_position=PolicePosition.NOT_KNOWN, police_position_at=None)
    return row
