"""Answers: what a partner says of a referral after it took it, on the referral's row and in the chronology.

In: a case, the row that the answer is about, the answer. Out: effects; the same answer twice has none the second time.
Never here: a partner's own words (numbers and codes alone), a code with a name in it, the asking (asking.py).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from automations.effects import Write
from automations.model import Case, Referral
from automations.names_in_words import names
from automations.outbox.history import with_line
from automations.outbox.rows import key_of_row
from automations.ports import Answer
from automations.receipts import TELL_ANOTHER_WAY
from schema import choices as c

State = c.ReferralState
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:/-]{0,63}")
"""What a code or a reference number looks like. Anything else may be words, and is left out."""
MAY_BE_THERE = (State.SENDING, State.FAILED, State.UNKNOWN)
"""States in which it may have arrived although no receipt came: the answer tells that it did."""
TAKEN = (State.SENT, State.STATISTICS_SENT, *MAY_BE_THERE)
SAID = {
    "accepted": "A partner has what was sent",
    "rejected": "A partner refused what was sent",
    "outcome": "A partner told what came of it",
    "recalled": "A partner stopped and deleted what was sent",
}


def awaited(cases: Iterable[Case]) -> dict[str, tuple[Case, Referral]]:
    """The keys that a partner may still answer under, each with the row it is about."""
    found: dict[str, tuple[Case, Referral]] = {}
    for case in cases:
        for row in case.referrals:
            if row.sent_under and row.state in (*c.WENT, *MAY_BE_THERE):
                found[row.sent_under] = (case, row)
            if row.recall_under and row.state is State.RECALL_SENT:
                found[row.recall_under] = (case, row)
    return found


def answered(case: Case, row: Referral, answer: Answer, now: datetime | None = None) -> list[Write]:
    """What an answer makes of the row it is about. An answer under another key, or in a state that it does not fit,
    changes nothing. `now` is when it was read, for an answer that says no time.
    """
    if not answer.key or answer.key not in (row.sent_under, row.recall_under):
        return []
    at = _when(row, answer, now)
    code, number = (_plain(text, case) for text in (answer.code, answer.reference))
    cells = _cells(row, replace(answer, code=code, reference=number), at)
    if cells is None:
        return []
    key = f"{key_of_row(case, row)}/{answer.said}" + (f"/{code}" if answer.said == "outcome" else "")
    cells = with_line(row, cells, at, by="the partner")
    effects = [Write("Referrals", key_of_row(case, row), cells, record=row.id)] if cells else []
    if key not in case.development_keys:
        detail = [f"Referrals {row.id}.", code and f"Code: {code}.", number and f"Their reference: {number}."]
        effects.append(Write("Developments", key, {
            "Key": key, "Case": (case.id,), "Happened at": at, "Development": SAID[answer.said],
            "Detail": " ".join(filter(None, detail)),
        }))  # fmt: skip
    return effects


def _cells(row: Referral, answer: Answer, at: datetime) -> dict[str, Any] | None:
    """The cells that it changes; None where it tells nothing new."""
    match answer.said:
        case "recalled":
            if row.state is not State.RECALL_SENT:
                return None
            return {"State": State.RECALLED, "Recall acknowledged at": at,
                    "Why": "The partner confirmed that they stopped and deleted it."}  # fmt: skip
        case _ if answer.key != row.sent_under:
            return None
        case "accepted":
            return _taken(row, at) | _said(row, answer) if row.state in TAKEN else None
        case "rejected":
            if row.state not in (*TAKEN, State.ACKNOWLEDGED):
                return None
            return {"State": State.REJECTED, "Answer": "The partner refused it.", "Why": TELL_ANOTHER_WAY,
                    "Try again at": None, **_said(row, answer)}  # fmt: skip
    if row.state in TAKEN:
        return _taken(row, at) | _said(row, answer)
    if row.state not in c.WENT:
        return None
    told = _said(row, answer)
    return {} if told.items() <= _as_is(row).items() else told


def _taken(row: Referral, at: datetime) -> dict[str, Any]:
    """They have it. Where no receipt had come, that is also when it went as far as anybody can tell."""
    cells = {"State": State.ACKNOWLEDGED, "Acknowledged at": at, "Try again at": None,
             "Answer": "The partner has it."}  # fmt: skip
    return cells if row.sent_at else {**cells, "Sent at": at}


def _said(row: Referral, answer: Answer) -> dict[str, Any]:
    cells = {"Partner's answer": answer.code, "Partner's reference": answer.reference}
    return {name: value for name, value in cells.items() if value}


def _as_is(row: Referral) -> Mapping[str, Any]:
    return {"Partner's answer": row.code, "Partner's reference": row.reference}


def told_outcome(case: Case, row: Referral) -> bool:
    """Whether the partner told what came of it, or staff entered it."""
    stem = f"{key_of_row(case, row)}/outcome/"
    return bool((row.outcome or "").strip()) or any(key.startswith(stem) for key in case.development_keys)


def _plain(text: str, case: Case) -> str:
    """A code or a number as it may stand in a base; "" for anything that may be words, or has a name of the case."""
    code = text.strip()
    return code if CODE.fullmatch(code) and not names(code, case.people) else ""


def _when(row: Referral, answer: Answer, now: datetime | None) -> datetime:
    """When they said it: never ahead of when it was read, nor before it went."""
    read = now or row.recorded_at
    at = min(answer.at or read, read)
    return max(at, row.recall_sent_at or row.sent_at or row.created_at).astimezone(UTC).replace(microsecond=0)
