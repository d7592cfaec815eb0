"""`casewatch explain`: every step of one case, or its compliance statement.

In: a reference; the case is read fresh from the platform of the settings. Out: paragraphs, Markdown, a PDF or JSON.
Never here: a write, a rule, a person's name.
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casewatch.commands.private_file import save_private

if TYPE_CHECKING:
    from automations.explain import Status
    from automations.letters import Landlord
    from automations.model import Case, Office
    from automations.remembered import Remembered

EXAMPLES = """
\b
Examples:
  casewatch explain CW-2026-0007
  casewatch explain CW-2026-0007 --json
  casewatch explain CW-2026-0007 --statement
  casewatch explain CW-2026-0007 --statement -o statement.pdf
"""


@click.command(epilog=EXAMPLES)
@click.argument("case")
@click.option("--statement", "whole", is_flag=True, help="The compliance statement, clause by clause.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.pdf",
              help="Write the statement as a PDF.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON for another program.")
@click.option("--settings", type=click.Path(dir_okay=False, path_type=Path), help="The settings file [casewatch.toml].")
def explain(case: str, whole: bool, output: Path | None, as_json: bool, settings: Path | None) -> None:
    """Every step of a CASE: where it stands, when it is due, how that was worked out and what blocks it.

    Exit code 0: nothing is overdue. 1: something is. 2: there is no such case. 3: the platform is down, try again
    later. 4: the settings or a cell must be put right first.
    """
    from automations.errors import CaseworkError, TryAgainLater
    from automations.reading import Cases, office
    from casewatch.connect import landlord, platform
    from casewatch.settings import load

    if output and (not whole or output.suffix.lower() != ".pdf"):
        raise click.UsageError("-o FILE.pdf goes with --statement, and its name ends in .pdf.")
    try:
        loaded = load(settings)
        bases, now = platform(loaded), moment()
        who = office(bases, now)
        found = Cases(bases).some([r.id for r in bases.find("Cases", "Reference", [case.strip().upper()])], who)
        if not found:
            raise click.UsageError(f"There is no case {case!r}.")
        told = Told(found[0], who, now)
        if whole:
            told.statement(output, as_json, landlord(loaded))
        else:
            told.steps(as_json)
    except TryAgainLater as error:
        click.echo(str(error), err=True)
        sys.exit(3)
    except CaseworkError as error:
        click.echo(error.detail or str(error), err=True)
        sys.exit(4)
    sys.exit(1 if told.overdue else 0)


def moment() -> datetime:
    """Now, in whole seconds as the platform keeps them."""
    return datetime.now(UTC).replace(microsecond=0)


class Told:
    """One case as it stands now, ready to be told."""

    def __init__(self, case: "Case", who: "Office", now: datetime) -> None:
        from automations.decide import as_it_counts
        from automations.duties import duties
        from automations.gaps import gaps
        from automations.nameless import Nameless
        from automations.remembered import on_case
        from automations.rules import Rules
        from sync.platforms.live import LIVE

        rules = Rules(who)
        self.now = now
        self.case, self.said = as_it_counts(case, now, rules)
        owed = list(duties(self.case, now, rules))
        self.said += [*gaps(self.case, owed, now), *(words for duty in owed for words in duty.said)]
        self.actions: list[Remembered] = on_case(self.case, owed, now)
        self.nameless = Nameless(self.case, who)
        self.status: Status = lambda cells: str(LIVE["status"](cells, now))
        self.overdue = [a for a in self.actions if self.status(a.shown) == "Overdue"]

    def steps(self, as_json: bool) -> None:
        """Every step, a paragraph each; then what a person must put right, and what was warned of."""
        from automations.concerns import warnings
        from automations.contact import household_warning
        from automations.explain import explained, paragraph

        at_home = household_warning(self.case)
        raised = [*([at_home] if at_home else []), *(each.text for each in warnings(self.case, self.now))]
        to_put_right = list(dict.fromkeys(self.said))
        if as_json:
            steps = [{**_plain(a), "status": self.status(a.shown), "text": paragraph(a, self.nameless, self.status)}
                     for a in self.actions]  # fmt: skip
            click.echo(json.dumps({"reference": self.case.reference, "steps": steps, "needs_a_person": to_put_right,
                                   "warnings": raised}))  # fmt: skip
            return
        click.echo(explained(self.actions, self.nameless, self.status))
        for text in to_put_right:
            click.echo(f"\nNeeds a person: {text}")
        for text in raised:
            click.echo(f"\nWarning: {text}")

    def statement(self, output: Path | None, as_json: bool, landlord: "Landlord") -> None:
        """The compliance statement, on the screen or in a file."""
        from automations.statement import statement
        from automations.statement_paper import markdown, pdf, plain

        whole = statement(self.case, self.actions, self.said, self.nameless, self.status, self.now)
        if output:
            save_private(pdf(whole, landlord), output)
            click.echo(f"{output} is written, for you alone to read.", err=True)
        if as_json:
            click.echo(json.dumps(plain(whole)))
        elif not output:
            click.echo(markdown(whole))


def _plain(action: "Remembered") -> dict[str, Any]:
    """The action's cells for another program; instants are ISO 8601 in UTC."""
    names = {
        "step": "Step", "title": "Title", "about": "About", "clause": "Clause", "state": "State", "due": "Due at",
        "first_due": "First due", "first_late": "First late at", "done": "Done at", "evidence": "Evidence key",
        "entered_late": "Entered late", "imported": "Imported", "blocked_by": "Blocked by",
        "how": "How worked out", "calendar": "Calendar", "reopened": "Reopened at", "reopened_why": "Reopened why",
    }  # fmt: skip
    cells = ((name, action.shown[column]) for name, column in names.items())
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in cells}
