"""Referrals: which notices a case owes its partnership, and in which form they may go now.

In: a case, the rules, the moment. Out: outbox rows, and deliveries for those that may go.
Never here: what is in a notice (sync/partners/payload.py), or a form decided once and never looked at again.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from automations.allocation import postcodes_of
from automations.consent import cdrp_notice
from automations.effects import Deliver, Write
from automations.model import Case, Disclosure, Incident, Partner, Referral
from automations.rules import Rules, set_aside
from schema import choices as c

State = c.ReferralState
TOLD = (State.SENT, State.STATISTICS_SENT, State.ACKNOWLEDGED)
MAY_GO = (None, State.WAITING, State.READY, State.SENDING, State.FAILED)


def disclosure(case: Case, incident: Incident, rules: Rules, now: datetime) -> tuple[Disclosure, Partner | None]:
    """What the partnership of the case's area may be told of an incident now; nothing where there is none."""
    partner = rules.office.partner(case.area_is.partner_id) if case.area_is else None
    if partner is None:
        why = "No partnership is named for the area: an administrator names it in Areas."
        if case.area_is is None and postcodes_of(case):
            why = "No patch fits a postcode on the case, so nobody knows which partnership it is: see to Patches."
        elif case.area_is is None:
            why = "No postcode is on the case, so nobody knows which partnership it is: enter the victim's in People."
        return Disclosure(purpose=c.Purpose.CDRP_NOTICE, partner="", form=None, why=why), None
    says = cdrp_notice(case, incident, partner, rules.calendar(case), now)
    if partner.is_off:
        says = replace(says, form=None, named=(), why="The partner is switched off in the office base.")
    if why := set_aside(case):
        says = replace(says, form=None, named=(), why=f"{why} Nothing goes for this case.")
    return says, partner


def key_of(case: Case, incident: Incident) -> str:
    """The key of an incident's first notice."""
    return f"{case.reference}/notify_cdrp/incident-{incident.number}"


def referrals(case: Case, rules: Rules, now: datetime) -> Iterator[Write | Deliver]:
    """The notice of each incident, and the identified one that replaces a statistical one (R-14)."""
    for incident in () if case.imported else case.incidents:
        says, _ = disclosure(case, incident, rules, now)
        first = _row(case, key_of(case, incident))
        if first is not None and first.by_hand_at:
            continue
        if first is None or first.state not in TOLD:
            yield from _notice(case, incident, first, replace(says, key=key_of(case, incident)), now)
        elif first.form is c.ReferralForm.STATISTICAL and says.form is c.ReferralForm.IDENTIFIED:
            key = f"{key_of(case, incident)}/identified"
            row = _row(case, key)
            if row is None or row.state not in TOLD:
                yield from _notice(case, incident, row, replace(says, key=key, replaces=key_of(case, incident)), now)
        else:
            yield from _called_off(case, incident, _row(case, f"{key_of(case, incident)}/identified"), says, now)
        if first is not None and first.state in TOLD:
            yield from _development(case, first)


def _notice(
    case: Case, incident: Incident, row: Referral | None, says: Disclosure, now: datetime
) -> Iterator[Write | Deliver]:
    if row and row.state not in MAY_GO:
        return
    due = row is None or row.try_again_at is None or row.try_again_at <= now
    if row and _may_have_left(row, says):
        if due:
            yield Deliver(says.key, case.id, incident)
        return
    going = row is not None and row.state in (State.SENDING, State.FAILED)
    state = State.WAITING if says.form is None else (row.state if row and going else State.READY)
    cells = {"State": state, "Form": says.form, "Why": says.why, "Partner": says.partner or None,
             "Consent": ", ".join(b.record for b in says.named) or None}  # fmt: skip
    if row is None:
        yield Write("Referrals", says.key, {
            "Key": says.key, "Case": (case.id,), "Purpose": says.purpose,
            "Referral": f"{case.reference}: partnership notice, incident {incident.number}", "Tries": 0,
            "Incident": (incident.id,), **cells,
        })  # fmt: skip
    elif (row.state, row.form, row.why, row.partner or "") != (state, says.form, says.why, says.partner):
        yield Write("Referrals", says.key, cells, record=row.id)
    if says.form is not None and due:
        yield Deliver(says.key, case.id, incident)


def _may_have_left(row: Referral, says: Disclosure) -> bool:
    """Whether it was being sent in another form, or to another partner, than it may go to now. The send tokens tell
    what became of that: delivery.py reads them, and until then the row keeps what it says.
    """
    other = row.form not in (None, says.form) or row.partner not in (None, says.partner)
    return row.state in (State.SENDING, State.FAILED) and other


def _called_off(
    case: Case, incident: Incident, row: Referral | None, says: Disclosure, now: datetime
) -> Iterator[Write | Deliver]:
    """A notice by name that has not gone and may not go any more waits, and says why."""
    if row is None or row.key is None or row.state not in MAY_GO:
        return
    if _may_have_left(row, replace(says, form=None)):
        if row.try_again_at is None or row.try_again_at <= now:
            yield Deliver(row.key, case.id, incident)
    elif (row.state, row.form, row.why) != (State.WAITING, None, says.why):
        yield Write("Referrals", row.key, {"State": State.WAITING, "Form": None, "Why": says.why, "Consent": None},
                    record=row.id)  # fmt: skip


def _development(case: Case, row: Referral) -> Iterator[Write]:
    key = f"{row.key}/told"
    if key not in case.development_keys:
        form = "by name" if row.form is c.ReferralForm.IDENTIFIED else "for statistics only"
        yield Write("Developments", key, {
            "Key": key, "Case": (case.id,), "Happened at": row.sent_at,
            "Development": f"The community safety partnership was told {form}",
        })  # fmt: skip


def _row(case: Case, key: str) -> Referral | None:
    return next((r for r in case.referrals if r.key == key), None)
