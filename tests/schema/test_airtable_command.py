"""`casewatch schema --platform airtable` as somebody types it: the checklist, JSON, exit codes, calls a month."""

import json

import pytest
from click.testing import CliRunner

from casewatch.commands.schema import schema
from sync.platforms import airtable_pace
from sync.platforms.airtable_pace import Pace
from tests.contracts.airtable_desk import CREATOR, NAME, finish, server


@pytest.fixture
def at(monkeypatch):
    with server() as running:
        monkeypatch.setattr(airtable_pace, "SHARED", Pace(running.clock.time, running.clock.sleep))
        yield running


@pytest.fixture
def call(at):
    def typed(*words, **environment):
        told = {"CASEWATCH_AIRTABLE_TOKEN": CREATOR, "CASEWATCH_AIRTABLE_API": at.url, "CASEWATCH_NAME": NAME,
                "CASEWATCH_AIRTABLE_WORKSPACE": "wspOfTheLandlord", "CASEWATCH_SECRETS": None,
                "CASEWATCH_NOCODB_URL": None}  # fmt: skip
        return CliRunner().invoke(schema, [*words, "--platform", "airtable"], env=told | environment)

    return typed


def test_the_bases_are_planned_made_finished_by_hand_and_checked(at, call):
    """Exit code 0 only where the API's part and the person's part are both done."""
    planned = call("plan")
    assert (planned.exit_code, at.bases) == (0, {})
    assert "add the base Casework" in planned.output

    applied = call("apply")
    assert applied.exit_code == 0
    assert "steps are left for a person" in applied.output
    assert "[ ] Cases: add the field Id, of the type Autonumber." in applied.output

    unfinished = call("check")
    assert unfinished.exit_code == 1
    assert "[ ] Cases: add the field Id, of the type Autonumber." in unfinished.output
    finish(at)
    done = call("check")
    assert (done.exit_code, "nothing to do" in done.output, "[ ]" in done.output) == (0, True, False)
    assert "nothing to do" in call("apply").output


def test_the_creator_begins_the_feed_that_the_runner_reads(at, call):
    """R-25: Airtable lets nobody else begin it. One that was deleted is named, and begun anew; no second one is."""
    first = call("apply")
    finish(at)
    assert first.output.count("its feed of changes is begun") == len(at.bases) == 3
    assert "feed of changes" not in call("apply").output
    assert {len(base.webhooks) for base in at.bases.values()} == {1}

    next(iter(at.bases.values())).webhooks.clear()
    without = call("check")
    assert (without.exit_code, without.output.count("has no feed of changes")) == (1, 1)
    assert call("apply").output.count("its feed of changes is begun") == 1
    assert call("check").exit_code == 0


def test_the_checklist_can_be_read_by_another_program(at, call):
    call("apply")
    told = json.loads(call("check", "--json").output)

    assert (told["changes"], told["told"]) == ([], [])
    assert {"table", "cannot", "says"} == set(told["by_hand"][0])
    assert "calls a month" in told["calls"]


def test_the_calls_of_a_month_are_told_with_a_warning_where_no_plan_has_so_many(at, call):
    """Every fifteen seconds is too often for the Team plan; every five minutes is not."""
    call("apply")
    assert "Look less often" in call("check").output
    seldom = call("check", "--poll-seconds", "300").output
    assert "calls a month" in seldom
    assert "Look less often" not in seldom


def test_without_a_token_nothing_is_asked_and_what_to_do_is_said(at, call):
    told = call("check", CASEWATCH_AIRTABLE_TOKEN=None)

    assert told.exit_code == 4
    assert "There is no token: set CASEWATCH_AIRTABLE_TOKEN" in told.output
    assert at.asked == []


def test_the_token_never_goes_to_another_machine_in_the_clear(at, call):
    told = call("check", CASEWATCH_AIRTABLE_API="http://airtable.example")

    assert (told.exit_code, CREATOR in told.output) == (4, False)
    assert "CASEWATCH_AIRTABLE_API" in told.output


def test_airtable_has_no_indexes_to_add(at, call):
    assert call("apply", "--indexes", "print").exit_code == 4
