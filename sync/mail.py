"""Mail: one message to one address, through the landlord's own mail server.

In: an address and a message: a short text to staff, or one that somebody else made. Out: handed over, or what next.
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

from automations.errors import BrokeOff, CaseworkError, MailboxBusy, NeedsAPerson, NoReceipt, NotReached, Stop
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
    """The way to inboxes. Used in a `with`, it keeps one connection for all that is sent inside."""

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
        self._server: _Protected | _Watched | None = None
        self._keep = False

    def __enter__(self) -> Self:
        self._keep = True
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._keep = False
        self._hang_up()

    @property
    def sender(self) -> str:
        """The address that everything is sent from."""
        return self._settings.sender

    def send(self, to: str, subject: str, text: str, key: str) -> None:
        """Hand a short text to the mail server. The same key makes the same Message-ID, so a repeat shows.

        An outcome that nobody knows is BrokeOff here: an alert may come twice, and never not at all.
        """
        try:
            self.hand_over(self._message(to, subject, text, key), to)
        except NoReceipt as error:
            raise BrokeOff(error.detail) from None

    def hand_over(self, message: EmailMessage, to: str) -> None:
        """Hand a whole message to the mail server, for that one address whatever its headers say.

        Nothing left: NotReached (no connection), NeedsAPerson (refused for good, or no protection), MailboxBusy
        (this mailbox, for now), BrokeOff (the server, for now). NoReceipt: the connection was lost once the message
        was on its way, so it may have arrived; it is not repeated by itself.
        """
        if not ADDRESS.fullmatch(to):
            raise NeedsAPerson("The address is not an e-mail address.")
        sent = connected = False
        try:
            server = self._connection()
            server.on_its_way = False
            connected = True
            server.send_message(message, self._settings.sender, [to])
            sent = True
        except (smtplib.SMTPException, OSError) as error:
            if connected and server.on_its_way and not _refused(error):
                raise NoReceipt("The mail server did not say whether it took the message.") from None
            raise _told(error, connected) from None
        finally:
            if not (sent and self._keep):
                self._hang_up()

    def _message(self, to: str, subject: str, text: str, key: str) -> EmailMessage:
        """The message as it will arrive. An address or subject that could hold a second header is refused."""
        if not ADDRESS.fullmatch(to):
            raise NeedsAPerson("The address is not an e-mail address.")
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

    def _connection(self) -> "_Protected | _Watched":
        """A protected, signed-in connection: the one kept, while it still answers, or a new one."""
        if self._server is not None and _answers(self._server):
            return self._server
        self._hang_up()
        s = self._settings
        own_name = s.sender.rpartition("@")[2]
        trust = self._trust
        if s.mode == "tls":
            self._server = _Protected(s.host, s.port, own_name, timeout=self._timeout, context=trust)
        else:
            self._server = _Watched(s.host, s.port, own_name, timeout=self._timeout)
        if s.mode == "starttls":
            self._server.starttls(context=trust)
        if s.username:
            self._server.login(s.username, s.password)
        return self._server

    def _hang_up(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.close()


class _Watched(smtplib.SMTP):
    """Knows whether a message was on its way when the connection was lost."""

    on_its_way = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        """From here on the server may have the message, whatever becomes of its answer."""
        self.on_its_way = True
        return super().data(msg)


class _Protected(smtplib.SMTP_SSL, _Watched):
    """The same, protected from the first byte."""


def _answers(server: smtplib.SMTP) -> bool:
    try:
        return server.noop()[0] == 250
    except (smtplib.SMTPException, OSError):
        return False


def _refused(error: Exception) -> bool:
    """Whether the server said in so many words that it does not take the message, now or ever."""
    return isinstance(error, smtplib.SMTPDataError) and 400 <= error.smtp_code < 600


def _can_be_asked(host: str, port: int) -> bool:
    """Whether a name can be looked up at all: "mail..example" cannot, nor a port that no machine has."""
    try:
        host.encode("idna")
    except UnicodeError:
        return False
    return bool(re.fullmatch(r"[^\s\x00-\x1f/@]+", host)) and 0 < port < 65536


def _told(error: smtplib.SMTPException | OSError, connected: bool) -> CaseworkError:
    """What happens next. The server's own words stay out: they may repeat an address.

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
    lost = BrokeOff if connected else NotReached
    return lost(f"The mail server did not take the message ({code or type(error).__name__}).")
