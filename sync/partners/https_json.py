"""HTTPS with JSON: one notice posted to one partner, once in effect for a partner that honours the key.

In: bytes that payload.py made, and the key to deliver them under. Out: the partner's receipt, or what happens next.
Never here: a look inside the bytes, a redirect followed, a word of the partner's that could hold a person's name.
"""

import json
import re
import ssl
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import requests
from urllib3.exceptions import HTTPError, LocationParseError
from urllib3.util import parse_url

from automations.errors import CaseworkError, NeedsAPerson, NoReceipt, NotReached, Stop, TryAgainLater
from automations.ports import Receipt
from sync.http import TIMEOUT
from sync.loopback import is_loopback
from sync.partners.exchange import Exchange

LONGEST_ANSWER = 64 * 1024
LONGEST_EXCHANGE = 30.0
"""Seconds for one notice and its answer together: while it lasts, nothing else of the pass is done."""
LONGEST_WAIT = 3600
REFUSED = {
    400: "They could not read the notice.",
    409: "They already hold something else under this key.",
    422: "They do not accept what the notice says.",
}
WRONG_DOOR = {
    401: "did not accept our token",
    403: "does not let us send notices",
    404: "has nothing at the address in the settings",
}


class AskedToWait(TryAgainLater):
    """The partner cannot take the notice now; the next run will try again."""

    def __init__(self, detail: str, retry_after: int | None = None) -> None:
        """`retry_after` is in seconds, where the partner named a time."""
        super().__init__(detail)
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Destination:
    """Where one partner is, from the settings. `ca_file` names a certificate to trust in place of the usual ones."""

    name: str
    url: str = field(repr=False)
    token: str = field(repr=False)
    ca_file: str | None = None


class HttpsJson:
    """The way to one partner. Whether a certificate is theirs is always checked."""

    once = True
    carries_names = True

    def __init__(
        self, destination: Destination, timeout: tuple[float, float] = TIMEOUT, longest: float = LONGEST_EXCHANGE
    ) -> None:
        """Stop where the address or the token is not safe to use; nothing is sent to find out.

        `timeout` is in seconds for connecting and for each reading, `longest` for the whole exchange.
        """
        _check(destination)
        self._destination = destination
        self._timeout = timeout
        self._longest = longest

    def deliver(self, payload: bytes, key: str, to: str = "") -> Receipt:
        """Hand over once in effect for this key. TryAgainLater: the same bytes and key may safely go again."""
        if to:
            raise NeedsAPerson(f"{self._destination.name} is one address: it has no recipients. Nothing was sent.")
        if not re.fullmatch(r"[0-9a-f]{32,64}", key):
            raise Stop("A notice goes under the key of its payload: any other may tell the partner which case it is.")
        name = self._destination.name
        headers = {
            "Authorization": f"Bearer {self._destination.token}",
            "Idempotency-Key": key,
            "Content-Type": "application/json; charset=utf-8",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "User-Agent": "Casewatch",
        }
        with requests.Session() as session, Exchange(self._longest) as exchange:
            session.trust_env = False
            session.verify = self._destination.ca_file or True
            for scheme in ("http://", "https://"):
                session.mount(scheme, exchange)
            try:
                with session.post(
                    self._destination.url, data=payload, headers=headers, timeout=self._timeout,
                    allow_redirects=False, stream=True,
                ) as answer:  # fmt: skip
                    return self._receipt(answer, _body(answer, exchange), payload)
            except (requests.RequestException, HTTPError, OSError) as error:
                if _is_about_a_certificate(error):
                    raise NeedsAPerson(f"The certificate of {name} could not be verified: nothing was sent.") from None
                silent = TryAgainLater if exchange.began else NotReached
                raise silent(f"{name} did not answer ({type(error).__name__}).") from None

    def _receipt(self, answer: requests.Response, body: bytes, payload: bytes) -> Receipt:
        """What an answer means. Of its body only a receipt number, or a code for a fault, is ever kept."""
        status, said = answer.status_code, _object(body)
        if 200 <= status < 300:
            if said is None and body.strip():
                raise NoReceipt(f"{self._destination.name} answered with something that is no receipt: ask them.")
            said = said or {}
            return Receipt(accepted=True, reference=_plain(said.get("receipt") or said.get("reference")))
        if status in REFUSED:
            code = _plain((said or {}).get("code") or (said or {}).get("error"), longest=40)
            told = code and code.lower().encode() not in payload.lower()
            return Receipt(accepted=False, reason=f"{REFUSED[status]} ({status}{f', {code}' if told else ''})")
        raise self._problem(status, answer)

    def _problem(self, status: int, answer: requests.Response) -> CaseworkError:
        """No receipt and no refusal: to be tried again, or a person's to put right."""
        name = self._destination.name
        if status in (408, 425, 429) or status >= 500:
            return AskedToWait(f"{name} answered {status}.", _seconds(answer))
        if 300 <= status < 400:
            return NeedsAPerson(f"{name} answered {status}, sending us to another address. It was not followed.")
        return NeedsAPerson(f"{name} {WRONG_DOOR.get(status, 'does not take notices this way')} ({status}).")


def _check(destination: Destination) -> None:
    """Refuse an address that is not HTTPS, or plain HTTP to anywhere but this machine."""
    name = destination.name
    try:
        url = parse_url(destination.url)
    except LocationParseError:
        raise Stop(f"The address of {name} cannot be read.") from None
    if not re.fullmatch(r"[\x21-\x7e]+", destination.url) or "\\" in destination.url or not url.host or url.auth:
        raise Stop(f"The address of {name} needs a host, and no name, password, space or backslash in it.")
    if url.scheme != "https" and not (url.scheme == "http" and is_loopback(url.host)):
        raise Stop(f"The address of {name} must begin with https: plain http is for this machine alone.")
    if destination.ca_file and not Path(destination.ca_file).is_file():
        raise Stop(f"The file of certificates to trust for {name} is not there.")
    if not re.fullmatch(r"[\x21-\x7e]+", destination.token):
        raise Stop(f"{name} needs a token, in plain letters and digits.")


def _is_about_a_certificate(error: BaseException | None) -> bool:
    """Whether the connection failed because the other side could not show who it is."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _body(answer: requests.Response, exchange: Exchange) -> bytes:
    """The beginning of an answer. One that was cut is none: its half of a receipt might be read for a whole."""
    body = b""
    while len(body) < LONGEST_ANSWER and (some := answer.raw.read1(4096, decode_content=False)):
        body += some
    if exchange.cut:
        raise requests.Timeout
    return body


def _object(body: bytes) -> dict[str, Any] | None:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _plain(said: object, longest: int = 100) -> str:
    """A number or code as machines write them; anything that could be a sentence is dropped."""
    text = str(said) if isinstance(said, str | int) else ""
    return text if re.fullmatch(rf"[A-Za-z0-9][A-Za-z0-9._:/-]{{0,{longest - 1}}}", text) else ""


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
