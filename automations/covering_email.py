"""Covering e-mail: what shows of a letter that goes by e-mail before anybody opens it, which is nothing.

In: who sends, to which address, the letter's PDF, the day. Out: the message.
Never here: a name, a case, a reference, what the letter is about, or the file's own name.
"""

from datetime import date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256

from automations.letters.facts import Landlord
from automations.letters.words import clean

SUBJECT = "A letter for you"
WORDS = """\
Hello

There is a letter for you in the attached PDF. You asked us to write to you by e-mail.

If you want letters in another way from now on, or if this is not for you, please ring us on {telephone}.

Please do not answer this e-mail. The letter says how to reach us.
"""


def covering(
    landlord: Landlord, sender: str, to: str, pdf: bytes, dated: date, now: datetime, key: str
) -> EmailMessage:
    """The message: nothing in it but the address tells whose it is. The same key makes the same Message-ID."""
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(clean(landlord.neutral_sender.partition(",")[0]), addr_spec=sender)
    message["To"] = Address(addr_spec=to)
    message["Subject"] = SUBJECT
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{sha256(key.encode()).hexdigest()[:32]}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(WORDS.format(telephone=clean(landlord.telephone)), charset="utf-8", cte="quoted-printable")
    message.add_attachment(pdf, maintype="application", subtype="pdf", filename=f"Letter {dated.isoformat()}.pdf")
    return message
