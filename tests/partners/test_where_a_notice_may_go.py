"""R-26: a notice leads to no address inside a network, whatever its name stands for at that moment."""

import socket

import pytest
from receiving import Receiving
from way_to_a_partner import STATISTICS, TOKEN, the_way_to

from automations.errors import NeedsAPerson, NoReceipt, NotReached, Stop
from sync.partners.addresses import why_not
from sync.partners.https_json import Destination, HttpsJson

PARTNER = "partner.example.org"
PRIVATE = ["10.0.0.1", "172.31.0.9", "192.168.1.1", "100.64.0.1", "fd12::1", "::ffff:10.0.0.1", "64:ff9b::a00:1",
           "2002:a00:1::"]  # fmt: skip
NOBODYS = [
    "169.254.169.254", "fe80::1", "168.63.129.16", "100.100.100.200", "192.0.0.192", "fd00:ec2::254", "127.0.0.1",
    "::1", "::ffff:127.0.0.1", "0.0.0.0", "::", "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1",
    "2001:db8::1", "ff0e::1", "fec0::1", "::127.0.0.1", "64:ff9b::a9fe:a9fe", "240.0.0.1", "fe80::1%eth0",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_is_refused_unless_the_settings_allow_it(address):
    assert "allow_private" in why_not(PARTNER, address, allow_private=False)
    assert why_not(PARTNER, address, allow_private=True) == ""


@pytest.mark.parametrize("address", NOBODYS)
def test_an_address_where_nobody_has_a_desk_is_refused_whatever_the_settings_say(address):
    """Link-local, a cloud's metadata, this machine under another name, all of a network at once; also inside IPv6."""
    assert why_not(PARTNER, address, allow_private=True)
    assert address not in why_not(PARTNER, address, allow_private=True)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_where_partners_are(address):
    assert why_not(PARTNER, address, allow_private=False) == ""


def test_this_machine_is_itself_and_nothing_else_is():
    """As the demo's desks are; a localhost that stands for another machine is none."""
    for address in ("127.0.0.1", "127.8.9.1", "::1"):
        assert why_not("localhost", address, allow_private=False) == ""
    assert why_not("localhost", "8.8.8.8", allow_private=True)
    assert why_not("localhost", "10.0.0.1", allow_private=True)


@pytest.mark.parametrize("host", ["10.0.0.1", "169.254.169.254", "[fd12::1]", "[::ffff:10.0.0.1]", "0.0.0.0"])
def test_such_an_address_in_the_settings_is_a_fault_at_the_start(host):
    with pytest.raises(Stop, match="Exampleshire is refused") as told:
        HttpsJson(Destination("Exampleshire", f"https://{host}/notices", TOKEN))
    assert host not in str(told.value)
    HttpsJson(Destination("Exampleshire", "https://8.8.8.8/notices", TOKEN))
    if host in ("10.0.0.1", "[fd12::1]"):
        HttpsJson(Destination("Exampleshire", f"https://{host}/notices", TOKEN, allow_private=True))


@pytest.fixture
def names(monkeypatch):
    """What the names stand for, question by question; and what was connected to."""
    answers: list[list[str]] = []
    reached: list[str] = []
    connect = socket.socket.connect

    def look_up(host, port, *_, **__):
        now = answers.pop(0) if len(answers) > 1 else answers[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in now]

    def connected(self, at):
        reached.append(at[0])
        return connect(self, at)

    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *a, **k: (
        look_up(host, *a, **k) if host == PARTNER else real(host, *a, **k)))  # fmt: skip
    monkeypatch.setattr(socket.socket, "connect", connected)
    return answers, reached


@pytest.mark.parametrize("inside", ["127.0.0.1", "169.254.169.254", "10.0.0.1"])
def test_a_name_that_stands_for_an_address_inside_gets_nothing(names, inside):
    """Not one packet: the address is looked at before it is connected to."""
    answers, reached = names
    answers[:] = [[inside]]
    with pytest.raises(NeedsAPerson, match="Nothing was sent") as told:
        the_way_to(f"https://{PARTNER}/notices").deliver(STATISTICS.body, STATISTICS.key)

    assert not isinstance(told.value, NoReceipt)
    assert inside not in str(told.value)
    assert reached == []


def test_one_address_inside_among_others_is_enough_to_refuse_them_all(names):
    """Which of them would be connected to is chance."""
    answers, reached = names
    answers[:] = [["192.0.2.9", "10.0.0.1"]]
    with pytest.raises(NeedsAPerson):
        the_way_to(f"https://{PARTNER}/notices").deliver(STATISTICS.body, STATISTICS.key)
    assert reached == []


def test_a_name_that_changes_between_look_and_connection_leads_nowhere_else(names, monkeypatch):
    """The address that was looked at is the one connected to; the name is asked once. So rebinding gains nothing."""
    answers, reached = names
    monkeypatch.setattr("sync.partners.https_json.why_not",
                        lambda host, address, allow: "" if address == "127.0.0.2" else "it leads inside")  # fmt: skip
    with Receiving() as inside:
        answers[:] = [["127.0.0.2"], ["127.0.0.1"]]
        with pytest.raises(NotReached):
            the_way_to(f"https://{PARTNER}:{inside.port}/notices").deliver(STATISTICS.body, STATISTICS.key)
        assert reached == ["127.0.0.2"]
        with pytest.raises(NeedsAPerson):
            the_way_to(f"https://{PARTNER}:{inside.port}/notices").deliver(STATISTICS.body, STATISTICS.key)

    assert reached == ["127.0.0.2"]
    assert inside.connections == 0
