"""Closing: what a regional manager's exception to closing with the victim's agreement and feedback needs (17.0).

In: a case, a closure. Out: what its exception still lacks, in a sentence.
Never here: a move taken for agreement (R-22), or the word of the alleged perpetrator or a neighbour alone (A-23).
"""

from automations.calendar import LONDON, NotKnown, calendar_for
from automations.consent import names
from automations.model import Case, Closure, Person
from schema import choices as c

ATTEMPTS, WAYS, WORKING_DAYS = 3, 2, 10
"""How often, in how many ways and over how long somebody is tried before they count as not to be reached (A-23)."""

NOT_ALONE = frozenset({c.Source.PERPETRATOR, c.Source.NEIGHBOUR})
"""Nothing is closed on their word alone."""


def heard(case: Case) -> bool:
    """Whether the victim said what they think before closing (HC-142)."""
    return any(x.kind is c.FeedbackKind.BEFORE_CLOSING and x.got_at for x in case.feedback)


def brought_over(case: Case, row: Closure) -> bool:
    """Whether the older records closed it, before the case was brought over (R-08)."""
    return case.imported and row.closed_at is not None and row.closed_at < case.created_at


def exception_lacks(case: Case, row: Closure) -> str:
    """What an exception that a regional manager recorded still lacks; "" where it holds (HC-142, HC-144, R-22)."""
    if brought_over(case, row):
        return ""
    kind = row.exception_kind
    if kind is None and row.victim_agrees is not c.Answer.YES:
        return "say which exception it is (Exception kind); that the victim moves house is none"
    said = set(row.known_from)
    if said and said <= NOT_ALONE:
        return "nothing is closed on the word of the alleged perpetrator or a neighbour alone (How we know)"
    if kind is c.ExceptionKind.DIED and not said:
        return "say how we know that the victim has died (How we know)"
    if kind in c.TRIED_FIRST and not (case.victims and all(_was_tried(case, row, v) for v in case.victims)):
        return (
            f"the victim must first be tried {ATTEMPTS} times or more, in {WAYS} ways or more, over {WORKING_DAYS} "
            f"working days or more (Contacts)"
        )
    if heard(case) or kind in c.TRIED_FIRST or kind is c.ExceptionKind.DIED or _was_sought(case):
        return ""
    return "feedback must be asked for first: enter in Feedback when, and why there is none"


def _was_tried(case: Case, row: Closure, victim: Person) -> bool:
    """Whether a victim was tried often enough since anybody last reached them."""
    theirs = [x for x in case.contacts if x.at and names(case, x.person_id, victim)
              and (row.closed_at is None or x.at <= row.closed_at)]  # fmt: skip
    reached = max((x.at for x in theirs if x.at and x.result is c.ContactResult.MADE), default=None)
    tried = [(x.at, x.how) for x in theirs if x.at and x.how and x.result is c.ContactResult.ATTEMPTED
             and (reached is None or x.at > reached)]  # fmt: skip
    if len(tried) < ATTEMPTS or len({how for _, how in tried}) < WAYS:
        return False
    times = sorted(at for at, _ in tried)
    try:
        long_enough = calendar_for(case.division).after(times[0], WORKING_DAYS).at.date()
    except NotKnown:  # nobody knows yet whether it was: the case stays open
        return False
    return times[-1].astimezone(LONDON).date() >= long_enough


def _was_sought(case: Case) -> bool:
    """Whether the victim was asked before closing, and why there is no answer (R-22)."""
    asked = [x for x in case.feedback if x.kind is c.FeedbackKind.BEFORE_CLOSING and x.asked_at]
    return any((x.not_got or "").strip() for x in asked)
