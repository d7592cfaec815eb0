"""HTTPS with JSON: one notice posted to one partner, once in effect for a partner that honours the key.

In: bytes that payload.py made, and the key to deliver them under. Out: the partner's receipt, or what happens next.
Never here: a look inside the bytes, a redirect followed, a second try (the row says when), a cookie kept.
"""

import re
import ssl
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path

import requests
from urllib3.exceptions import HTTPError, LocationParseError
from urllib3.util import Url, parse_url

from automations.errors import CaseworkError, NeedsAPerson, NotReached, Stop, TryAgainLater
from automations.ports import Answer, Receipt
from sync.http import TIMEOUT
from sync.loopback import is_loopback
from sync.partners.addresses import literal, why_not
from sync.partners.exchange import Exchange, Line
from sync.partners.said import AskedToWait, is_key, later, receipt
from sync.partners.signing import Signature

LONGEST_ANSWER = 64 * 1024
LONGEST_EXCHANGE = 30.0
"""Seconds for one notice and its answer together: while it lasts, nothing else of the pass is done."""
TROUBLES = 3
"""How many questions in one go may fail before the partner is left alone."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where one partner is, from the settings. `ca_file` names a certificate to trust in place of the usual ones.

    We show a `token`, or a certificate of our own (`client_certificate`, with its key in the same file or in
    `client_key`), or both. With a `signing_key` (Ed25519, PEM) each request is signed too. `status_url` is where later
    answers are asked for, with {key} in it; without it, at the address itself and the key after it.
    """

    name: str
    url: str = field(repr=False)
    token: str = field(default="", repr=False)
    ca_file: str | None = None
    client_certificate: str | None = None
    client_key: str | None = None
    client_passphrase: str = field(default="", repr=False)
    signing_key: str = field(default="", repr=False)
    signing_key_id: str = ""
    status_url: str = field(default="", repr=False)
    allow_private: bool = False


class HttpsJson:
    """The way to one partner. Whether a certificate is theirs is always checked."""

    once = True
    carries_names = True

    def __init__(
        self, destination: Destination, timeout: tuple[float, float] = TIMEOUT, longest: float = LONGEST_EXCHANGE
    ) -> None:
        """Stop where the address, the token, a certificate or a key is not safe to use; nothing is sent to find out.

        `timeout` is in seconds for connecting and for each reading, `longest` for the whole exchange.
        """
        _check(destination)
        self._destination = destination
        self._timeout = timeout
        self._longest = longest
        self._sign: Signature | None = None
        if destination.signing_key:
            self._sign = Signature(destination.name, destination.signing_key, destination.signing_key_id)
        self._line = Line(longest, self._may_reach, destination.client_passphrase)
        self._session = _session(destination, self._line)
        self._ask_first = ""

    def deliver(self, payload: bytes, key: str, to: str = "") -> Receipt:
        """Hand over once in effect for this key. TryAgainLater: the same bytes and key may safely go again."""
        if to:
            raise NeedsAPerson(f"{self._destination.name} is one address: it has no recipients. Nothing was sent.")
        if not is_key(key):
            raise Stop("A notice goes under the key of its payload: any other may tell the partner which case it is.")
        headers = {"Idempotency-Key": key, "Content-Type": "application/json; charset=utf-8"}
        answer, body = self._exchange(requests.Request("POST", self._destination.url, headers, data=payload), payload)
        return receipt(self._destination.name, answer, body, payload)

    def answers(self, keys: Sequence[str]) -> list[Answer]:
        """What the partner says now of those keys; nothing of one that it says nothing new of.

        One that fails does not keep the others: what was found is given, and the next time begins where this one
        ended. Raises the first trouble where nothing was found. Where the address has no place for a key, never asks.
        """
        found: list[Answer] = []
        troubles: list[CaseworkError] = []
        over = time.monotonic() + self._longest
        first = keys.index(self._ask_first) if self._ask_first in keys else 0
        self._ask_first = ""
        for key in (*keys[first:], *keys[:first]):
            if time.monotonic() > over or len(troubles) == TROUBLES:
                self._ask_first = key
                break
            url = _status_url(self._destination, key)
            if not url or not is_key(key):
                continue
            try:
                answer, body = self._exchange(requests.Request("GET", url), None)
                said = later(self._destination.name, answer, body, key)
            except CaseworkError as error:
                troubles += [error] * (1 if isinstance(error, NeedsAPerson | AskedToWait) else TROUBLES)
                continue
            found += [said] if said else []
        if troubles and not found:
            raise troubles[0]
        return found

    def _exchange(self, request: requests.Request, payload: bytes | None) -> tuple[requests.Response, bytes]:
        """One request, and the beginning of its answer."""
        prepared = self._session.prepare_request(request)
        if self._sign:
            self._sign(prepared, payload)
        name = self._destination.name
        with self._line.exchange() as exchange:
            try:
                with self._session.send(
                    prepared, timeout=self._timeout, allow_redirects=False, stream=True
                ) as answer:  # fmt: skip
                    return answer, _body(answer, exchange)
            except (requests.RequestException, HTTPError, OSError) as error:
                if _is_about_a_certificate(error):
                    raise NeedsAPerson(f"The certificate of {name} could not be verified: nothing was sent.") from None
                if _refuses_ours(error) and not exchange.kept:
                    raise NeedsAPerson(f"{name} did not accept our certificate, so it took nothing.") from None
                silent = TryAgainLater if exchange.began else NotReached
                raise silent(f"{name} did not answer ({type(error).__name__}).") from None

    def _may_reach(self, host: str, address: str) -> None:
        if why := why_not(host, address, self._destination.allow_private):
            raise NeedsAPerson(f"Nothing was sent to {self._destination.name}: {why}.")


def _session(destination: Destination, line: Line) -> requests.Session:
    """What each request has in common. Nothing is taken from the environment, and nothing is kept of an answer."""
    session = requests.Session()
    session.trust_env = False
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.verify = destination.ca_file or True
    if destination.client_certificate:
        own, key = destination.client_certificate, destination.client_key
        session.cert = (own, key) if key else own
    session.headers.update({"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "Casewatch"})
    if destination.token:
        session.headers["Authorization"] = f"Bearer {destination.token}"
    for scheme in ("http://", "https://"):
        session.mount(scheme, line)
    return session


def _check(destination: Destination) -> None:
    """Refuse what is not safe to use, or not whole."""
    name = destination.name
    at = _address(name, destination.url, destination.allow_private)
    if destination.status_url:
        asked = _address(name, destination.status_url.replace("{key}", "0"), destination.allow_private)
        if "{key}" not in destination.status_url or (asked.scheme, asked.netloc) != (at.scheme, at.netloc):
            raise Stop(f"The status_url of {name} must be at the same place as its url, and have {{key}} in it.")
    if destination.ca_file and not Path(destination.ca_file).is_file():
        raise Stop(f"The file of certificates to trust for {name} is not there.")
    if not destination.token and not destination.client_certificate:
        raise Stop(f"{name} needs a token, or a client_certificate: without either it cannot know that it is us.")
    if destination.token and not re.fullmatch(r"[\x21-\x7e]+", destination.token):
        raise Stop(f"{name} needs a token, in plain letters and digits.")
    if destination.client_key and not destination.client_certificate:
        raise Stop(f"{name} has a client_key and no client_certificate.")
    if destination.client_certificate:
        _own_certificate(destination, destination.client_certificate)


def _address(name: str, address: str, allow_private: bool) -> Url:
    """An address of HTTPS, or of plain HTTP to this machine, that leads nowhere inside."""
    try:
        url = parse_url(address)
    except LocationParseError:
        raise Stop(f"The address of {name} cannot be read.") from None
    if not re.fullmatch(r"[\x21-\x7e]+", address) or "\\" in address or not url.host or url.auth:
        raise Stop(f"The address of {name} needs a host, and no name, password, space or backslash in it.")
    if url.scheme != "https" and not (url.scheme == "http" and is_loopback(url.host)):
        raise Stop(f"The address of {name} must begin with https: plain http is for this machine alone.")
    if (number := literal(url.host)) and (why := why_not(url.host, number, allow_private)):
        raise Stop(f"The address of {name} is refused: {why}.")
    return url


def _own_certificate(destination: Destination, certificate: str) -> None:
    """Stop where our own certificate and its key do not open, or do not belong together. OpenSSL never asks anybody."""
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_cert_chain(
            certificate, destination.client_key, password=lambda: destination.client_passphrase
        )
    except (OSError, ValueError):  # of a wrong file, key or passphrase
        raise Stop(
            f"The client_certificate of {destination.name} cannot be used: look at the file, its client_key and the "
            "secret client_passphrase."
        ) from None


def _status_url(destination: Destination, key: str) -> str:
    """Where the partner tells what became of a notice; "" where the address has no place for a key."""
    if destination.status_url:
        return destination.status_url.replace("{key}", key)
    return "" if re.search(r"[?#]", destination.url) else f"{destination.url.rstrip('/')}/{key}"


def _is_about_a_certificate(error: BaseException) -> bool:
    """Whether the connection failed because the other side could not show who it is."""
    return any(isinstance(each, ssl.SSLCertVerificationError) for each in _causes(error))


def _refuses_ours(error: BaseException) -> bool:
    """Whether the other side broke the handshake off over who we are. It reads nothing before that is done."""
    alerts = ("CERTIFICATE", "UNKNOWN_CA", "HANDSHAKE_FAILURE", "ACCESS_DENIED")
    reasons = [each.reason or "" for each in _causes(error) if isinstance(each, ssl.SSLError)]
    return any("_ALERT_" in reason and alert in reason for reason in reasons for alert in alerts)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error and what it came of; urllib3 keeps that of TLS inside one of its own."""
    at: BaseException | None = error
    while at is not None:
        yield at
        yield from (each for each in at.args if isinstance(each, ssl.SSLError))
        at = at.__cause__ or at.__context__


def _body(answer: requests.Response, exchange: Exchange) -> bytes:
    """The beginning of an answer. One that was cut is none: its half of a receipt might be read for a whole."""
    body = b""
    while len(body) < LONGEST_ANSWER and (some := answer.raw.read1(4096, decode_content=False)):
        body += some
    if exchange.cut:
        raise requests.Timeout
    return body
