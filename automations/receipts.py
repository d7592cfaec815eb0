"""Receipts: what a referral's row says once a try is over, however it ended.

In: a partner's answer, or what a send token knows. Out: cells of the row.
Never here: a write; more of a partner's own words than one short line.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from automations.model import Person
from automations.names_in_words import names
from automations.ports import Receipt
from schema import choices as c

State = c.ReferralState
LONGEST = 200
"""How much of an answer is kept, in letters."""

NOT_KEPT = "Not kept: the row that had it is gone."
SENT_BEFORE = "It was sent before (see Send tokens), so it was not sent again."
MAY_HOLD = {
    c.ReferralForm.IDENTIFIED: "Nobody knows what became of a try by name, so the partner may hold the name, and "
    "that may not be told any more. Nothing else is sent. Ask them; a recall may be needed.",
    c.ReferralForm.STATISTICAL: "Nobody knows what became of a try with statistics, so the partner may count it "
    "already. Nothing else is sent. Ask them.",
}
"""Why no other form of a notice goes, by the form that may have arrived."""
TELL_ANOTHER_WAY = "The partner refused it (see Answer): tell them another way and enter Made by hand at."
NOBODY_KNOWS = "Nobody knows if it arrived, and by this way a second try may count twice: ask the partner."
RECALLED = "A victim said no after the partner was told: they were asked to stop and delete."
CORRECTED = "What the partner was told is wrong: they were told so."


def received(receipt: Receipt, form: c.ReferralForm | None, now: datetime, doubtful: bool) -> dict[str, Any]:
    """After an answer: told by name, for statistics, or refused.

    `doubtful`: an answer before this one was lost. A refusal may then mean that the partner has that try: a
    person decides.
    """
    if not receipt.accepted:
        return {
            **({"State": State.UNKNOWN} if doubtful else {"State": State.REJECTED, "Why": TELL_ANOTHER_WAY}),
            "Answer": in_short(receipt.reason) or "The partner refused it.",
            "Try again at": None,
        }
    return {
        "State": told(form), "Sent at": now, "Answer": "Accepted",
        "Partner's reference": in_short(receipt.reference) or None, "Try again at": None,
    }  # fmt: skip


def without_names(receipt: Receipt, people: Iterable[Person]) -> Receipt:
    """The same without a number, or a reason, that has a name of one of these people in it."""
    people = tuple(people)
    number, reason = ("" if names(words, people) else words for words in (receipt.reference, receipt.reason))
    return replace(receipt, reference=number, reason=reason)


def sent_before(form: c.ReferralForm, at: datetime, fingerprint: str | None) -> dict[str, Any]:
    """A referral that its token knows to have gone: its row was deleted and made anew, or somebody put it back."""
    return {"State": told(form), "Form": form, "Sent at": at, "Answer": SENT_BEFORE, "Try again at": None,
            "Fingerprint": fingerprint or NOT_KEPT}  # fmt: skip


def may_have_left(form: c.ReferralForm) -> dict[str, Any]:
    """A referral of which an earlier try, in this form, may have arrived. What left and its consent stay as written."""
    return {"State": State.UNKNOWN, "Form": form, "Why": MAY_HOLD[form], "Try again at": None}


def unknown() -> dict[str, Any]:
    """A try by a way that takes the same thing twice, of which nobody knows what became: it is not made again."""
    return {"State": State.UNKNOWN, "Why": NOBODY_KNOWS, "Try again at": None}


def followed(receipt: Receipt, what: str, key: str, now: datetime, again: datetime) -> dict[str, Any]:
    """After the answer to a recall or a correction. Refused, it is tried again then, and a person rings meanwhile."""
    if not receipt.accepted:
        return {"Answer": in_short(receipt.reason) or "The partner refused it.", "Try again at": again}
    return {**followed_before(what, now), "Recall sent under": key, "Answer": "Accepted"}


def followed_before(what: str, at: datetime) -> dict[str, Any]:
    """A recall or a correction that went then."""
    if what == "correction":
        return {"State": State.CORRECTED, "Why": CORRECTED, "Try again at": None}
    return {"State": State.RECALL_SENT, "Why": RECALLED, "Recall sent at": at, "Try again at": None}


def told(form: c.ReferralForm | None) -> State:
    """What the row says of a message of that form that arrived."""
    return State.STATISTICS_SENT if form is c.ReferralForm.STATISTICAL else State.SENT


def in_short(answer: str) -> str:
    """An answer as it may stand on the row: one line of plain text, cut short. A partner's words may hold a name."""
    return " ".join("".join(x if x.isprintable() else " " for x in answer).split())[:LONGEST]
