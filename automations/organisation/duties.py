"""Duties of the organisation: what sections 14 to 18 ask now, one a step and area, review or member of staff.

In: the organisation, the rules. Out: duties, for remembered.py to keep as it keeps a case's.
Never here: what was promised or late before, a write, a person's name in a key or in words.
"""

from collections.abc import Iterator
from dataclasses import replace

from automations.calendar import calendar_for
from automations.deadlines import deadline
from automations.duties import DONE, Duty, was_corrected
from automations.evidence import Evidence
from automations.model import Area
from automations.organisation import policy
from automations.organisation.shown import SHOWN
from automations.organisation.starts import STARTS
from automations.organisation.training import NEEDED, members, words_of
from automations.organisation.whole import Organisation, Whole
from automations.procedure import NO_CASE, STEPS, Step
from automations.rules import Rules
from automations.starts import Begin, Start, Wait
from schema.choices import Division


def owed(org: Organisation, rules: Rules) -> Iterator[Duty]:
    """Everything owed, waiting or done, in the procedure's order."""
    for step in STEPS:
        if step.id in NO_CASE:
            for whole in wholes(org, step):
                yield from _each(org, step, whole, rules)


def wholes(org: Organisation, step: Step) -> list[Whole]:
    """What there is one action of a step for."""
    match step.id:
        case "area_review":
            reviewed = {area.id for x in org.area_reviews if (area := org.office.area(x.area))}
            areas = [x for x in org.office.areas if org.of_area(x) or x.id in reviewed]
            return [Whole(x.id, x.name, x, area=x.name) for x in areas]
        case "policy_review":
            return [Whole("", "The policy and procedure")]
        case "staff_briefing":
            return [Whole(x.id, f"Policy reviews {x.id}, {x.reviewed_on:%d %B %Y}", x) for x in policy.counting(org)]
        case "induction_briefing":
            return [Whole(x.id, words_of(x), x) for x in members(org)]
        case "role_training":
            kinds = [(x, NEEDED[x.role]) for x in members(org) if x.role in NEEDED]
            return [Whole(f"{x.id}/{kind.name.lower()}", f"{kind}: {words_of(x)}", x) for x, kind in kinds]
    return []


def _each(org: Organisation, step: Step, whole: Whole, rules: Rules) -> Iterator[Duty]:
    """Each occurrence counts from the one before it, and the next stays owed; one where it does not recur.

    Where that one was deleted or corrected, or nothing was open in between, the later date is what they are measured
    by; what was reviewed keeps the date that stood then (R-10).
    """
    stem = "/".join(filter(None, (step.id, whole.key)))
    shown = SHOWN[step.evidence](org, whole)
    start = STARTS[step.start]
    if not step.recurs:
        yield from _begun(step, whole, stem, start(org, whole, None), shown[0] if shown else None, rules)
        return
    rows = {a.key: a for a in reversed(org.actions)}
    last: Evidence | None = None
    slid = False
    for n, evidence in enumerate([*shown, None], 1):
        row, begun = rows.get(f"{stem}/{n}"), start(org, whole, last)
        anew = isinstance(begun, Begin) and not (last and begun.at == last.happened_at)
        kept = row and row.state in DONE and row.due_at and not slid
        corrected = evidence is not None and was_corrected(row, evidence)
        for duty in _begun(step, whole, f"{stem}/{n}", begun, evidence, rules):
            later = row and row.first_due and duty.deadline and duty.deadline.at > row.first_due
            moved = replace(duty, moved=True) if (slid or anew) and later else duty
            yield replace(moved, deadline=None) if kept and evidence and not corrected else moved
        slid = slid or corrected
        last = evidence


def _begun(step: Step, whole: Whole, key: str, start: Start, evidence: Evidence | None, rules: Rules) -> Iterator[Duty]:
    duty = Duty(key, step, whole, evidence=evidence)
    match start:
        case Begin(at, words):
            area = whole.record if isinstance(whole.record, Area) else None
            length, because = rules.length_in(area, step, at)
            division = (area.division if area else None) or Division.ENGLAND_AND_WALES
            limit = deadline(step, at, words, calendar_for(division), length, because)
            yield replace(duty, deadline=limit)
        case Wait(why):
            yield duty if evidence else replace(duty, waits=why)
