"""Rows: the referrals that steps ask for, each kept where it stands until it goes, is stopped, or staff say no.

In: a case, what is owed on it, the rules, the moment. Out: rows of the outbox, and deliveries for those that may go.
Never here: the partnership's notice (referrals.py), a recall (recalls.py), a row begun that nobody can receive.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from automations.deadlines import say
from automations.duties import Duty
from automations.effects import Deliver, Write
from automations.model import Case, Consent, Disclosure, Partner, Referral
from automations.outbox.history import with_line
from automations.outbox.purposes import ASKED_BY, RULES, To
from automations.outbox.standing import UNDER_WAY, Stands, is_a_notice, stands
from automations.rules import Rules
from automations.subjects import Subject
from schema import choices as c

State = c.ReferralState
BY_HAND = "They were told by hand"
NOT_GONE = (None, State.WAITING, State.NOT_READY, State.HELD, State.READY)
"""States that are over once somebody told them by hand. What may have left, and a no, stay to be seen."""


def key_of_row(case: Case, row: Referral) -> str:
    """The key of a referral: its own; of one that staff added, by its number."""
    return row.key or f"{case.reference}/referral-{row.id}"


def outgoing(case: Case, owed: Iterable[Duty], rules: Rules, now: datetime) -> Iterator[Write | Deliver]:
    """What each open step asks to be told to whom, and where each referral stands."""
    yield from () if case.imported else _begun(case, owed, rules, now)
    for row in case.referrals:
        found = stands(case, row, rules, now)
        if found is not None:
            yield from _kept(case, row, found, now)
        elif cells := _of_itself(row):
            yield Write("Referrals", key_of_row(case, row), with_line(row, cells, now), record=row.id)


def cells_of(case: Case, row: Referral, found: Stands, now: datetime) -> dict[str, Any]:
    """How its row should stand."""
    says = found.says
    cells = {"Key": key_of_row(case, row), "State": found.state, "Form": says.form, "Why": says.why,
             "Consent": grounds(says) or None, "Goes at": found.goes_at}  # fmt: skip
    return with_line(row, cells, now, found.by)


def grounds(says: Disclosure) -> str:
    """The records that a disclosure rests on, each once."""
    return ", ".join(dict.fromkeys((*says.rests_on, *(b.record for b in says.named))))


def _of_itself(row: Referral) -> dict[str, Any]:
    """What a row says that is nothing of ours to send: that somebody told them, or nothing. A no since stays in Why."""
    if row.by_hand_at is None:
        begun = row.state is State.NOT_READY and not is_a_notice(row)
        return {"State": None, "Why": None} if begun or row.state is State.BY_HAND else {}
    why = f"{BY_HAND} on {say(row.by_hand_at)}."
    if row.state in NOT_GONE:
        return {"State": State.BY_HAND, "Why": why}
    own = row.state is State.BY_HAND and (row.why or BY_HAND).startswith(BY_HAND) and row.why != why
    return {"Why": why} if own else {}


def _kept(case: Case, row: Referral, found: Stands, now: datetime) -> Iterator[Write | Deliver]:
    incident = case.incident_of(row.incident_id)
    due = row.try_again_at is None or row.try_again_at <= now
    if row.state in UNDER_WAY and incident is not None:
        # It may have left: what the tokens tell of that decides, and they are asked before anything else is written.
        if due:
            yield Deliver(key_of_row(case, row), case.id, incident)
        return
    as_is = (row.key, row.state, row.form, row.why, row.goes_at)
    if as_is != (key_of_row(case, row), found.state, found.says.form, found.says.why, found.goes_at):
        yield Write("Referrals", key_of_row(case, row), cells_of(case, row, found, now), record=row.id)
    if found.goes and due and incident is not None:
        yield Deliver(key_of_row(case, row), case.id, incident)


def _begun(case: Case, owed: Iterable[Duty], rules: Rules, now: datetime) -> Iterator[Write]:
    """One row for each open step whose partner is known and can be reached, unless one is in hand already."""
    for duty in owed:
        purpose, s = ASKED_BY.get(duty.step.id), duty.subject
        running = duty.deadline is not None and not (duty.evidence or duty.not_needed or duty.waits)
        if purpose not in RULES or not running or not isinstance(s, Subject):
            continue
        partner = _receiver(case, purpose, s, rules)
        if partner is None or not partner.destination or _in_hand(case, duty, purpose, s, partner, rules):
            continue
        person = s.person if RULES[purpose].to in (To.LANDLORD, To.AGREED) else None
        row = Referral(id="", created_at=now, purpose=purpose, partner=partner.name, incident_id=s.incident.id,
                       person_id=person.id if person else None, key=_free_key(case, duty.step.id, s))  # fmt: skip
        found = stands(case, row, rules, now)
        if found is not None:
            yield Write("Referrals", row.key or "", {
                "Case": (case.id,), "Incident": (s.incident.id,), "Person": (person.id,) if person else (),
                "Purpose": purpose, "Partner": partner.name, "Tries": 0,
                "Referral": f"{case.reference}: {purpose}, incident {s.incident.number}",
                **cells_of(case, row, found, now),
            })  # fmt: skip


def _receiver(case: Case, purpose: c.Purpose, s: Subject, rules: Rules) -> Partner | None:
    """Who is told: whom the area names for it, whom the agreement names, or the alleged perpetrator's landlord."""
    rule = RULES[purpose]
    if rule.collects:
        return rules.office.partner(rule.collects(case.area_is)) if case.area_is else None
    if rule.to is To.LANDLORD:
        return rules.office.partner_called(s.person.landlord) if s.person else None
    return rules.office.partner_called(s.record.organisation) if isinstance(s.record, Consent) else None


def _in_hand(case: Case, duty: Duty, purpose: c.Purpose, s: Subject, partner: Partner, rules: Rules) -> bool:
    """Whether such a referral is there already and was not called back for good; a telephone call is none in writing.

    What the step began stays its own, whichever partner staff put there. While a recall has no answer nothing new is
    begun: the partner must not be told to delete what it was just sent.
    """
    stem = _stem(case, duty.step.id, s)
    return any(
        x.purpose is purpose and case.incident_of(x.incident_id) == s.incident and not x.by_hand_at
        and x.state is not State.RECALLED
        and (rules.office.partner_called(x.whom) in (partner, None) or f"{x.key}/".startswith(f"{stem}/"))
        and (x.person_id is None or s.person is None or x.person_id == s.person.id)
        for x in case.referrals
    )  # fmt: skip


def _stem(case: Case, step: str, s: Subject) -> str:
    return f"{case.reference}/referral/{step}/{s.key}"


def _free_key(case: Case, step: str, s: Subject) -> str:
    taken, stem = {x.key for x in case.referrals}, _stem(case, step, s)
    key, number = stem, 1
    while key in taken:
        number += 1
        key = f"{stem}/{number}"
    return key
