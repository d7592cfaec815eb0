"""Decisions: who said that a referral is to be sent, and whether it still stands as they saw it (R-25).

In: a referral as read, its history, the office. Out: the referral with its author.
Never here: an author taken from a cell; a decision that outlives what it was about.
"""

from dataclasses import replace

from automations.histories import History, authors, same_address
from automations.model import Office, Referral
from schema.choices import ReferralState

ABOUT = ("Case", "Purpose", "Partner", "Incident", "Person", "Words for the partner")
"""What is decided on: changed afterwards by anybody, it is decided on anew."""


def asks(row: Referral) -> bool:
    """Whether anybody's word on this row is still to be acted on, or when it was entered counts."""
    wrong = bool((row.wrong_because or "").strip()) and row.state is not ReferralState.CORRECTED
    decided = row.decision is not None and (row.sent_at is None or wrong)
    unconfirmed = row.confirmed_at is not None and row.recall_acknowledged_at is None
    return decided or unconfirmed or bool((row.outcome or "").strip())


def with_authors(row: Referral, history: History, office: Office, account: str) -> Referral:
    """The row with who set Decision, when, what was changed since, who entered that the partner confirmed, and since
    when it has had an Outcome.
    """
    told = authors(history)
    by, confirmed = told.get("Decision"), told.get("Partner confirmed at")
    since = [x for x in history if by and x.at > by.at and x.field in ABOUT and not same_address(x.by, account)]
    return replace(
        row,
        decided_by=office.author(by.by) if by else None,
        decided_at=by.at if by else None,
        altered=", ".join(dict.fromkeys(x.field for x in since)),
        outcome_at=next((x.at for x in history if x.field == "Outcome" and x.after), None),
        confirmed_by=office.author(confirmed.by) if confirmed else None,
        confirmed_recorded_at=confirmed.at if confirmed else None,
    )
