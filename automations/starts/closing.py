"""Starts that follow from reviews, delay letters, what is proposed, and closing.

In: a case, a subject, the moment. Out: Begin, Wait, Skip, or None where the step has no place on this case.
Never here: a case taken for closed because somebody typed a date.
"""

from datetime import datetime

from automations.calendar import LONDON, NotKnown, calendar_for, end_of
from automations.closing import heard
from automations.evidence.closing import reviewed_again
from automations.model import Case, Closure, Letter
from automations.rules import closed_at, manager_decided
from automations.sent import was_posted
from automations.starts.answers import Begin, Skip, Start, Wait
from automations.subjects import Subject
from schema import choices as c


def progress_review_held(case: Case, s: Subject, now: datetime) -> Start:
    """The line manager's first progress review (HC-111)."""
    held = reviewed_again(case, s)
    return Begin(held[0].happened_at, "the last review") if held else Wait("It follows the progress review.")


def delay_letters(case: Case, s: Subject) -> list[Letter]:
    """Delay letters that were sent to a victim of the incident."""
    return [
        x
        for x in case.letters
        if x.kind is c.LetterKind.DELAY and was_posted(case, x)
        and case.incident_of(x.incident_id) == s.incident
    ]  # fmt: skip


def delay_letter(case: Case, s: Subject, now: datetime) -> Start:
    """The date that a delay letter gave (HC-104)."""
    row = s.record
    if row not in delay_letters(case, s) or not isinstance(row, Letter):
        return None
    if row.revised_target is None:
        return Wait(f"Letters {row.id}: enter the revised target that the letter gave.")
    if _not_after(row):
        return Wait(unfit_target(case, row))
    return Begin(target_of(row.revised_target), "the delay letter")  # what the victim was told is kept, however far


def target_of(stated: datetime) -> datetime:
    """A letter gives a day, and a day ends at its end (A-04)."""
    return end_of(stated.astimezone(LONDON).date())


def unfit_target(case: Case, row: Letter) -> str:
    """Why the date of a delay letter that was sent moves nothing; "" where it does (A-32).

    It lies after the day the letter went, and within ten working days of it unless a line manager agreed to more.
    """
    if row.revised_target is None or row.sent_at is None:
        return ""
    if _not_after(row):
        return f"Letters {row.id}: the revised target must lie after the letter was sent; the old one stands."
    try:
        if target_of(row.revised_target) <= calendar_for(case.division).after(row.sent_at, 10).at:
            return ""
    except NotKnown as error:
        return f"Letters {row.id}: {error.detail}"
    longer = manager_decided(case, c.Matter.LONGER_EXTENSION, incident=case.incident_of(row.incident_id))
    if longer and longer.decision is c.Decision.AGREED and longer.letter_id in (None, row.id):
        return ""
    return (
        f"Letters {row.id}: the revised target is more than ten working days after the letter; until a line manager "
        f"agrees to the longer extension the old one stands."
    )


def _not_after(row: Letter) -> bool:
    return bool(row.revised_target and row.sent_at and target_of(row.revised_target) <= target_of(row.sent_at))


def course_proposed(case: Case, s: Subject, now: datetime) -> Start:
    """Legal action was taken or another landlord's Director notified (HC-117)."""
    steps = [
        x.taken_at
        for x in case.legal
        if x.kind is c.LegalKind.STEP and x.taken_at and case.incident_of(x.incident_id) == s.incident
    ]
    row = manager_decided(case, c.Matter.DIRECTOR_NOTICE, incident=s.incident)
    if row and row.decision is c.Decision.AGREED:
        steps.append(row.decided_at or row.recorded_at)
    return Begin(min(steps), "the course being settled") if steps else None


def closing_sought(case: Case, s: Subject, now: datetime) -> Start:
    """Closing was first sought (HC-142); nothing more is owed once it was closed without an answer (R-22)."""
    row = s.record
    assert isinstance(row, Closure), "the scope is closure"
    if closed_at(case) and not heard(case):
        return Skip("The case was closed without it, by a manager's recorded exception.")
    return Begin(row.sought_at, "closing being sought") if row.sought_at else Wait("It is asked for before closing.")


def closed(case: Case, s: Subject, now: datetime) -> Start:
    """The case was closed by somebody who may (HC-146)."""
    row = s.record
    assert isinstance(row, Closure), "the scope is closure"
    done = row.closed_at and row.closed_at == closed_at(case)
    if not done or not row.closed_at:
        return None
    if row.exception_kind is c.ExceptionKind.DIED:
        return Skip("The victim has died.")
    return Begin(row.closed_at, "closing")


def survey_wanted(case: Case, s: Subject, now: datetime) -> Start:
    """The closing, unless the victim wants no survey or cannot be traced (HC-146)."""
    row = s.record
    assert isinstance(row, Closure), "the scope is closure"
    start = closed(case, s, now)
    if not isinstance(start, Begin):
        return start
    if row.survey_not_wanted:
        return Skip("The victim does not want the survey.")
    return Skip("The victim cannot be traced.") if row.exception_kind is c.ExceptionKind.UNTRACEABLE else start
