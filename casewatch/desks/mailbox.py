"""A partner's mailbox: its certificate and key, and the S/MIME messages that its owner opens.

In: the folder of a mail server on loopback. Out: each message with its key, the letter beside it; certificates.
Never here: our own code for sealing; a judgement on who signed (docs/partners/email.md shows how a partner checks it).
"""

import email
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import serialization as s
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from casewatch.desks.clerk import Came
from casewatch.desks.kept_files import kept

YEARS = 5
USES = ("digital_signature", "key_encipherment")
OTHER_USES = ("content_commitment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign", "encipher_only",
              "decipher_only")  # fmt: skip


class Mailbox:
    """One address. `certificate` is the file that others encrypt to; the key lies beside it, closed to others."""

    def __init__(self, folder: Path, address: str) -> None:
        """Both are made the first time."""
        self.folder, self.address = folder, address
        self.certificate, self.key = folder / "mailbox.pem", folder / "mailbox.key"
        key = s.load_pem_private_key(kept(self.key, _new_key).encode(), None)
        assert isinstance(key, rsa.RSAPrivateKey), "as we made it"
        self._key = key
        kept(self.certificate, lambda: _certificate(address, key))
        self._theirs = x509.load_pem_x509_certificate(self.certificate.read_bytes())

    def fetch(self, post: Path) -> Iterator[Came]:
        """What lies in the mail server's folder for this address, moved here, and every message that opens."""
        for path in sorted(post.glob("*.eml")):
            letter = email.message_from_bytes(path.read_bytes(), policy=default)
            if str(letter["To"]).lower() == self.address:
                path.replace(self.folder / f"{_plain(str(letter['Subject']))}.eml")
        for path in sorted(self.folder.glob("*.eml")):
            if came := self._opened(path):
                yield came

    def _opened(self, path: Path) -> Came | None:
        """The file inside the letter, and the key that its name is."""
        sealed = email.message_from_bytes(path.read_bytes(), policy=default).get_payload(decode=True)
        if not isinstance(sealed, bytes):
            return None
        try:
            inside = pkcs7.pkcs7_decrypt_der(sealed, self._theirs, self._key, [])
        except ValueError:
            return None
        for part in email.message_from_bytes(inside, policy=default).walk():
            name = part.get_filename() or ""
            if isinstance(part, EmailMessage) and name.endswith(".json"):
                content = part.get_payload(decode=True)
                return Came(name.removesuffix(".json"), content if isinstance(content, bytes) else b"", path)
        return None


def _plain(subject: str) -> str:
    return "".join(x if x.isalnum() else "-" for x in subject.lower())[:40]


def _new_key() -> str:
    made = rsa.generate_private_key(65537, 2048)
    return made.private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, s.NoEncryption()).decode()


def _certificate(address: str, key: rsa.RSAPrivateKey) -> str:
    """One that its owner vouches for alone, for signing and encrypting mail."""
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, address)]), datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.RFC822Name(address)]), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
        .add_extension(x509.KeyUsage(**dict.fromkeys(USES, True), **dict.fromkeys(OTHER_USES, False)), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    return made.public_bytes(s.Encoding.PEM).decode()
