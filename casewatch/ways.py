"""Ways: what makes the way to a partner, by the kind of its destination.

In: a destination's name, its settings and its secrets. Out: a transport, or a Stop that names the setting.
Never here: a connection made to find out; a way chosen by anything but the settings (R-26).
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from automations import by_hand_paper
from automations.errors import Stop
from automations.letters import Landlord
from automations.ports import Transport
from casewatch.destinations import ByEmail, ByFolder, BySftp, OverHttps, ToldByHand
from casewatch.settings import Settings, partner_variable
from sync.http import CARRIED, is_token
from sync.mail import MailSettings
from sync.partners.email import Email, Mailboxes
from sync.partners.file_drop import DropDestination, FileDrop
from sync.partners.form import form
from sync.partners.https_json import Destination, HttpsJson
from sync.partners.manual import ByHand, Manual
from sync.partners.sftp import Sftp
from sync.partners.sftp_settings import SftpDestination

Secret = Callable[[str], str]
"""A destination's secret by what it is: token, key, passphrase. "" where it has none."""


def mail_server(settings: Settings) -> MailSettings | None:
    """The landlord's mail server, where the settings name one."""
    if settings.mail is None:
        return None
    return MailSettings(**settings.mail.model_dump(), password=settings.mail_password.get_secret_value())


def over_https(name: str, at: OverHttps, secret: Secret, settings: Settings) -> Transport:
    """JSON posted to an address."""
    token, variable = secret("token"), partner_variable(name, "token")
    if not token and not at.client_certificate:
        raise Stop(f"The destination {name} has no token: set {variable}, or put it in the secrets folder.")
    if token and not is_token(token):
        raise Stop(f"{variable}, or partner_{name}_token in the secrets folder: it {CARRIED}.")
    signing_key = secret("signing_key")
    if at.signing_key_id and not signing_key:
        raise Stop(f"The destination {name} is to be signed to: set {partner_variable(name, 'signing_key')}.")
    return HttpsJson(Destination(
        name, **at.model_dump(exclude={"kind", "partner"}), token=token, signing_key=signing_key,
        client_passphrase=secret("client_passphrase"),
    ))  # fmt: skip


def by_sftp(name: str, at: BySftp, secret: Secret, settings: Settings) -> Transport:
    """A file on a server of the partner's."""
    return Sftp(SftpDestination(
        name, **at.model_dump(exclude={"kind", "partner"}), private_key=secret("key"),
        passphrase=secret("passphrase"), password=secret("password"),
    ))  # fmt: skip


def by_folder(name: str, at: ByFolder, secret: Secret, settings: Settings) -> Transport:
    """A file in a folder that the partner collects from."""
    return FileDrop(DropDestination(name, **at.model_dump(exclude={"kind", "partner"})))


def by_email(name: str, at: ByEmail, secret: Secret, settings: Settings) -> Transport:
    """Messages to the partner's mailboxes through the landlord's mail server."""
    server = mail_server(settings)
    if server is None:
        raise Stop(f"The destination {name} goes by e-mail, and no mail server is in the settings ([mail]).")
    told = at.model_dump(exclude={"kind", "partner"})
    return Email(Mailboxes(name, **told, our_key=secret("key"), passphrase=secret("passphrase")), server)


def by_hand(name: str, at: ToldByHand, secret: Secret, settings: Settings) -> Transport:
    """A pack for whoever fills the form in or rings."""
    try:
        known = form(at.form) if at.form else None
    except Stop as fault:
        raise Stop(f"destinations.{name}.form: {fault.detail}") from None
    return Manual(
        ByHand(name, at.partner, at.where, known),
        partial(by_hand_paper.pdf, landlord=Landlord(**settings.landlord.model_dump())),
    )


WAYS: Mapping[str, Callable[[str, Any, Secret, Settings], Transport]] = {
    "https_json": over_https, "sftp": by_sftp, "email": by_email, "file_drop": by_folder, "manual": by_hand,
}  # fmt: skip
"""What makes a way, by the kind of destination: its name, its settings, its secrets and the rest of the settings."""
