"""Evidence of what was done for the victim's home and against whoever did it: rehousing, law, charges (7.0, 13.0).

In: a case (times in the future already left out), a subject. Out: what happened, when, on which record.
Never here: a booking, a draft or an attempt taken for the thing itself; a decision without its author (R-25).
"""

from automations import panel
from automations.evidence.shown import Evidence, Found, earliest, is_about, row_shows
from automations.model import Case, Rehousing, Repair
from automations.rules import decided_at, manager_decided
from automations.subjects import Subject, is_theirs
from schema import choices as c

FORMS = (c.RehousingKind.TRANSFER, c.RehousingKind.MANAGEMENT_TRANSFER)


def temporary_tried(case: Case, s: Subject) -> Found:
    """Somewhere temporary was asked for, and it is said where (HC-073)."""
    return earliest(
        row_shows("Rehousing", x, x.called_at if x.asked else None)
        for x in case.rehousing
        if x.kind is c.RehousingKind.TEMPORARY and is_about(case, s, x.incident_id)
    )


def form_given(case: Case, s: Subject) -> Found:
    """The transfer application form went to this victim (HC-074)."""
    rows = [x for x in case.rehousing if x.kind in FORMS and is_theirs(case, s.person, x.person_id)]
    return earliest(row_shows("Rehousing", x, x.form_given_at) for x in rows)


def priority_decided(case: Case, s: Subject) -> Found:
    """The panel's decision, or the director's for the estate's sake: granted or not (HC-071, HC-075, A-40)."""
    found = panel.decision(case, s.record) if isinstance(s.record, Rehousing) else None
    if found is None:
        return None
    _, at, key = found
    recorded = [
        x.decided_recorded_at or x.recorded_at for x in case.approvals if f"Approvals {x.id}" in key.split(", ")
    ]
    return Evidence(key, at, max(recorded))


def legal_step_decided(case: Case, s: Subject) -> Found:
    """A legal step taken, or a decision with its reason, also one to do nothing (HC-114, HC-115)."""
    rows = [x for x in case.legal if is_about(case, s, x.incident_id)]
    steps = [row_shows("Legal", x, x.taken_at) for x in rows if x.kind is c.LegalKind.STEP]
    return earliest([
        *steps,
        *(row_shows("Legal", x, x.decided_at) for x in rows
          if x.kind is c.LegalKind.DECISION and (x.decided or "").strip() and (x.reason or "").strip()),
    ])  # fmt: skip


def recharged(case: Case, s: Subject) -> Found:
    row = s.record
    return row_shows("Repairs", row, row.recharged_at) if isinstance(row, Repair) else None


def landlord_reply_weighed(case: Case, s: Subject) -> Found:
    """What the other landlord did is on the referral, and a line manager said with why if it is enough (HC-118)."""
    about = (c.Purpose.OTHER_LANDLORD, c.Purpose.DIRECTOR)
    answered = any(
        x.purpose in about and (x.outcome or "").strip() and s.person and x.person_id == s.person.id
        and is_about(case, s, x.incident_id)
        for x in case.referrals
    )  # fmt: skip
    row = manager_decided(case, c.Matter.LANDLORD_ACTION, person=s.person, incident=s.incident)
    return row_shows("Approvals", row, decided_at(row)) if answered and row and (row.reason or "").strip() else None
