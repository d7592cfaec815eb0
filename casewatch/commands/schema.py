"""`casewatch schema`: show, make and check the bases.

In: options, the environment, and what is declared in schema/. Out: sentences, JSON and an exit code.
Never here: a password or token on the command line; a deletion.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import click

from automations.errors import Stop
from casewatch.commands.plain import plain_errors

if TYPE_CHECKING:
    from schema.provisioning import Change
    from sync.platforms.nocodb_schema import NocoSchema

EXAMPLES = """
\b
Examples:
  casewatch schema plan --name Northfield
  casewatch schema apply
  casewatch schema apply --indexes print
  casewatch schema apply --indexes postgresql://casewatch@127.0.0.1/noco
  casewatch schema check --json
"""
SECRETS = """
\b
Secrets come from the environment, or from files in the folder that CASEWATCH_SECRETS names:
  CASEWATCH_NOCODB_TOKEN, or nocodb_token      API token of an account that is creator of the bases
  CASEWATCH_FORM_PASSWORD, or form_password    what advisers type to open the shared forms
The runner has a token of its own, of an editor: keep the two in two folders.
"""
_MANY = 15
"""How many like changes `plan` spells out before it only counts them."""


def _connected(command: Callable[..., None]) -> Callable[..., None]:
    """The options every schema command takes."""
    for option in (
        click.option("--json", "as_json", is_flag=True, help="Print JSON for another program."),
        click.option(
            "--name",
            envvar="CASEWATCH_NAME",
            default="Casewatch",
            show_default=True,
            help="Ends the title of each base; a landlord may have several sets.",
        ),
        click.option("--url", envvar="CASEWATCH_NOCODB_URL", required=True, help="Address of NocoDB."),
    ):
        command = option(command)
    return command


@click.group(epilog=EXAMPLES + SECRETS)
def schema() -> None:
    """Show, make and check the bases. Nothing of yours is ever deleted.

    Exit code 0: as declared. 1: there are differences. 2: wrong usage. 3: NocoDB is down, try again later.
    4: a person must put something right.
    """


@schema.command(epilog=EXAMPLES)
@_connected
def plan(url: str, name: str, as_json: bool) -> None:
    """Show what `apply` would do. Changes nothing."""
    with plain_errors():
        changes = _differences(_target(url, name))
    _print(changes, as_json)


@schema.command(epilog=EXAMPLES)
@_connected
def check(url: str, name: str, as_json: bool) -> None:
    """Exit with 1 where the bases are not as declared. What staff added is mentioned and is no fault."""
    from schema.provisioning.changes import Conflict

    with plain_errors():
        changes = _differences(_target(url, name))
    _print(changes, as_json)
    sys.exit(1 if any(change.todo or isinstance(change, Conflict) for change in changes) else 0)


@schema.command(epilog=EXAMPLES)
@_connected
@click.option(
    "--indexes",
    metavar="ADDRESS",
    help="Also add database indexes: the PostgreSQL address of NocoDB's own database, or `print` for the SQL.",
)
def apply(url: str, name: str, as_json: bool, indexes: str | None) -> None:
    """Make the difference: tables, links, views and forms. Run again, it says: nothing to do."""
    from schema import BASES
    from schema.provisioning import apply as make_so
    from schema.provisioning.changes import Conflict

    with plain_errors():
        target = _target(url, name)
        applied = make_so(BASES, target, _say_to_screen(as_json))
        sql = _indexes(target, indexes) if indexes else []
    if as_json:
        told = {"done": applied.done, "did_not_take": applied.left, "told": applied.told}
        click.echo(json.dumps({key: _rows(value) for key, value in told.items()} | {"indexes": sql}))
    else:
        for change in applied.told:
            click.echo(f"note: {change}")
        for change in applied.left:
            click.echo(f"did not take: {change}")
        click.echo(f"{len(applied.done)} changes made." if applied.done else "nothing to do")
        if indexes == "print":
            click.echo("\n".join(f"{statement};" for statement in sql))
        elif sql:
            click.echo(f"{len(sql)} indexes are there.")
    if applied.left:
        sys.exit(1)
    sys.exit(4 if any(isinstance(change, Conflict) for change in applied.told) else 0)


def _target(url: str, name: str) -> NocoSchema:
    """The bases at that address. Stop before the creator's token goes anywhere in the clear."""
    from casewatch.settings import secret
    from sync.http import CARRIED, is_token, unfit
    from sync.platforms.nocodb_schema import NocoSchema

    token = secret("nocodb_token")
    if not token:
        raise Stop(
            "CASEWATCH_NOCODB_TOKEN is not set, and no file nocodb_token is in a folder CASEWATCH_SECRETS: it holds "
            "the API token of the bases' creator."
        )
    if not is_token(token):
        raise Stop(f"CASEWATCH_NOCODB_TOKEN {CARRIED}.")
    if why := unfit(url):
        raise Stop(f"The address given by --url or CASEWATCH_NOCODB_URL {why}.")
    return NocoSchema(url, token, name, secret("form_password"))


def _differences(target: NocoSchema) -> list[Change]:
    from schema import BASES
    from schema.provisioning import diff

    return diff(BASES, target.describe(), target.can_share)


def _indexes(target: NocoSchema, address: str) -> list[str]:
    from schema import TABLES
    from sync.platforms import nocodb_indexes

    sql = nocodb_indexes.statements(TABLES.values(), target.tables())
    if address != "print":
        nocodb_indexes.make(address, sql)
    return sql


def _print(changes: list[Change], as_json: bool) -> None:
    if as_json:
        told = [change for change in changes if not change.todo]
        click.echo(json.dumps({"changes": _rows(c for c in changes if c.todo), "told": _rows(told)}))
        return
    counts: dict[str, int] = {}
    for change in changes:
        kind = type(change).__name__
        counts[kind] = counts.get(kind, 0) + 1
        if counts[kind] <= _MANY or not change.todo:
            click.echo(f"{'' if change.todo else 'note: '}{change}")
    for kind, count in counts.items():
        if count > _MANY and any(change.todo for change in changes if type(change).__name__ == kind):
            click.echo(f"... and {count - _MANY} more of the kind {kind}")
    if not any(change.todo for change in changes):
        click.echo("nothing to do")


def _rows(changes: Iterable[Change]) -> list[dict[str, Any]]:
    return [
        {"what": type(one).__name__, "base": one.base, "table": getattr(one, "table", ""), "says": str(one)}
        for one in changes
    ]


def _say_to_screen(as_json: bool) -> Callable[[str], None]:
    return lambda words: click.echo(words, err=as_json)
