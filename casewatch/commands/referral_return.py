"""A month's counts for an area, made from the records as they stand.

In: an area, a month. Out: JSON and a table, in files or on the screen.
Never here: a write, a sending, a count that tells who (sync/partners/small_counts.py).
"""

import json
import re
import sys
from pathlib import Path

import click

from casewatch.commands.plain import plain_errors

MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


def the_return(area: str, month: str, as_json: Path | None, as_csv: Path | None, settings: Path | None) -> None:
    """Make it. It ends with 1 where a case could not be read: a return without it would be wrong."""
    from automations.allocation import placed
    from automations.faults import refuse_the_impossible
    from automations.reading import Cases, office
    from automations.returns import month_before, of_area
    from casewatch import connect
    from casewatch.commands import explain
    from casewatch.commands.private_file import save_private
    from casewatch.settings import load

    now = explain.moment()
    if not MONTH.fullmatch(month):
        raise click.UsageError(f"{month!r} is no month: write it as {month_before(now)}.")
    if month > month_before(now):
        raise click.UsageError(f"{month} is not over yet: a month is counted once, when it is.")
    with plain_errors():
        loaded = load(settings)
        bases = connect.platform(loaded)
        ways, cases, who = connect.outlet(loaded, bases), Cases(bases), office(bases, now)
        where = who.area(area)
        if where is None:
            raise click.UsageError(f"The office base has no area {area!r}: {', '.join(x.name for x in who.areas)}.")
        found = [placed(refuse_the_impossible(x, now)[0], who)[0] for x in cases.all(who)]
        if cases.unread:
            for which, why in cases.unread:
                click.echo(f"Could not be read: {which}: {why}", err=True)
            click.echo("So there is no return: it would leave a case out.", err=True)
            sys.exit(1)
        made = ways.packer.counts(of_area(found, where), where, month)
    if _all_held_back(made.json):
        click.echo(f"So little was reported in {month} that every number is held back: it might tell who.", err=True)
    for body, file in ((made.json, as_json), (made.csv, as_csv)):
        if file:
            save_private(body, file)
            click.echo(f"{file} is written.", err=True)
    if not (as_json or as_csv):
        click.echo(made.csv.decode(), nl=False)
    click.echo(f"Fingerprint of the JSON: {made.fingerprint}", err=True)


def _all_held_back(body: bytes) -> bool:
    """Whether no number is told but noughts."""
    told = json.loads(body)
    counts = [x.get("count") for each in told["breakdowns"] for x in each["counts"]]
    return told.get("incidents") is None and not any(counts)
