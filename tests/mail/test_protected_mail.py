"""Mail leaves this machine protected and signed in, to a server that shows its certificate, or not at all."""

import socket
from pathlib import Path
from typing import Any

import pytest
from on_loopback import WORDS, the_certificate, the_way_to

from automations.errors import NeedsAPerson, Stop, TryAgainLater
from sync.mail import MailSettings, SmtpMail


@pytest.mark.parametrize("host", ["mail.example.org", "192.0.2.1", "localhost.example.org"])
def test_plain_mail_is_for_this_machine_alone(host, monkeypatch):
    """Refused before anything is asked of the network; with protection the same host may be named."""
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: pytest.fail("a name was looked up"))
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("something was connected to"))

    with pytest.raises(Stop):
        SmtpMail(MailSettings(host, "casewatch@example.org", mode="plain"))

    for mode in ("starttls", "tls"):
        SmtpMail(MailSettings(host, "casewatch@example.org", mode=mode))
    SmtpMail(MailSettings("127.0.0.1", "casewatch@example.org", mode="plain"))


@pytest.mark.parametrize("changed", [{"mode": "maybe"}, {"sender": "nobody"}, {"ca_file": "/nowhere/ca.pem"}])
def test_settings_that_cannot_work_are_refused(changed):
    """Said at the start, not at the first alert; the password is in no message."""
    settings = {"host": "localhost", "sender": "casewatch@example.org", "password": "a-word", **changed}

    with pytest.raises(Stop):
        SmtpMail(MailSettings(**settings))
    assert "a-word" not in repr(MailSettings(**settings))


def test_protection_is_the_rule_unless_something_else_is_said():
    """Nobody has to know the word."""
    assert MailSettings("mail.example.org", "casewatch@example.org").mode == "starttls"


def test_a_protected_message_arrives(open_desk, authority):
    """With the right certificate, and signed in."""
    ca, path = authority
    desk = open_desk(tls=the_certificate(ca, "localhost"), sign_in=("casewatch", "a-word"))
    mail = the_way_to(desk, mode="starttls", ca_file=path, username="casewatch", password="a-word")

    mail.send(*WORDS)

    assert len(desk.messages()) == 1


@pytest.mark.parametrize("wrong", ["another name", "nobody we know"])
def test_the_mail_server_must_show_its_certificate(open_desk, authority, wrong):
    """Otherwise nothing is said to it, and a person hears of it."""
    ca, path = authority
    desk = open_desk(tls=the_certificate(ca, "mail.example.org" if wrong == "another name" else "localhost"))

    with pytest.raises(NeedsAPerson, match="certificate"):
        the_way_to(desk, mode="starttls", ca_file=path if wrong == "another name" else None).send(*WORDS)

    assert desk.messages() == []


def test_a_server_that_offers_no_protection_gets_nothing(open_desk):
    """Taking the offer away in between is the oldest trick there is. Nor does the next message of a batch slip by."""
    desk = open_desk()

    with the_way_to(desk, mode="starttls") as mail:
        for _ in range(2):
            with pytest.raises(NeedsAPerson, match="protection"):
                mail.send(*WORDS)

    assert desk.messages() == []


def test_a_wrong_password_needs_a_person(open_desk, authority):
    """Trying again would lock the account."""
    ca, path = authority
    desk = open_desk(tls=the_certificate(ca, "localhost"), sign_in=("casewatch", "a-word"))

    with pytest.raises(NeedsAPerson, match="sign-in"):
        the_way_to(desk, mode="starttls", ca_file=path, username="casewatch", password="another").send(*WORDS)


@pytest.mark.parametrize(("speaks", "passes"), [("tls", True), ("starttls", False)])
def test_mode_tls_is_protected_from_the_first_byte(open_desk, authority, speaks, passes):
    """A server that begins in plain words gets nothing; one with the right certificate gets the message."""
    ca, path = authority
    desk = open_desk(tls=the_certificate(ca, "localhost"), at_once=speaks == "tls")

    if passes:
        the_way_to(desk, mode="tls", ca_file=path).send(*WORDS)
        with pytest.raises(NeedsAPerson, match="certificate"):
            the_way_to(desk, mode="tls").send(*WORDS)
    else:
        with pytest.raises(TryAgainLater):
            the_way_to(desk, mode="tls", ca_file=path).send(*WORDS)

    assert len(desk.messages()) == passes


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"host": "mail..example"}, "mail.host"),
        ({"host": ""}, "mail.host"),
        ({"host": "x" * 64 + ".example"}, "mail.host"),
        ({"host": "mail.example/"}, "mail.host"),
        ({"port": 70000}, "mail.port"),
        ({"port": 0}, "mail.port"),
        ({"username": "casewatch", "password": "\u00a31000"}, "password"),
    ],
)
def test_settings_that_no_mail_server_can_have_are_told_at_the_start(wrong: dict[str, Any], says: str):
    """Not by the first alert that breaks off. A host written in another script is one that can be asked."""
    with pytest.raises(Stop, match=says):
        SmtpMail(MailSettings(**{"host": "mail.example", "sender": "casewatch@example.org", **wrong}))
    for host in ("mail.example", "localhost", "127.0.0.1", "post.b\u00fccher.example"):
        SmtpMail(MailSettings(host, "casewatch@example.org"))


def test_a_file_of_certificates_that_holds_none_is_told_at_the_start(authority, tmp_path: Path):
    (tmp_path / "ca.pem").write_text("not a certificate")
    with pytest.raises(Stop, match="certificates"):
        SmtpMail(MailSettings("mail.example", "casewatch@example.org", ca_file=str(tmp_path / "ca.pem")))
    SmtpMail(MailSettings("mail.example", "casewatch@example.org", ca_file=authority[1]))
