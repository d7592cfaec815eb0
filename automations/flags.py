"""Flags: what a tenancy check found, and whether a line manager has talked it over since (HC-037 to HC-041, R-20).

In: a case, a person on it. Out: "" where nothing stands open, else the sentence that says what does.
Never here: help held up by a flag. Only visits alone and contact with an alleged perpetrator wait.
"""

from datetime import datetime

from automations.consent import who_must_agree
from automations.model import Case, Incident, Person, TenancyCheck
from automations.rules import decided_at, manager_decided
from automations.subjects import is_theirs
from schema import choices as c


def not_talked_over(case: Case, person: Person, now: datetime | None = None) -> str:
    """What a check of this person's tenancy, made by `now`, found that no line manager has agreed about since."""
    found = [
        x for x in case.checks
        if set(x.found) - {c.Flag.NONE} and (now is None or found_at(x) <= now) and is_theirs(case, person, x.person_id)
    ]  # fmt: skip
    if not found:
        return ""
    talked = manager_decided(case, c.Matter.FLAGS, person=person)
    agreed = talked is not None and talked.decision is c.Decision.AGREED
    if talked and agreed and decided_at(talked) >= max(map(found_at, found)):
        return ""
    flags = dict.fromkeys(str(f) for x in found for f in x.found if f is not c.Flag.NONE)
    return f"People {person.id}: the tenancy check found: {'; '.join(flags).lower()}."


def found_at(check: TenancyCheck) -> datetime:
    """When a check found what it found. A flag stands though its time cannot be used: then from when it was entered."""
    return check.checked_at or check.recorded_at


def victims_talked_over(case: Case, incident: Incident, now: datetime) -> str:
    """What still stands open about the victims, for whoever would speak to an alleged perpetrator (HC-041)."""
    open_ = [why for v in who_must_agree(case, incident) if (why := not_talked_over(case, v, now))]
    return f"{open_[0]} Talk it over with a line manager first, who records the approval." if open_ else ""
