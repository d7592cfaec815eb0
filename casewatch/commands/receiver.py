"""`casewatch receiver`: a partner's receiving desk for a partner's own developer to test against.

In: a folder, a port, what to check. Out: a real server on this machine until Ctrl-C; what came, in the folder.
Never here: a real person's data asked for; an answer that a fault did not earn.
"""

import secrets
import signal
import ssl
import threading
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from casewatch.desks.partner import Instead

PUBLISHED = Path(__file__).parents[2] / "docs" / "partners" / "v1"
FAULTS = ("down", "slow", "lost", "busy", "broken", "refuse")
EXAMPLES = """
\b
Examples:
  casewatch receiver ~/received
  casewatch receiver ~/received --port 8600 --signed-by landlord.pem
  casewatch receiver ~/received --fault busy --fault lost
  casewatch receiver ~/received --certificate desk.pem --key desk.key
"""


@click.command(epilog=EXAMPLES)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--port", default=8600, show_default=True, type=click.IntRange(0, 65535), help="0 takes any free one.")
@click.option("--token", envvar="CASEWATCH_RECEIVER_TOKEN", help="What senders must show [made and printed].")
@click.option("--signed-by", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="The landlord's public key (PEM): refuse what is not signed with it.")  # fmt: skip
@click.option("--schemas", type=click.Path(exists=True, file_okay=False, path_type=Path), default=PUBLISHED,
              help="The published schemas that every message must fit [those of this version].")  # fmt: skip
@click.option("--certificate", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Serve by TLS.")
@click.option("--key", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The certificate's key.")
@click.option("--fault", multiple=True, type=click.Choice(FAULTS),
              help="Go wrong on purpose, in turn, every other request: hang up, answer late, take it and lose the "
              "answer, ask to wait, answer 500, refuse.")  # fmt: skip
def receiver(
    folder: Path, port: int, token: str | None, signed_by: Path | None, schemas: Path, certificate: Path | None,
    key: Path | None, fault: tuple[str, ...],
) -> None:  # fmt: skip
    """Run a receiving desk on this machine, to try a partner's side or a landlord's settings against.

    It checks the token, the published schema of each message, the signature where a key is given, and that a key
    is used once. What it takes lies in FOLDER, one file a message, with index.html over all. GET the address of a
    message to read its status; write another "status" (accepted, rejected, closed) or a "code" in its file to see
    the landlord's side take it up. Send it made-up people alone.
    """
    from casewatch.desks.partner import PartnerDesk

    if bool(certificate) != bool(key):
        raise click.UsageError("--certificate and --key go together.")
    tls = None
    if certificate and key:
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(certificate, key)
    shown = token or secrets.token_urlsafe(24)
    public = signed_by.read_bytes() if signed_by else None
    try:
        desk = PartnerDesk(folder, shown, port, tls, faults(fault), schemas, public)
    except FileNotFoundError as error:
        raise click.UsageError(str(error)) from None
    except OSError as error:
        raise click.ClickException(
            f"Port {port} cannot be used ({error.strerror}): choose another with --port."
        ) from None
    stop = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: stop.set())
    with desk:
        click.echo(f"Address   {desk.url}")
        if not token:
            click.echo(f"Token     {shown}")
        click.echo(f"Folder    {folder / 'index.html'}\nCtrl-C ends it.")
        stop.wait()
    click.echo(f"{desk.requests} requests, {len(desk.kept())} messages kept.")


def faults(kinds: tuple[str, ...]) -> "Callable[[int], Instead | None]":
    """Every other request goes wrong, by each kind in turn; none where there are no kinds."""
    from casewatch.desks.partner import Instead

    ways = {
        "down": Instead(),
        "slow": Instead(status=200, store=True, after=5.0),
        "lost": Instead(store=True),
        "busy": Instead(status=429, headers={"Retry-After": "5"}),
        "broken": Instead(status=500),
        "refuse": Instead(status=422, body=b'{"error": "on_purpose"}'),
    }
    turn = cycle(kinds) if kinds else None
    return lambda number: ways[next(turn)] if turn and number % 2 else None
