"""By hand: a pack for whoever tells the partner, on the row of a referral that may go.

In: what may go, as just read, and the way that only a person can go. Out: a file in Pack, and what the row says.
Never here: anything sent, a send token; whether it may go (ready.py), when the pack is taken away (packs.py).
"""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from automations.errors import CaseworkError, TryAgainLater, unforeseen
from automations.model.pack import file_name, mark_of
from automations.outbox.history import noted
from automations.outbox.packs import gone
from automations.outbox.standing import TELL_THEM
from automations.outbox.ways_out import Ready
from automations.ports import ByHand, Platform
from automations.receipts import in_short
from schema import choices as c

State = c.ReferralState


NOT_AGREED = (
    "A victim did not agree that this partner is told. Two line managers decided that it is told all the same ({}). "
    "The partner is to ring us before any contact with the victim: say so."
)


def told_by_hand(
    platform: Platform, way: ByHand, ready: Ready, again: Callable[[], Ready | None], now: datetime
) -> dict[str, Any]:  # fmt: skip
    """Make the pack, read `again` whether the same may still go, and put it there. Out: the cells of the row.

    What cannot be put in a pack is said on the row, and keeps no other referral.
    """
    row, mark = ready.row, ready.packed.fingerprint
    if not ready.form or (row.packs and row.fingerprint == mark):
        return {}
    try:
        content = way.pack(ready.packed.body, ready.packed.key, now, _first(ready))
    except TryAgainLater:
        raise
    except Exception as error:
        why = in_short(error.detail if isinstance(error, CaseworkError) else unforeseen(error))
        said = row.state is State.FAILED and row.answer == why and not row.packs
        return {} if said else {**gone(row), "State": State.FAILED, "Answer": why, "Try again at": None}
    last = again()
    if last is None or last.same_as != ready.same_as:
        return {}
    replaced: dict[str, Any] = {}
    if row.packs:  # somebody may hold the earlier one on paper
        replaced = noted(row, f"Pack replaced: destroy the earlier one ({mark_of(row.fingerprint or '')})", now)
        platform.update("Referrals", [(row.id, {"Pack": (), **replaced})])
    platform.attach("Referrals", row.id, "Pack", file_name(mark, now), content, "application/pdf", instead=True)
    return {
        "State": State.READY, "Form": last.form, "Why": f"{last.why}{TELL_THEM}", "Consent": last.consent or None,
        "What left": ", ".join(last.packed.fields), "Fingerprint": mark, "Answer": None, "Try again at": None,
        **replaced,
    }  # fmt: skip


def _first(ready: Ready) -> tuple[str, ...]:
    """What whoever tells must know before the rest: that somebody did not agree, and who decided (A-16)."""
    on = ", ".join(dict.fromkeys(x for x in ready.consent.split(", ") if re.fullmatch(r"Overrides \S+", x)))
    return (NOT_AGREED.format(on),) if on else ()
