"""Versions: which version of a victim's action plan a row is.

In: a case, a row of the plan. Out: its number.
Never here: what a version allows (consent.py), or a row that only reconfirms taken for a version.
"""

from datetime import datetime

from automations.model import Case, Plan


def version_of(case: Case, plan: Plan) -> int:
    """The number of a version: as entered; where it is no number, its place among the victim's own as agreed to."""
    words = (plan.version or "").strip()
    if words.isascii() and words.isdecimal():
        return int(words)
    theirs = [x for x in case.plans if x.victim_id == plan.victim_id and x.agreed_at]
    return 1 + sum(_place(x) < _place(plan) for x in theirs)


def _place(plan: Plan) -> tuple[datetime, datetime, int, str]:
    """When it was agreed; of one moment the row entered first. Ids are numbers in words: 9 comes before 10."""
    return plan.agreed_at or plan.created_at, plan.created_at, len(plan.id), plan.id
