"""Partners' desks that a test opens."""

import logging
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import trustme
from sealed_mail import NOW, mailboxes, the_mail
from way_to_a_partner import TOKEN

from casewatch.desks.mail import MailDesk
from casewatch.desks.partner import Instead, PartnerDesk
from sync.partners.email import Email

AUTHORITY = trustme.CA()
"""Who vouches for the mail server."""


@pytest.fixture
def open_desk(tmp_path: Path) -> Iterator[Callable[..., PartnerDesk]]:
    """Opens a desk that does these things in place of its first answers."""
    desks = []

    def open_(*instead: Instead | None, tls: ssl.SSLContext | None = None) -> PartnerDesk:
        answers = dict(enumerate(instead, 1))
        desk = PartnerDesk(tmp_path / "desk", TOKEN, tls=tls, answer=answers.get)
        desks.append(desk.__enter__())
        return desk

    yield open_
    for desk in desks:
        desk.__exit__(None, None, None)


@pytest.fixture
def trusted(tmp_path: Path) -> str:
    """The file that says who vouches for the mail server."""
    AUTHORITY.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    return str(tmp_path / "ca.pem")


@pytest.fixture
def tls() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    AUTHORITY.issue_cert("localhost").configure_cert(context)
    return context


@pytest.fixture
def inbox(tmp_path: Path, tls: ssl.SSLContext) -> Iterator[MailDesk]:
    """A mail server that insists on TLS. Its own log repeats all that it is told, and is the other side's."""
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)
    with MailDesk(tmp_path / "mail", tls=tls) as desk:
        yield desk


@pytest.fixture
def sealed(inbox: MailDesk, trusted: str, tmp_path: Path) -> Email:
    """The way to a partner's mailbox there, encrypted."""
    return Email(mailboxes(tmp_path), the_mail(inbox.address[1], trusted), lambda: NOW, timeout=2)
