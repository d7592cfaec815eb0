"""Versions: which version of a victim's action plan a row is.

In: a case, a row of the plan. Out: its number.
Never here: what a version allows (consent.py), or a row that only reconfirms taken for a version.
"""

from automations.model import Case, Plan


def version_of(case: Case, plan: Plan) -> int:
    """The number of a version: as entered; where it is no number, its place among the victim's own."""
    words = (plan.version or "").strip()
    if words.isascii() and words.isdecimal():
        return int(words)
    theirs = [x for x in case.plans if x.victim_id == plan.victim_id and x.agreed_at]
    return 1 + sum((x.created_at, x.id) < (plan.created_at, plan.id) for x in theirs)
