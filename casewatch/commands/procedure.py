"""`casewatch procedure`: the clause table, to be read beside the paper.

In: nothing. Out: a line a step, or JSON.
Never here: a landlord's own targets (`Area profiles` in the bases), or a date (`casewatch due`).
"""

import json
from dataclasses import asdict

import click

EXAMPLES = """
\b
Examples:
  casewatch procedure
  casewatch procedure | grep '^9.0'
  casewatch procedure --json
"""


@click.command(epilog=EXAMPLES)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for another program.")
def procedure(as_json: bool) -> None:
    """The clause table: a line for each step.

    Clause, step, target (Procedure: a figure in the paper; House: the landlord's own; Alert: at once), when it is due,
    title; then what it counts from, the gates that block it, the evidence that completes it, and its letter.
    """
    from automations.clauses import clauses

    table = list(clauses())
    if as_json:
        click.echo(json.dumps([asdict(line) for line in table]))
        return
    widths = [max(len(getattr(line, name)) for line in table) for name in ("clause", "id", "target", "due")]
    for line in table:
        begins = (line.clause, line.id, line.target, line.due)
        more = [
            line.title,
            f"from: {line.counted_from.rstrip('.')}",
            f"gates: {', '.join(line.gates)}" if line.gates else "",
            f"evidence: {line.evidence}",
            f"letter: {line.letter}" if line.letter else "",
        ]
        columns = (word.ljust(width) for word, width in zip(begins, widths, strict=True))
        click.echo("  ".join([*columns, " | ".join(filter(None, more))]))
