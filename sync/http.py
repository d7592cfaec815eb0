"""HTTP: one session with time-outs, retries that cannot repeat a write, and our own errors.

In: a base address. Out: sessions whose failures are TryAgainLater or a Response to read.
Never here: a body or an address in a message (they hold personal data and secrets).
"""

from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from automations.errors import Stop, TryAgainLater

TIMEOUT = (5.0, 30.0)
"""Seconds to connect and to wait for an answer."""


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
        """As requests does, with a time-out. TryAgainLater where no answer came."""
        kwargs.setdefault("timeout", TIMEOUT)
        try:
            return super().request(method, url, *args, **kwargs)
        except (requests.exceptions.InvalidURL, requests.exceptions.MissingSchema, requests.exceptions.InvalidSchema):
            raise Stop(f"The address of {self.name} is not one that can be asked.") from None
        except requests.RequestException as error:
            raise TryAgainLater(f"{self.name} did not answer ({type(error).__name__}).") from None
