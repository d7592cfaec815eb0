"""E-mail to a partner over a real mail server: openssl opens what arrived, and nobody on the way learns anything."""

import json
import re
import socket
import ssl
import subprocess
from pathlib import Path

import pytest
from contract import NOBODYS_WORDS, TransportContract, Way
from sealed_mail import (
    NOW,
    OURS,
    THEIRS,
    TLS_ALONE,
    Opened,
    a_key,
    by_tls,
    key_as_pem,
    mailboxes,
    opened,
    openssl,
    read,
    the_mail,
    verified,
)
from sealed_mail import file as as_file
from way_to_a_partner import NAMED, STATISTICS

from automations.errors import NeedsAPerson, NoReceipt, NotReached, Stop
from casewatch.desks.mail import MailDesk
from sync.partners.email import Email
from sync.partners.in_words import NOTHING, lines


def raw(inbox: MailDesk) -> list[bytes]:
    return [path.read_bytes() for path in sorted(inbox.folder.glob("*.eml"))]


class TestSealed(TransportContract):
    @pytest.fixture
    def way(self, sealed: Email, inbox: MailDesk, tmp_path: Path) -> Way:
        secret = key_as_pem(a_key(OURS)).splitlines()[3]
        return Way(
            sealed, lambda: [opened(each, tmp_path).payload for each in raw(inbox)], inbox.shut, (secret,), THEIRS
        )


class TestOverTlsAlone(TransportContract):
    @pytest.fixture
    def way(self, inbox: MailDesk, trusted: str) -> Way:
        return Way(by_tls(inbox, trusted), lambda: [read(each).payload for each in raw(inbox)], inbox.shut,
                   to=THEIRS)  # fmt: skip


def test_openssl_opens_it_and_finds_the_exact_bytes_and_the_same_in_words(
    sealed: Email, inbox: MailDesk, tmp_path: Path
) -> None:
    """HC-052: for a program the bytes, named by the key; for an officer without one each field, and nothing more."""
    sealed.deliver(NAMED.body, NAMED.key, THEIRS)

    [came] = raw(inbox)
    found: Opened = opened(came, tmp_path)
    assert found.payload == NAMED.body
    assert found.name == f"{NAMED.key}.json"
    for line in lines(NAMED.body):
        assert f"{line.label}: {line.words or NOTHING}\n" in found.words
    assert "Name: Ada Sampleton\n" in found.words
    told = [said for said in found.words.splitlines() if ": " in said]
    assert len(told) == len(lines(NAMED.body)) + 2  # the file's name, and what to quote


def test_it_is_encrypted_with_256_bits(sealed: Email, inbox: MailDesk, tmp_path: Path) -> None:
    sealed.deliver(NAMED.body, NAMED.key, THEIRS)
    said = openssl("-cmsout", "-print", "-noout", "-in", as_file(tmp_path, "came.eml", raw(inbox)[0]))
    assert b"aes-256-cbc" in said


def test_whoever_carries_it_reads_two_addresses_a_day_and_eight_signs(sealed: Email, inbox: MailDesk) -> None:
    """No name, reference, key or purpose stands outside the encryption, even undone from base64."""
    sealed.deliver(NAMED.body, NAMED.key, THEIRS)

    [message], [came] = inbox.messages(), raw(inbox)
    headers = {name: str(value) for name, value in message.items()}
    assert headers.pop("Message-ID").endswith("@harbour-row.example>")
    assert re.fullmatch(r"[A-Z][a-z]{2}, .*", headers.pop("Date"))
    assert {name: value for name, value in headers.items() if not name.startswith(("Content", "MIME", "X-"))} == {
        "From": OURS, "To": THEIRS, "Subject": f"Message {NAMED.key[:8]}", "Auto-Submitted": "auto-generated",
    }  # fmt: skip
    inside = message.get_payload(decode=True)
    assert isinstance(inside, bytes)
    marked = (*NOBODYS_WORDS, "CW-2026-0007", "cdrp_notice", "victim", NAMED.key[:9], "Consents/", "letterbox")
    for word in (word.lower() for word in marked if len(word) > 5):  # shorter ones turn up in base64 by chance
        assert word.encode() not in came.lower() + inside.lower()


def test_the_same_key_makes_the_same_message_id_and_another_key_another(sealed: Email, inbox: MailDesk) -> None:
    for each in (NAMED, NAMED, STATISTICS):
        sealed.deliver(each.body, each.key, THEIRS)
    first, again, other = (message["Message-ID"] for message in inbox.messages())
    assert first == again != other


@pytest.mark.parametrize("at", [0.4, 0.6, 0.9])
def test_a_message_changed_on_the_way_does_not_open(sealed: Email, inbox: MailDesk, tmp_path: Path, at: float) -> None:
    """And one that was not changed does."""
    sealed.deliver(NAMED.body, NAMED.key, THEIRS)
    [came] = raw(inbox)
    body = came.index(b"\r\n\r\n")
    place = body + int((len(came) - body) * at)
    while not came[place : place + 1].isalnum():
        place += 1
    changed = came[:place] + (b"A" if came[place : place + 1] != b"A" else b"B") + came[place + 1 :]

    with pytest.raises(subprocess.CalledProcessError):
        opened(changed, tmp_path)
    assert opened(came, tmp_path).payload == NAMED.body


def test_words_changed_by_whoever_can_decrypt_are_not_ours(sealed: Email, inbox: MailDesk, tmp_path: Path) -> None:
    sealed.deliver(NAMED.body, NAMED.key, THEIRS)
    here = as_file(tmp_path, "came.eml", raw(inbox)[0])
    signed = openssl("-decrypt", "-in", here, "-inkey", as_file(tmp_path, "k", key_as_pem(a_key(THEIRS))))

    assert read(verified(signed, tmp_path)).payload == NAMED.body
    with pytest.raises(subprocess.CalledProcessError):
        verified(signed.replace(b"Ada Sampleton", b"Eve Sampleton"), tmp_path)


def test_another_partners_key_does_not_open_it(sealed: Email, inbox: MailDesk, tmp_path: Path) -> None:
    sealed.deliver(NAMED.body, NAMED.key, THEIRS)
    with pytest.raises(subprocess.CalledProcessError):
        opened(raw(inbox)[0], tmp_path, a_key("another partner"))


@pytest.mark.parametrize("tls_alone", [True, False])
def test_a_mail_server_without_tls_is_told_nothing(tmp_path: Path, tls_alone: bool) -> None:
    with MailDesk(tmp_path / "mail") as plain:
        mail = the_mail(plain.address[1])
        way = Email(mailboxes(tmp_path, **(TLS_ALONE if tls_alone else {})), mail, lambda: NOW, timeout=2)
        with pytest.raises(NeedsAPerson, match="protection"):
            way.deliver(NAMED.body, NAMED.key, THEIRS)
        assert plain.messages() == []


@pytest.mark.parametrize(("answer", "error"), [("550 No", NeedsAPerson), ("452 Full", NotReached)])
@pytest.mark.parametrize("when", ["refuse", "refuse_whole"])
def test_what_the_mail_server_refuses_has_not_gone(
    tmp_path: Path,
    tls: ssl.SSLContext,
    trusted: str,
    answer: str,
    error: type[Exception],
    when: str,
) -> None:  # fmt: skip
    """HC-052: for good is a person's, for now is tried again; neither is an outcome that nobody knows."""
    with MailDesk(tmp_path / "mail", tls=tls, **{when: lambda to: answer}) as inbox:  # type: ignore[arg-type]
        way = Email(mailboxes(tmp_path), the_mail(inbox.address[1], trusted), lambda: NOW, timeout=2)
        with pytest.raises(error) as told:
            way.deliver(NAMED.body, NAMED.key, THEIRS)
        assert not isinstance(told.value, NoReceipt)
        assert THEIRS not in str(told.value)


def test_a_message_cut_off_after_its_words_stops_at_a_person(
    sealed: Email, inbox: MailDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second message would be a second telling: nobody repeats it by themselves."""

    async def hang_up(server: object, session: object, envelope: object) -> str:
        server.transport.abort()  # type: ignore[attr-defined]
        return "250 Nobody hears this"

    monkeypatch.setattr(inbox, "handle_DATA", hang_up)
    with pytest.raises(NoReceipt, match="ask them"):
        sealed.deliver(NAMED.body, NAMED.key, THEIRS)
    assert sealed.once is False


def test_a_message_that_is_none_of_ours_stops(sealed: Email, inbox: MailDesk) -> None:
    for bytes_ in (b"[]", b"not json", b"\xff"):
        with pytest.raises(Stop):
            sealed.deliver(bytes_, "0" * 32, THEIRS)
    assert inbox.messages() == []
    assert json.loads(STATISTICS.body)
    assert sealed.deliver(STATISTICS.body, STATISTICS.key, THEIRS).accepted


def test_a_mail_server_that_is_not_there_was_told_nothing(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    with pytest.raises(NotReached):
        Email(mailboxes(tmp_path), the_mail(port), lambda: NOW, timeout=1).deliver(NAMED.body, NAMED.key, THEIRS)
