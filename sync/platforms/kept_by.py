"""Kept by: whether the bases are whole, and those that this account keeps. A runner believes no other's rows (R-26).

In: a platform. Out: nothing, or a Stop that says whose they are, or what is not finished, and what to do.
Never here: what an account may do (nocodb_rights.py, airtable_rights.py).
"""

from collections import Counter
from collections.abc import Iterable

from automations.errors import Stop
from automations.model.moves import ENTERED, TABLE, UNDER_WAY, UNFINISHED
from automations.ports import Platform, Record
from sync.platforms.cells import by_number

SOME = 100
FIRST = tuple(map(str, range(1, SOME + 1)))
"""The oldest rows: a runner makes them, or an import, and none is ever removed."""


def must_be_ours(platform: Platform, *, copying: bool = False) -> None:
    """Stop where a copy into the bases is not finished, unless the next step is to finish it (`copying`), or where all
    that a runner keeps here was made by another account and this one has changed none of it.

    Under a second account every report would count as new: its alerts and notices would go out again, and what was
    promised and done before would be worked out anew.
    """
    account = _plain(platform.account())
    moves = platform.records(TABLE)
    if not copying and any(row.fields[ENTERED] == UNDER_WAY and _last_hand(row) == account for row in moves):
        raise Stop(UNFINISHED)
    oldest = platform.get("Actions", FIRST)
    if not (moves or oldest) or account in _hands([*moves, *oldest]):
        return
    # Nobody but a runner makes these two; actions come by an import as well. Looked at only where a Stop is near.
    ours_alone = [*moves, *platform.get("Alerts", FIRST)]
    newest = platform.get("Actions", sorted(platform.ids("Actions"), key=by_number)[-SOME:])
    if account in _hands([*ours_alone, *newest]):
        return
    staff = {_plain(who.fields["E-mail"]) for who in platform.records("Staff")}
    runners = Counter(by for row in ours_alone if (by := _plain(row.fields["Made by"])) not in staff)
    others = Counter(by for row in (*oldest, *newest) if (by := _plain(row.fields["Made by"])) not in staff)
    if not (runners or others):
        return
    [(theirs, _)] = (runners or others).most_common(1)
    whose = theirs or "an account that is gone"
    raise Stop(
        f"These bases are kept by {whose}, and the token is of {account}: Casewatch believes only what its own account "
        f"wrote, and would send alerts and notices again. {_way_out(theirs, bool(runners))}"
    )


def _way_out(theirs: str, is_runner: bool) -> str:
    """What to do. Nobody is told to run under the account of somebody who works there: each row would be theirs."""
    copied = "have it made anew, or copy the bases with this token into new ones (casewatch copy)."
    if not theirs:
        return copied[0].upper() + copied[1:]
    if is_runner:
        return f"Give it a token of {theirs}. Where that account is gone, {copied}"
    return (
        "Give it a token of the account that has run here. Where that one is gone, "
        f"{copied} Where {theirs} is a person who brought over older records, enter them in Staff, with Has left."
    )


def _hands(rows: Iterable[Record]) -> set[str]:
    return {_plain(row.fields[name]) for row in rows for name in ("Made by", "Changed by")}


def _last_hand(row: Record) -> str:
    return _plain(row.fields["Changed by"]) or _plain(row.fields["Made by"])


def _plain(address: object) -> str:
    return str(address or "").strip().lower()
