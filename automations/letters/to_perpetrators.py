"""To perpetrators: the letters that an alleged perpetrator reads, what each is written from, and why it may not be.

In: what a letter is written from. Out: rows of the catalogue.
Never here: a fact about a victim, a witness or a reporter. Of what is alleged only an officer's words for this reader.
"""

from collections.abc import Callable
from dataclasses import replace
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
        work=work_of(repair),
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


def _held(
    kind: K,
    step: str,
    *more: str,
    gather: Callable[[Writing], PerpetratorFacts],
    unless: Callable[[Writing, Person], str] = lambda of, person: "",
) -> Callable[[Writing], str | None]:
    """Why this letter may not be written: whose it is, the step's gates and the letter's, and what its words tell."""

    def why(of: Writing) -> str | None:
        if of.to is None:
            return "Say to which alleged perpetrator it is (To)."
        if of.to.id not in of.incident.perpetrator_ids:
            return "The person it names is not linked to the incident as an alleged perpetrator."
        return (
            on_both_sides(of.case, of.to)
            or ("" if step == "recharge" else not_ours(of.to))
            or _through_the_tenant(of, of.to, kind)
            or gates(of, of.to, step, *more)
            or unless(of, of.to)
            or _telling(of, gather(of))
        ) or None

    return why


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


LETTERS = (
    Entry(K.APPOINTMENT, "appointment", appointment,
          _held(K.APPOINTMENT, "interview_perpetrator", gather=appointment)),
    Entry(K.SECOND_APPOINTMENT, "second_appointment", second_appointment,
          _held(K.SECOND_APPOINTMENT, "rearrange_meeting", "tenant_asked", "place_agreed", gather=second_appointment,
                unless=_nothing_missed)),
    Entry(K.NON_ATTENDANCE, "non_attendance", non_attendance,
          _held(K.NON_ATTENDANCE, "non_attendance_letter", gather=non_attendance, unless=not_unwilling)),
    Entry(K.WARNING, "warning", warning, _held(K.WARNING, "warning_letter", gather=warning)),
    Entry(K.PERPETRATOR_OUTCOME, "perpetrator_outcome", outcome,
          _held(K.PERPETRATOR_OUTCOME, "outcome_letter_perpetrator", gather=outcome)),
    Entry(K.RECHARGE, "recharge", recharge, _held(K.RECHARGE, "recharge", gather=recharge, unless=_unproved)),
)  # fmt: skip
