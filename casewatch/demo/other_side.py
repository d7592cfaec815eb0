"""The other side: a desk on loopback, or a folder, for each partner of the demo, with a clerk who works there.

In: the demo's folder and its mail server. Out: destinations and secrets for the settings; what came, a folder each.
Never here: a real partner; a key that is another side's to keep, outside that side's own folder.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import asyncssh
from cryptography.hazmat.primitives import serialization as s
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import SecretStr

from casewatch.commands.receiver import PUBLISHED
from casewatch.demo.landlord import EAST_PARTNERSHIP, WEST_PARTNERSHIP
from casewatch.demo.partners import COUNCIL, DESTINATIONS, LISTENING, MAILBOXES, POLICE, SERVICES, SHORE, WATCH
from casewatch.desks import sealed_files
from casewatch.desks.clerk import Clerk
from casewatch.desks.mail import MailDesk
from casewatch.desks.mailbox import Mailbox
from casewatch.desks.partner import Instead, PartnerDesk
from casewatch.desks.sftp import INBOX, RECEIPTS, SftpDesk
from casewatch.destinations import ByEmail, ByFolder, BySftp, Destination, OverHttps, ToldByHand

FORM_AT = "https://report.police.example/hate-crime"
NOT_THEIRS = Instead(status=422, body=b'{"code": "not_our_tenant"}')
KEY_ID = "harbour-row-1"


@dataclass(frozen=True, slots=True)
class Side:
    """The settings of one partner: its destination's name, the destination, and the secrets we need there."""

    name: str
    at: Destination
    secrets: dict[str, SecretStr]
    clerk: Clerk | None = None


class OtherSide:
    """Every partner. `lines` say where a person finds what came at each."""

    def __init__(self, sides: tuple[Side, ...], folder: Path) -> None:
        self.destinations = {side.name: side.at for side in sides}
        self.secrets = {side.name: side.secrets for side in sides}
        self._clerks = [side.clerk for side in sides if side.clerk]
        self._folder = folder

    def work(self) -> None:
        """Each clerk collects what came since, answers it, and deletes what was called back."""
        for clerk in self._clerks:
            clerk.collect()

    def lines(self) -> Iterator[str]:
        """One line a partner: whose, by which way, and where to look."""
        for name, at in self.destinations.items():
            where = self._folder / name / "index.html"
            shown = where if where.exists() else "nothing comes: the pack on the referral says what to fill in"
            yield f"  {at.partner:40} {at.kind:11} {shown}"


@contextmanager
def opened(folder: Path, mail: MailDesk, sender: str, token: str) -> Iterator[OtherSide]:
    """Every desk, shut at the end. `folder` is the whole path of the demo's folder, `sender` whom our mail is from."""
    there = folder / "partners"
    there.mkdir(parents=True, exist_ok=True, mode=0o700)
    schemas = PUBLISHED if PUBLISHED.is_dir() else None  # an installed copy has none, and its desks check none
    ours = Mailbox(folder / "keys", sender)
    with ExitStack() as stack:
        sides = [
            _by_https(stack, there, "quayside", EAST_PARTNERSHIP, token, schemas, signed=True),
            _by_https(stack, there, "kirkinlea", WEST_PARTNERSHIP, token, schemas),
            _by_https(stack, there, DESTINATIONS[SHORE], SHORE, token, schemas, instead=NOT_THEIRS),
            _by_sftp(stack, there, COUNCIL, schemas),
            _by_folder(there, SERVICES, schemas),
            _by_email(there, LISTENING, mail, ours, schemas),
            _by_email(there, WATCH, mail, ours, schemas),
            Side(DESTINATIONS[POLICE], ToldByHand(kind="manual", partner=POLICE, where=FORM_AT, form="police_uk_form"),
                 {}),
        ]  # fmt: skip
        yield OtherSide(tuple(sides), there)


def _by_https(
    stack: ExitStack, there: Path, name: str, partner: str, token: str, schemas: Path | None, *, signed: bool = False,
    instead: Instead | None = None,
) -> Side:  # fmt: skip
    """A desk that asks for the token and, where it is signed to, for our signature."""
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes(s.Encoding.PEM, s.PublicFormat.SubjectPublicKeyInfo) if signed else None
    desk = PartnerDesk(there / name, token, answer=lambda _: instead, schemas=schemas, signed_by=public)
    stack.enter_context(desk)
    secrets = {"token": SecretStr(token)}
    if signed:
        pem = key.private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, s.NoEncryption())
        secrets["signing_key"] = SecretStr(pem.decode())
    return Side(name, OverHttps(url=desk.url, partner=partner, signing_key_id=KEY_ID if signed else ""), secrets)


def _by_sftp(stack: ExitStack, there: Path, partner: str, schemas: Path | None) -> Side:
    """A server with a host key of its own, which lets our key in and no other."""
    name = DESTINATIONS[partner]
    server = there / name / "server"
    ours = asyncssh.generate_private_key("ssh-ed25519")
    desk = stack.enter_context(SftpDesk(server, ours.export_public_key().decode().strip()))
    at = BySftp(kind="sftp", partner=partner, host="localhost", port=desk.port, username="harbour-row",
                host_keys=(desk.host_key,), folder=INBOX, receipts=RECEIPTS)  # fmt: skip
    clerk = Clerk(there / name, partial(sealed_files.plain, server / INBOX), server / RECEIPTS, schemas)
    return Side(name, at, {"key": SecretStr(ours.export_private_key("pkcs8-pem").decode().strip())}, clerk)


def _by_folder(there: Path, partner: str, schemas: Path | None) -> Side:
    """A folder that we seal for the partner. Its private key lies beside it."""
    name = DESTINATIONS[partner]
    home = there / name
    for each in (INBOX, RECEIPTS):
        (home / each).mkdir(parents=True, exist_ok=True, mode=0o700)
    key = sealed_files.private_key(home / "private-key.json")
    at = ByFolder(kind="file_drop", partner=partner, folder=str(home / INBOX), receipts=str(home / RECEIPTS),
                  public_key=sealed_files.public_half(key))  # fmt: skip
    return Side(name, at, {}, Clerk(home, lambda: sealed_files.sealed(home / INBOX, key), home / RECEIPTS, schemas))


def _by_email(there: Path, partner: str, mail: MailDesk, ours: Mailbox, schemas: Path | None) -> Side:
    """A mailbox that we encrypt for and sign to."""
    name, address = DESTINATIONS[partner], MAILBOXES[partner]
    box = Mailbox(there / name / "mailbox", address)
    at = ByEmail(kind="email", partner=partner, domains=(address.partition("@")[2],), certificates=(box.certificate,),
                 our_certificate=ours.certificate)  # fmt: skip
    return Side(
        name,
        at,
        {"key": SecretStr(ours.key.read_text("utf-8"))},
        Clerk(there / name, lambda: box.fetch(mail.folder), schemas=schemas),
    )
