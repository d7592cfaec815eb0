"""Told without agreement: a victim is told what two managers let a partner know, unless that puts somebody at risk.

In: a case. Out: a sentence for each override on which something went, until staff say when they told them or why not.
Never here: whether an override counts (rules.py), a step held up by it.
"""

from collections.abc import Iterator

from automations.consent import same_words
from automations.evidence.shown import referral_gone
from automations.model import Case, Override, Referral
from automations.rules import why_no_override
from schema.choices import ReferralState


def untold(case: Case) -> Iterator[str]:
    """What is to be said to a victim, by record. One that was called back was told all the same."""
    for row in case.overrides:
        went = [x.id for x in case.referrals
                if _may_be_known(x) and _rests_on(case, x, row) and not _was_told_of(row, x)]  # fmt: skip
        if went and not (row.not_told_because or "").strip():
            yield (f"Overrides {row.id}: tell the victim what was told and to whom (Referrals {', '.join(went)}), "
                   "unless that puts somebody at risk; then enter Victim told at or Why not told.")  # fmt: skip


def _may_be_known(x: Referral) -> bool:
    """Whether the partner was told, or may have been."""
    return bool(x.recall_sent_at or referral_gone(x)) or x.state is ReferralState.UNKNOWN


def _was_told_of(row: Override, x: Referral) -> bool:
    """Whether the victim was told after it went; of what went at a moment that nobody knows, whether at all."""
    gone = x.by_hand_at or x.sent_at
    return row.victim_told_at is not None and (gone is None or gone <= row.victim_told_at)


def _rests_on(case: Case, x: Referral, row: Override) -> bool:
    """Whether it went on that override, by what it says; of one made by hand without us, by what it is."""
    if x.consent:
        return f"Overrides {row.id}" in x.consent.split(", ")
    same = x.purpose is row.purpose and same_words(x.whom, row.organisation or "")
    return (
        same and not why_no_override(case, row) and case.incident_of(x.incident_id) == case.incident_of(row.incident_id)
    )
