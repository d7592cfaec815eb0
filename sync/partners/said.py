"""Said: what a partner's answer over HTTP means. Of its body only a number or a code is ever kept.

In: a status, headers and the beginning of a body. Out: a receipt, a later answer, or the error that says what next.
Never here: a connection; a word of the partner's that could hold a person's name.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, Literal

import requests

from automations.errors import CaseworkError, NeedsAPerson, NoReceipt, TryAgainLater
from automations.ports import Answer, Receipt

LONGEST_WAIT = 3600
REFUSED = {
    400: "They could not read the notice.",
    409: "They already hold something else under this key.",
    422: "They do not accept what the notice says.",
}
WRONG_DOOR = {
    401: "did not accept our token, or our signature",
    403: "does not let us send notices",
    404: "has nothing at the address in the settings",
}
LATER: Mapping[str, Literal["accepted", "rejected", "outcome", "recalled"]] = {
    "accepted": "accepted", "rejected": "rejected", "closed": "outcome", "recalled": "recalled",
}  # fmt: skip
"""What a partner says later. `received` says no more than the receipt did."""


class AskedToWait(TryAgainLater):
    """The partner cannot take the notice now; the next run will try again."""

    def __init__(self, detail: str, retry_after: int | None = None) -> None:
        """`retry_after` is in seconds, where the partner named a time."""
        super().__init__(detail)
        self.retry_after = retry_after


def receipt(name: str, answer: requests.Response, body: bytes, payload: bytes) -> Receipt:
    """What became of a notice."""
    status, said = answer.status_code, _object(body)
    if 200 <= status < 300:
        if said is None and body.strip():
            raise NoReceipt(f"{name} answered with something that is no receipt: ask them.")
        said = said or {}
        return Receipt(accepted=True, reference=plain(said.get("receipt") or said.get("reference")))
    if status in REFUSED:
        code = plain((said or {}).get("code") or (said or {}).get("error"), longest=40)
        told = code and code.lower().encode() not in payload.lower()
        return Receipt(accepted=False, reason=f"{REFUSED[status]} ({status}{f', {code}' if told else ''})")
    raise _problem(name, status, answer)


def later(name: str, answer: requests.Response, body: bytes, key: str) -> Answer | None:
    """What a partner says now of a notice that it took; None where that is nothing new. An answer under another key
    than was asked for keeps its own, where it is one.
    """
    if answer.status_code == 404:
        return None
    if not 200 <= answer.status_code < 300:
        raise _problem(name, answer.status_code, answer)
    said = _object(body)
    if said is None:
        raise NeedsAPerson(f"{name} answers at the address for later answers with something that is none: ask them.")
    status, about = said.get("status"), said.get("key", key)
    if not isinstance(status, str) or status not in LATER or not is_key(about):
        return None
    return Answer(
        about, LATER[status], plain(said.get("reference") or said.get("receipt")), plain(said.get("code"), 40),
        _instant(said.get("at")),
    )  # fmt: skip


def is_key(key: object) -> bool:
    """Whether it is the key of a payload: any other may tell the partner which case it is, or us what it likes."""
    return isinstance(key, str) and bool(re.fullmatch(r"[0-9a-f]{32,64}", key))


def plain(said: object, longest: int = 100) -> str:
    """A number or code as machines write them; anything that could be a sentence is dropped."""
    text = str(said) if isinstance(said, str | int) else ""
    return text if re.fullmatch(rf"[A-Za-z0-9][A-Za-z0-9._:/-]{{0,{longest - 1}}}", text) else ""


def _problem(name: str, status: int, answer: requests.Response) -> CaseworkError:
    """No receipt and no refusal: to be tried again, or a person's to put right."""
    if status in (408, 425, 429) or status >= 500:
        return AskedToWait(f"{name} answered {status}.", _seconds(answer))
    if 300 <= status < 400:
        return NeedsAPerson(f"{name} answered {status}, sending us to another address. It was not followed.")
    return NeedsAPerson(f"{name} {WRONG_DOOR.get(status, 'does not take notices this way')} ({status}).")


def _object(body: bytes) -> dict[str, Any] | None:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _seconds(answer: requests.Response) -> int | None:
    """Retry-After, as seconds or as a time by the partner's own clock; between a second and an hour."""
    said = answer.headers.get("Retry-After", "").strip()
    if re.fullmatch(r"[0-9]{1,9}", said):
        return min(max(int(said), 1), LONGEST_WAIT)
    try:
        wait = parsedate_to_datetime(said) - parsedate_to_datetime(answer.headers["Date"])
        return min(max(int(wait.total_seconds()), 1), LONGEST_WAIT)
    except (KeyError, TypeError, ValueError):
        return None


def _instant(said: object) -> datetime | None:
    """An instant as it was written, with its offset; None where it has none."""
    try:
        at = datetime.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        return None
    return at if at and at.tzinfo else None
