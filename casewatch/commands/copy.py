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
  casewatch copy --from nocodb --to airtable --dry-run
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
@click.option("--dry-run", is_flag=True, help="Say what would be copied and what cannot be; write nothing.")
@click.option("--overwrite", is_flag=True, help="Write over cells that the second bases hold otherwise.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for another program.")
def copy(
    source: str,
    target: str,
    from_settings: Path | None,
    to_settings: Path | None,
    dry_run: bool,
    overwrite: bool,
    as_json: bool,
) -> None:
    """Copy every row with its number, links and files, and prove it by count and hash.

    Stop the runner and let nobody work in either meanwhile. Cut off, call it again: it goes on; until it is done
    nothing runs there. When a row was entered
    goes along; who wrote it does not. What was done or closed by a decision stands, and what it would still open must
    be decided again, on a new row. The second settings' token must be of the account that will run there: Casewatch
    believes no other account's rows.

    Exit code 0: alike. 1: something could not be copied. 3: a platform is down, call it again. 4: a person must put
    something right.
    """
    from automations.errors import Stop
    from casewatch.connect import must_be_safe, platform
    from casewatch.settings import load
    from schema import TABLES
    from sync.platforms.copying import copy as carry_over
    from sync.platforms.copying_ahead import look

    with plain_errors():
        if source == target:
            raise Stop("Name two platforms: a copy from one to itself is no copy.")
        here = load(from_settings or Path(f"casewatch.{source}.toml"))
        there = load(to_settings or Path(f"casewatch.{target}.toml"))
        for name, settings in ((source, here), (target, there)):
            if (settings.airtable is not None) != (name == "airtable"):
                raise Stop(f"The settings that are to name {name} name the other platform.")
        must_be_safe(there, copying=True)
        bases, new = platform(here), platform(there)
        if dry_run:
            ahead = look(bases, new, TABLES, overwrite)
            _say_ahead(
                {name: len(rows) for name, rows in ahead.held.items()}, ahead.files, ahead.size, ahead.left, as_json
            )
            sys.exit(1 if ahead.left else 0)
        done = carry_over(bases, new, TABLES, lambda line: click.echo(line, err=as_json), overwrite)
        account = new.account()
    if as_json:
        said = {"rows": done.rows, "files": done.files, "left": done.left, "proofs": done.proofs, "alike": done.alike}
        click.echo(json.dumps(said | {"account": account}))
    else:
        for line in done.left:
            click.echo(f"not copied: {line}")
        unlike = [name for name, (one, other) in done.proofs.items() if one != other]
        for name in unlike:
            click.echo(f"not alike: {name}")
        click.echo(f"{sum(done.rows.values())} rows and {done.files} files copied; {len(unlike)} tables differ.")
        click.echo(f"Run Casewatch there as {account} and no other account, as these rows are its own.")
    sys.exit(0 if done.alike else 1)


def _say_ahead(rows: dict[str, int], files: int, size: int, left: list[str], as_json: bool) -> None:
    """What a copy would do."""
    if as_json:
        click.echo(json.dumps({"rows": rows, "files": files, "bytes": size, "left": left}))
        return
    for name, count in rows.items():
        click.echo(f"{name}: {count} rows")
    for line in left:
        click.echo(f"cannot be copied: {line}")
    click.echo(f"{sum(rows.values())} rows and {files} files of {size / 1_000_000:.1f} MB would be copied.")
    click.echo("Nothing was written.")
