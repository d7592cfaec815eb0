"""Packs: what a person who tells a partner by hand works from lies on the row only while it may be told.

In: a case, the rules, the moment. Out: cells without the packs of what may not be told any more.
Never here: the making of a pack (by_hand.py); one taken from a row on which somebody says that the partner was told.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any

from automations.calendar import NotKnown
from automations.effects import Write
from automations.model import Case, Referral
from automations.outbox.rows import key_of_row
from automations.referrals import where
from automations.rules import Rules


def taken_away(case: Case, rules: Rules, now: datetime) -> Iterator[Write]:
    """Packs of what may not be told any more, on rows of which nobody says that it was (R-13). In doubt it may not."""
    for row in case.referrals:
        if (cells := gone(row)) and not _goes(case, row, rules, now):
            yield Write("Referrals", key_of_row(case, row), cells, record=row.id)


def gone(row: Referral) -> dict[str, Any]:
    """The cells without a pack; nothing where there is none, or it was used."""
    if not row.packs or row.by_hand_at:
        return {}
    return {"Pack": ()} if row.sent_under else {"Pack": (), "Fingerprint": None, "What left": None}


def _goes(case: Case, row: Referral, rules: Rules, now: datetime) -> bool:
    incident = case.incident_of(row.incident_id)
    with suppress(NotKnown):
        found = where(case, row, incident, rules, now) if incident else None
        return found is not None and found.goes
    return False
