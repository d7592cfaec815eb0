"""Cut off at any moment, by kill -9 of the runner or of the platform, nothing is lost and nothing is done twice.

In: several reports at once, and a process that dies while it works on them. Out: what is there after one more pass.
Never here: a gentle stop.
"""

import os
import signal
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from automations.errors import TryAgainLater
from schema import choices as c
from tests.e2e.runner_process import RunnerProcess, one_pass
from tests.landlord import Landlord, until

ANSWERS = (c.Answer.NO, c.Answer.YES, c.Answer.NO, c.Answer.YES, c.Answer.YES)


def test_a_runner_killed_at_six_moments_leaves_nothing_undone_and_nothing_doubled(landlord: Landlord) -> None:
    """Five reports; it dies after the first case, alert, token, mail, action and notice, in the order it makes them."""

    def rows(table: str) -> Callable[[], int]:
        return lambda: len(landlord.admin.ids(table))

    counts: tuple[Callable[[], int], ...] = (
        rows("Cases"), rows("Alerts"), rows("Send tokens"), lambda: len(landlord.post.about("CW-")), rows("Actions"),
        lambda: landlord.east.desk.requests,
    )  # fmt: skip
    notices = len(landlord.east.notices())
    reports = [landlord.report(tell_the_partnership=answer) for answer in ANSWERS]
    for count in counts:
        before = count()
        with RunnerProcess(landlord) as runner:
            until("one more", lambda count=count, before=before: count() > before, every=0.02)
            runner.kill()

    one_pass(landlord)
    _two_minutes_later(landlord)
    last = one_pass(landlord)

    assert last.code == 0, last.text
    _all_there_once(landlord, reports)
    assert len(landlord.east.notices()) == notices + len(reports)


def test_a_platform_that_dies_during_a_pass_is_said_once_and_the_pass_is_made_good(landlord: Landlord) -> None:
    """The runner lives on: one line when NocoDB goes, one when it is back."""
    notices = len(landlord.east.notices())
    with RunnerProcess(landlord) as runner:
        runner.says("Looking every")
        before = len(landlord.admin.ids("Actions"))
        reports = [landlord.report(tell_the_partnership=answer) for answer in ANSWERS[:3]]
        until("an action", lambda: len(landlord.admin.ids("Actions")) > before, every=0.02)
        os.kill(landlord.started.running.pid, signal.SIGKILL)
        runner.says("NocoDB did not answer")
        landlord.started.running = landlord.started.platform.start()
        runner.says("Answering again.")
        until("every report is taken", lambda: all(map(landlord.taken, reports)))
        until("every alert is sent", lambda: _alerts(landlord, reports) == {c.AlertState.SENT})
        until("every notice is sent", lambda: len(landlord.east.notices()) >= notices + len(reports))
        said = runner.text

    assert (said.count("NocoDB did not answer"), said.count("Answering again.")) == (1, 1), said
    assert one_pass(landlord).code == 0
    _all_there_once(landlord, reports)
    assert len(landlord.east.notices()) == notices + len(reports)


def _alerts(landlord: Landlord, reports: list[str]) -> set[object]:
    try:
        cases = [case for report in reports if (case := landlord.case_of(report))]
        return {row.fields["State"] for case in cases for row in landlord.rows("Alerts", case)}
    except TryAgainLater:
        return set()


def _two_minutes_later(landlord: Landlord) -> None:
    """A sending that was cut off is tried again after two minutes: let them pass for those tokens."""
    then = datetime.now(UTC) - timedelta(minutes=3)
    cut_off = [token.id for token in landlord.admin.records("Send tokens") if not token.fields["Outcome"]]
    landlord.admin.update("Send tokens", [(id, {"Taken at": then}) for id in cut_off])


def _all_there_once(landlord: Landlord, reports: list[str]) -> None:
    steps: set[frozenset[str]] = set()
    for report in reports:
        found = landlord.admin.find("Cases", "Report", [f"report-{report}"])
        assert len(found) == 1
        case = found[0]
        taken = landlord.taken(report)
        assert taken
        assert taken.fields["Case reference"] == case.fields["Reference"]
        tables = {table: landlord.rows(table, case) for table in ("Actions", "Letters", "Alerts", "Referrals")}
        keys = Counter((row.table, row.fields["Key"]) for rows in tables.values() for row in rows)
        assert set(keys.values()) == {1}
        steps.add(frozenset(str(row.fields["Step"]) for row in tables["Actions"]))
        assert [len(tables[table]) for table in ("Letters", "Alerts", "Referrals")] == [1, 1, 1]
        assert len(tables["Letters"][0].fields["Document"]) == 1
        assert tables["Letters"][0].fields["State"] == c.LetterState.DRAFT
        assert tables["Alerts"][0].fields["State"] == c.AlertState.SENT
        assert tables["Referrals"][0].fields["State"] in c.WENT
        mails = landlord.post.about(str(case.fields["Reference"]))
        assert len({(mail["To"], mail["Message-ID"]) for mail in mails}) == 2
        keys_told = [str(row.fields["Key"]) for row in landlord.rows("Developments", case)]
        assert len(keys_told) == len(set(keys_told))
        reference = str(case.fields["Reference"])
        chronology = {f"{reference}/development/first-report/incident-1", f"{reference}/notify_cdrp/incident-1/told"}
        assert chronology <= set(keys_told)
        done = {str(row.fields["Step"]) for row in tables["Actions"] if row.fields["State"] == c.ActionState.DONE}
        assert {key.split("/")[3] for key in keys_told if "/development/done/" in key} <= done
        noes = [row for row in landlord.rows("Consents", case) if row.fields["Answer"] == c.Answer.NO]
        assert len([key for key in keys_told if "/refused/" in key]) == len(noes), "each no is remembered once"
    assert len(steps) == 1, "the same reports ask for the same steps"
