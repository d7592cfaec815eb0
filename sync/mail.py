"""Mail: one short plain-text message to one member of staff, through the landlord's own mail server.

In: an address, a subject and a text with no names in them. Out: a message handed over, or what happens next.
Never here: what the message says, an unprotected connection to another machine, an address in an error.
"""

import hashlib
import re
import smtplib
import ssl
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from automations.errors import (
    BrokeOff,
    CaseworkError,
    MailboxBusy,
    NeedsAPerson,
    NotReached,
    Stop,
    Unanswered,
)
from sync.loopback import is_loopback

ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9]([A-Za-z0-9.-]{0,253}[A-Za-z0-9])?")
ONE_LINE = re.compile(r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]{1,200}")

CLOSING = 421
"""The answer of a server that is about to hang up: not about one mailbox."""


@dataclass(frozen=True, slots=True)
class MailSettings:
    """Where the mail server is. `ca_file` names a certificate to trust in place of the usual ones."""

    host: str
    sender: str
    port: int = 587
    mode: Literal["starttls", "tls", "plain"] = "starttls"
    username: str = ""
    password: str = field(default="", repr=False)
    ca_file: str | None = None


class SmtpMail:
    """The way to staff's inboxes. Used in a `with`, it keeps one connection for all that is sent inside."""

    def __init__(self, settings: MailSettings, timeout: float = 20.0) -> None:
        """Stop where the settings are not safe to use; nothing is sent to find out."""
        if settings.mode not in ("starttls", "tls", "plain"):
            raise Stop("The mail server's mode is starttls, tls or plain.")
        if settings.mode == "plain" and not is_loopback(settings.host):
            raise Stop("Mail without protection is for a server on this machine alone: use starttls or tls.")
        if not ADDRESS.fullmatch(settings.sender):
            raise Stop("The address that mail is sent from is not an e-mail address.")
        if not _can_be_asked(settings.host, settings.port):
            raise Stop("The mail server's host and port are not ones that can be asked: mail.host, mail.port.")
        if not (settings.username + settings.password).isascii():
            raise Stop("The mail server's user name and password can hold letters and signs of plain English alone.")
        if settings.ca_file and not Path(settings.ca_file).is_file():
            raise Stop("The file of certificates to trust for the mail server is not there.")
        try:
            self._trust = ssl.create_default_context(cafile=settings.ca_file)
        except (ssl.SSLError, OSError):
            raise Stop("The file of certificates to trust for the mail server holds none that can be read.") from None
        self._settings = settings
        self._timeout = timeout
        self._server: _Server | None = None
        self._keep = False

    def __enter__(self) -> Self:
        self._keep = True
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._keep = False
        self._hang_up()

    def send(self, to: str, subject: str, text: str, key: str) -> None:
        """Hand the message to the mail server. The same key makes the same Message-ID, so a repeat shows."""
        self.hand_over(self._message(to, subject, text, key), to)

    def hand_over(self, message: EmailMessage, to: str) -> None:
        """Hand over a message that is made already, to one recipient; what it shows on the outside is its maker's.

        NotReached, MailboxBusy, BrokeOff, NeedsAPerson: the server has not taken it. Unanswered: nobody knows.
        """
        if not ADDRESS.fullmatch(to):
            raise NeedsAPerson("The address that a message is for is not an e-mail address.")
        sent, server = False, None
        try:
            server = self._connection()
            server.began = False
            server.send_message(message, self._settings.sender, [to])
            sent = True
        except (smtplib.SMTPException, OSError) as error:
            raise _told(error, server) from None
        finally:
            if not (sent and self._keep):
                self._hang_up()

    def _message(self, to: str, subject: str, text: str, key: str) -> EmailMessage:
        """The message as it will arrive. An address or subject that could hold a second header is refused."""
        if not ADDRESS.fullmatch(to):
            raise NeedsAPerson("The address of a member of staff is not an e-mail address.")
        if not ONE_LINE.fullmatch(subject):
            raise NeedsAPerson("The subject of a message has more than one line.")
        domain = self._settings.sender.rpartition("@")[2]
        message = EmailMessage(policy=SMTP)
        message["From"] = Address("Casewatch", addr_spec=self._settings.sender)
        message["To"] = Address(addr_spec=to)
        message["Subject"] = subject
        message["Date"] = formatdate()
        message["Message-ID"] = f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text.encode(errors="replace").decode(), charset="utf-8", cte="quoted-printable")
        return message

    def _connection(self) -> "_Server":
        """A protected, signed-in connection: the one kept, while it still answers, or a new one."""
        if self._server is not None and _answers(self._server):
            return self._server
        self._hang_up()
        s = self._settings
        own_name = s.sender.rpartition("@")[2]
        trust = self._trust
        if s.mode == "tls":
            self._server = _TlsServer(s.host, s.port, own_name, timeout=self._timeout, context=trust)
        else:
            self._server = _Server(s.host, s.port, own_name, timeout=self._timeout)
        if s.mode == "starttls":
            self._server.starttls(context=trust)
        if s.username:
            self._server.login(s.username, s.password)
        return self._server

    def _hang_up(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.close()


class _Server(smtplib.SMTP):
    """A mail server that remembers whether it was given the words of a message: from then on it may have taken it."""

    began = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        self.began = True
        return super().data(msg)


class _TlsServer(_Server, smtplib.SMTP_SSL):
    """The same, protected from the first byte."""


def _answers(server: smtplib.SMTP) -> bool:
    try:
        return server.noop()[0] == 250
    except (smtplib.SMTPException, OSError):
        return False


def _can_be_asked(host: str, port: int) -> bool:
    """Whether a name can be looked up at all: "mail..example" cannot, nor a port that no machine has."""
    try:
        host.encode("idna")
    except UnicodeError:
        return False
    return bool(re.fullmatch(r"[^\s\x00-\x1f/@]+", host)) and 0 < port < 65536


def _told(error: smtplib.SMTPException | OSError, server: _Server | None) -> CaseworkError:
    """What happens next; `server` where it was connected to. Its own words stay out: they may repeat an address.

    What is refused for now at the end of the message is the mailbox's, as a full one is; only 421, or a server
    that breaks off, is the server's own.
    """
    if isinstance(error, ssl.SSLCertVerificationError):
        return NeedsAPerson("The mail server's certificate could not be verified, so nothing was sent.")
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return NeedsAPerson("The mail server does not offer the protection or sign-in that the settings ask for.")
    code, what = 0, "a message"
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, what = min((code for code, _ in error.recipients.values()), default=550), "the address"
    elif isinstance(error, smtplib.SMTPResponseException):
        code = error.smtp_code
        what = "our sign-in" if isinstance(error, smtplib.SMTPAuthenticationError) else what
    if code >= 500 and not isinstance(error, smtplib.SMTPConnectError | smtplib.SMTPHeloError):
        return NeedsAPerson(f"The mail server refused {what} ({code}).")
    if isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError) and code != CLOSING:
        return MailboxBusy(f"({code})")
    if server and server.began and not code:
        return Unanswered(f"The mail server did not say whether it took the message ({type(error).__name__}).")
    broke_off = BrokeOff if server else NotReached
    return broke_off(f"The mail server did not take the message ({code or type(error).__name__}).")
