"""`casewatch demo`: a made-up landlord on a real NocoDB, to see and to work with.

In: a port and a folder. Out: progress, addresses, sign-ins, and what to look at.
Never here: a real person; nothing leaves this machine.
"""

import logging
import signal
import sys
import time
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click

EXAMPLES = """
\b
Examples:
  casewatch demo
  casewatch demo --port 9000
  casewatch demo --once --data /srv/casewatch-demo
  casewatch demo --platform airtable
"""

ON_AIRTABLE = """\
Airtable has no server for this machine: the demonstration there needs an account and a token.
1. Make a personal access token of the account that makes the bases: scopes data.records:read and :write,
   schema.bases:read and :write, webhook:manage; access to one workspace that holds nothing else.
2. CASEWATCH_AIRTABLE_TOKEN=... casewatch schema apply --platform airtable --workspace wsp... --name Demo
3. Take the steps that it lists, until `casewatch schema check --platform airtable --name Demo` says: nothing to do.
4. In casewatch.toml put [airtable] name = "Demo" in place of [nocodb]. Call `casewatch run` with the token of a second
   account, an editor of the three bases: docs/airtable.md names its scopes.
Nothing was sent. `casewatch demo` without --platform needs no account."""


@click.command(epilog=EXAMPLES)
@click.option("--port", default=8080, show_default=True, type=click.IntRange(0, 65535), help="0 picks a free one.")
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Where the demo keeps everything.")
@click.option("--once", is_flag=True, help="Stop everything after the first pass.")
@click.option("--platform", type=click.Choice(["nocodb", "airtable"]), default="nocodb", show_default=True)
def demo(port: int, data: Path | None, once: bool, platform: str) -> None:
    """Start a NocoDB, make Harbour Row Homes in it, and run Casewatch on it until Ctrl-C.

    A second start takes up the bases of the first; while that is open, give it --data and --port 0.
    Delete the data folder to begin again.
    """
    if platform == "airtable":
        click.echo(ON_AIRTABLE, err=True)
        sys.exit(4)
    from automations.errors import CaseworkError, TryAgainLater
    from automations.outbox.recipients import HELD
    from casewatch.commands.run import summary
    from casewatch.demo.show import go_further, hear, send_reports, staged, stay, what_to_look_at
    from casewatch.local.places import demo_folder

    began = time.monotonic()

    def say(line: str) -> None:
        click.echo(f"{time.monotonic() - began:6.1f} s  {line}")

    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, _stop)
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    folder = data or demo_folder()
    try:
        with staged(port, folder, say) as stage:
            send_reports(stage, say)
            say("The runner makes its first pass")
            done = stage.runner.once(sweep=True)
            say(summary(done))
            if go_further(stage, say):
                for again in (stage.runner.once(sweep=True), hear(stage)):
                    say(summary(again))
                    done.failed.extend(again.failed)
            for key, why in dict.fromkeys(done.failed):
                say(f"{key}: {why}")
            broken = [why for _, why in done.failed if not why.endswith(HELD)]
            click.echo(what_to_look_at(stage, once))
            if once:
                click.echo("Now everything is stopped again. The same command without --once keeps it open.")
                sys.exit(1 if broken else 0)  # the recipient that nobody confirmed is one of the things to see
            click.echo("The runner is working. Ctrl-C stops everything.")
            stay(stage, say)
    except KeyboardInterrupt:
        click.echo("Stopped.")
    except TryAgainLater as error:
        click.echo(str(error), err=True)
        sys.exit(3)
    except CaseworkError as error:
        click.echo(str(error), err=True)
        sys.exit(4)
    except OSError as error:
        if error.filename is None:
            raise
        click.echo(f"{error.filename} cannot be used: {error.strerror}.", err=True)
        sys.exit(4)


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    """End as Ctrl-C does, whoever asks: everything that was started is stopped on the way out."""
    raise KeyboardInterrupt
