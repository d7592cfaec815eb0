"""`casewatch referral`: what would leave, what waits and what left; one sent or called back now; a month's counts.

In: a case and a partner, a row, or an area and a month. Out: a list, a preview, a file, a delivery.
Never here: a rule about what may go (automations/outbox), or a way round one.
"""

from pathlib import Path

import click

EXAMPLES = """
\b
Examples:
  casewatch referral outbox
  casewatch referral preview CW-2026-0007 "Quayside Police"
  casewatch referral send 31 --dry-run
"""
PREVIEW_EXAMPLES = """
\b
Examples:
  casewatch referral preview CW-2026-0007 "Quayside Police"
  casewatch referral preview CW-2026-0007 "Quayside Police" --purpose police_referral --json
  casewatch referral preview CW-2026-0007 4 --row 31 -o message.json
"""
OUTBOX_EXAMPLES = """
\b
Examples:
  casewatch referral outbox
  casewatch referral outbox --area "Harbour East" --state failed
  casewatch referral outbox --json
"""
SEND_EXAMPLES = """
\b
Examples:
  casewatch referral send 31 --dry-run
  casewatch referral send CW-2026-0007/notify_cdrp/incident-1 --yes
"""
RECALL_EXAMPLES = """
\b
Examples:
  casewatch referral recall 31 --dry-run
  casewatch referral recall 31 --yes
"""
RETURN_EXAMPLES = """
\b
Examples:
  casewatch referral return "Harbour East" 2026-10
  casewatch referral return "Harbour East" 2026-10 --json october.json --csv october.csv
"""
FILE = click.Path(dir_okay=False, path_type=Path)
settings_file = click.option("--settings", type=FILE, help="The settings file [casewatch.toml].")
dry = click.option("--dry-run", is_flag=True, help="Only say what would go.")
sure = click.option("--yes", is_flag=True, help="Do not ask first.")


@click.group(epilog=EXAMPLES)
def referral() -> None:
    """What partners are told: look at it before it goes, see what waits, send or call back one now."""


@referral.command(epilog=PREVIEW_EXAMPLES)
@click.argument("case")
@click.argument("partner")
@click.option("--purpose", default="", help="What it is for, as the bases or the message name it [what is in hand].")
@click.option("--row", default="", help="Which referral, by its number in Referrals, where there are several.")
@click.option("--incident", type=int, help="Which incident, by its number on the case [the only one].")
@click.option("--person", default="", help="Whom it is about, by their number in People.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for another program, the message in it.")
@click.option("-o", "--output", type=FILE, metavar="FILE", help="Where to write the very bytes, for you alone to read.")
@settings_file
def preview(
    case: str, partner: str, purpose: str, row: str, incident: int | None, person: str, as_json: bool,
    output: Path | None, settings: Path | None,
) -> None:  # fmt: skip
    """What would leave now for that PARTNER of that CASE: each field and why it may go, and what stays here and why.

    It is read and decided as in the last instant before a sending, and nothing is written or sent. A referral that
    only waits for somebody's Decision, or for the day of its batch, is shown: whoever decides looks first. It names
    whom the message names.

    Exit code 0: here it is. 1: nothing may go, and it says why. 2: there is no such case, partner or purpose. 3: the
    platform is down, try again later. 4: the settings must be put right first.
    """
    from casewatch.commands.referral_preview import Asked, the_preview

    the_preview(Asked(case, partner, purpose, row.strip(), incident, person.strip()), as_json, output, settings)


@referral.command(epilog=OUTBOX_EXAMPLES)
@click.option("--area", help="Only the cases of that area.")
@click.option("--state", help="Only one state, by its words or how they begin.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for another program.")
@settings_file
def outbox(area: str | None, state: str | None, as_json: bool, settings: Path | None) -> None:
    """What waits, is held, failed or went, and which recalls are open: by state, oldest first, without names.

    Exit code 0: nothing of it needs a person. 1: something does (it is not ready, is held, failed, was refused, nobody
    knows, or is called back and not confirmed), or a case could not be read. 2: there is no such area or state. 3: the
    platform is down, try again later. 4: the settings must be put right first.
    """
    from casewatch.commands.referral_outbox import the_outbox

    the_outbox(area, state, as_json, settings)


@referral.command(epilog=SEND_EXAMPLES)
@click.argument("row", metavar="KEY_OR_ROW")
@dry
@sure
@settings_file
def send(row: str, dry_run: bool, yes: bool, settings: Path | None) -> None:
    """One referral handed over now, as the runner would: by its key or its number in Referrals.

    It is no way round anything: the Decision of staff, agreement, gates, partner and recipient are read again, and a
    partner that is left alone for a while stays so. With --dry-run it only says what would go.

    Exit code 0: it went, or would. 1: nothing may go, and it says why. 2: there is no such referral. 3: not now, try
    again later. 4: it was refused, or nobody knows if it arrived: a person decides.
    """
    from casewatch.commands.referral_send import the_sending

    the_sending(row, dry_run, yes, settings)


@referral.command(epilog=RECALL_EXAMPLES)
@click.argument("row", metavar="KEY_OR_ROW")
@dry
@sure
@settings_file
def recall(row: str, dry_run: bool, yes: bool, settings: Path | None) -> None:
    """The recall that is owed for one referral, sent now: by its key or its number in Referrals.

    A recall rests on the record: where no victim has taken back what it rests on, it says so and what to enter.

    Exit code 0: it went, or would. 1: none is owed, and it says why. 2: there is no such referral. 3: not now, try
    again later. 4: it cannot be sent or was refused: ring the partner.
    """
    from casewatch.commands.referral_send import the_recall

    the_recall(row, dry_run, yes, settings)


@referral.command("return", epilog=RETURN_EXAMPLES)
@click.argument("area")
@click.argument("month")
@click.option("--json", "as_json", type=FILE, metavar="FILE", help="Where to write the message of the counts.")
@click.option("--csv", "as_csv", type=FILE, metavar="FILE", help="Where to write them as a table.")
@settings_file
def return_(area: str, month: str, as_json: Path | None, as_csv: Path | None, settings: Path | None) -> None:
    """The counts of an AREA and a MONTH (2026-10) that is over, made from the records as they stand; nothing is sent.

    Small counts are held back. Without a file the table is printed.

    Exit code 0: here it is. 1: a case could not be read, so there is none. 2: there is no such area or month, or it is
    not over. 3: the platform is down, try again later. 4: the settings must be put right first.
    """
    from casewatch.commands.referral_return import the_return

    the_return(area, month, as_json, as_csv, settings)
