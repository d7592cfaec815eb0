"""Mail to staff over real SMTP on loopback: as it was written, once, refused, or to nobody who is there."""

import socket

import pytest
from on_loopback import KEY, TO, WORDS, the_way_to

from automations.errors import BrokeOff, MailboxBusy, NeedsAPerson, TryAgainLater
from casewatch.desks.mail import MailDesk
from sync.mail import MailSettings, SmtpMail


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
