"""The settings of a partner's mailboxes: what is not fit to protect a message is told before one is made."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID
from sealed_mail import (
    NO_USE,
    NOBODY_ELSES,
    NOW,
    OURS,
    THEIRS,
    TLS_ALONE,
    a_certificate,
    a_key,
    as_pem,
    file,
    key_as_pem,
    mailboxes,
    the_mail,
)

from automations.errors import NeedsAPerson, Stop
from casewatch.desks.mail import MailDesk
from sync.mail import MailSettings
from sync.partners.email import Email

BODY, KEY = b'{"message": "cdrp_notice"}', "0" * 32
WEEK = timedelta(days=7)
SECRET = "a-passphrase-of-ours"


def made(folder: Path, *theirs: Any, mail: MailSettings | None = None, **given: Any) -> Email:
    return Email(mailboxes(folder, *theirs, **given), mail or the_mail(25), lambda: NOW)


def why_not(folder: Path, *theirs: Any, **given: Any) -> str:
    with pytest.raises(Stop) as told:
        made(folder, *theirs, **given)
    assert "destinations.quayside" in told.value.detail
    assert SECRET not in str(told.value)
    assert "PRIVATE KEY" not in str(told.value)
    return told.value.detail


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[MailDesk]:
    """On this machine, without TLS: what is encrypted may go there so."""
    with MailDesk(tmp_path / "mail") as desk:
        yield desk


@pytest.mark.parametrize("certificate", [
    a_certificate(THEIRS), a_certificate(THEIRS, subject_only=True), a_certificate(THEIRS, extended=None),
    a_certificate(THEIRS.upper()), a_certificate(THEIRS, extended=ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE),
])  # fmt: skip
def test_a_right_certificate_carries_a_message(inbox: MailDesk, tmp_path: Path, certificate: Any) -> None:
    """Whichever of the usual places its address stands in."""
    on_this_machine = the_mail(inbox.address[1], mode="plain")
    assert made(tmp_path, certificate, mail=on_this_machine).deliver(BODY, KEY, THEIRS).accepted
    assert [message.get_content_type() for message in inbox.messages()] == ["application/pkcs7-mime"]


@pytest.mark.parametrize(("certificate", "says"), [
    (a_certificate(THEIRS, since=NOW - WEEK, until=NOW - timedelta(days=1)), "ran out on 23 November 2026"),
    (a_certificate(THEIRS, since=NOW + timedelta(days=1)), "does not hold before 25 November 2026"),
    (a_certificate("another.desk@quayside.example"), "No certificate in the settings is for the recipient"),
])  # fmt: skip
def test_a_certificate_that_is_not_the_mailboxes_today_stops_at_a_person(
    inbox: MailDesk, tmp_path: Path, certificate: Any, says: str
) -> None:
    """Nothing is sent, in the clear or otherwise; with the new certificate beside the old one it goes."""
    on_this_machine = the_mail(inbox.address[1], mode="plain")

    with pytest.raises(NeedsAPerson, match=says) as told:
        made(tmp_path, certificate, mail=on_this_machine).deliver(BODY, KEY, THEIRS)
    assert THEIRS not in str(told.value)
    assert inbox.connections == 0

    both = made(tmp_path, certificate, a_certificate(THEIRS), mail=on_this_machine)
    assert both.deliver(BODY, KEY, THEIRS).accepted


def test_our_own_certificate_has_its_day_too(inbox: MailDesk, tmp_path: Path) -> None:
    """Whoever reads the message could not tell whether it is ours."""
    old = file(tmp_path, "old.pem", as_pem(a_certificate(OURS, since=NOW - WEEK, until=NOW)))
    on_this_machine = the_mail(inbox.address[1], mode="plain")
    way = Email(mailboxes(tmp_path, our_certificate=old), on_this_machine, lambda: NOW + timedelta(seconds=1))
    with pytest.raises(NeedsAPerson, match="Our own certificate ran out"):
        way.deliver(BODY, KEY, THEIRS)
    assert inbox.connections == 0
    assert Email(mailboxes(tmp_path, our_certificate=old), on_this_machine, lambda: NOW).deliver(BODY, KEY, THEIRS)


@pytest.mark.parametrize(("certificate", "says"), [
    (a_certificate(THEIRS, uses=frozenset({"digital_signature"})), "not for encrypting"),
    (a_certificate(THEIRS, uses=NO_USE), "not for encrypting"),
    (a_certificate(THEIRS, uses=None), "does not say what its key may be used for"),
    (a_certificate(THEIRS, extended=ExtendedKeyUsageOID.SERVER_AUTH), "something else than mail"),
    (a_certificate(None), "no e-mail address"),
    (a_certificate(NOBODY_ELSES), "no mailbox in its domains"),
    (a_certificate(THEIRS, key=a_key("short", 1024)), "2048 bits"),
    (a_certificate(THEIRS, key=ec.generate_private_key(ec.SECP256R1())), "RSA key"),
])  # fmt: skip
def test_a_certificate_that_protects_nothing_is_told_at_the_start(tmp_path: Path, certificate: Any, says: str) -> None:
    """Unknown is shut: one that does not say what it is for is not used."""
    assert says in why_not(tmp_path, certificate)
    assert made(tmp_path)


@pytest.mark.parametrize(("changed", "says"), [
    ({"domains": ()}, "domains"), ({"domains": ("*.quayside.example",)}, "domains"), ({"domains": ("",)}, "domains"),
    ({"domains": ("a@quayside.example",)}, "domains"), ({"domains": ("quayside",)}, "domains"),
    ({"domains": ("quayside.example, elsewhere.example",)}, "domains"), ({"certificates": ()}, "needs certificates"),
    ({"our_certificate": None}, "our_certificate"), ({"our_key": ""}, "key"), ({"our_key": SECRET}, "key"),
    ({"our_key": key_as_pem(a_key("another"))}, "not the key of our certificate"),
    ({"our_key": key_as_pem(a_key(OURS), SECRET)}, "key"), ({"passphrase": SECRET}, "key"),
    ({"our_key": key_as_pem(a_key(OURS), SECRET), "passphrase": f"{SECRET}!"}, "key"),
    ({"tls_only": True, "tls_only_because": "Agreed by both."}, "one or the other"),
    ({**TLS_ALONE, "tls_only_because": ""}, "tls_only_because"),
    ({**TLS_ALONE, "tls_only_because": "yes"}, "_because"),
    ({**TLS_ALONE, "tls_only": False}, "needs certificates"),
])  # fmt: skip
def test_settings_that_do_not_say_how_a_message_is_protected_are_refused(
    tmp_path: Path, changed: dict[str, Any], says: str
) -> None:
    """Never plain, and never by leaving a line out: TLS alone is said in so many words, with who agreed."""
    assert says in why_not(tmp_path, **changed)

    locked = {"our_key": key_as_pem(a_key(OURS), SECRET), "passphrase": SECRET}
    for allowed in ({}, locked, TLS_ALONE, {"domains": ("quayside.example", "Post.Quayside.example")}):
        way = made(tmp_path, **allowed)
        assert SECRET not in repr(way) + repr(mailboxes(tmp_path, **allowed)) + repr(way.__dict__)


def test_our_certificate_is_for_signing_as_the_address_that_sends(tmp_path: Path) -> None:
    for ours, says in (
        (a_certificate("someone@harbour-row.example", key=a_key(OURS)), "mail.sender"),
        (a_certificate(OURS, uses=frozenset({"key_encipherment"})), "not for signing"),
    ):
        assert says in why_not(tmp_path, our_certificate=file(tmp_path, "other.pem", as_pem(ours)))
    curve = ec.generate_private_key(ec.SECP256R1())
    ours_too = file(
        tmp_path, "curve.pem", as_pem(a_certificate(OURS, key=curve, uses=frozenset({"digital_signature"})))
    )
    assert made(tmp_path, our_certificate=ours_too, our_key=key_as_pem(curve))


@pytest.mark.parametrize("setting", ["certificates", "our_certificate"])
@pytest.mark.parametrize("content", [None, b"", b"not a certificate", b"-----BEGIN CERTIFICATE-----\nAAAA\n"])
def test_a_file_that_cannot_be_read_is_named_by_its_setting(
    tmp_path: Path, setting: str, content: bytes | None
) -> None:
    path = tmp_path / "wrong.pem"
    if content is not None:
        path.write_bytes(content)
    assert f"destinations.quayside.{setting}" in why_not(
        tmp_path, **{setting: (path,) if setting == "certificates" else path}
    )


def test_tls_alone_is_not_for_a_plain_mail_server_even_on_this_machine(tmp_path: Path) -> None:
    with pytest.raises(Stop, match=r"mail\.mode"):
        made(tmp_path, mail=the_mail(25, mode="plain"), **TLS_ALONE)
    assert made(tmp_path, mail=the_mail(25, mode="tls"), **TLS_ALONE)
