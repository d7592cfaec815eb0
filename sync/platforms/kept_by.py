"""Kept by: whether the bases are those that this account keeps. A runner believes no other account's rows (R-26).

In: a platform. Out: nothing, or a Stop that says whose they are and what to do.
Never here: what an account may do (nocodb_rights.py, airtable_rights.py).
"""

from collections import Counter

from automations.errors import Stop
from automations.model.moves import TABLE
from automations.ports import Platform
from schema.choices import StaffRole

FIRST = tuple(map(str, range(1, 101)))
"""The oldest actions: a runner makes them, or an administrator's import, and none is ever removed."""


def must_be_ours(platform: Platform) -> None:
    """Stop where all that a runner keeps here was made by another account and this one has changed none of it.

    Under a second account every report would count as new: its alerts and notices would go out again, and what was
    promised and done before would be worked out anew.
    """
    account = _plain(platform.account())
    rows = [*platform.records(TABLE), *platform.get("Actions", FIRST)]
    people = platform.records("Staff") if rows else []
    imports = {_plain(who.fields["E-mail"]) for who in people if who.fields["Role"] == StaffRole.ADMINISTRATOR}
    makers = Counter(by for row in rows if (by := _plain(row.fields["Made by"])) not in imports)
    hands = {_plain(row.fields["Changed by"]) for row in rows} | makers.keys()
    if makers and account not in hands:
        theirs = makers.most_common(1)[0][0] or "an account that is gone"
        raise Stop(
            f"These bases are kept by {theirs}, and the token is of {account}: Casewatch believes only what its own "
            f"account wrote, and would send alerts and notices again. Give it a token of {theirs}. Where that account "
            "is gone, have it made anew, or copy the bases with this token into new ones (casewatch copy)."
        )


def _plain(address: object) -> str:
    return str(address or "").strip().lower()
