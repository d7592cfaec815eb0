"""Recalls and corrections: what goes after a referral that went, to whoever got it (R-13).

In: a case, the office, the moment. Out: deliveries of what follows, and rows whose recall is confirmed.
Never here: what a recall holds (sync/partners); a recall of what rests on nobody's answer.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Literal

from automations.calendar import LONDON, NotKnown, calendar_for
from automations.deadlines import say
from automations.effects import Deliver, Write
from automations.model import Case, Office, Partner, Referral
from automations.outbox.history import with_line
from automations.told_before import TakenBack, taken_back, told_of
from schema import choices as c

State = c.ReferralState
CHASED_AFTER = 2
"""Working days after which a recall without an answer is a person's to chase. A House target."""


def following(case: Case, office: Office, now: datetime) -> Iterator[Write | Deliver]:
    """Each recall and correction that is owed and can be sent, and each recall that staff say is confirmed."""
    back = {each.row.id: each for each in taken_back(case, office, now)}
    for row in case.referrals:
        if row.key and row.state in c.WENT - {State.RECALLED} and _is_confirmed(row, back.get(row.id)):
            yield Write("Referrals", row.key, with_line(row, {
                "State": State.RECALLED, "Recall acknowledged at": row.confirmed_at,
                "Why": "The partner confirmed that they stopped and deleted it.",
            }, now, by=(row.confirmed_by.name if row.confirmed_by else None) or "staff"), record=row.id)  # fmt: skip
            continue
        what, incident = owed(case, office, row, now), told_of(case, row)
        due = row.try_again_at is None or row.try_again_at <= now
        if what and due and incident and row.key and _receiver(office, row):
            yield Deliver(f"{row.key}/{what}", case.id, incident, what)


def _is_confirmed(row: Referral, each: TakenBack | None) -> bool:
    """Whether staff say that the partner confirmed this recall, and no earlier one nor what was wrong before it."""
    if each is not None:
        return each.is_confirmed
    entered = row.confirmed_recorded_at or row.confirmed_at
    return row.state is State.RECALL_SENT and bool(entered and row.recall_sent_at and entered >= row.recall_sent_at)


def owed(case: Case, office: Office, row: Referral, now: datetime) -> Literal["", "recall", "correction"]:
    """What must follow this row by the way it went. Nothing once somebody rang them, or where it went by hand alone."""
    if not row.sent_under or row.state not in c.WENT_AND_STANDS or (row.by_hand_at and not row.sent_at):
        return ""
    if each := next((x for x in taken_back(case, office, now) if x.row.id == row.id), None):
        return "" if each.was_rung else "recall"
    wrong = (row.wrong_because or "").strip() and row.state is not State.CORRECTED and not row.stop_asked_at
    return "correction" if wrong else ""


def asked_by(case: Case, office: Office, row: Referral, now: datetime) -> date:
    """By when the partner is asked to say that it stopped: counted from the no, so that each try is the same bytes."""
    refused = next((x.refused_at for x in taken_back(case, office, now) if x.row.id == row.id), now)
    try:
        return calendar_for(case.division).after(refused, CHASED_AFTER).at.date()
    except NotKnown:
        return refused.astimezone(LONDON).date()


def _receiver(office: Office, row: Referral) -> Partner | None:
    """The partner that got it, where anything can be sent there now."""
    partner = office.partner_called(row.whom)
    return partner if partner and partner.destination and not partner.is_off else None


def sentences(case: Case, now: datetime) -> list[str]:
    """What a person must do: a recall that nobody confirmed yet, and what was wrong and is not corrected yet."""
    said = [
        f"Referrals {x.id}: the recall of {say(x.recall_sent_at)} is not confirmed"
        f"{_ring(case, x.recall_sent_at, now)}, then enter Partner confirmed at."
        for x in case.referrals
        if x.state is State.RECALL_SENT and x.recall_sent_at
    ]
    return said + [
        f"Referrals {x.id}: what the partner was told is wrong: ring them, then enter Partner confirmed at."
        for x in case.referrals
        if (x.wrong_because or "").strip() and not x.confirmed_at and (x.by_hand_at or x.state in c.WENT_AND_STANDS)
        and x.state is not State.CORRECTED
    ]  # fmt: skip


def _ring(case: Case, sent_at: datetime, now: datetime) -> str:
    """When to ring them: now, once it is late or no calendar tells."""
    try:
        by = calendar_for(case.division).after(sent_at, CHASED_AFTER).at
    except NotKnown:
        return ": ring the partner"
    return ": ring the partner" if by < now else f" yet: if they do not say so by {say(by)}, ring them"
