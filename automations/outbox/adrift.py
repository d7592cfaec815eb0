"""Adrift: referrals that hang from no case. Nothing is worked out from them, and their rows say so.

In: rows of no case, the moment. Out: what those that have not gone say, so that a view shows them.
Never here: a case guessed; what went, or may have, before its Case was taken away.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from automations.effects import Write
from automations.model import Referral
from automations.outbox.history import with_line
from automations.outbox.standing import TO_GO, UNDER_WAY
from automations.ports import Record
from automations.records import value
from schema.choices import ReferralState

LINK_A_CASE = "Link a Case."


def without_a_case(rows: Iterable[Record], now: datetime, left_alone: timedelta) -> Iterator[Write]:
    """What each such referral says. One without a Decision may still be being entered, and is left alone so long."""
    for record in rows:
        if record.table != "Referrals":
            continue
        row = value(Referral, record, [])
        # A row that we looked at gets its link back (lost_cases.py); one that was told by hand keeps what it says.
        if row.state not in TO_GO or row.state in UNDER_WAY or row.sent_under or row.key or row.by_hand_at:
            continue
        entered = row.decision is not None or now - record.created_at >= left_alone
        if entered and (row.state, row.why) != (ReferralState.NOT_READY, LINK_A_CASE):
            cells = {"State": ReferralState.NOT_READY, "Why": LINK_A_CASE, "Form": None, "Goes at": None}
            yield Write("Referrals", f"referral-{row.id}", with_line(row, cells, now), record=row.id)
