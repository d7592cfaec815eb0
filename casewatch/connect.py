"""Connect: names in the settings become the objects that a run works with. The only place that wires.

In: Settings. Out: a platform, a mail outlet, the ways to partners, a runner.
Never here: discovery; every name stands in a dictionary that fits one screen.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from automations import by_hand_paper
from automations.decide import House
from automations.delivery import Delivery, Outlet, Packed
from automations.errors import Stop
from automations.letters import Landlord
from automations.model import Area, Case, Disclosure, Diversity, Incident
from automations.perform import Performer
from automations.ports import Platform, Transport
from automations.records import value
from automations.runner import Runner
from casewatch.destinations import ByEmail, ByFolder, BySftp, OverHttps, ToldByHand
from casewatch.settings import Settings, partner_secret, partner_variable
from sync.http import CARRIED, is_token
from sync.mail import MailSettings, SmtpMail
from sync.partners.email import Email, Mailboxes
from sync.partners.file_drop import DropDestination, FileDrop
from sync.partners.form import form
from sync.partners.https_json import Destination, HttpsJson
from sync.partners.manual import ByHand, Manual
from sync.partners.payload import cdrp_notice
from sync.partners.sftp import Sftp
from sync.partners.sftp_settings import SftpDestination
from sync.platforms import nocodb_rights
from sync.platforms.nocodb import NocoDBPlatform

if TYPE_CHECKING:
    from automations.ports import Mail

T = TypeVar("T")


def platform(settings: Settings) -> Platform:
    """The bases of the settings, read and written as the runner's own account."""
    return NocoDBPlatform(settings.nocodb.url, settings.nocodb_token.get_secret_value(), settings.nocodb.name)


def must_be_safe(settings: Settings) -> None:
    """Stop where the server is not fit to hold cases, or the runner's account may do more than it needs."""
    from casewatch.local import safety

    url, token = settings.nocodb.url, settings.nocodb_token.get_secret_value()
    nocodb_rights.check(url, token, settings.nocodb.name)
    safety.check(url, token)


def landlord(settings: Settings) -> Landlord:
    """The letterhead."""
    return Landlord(**settings.landlord.model_dump())


def mail(settings: Settings) -> "Mail | None":
    """The way to staff's inboxes; None where the settings name no mail server."""
    server = mail_server(settings)
    return SmtpMail(server) if server else None


def mail_server(settings: Settings) -> MailSettings | None:
    """The landlord's mail server, where the settings name one."""
    if settings.mail is None:
        return None
    return MailSettings(**settings.mail.model_dump(), password=settings.mail_password.get_secret_value())


def outlet(settings: Settings, bases: Platform) -> Outlet:
    """The ways to partners. Stop, with every fault, where one has no token or an unsafe address."""
    faults: list[str] = []
    transports: dict[str, Transport] = {}
    for name, at in settings.destinations.items():
        try:
            transports[name] = WAYS[at.kind](name, at, partial(partner_secret, name, settings=settings), settings)
        except Stop as error:
            faults.append(error.detail)
    secret = settings.reference_secret.get_secret_value().encode()
    if transports and len(secret) < 16:
        faults.append("CASEWATCH_REFERENCE_SECRET needs 16 characters or more: partners' references are made with it.")
    if faults:
        raise Stop("\n".join(faults))

    def pack(case: Case, incident: Incident, says: Disclosure, area: Area) -> Packed:
        return cdrp_notice(case, incident, says, area, _diversity(bases, case.reference), secret)

    owners = {name: destination.partner for name, destination in settings.destinations.items()}
    return Outlet(transports, owners, pack)


def over_https(name: str, at: OverHttps, secret: "Secret", settings: Settings) -> Transport:
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


def by_sftp(name: str, at: BySftp, secret: "Secret", settings: Settings) -> Transport:
    """A file on a server of the partner's."""
    return Sftp(SftpDestination(
        name, **at.model_dump(exclude={"kind", "partner"}), private_key=secret("key"),
        passphrase=secret("passphrase"), password=secret("password"),
    ))  # fmt: skip


def by_folder(name: str, at: ByFolder, secret: "Secret", settings: Settings) -> Transport:
    """A file in a folder that the partner collects from."""
    return FileDrop(DropDestination(name, **at.model_dump(exclude={"kind", "partner"})))


def by_email(name: str, at: ByEmail, secret: "Secret", settings: Settings) -> Transport:
    """Messages to the partner's mailboxes through the landlord's mail server."""
    server = mail_server(settings)
    if server is None:
        raise Stop(f"The destination {name} goes by e-mail, and no mail server is in the settings ([mail]).")
    told = at.model_dump(exclude={"kind", "partner"})
    return Email(Mailboxes(name, **told, our_key=secret("key"), passphrase=secret("passphrase")), server)


def by_hand(name: str, at: ToldByHand, secret: "Secret", settings: Settings) -> Transport:
    """A pack for whoever fills the form in or rings."""
    try:
        known = form(at.form) if at.form else None
    except Stop as fault:
        raise Stop(f"destinations.{name}.form: {fault.detail}") from None
    return Manual(ByHand(name, at.partner, at.where, known), partial(by_hand_paper.pdf, landlord=landlord(settings)))


Secret = Callable[[str], str]
"""A destination's secret by what it is: token, key, passphrase. "" where it has none."""

WAYS: Mapping[str, Callable[[str, Any, Secret, Settings], Transport]] = {
    "https_json": over_https, "sftp": by_sftp, "file_drop": by_folder, "email": by_email, "manual": by_hand,
}  # fmt: skip
"""What makes a way, by the kind of destination: its name, its settings, its secrets and the rest of the settings."""


def runner(settings: Settings, clock: Callable[[], datetime] | None = None) -> Runner:
    """A runner on the bases of the settings."""
    now = clock or (lambda: datetime.now(UTC))
    bases = platform(settings)
    faults: list[str] = []
    post, ways = _made(lambda: mail(settings), faults), _made(lambda: outlet(settings, bases), faults)
    if faults or ways is None:
        raise Stop("\n".join(faults))
    performer = Performer(bases, post, Delivery(bases, ways, now), now)
    address = settings.nocodb.address or f"{settings.nocodb.url}/dashboard/"
    return Runner(bases, performer, House(landlord(settings), address, bases.address_of), now)


def _made(make: Callable[[], T], faults: list[str]) -> T | None:
    """What it makes, or one fault more."""
    try:
        return make()
    except Stop as error:
        faults.append(error.detail)
        return None


def _diversity(bases: Platform, reference: str) -> list[Diversity]:
    """The voluntary answers of one case, read when they are needed and kept nowhere."""
    said: list[str] = []
    return [value(Diversity, r, said) for r in bases.find("Diversity answers", "Case reference", [reference])]
