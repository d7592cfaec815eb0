"""Mail to staff over real SMTP on loopback: protected, signed in, refused, or not there at all."""

import socket
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme

from automations.errors import BrokeOff, MailboxBusy, NeedsAPerson, Stop, TryAgainLater
from casewatch.desks.mail import MailDesk
from sync.mail import MailSettings, SmtpMail

TO = "duty.officer@example.org"
KEY = "CW-2026-0007/alert/new_report"
WORDS = (TO, "Case CW-2026-0007 needs you now", "Please open the case.\n", KEY)


def the_way_to(desk: MailDesk, **given: Any) -> SmtpMail:
    """A way to that desk, plain unless something else is given."""
    filled = {"host": desk.address[0], "port": desk.address[1], "sender": "casewatch@example.org", "mode": "plain"}
    return SmtpMail(MailSettings(**{**filled, **given}), timeout=2.0)


@pytest.fixture
def open_desk(tmp_path: Path) -> Iterator[Callable[..., MailDesk]]:
    """Opens a mail server with these habits."""
    desks = []

    def open_(**given: Any) -> MailDesk:
        desks.append(MailDesk(tmp_path / "mail", **given).__enter__())
        return desks[-1]

    yield open_
    for desk in desks:
        desk.__exit__(None, None, None)


@pytest.fixture(scope="module")
def authority(tmp_path_factory) -> tuple[trustme.CA, str]:
    """Who vouches for the mail server, and the file that says so."""
    ca, path = trustme.CA(), tmp_path_factory.mktemp("ca") / "ca.pem"
    ca.cert_pem.write_to_path(str(path))
    return ca, str(path)


def the_certificate(ca: trustme.CA, host: str) -> ssl.SSLContext:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert(host).configure_cert(tls)
    return tls


def test_a_message_arrives_as_it_was_written(open_desk):
    """In plain text, from nobody in particular, and marked as sent by a machine."""
    desk = open_desk()

    the_way_to(desk).send(TO, "Case CW-2026-0007 needs you now", "Half past 8 \u2013 now.\n.\nEnd.\n", KEY)

    [message] = desk.messages()
    assert message["To"] == TO
    assert message["From"] == "Casewatch <casewatch@example.org>"
    assert message["Subject"] == "Case CW-2026-0007 needs you now"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "text/plain"
    assert message.get_content_charset() == "utf-8"
    assert message.get_content().replace("\r\n", "\n") == "Half past 8 \u2013 now.\n.\nEnd.\n"
    assert [path.name for path in desk.folder.iterdir()] == ["0001-duty_officer@example_org.eml"]


def test_a_repeat_can_be_recognised(open_desk):
    """The same key makes the same Message-ID, another key another; neither tells the case."""
    desk = open_desk()
    mail = the_way_to(desk)

    for key in (KEY, KEY, KEY + "/2"):
        mail.send(*WORDS[:3], key)

    first, again, other = (message["Message-ID"] for message in desk.messages())
    assert first == again != other
    assert "CW-" not in first
    assert first.endswith("@example.org>")


def test_one_connection_serves_a_batch(open_desk):
    """Inside a `with`; outside it each message has its own."""
    desk = open_desk()

    with the_way_to(desk) as mail:
        for _ in range(3):
            mail.send(*WORDS)
    assert desk.connections == 1
    for _ in range(2):
        the_way_to(desk).send(*WORDS)
    assert desk.connections == 3
    assert len(desk.messages()) == 5


def test_a_batch_outlives_a_mail_server_that_restarts(tmp_path):
    """The kept connection is tried before it is used."""
    first = MailDesk(tmp_path)
    with the_way_to(first) as mail:
        with first:
            mail.send(*WORDS)
        with MailDesk(tmp_path, port=first.address[1]) as second:
            mail.send(*WORDS)
            assert len(second.messages()) == 2
            assert second.connections == 1


def test_a_batch_goes_on_after_one_refusal(open_desk):
    """One address that is gone does not keep the others from their mail."""
    desk = open_desk(refuse=lambda to: "550 No such mailbox" if to.startswith("gone") else None)

    with the_way_to(desk) as mail:
        with pytest.raises(NeedsAPerson):
            mail.send("gone@example.org", *WORDS[1:])
        mail.send(*WORDS)

    assert [message["To"] for message in desk.messages()] == [TO]


@pytest.mark.parametrize(("answer", "error"), [("550 No such mailbox", NeedsAPerson), ("452 Full", MailboxBusy)])
def test_a_refused_recipient(open_desk, answer, error):
    """For good is a person's to put right, for now is tried again. The address is in neither message."""
    desk = open_desk(refuse=lambda to: f"{answer} {to}" if to == TO else None)

    with pytest.raises(error) as told:
        the_way_to(desk).send(*WORDS)

    assert "duty" not in str(told.value)
    assert answer[:3] in str(told.value)
    the_way_to(desk).send("another@example.org", *WORDS[1:])
    assert len(desk.messages()) == 1


def test_a_server_that_is_not_there_is_tried_again_later():
    """Nothing listens at that port any more."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    with pytest.raises(TryAgainLater):
        SmtpMail(MailSettings("localhost", "casewatch@example.org", port, "plain"), timeout=1).send(*WORDS)


def test_a_server_that_says_nothing_is_tried_again_later():
    """It takes the call and never greets us."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        mail = SmtpMail(MailSettings("localhost", "casewatch@example.org", port, "plain"), timeout=0.3)
        with pytest.raises(TryAgainLater):
            mail.send(*WORDS)


@pytest.mark.parametrize(
    "to",
    ["a@example.org\nBcc: b@example.org", "a@example.org,b@example.org", "a@example.org b@example.org",
     "<a@example.org>", "Ada <a@example.org>", "a@example.org\r", "", "nobody", "\u00e4@example.org"],
)  # fmt: skip
def test_an_address_that_could_be_more_than_one_is_refused(open_desk, to):
    """A cell of the office base cannot add a reader or a header."""
    desk = open_desk()

    with pytest.raises(NeedsAPerson) as told:
        the_way_to(desk).send(to, *WORDS[1:])

    assert "@" not in str(told.value)
    assert desk.connections == 0
    the_way_to(desk).send(*WORDS)
    assert len(desk.messages()) == 1


@pytest.mark.parametrize("subject", ["One\nBcc: b@example.org", "One\r", "One\u2028Two", "One\x00", "", "x" * 201])
def test_a_subject_of_more_than_one_line_is_refused(open_desk, subject):
    """So it cannot hold a second header."""
    desk = open_desk()

    with pytest.raises(NeedsAPerson):
        the_way_to(desk).send(TO, subject, "Text", KEY)

    assert desk.messages() == []


def test_a_text_cannot_end_the_message_or_add_a_header(open_desk):
    """A dot on its own line, and lines that look like headers, stay in the text."""
    desk = open_desk()
    text = "Bcc: b@example.org\n\n.\nMAIL FROM:<x@example.org>\n"

    the_way_to(desk).send(TO, "One", text, KEY)

    [message] = desk.messages()
    assert message["Bcc"] is None
    assert message.get_content().replace("\r\n", "\n") == text


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


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ("452 4.2.2 Mailbox full", MailboxBusy), ("451 Try again", MailboxBusy), ("550 No", NeedsAPerson),
        ("421 Closing", BrokeOff),
    ],
)  # fmt: skip
def test_a_message_refused_once_it_is_whole(open_desk, answer, error):
    """HC-006: for now it is that mailbox's affair, as at RCPT; only a server that closes is everybody's."""
    desk = open_desk(refuse_whole=lambda to: f"{answer} {to}" if to == TO else None)

    with the_way_to(desk) as mail:
        with pytest.raises(error) as told:
            mail.send(*WORDS)
        mail.send("another@example.org", *WORDS[1:])

    assert "duty" not in str(told.value)
    assert [message["To"] for message in desk.messages()] == ["another@example.org"]
