"""Letters over real SMTP on loopback: the PDF arrives intact, nothing shows from outside, no outcome is guessed."""

import time
from dataclasses import replace
from datetime import UTC, date, datetime
from email.message import EmailMessage

import pytest
from on_loopback import the_certificate, the_way_to

from automations.covering_email import covering
from automations.errors import BrokeOff, CaseworkError, MailboxBusy, NeedsAPerson, NoReceipt, NotReached
from automations.letters import render_pdf
from automations.letters.samples import SAMPLES
from casewatch.demo.landlord import LANDLORD
from sync.mail import MailSettings, SmtpMail

TO = "reader@example.org"
NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
KEY = "CW-2026-0007/e-mail/letters-12"


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """A real letter, with a name and an address in it."""
    return render_pdf("acknowledgement", next(iter(SAMPLES["acknowledgement"].values())), large=False, language="en")


def a_letter(pdf: bytes) -> EmailMessage:
    return covering(LANDLORD, "casewatch@example.org", TO, pdf, date(2026, 11, 18), NOW, KEY)


def test_the_pdf_arrives_intact_and_nothing_from_outside_says_what_it_is(open_desk, authority, pdf: bytes) -> None:
    """HC-024, R-27: sender, subject, file name and text name nobody, no case, and nothing of what happened."""
    ca, path = authority
    desk = open_desk(tls=the_certificate(ca, "localhost"))
    the_way_to(desk, mode="starttls", ca_file=path).hand_over(a_letter(pdf), TO)

    [message] = desk.messages()
    [file] = message.iter_attachments()
    assert file.get_content() == pdf
    assert (file.get_content_type(), file.get_filename()) == ("application/pdf", "Letter 2026-11-18.pdf")
    assert (message["To"], message["Subject"]) == (TO, "A letter for you")
    assert message["From"] == f"{LANDLORD.neutral_sender.partition(',')[0]} <casewatch@example.org>"
    text = message.get_body().get_content()
    assert LANDLORD.telephone in text
    shown = text + "".join(f"{name}: {value}\n" for part in message.walk() for name, value in part.items())
    facts = next(iter(SAMPLES["acknowledgement"].values()))
    named = (*str(facts.recipient_name).split(), *facts.recipient_address, LANDLORD.name, facts.reference)
    told = {"cw-2026", "hate", "victim", "incident", "crime", "police", "harass", *map(str.lower, named)}
    assert [word for word in told if word in shown.lower()] == []


def test_it_is_for_one_mailbox_whatever_its_headers_say(open_desk, pdf: bytes) -> None:
    message = a_letter(pdf)
    message["Cc"] = "another@example.org"
    desk = open_desk()
    the_way_to(desk).hand_over(message, TO)
    assert [path.name for path in desk.folder.iterdir()] == ["0001-reader@example_org.eml"]
    for address in ("a@example.org,b@example.org", "Ada <a@example.org>", ""):
        with pytest.raises(NeedsAPerson, match="not an e-mail address"):
            the_way_to(desk).hand_over(message, address)
    assert len(desk.messages()) == 1


@pytest.mark.parametrize("wrong", ["no protection", "unknown certificate"])
def test_without_protection_nothing_is_sent(open_desk, authority, pdf: bytes, wrong: str) -> None:
    """HC-024: no STARTTLS, or a certificate that nobody vouches for: not one byte of the letter."""
    ca, _ = authority
    desk = open_desk() if wrong == "no protection" else open_desk(tls=the_certificate(ca, "localhost"))
    with pytest.raises(NeedsAPerson, match=r"protection|certificate"):
        the_way_to(desk, mode="starttls").hand_over(a_letter(pdf), TO)
    assert desk.messages() == []


@pytest.mark.parametrize(("habit", "answer", "error"), [
    ("refuse", "550 No such mailbox", NeedsAPerson), ("refuse", "452 Full", MailboxBusy),
    ("refuse_whole", "552 Too big", NeedsAPerson), ("refuse_whole", "451 Later", MailboxBusy),
    ("refuse_whole", "421 Closing", BrokeOff),
])  # fmt: skip
def test_a_clear_refusal_is_known_not_to_have_arrived(open_desk, pdf: bytes, habit: str, answer: str, error) -> None:
    """HC-024: so that it may be tried again, or put right; never taken for an outcome that nobody knows."""
    desk = open_desk(**{habit: lambda _: answer})
    with pytest.raises(error) as told:
        the_way_to(desk).hand_over(a_letter(pdf), TO)
    assert not isinstance(told.value, NoReceipt)
    assert "reader" not in str(told.value)


@pytest.mark.parametrize(("whole", "error"), [(True, NoReceipt), (False, BrokeOff)])
def test_a_time_out_at_the_end_of_a_letter_is_an_outcome_that_nobody_knows(
    open_desk, pdf: bytes, whole: bool, error: type[CaseworkError]
) -> None:
    """HC-024: it may have arrived. An alert to staff of which the same is true may come twice (decision 6)."""
    desk = open_desk(refuse_whole=lambda _: time.sleep(1))
    way = SmtpMail(MailSettings("localhost", "casewatch@example.org", desk.address[1], "plain"), timeout=0.4)
    with pytest.raises(error) as told:
        way.hand_over(a_letter(pdf), TO) if whole else way.send(TO, "A case needs you now", "Now.", KEY)
    assert "reader" not in str(told.value)


def test_a_server_that_is_not_there_got_nothing(open_desk, pdf: bytes) -> None:
    with pytest.raises(NotReached):
        SmtpMail(MailSettings("localhost", "casewatch@example.org", 1, "plain")).hand_over(a_letter(pdf), TO)


def test_a_sender_on_the_envelope_that_is_a_whole_address_shows_its_first_part_alone(pdf: bytes) -> None:
    """R-27: what the envelope shows, as short as an inbox wants it."""
    for neutral, shown in (("HRH, 1 Sample Quay", "HRH"), ("Post room", "Post room"), ("", "")):
        named = replace(LANDLORD, neutral_sender=neutral)
        message = covering(named, "post@example.org", TO, pdf, date(2026, 11, 18), NOW, KEY)
        assert message["From"].addresses[0].display_name == shown
