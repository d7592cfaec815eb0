"""Airtable's pace: five requests a second a base, thirty seconds of silence after a refusal, and a meter.

In: each request before it goes. Out: the wait it needs; how many went, by base.
Never here: what a request asks. One Pace serves the whole process, however many platforms it has.
"""

import re
import time
from collections import Counter, deque
from collections.abc import Callable
from typing import Any

from pyrate_limiter import InMemoryBucket, Limiter, Rate
from requests import ConnectionError as NoConnection
from requests import PreparedRequest, Response, Timeout
from requests.adapters import HTTPAdapter
from requests_ratelimiter import LimiterAdapter
from requests_ratelimiter.buckets import HostBucketFactory

A_SECOND = 5
INTERVAL = 1100
"""Milliseconds that five requests are spread over: a tenth more than a second, as the way there is not always equal."""
PENALTY = 30.0
"""Seconds for which Airtable answers nothing after a 429."""
REFUSALS = 3
"""How often a request that was refused for its pace is sent again. It was not carried out, so a write may be, too."""
REPEATS = 2
"""How often a reading is asked again of a server that is down."""
STEP = 0.05
PASSING = frozenset({500, 502, 503, 504})
_BASE = re.compile(r"/(app\w{14})(?=/|$)")


class _Bucket(InMemoryBucket):
    def __init__(self, rates: list[Rate], clock: Callable[[], float]) -> None:
        super().__init__(rates)
        self._time = clock

    def now(self) -> int:
        return int(self._time() * 1000)


class _Buckets(HostBucketFactory):
    def schedule_leak(self, *_: Any) -> None:
        """Nothing runs beside us: what is old is dropped before each request."""


class Pace:
    """The meter and the brake, with a clock that tests may hold in their hand."""

    def __init__(self, clock: Callable[[], float] = time.time, sleep: Callable[[float], None] = time.sleep) -> None:
        self.clock, self.sleep = clock, sleep
        self.counted: Counter[str] = Counter()
        self.worst = 0
        """The most requests that went to one base within one second."""
        self._until: dict[str, float] = {}
        self._sent: dict[str, deque[float]] = {}
        self._buckets = _Buckets([Rate(A_SECOND, INTERVAL)], _Bucket, {"clock": clock})
        self.limiter = Limiter(self._buckets)

    @property
    def total(self) -> int:
        """Requests sent since the start."""
        return self.counted.total()

    def wait(self, base: str) -> None:
        """Until a request to that base may go."""
        if (left := self._until.get(base, 0) - self.clock()) > 0:
            self.sleep(left)
        self._buckets[base].leak(int(self.clock() * 1000) - 2 * INTERVAL)
        while not self.limiter.try_acquire(base, blocking=False):
            self.sleep(STEP)
        self._note(base)

    def silence(self, base: str) -> None:
        """Nothing to that base for thirty seconds."""
        self._until[base] = self.clock() + PENALTY

    def _note(self, base: str) -> None:
        now, sent = self.clock(), self._sent.setdefault(base, deque())
        while sent and sent[0] <= now - 1:
            sent.popleft()
        sent.append(now)
        self.counted[base] += 1
        self.worst = max(self.worst, len(sent))


SHARED = Pace()
"""The pace of this process."""


class Paced(LimiterAdapter):
    """Sends at that pace. What was refused for its pace goes again after the silence; a reading goes again where the
    server is down. No write does: nobody knows whether it was carried out."""

    def __init__(self, pace: Pace) -> None:
        super().__init__(limiter=pace.limiter)
        self._pace = pace

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        """As requests does, later."""
        url = request.url or ""
        base, reading = base_of(url), request.method == "GET" or url.endswith("/listRecords")
        refused = failed = 0
        while True:
            self._pace.wait(base)
            try:
                answer = HTTPAdapter.send(self, request, *args, **kwargs)
            except (NoConnection, Timeout):
                if not reading or failed >= REPEATS:
                    raise
            else:
                if answer.status_code == 429 and not used_up(answer) and refused < REFUSALS:
                    refused += 1
                    self._pace.silence(base)
                    continue
                if answer.status_code not in PASSING or not reading or failed >= REPEATS:
                    return answer
            failed += 1
            self._pace.sleep(float(failed))


def base_of(url: str) -> str:
    """The base that a request asks; "" where it asks of none."""
    found = _BASE.search(url.partition("?")[0])
    return found[1] if found else ""


def used_up(answer: Response) -> bool:
    """Whether a 429 says that the plan's calls of this month are gone, which no wait of ours mends."""
    return "BILLING_LIMIT" in answer.text
