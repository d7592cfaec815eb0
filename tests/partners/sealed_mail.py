"""A partner's mailbox on loopback: certificates made up for tests, and what its owner can open with openssl.

In: an address, dates, uses. Out: PEM files; a message decrypted and verified by the system's openssl.
Never here: our own code for opening what our own code sealed.
"""

import email
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.policy import default
from functools import cache
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import serialization as s
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from casewatch.desks.mail import MailDesk
from sync.mail import MailSettings
from sync.partners.email import Email, Mailboxes

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
OURS, THEIRS = "casewatch@harbour-row.example", "hate.crime@quayside.example"
NOBODY_ELSES = "somebody@elsewhere.example"
NO_USE: frozenset[str] = frozenset()
USES = frozenset({"digital_signature", "key_encipherment"})
TLS_ALONE: dict[str, Any] = {
    "certificates": (), "our_certificate": None, "our_key": "", "tls_only": True,
    "tls_only_because": "Agreed with their data protection officer on 3 November 2026: both servers insist on TLS.",
}  # fmt: skip


@cache
def a_key(whose: str, bits: int = 2048) -> rsa.RSAPrivateKey:
    """One key for each owner in the whole run."""
    return rsa.generate_private_key(65537, bits)


def a_certificate(
    address: str | None,
    *,
    since: datetime = NOW - timedelta(days=30),
    until: datetime = NOW + timedelta(days=30),
    uses: frozenset[str] | None = USES,
    key: Any = None,
    subject_only: bool = False,
    extended: Any = ExtendedKeyUsageOID.EMAIL_PROTECTION,
) -> x509.Certificate:
    """A certificate that its owner vouches for alone."""
    key = key or a_key(address or "nobody")
    attributes = [x509.NameAttribute(NameOID.COMMON_NAME, "Made up")]
    if subject_only and address:
        attributes.append(x509.NameAttribute(NameOID.EMAIL_ADDRESS, address))
    name = x509.Name(attributes)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(since).not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    )  # fmt: skip
    if address and not subject_only:
        made = made.add_extension(x509.SubjectAlternativeName([x509.RFC822Name(address)]), critical=False)
    if uses is not None:
        names = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
                 "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")  # fmt: skip
        made = made.add_extension(x509.KeyUsage(**{name: name in uses for name in names}), critical=True)
    if extended:
        made = made.add_extension(x509.ExtendedKeyUsage([extended]), critical=False)
    return made.sign(key, hashes.SHA256())


def as_pem(*certificates: x509.Certificate) -> bytes:
    return b"".join(each.public_bytes(s.Encoding.PEM) for each in certificates)


def key_as_pem(key: Any, passphrase: str = "") -> str:
    lock = s.BestAvailableEncryption(passphrase.encode()) if passphrase else s.NoEncryption()
    return str(key.private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, lock).decode())


def file(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def mailboxes(folder: Path, *theirs: x509.Certificate, **given: Any) -> Mailboxes:
    """A partner's mailboxes with a right certificate, or these; anything else as given."""
    filled: dict[str, Any] = {
        "domains": ("quayside.example",),
        "certificates": (file(folder, "theirs.pem", as_pem(*(theirs or (a_certificate(THEIRS),)))),),
        "our_certificate": file(folder, "ours.pem", as_pem(a_certificate(OURS))),
        "our_key": key_as_pem(a_key(OURS)),
    }
    return Mailboxes("quayside", **{**filled, **given})


def the_mail(port: int, ca_file: str | None = None, **given: Any) -> MailSettings:
    """The landlord's mail server on loopback, with STARTTLS."""
    return MailSettings("localhost", OURS, port, **{"mode": "starttls", "ca_file": ca_file, **given})


def by_tls(inbox: MailDesk, trusted: str) -> Email:
    """The way there over TLS alone."""
    return Email(mailboxes(inbox.folder, **TLS_ALONE), the_mail(inbox.address[1], trusted), timeout=2)


@dataclass(frozen=True)
class Opened:
    """What the mailbox's owner reads: the file's bytes and name, and the words beside it."""

    payload: bytes
    name: str
    words: str


def opened(raw: bytes, folder: Path, key: rsa.RSAPrivateKey | None = None) -> Opened:
    """The message decrypted with the owner's key and verified against our certificate. CalledProcessError if not."""
    here = file(folder, "came.eml", raw)
    reads = file(folder, "theirs.key", key_as_pem(key or a_key(THEIRS)))
    signed = openssl("-decrypt", "-in", here, "-inkey", reads)
    return read(verified(signed, folder))


def verified(signed: bytes, folder: Path) -> bytes:
    """The words that we signed, if they are."""
    here = file(folder, "signed.eml", signed)
    return openssl("-verify", "-in", here, "-CAfile", folder / "ours.pem", "-purpose", "any", "-no_check_time")


def read(words: bytes) -> Opened:
    """A message in the clear."""
    message = email.message_from_bytes(words, policy=default)
    said, attached = list(message.iter_parts())
    payload = attached.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return Opened(payload, attached.get_filename() or "", said.get_content().replace("\r\n", "\n"))


def openssl(*told: object) -> bytes:
    return subprocess.run(["openssl", "cms", *map(str, told)], check=True, capture_output=True).stdout
