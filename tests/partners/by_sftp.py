"""A way by SFTP to a partner's desk on loopback, and the keys of both."""

from dataclasses import replace

import asyncssh

from casewatch.desks.sftp import SftpDesk
from sync.partners.sftp import Sftp
from sync.partners.sftp_settings import SftpDestination

PASSPHRASE = "a-passphrase-made-up-for-tests"
OURS = asyncssh.generate_private_key("ssh-ed25519")
PRIVATE = OURS.export_private_key("pkcs8-pem", PASSPHRASE).decode().strip()
PUBLIC = OURS.export_public_key().decode().strip()


def destination(desk: SftpDesk, **changed: object) -> SftpDestination:
    at = SftpDestination(
        "quayside", host="localhost", port=desk.port, username="harbour-row", host_keys=(desk.host_key,),
        private_key=PRIVATE, passphrase=PASSPHRASE, folder="in", receipts="receipts",
    )  # fmt: skip
    return replace(at, **changed)


def the_way_by_sftp(desk: SftpDesk, longest: float = 10.0, **changed: object) -> Sftp:
    return Sftp(destination(desk, **changed), longest)
