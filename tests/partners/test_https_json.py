"""Notices over real HTTP and HTTPS, to a real desk on loopback that answers well, badly or not at all."""

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import trustme
from partner_cases import a_case, a_disclosure, ground, identified, notice

from automations.errors import NeedsAPerson, Stop, TryAgainLater
from casewatch.desks.partner import Instead, PartnerDesk
from sync.partners.https_json import AskedToWait, Destination, HttpsJson

TOKEN = "a-token-made-up-for-tests"
STATISTICS = notice(a_case(), a_disclosure())
NAMED = notice(a_case(), identified(ground("v1"), ground("v2"), replaces=a_disclosure().key))


def the_way_to(url: str, token: str = TOKEN, ca_file: str | None = None) -> HttpsJson:
    return HttpsJson(Destination("Exampleshire", url, token, ca_file), timeout=(1.0, 0.5), longest=1.5)


@pytest.fixture
def open_desk(tmp_path: Path) -> Iterator[Callable[..., PartnerDesk]]:
    """Opens a desk that does these things in place of its first answers."""
    desks = []

    def open_(*instead: Instead | None, tls: ssl.SSLContext | None = None) -> PartnerDesk:
        answers = dict(enumerate(instead, 1))
        desk = PartnerDesk(tmp_path / "desk", TOKEN, tls=tls, answer=answers.get)
        desks.append(desk.__enter__())
        return desk

    yield open_
    for desk in desks:
        desk.__exit__(None, None, None)


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


def test_a_wrong_token_is_noticed_by_the_desk(open_desk):
    """The right one passes."""
    desk = open_desk()

    with pytest.raises(NeedsAPerson, match="token"):
        the_way_to(desk.url, token="another").deliver(STATISTICS.body, STATISTICS.key)
    assert desk.kept() == []
    assert the_way_to(desk.url).deliver(STATISTICS.body, STATISTICS.key).accepted


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(open_desk, tmp_path, status):
    """Not even to another desk of theirs: the address in the settings is the one somebody checked."""
    with PartnerDesk(tmp_path / "elsewhere", TOKEN) as elsewhere:
        desk = open_desk(Instead(status, headers={"Location": elsewhere.url}))

        with pytest.raises(NeedsAPerson, match="not followed"):
            the_way_to(desk.url).deliver(STATISTICS.body, STATISTICS.key)

        assert elsewhere.requests == 0


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


def test_a_key_that_tells_the_case_does_not_leave(open_desk):
    """The outbox's own key has the case's reference in it, which statistics must not carry."""
    desk = open_desk()
    way = the_way_to(desk.url)

    with pytest.raises(Stop):
        way.deliver(STATISTICS.body, "CW-2026-0007/notify_cdrp/incident-1")
    assert desk.requests == 0
    assert way.deliver(STATISTICS.body, STATISTICS.key).accepted


@pytest.mark.parametrize(
    "url",
    [
        "http://partner.example.org/notices",
        "http://127.0.0.1.example.org/notices",
        "http://localhost.example.org/notices",
        "http://192.0.2.1/notices",
        "http://0.0.0.0/notices",
        "http://127.1/notices",
        "http://[::2]/notices",
        "https://user:word@partner.example.org/notices",
        "http://127.0.0.1\\@partner.example.org/notices",
        "https://partner.example.org/no tices",
        "ftp://partner.example.org/notices",
        "partner.example.org",
        "https://",
        "",
    ],
)
def test_an_unsafe_address_is_refused_before_anything_is_asked_of_the_network(url, monkeypatch):
    """Not even a name is looked up. Loopback and https pass."""
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: pytest.fail("a name was looked up"))
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("something was connected to"))

    with pytest.raises(Stop) as told:
        the_way_to(url)

    assert "example.org" not in str(told.value)
    for safe in ("http://127.0.0.1:1/", "http://127.8.9.1/", "http://[::1]:1/", "http://localhost/",
                 "https://partner.example.org/notices"):  # fmt: skip
        the_way_to(safe)


@pytest.mark.parametrize("token", ["", "two words", "line\nbreak", "caf\u00e9"])
def test_a_token_that_could_not_be_sent_is_refused(token):
    """It stands in a header, so it has no space and no second line; nor is it ever printed."""
    with pytest.raises(Stop):
        the_way_to("https://partner.example.org/", token=token)

    assert TOKEN not in repr(Destination("Exampleshire", "https://partner.example.org/", TOKEN))


def test_a_missing_file_of_certificates_is_refused(tmp_path):
    """Said at the start, not at the first notice."""
    with pytest.raises(Stop):
        the_way_to("https://partner.example.org/", ca_file=str(tmp_path / "none.pem"))


@pytest.fixture(scope="module")
def authorities(tmp_path_factory) -> dict[str, tuple[trustme.CA, str]]:
    """Two certificate authorities: theirs, and one of somebody else."""
    made = {}
    for name in ("theirs", "another"):
        path = tmp_path_factory.mktemp(name) / "ca.pem"
        made[name] = (trustme.CA(), str(path))
        made[name][0].cert_pem.write_to_path(str(path))
    return made


@pytest.mark.parametrize(
    ("host", "trusted", "passes"),
    [
        ("localhost", "theirs", True),
        ("localhost", "another", False),
        ("localhost", None, False),
        ("partner.example.org", "theirs", False),
    ],
    ids=["their own", "by another authority", "by nobody we know", "for another name"],
)
def test_the_partner_must_show_its_certificate(open_desk, authorities, host, trusted, passes):
    """The wrong certificate gets nothing, and a person hears of it; the right one gets the notice."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authorities["theirs"][0].issue_cert(host).configure_cert(tls)
    desk = open_desk(tls=tls)
    way = the_way_to(desk.url, ca_file=authorities[trusted][1] if trusted else None)

    if passes:
        assert way.deliver(STATISTICS.body, STATISTICS.key).accepted
        return
    with pytest.raises(NeedsAPerson, match="certificate"):
        way.deliver(STATISTICS.body, STATISTICS.key)
    assert desk.requests == 0


def test_the_environment_does_not_choose_the_way(open_desk, monkeypatch):
    """A proxy, or a file of certificates, that somebody set for another program is not ours."""
    monkeypatch.setenv("http_proxy", "http://192.0.2.1:1")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere")
    desk = open_desk()

    assert the_way_to(desk.url).deliver(STATISTICS.body, STATISTICS.key).accepted
