"""What leaves, looked at and handed over by real processes on the real platform; and a month's return to its end.

In: a report of last month, an area that collects by the month. Out: what the commands say and the partner's desk holds.
Never here: a runner, or a command, inside this process.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from automations.ports import Record
from automations.returns import month_before
from casewatch.demo.landlord import EAST_PARTNERSHIP
from schema import choices as c
from tests.e2e.runner_process import CHECKOUT, one_pass
from tests.landlord import NOBODY, Landlord, iso

TABLE = "Statistics returns"


def ask(landlord: Landlord, *words: str) -> subprocess.CompletedProcess[str]:
    """`casewatch referral` as whoever runs Casewatch types it."""
    settings = landlord.folder / "casewatch.toml"
    settings.write_text(landlord.settings())
    return subprocess.run(
        [sys.executable, "-m", "casewatch.cli", "referral", *words, "--settings", str(settings)],
        cwd=CHECKOUT, env={**os.environ, "PYTHONPATH": str(CHECKOUT), **landlord.secrets()},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.fixture
def area(landlord: Landlord) -> Iterator[Record]:
    """The east, whose partnership collects by the month for once."""
    [east] = landlord.admin.find("Areas", "Area", ["Harbour East"])
    landlord.admin.update("Areas", [(east.id, {"Sends": c.Arrangement.MONTHLY})])
    yield east
    landlord.admin.update("Areas", [(east.id, {"Sends": c.Arrangement.AT_ONCE})])


def test_what_is_shown_leaves_once_the_area_takes_it_and_the_month_is_told_by_a_manager(
    landlord: Landlord, area: Record
) -> None:
    """HC-052, R-13, R-25: a look writes nothing; `send` hands over what was shown; the return is the very file."""
    now = datetime.now(UTC)
    last_month = now.replace(day=1) - timedelta(days=3)
    report = landlord.report(tell_the_partnership=c.Answer.YES, first_reported_at=iso(now - last_month))
    assert one_pass(landlord).code == 0
    case = landlord.case_of(report)
    assert case
    [row] = landlord.rows("Referrals", case)

    seen = ask(landlord, "preview", landlord.reference_of(report), EAST_PARTNERSHIP, "--json")
    assert seen.returncode == 0, seen.stderr
    shown = json.loads(seen.stdout)
    assert NOBODY in shown["message"]
    assert "monthly batch" in shown["why"]
    listed = ask(landlord, "outbox", "--state", "ready")
    assert landlord.reference_of(report) in listed.stdout
    assert NOBODY not in listed.stdout + listed.stderr
    assert ask(landlord, "send", row.id, "--yes").returncode == 1, "its day has not come"
    assert landlord.rows("Referrals", case) == [row]

    [counted] = landlord.admin.find(TABLE, "Key", [f"return/{area.id}/{month_before(now)}"])
    landlord.signed_in("dahlia").update(TABLE, [(counted.id, {"Decision": c.ReferralDecision.SEND})])
    assert one_pass(landlord).code == 0
    [counted] = landlord.admin.get(TABLE, [counted.id])
    assert counted.fields["State"] == c.ReferralState.STATISTICS_SENT, counted.fields
    [file] = counted.fields["Message"]
    [told] = [x for x in landlord.east.notices() if x["message"] == "monthly_return"]
    assert json.loads(landlord.admin.fetch(TABLE, counted.id, "Message", file.name)) == told
    made = ask(landlord, "return", "Harbour East", month_before(now))
    assert counted.fields["Fingerprint"] in made.stderr
    assert one_pass(landlord).code == 0
    assert landlord.admin.get(TABLE, [counted.id]) == [counted]

    landlord.admin.update("Areas", [(area.id, {"Sends": c.Arrangement.AT_ONCE})])
    sent = ask(landlord, "send", str(row.fields["Key"]), "--yes")
    assert sent.returncode == 0, sent.stderr
    [gone] = landlord.rows("Referrals", case)
    assert (gone.fields["State"], gone.fields["Fingerprint"]) == (c.ReferralState.SENT, shown["fingerprint"])
    assert gone.fields["Sent under"] == shown["key"]
    again = ask(landlord, "recall", row.id)
    assert again.returncode == 1
    assert "Withdrawn at" in again.stderr
