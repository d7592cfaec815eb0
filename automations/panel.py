"""The panel: who may grant high priority for rehousing, by the audit and never by one hand alone (7.0).

In: a case, a request for rehousing. Out: the decision and when it was made, or what it still lacks.
Never here: a line manager's approval taken for the panel's (R-25, R-26); a role read from the case.
"""

from datetime import datetime

from automations.model import Approval, Case, Rehousing
from automations.rules import decided_at, is_own_officer
from schema import choices as c

Kind, Role = c.RehousingKind, c.StaffRole
DECIDED_BY: dict[c.RehousingKind, tuple[c.Matter, tuple[c.StaffRole, ...]]] = {
    Kind.MANAGEMENT_TRANSFER: (c.Matter.TRANSFER, (Role.LETTINGS, Role.DIRECTOR)),
    Kind.ESTATE: (c.Matter.ESTATE, (Role.DIRECTOR,)),
}
"""Kinds of request that somebody grants: the matter, and the roles that must each decide it (HC-071, HC-075, A-40)."""
MATTERS = frozenset(matter for matter, _ in DECIDED_BY.values())


def sits(row: Approval, case: Case) -> bool:
    """Whether the row's author, as the audit names them, sits on the panel for its matter and is not the officer."""
    roles = next((roles for matter, roles in DECIDED_BY.values() if matter is row.matter), ())
    return row.author is not None and row.author.role in roles and not is_own_officer(case, row.author)


def decision(case: Case, request: Rehousing) -> tuple[c.Decision, datetime, str] | None:
    """What was decided, when the last of them did, and on which records; None until each role said the same, with why.

    The latest row of each role counts. Others may sit on the panel; without these it has decided nothing.
    """
    if request.kind not in DECIDED_BY:
        return None
    matter, roles = DECIDED_BY[request.kind]
    rows = [
        x for x in case.approvals if x.matter is matter and x.decision and sits(x, case) and _is_of(case, x, request)
    ]
    latest = [
        max((x for x in rows if x.author and x.author.role is role), key=_seen_at, default=None) for role in roles
    ]
    found = [x for x in latest if x and (x.reason or "").strip() and x.decision]
    if len(found) < len(roles) or len({x.decision for x in found}) != 1:
        return None
    one = found[0].decision
    assert one, "only rows with a decision are looked at"
    return one, max(map(decided_at, found)), ", ".join(f"Approvals {x.id}" for x in found)


def unsettled(case: Case) -> list[str]:
    """A sentence for each decision on rehousing that counts for nothing yet."""
    said = [
        f"Approvals {x.id}: {x.matter} is decided by the {' and the '.join(str(r).lower() for r in _roles(x))}, so "
        "this row does not count."
        for x in case.approvals
        if x.matter in MATTERS and (x.decision or x.altered) and not sits(x, case)
    ]
    said += [f"Approvals {x.id}: give the reason; until then it does not count." for x in case.approvals
             if x.matter in MATTERS and x.decision and sits(x, case) and not (x.reason or "").strip()]  # fmt: skip
    asked = [DECIDED_BY[x.kind][0] for x in case.rehousing if x.kind and x.kind in DECIDED_BY]
    said += [f"Approvals {x.id}: say which request for rehousing it decides." for x in case.approvals
             if x.matter in MATTERS and x.decision and x.rehousing_id is None
             and asked.count(x.matter) != 1]  # fmt: skip
    return said


def _roles(row: Approval) -> tuple[c.StaffRole, ...]:
    return next(roles for matter, roles in DECIDED_BY.values() if matter is row.matter)


def _is_of(case: Case, row: Approval, request: Rehousing) -> bool:
    """Whether it decides this request. One that names none decides the only one of its kind."""
    if row.rehousing_id is not None:
        return row.rehousing_id == request.id
    return [x.id for x in case.rehousing if x.kind is request.kind] == [request.id]


def _seen_at(row: Approval) -> tuple[datetime, datetime]:
    return row.decided_recorded_at or row.recorded_at, decided_at(row)
