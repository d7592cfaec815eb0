"""Shown: while a referral is Ready, its row says what would leave, so that whoever decides has looked.

In: a case, the rules, the moment. Out: what is to be shown anew, and rows that show something that went or may not go.
Never here: what is in a message (sync/partners/shown.py), a value of anybody's.
"""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from automations.calendar import LONDON, NotKnown
from automations.effects import Show, Write
from automations.model import Case, Referral
from automations.outbox.rows import key_of_row
from automations.outbox.standing import Stands
from automations.referrals import where
from automations.rules import Rules
from schema.choices import ReferralState


def would_leave(case: Case, rules: Rules, now: datetime) -> Iterator[Show | Write]:
    """Each row that is Ready and waits for a person, if the record has changed since it was shown; and each that shows
    what is no longer to come.
    """
    for row in case.referrals:
        found = _waits(case, row, rules, now)
        if found is None:
            if row.would_leave and (row.by_hand_at or row.state is not ReferralState.READY):
                yield Write("Referrals", key_of_row(case, row), {"What would leave": None}, record=row.id)
            continue
        mark = _mark(case, row, found)
        if _mark_in(row) != mark:
            shown = f"As the record stood {now.astimezone(LONDON):%d/%m/%Y at %H:%M} ({mark})."
            yield Show(f"{key_of_row(case, row)}/shown", case.id, row.id, shown)


def _waits(case: Case, row: Referral, rules: Rules, now: datetime) -> Stands | None:
    """Where it stands, of a row that is Ready and does not go by itself this minute."""
    incident = case.incident_of(row.incident_id)
    if row.state is not ReferralState.READY or incident is None:
        return None
    with suppress(NotKnown):
        found = where(case, row, incident, rules, now)
        ready = found is not None and found.state is ReferralState.READY
        return found if found and ready and (row.packs or not found.goes) else None
    return None


def _mark(case: Case, row: Referral, found: Stands) -> str:
    """Eight signs that change with anything that a message is made from."""
    says = replace(found.says, why="", named=tuple(replace(x, read_at=row.created_at) for x in found.says.named))
    made_from = (
        says, case.people, case.incidents, case.legal, case.area_is, case.fears_staying, case.perpetrator_at_home,
        tuple((x.key, x.step, x.state) for x in case.actions), row.words, row.person_id, row.incident_id,
        found.partner and (found.partner.destination, found.partner.recipient),
    )  # fmt: skip
    return hashlib.sha256(repr(made_from).encode(errors="replace")).hexdigest()[:8]


def _mark_in(row: Referral) -> str:
    return (row.would_leave or "").rpartition("(")[2].removesuffix(").")
