"""E-mail: one message to one mailbox of a partner's, encrypted for it, or over protection that both agreed is enough.

In: bytes that payload.py made, their key, and the mailbox that the Partner row names. Out: handed over, or why not.
Never here: a mailbox outside the domains in the settings, anything but the key's first signs outside the encryption.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate
from pathlib import Path

from cryptography.x509 import Certificate

from automations.errors import NeedsAPerson, NoReceipt, NotReached, Stop, TryAgainLater
from automations.ports import Receipt
from sync.mail import MailSettings, SmtpMail
from sync.partners import in_words, smime

MAILBOX = re.compile(r"(?=.{3,254}$)(?=.{1,64}@)[A-Za-z0-9_+'&-]+(\.[A-Za-z0-9_+'&-]+)*@([A-Za-z0-9.-]+)")
"""One plain address. No quotes, no percent or exclamation mark: with those some servers send a letter on elsewhere."""
DOMAIN = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
SHORTEST_REASON = 10


@dataclass(frozen=True, slots=True)
class Mailboxes:
    """One partner's mailboxes, from the settings.

    `certificates` are files of theirs, `our_certificate` a file of ours; or `tls_only`, with who agreed to it and why.
    """

    name: str
    domains: tuple[str, ...]
    certificates: tuple[Path, ...] = ()
    our_certificate: Path | None = None
    our_key: str = field(default="", repr=False)
    passphrase: str = field(default="", repr=False)
    tls_only: bool = False
    tls_only_because: str = ""


class Email:
    """The way to a partner's mailboxes through the landlord's own mail server."""

    once = False
    """Two messages are two: where nobody knows whether one arrived, a person asks."""
    carries_names = True

    def __init__(
        self,
        mailboxes: Mailboxes,
        mail: MailSettings,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        timeout: float = 20.0,
    ) -> None:
        """Stop where the settings are not safe to use; nothing is sent to find out."""
        self._name, self._sender, self._clock = mailboxes.name, mail.sender, clock
        self._where = f"destinations.{mailboxes.name}"
        self._domains = self._only_domains(mailboxes.domains)
        self._mail = SmtpMail(mail, timeout)
        self._signer: smime.Signer | None = None
        self._readers: tuple[Certificate, ...] = ()
        if not mailboxes.tls_only:
            self._signer, self._readers = self._keys(mailboxes)
            return
        if mailboxes.certificates or mailboxes.our_certificate:
            raise Stop(f"{self._where} is tls_only and has certificates: one or the other protects what is sent.")
        if len(mailboxes.tls_only_because.strip()) < SHORTEST_REASON:
            raise Stop(f"{self._where} is tls_only: say who agreed to that and why in tls_only_because.")
        if mail.mode not in ("starttls", "tls"):
            raise Stop(f"{self._where} is tls_only, so mail.mode must be starttls or tls.")

    def deliver(self, payload: bytes, key: str, to: str = "") -> Receipt:
        """Hand over once. NotReached: the mail server has not taken it. NoReceipt: nobody knows, and a person asks."""
        if not re.fullmatch(r"[0-9a-f]{32,64}", key):
            raise Stop("A message goes under the key of its payload: any other may tell the partner which case it is.")
        self._must_be_allowed(to)
        message = self._message(_words(payload, key), key, to)
        try:
            self._mail.hand_over(message, to)
        except NoReceipt:
            raise NoReceipt(f"The mail server broke off over a message to {self._name}: ask them if it came.") from None
        except TryAgainLater as error:
            raise NotReached(f"{error.detail} Nothing went to {self._name}.") from None
        return Receipt(accepted=True)

    def _must_be_allowed(self, to: str) -> None:
        """R-26: a row can name a mailbox within the domains of the settings, and no other."""
        row = f"The Partner row of {self._name}"
        if not to:
            raise NeedsAPerson(f"{row} names no mailbox (Recipient). Nothing was sent.")
        found = MAILBOX.fullmatch(to) if to.isascii() else None
        if not found:
            raise NeedsAPerson(f"{row} has a Recipient that is not one plain e-mail address. Nothing was sent.")
        if found[2].lower() not in self._domains:
            raise NeedsAPerson(
                f"{row} has a Recipient outside {self._where}.domains in the settings. Nothing was sent."
            )

    def _message(self, words: EmailMessage, key: str, to: str) -> EmailMessage:
        """The message as it leaves. Whoever carries it reads two addresses, a day and the key's first signs."""
        message = words
        if self._signer:
            now = self._clock()
            if why := smime.why_not_now(self._signer.certificate, now):
                raise NeedsAPerson(f"Our own certificate {why} ({self._where}.our_certificate). Nothing was sent.")
            certificate = smime.reader(self._readers, to, now)
            message = EmailMessage(policy=SMTP)
            message.set_content(
                smime.sealed(words, self._signer, certificate),
                maintype="application", subtype="pkcs7-mime", filename="smime.p7m",
                params={"smime-type": "enveloped-data", "name": "smime.p7m"},
            )  # fmt: skip
        domain = self._sender.rpartition("@")[2]
        message["From"] = Address(addr_spec=self._sender)
        message["To"] = Address(addr_spec=to)
        message["Subject"] = f"Message {key[:8]}"
        message["Date"] = formatdate()
        message["Message-ID"] = f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"
        message["Auto-Submitted"] = "auto-generated"
        return message

    def _only_domains(self, told: tuple[str, ...]) -> frozenset[str]:
        found = frozenset(domain.lower() for domain in told)
        if not found or not all(map(DOMAIN.fullmatch, found)):
            raise Stop(f"{self._where}.domains lists what stands after the @ of their mailboxes, each in full.")
        return found

    def _keys(self, mailboxes: Mailboxes) -> tuple[smime.Signer, tuple[Certificate, ...]]:
        """Our side and theirs. Stop names the setting, never what is in it."""
        if not mailboxes.certificates or not mailboxes.our_certificate:
            raise Stop(f"{self._where} needs certificates and our_certificate; or tls_only, with tls_only_because.")
        theirs: list[Certificate] = []
        for path in mailboxes.certificates:
            try:
                theirs += smime.readers(_read(path))
            except Stop as fault:
                raise Stop(f"{self._where}.certificates, {path.name}: {fault.detail}.") from None
        if strangers := [each for each in theirs if not self._reaches(each)]:
            raise Stop(f"{self._where}.certificates: {len(strangers)} of them for no mailbox in its domains.")
        try:
            ours = smime.signer(_read(mailboxes.our_certificate), mailboxes.our_key, mailboxes.passphrase, self._sender)
        except Stop as fault:
            raise Stop(f"{self._where}.our_certificate: {fault.detail}.") from None
        return ours, tuple(theirs)

    def _reaches(self, certificate: Certificate) -> bool:
        return any(each.rpartition("@")[2] in self._domains for each in smime.addresses(certificate))


def _words(payload: bytes, key: str) -> EmailMessage:
    """The exact bytes as a file, and the same in words for whoever has no program to read them."""
    message = EmailMessage(policy=SMTP)
    named = f"{key}.json"
    told = f"{in_words.text(payload)}\n\nThe same for a program to read: {named}\nIf you answer, please quote: {key}\n"
    message.set_content(told, charset="utf-8", cte="quoted-printable")
    message.add_attachment(payload, maintype="application", subtype="json", filename=named)
    return message


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise Stop("the file cannot be read") from None
