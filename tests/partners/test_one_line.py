"""One connection serves the notices of one pass, and is let go where it could leave open what became of a notice."""

import socket
import ssl
import threading
import time

import pytest
import trustme
from receiving import Receiving
from way_to_a_partner import NAMED, STATISTICS, the_way_to

from automations.errors import NotReached, TryAgainLater
from sync.partners import exchange
from sync.partners.https_json import Destination, HttpsJson


def send(way: HttpsJson, number: int = 0):
    return way.deliver(STATISTICS.body, f"{number:032x}")


def test_the_notices_of_a_pass_go_over_one_connection():
    """Each handshake costs more than the notice."""
    with Receiving() as partner:
        way = the_way_to(partner.url)
        for n in range(5):
            assert send(way, n).accepted

    assert partner.connections == 1
    assert len(partner.held) == 5


def test_a_line_that_rested_is_not_used_again(monkeypatch):
    """What is sent on one that the partner just gave up may have arrived or not, and nobody knows."""
    monkeypatch.setattr(exchange, "FRESH", 0.05)
    with Receiving() as partner:
        way = the_way_to(partner.url)
        send(way, 1)
        time.sleep(0.1)
        send(way, 2)

    assert partner.connections == 2


def test_a_partner_that_restarts_between_two_notices_is_connected_to_anew():
    """Its hanging up is noticed before anything is sent, so nothing is doubtful; nor is it when it stays away."""
    with Receiving() as partner:
        way = the_way_to(partner.url)
        send(way, 1)
        partner.hang_up()
        time.sleep(0.05)
        assert send(way, 2).accepted
        assert partner.connections == 2
        partner.shut()
        time.sleep(0.05)
        with pytest.raises(NotReached):
            send(way, 3)


def test_over_a_line_that_served_before_anything_may_have_arrived():
    """A partner that reads the second notice and hangs up may hold it."""
    with Receiving(
        answer=lambda came: (0, {}, b"") if came.headers["idempotency-key"].endswith("2") else None
    ) as partner:
        way = the_way_to(partner.url)
        send(way, 1)
        with pytest.raises(TryAgainLater) as told:
            send(way, 2)
        assert not isinstance(told.value, NotReached)
        assert send(way, 3).accepted

    assert partner.connections == 2, "after a failure nothing goes over the same line"


def test_a_line_that_served_before_is_cut_in_time_too():
    """HC-006: while a partner hangs, nobody is alerted to the next report."""
    slow = threading.Event()
    with Receiving(answer=lambda came: slow.wait(6) and None if came.body == NAMED.body else None) as partner:
        way = HttpsJson(Destination("Exampleshire", partner.url, "token"), timeout=(1.0, 9.0), longest=0.4)
        send(way)
        begun = time.monotonic()
        with pytest.raises(TryAgainLater):
            way.deliver(NAMED.body, NAMED.key)
        assert time.monotonic() - begun < 2
        slow.set()
        assert send(way, 1).accepted


def test_a_cookie_is_not_kept():
    """Two notices tell a partner no more than what stands in them."""
    with Receiving(answer=lambda _: (200, {"Set-Cookie": "who=them"}, b"{}")) as partner:
        way = the_way_to(partner.url)
        send(way, 1)
        send(way, 2)

    assert all("cookie" not in came.headers for came in partner.came)


def test_a_half_read_answer_ends_the_line():
    """The rest of a long answer would be read for the receipt of the next notice."""
    long = b'{"receipt": "R-1"}' + b" " * 100_000
    with Receiving(
        answer=lambda came: (200, {}, long) if came.headers["idempotency-key"].endswith("1") else None
    ) as partner:
        way = the_way_to(partner.url)
        assert send(way, 1).reference == "R-1"
        assert send(way, 2).reference == f"R-{0:08x}"

    assert partner.connections == 2


def test_over_https_the_line_is_kept_as_well(tmp_path):
    """And the certificate is looked at once for each line."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(tls)
    with Receiving(tls=tls) as partner:
        way = the_way_to(partner.url, ca_file=str(tmp_path / "ca.pem"))
        for n in range(4):
            assert send(way, n).accepted

    assert partner.connections == 1


def test_no_socket_is_left_open_after_a_failure():
    """A pass an hour for three days must not use up what the machine has."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    way = the_way_to(f"http://localhost:{port}/")
    for n in range(3):
        with pytest.raises(NotReached):
            send(way, n)

    assert way._line._handle is None


def test_after_a_fault_of_our_own_nothing_goes_over_the_same_line():
    """What was half said on it is anybody's guess."""
    with Receiving() as partner:
        way = the_way_to(partner.url)
        send(way, 1)
        with pytest.raises(RuntimeError), way._line.exchange():
            raise RuntimeError
        assert send(way, 2).accepted

    assert partner.connections == 2
