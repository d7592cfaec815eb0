"""Whom a message may be mailed to: a mailbox in the domains of the settings, whatever a Partner row says."""

from pathlib import Path

import pytest
from sealed_mail import NOW, a_certificate, by_tls, mailboxes, the_mail
from way_to_a_partner import NAMED

from automations.errors import NeedsAPerson
from casewatch.desks.mail import MailDesk
from sync.partners.email import Email


@pytest.mark.parametrize(
    "to",
    ["", "hate.crime@elsewhere.example", "hate.crime@mail.quayside.example", "hate.crime@quayside.example.com",
     "hate.crime@quayside.example\nBcc: x@elsewhere.example", "hate.crime@quayside.example\r", "a@b@quayside.example",
     "a@quayside.example,b@quayside.example", "a@quayside.example b@quayside.example", "<a@quayside.example>",
     "Ada <a@quayside.example>", "a%elsewhere.example@quayside.example", "elsewhere.example!a@quayside.example",
     '"a b"@quayside.example', "a..b@quayside.example", ".a@quayside.example", "@quayside.example",
     "hate.crime@qu\u0430yside.example", "\u00e4@quayside.example", "a@quayside.example.",
     f"{'a' * 65}@quayside.example"],
)  # fmt: skip
@pytest.mark.parametrize("tls_alone", [True, False])
def test_a_recipient_is_one_plain_address_in_the_domain_of_the_settings(
    inbox: MailDesk, trusted: str, sealed: Email, to: str, tls_alone: bool
) -> None:
    """R-26: a Partner row cannot send elsewhere, not even to a mail domain below or beside the one that is allowed."""
    way = by_tls(inbox, trusted) if tls_alone else sealed

    with pytest.raises(NeedsAPerson) as told:
        way.deliver(NAMED.body, NAMED.key, to)

    assert "Nothing was sent" in str(told.value)
    assert "hate.crime" not in str(told.value)
    assert inbox.connections == 0
    assert way.deliver(NAMED.body, NAMED.key, "Hate.Crime@QUAYSIDE.example").accepted


def test_a_domain_below_is_allowed_where_it_is_listed(inbox: MailDesk, trusted: str, tmp_path: Path) -> None:
    to = "hate.crime@mail.quayside.example"
    listed = mailboxes(tmp_path, a_certificate(to), domains=("quayside.example", "mail.quayside.example"))
    assert Email(listed, the_mail(inbox.address[1], trusted), lambda: NOW).deliver(b"{}", "0" * 32, to).accepted
