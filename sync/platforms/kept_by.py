"""Kept by: whether the bases are those that this account keeps. A runner believes no other account's rows (R-26).

In: a platform. Out: nothing, or a Stop that says whose they are and what to do.
Never here: what an account may do (nocodb_rights.py, airtable_rights.py).
"""

from collections import Counter

from automations.errors import Stop
from automations.model.moves import TABLE
from automations.ports import Platform

FIRST = tuple(map(str, range(1, 101)))
"""The oldest actions: nobody but a runner makes any, and none is ever removed."""


def must_be_ours(platform: Platform) -> None:
    """Stop where all that a runner keeps here was made by another account and this one has changed none of it.

    Under a second account every report would count as new: its alerts and notices would go out again, and what was
    promised and done before would be worked out anew.
    """
    account = platform.account().strip().lower()
    rows = [*platform.records(TABLE), *platform.get("Actions", FIRST)]
    makers = Counter(str(row.fields["Made by"] or "").strip().lower() for row in rows)
    hands = {str(row.fields["Changed by"] or "").strip().lower() for row in rows} | makers.keys()
    if rows and account not in hands:
        theirs = makers.most_common(1)[0][0] or "an account that is gone"
        raise Stop(
            f"These bases are kept by {theirs}, and the token is of {account}: Casewatch believes only what its own "
            f"account wrote, and would send alerts and notices again. Give it a token of {theirs}. Where that account "
            "is gone, have it made anew, or copy the bases with this token into new ones (casewatch copy)."
        )
