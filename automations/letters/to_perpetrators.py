"""To perpetrators: the letters that an alleged perpetrator reads, what each is written from, and why it may not be.

In: what a letter is written from. Out: rows of the catalogue.
Never here: a fact about a victim, a witness or a reporter. Of what is alleged only an officer's words for this reader.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from math import isfinite

from automations.calendar import LONDON
from automations.contact import under_14
from automations.letters.accused import (
    gates,
    meeting,
    met_on,
    missed,
    missed_on,
    not_ours,
    not_unwilling,
    on_both_sides,
    refused,
)
from automations.letters.facts import PerpetratorFacts
from automations.letters.reader import address, known, officer, paragraphs
from automations.letters.unsaid import tells_of_another
from automations.letters.works import charged, work_of
from automations.letters.writing import Entry, Writing
from automations.model import Person
from schema import choices as c

K = c.LetterKind
THEIR_COPY = {
    K.APPOINTMENT: K.TENANT_APPOINTMENT, K.SECOND_APPOINTMENT: K.TENANT_APPOINTMENT,
    K.NON_ATTENDANCE: K.TENANT_NON_ATTENDANCE, K.WARNING: K.TENANT_WARNING, K.PERPETRATOR_OUTCOME: K.TENANT_OUTCOME,
}  # fmt: skip
"""Under 14 it is the tenant who is written to (R-18)."""


def appointment(of: Writing) -> PerpetratorFacts:
    """When and where, and not a word of what it is about but that we were told something (HC-084, HC-087a)."""
    return replace(_plain(of), meeting=meeting(of, of.to)) if of.to else _plain(of)


def second_appointment(of: Writing) -> PerpetratorFacts:
    """The new day, and the one that did not happen (HC-097)."""
    return replace(appointment(of), missed_on=missed_on(of, of.to)) if of.to else _plain(of)


def non_attendance(of: Writing) -> PerpetratorFacts:
    """Which meetings there were; the rest is what follows if it is proved (HC-098)."""
    return replace(_plain(of), missed=missed(of, of.to), refused=refused(of, of.to)) if of.to else _plain(of)


def warning(of: Writing) -> PerpetratorFacts:
    """What an officer wrote for this reader, after the meeting (HC-093, HC-094)."""
    return replace(_said(of), met_on=met_on(of, of.to)) if of.to else _plain(of)


def outcome(of: Writing) -> PerpetratorFacts:
    """The outcome, as an officer wrote it for this reader (HC-102)."""
    return _said(of)


def recharge(of: Writing) -> PerpetratorFacts:
    """The work, its cost, and when it was settled who did the damage (HC-119). What shows it is an officer's words."""
    repair = charged(of)
    if repair is None:
        return _said(of)
    asked = repair.cost is not None and repair.cost > 0 and isfinite(repair.cost)
    return replace(
        _said(of),
        work=work_of(of, repair),
        cost=f"£{repair.cost:,.2f}" if asked else None,
        proved_on=repair.proved_at.astimezone(LONDON).date() if repair.proved_at else None,
    )


def _plain(of: Writing) -> PerpetratorFacts:
    """What each of these letters has."""
    return PerpetratorFacts(
        landlord=of.landlord,
        reference=of.case.reference,
        recipient_name=known(of.to.name) if of.to else None,
        recipient_address=address(of.to) if of.to else (),
        officer=officer(of.officer),
        is_the_tenant=bool(of.to and of.to.is_tenant is c.YesNo.YES),
        dated=of.dated,
    )


def _said(of: Writing) -> PerpetratorFacts:
    return replace(_plain(of), words=paragraphs(of.row.words) if of.row else ())


def held(
    of: Writing,
    *,
    kind: K,
    step: str,
    gather: Callable[[Writing], PerpetratorFacts],
    more: tuple[str, ...] = (),
    unless: Callable[[Writing, Person], str] | None = None,
) -> str | None:
    """Only through the tenant under 14, to no address of the victim without a manager, and nobody harmed is named.

    None where it may be written. The gates of `step`, the letter's own and `more` come first (R-17, R-18, HC-093).
    """
    if of.to is None:
        return "Say to which alleged perpetrator it is (To)."
    if of.to.id not in of.incident.perpetrator_ids:
        return "The person it names is not linked to the incident as an alleged perpetrator."
    return (
        on_both_sides(of.case, of.to)
        or ("" if kind is K.RECHARGE else not_ours(of.to))
        or _through_the_tenant(of, of.to, kind)
        or gates(of, of.to, step, *more)
        or (unless(of, of.to) if unless else "")
        or _telling(of, gather(of))
    ) or None


def _through_the_tenant(of: Writing, person: Person, kind: K) -> str:
    if not under_14(person, of.now):
        return ""
    copy = THEIR_COPY.get(kind)
    return "Under 14: nothing is written to the child. " + (
        f"Make the tenant's letter ({copy})." if copy else "Talk to the tenant, with your line manager's advice."
    )


def _telling(of: Writing, facts: PerpetratorFacts) -> str:
    return tells_of_another(of.case, (*facts.words, facts.meeting.place), to=of.to)


def _nothing_missed(of: Writing, person: Person) -> str:
    return "" if missed_on(of, person) else "No appointment was missed: the first appointment letter is the one."


def _unproved(of: Writing, person: Person) -> str:
    """Nobody is charged without proof, and never for what protects somebody (HC-119)."""
    repair = charged(of)
    if repair is None:
        return "Say in Repair for which work the charge is, and in Repairs that this person is charged (Recharge to)."
    if not (repair.proof or "").strip() or repair.proved_at is None or repair.proved_at > of.now:
        return "Without proof of who did it nobody is charged: fill in Proof of who did it and Proved at in Repairs."
    return "A security measure is no damage: nobody is charged for it." if repair.kind in c.SECURITY_MEASURES else ""


def _entry(kind: K, template: str, gather: Callable[[Writing], PerpetratorFacts], step: str, *more: str,
           unless: Callable[[Writing, Person], str] | None = None) -> Entry:  # fmt: skip
    why = partial(held, kind=kind, step=step, gather=gather, more=more, unless=unless)
    return Entry(kind, template, gather, why)


LETTERS = (
    _entry(K.APPOINTMENT, "appointment", appointment, "interview_perpetrator"),
    _entry(K.SECOND_APPOINTMENT, "second_appointment", second_appointment, "rearrange_meeting", "tenant_asked",
           "place_agreed", unless=_nothing_missed),
    _entry(K.NON_ATTENDANCE, "non_attendance", non_attendance, "non_attendance_letter", unless=not_unwilling),
    _entry(K.WARNING, "warning", warning, "warning_letter"),
    _entry(K.PERPETRATOR_OUTCOME, "perpetrator_outcome", outcome, "outcome_letter_perpetrator"),
    _entry(K.RECHARGE, "recharge", recharge, "recharge", unless=_unproved),
)  # fmt: skip
