"""S/MIME: a message signed with our key and encrypted to one mailbox of a partner's.

In: certificates and our key, as PEM, and the message as bytes. Out: the encrypted message, or why there is none.
Never here: a server, a recipient chosen, a key or a passphrase in an error.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.ciphers import algorithms
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key, pkcs7
from cryptography.x509.oid import ExtendedKeyUsageOID as Use
from cryptography.x509.oid import NameOID

from automations.errors import NeedsAPerson, Stop

LEAST_BITS = 2048
CERTIFICATE_FAULTS = (ValueError, UnsupportedAlgorithm, x509.DuplicateExtension)


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: our certificate, the key to it, and the certificates that vouch for ours."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey = field(repr=False)
    vouching: tuple[x509.Certificate, ...] = ()


def signer(pem: bytes, key: str, passphrase: str, sender: str) -> Signer:
    """Our side, for mail from `sender`. The first certificate is ours. Stop, in half a sentence."""
    ours, *vouching = _certificates(pem)
    try:
        opened = load_pem_private_key(key.encode(), passphrase.encode() or None)
    except (*CERTIFICATE_FAULTS, TypeError):
        raise Stop(
            "its key cannot be read: a private key as PEM, and the passphrase it is locked with, if any"
        ) from None
    if not isinstance(opened, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise Stop("its key is of a kind that mail is not signed with: RSA or elliptic curve is")
    if opened.public_key() != ours.public_key():
        raise Stop("its key is not the key of our certificate")
    if not _usage(ours).digital_signature:
        raise Stop("our certificate is not for signing")
    if sender.lower() not in addresses(ours):
        raise Stop("our certificate is not for the address that mail is sent from (mail.sender)")
    return Signer(ours, opened, tuple(vouching))


def readers(pem: bytes) -> tuple[x509.Certificate, ...]:
    """The certificates that may be encrypted to. Stop, in half a sentence, where one may not."""
    found = _certificates(pem)
    for each in found:
        key = each.public_key()
        if not isinstance(key, rsa.RSAPublicKey) or key.key_size < LEAST_BITS:
            raise Stop(f"it needs an RSA key of {LEAST_BITS} bits or more")
        if not _usage(each).key_encipherment:
            raise Stop("it is not for encrypting (key usage: key encipherment)")
        if not addresses(each):
            raise Stop("it is for no e-mail address")
    return found


def reader(certificates: Sequence[x509.Certificate], to: str, now: datetime) -> x509.Certificate:
    """The certificate of that mailbox: of several that hold now, the last to run out. NeedsAPerson without one."""
    theirs = [each for each in certificates if to.lower() in addresses(each)]
    if not theirs:
        raise NeedsAPerson("No certificate in the settings is for the recipient on the Partner row.")
    if holding := [each for each in theirs if not why_not_now(each, now)]:
        return max(holding, key=lambda each: each.not_valid_after_utc)
    raise NeedsAPerson(f"The recipient's certificate {why_not_now(theirs[-1], now)}: ask them for one that holds.")


def why_not_now(certificate: x509.Certificate, now: datetime) -> str:
    """What is wrong with its dates, to end a sentence; "" where it holds."""
    if now > certificate.not_valid_after_utc:
        return f"ran out on {_day(certificate.not_valid_after_utc)}"
    if now < certificate.not_valid_before_utc:
        return f"does not hold before {_day(certificate.not_valid_before_utc)}"
    return ""


def addresses(certificate: x509.Certificate) -> frozenset[str]:
    """Every e-mail address it was made for, in small letters."""
    named = certificate.subject.get_attributes_for_oid(NameOID.EMAIL_ADDRESS)
    found = [str(each.value) for each in named]
    try:
        others = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        found += others.get_values_for_type(x509.RFC822Name)
    except x509.ExtensionNotFound:
        pass
    return frozenset(each.lower() for each in found)


def sealed(words: EmailMessage, by: Signer, to: x509.Certificate) -> bytes:
    """The message signed, then encrypted with AES-256: the content of an application/pkcs7-mime part, as DER."""
    signing = pkcs7.PKCS7SignatureBuilder().set_data(words.as_bytes(policy=SMTP)).add_signer(
        by.certificate, by.key, SHA256()
    )  # fmt: skip
    for each in by.vouching:
        signing = signing.add_certificate(each)
    signed = signing.sign(Encoding.SMIME, [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary])
    ends = b"\r\n".join(signed.splitlines()) + b"\r\n"
    envelope = pkcs7.PKCS7EnvelopeBuilder().set_data(ends).add_recipient(to)
    return envelope.set_content_encryption_algorithm(algorithms.AES256).encrypt(
        Encoding.DER, [pkcs7.PKCS7Options.Binary]
    )


def _certificates(pem: bytes) -> tuple[x509.Certificate, ...]:
    try:
        found = tuple(x509.load_pem_x509_certificates(pem))
        _read_whole(found)
    except CERTIFICATE_FAULTS:
        raise Stop("it holds no certificate that can be read (PEM)") from None
    return found


def _read_whole(certificates: Iterable[x509.Certificate]) -> None:
    """Certificates are read a piece at a time; a broken piece is to show now, not when something is to be sent."""
    for each in certificates:
        each.public_key()
        addresses(each)


def _usage(certificate: x509.Certificate) -> x509.KeyUsage:
    """What its key may be used for. One that does not say, or is not for mail, is refused: unknown is shut."""
    try:
        for_what = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        if not {Use.EMAIL_PROTECTION, Use.ANY_EXTENDED_KEY_USAGE} & set(for_what):
            raise Stop("it is for something else than mail (extended key usage)")
    except x509.ExtensionNotFound:
        pass
    try:
        return certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        raise Stop("it does not say what its key may be used for (key usage)") from None


def _day(at: datetime) -> str:
    return f"{at.astimezone(UTC).day} {at:%B %Y}"
