"""Starts that follow from harassment proved: legal action, and the charge for damage (13.0).

In: a case, a subject, the moment. Out: Begin, Wait, Skip, or None where the step has no place on this case.
Never here: action taken without the victims' agreement (R-01); a charge without proof.
"""

from datetime import datetime

from automations.consent import all_agree
from automations.model import Case, Repair
from automations.rules import decided_at, manager_decided
from automations.starts.answers import Begin, Start, Wait, once_agreed
from automations.subjects import Subject
from schema import choices as c


def proved(case: Case, s: Subject, now: datetime) -> Start:
    """A line manager's decision that harassment is proved, and the victims' agreement to legal action (HC-114)."""
    row = manager_decided(case, c.Matter.WARRANTED, incident=s.incident)
    if row is None or row.decision is not c.Decision.AGREED:
        return None
    if not (row.reason or "").strip():
        return Wait(f"Approvals {row.id}: say what proves it: an admission, a court, or the balance of probabilities.")
    says = all_agree(case, c.Option.LEGAL, s.incident, now)
    return once_agreed(says, s, Begin(decided_at(row), "the decision that harassment is proved"))


def damage_proved(case: Case, s: Subject, now: datetime) -> Start:
    """When it was proved who did the damage, and the victims' agreement to contact with them (HC-119)."""
    row = s.record
    assert isinstance(row, Repair), "the scope is repair"
    if not (row.proof or "").strip():
        return Wait("Without proof of who did it nobody is charged.") if row.recharged_at else None
    if row.proved_at is None:
        return Wait(f"Repairs {row.id}: enter when it was proved who did it.")
    if s.person is None:
        return Wait(f"Repairs {row.id}: enter who is charged.")
    says = all_agree(case, c.Option.PERPETRATOR, s.incident, now, about=s.person)
    return once_agreed(says, s, Begin(row.proved_at, "the proof of who did it"))
