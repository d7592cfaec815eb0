"""HTTP: one session with time-outs, retries that cannot repeat a write, and our own errors.

In: a base address. Out: sessions whose failures are TryAgainLater or a Response to read.
Never here: a body or an address in a message (they hold personal data and secrets); a token or a case sent in
the clear to another machine, or to wherever an answer points.
"""

import re
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url
from urllib3.util.retry import Retry

from automations.errors import Stop, TryAgainLater
from sync.loopback import is_loopback

TIMEOUT = (5.0, 30.0)
"""Seconds to connect and to wait for an answer."""


UNPROTECTED = "must begin with https, or with http for this machine alone"
UNPLAIN = "must be in plain letters, and hold no name, password, space or backslash"
UNASKED = "is not one that can be asked"
CARRIED = "must be letters, digits and signs of the English keyboard alone, without a space or a line's end"


def unfit(url: str) -> str:
    """What is wrong with an address, "" where nothing is: what is sent there crosses no network in the clear."""
    try:
        at = parse_url(url)
        (at.host or "").encode("idna")
    except (LocationParseError, UnicodeError):
        return UNASKED
    if at.scheme != "https" and not (at.scheme == "http" and is_loopback(at.host or "")):
        return UNPROTECTED
    if not re.fullmatch(r"[\x21-\x7e]+", url) or "\\" in url or at.auth:
        return UNPLAIN
    return "" if at.host else UNASKED


def is_token(words: str) -> bool:
    """Whether a header can carry it as it stands."""
    return bool(re.fullmatch(r"[\x21-\x7e]+", words))


class Session(requests.Session):
    """A session that always has a time-out and says plainly when the other side is down."""

    def __init__(self, name: str, retries: int = 2) -> None:
        """`name` is what people call the other side; only GET is ever repeated."""
        super().__init__()
        self.name = name
        self.trust_env = False
        repeat = Retry(total=retries, allowed_methods={"GET"}, status_forcelist={502, 503, 504}, backoff_factor=0.2,
                       raise_on_status=False)  # fmt: skip
        adapter = HTTPAdapter(max_retries=repeat, pool_maxsize=8)
        self.mount("http://", adapter)
        self.mount("https://", adapter)

    def request(self, method: str | bytes, url: str | bytes, *args: Any, **kwargs: Any) -> requests.Response:
        """As requests does, with a time-out. TryAgainLater where no answer came.

        Stop, before anything is sent, where the address is not protected; and where the answer leads to another
        address, which is not asked: requests would take our token along.
        """
        if why := unfit(url.decode() if isinstance(url, bytes) else url):
            raise Stop(f"The address of {self.name} {why}.")
        kwargs.setdefault("timeout", TIMEOUT)
        kwargs["allow_redirects"] = False
        try:
            answer = super().request(method, url, *args, **kwargs)
        except (requests.exceptions.InvalidURL, requests.exceptions.MissingSchema, requests.exceptions.InvalidSchema):
            raise Stop(f"The address of {self.name} {UNASKED}.") from None
        except requests.RequestException as error:
            raise TryAgainLater(f"{self.name} did not answer ({type(error).__name__}).") from None
        if answer.is_redirect:
            raise Stop(f"The address of {self.name} leads to another address; it was not followed.")
        return answer
