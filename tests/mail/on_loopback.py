"""A mail server on loopback, the way to it, and a message for it."""

import ssl
from typing import Any

import trustme

from casewatch.desks.mail import MailDesk
from sync.mail import MailSettings, SmtpMail

TO = "duty.officer@example.org"
KEY = "CW-2026-0007/alert/new_report"
WORDS = (TO, "Case CW-2026-0007 needs you now", "Please open the case.\n", KEY)


def the_way_to(desk: MailDesk, **given: Any) -> SmtpMail:
    """A way to that desk, plain unless something else is given."""
    filled = {"host": desk.address[0], "port": desk.address[1], "sender": "casewatch@example.org", "mode": "plain"}
    return SmtpMail(MailSettings(**{**filled, **given}), timeout=2.0)


def the_certificate(ca: trustme.CA, host: str) -> ssl.SSLContext:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert(host).configure_cert(tls)
    return tls
