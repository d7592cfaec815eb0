"""Works: the piece of work that a repair order or a charge is about.

In: what a letter is written from. Out: the repair, what it is in everyday words, the instant it is due.
Never here: whose home it is, or what happened there.
"""

from datetime import datetime

from automations.letters.languages import listed
from automations.letters.writing import Writing
from automations.model import Incident, Repair
from schema import choices as c

STEPS = {c.RepairKind.GRAFFITI: "remove_graffiti"} | dict.fromkeys(c.SECURITY_MEASURES, "security_measures")


def charged(of: Writing) -> Repair | None:
    """The repair that the letter's row names or, where it names none, the only one charged to this person."""
    theirs = [x for x in of.case.repairs if of.to and x.recharge_to_id == of.to.id and _incident(of, x) == of.incident]
    return _only(of, theirs)


def ordered(of: Writing) -> Repair | None:
    """The repair that the letter's row names or, where it names none, the only one still to be done."""
    if of.row and of.row.repair_id:
        return _only(of, list(of.case.repairs))
    return _only(of, [x for x in of.case.repairs if not over(x)])


def _only(of: Writing, among: list[Repair]) -> Repair | None:
    named = of.row.repair_id if of.row else None
    found = [x for x in among if named is None or x.id == named]
    return found[0] if len(found) == 1 else None


def _incident(of: Writing, repair: Repair) -> Incident | None:
    """The incident of a repair: one that names none is of the first."""
    return of.case.incident_of(repair.incident_id) if repair.incident_id else of.case.incidents[0]


def over(repair: Repair) -> bool:
    """Whether there is nothing to do any more."""
    return repair.done_at is not None or bool((repair.not_needed or "").strip())


def step_of(repair: Repair) -> str:
    """The step of the procedure that asks for it."""
    return STEPS.get(repair.kind, "emergency_repair") if repair.kind else "emergency_repair"


def due(of: Writing, repair: Repair) -> datetime | None:
    """When it must be finished, as the step's action says; None while there is no such action (HC-060c, HC-060d)."""
    step, tail = step_of(repair), f"/repair-{repair.id}"
    rows = [x for x in of.case.actions if x.step == step and x.due_at and (x.key or "").endswith(tail)]
    return rows[0].due_at if rows else None


def work_of(of: Writing, repair: Repair) -> str | None:
    """What a charge says of the work; None where it has no words: what protects somebody's home is no damage."""
    return listed(of.language, "works.yaml").get(repair.kind.name) if repair.kind else None
