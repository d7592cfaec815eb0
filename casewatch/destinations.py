"""Destinations: where a partner's messages go, one class for each kind of way (R-26).

In: a `[destinations.<name>]` table of the settings file. Out: one of the classes, by its `kind`.
Never here: a secret (`partner_<name>_<what>`, see settings.partner_secret), how a way works.
"""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Tag

from casewatch.part import Part


class ToAPartner(Part):
    """What each has: `partner` is the organisation as the Partners table names it. A row of another name cannot send
    here.
    """

    partner: str


class OverHttps(ToAPartner):
    """JSON posted to an address. Secrets: token, client_passphrase, signing_key."""

    kind: Literal["https_json"] = "https_json"
    url: str
    ca_file: str | None = None
    client_certificate: str | None = None
    client_key: str | None = None
    signing_key_id: str = ""
    status_url: str = ""
    allow_private: bool = False


class BySftp(ToAPartner):
    """A file for each message on a server of the partner's. Secrets: key and its passphrase, or password."""

    kind: Literal["sftp"]
    host: str
    port: int = 22
    username: str
    host_keys: tuple[str, ...]
    folder: str
    to: tuple[str, ...] = ()
    format: Literal["json", "csv"] = "json"
    columns: tuple[str, ...] = ()
    bom: bool = False
    receipts: str = ""
    move_receipts: bool = False
    allow_private: bool = False


class ByFolder(ToAPartner):
    """A file for each message in a folder of this machine. It has no secrets: a public key seals for the partner."""

    kind: Literal["file_drop"]
    folder: str
    public_key: str = ""
    to: tuple[str, ...] = ()
    mount: str = ""
    receipts: str = ""
    move_receipts: bool = False


class ByEmail(ToAPartner):
    """Messages to mailboxes in these domains, through the landlord's mail server. Secrets: key, passphrase.

    Encrypted for `certificates` and signed with `our_certificate`; or `tls_only`, with who agreed to it and why.
    """

    kind: Literal["email"]
    domains: tuple[str, ...]
    certificates: tuple[Path, ...] = ()
    our_certificate: Path | None = None
    tls_only: bool = False
    tls_only_because: str = ""


class ToldByHand(ToAPartner):
    """A page to open, or a number to ring. `form` is one that comes with us, or a file; a telephone has none."""

    kind: Literal["manual"]
    where: str
    form: str = ""


KINDS = ("https_json", "sftp", "email", "file_drop", "manual")
"""One word for each class below, and for each maker in connect.py."""


def _kind(told: Any) -> Any:
    """The kind in the file; without one it is https_json, as it was before there were others."""
    return told.get("kind", KINDS[0]) if isinstance(told, dict) else getattr(told, "kind", None)


Destination = Annotated[
    Annotated[OverHttps, Tag("https_json")]
    | Annotated[BySftp, Tag("sftp")]
    | Annotated[ByEmail, Tag("email")]
    | Annotated[ByFolder, Tag("file_drop")]
    | Annotated[ToldByHand, Tag("manual")],
    Discriminator(
        _kind, custom_error_type="kind", custom_error_message=f"its kind is none of these: {', '.join(KINDS)}"
    ),
]
