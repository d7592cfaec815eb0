"""Starts that follow from where the victim can live: somewhere temporary, a transfer, the panel (7.0).

In: a case, a subject, the moment. Out: Begin, Wait, Skip, or None where the step has no place on this case.
Never here: a panel asked before the officer's report is there (HC-072); help that waits for an answer (R-19).
"""

from datetime import datetime

from automations.consent import Says, any_agrees, standing
from automations.model import Case, Consent, Person, Rehousing
from automations.starts.answers import FIRST, Begin, Skip, Start, Wait, agreed
from automations.subjects import Subject
from schema import choices as c


def fears_staying(case: Case, s: Subject, now: datetime) -> Start:
    """The first report, where the victim fears staying in the home (HC-073)."""
    if case.fears_staying is c.YesNo.NO:
        return Skip("The victim does not fear staying.")
    if case.fears_staying is c.YesNo.NOT_KNOWN:
        return Wait("Ask whether the victim fears staying in the home.")
    says = any_agrees(case, c.Option.TEMPORARY, s.incident, now)
    return Skip(says.why) if says.says is Says.NO else Begin(s.incident.counts_from, FIRST)


def transfer_wanted(case: Case, s: Subject, now: datetime) -> Start:
    """When the victim said that they want to move for good (HC-074)."""
    assert isinstance(s.record, Consent), "the scope is consent"
    if s.person is None:
        return Wait("Say whose answer it is.")
    return agreed(standing(case, c.Option.TRANSFER, s.person, s.incident, now), s, "the victim's wish to move")


def report_ready(case: Case, s: Subject, now: datetime) -> Start:
    """When the officer's report was attached (HC-072)."""
    row = s.record
    assert isinstance(row, Rehousing), "the scope is a request for rehousing"
    if row.kind is c.RehousingKind.MANAGEMENT_TRANSFER:
        for victim in moving(case, s):
            says = standing(case, c.Option.MANAGEMENT_TRANSFER, victim, s.incident, now)
            if says.says is Says.NO:
                return Skip(says.why)
    return Begin(row.report_at, "the report") if row.report_at else Wait("It follows the officer's report.")


def moving(case: Case, s: Subject) -> tuple[Person, ...]:
    """The victims who would move: the one that the request names, or everybody; none where it is a witness's."""
    if s.person is None:
        return case.victims
    return (s.person,) if s.person in case.victims else ()
