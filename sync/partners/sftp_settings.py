"""SFTP settings: whose server, which host key, which key of ours; and what of it the library is told.

In: one destination. Out: every option of a connection, none left to a default that looks elsewhere; or every fault.
Never here: a connection, a secret in a fault.
"""

import re
from dataclasses import dataclass, field
from typing import Any, Literal

import asyncssh

from automations.errors import Stop
from sync.partners.addresses import literal, why_not
from sync.partners.files import faults_of
from sync.partners.table import COLUMN

FOLDER = re.compile(r"/?[A-Za-z0-9_][A-Za-z0-9_. -]*(/[A-Za-z0-9_][A-Za-z0-9_. -]*)*")

HOST_KEYS = {
    "ssh-ed25519": ("ssh-ed25519",),
    "ecdsa-sha2-nistp256": ("ecdsa-sha2-nistp256",),
    "ecdsa-sha2-nistp384": ("ecdsa-sha2-nistp384",),
    "ecdsa-sha2-nistp521": ("ecdsa-sha2-nistp521",),
    "ssh-rsa": ("rsa-sha2-512", "rsa-sha2-256"),
}
"""The kinds of host key, and how a server signs with each."""


@dataclass(frozen=True, slots=True)
class SftpDestination:
    """Where one partner is, from the settings. Folders are as the server shows them to our user."""

    name: str
    host: str = field(repr=False)
    username: str = field(repr=False)
    host_keys: tuple[str, ...]
    """The server's public keys, as in `ssh-ed25519 AAAA...`: two while the partner changes over from one to another."""
    folder: str
    port: int = 22
    private_key: str = field(default="", repr=False)
    passphrase: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    """Where there is no private key."""
    to: tuple[str, ...] = ()
    """Folders inside the folder, one for each recipient."""
    format: Literal["json", "csv"] = "json"
    columns: tuple[str, ...] = ()
    bom: bool = False
    receipts: str = ""
    """The folder that the partner lays receipts in; "" where it lays none."""
    move_receipts: bool = False
    allow_private: bool = False
    """Whether the server may be in a private network."""


def options(at: SftpDestination) -> dict[str, Any]:
    """The options of a connection. Stop with every fault of the settings."""
    faults = [*_plain_faults(at), *faults_of(at.name, at.to)]
    host_keys = [key for text in at.host_keys if (key := _public(text, at.name, faults))]
    ours = _private(at, faults)
    if faults:
        raise Stop("\n".join(faults))
    return {
        "host": at.host, "username": at.username, "config": None,
        # Exactly these. None in place of them would let any server in.
        "known_hosts": (host_keys, [], []), "x509_trusted_certs": None, "server_host_key_algs": _signatures(host_keys),
        "client_keys": [ours] if ours else None, "agent_path": None, "pkcs11_provider": None,
        "password": None if ours else at.password, "passphrase": None,
        "preferred_auth": ("publickey",) if ours else ("password",),
        "public_key_auth": ours is not None, "password_auth": ours is None,
        "kbdint_auth": False, "host_based_auth": False, "gss_auth": False, "gss_kex": False,
        # A server that asks for nothing is not the one that was agreed.
        "disable_trivial_auth": True, "compression_algs": None,
    }  # fmt: skip


def _plain_faults(at: SftpDestination) -> list[str]:
    """What is wrong that a look can tell."""
    name, faults = at.name, []
    try:
        at.host.encode("idna")
        good_host = bool(re.fullmatch(r"[^\s\x00-\x1f/@\\]+", at.host))
    except UnicodeError:
        good_host = False
    if not good_host or not 0 < at.port < 65536:
        faults.append(f"{name}: host and port are not ones that can be asked.")
    if (number := literal(at.host)) and (why := why_not(at.host, number, at.allow_private)):
        faults.append(f"{name}: host is refused: {why}.")
    if not re.fullmatch(r"[^\s\x00-\x1f\x7f]+", at.username):
        faults.append(f"{name}: username is one word.")
    for what, folder in (("folder", at.folder), ("receipts", at.receipts or "receipts")):
        if not FOLDER.fullmatch(folder):
            faults.append(f"{name}: {what} is a folder on the server, with no .. and nothing but plain letters in it.")
    if at.format == "json" and (at.columns or at.bom):
        faults.append(f"{name}: columns and bom are for the format csv.")
    if not all(COLUMN.fullmatch(column) for column in at.columns) or len(set(at.columns)) < len(at.columns):
        faults.append(f"{name}: columns are dotted names of fields, each once.")
    if not at.host_keys:
        faults.append(f"{name}: host_keys needs the server's public key. Without it nothing is sent there.")
    return faults


def _signatures(host_keys: list[asyncssh.SSHKey]) -> list[str]:
    """Those of the known keys first, and then the rest: a server with a new kind of key is to show it and be refused.
    Asked for the known kinds alone, it hangs up, and nobody hears why.
    """
    known = {key.get_algorithm() for key in host_keys}
    return [each for kind in sorted(HOST_KEYS, key=lambda kind: kind not in known) for each in HOST_KEYS[kind]]


def _public(text: str, name: str, faults: list[str]) -> asyncssh.SSHKey | None:
    try:
        key = asyncssh.import_public_key(text)
    except (ValueError, asyncssh.KeyImportError):
        key = None
    if key is None or key.get_algorithm() not in HOST_KEYS:
        faults.append(f"{name}: host_keys holds something that is no public key, as in `ssh-ed25519 AAAA...`.")
    return key


def _private(at: SftpDestination, faults: list[str]) -> asyncssh.SSHKey | None:
    if not at.private_key:
        if not at.password:
            faults.append(f"{at.name}: it needs the secret key, or, where the partner wants it, the secret password.")
        return None
    if at.password:
        faults.append(f"{at.name}: it has a key and a password: take one away, so that it is plain which is used.")
    try:
        return asyncssh.import_private_key(f"{at.private_key}\n", at.passphrase or None)
    except (ValueError, asyncssh.KeyImportError, asyncssh.KeyEncryptionError):
        faults.append(
            f"{at.name}: the secret key is no private key that can be read with the secret passphrase. "
            "One that has a passphrase is kept as PKCS#8."
        )
        return None
