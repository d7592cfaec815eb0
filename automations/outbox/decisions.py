"""Decisions: who said that a referral is to be sent, and whether it still stands as they saw it (R-25).

In: a referral as read, its history, the office. Out: the referral with its author.
Never here: an author taken from a cell; a decision that outlives what it was about.
"""

from dataclasses import replace

from automations.histories import History, after, authors, same_address
from automations.in_step import in_step
from automations.model import Office, Referral
from automations.ports import Record
from schema.choices import ReferralState

ABOUT = ("Case", "Purpose", "Partner", "Incident", "Person", "Words for the partner")
"""What is decided on: changed afterwards by anybody, it is decided on anew."""

CONFIRMED = "Partner confirmed at"


def asks(row: Referral) -> bool:
    """Whether anybody's word on this row is still to be acted on, or when it was entered counts."""
    wrong = bool((row.wrong_because or "").strip()) and row.state is not ReferralState.CORRECTED
    decided = row.decision is not None and (row.sent_at is None or wrong)
    unconfirmed = row.confirmed_at is not None and row.recall_acknowledged_at is None
    return decided or unconfirmed or bool((row.outcome or "").strip())


def with_authors(row: Referral, record: Record, history: History, office: Office, account: str) -> Referral:
    """The row, which is that record, with who set Decision, when, what was changed since, who entered that the partner
    confirmed, and since when it has had an Outcome.

    The history was read at another moment. Where it ends in another Decision there is no author yet, and where it
    ends in another confirmation there is none yet. When an Outcome was first told does not change.
    """
    told = authors(history)
    is_current = {name: in_step(record, name, history) for name in ("Decision", CONFIRMED, *ABOUT)}
    by, confirmed = (told.get(name) if is_current[name] else None for name in ("Decision", CONFIRMED))
    later = after(history, by) if by else ()
    since = [x.field for x in later if x.field in ABOUT and not same_address(x.by, account)]
    odd = [name for name in ABOUT if by and not is_current[name]]
    return replace(
        row,
        decided_by=office.author(by.by) if by else None,
        decided_at=by.at if by else None,
        altered=", ".join(dict.fromkeys([*since, *odd])),
        outcome_at=next((x.at for x in history if x.field == "Outcome" and x.after), None),
        confirmed_at=row.confirmed_at if is_current[CONFIRMED] else None,
        confirmed_by=office.author(confirmed.by) if confirmed else None,
        confirmed_recorded_at=confirmed.at if confirmed else None,
    )
