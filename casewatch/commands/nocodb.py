"""`casewatch nocodb`: the local NocoDB alone, started, stopped and looked at.

In: options and the environment. Out: an address on the screen, or JSON.
Never here: a password on the screen; it says which file holds it.
"""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import click

from casewatch.commands.plain import plain_errors

EXAMPLES = """
\b
Examples:
  casewatch nocodb start
  casewatch nocodb start --port 9000 --home ~/cases
  casewatch nocodb status --json
  casewatch nocodb stop
"""

_home = click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for data, secrets and logs [default: CASEWATCH_HOME, or this account's own].",
)
_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for another program.")


@click.group(epilog=EXAMPLES)
def nocodb() -> None:
    """A NocoDB of your own on this machine, for this machine only (127.0.0.1).

    The first start fetches NocoDB (some minutes); later ones take seconds.
    """


@nocodb.command(epilog=EXAMPLES)
@click.option("--port", default=8080, show_default=True, type=click.IntRange(0, 65535), help="0 picks a free one.")
@_home
@_json
def start(port: int, home: Path | None, as_json: bool) -> None:
    """Start NocoDB and its PostgreSQL; if they run already, say where."""
    from casewatch.local.places import default_home
    from casewatch.local.server import LocalPlatform

    with plain_errors(), _stopped_cleanly(), _progress() as say:
        platform = LocalPlatform(home or default_home(), port=port)
        running = platform.start(say)
    told = {
        "url": running.url,
        "admin_email": running.admin_email,
        "admin_password_file": str(platform.home / "secrets" / "admin_password"),
        "pid": running.pid,
    }
    if as_json:
        click.echo(json.dumps(told))
        return
    click.echo(f"NocoDB runs at {told['url']}")
    click.echo(f"Sign in as {told['admin_email']}; the password is in {told['admin_password_file']}")


@nocodb.command(epilog=EXAMPLES)
@_home
def stop(home: Path | None) -> None:
    """Stop what `start` started in this home, and nothing else."""
    from casewatch.local.places import default_home
    from casewatch.local.server import LocalPlatform

    with plain_errors():
        stopped = LocalPlatform(home or default_home()).stop()
    click.echo("Stopped." if stopped else "Nothing was running.")


@nocodb.command(epilog=EXAMPLES)
@_home
@_json
def status(home: Path | None, as_json: bool) -> None:
    """Say what runs. The exit code is 0 when all of it does and 1 when not. A running demo is mentioned."""
    from casewatch.local.places import default_home, demo_folder, demo_home
    from casewatch.local.server import LocalPlatform

    with plain_errors():
        found = LocalPlatform(home or default_home()).status()
        demo = LocalPlatform(demo_home(demo_folder())).status() if home is None else None
    if as_json:
        click.echo(json.dumps({**found.as_dict(), "demo": demo.url if demo else None}))
    else:
        click.echo(found.sentence())
        if demo and demo.running:
            click.echo(f"A demo runs at {demo.url}: that is another one, in {demo.home}.")
    sys.exit(0 if found.running else 1)


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """A line that changes in place on a screen; plain lines, each once, anywhere else."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda words: click.echo(words, err=True)
        return
    with console.status("Looking") as line:
        yield line.update


@contextmanager
def _stopped_cleanly() -> Iterator[None]:
    """Let a polite kill unwind the start, so that nothing half-started stays behind."""

    def leave(number: int, _: object) -> NoReturn:
        sys.exit(128 + number)

    before = {number: signal.signal(number, leave) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
