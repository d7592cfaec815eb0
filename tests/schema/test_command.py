"""`casewatch schema` as somebody types it: sentences, JSON and exit codes."""

import json
import secrets

import psycopg
import pytest
from click.testing import CliRunner

from casewatch.commands.schema import schema
from tests.schema.conftest import FORM_PASSWORD


def call(*words, **environment):
    """Type a command, with only that environment."""
    blank = {"CASEWATCH_NOCODB_URL": None, "CASEWATCH_NOCODB_TOKEN": None, "CASEWATCH_FORM_PASSWORD": None,
             "CASEWATCH_SECRETS": None}  # fmt: skip
    return CliRunner().invoke(schema, list(words), env=blank | {"CASEWATCH_NAME": None} | environment)


@pytest.fixture
def here(nocodb, provisioned):
    """The environment that points at the provisioned bases."""
    return {
        "CASEWATCH_NOCODB_URL": nocodb.url,
        "CASEWATCH_NOCODB_TOKEN": nocodb.token,
        "CASEWATCH_FORM_PASSWORD": FORM_PASSWORD,
        "CASEWATCH_NAME": provisioned.target.meta.name,
    }


@pytest.mark.parametrize("words", [("--help",), ("plan", "--help"), ("apply", "--help"), ("check", "--help")])
def test_help_shows_examples(words):
    """Every command shows how it is used."""
    told = call(*words)

    assert told.exit_code == 0
    assert "casewatch schema apply" in told.output


def test_an_address_is_needed():
    """Wrong usage is 2."""
    assert call("plan").exit_code == 2


def test_a_token_is_needed_and_never_taken_from_the_command_line():
    """A secret on the command line is a secret in every list of processes."""
    told = call("plan", "--url", "http://127.0.0.1:9")

    assert told.exit_code == 4
    assert "There is no token: set CASEWATCH_NOCODB_TOKEN" in told.output
    assert call("plan", "--url", "http://127.0.0.1:9", "--token", "t").exit_code == 2


def test_the_token_may_stand_in_the_secrets_folder(tmp_path):
    """As --help says. Without it there the command stops and says both places."""
    folder = {"CASEWATCH_SECRETS": str(tmp_path)}
    assert "nocodb_token" in call("plan", "--url", "http://127.0.0.1:9", **folder).output
    (tmp_path / "nocodb_token").write_text("t\n")

    assert call("check", "--url", "http://127.0.0.1:9", **folder).exit_code == 3
    assert "nocodb_token" in call("--help").output


def test_a_server_that_is_down_is_3():
    """Try again later."""
    told = call("check", "--url", "http://127.0.0.1:9", CASEWATCH_NOCODB_TOKEN="t")

    assert told.exit_code == 3
    assert "did not answer" in told.output


def test_plan_shows_what_is_missing_and_makes_none_of_it(here):
    """Nothing is there under a new name, before or after."""
    name = f"Nobody {secrets.token_hex(3)}"
    first = call("plan", "--json", "--name", name, **here)
    second = call("plan", "--json", "--name", name, **here)

    assert first.exit_code == 0
    assert len(json.loads(first.output)["changes"]) > 100
    assert first.output == second.output
    assert call("check", "--name", name, **here).exit_code == 1


def test_apply_says_nothing_to_do_when_all_is_there(here):
    """And check agrees."""
    call("apply", **here)
    again = call("apply", **here)
    checked = call("check", **here)

    assert "nothing to do" in again.output
    assert (again.exit_code, checked.exit_code) == (0, 0)


def test_indexes_can_be_printed(here):
    """For a database administrator who adds them by hand: those declared and those that changes are found by."""
    told = call("apply", "--indexes", "print", "--json", **here)
    said = json.loads(told.output)["indexes"]

    assert told.exit_code == 0
    assert all(line.startswith("CREATE INDEX IF NOT EXISTS") for line in said)
    assert any('"actions" ("Due_at")' in line for line in said)
    assert any('"cases" ("updated_at")' in line for line in said)
    assert ["tokens" in line.lower() for line in said if '("Key")' in line] == [True], "elsewhere a key is unique"


def test_indexes_are_added_once_to_the_platforms_database(here, provisioned, started):
    """In the database that NocoDB itself keeps the rows in."""
    address = started.running.postgres_dsn
    first, second = (call("apply", "--indexes", address, **here) for _ in range(2))
    place = provisioned.target.tables()["Actions"]
    with psycopg.connect(address) as database:
        asked = "select indexdef from pg_indexes where schemaname = %s and tablename = %s and indexname like 'cw_%%'"
        made = [row[0] for row in database.execute(asked, (place.base, place.database)).fetchall()]

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert len(made) == len(set(made)) == 4
    assert {line.split("(")[-1] for line in made} == {'"Due_at")', '"State")', "created_at)", "updated_at)"}


def test_a_database_that_is_down_is_3(here):
    """The bases are made all the same."""
    assert call("apply", "--indexes", "postgresql://x@127.0.0.1:9/x", **here).exit_code == 3
