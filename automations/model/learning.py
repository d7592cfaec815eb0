"""Beyond one case: area reviews, forums and their meetings, training, prevention, policy reviews (14.0 to 18.0).

In: records, through records.py. Out: what the organisation's own duties are worked out from.
Never here: a rule, a clock, a platform. An answer nobody gave is None or Not known, never a yes.
"""

from dataclasses import dataclass
from datetime import date, datetime

from automations.model.decided import Decided
from automations.model.row import Row, cell
from schema import choices as c


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaReview(Decided):
    """A manager's fortnightly look at an area. `Findings` is the deciding field (HC-138)."""

    area: str | None = cell("Area")
    held_at: datetime | None = cell("Held at")
    plans_followed: c.YesNo = cell("Plans followed through", c.YesNo.NOT_KNOWN)
    records_adequate: c.YesNo = cell("Records adequate", c.YesNo.NOT_KNOWN)
    findings: str | None = cell("Findings")
    covered_ids: tuple[str, ...] = cell("Cases covered", ())
    missing: str | None = cell("What is missing")
    late: str | None = cell("Late or left out")
    partnership: str | None = cell("Partnership work")


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyReview(Decided):
    """A review of the policy and this procedure. `Reviewed on` is the deciding field (HC-143)."""

    reviewed_on: date | None = cell("Reviewed on")
    missing: str | None = cell("What is missing")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticsReturn(Decided):
    """The counts of an area's month. `Decision` is the deciding field (HC-052)."""

    key: str | None = cell("Key")
    month: str = cell("Month", "")
    state: c.ReferralState | None = cell("State")
    why: str | None = cell("Why")
    decision: c.ReferralDecision | None = cell("Decision")
    by_hand_at: datetime | None = cell("Made by hand at")
    fingerprint: str | None = cell("Fingerprint")
    sent_at: datetime | None = cell("Sent at")
    tries: int = cell("Tries", 0)
    try_again_at: datetime | None = cell("Try again at")
    answer: str | None = cell("Answer")
    differs: str | None = cell("Differs")
    has_files: bool = False
    """Whether both forms are there, as they were made last, and no other file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prevention(Decided):
    """A piece of work to keep hate incidents from happening. `Approved by` is the deciding field (HC-134)."""

    kind: c.PreventionKind | None = cell("Kind")
    done_on: date | None = cell("Done on")
    nobody_recognised: bool = cell("Nobody can be recognised", False)
    approved_by: str | None = cell("Approved by")
    missing: str | None = cell("What is missing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Training(Row):
    """A briefing or course of one member of staff (18.0)."""

    whose: str | None = cell("Member of staff")
    kind: c.TrainingKind | None = cell("Kind")
    started_on: date | None = cell("Started work on")
    done_on: date | None = cell("Done on")
    missing: str | None = cell("What is missing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Forum(Row):
    """A multi-agency group on equality or hate crime (14.0)."""

    name: str | None = cell("Forum")
    areas: str | None = cell("Our areas")
    part: c.ForumPart | None = cell("Our part")
    attends: str | None = cell("Who attends for us")
    contacts: str | None = cell("Contacts")
    differs: str | None = cell("Their rule differs from ours")
    rule_followed: str | None = cell("Rule we follow and who decided")


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting(Row):
    """A meeting of a forum, with its papers (HC-126, HC-130)."""

    held_on: date | None = cell("Held on")
    promised: str | None = cell("What we promised")
    outcome: str | None = cell("Outcome")
    forum_id: str | None = cell("Forum")
    discussed_ids: tuple[str, ...] = cell("Cases discussed", ())
    has_minutes: bool = False


@dataclass(frozen=True, slots=True)
class Discussed:
    """A case was discussed at a forum's meeting (HC-129). `forum` is "" where the meeting names none."""

    meeting_id: str
    forum: str
    held_on: date | None
