"""`casewatch copy`: all bases from one platform to the other.

In: two settings files. Out: what was copied, what could not be, proofs, and an exit code.
Never here: a change of the platform that is copied from.
"""

import json
import sys
from pathlib import Path

import click

from casewatch.commands.plain import plain_errors

EXAMPLES = """
\b
Examples:
  casewatch copy --from nocodb --to airtable
  casewatch copy --from airtable --to nocodb --from-settings old.toml --to-settings new.toml
"""
PLATFORMS = click.Choice(["nocodb", "airtable"])
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command(epilog=EXAMPLES)
@click.option("--from", "source", type=PLATFORMS, required=True, help="Where the bases are.")
@click.option(
    "--to", "target", type=PLATFORMS, required=True, help="Where they are to be: new, and made by schema apply."
)
@click.option("--from-settings", type=_FILE, help="Settings of the first [casewatch.<platform>.toml].")
@click.option("--to-settings", type=_FILE, help="Settings of the second [casewatch.<platform>.toml].")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for another program.")
def copy(source: str, target: str, from_settings: Path | None, to_settings: Path | None, as_json: bool) -> None:
    """Copy every row with its number, links and files, and prove it by count and hash.

    Stop the runner and let nobody work in either meanwhile. Cut off, call it again: it goes on. Who wrote a row, and
    when, does not move: a decision must be made again by who may decide, on rows of their own.

    Exit code 0: alike. 1: something could not be copied. 3: a platform is down, call it again. 4: a person must put
    something right.
    """
    from automations.errors import Stop
    from casewatch.connect import platform
    from casewatch.settings import load
    from schema import TABLES
    from sync.platforms.copying import copy as carry_over

    with plain_errors():
        if source == target:
            raise Stop("Name two platforms: a copy from one to itself is no copy.")
        here = load(from_settings or Path(f"casewatch.{source}.toml"))
        there = load(to_settings or Path(f"casewatch.{target}.toml"))
        for name, settings in ((source, here), (target, there)):
            if (settings.airtable is not None) != (name == "airtable"):
                raise Stop(f"The settings that are to name {name} name the other platform.")
        done = carry_over(platform(here), platform(there), TABLES, lambda line: click.echo(line, err=as_json))
    if as_json:
        told = {"rows": done.rows, "files": done.files, "left": done.left, "proofs": done.proofs, "alike": done.alike}
        click.echo(json.dumps(told))
    else:
        for line in done.left:
            click.echo(f"not copied: {line}")
        unlike = [name for name, (one, other) in done.proofs.items() if one != other]
        for name in unlike:
            click.echo(f"not alike: {name}")
        click.echo(f"{sum(done.rows.values())} rows and {done.files} files copied; {len(unlike)} tables differ.")
    sys.exit(0 if done.alike else 1)
