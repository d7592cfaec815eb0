"""What evidence is, and the ways it is shown: the row, the letter sent, the referral gone, the review held.

In: a case (times in the future already left out), a subject. Out: what happened, when, on which record.
Never here: a booking, a draft or an attempt taken for the thing itself; a decision without its author (R-25).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from automations.model import Action, Case, Referral, Review, Row
from automations.moved import DONE, stands
from automations.rules import is_line_manager
from automations.sent import was_posted
from automations.subjects import Subject, is_theirs
from schema import choices as c


class Evidence(NamedTuple):
    """What shows it: the record's key, when it happened, when it was recorded (both UTC).

    `measured_at` is what counts against the due date where that is not when it happened: the day of a
    re-arranged meeting (A-20). `by_manager`: of a review, whether a line manager made it.
    """

    key: str
    happened_at: datetime
    recorded_at: datetime
    measured_at: datetime | None = None
    by_manager: bool = False

    @property
    def counts_at(self) -> datetime:
        """The instant set against the due date."""
        return self.measured_at or self.happened_at


Found = Evidence | None
OUTCOMES = (c.LetterKind.VICTIM_OUTCOME,)
WRITTEN = (c.LetterKind.VICTIM_OUTCOME, c.LetterKind.PROGRESS, c.LetterKind.DELAY)
COUNTED = (c.Purpose.CDRP_NOTICE, c.Purpose.CDRP_UPDATE)
"""What the partnership was told of once it counts, called back or not: the incident happened."""


def row_shows(table: str, row: Row, at: datetime | None) -> Found:
    """What a row shows once its time is filled; nothing before."""
    return Evidence(f"{table} {row.id}", at, row.recorded_at) if at else None


def earliest(found: Iterable[Found]) -> Found:
    """The one that happened first."""
    return min((e for e in found if e), key=lambda e: e.happened_at, default=None)


def is_about(case: Case, s: Subject, incident_id: str | None) -> bool:
    """Whether a record that names an incident, or none (then the only one there was), is about the subject's."""
    found = case.incident_of(incident_id)
    return found is not None and found.id == s.incident.id


def shown_before(case: Case, row: Action | None) -> Found:
    """What an action was done by before the bases were moved, where that was a decision that still stands as it came:
    its author stayed behind with the old bases (decision 74). It completes the step, and opens no gate.
    """
    if case.moved_at is None or row is None or row.state not in DONE or not row.evidence_key or row.done_at is None:
        return None
    decisions = (*(("Reviews", x) for x in case.reviews), *(("Approvals", x) for x in case.approvals))
    came = {f"{table} {x.id}" for table, x in decisions if stands(case.moved_at, x)}
    whole = came.issuperset(row.evidence_key.split(", "))
    return Evidence(row.evidence_key, row.done_at, row.done_at) if whole else None


def in_order(found: Iterable[Found]) -> list[Evidence]:
    """By when they happened."""
    return sorted((e for e in found if e), key=lambda e: (e.happened_at, e.key))


def same_words(one: str | None, other: str) -> bool:
    """Whether two names of an organisation are the same but for spaces and capitals."""
    return " ".join((one or "").lower().split()) == " ".join(other.lower().split())


def letter_sent(
    case: Case, s: Subject, kinds: tuple[c.LetterKind, ...], since: datetime | None = None, any_incident: bool = False
) -> Found:
    """A letter of that kind to the subject's person that staff say was sent, and that lacks no approval (A-33)."""
    return earliest(
        row_shows("Letters", x, x.sent_at)
        for x in case.letters
        if x.kind in kinds and was_posted(case, x) and (any_incident or is_about(case, s, x.incident_id))
        and is_theirs(case, s.person, x.to_id)
        and (since is None or (x.sent_at and x.sent_at >= since))
    )  # fmt: skip


def referral_gone(x: Referral) -> Found:
    """A referral made by hand, or one that the partner's desk took and that nobody called back."""
    return row_shows("Referrals", x, x.by_hand_at) or sent_to_partner(x)


def sent_to_partner(x: Referral) -> Found:
    """A referral in writing, by the way to the partner's desk. Called back it shows nothing: it is owed anew."""
    there = c.WENT if x.purpose in COUNTED else c.WENT_AND_STANDS
    return row_shows("Referrals", x, x.sent_at if x.state in there else None)


def written_to(case: Case, s: Subject, purpose: c.Purpose) -> Found:
    """A referral of that purpose in writing, about the incident and the subject's person."""
    rows = [x for x in case.referrals if x.purpose is purpose and is_about(case, s, x.incident_id)]
    return earliest(sent_to_partner(x) for x in rows if s.person is None or x.person_id == s.person.id)


def rung_up(case: Case, s: Subject, purpose: c.Purpose) -> Found:
    """A referral of that purpose made by hand, about the incident and the subject's person."""
    rows = [x for x in case.referrals if x.purpose is purpose and is_about(case, s, x.incident_id)]
    return earliest(
        row_shows("Referrals", x, x.by_hand_at) for x in rows if s.person is None or x.person_id == s.person.id
    )


def partner_told(
    case: Case, s: Subject, purpose: c.Purpose, person: bool = False, since: datetime | None = None
) -> Found:
    """A referral of that purpose about the incident, made at or after `since`; `person`: about the subject's person."""
    wanted = s.person.id if person and s.person else None
    rows = [x for x in case.referrals if x.purpose is purpose and is_about(case, s, x.incident_id)]
    gone = [referral_gone(x) for x in rows if wanted is None or x.person_id == wanted]
    return earliest(e for e in gone if e and (since is None or e.happened_at >= since))


def not_discussed(row: Review) -> list[str]:
    """What a first discussion must cover and, by its ticks, did not (HC-047)."""
    ticks = {"Plan proposals discussed": row.plan_discussed, "Repairs and security discussed": row.repairs_discussed,
             "Emergency legal action discussed": row.legal_discussed}  # fmt: skip
    return [name for name, ticked in ticks.items() if not ticked]


def reviews_held(case: Case, s: Subject, *kinds: c.ReviewKind, outcome: bool = False) -> list[Found]:
    """Reviews of those kinds with findings by a line manager (HC-112); `outcome`: that covered the outcome (A-07)."""

    def counts(r: Review) -> bool:
        fits = r.kind in kinds and is_about(case, s, r.incident_id) and (r.covers_outcome or not outcome)
        whole = r.kind is not c.ReviewKind.FIRST or not not_discussed(r)
        return fits and whole and bool(r.findings) and is_line_manager(case, r)

    return [row_shows("Reviews", r, r.held_at) for r in case.reviews if counts(r)]
