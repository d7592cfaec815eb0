"""Notices over real HTTP, to a real desk on loopback that answers well, badly or not at all."""

import json
import socket
import threading

import pytest
from way_to_a_partner import NAMED, STATISTICS, TOKEN, the_way_to

from automations.errors import NeedsAPerson, TryAgainLater
from casewatch.desks.partner import Instead
from sync.partners.said import AskedToWait


def test_a_notice_arrives_word_for_word_and_brings_a_receipt(open_desk):
    """What the partner keeps is what left, and the receipt is theirs."""
    desk = open_desk()

    receipt = the_way_to(desk.url).deliver(STATISTICS.body, STATISTICS.key)

    assert receipt.accepted
    [kept] = desk.kept()
    assert kept["receipt"] == receipt.reference
    assert kept["notice"] == json.loads(STATISTICS.body)
    assert kept["fingerprint"] == STATISTICS.fingerprint


def test_the_same_key_again_brings_the_same_receipt_and_no_second_notice(open_desk):
    """At least once from us is once in effect for them."""
    desk = open_desk()
    way = the_way_to(desk.url)

    assert way.deliver(STATISTICS.body, STATISTICS.key) == way.deliver(STATISTICS.body, STATISTICS.key)
    assert len(desk.kept()) == 1


def test_the_same_key_with_other_bytes_is_refused(open_desk):
    """A partner who holds something else under the key says so, and a person looks."""
    desk = open_desk()
    way = the_way_to(desk.url)
    way.deliver(STATISTICS.body, STATISTICS.key)

    receipt = way.deliver(NAMED.body, STATISTICS.key)

    assert not receipt.accepted
    assert receipt.reason == "They already hold something else under this key. (409, key_used_before)"
    assert [kept["notice"]["form"] for kept in desk.kept()] == ["statistical"]
    assert way.deliver(NAMED.body, NAMED.key).accepted


@pytest.mark.parametrize(
    "instead",
    [Instead(500), Instead(503), Instead(store=True), Instead(), Instead(201, store=True, after=0.8)],
    ids=["500", "503", "stored and the answer lost", "hung up", "stored and too slow"],
)
def test_after_a_failure_the_next_try_makes_one_notice(open_desk, instead):
    """Whether the first try had arrived or not."""
    desk = open_desk(instead)
    way = the_way_to(desk.url)

    with pytest.raises(TryAgainLater):
        way.deliver(STATISTICS.body, STATISTICS.key)
    assert way.deliver(STATISTICS.body, STATISTICS.key).accepted

    assert desk.requests == 2
    assert len(desk.kept()) == 1


def test_a_partner_who_is_not_there_is_tried_again_later():
    """Nothing listens at that port any more."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    with pytest.raises(TryAgainLater):
        the_way_to(f"http://127.0.0.1:{port}/notices").deliver(STATISTICS.body, STATISTICS.key)


def test_an_answer_that_drips_without_end_is_given_up():
    """A byte now and then keeps each wait short, so the whole is bounded too."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        done = threading.Event()

        def drip() -> None:
            caller, _ = server.accept()
            with caller:
                caller.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")
                while not done.wait(0.1):
                    try:
                        caller.sendall(b" ")
                    except OSError:
                        return

        dripping = threading.Thread(target=drip, daemon=True)
        dripping.start()
        with pytest.raises(TryAgainLater):
            the_way_to(f"http://127.0.0.1:{server.getsockname()[1]}/").deliver(STATISTICS.body, STATISTICS.key)
        done.set()
        dripping.join(2)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "120"}, 120),
        ({"Retry-After": "0"}, 1),
        ({"Retry-After": "999999"}, 3600),
        ({"Retry-After": "Mon, 02 Mar 2026 09:05:00 GMT", "Date": "Mon, 02 Mar 2026 09:00:00 GMT"}, 300),
        ({"Retry-After": "soon"}, None),
        ({}, None),
    ],
)
def test_a_partner_may_name_the_wait(open_desk, headers, seconds):
    """Between a second and an hour, whatever they say."""
    desk = open_desk(Instead(429, headers=headers))

    with pytest.raises(AskedToWait) as told:
        the_way_to(desk.url).deliver(STATISTICS.body, STATISTICS.key)

    assert told.value.retry_after == seconds
    assert isinstance(told.value, TryAgainLater)


@pytest.mark.parametrize("status", [400, 409, 422])
def test_a_refusal_says_why_in_our_words(open_desk, status):
    """Their code comes along where it is a code; a sentence, which may repeat a name, does not."""
    body = json.dumps({"error": "postcode_needed", "detail": "Ada Sampleton has no postcode"}).encode()
    repeated = json.dumps({"error": "sampleton"}).encode()
    desk = open_desk(Instead(status, body=body), Instead(status, body=repeated), Instead(status, body=b"<p>Ada</p>"))
    way = the_way_to(desk.url)

    first, second, third = (way.deliver(NAMED.body, NAMED.key) for _ in range(3))

    assert not first.accepted
    assert first.reason.endswith(f"({status}, postcode_needed)")
    assert second.reason.endswith(f"({status})")
    assert second == third
    assert way.deliver(NAMED.body, NAMED.key).accepted


@pytest.mark.parametrize("status", [401, 403, 404, 405, 418])
def test_a_wrong_door_needs_a_person(open_desk, status):
    """Trying again would not help. Neither the address nor the token is in the message."""
    desk = open_desk(Instead(status, body=b'{"error": "Ada Sampleton"}'))

    with pytest.raises(NeedsAPerson) as told:
        the_way_to(desk.url).deliver(NAMED.body, NAMED.key)

    assert str(status) in str(told.value)
    assert not any(word in str(told.value) for word in ("localhost", TOKEN, "Sampleton"))


@pytest.mark.parametrize("body", [b"<html>Welcome</html>", b"[1]", b'"ok"'])
def test_an_answer_that_is_no_receipt_is_not_taken_for_one(open_desk, body):
    """A welcome page answers 200 too. An empty answer is a receipt without a number."""
    desk = open_desk(Instead(200, body=body), Instead(204, body=b""))
    way = the_way_to(desk.url)

    with pytest.raises(NeedsAPerson, match="no receipt"):
        way.deliver(STATISTICS.body, STATISTICS.key)
    assert way.deliver(STATISTICS.body, STATISTICS.key).reference == ""


def test_a_receipt_that_is_a_sentence_is_dropped(open_desk):
    """It is accepted all the same."""
    desk = open_desk(Instead(200, body=b'{"receipt": "Thank you, Ada"}'), Instead(200, body=b'{"reference": 12}'))
    way = the_way_to(desk.url)

    assert [way.deliver(NAMED.body, NAMED.key).reference for _ in range(2)] == ["", "12"]
