"""Starts that follow from the report itself: the case, risk, the home, witnesses.

In: a case, a subject, the moment. Out: Begin, Wait, Skip, or None where the step has no place on this case.
Never here: a wait for anybody's agreement before help is owed (R-19).
"""

from datetime import datetime, timedelta

from automations.consent import Says, all_agree, any_agrees
from automations.model import Case, Repair
from automations.starts.answers import FIRST, Begin, Skip, Start, Wait, once_agreed
from automations.starts.victim import first_of, from_first, out_of_reach
from automations.subjects import Subject
from schema import choices as c

A_DAY = timedelta(days=1)


def first_report(case: Case, s: Subject, now: datetime) -> Start:
    """When anybody working for the landlord was first told of the incident (A-05)."""
    return Begin(s.incident.counts_from, FIRST)


def logged_by(case: Case, s: Subject, now: datetime) -> Start:
    """The first report; records brought over from elsewhere are exempt (R-08)."""
    return Skip("Brought over from older records.") if case.imported else first_report(case, s, now)


def victim_to_check(case: Case, s: Subject, now: datetime) -> Start:
    """The first report, once anything is known by which the victim's tenancy can be found (HC-037)."""
    incident = first_of(case, s.person)
    if out_of_reach(case, incident or case.incidents[0]):
        return Wait("Nobody knows yet who the victim is.")
    return from_first(case, incident)


def first_report_of_case(case: Case, s: Subject, now: datetime) -> Start:
    """The first incident's first report; further incidents need none of this (HC-106)."""
    return Begin(case.incidents[0].counts_from, FIRST)


def someone_at_risk(case: Case, s: Subject, now: datetime) -> Start:
    """A child or adult is at risk (HC-022); nobody's agreement is needed (R-19)."""
    i = s.incident
    if c.YesNo.YES in (i.children_at_risk, i.adult_at_risk):
        return Begin(i.risk_known_at or i.counts_from, "the risk being known")
    asked = {"a child": i.children_at_risk, "an adult": i.adult_at_risk}
    unknown = [f"Ask whether {who} is at risk." for who, answer in asked.items() if answer is c.YesNo.NOT_KNOWN]
    return Wait(" ".join(unknown)) if unknown else Skip("Nobody is at risk.")


def unsafe_home(case: Case, s: Subject, now: datetime) -> Start:
    """The victim is not safe at home, or fears staying (HC-015, HC-073)."""
    i = s.incident
    if i.safe_at_home is c.YesNo.NO or case.fears_staying is c.YesNo.YES:
        says = any_agrees(case, c.Option.HOMELESSNESS, i, now)
        return Skip(says.why) if says.says is Says.NO else Begin(i.counts_from, FIRST)
    if i.safe_at_home is c.YesNo.NOT_KNOWN:
        return Wait("Ask whether it is safe to be at home.")
    return Skip("It is safe to be at home.")


def legal_considered(case: Case, s: Subject, now: datetime) -> Start:
    """Emergency legal action is in view (HC-020)."""
    if case.legal_considered is c.YesNo.YES:
        return Begin(s.incident.counts_from, FIRST)
    if case.legal_considered is c.YesNo.NOT_KNOWN:
        return Wait("Decide whether emergency legal action is considered.")
    return Skip("Emergency legal action is not considered.")


def nobody_to_ask(case: Case, s: Subject, now: datetime) -> Start:
    """The first report, where it was anonymous and says of no victim how to reach them (R-21, A-35)."""
    known = any(a.step == "chase_contact" and (a.key or "").endswith(f"/{s.key}") for a in case.actions)
    if s.incident.reporter is not c.Reporter.ANONYMOUS:
        return Skip("The report is not anonymous.") if known else None
    return Begin(s.incident.counts_from, FIRST) if known or out_of_reach(case, s.incident) else None


def repair_known(case: Case, s: Subject, now: datetime) -> Start:
    """When an emergency repair was known to be needed, never before the first report (A-19)."""
    repair = _repair(s)
    if repair.kind is c.RepairKind.GRAFFITI or repair.kind in c.SECURITY_MEASURES:
        return None
    return _work(repair, s, repair.known_at or repair.reported_at)


def graffiti_known(case: Case, s: Subject, now: datetime) -> Start:
    """From the report of the graffiti or the known need, whichever is earlier (R-19)."""
    repair = _repair(s)
    if repair.kind is not c.RepairKind.GRAFFITI:
        return None
    known = min((x for x in (repair.known_at, repair.reported_at) if x), default=None)
    return _work(repair, s, known, earlier=True)


def security_need(case: Case, s: Subject, now: datetime) -> Start:
    """When the need for a security measure was known (R-01): neither the approval nor the victim's answer moves it."""
    repair = _repair(s)
    if repair.kind not in c.SECURITY_MEASURES:
        return None
    says = all_agree(case, c.Option.SECURITY, s.incident, now)
    return Skip(says.why) if says.says is Says.NO else _work(repair, s, repair.known_at or repair.reported_at)


def witness_known(case: Case, s: Subject, now: datetime) -> Start:
    """The first report, or when a later witness was found (R-06). Not known whether there is one: the clock runs.

    Where there may be one among the neighbours it waits for the victim's agreement to asking them (R-01).
    """
    at = s.incident.counts_from
    if s.person is None:
        if s.incident.witnesses_known is c.Witnesses.NONE:
            return Skip("No witness is likely.")
        first = Begin(at, FIRST)
        if s.incident.witnesses_known is not c.Witnesses.LIKELY:
            return first
        return once_agreed(all_agree(case, c.Option.NEIGHBOURS, s.incident, now), s, first)
    if s.person.evidence_use is c.WitnessUse.UNWILLING:
        return Skip("The witness does not want their evidence used.")
    found = s.person.identified_at
    if found and found > at:
        return Begin(found, "the day the witness was found", instead=at)
    entered = s.person.created_at  # one entered later may have been found later: staff have a day to say so
    new = not case.imported and entered - at > A_DAY and now - entered < A_DAY
    return Begin(at, FIRST, assumed=found is None and new)


def _work(repair: Repair, s: Subject, known: datetime | None, *, earlier: bool = False) -> Start:
    """From the known need (where not `earlier`, never before the first report); from the report if none was told."""
    if repair.not_needed:
        return Skip(f"Not needed: {repair.not_needed}")
    first = s.incident.counts_from
    if known is None:
        return Begin(first, "the first report, as nobody entered when the need was known", assumed=True)
    return Begin(known if earlier else max(known, first), "the need being known")


def _repair(s: Subject) -> Repair:
    assert isinstance(s.record, Repair), "the scope is repair"
    return s.record
