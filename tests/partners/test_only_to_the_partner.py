"""A notice goes only to the address that somebody checked, to whoever shows its certificate and knows our token."""

import socket
import ssl

import pytest
import trustme
from way_to_a_partner import STATISTICS, TOKEN, the_way_to

from automations.errors import NeedsAPerson, Stop
from casewatch.desks.partner import Instead, PartnerDesk
from sync.partners.https_json import Destination


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
