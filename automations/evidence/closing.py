"""Evidence of reviews, and of what closing asks for.

In: a case (times in the future already left out), a subject. Out: what happened, when, on which record.
Never here: a booking, a draft or an attempt taken for the thing itself; a decision without its author (R-25).
"""

from automations.evidence.shown import Evidence, Found, earliest, in_order, letter_sent, reviews_held, row_shows
from automations.model import Case, Closure
from automations.moved import stood
from automations.rules import is_line_manager
from automations.subjects import Subject
from schema import choices as c


def progress_reviewed(case: Case, s: Subject) -> Found:
    return earliest(reviews_held(case, s, c.ReviewKind.PROGRESS))


def outcome_reviewed(case: Case, s: Subject) -> Found:
    """A review by a line manager that covered the outcome (A-07). The first discussion and a delay's cannot have."""
    kinds = (c.ReviewKind.PROGRESS, c.ReviewKind.OUTCOME, c.ReviewKind.FORTNIGHTLY)
    return earliest(reviews_held(case, s, *kinds, outcome=True))


def reviewed_again(case: Case, s: Subject) -> list[Evidence]:
    """The line manager's reviews after the first progress review (HC-111), in order."""
    kinds = (c.ReviewKind.PROGRESS, c.ReviewKind.OUTCOME, c.ReviewKind.FORTNIGHTLY)
    rows = [r for r in case.reviews if r.kind in kinds and r.findings
            and (is_line_manager(case, r) or stood(case, "Reviews", r))]  # fmt: skip
    found = in_order(row_shows("Reviews", r, r.held_at) for r in rows)
    started = [r.held_at for r in rows if r.kind is c.ReviewKind.PROGRESS and r.held_at]
    return [e for e in found if started and e.happened_at >= min(started)]


def survey_sent(case: Case, s: Subject) -> Found:
    return letter_sent(case, s, (c.LetterKind.SURVEY,), any_incident=True)


def checked_again(case: Case, s: Subject) -> Found:
    row = s.record
    return row_shows("Closures", row, row.checked_again_at) if isinstance(row, Closure) else None


def feedback_got(case: Case, s: Subject) -> Found:
    """What the victim said before closing; the survey is another thing (A-24)."""
    return earliest(
        row_shows("Feedback", x, x.got_at) for x in case.feedback if x.kind is c.FeedbackKind.BEFORE_CLOSING
    )
