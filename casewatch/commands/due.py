"""`casewatch due`: one due date, and how it was worked out.

In: a step, a moment, a division. Out: a sentence, or JSON.
Never here: a case; the exceptions of a particular one are in `explain`.
"""

import difflib
import json
import sys
from datetime import datetime

import click

from schema.choices import Division

EXAMPLES = """
\b
Examples:
  casewatch due interview_victim --from 2026-03-28T18:00
  casewatch due interview_witnesses --from 2026-12-22T10:00 --division scotland
  casewatch due outcome_letter_victim --from 2026-12-24 --json
"""


@click.command(epilog=EXAMPLES)
@click.argument("step")
@click.option(
    "--from", "start", required=True, metavar="ISO", help="When it counts from. Without an offset: London time."
)
@click.option("--division", type=click.Choice([str(d) for d in Division]), default=str(Division.ENGLAND_AND_WALES),
              show_default=True, help="Whose bank holidays count.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON for another program.")
def due(step: str, start: str, division: str, as_json: bool) -> None:
    """When a STEP of the procedure is due, counted from a moment."""
    from automations.calendar import LONDON, calendar_for
    from automations.deadlines import deadline, say
    from automations.errors import CaseworkError
    from automations.procedure import STEP

    if step not in STEP:
        near = difflib.get_close_matches(step.lower().replace("-", "_").replace(" ", "_"), STEP, n=3, cutoff=0.5)
        meant = f"Did you mean {' or '.join(near)}? " if near else ""
        raise click.UsageError(f"There is no step {step!r}. {meant}`casewatch procedure` lists them all.")
    try:
        moment = datetime.fromisoformat(start)
    except ValueError:
        raise click.UsageError(f"{start!r} is not a date or time such as 2026-12-22T10:00.") from None
    try:
        moment = moment.replace(tzinfo=LONDON) if moment.tzinfo is None else moment.astimezone(LONDON)
    except OverflowError:
        raise click.UsageError(f"{start!r} is a moment that no calendar holds in London.") from None
    try:
        calendar = calendar_for(Division(division))
        calendar.must_know(moment)
        limit = deadline(STEP[step], moment, "the moment given", calendar)
    except CaseworkError as error:
        click.echo(error.detail, err=True)
        sys.exit(4)
    if as_json:
        answer = {"step": step, "clause": STEP[step].clause, "from": moment.isoformat(), "due": limit.at.isoformat(),
                  "how": limit.how, "calendar": limit.calendar}  # fmt: skip
        click.echo(json.dumps(answer))
        return
    click.echo(f"{say(limit.at)} {limit.at.tzname()}")
    click.echo(limit.how)
    click.echo(f"Calendar: {limit.calendar}")
