"""Connect: names in the settings become the objects that a run works with. The only place that wires.

In: Settings. Out: a platform, a mail outlet, the ways to partners, a runner.
Never here: discovery; every name stands in a dictionary that fits one screen.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar

from automations.decide import House
from automations.delivery import Delivery, Outlet
from automations.emailing import Emailing
from automations.errors import Stop
from automations.letters import Landlord
from automations.model import Diversity
from automations.outbox.asking import Asking
from automations.perform import Performer
from automations.ports import Platform, Transport, WordProcessor
from automations.records import value
from automations.returning import Returning
from automations.runner import Runner
from casewatch.settings import NocoDB, Settings, partner_secret
from casewatch.ways import WAYS, mail_server
from sync.mail import SmtpMail
from sync.partners.packing import Packing
from sync.platforms import airtable_rights, nocodb_rights
from sync.platforms.airtable import AirtablePlatform
from sync.platforms.airtable_client import Client as AirtableClient
from sync.platforms.airtable_ledger import Ledger
from sync.platforms.kept_by import must_be_ours
from sync.platforms.nocodb import NocoDBPlatform
from sync.word_processor import LibreOffice, find

T = TypeVar("T")


def platform(settings: Settings) -> Platform:
    """The bases of the settings, read and written as the runner's own account."""
    if settings.airtable:
        at = settings.airtable
        return AirtablePlatform(_airtable(settings), at.name, ledger=Ledger(at.audit))
    server, token = _nocodb(settings)
    return NocoDBPlatform(server.url, token, server.name)


def must_be_safe(settings: Settings, *, copying: bool = False) -> None:
    """Stop where the server is not fit to hold cases, the runner's account may do more than it needs, the bases are
    kept by another account, or a copy into them is not finished, unless it is to be now (`copying`).
    """
    from casewatch.local import safety

    if settings.airtable:
        airtable_rights.check(_airtable(settings), settings.airtable.name)
    else:
        server, token = _nocodb(settings)
        nocodb_rights.check(server.url, token, server.name)
        safety.check(server.url, token)
    must_be_ours(platform(settings), copying=copying)


def _nocodb(settings: Settings) -> tuple[NocoDB, str]:
    assert settings.nocodb, "the settings name one of the two"
    assert settings.nocodb_token
    return settings.nocodb, settings.nocodb_token.get_secret_value()


def _airtable(settings: Settings) -> AirtableClient:
    from sync.platforms.airtable_pace import SHARED

    assert settings.airtable
    assert settings.airtable_token
    at = settings.airtable
    return AirtableClient(settings.airtable_token.get_secret_value(), SHARED, at.api, at.content)


def landlord(settings: Settings) -> Landlord:
    """The letterhead."""
    return Landlord(**settings.landlord.model_dump())


def mail(settings: Settings) -> SmtpMail | None:
    """The way to inboxes, staff's and readers'; None where the settings name no mail server."""
    server = mail_server(settings)
    return SmtpMail(server) if server else None


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

    owners = {name: destination.partner for name, destination in settings.destinations.items()}
    return Outlet(transports, owners, Packing(settings.landlord, secret, partial(_diversity, bases)))


def word_processor(settings: Settings) -> WordProcessor | None:
    """What makes a PDF of an edited letter; None where LibreOffice is not installed. Stop where a setting is wrong."""
    program = find(settings.letters.office)
    return LibreOffice(program) if program else None


def runner(settings: Settings, clock: Callable[[], datetime] | None = None) -> Runner:
    """A runner on the bases of the settings."""
    now = clock or (lambda: datetime.now(UTC))
    bases = platform(settings)
    faults: list[str] = []
    post, ways = _made(lambda: mail(settings), faults), _made(lambda: outlet(settings, bases), faults)
    words = _made(lambda: word_processor(settings), faults)
    if faults or ways is None:
        raise Stop("\n".join(faults))
    letters = Emailing(bases, post, landlord(settings), now)
    performer = Performer(bases, post, Delivery(bases, ways, now), now, letters, words)
    house = House(landlord(settings), _address(settings), bases.address_of, words is not None)
    return Runner(bases, performer, house, now, Returning(bases, ways, now), Asking(bases, ways, now))


def _address(settings: Settings) -> str:
    """What staff open; a record's own path follows it."""
    if settings.airtable:
        return settings.airtable.address
    server, _ = _nocodb(settings)
    return server.address or f"{server.url}/dashboard/"


def _made(make: Callable[[], T], faults: list[str]) -> T | None:
    """What it makes, or one fault more."""
    try:
        return make()
    except Stop as error:
        faults.append(error.detail)
        return None


def _diversity(bases: Platform, references: Sequence[str]) -> list[Diversity]:
    """The voluntary answers of those cases, read when they are needed and kept nowhere."""
    said: list[str] = []
    return [value(Diversity, r, said) for r in bases.find("Diversity answers", "Case reference", references)]
