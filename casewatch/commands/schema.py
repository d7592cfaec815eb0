"""`casewatch schema`: show, make and check the bases.

In: options, the environment, and what is declared in schema/. Out: sentences, JSON and an exit code.
Never here: a password or token on the command line; a deletion.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from automations.errors import Stop
from casewatch.commands.plain import plain_errors

if TYPE_CHECKING:
    from casewatch.commands.schema_target import Target
    from schema.provisioning import Change

EXAMPLES = """
\b
Examples:
  casewatch schema plan --name Northfield
  casewatch schema apply
  casewatch schema apply --indexes print
  casewatch schema apply --indexes postgresql://casewatch@127.0.0.1/noco
  casewatch schema check --json
  casewatch schema apply --platform airtable --workspace wspExample --name Northfield
"""
SECRETS = """
\b
Secrets come from the environment, or from files in the folder that CASEWATCH_SECRETS names:
  CASEWATCH_NOCODB_TOKEN, or nocodb_token      API token of an account that is creator of the bases
  CASEWATCH_AIRTABLE_TOKEN, or airtable_token  personal access token of a creator of the bases on Airtable
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
        click.option("--url", envvar="CASEWATCH_NOCODB_URL", help="Address of NocoDB."),
        click.option(
            "--platform",
            envvar="CASEWATCH_PLATFORM",
            type=click.Choice(["nocodb", "airtable"]),
            default="nocodb",
            show_default=True,
            help="Where the bases are.",
        ),
        click.option(
            "--workspace", envvar="CASEWATCH_AIRTABLE_WORKSPACE", default="", help="Where Airtable is to make bases."
        ),
    ):
        command = option(command)
    return command


@click.group(epilog=EXAMPLES + SECRETS)
def schema() -> None:
    """Show, make and check the bases. Nothing of yours is ever deleted.

    Exit code 0: as declared. 1: there are differences. 2: wrong usage. 3: the platform is down, try again later.
    4: a person must put something right.
    """


@schema.command(epilog=EXAMPLES)
@_connected
def plan(url: str | None, name: str, platform: str, workspace: str, as_json: bool) -> None:
    """Show what `apply` would do, and what it would leave for a person. Changes nothing."""
    from casewatch.commands.schema_target import target_of

    with plain_errors():
        target = target_of(platform, url, name, workspace)
        changes, steps = _differences(target)
    _print(changes, steps, as_json)


@schema.command(epilog=EXAMPLES)
@_connected
@click.option(
    "--poll-seconds", envvar="CASEWATCH_POLL_SECONDS", type=int, default=15, help="How often the runner looks [15]."
)
def check(url: str | None, name: str, platform: str, workspace: str, as_json: bool, poll_seconds: int) -> None:
    """Exit with 1 where the bases are not as declared. What staff added is mentioned and is no fault."""
    from casewatch.commands.schema_target import calls_of, feeds_of, target_of
    from schema.provisioning.changes import Conflict

    with plain_errors():
        target = target_of(platform, url, name, workspace)
        changes, steps = _differences(target)
        without = feeds_of(target)
    calls = calls_of(target, poll_seconds)
    _print(changes, steps, as_json, calls, without)
    sys.exit(1 if steps or without or any(change.todo or isinstance(change, Conflict) for change in changes) else 0)


@schema.command(epilog=EXAMPLES)
@_connected
@click.option(
    "--indexes",
    metavar="ADDRESS",
    help="Also add database indexes: the PostgreSQL address of NocoDB's own database, or `print` for the SQL.",
)
def apply(url: str | None, name: str, platform: str, workspace: str, as_json: bool, indexes: str | None) -> None:
    """Make the difference: tables, links, views and forms. Run again, it says: nothing to do.

    What the platform lets only a person make is listed at the end, step by step.
    """
    from casewatch.commands.schema_target import feeds_of, steps_of, target_of
    from schema import BASES
    from schema.provisioning import apply as make_so
    from schema.provisioning.changes import Conflict

    with plain_errors():
        target = target_of(platform, url, name, workspace)
        applied = make_so(BASES, target, _say_to_screen(as_json))
        steps = steps_of(target, applied.by_hand)
        begun = feeds_of(target, begin=True)
        sql = _indexes(target, indexes) if indexes else []
    if as_json:
        told = {"done": applied.done, "did_not_take": applied.left, "told": applied.told}
        click.echo(
            json.dumps(
                {key: _rows(value) for key, value in told.items()} | {"by_hand": steps, "indexes": sql, "feeds": begun}
            )
        )
    else:
        for change in applied.told:
            click.echo(f"note: {change}")
        for change in applied.left:
            click.echo(f"did not take: {change}")
        for base in begun:
            click.echo(f"{base}: its feed of changes is begun; who decides what is known from now on.")
        click.echo(f"{len(applied.done)} changes made." if applied.done else "nothing to do")
        _checklist(steps)
        if indexes == "print":
            click.echo("\n".join(f"{statement};" for statement in sql))
        elif sql:
            click.echo(f"{len(sql)} indexes are there.")
    if applied.left:
        sys.exit(1)
    sys.exit(4 if any(isinstance(change, Conflict) for change in applied.told) else 0)


def _differences(target: Target) -> tuple[list[Change], list[dict[str, str]]]:
    """What apply would do or tell, and the steps that are a person's."""
    from casewatch.commands.schema_target import steps_of
    from schema import BASES
    from schema.provisioning import diff

    changes = diff(BASES, target.describe(), target.can_share)
    by_hand = [change for change in changes if change.todo and target.by_hand(change)]
    return [change for change in changes if change not in by_hand], steps_of(target, by_hand)


def _checklist(steps: Sequence[dict[str, str]]) -> None:
    if steps:
        click.echo(f"{len(steps)} steps are left for a person, as Airtable's API cannot take them:")
    for cannot in dict.fromkeys(step["cannot"] for step in steps):
        click.echo(f"  It cannot {cannot}:")
        for step in steps:
            if step["cannot"] == cannot:
                click.echo(f"  [ ] {step['says']}")


def _indexes(target: Target, address: str) -> list[str]:
    from schema import TABLES
    from sync.platforms import nocodb_indexes
    from sync.platforms.nocodb_schema import NocoSchema

    if not isinstance(target, NocoSchema):
        raise Stop("Airtable has no indexes to add: leave --indexes out.")

    sql = nocodb_indexes.statements(TABLES.values(), target.tables())
    if address != "print":
        nocodb_indexes.make(address, sql)
    return sql


def _print(
    changes: list[Change], steps: list[dict[str, str]], as_json: bool, calls: str = "", without: Sequence[str] = ()
) -> None:
    if as_json:
        told = [change for change in changes if not change.todo]
        rows: dict[str, Any] = {"changes": _rows(c for c in changes if c.todo), "told": _rows(told), "by_hand": steps}
        click.echo(json.dumps(rows | ({"calls": calls, "without_feed": [*without]} if calls else {})))
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
    _checklist(steps)
    for base in without:
        click.echo(f"{base}: it has no feed of changes, so nobody knows who decided what; `apply` begins it.")
    if calls:
        click.echo(calls)


def _rows(changes: Iterable[Change]) -> list[dict[str, Any]]:
    return [
        {"what": type(one).__name__, "base": one.base, "table": getattr(one, "table", ""), "says": str(one)}
        for one in changes
    ]


def _say_to_screen(as_json: bool) -> Callable[[str], None]:
    return lambda words: click.echo(words, err=as_json)
