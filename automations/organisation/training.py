"""Training: whose a briefing or course was, and which a role needs (HC-147 to HC-150).

In: the organisation. Out: members of staff, their rows, sentences about rows that cannot be used.
Never here: a name in a sentence or a key: a member of staff is their job title and the id of their record.
"""

from datetime import date

from automations.model import PolicyReview, Staff, Training
from automations.organisation.whole import Organisation
from schema.choices import StaffRole, TrainingKind

NEEDED: dict[StaffRole, TrainingKind] = {
    StaffRole.ADVISER: TrainingKind.FIRST_COMPLAINTS,
    StaffRole.OFFICER: TrainingKind.INVESTIGATING,
    StaffRole.SUPERVISOR: TrainingKind.INVESTIGATING,
    StaffRole.REGIONAL: TrainingKind.INVESTIGATING,
    StaffRole.ASB_MANAGER: TrainingKind.INVESTIGATING,
}
"""Who takes first complaints (HC-149), and who investigates and monitors (HC-150, A-15)."""


def members(org: Organisation) -> list[Staff]:
    """Everybody who works here now."""
    return [x for x in org.office.staff if not x.has_left]


def words_of(member: Staff) -> str:
    """A member of staff without their name: "Housing Officer, Staff 3"."""
    return f"{member.job_title or member.role or 'Member of staff'}, Staff {member.id}"


def done(org: Organisation, member: Staff, kind: TrainingKind, since: date | None = None) -> Training | None:
    """The first of that kind which a member of staff has had, on or after `since`."""
    rows = [x for x in org.training_of(member) if x.kind is kind and x.done_on]
    rows = [x for x in rows if since is None or (x.done_on and x.done_on >= since)]
    return min(rows, key=lambda x: x.done_on or date.max, default=None)


def started_on(org: Organisation, member: Staff) -> date | None:
    """When a member of staff began, as the office base says; else as a row of theirs in Training does."""
    told = (x.started_on for x in org.training_of(member) if x.started_on)
    return member.started_on or min(told, default=None)


def to_brief(org: Organisation, review: PolicyReview) -> list[Staff]:
    """Whom a policy review asks to be briefed: all but those who began after it and are briefed at induction."""
    day = review.reviewed_on or date.max
    return [x for x in members(org) if (started_on(org, x) or day) <= day]


def unbriefed(org: Organisation, review: PolicyReview) -> list[Staff]:
    """Who has not been briefed since it."""
    day = review.reviewed_on
    return [x for x in to_brief(org, review) if done(org, x, TrainingKind.AFTER_REVIEW, day) is None]


def lacks(org: Organisation, row: Training) -> list[str]:
    """Why a row does not count, a sentence each."""
    said = org.said_of("Training", row.id)
    if row.whose and org.whose(row.whose) is None:
        said.append("Member of staff: the office base has nobody, or more than one, of that name: use the address.")
    if row.done_on and row.kind is None:
        said.append("Say which kind it was.")
    if row.done_on and not row.whose:
        said.append("Say whose it was.")
    return said
