"""One exchange with a partner has an end, and what it ends with says whether anything can have arrived."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import trustme
from way_to_a_partner import STATISTICS, TOKEN

from automations.errors import NoReceipt, NotReached, TryAgainLater
from casewatch.desks.partner import Instead, PartnerDesk
from sync.partners.https_json import LONGEST_EXCHANGE, Destination, HttpsJson

LONGEST = 0.6
GIVEN_UP = 2.0
"""Seconds: far beyond the limit of the exchange, and far below what each of these partners would take."""


def hand_over(url: str, ca_file: str | None = None, longest: float = LONGEST):
    way = HttpsJson(Destination("Exampleshire", url, TOKEN, ca_file), timeout=(1.0, 1.0), longest=longest)
    return way.deliver(STATISTICS.body, STATISTICS.key)


@contextmanager
def dripping(begins: bytes, drop: bytes, scheme: str = "http") -> Iterator[str]:
    """A partner that answers with a beginning, and then a drop ten times a second for six seconds."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        done = threading.Event()

        def drip() -> None:
            caller, _ = server.accept()
            with caller:
                try:
                    caller.sendall(begins)
                    for _ in range(60):
                        if done.wait(0.1):
                            return
                        caller.sendall(drop)
                except OSError:
                    return

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        yield f"{scheme}://localhost:{server.getsockname()[1]}/"
        done.set()
        thread.join(2)


def seconds(act: Callable[[], object]) -> float:
    start = time.monotonic()
    act()
    return time.monotonic() - start


@pytest.mark.parametrize(
    ("begins", "drop"),
    [
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"HTTP/1.1 200 OK\r\nX-Long: ", b"a"),
        (b"HTTP/1.1 200 OK\r\n", b"X-Another: a\r\n"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b" "),
        (b'HTTP/1.1 200 OK\r\n\r\n{"receipt": "R-1"}', b" "),
    ],
    ids=["please wait", "a header", "headers", "a body", "a body of no length"],
)
def test_a_partner_that_drips_is_given_up_in_time_and_may_hold_the_notice(begins, drop):
    """Each drop starts the time-out of a reading anew, so the whole exchange has one of its own. What was cut is
    no receipt. HC-006: while a partner hangs, nobody is alerted to the next report.
    """
    with dripping(begins, drop) as url:

        def try_it() -> None:
            with pytest.raises(TryAgainLater) as told:
                hand_over(url)
            assert not isinstance(told.value, NotReached)

        assert seconds(try_it) < GIVEN_UP


def test_a_handshake_that_drips_is_given_up_in_time_and_nothing_has_left():
    """The notice goes only once the partner has shown who it is."""
    half_a_record = b"\x16\x03\x03\x40\x00"
    with dripping(half_a_record, b"\x02", scheme="https") as url:

        def try_it() -> None:
            with pytest.raises(NotReached):
                hand_over(url)

        assert seconds(try_it) < GIVEN_UP


def test_a_partner_that_is_not_there_has_nothing():
    """Nothing listens at that port any more."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(NotReached):
        hand_over(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize("instead", [Instead(), Instead(503), Instead(store=True)], ids=["hung up", "503", "stored"])
def test_a_partner_that_was_connected_to_may_have_it(tmp_path, instead):
    """Whatever it answered afterwards, its own records may hold what it read."""
    with PartnerDesk(tmp_path, TOKEN, answer={1: instead}.get) as desk:
        with pytest.raises(TryAgainLater) as told:
            hand_over(desk.url, longest=5)
        assert not isinstance(told.value, NotReached)
        assert hand_over(desk.url, longest=5).accepted


def test_an_answer_that_is_no_receipt_leaves_open_whether_it_arrived(tmp_path):
    with PartnerDesk(tmp_path, TOKEN, answer={1: Instead(200, body=b"<html>Welcome</html>")}.get) as desk:
        with pytest.raises(NoReceipt):
            hand_over(desk.url, longest=5)
        assert hand_over(desk.url, longest=5).accepted


def test_a_quick_partner_is_not_hurried_over_https_either(tmp_path):
    """The limit leaves room for a slow one: thirty seconds, where nothing else is said."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(tls)
    with PartnerDesk(tmp_path / "desk", TOKEN, tls=tls, answer={1: Instead(503)}.get) as desk:
        with pytest.raises(TryAgainLater):
            hand_over(desk.url, str(tmp_path / "ca.pem"), longest=5)
        assert hand_over(desk.url, str(tmp_path / "ca.pem"), longest=5).accepted
    assert LONGEST_EXCHANGE == 30
