"""Referrals: which notices a case owes its partnership, and in which form they may go now.

In: a case, the rules, the moment. Out: outbox rows, and deliveries for those that may go.
Never here: what is in a notice (sync/partners/payload.py), or a form decided once and never looked at again.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from automations.allocation import postcodes_of
from automations.effects import Deliver, Write
from automations.model import Case, Disclosure, Incident, Partner, Referral
from automations.outbox.disclosing import disclosure as for_partner
from automations.outbox.history import with_line
from automations.outbox.rows import grounds
from automations.outbox.standing import NOTICE, UNDER_WAY, Stands, in_line, kept_back, not_to_go, stands
from automations.outbox.standing import TO_GO as MAY_GO
from automations.rules import Rules
from schema import choices as c

State, Form = c.ReferralState, c.ReferralForm


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
    return for_partner(case, c.Purpose.CDRP_NOTICE, incident, None, partner, rules, now), partner


def key_of(case: Case, incident: Incident) -> str:
    """The key of an incident's first notice."""
    return f"{case.reference}{NOTICE}incident-{incident.number}"


def later_notices(case: Case, incident: Incident) -> list[Referral]:
    """The notices by name that followed the first one, oldest first."""
    stem = f"{key_of(case, incident)}/identified"
    found = {x.key: x for x in case.referrals if x.key and (x.key == stem or x.key.startswith(f"{stem}-"))}
    return [found[key] for key in sorted(found, key=_ordinal)]


def to_be_replaced(case: Case, incident: Incident, row: Referral) -> str:
    """The key of the statistics that a later notice by name stands in for; "" where none went (R-14)."""
    first = _row(case, key_of(case, incident))
    later = first is not None and row.key != first.key
    counted = later and first is not None and first.form is Form.STATISTICAL and first.state in c.WENT_AND_STANDS
    return (first.key or "") if counted and first else ""


def where(case: Case, row: Referral, incident: Incident, rules: Rules, now: datetime) -> Stands | None:
    """Where any referral stands, a notice or another. None: it is nothing of ours to send any more."""
    if row.purpose is not c.Purpose.CDRP_NOTICE:
        return stands(case, row, rules, now)
    first = _row(case, key_of(case, incident))
    if case.imported or row.by_hand_at or row.state not in MAY_GO or (first and first.by_hand_at):
        return None
    if kept := not_to_go(row):
        return kept
    says, partner = disclosure(case, incident, rules, now)
    later = first is not None and row.key != first.key
    if says.form is None or partner is None or case.area_is is None or (
        later and says.form is not Form.IDENTIFIED
    ):  # fmt: skip
        return Stands(kept_back(row, says), replace(says, form=None, named=()), partner)
    return in_line(row, partner, case.area_is, says, rules.calendar(case), now)


def referrals(case: Case, rules: Rules, now: datetime) -> Iterator[Write | Deliver]:
    """The notice of each incident, and the identified one that replaces a statistical one, or follows a recall (R-14).

    While a recall has no answer nothing goes by name: the partner must not be told to delete what it was just sent.
    """
    for incident in () if case.imported else case.incidents:
        says, partner = disclosure(case, incident, rules, now)
        key = key_of(case, incident)
        first, later = _row(case, key), later_notices(case, incident)
        if first is not None and first.by_hand_at:
            continue
        if first is None or first.state not in c.WENT:
            yield from _notice(case, incident, first, replace(says, key=key), partner, rules, now)
            continue
        yield from _development(case, first)
        latest = later[-1] if later else first
        if latest.by_hand_at and latest.state is not State.RECALLED:
            continue
        if says.form is Form.IDENTIFIED and _may_follow(first, latest):
            new = latest is first or latest.state is State.RECALLED
            own = _next_key(key, later) if new else latest.key or ""
            row = None if new else latest
            yield from _notice(case, incident, row, replace(says, key=own), partner, rules, now)
        elif latest is not first:
            yield from _called_off(case, incident, latest, says, now)


def _may_follow(first: Referral, latest: Referral) -> bool:
    """Whether a notice by name is owed after what went: statistics did, or the last one was called back for good."""
    if latest is first:
        counted = first.form is Form.STATISTICAL and first.state in c.WENT_AND_STANDS
        return counted or first.state is State.RECALLED
    return latest.state is State.RECALLED or latest.state in MAY_GO


def _notice(
    case: Case, incident: Incident, row: Referral | None, says: Disclosure, partner: Partner | None, rules: Rules,
    now: datetime,
) -> Iterator[Write | Deliver]:  # fmt: skip
    if row and row.state not in MAY_GO:
        return
    kept = not_to_go(row) if row else None
    if row and kept and row.state not in UNDER_WAY:
        if (row.state, row.form, row.why) != (kept.state, None, kept.why):
            cells = {"State": kept.state, "Form": None, "Why": kept.why, "Consent": None, "Goes at": None}
            yield Write("Referrals", says.key, with_line(row, cells, now, kept.by), record=row.id)
        return
    due = row is None or row.try_again_at is None or row.try_again_at <= now
    if row and _may_have_left(row, says):
        if due:
            yield Deliver(says.key, case.id, incident)
        return
    state, goes, goes_at = kept_back(row, says), False, None
    if says.form is not None and partner is not None:
        line = in_line(row, partner, case.area_is, says, rules.calendar(case), now)
        going = row is not None and row.state in UNDER_WAY and line.goes
        state, goes, goes_at = (row.state if row and row.state and going else line.state), line.goes, line.goes_at
        says = replace(line.says, key=says.key)
    cells = with_line(row, {"State": state, "Form": says.form, "Why": says.why, "Purpose": says.purpose,
                            "Partner": says.partner or None, "Consent": grounds(says) or None, "Goes at": goes_at,
                            }, now)  # fmt: skip
    if row is None:
        yield Write("Referrals", says.key, {
            "Key": says.key, "Case": (case.id,),
            "Referral": f"{case.reference}: partnership notice, incident {incident.number}", "Tries": 0,
            "Incident": (incident.id,), **cells,
        })  # fmt: skip
    elif (row.state, row.form, row.why, row.partner or "", row.goes_at, row.purpose) != (
        state, says.form, says.why, says.partner, goes_at, says.purpose
    ):  # fmt: skip
        yield Write("Referrals", says.key, cells, record=row.id)
    if goes and due:
        yield Deliver(says.key, case.id, incident)


def _may_have_left(row: Referral, says: Disclosure) -> bool:
    """Whether it was being sent in another form, or to another partner, than it may go to now. The send tokens tell
    what became of that: delivery.py reads them, and until then the row keeps what it says.
    """
    other = row.form not in (None, says.form) or row.whom not in (None, says.partner)
    return row.state in UNDER_WAY and (other or row.decision is c.ReferralDecision.DO_NOT)


def _called_off(
    case: Case, incident: Incident, row: Referral, says: Disclosure, now: datetime
) -> Iterator[Write | Deliver]:
    """A notice by name that has not gone and may not go any more waits, and says why."""
    if row.key is None or row.state not in MAY_GO:
        return
    if _may_have_left(row, replace(says, form=None)):
        if row.try_again_at is None or row.try_again_at <= now:
            yield Deliver(row.key, case.id, incident)
    elif (row.state, row.form, row.why, row.goes_at) != (state := kept_back(row, says), None, says.why, None):
        cells = {"State": state, "Form": None, "Why": says.why, "Consent": None, "Goes at": None}
        yield Write("Referrals", row.key, with_line(row, cells, now), record=row.id)


def _development(case: Case, row: Referral) -> Iterator[Write]:
    key = f"{row.key}/told"
    if key not in case.development_keys:
        form = "by name" if row.form is Form.IDENTIFIED else "for statistics only"
        yield Write("Developments", key, {
            "Key": key, "Case": (case.id,), "Happened at": row.sent_at,
            "Development": f"The community safety partnership was told {form}",
        })  # fmt: skip


def _row(case: Case, key: str) -> Referral | None:
    return next((r for r in case.referrals if r.key == key), None)


def _next_key(first: str, later: list[Referral]) -> str:
    """The key of the next notice by name."""
    last = max((_ordinal(x.key or "") for x in later), default=0)
    return f"{first}/identified" if last == 0 else f"{first}/identified-{last + 1}"


def _ordinal(key: str) -> int:
    tail = key.rpartition("/identified")[2].removeprefix("-")
    return int(tail) if tail.isdecimal() else 1
