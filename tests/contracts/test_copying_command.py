"""`casewatch copy` as a person calls it: what it would do, what it did, and why it will not.

In: settings files, bases in memory in NocoDB's place, the wire-rule server. Out: what is said, and the exit code.
Never here: what a copy carries over (test_copying.py).
"""

from pathlib import Path

import pytest
from click.testing import CliRunner

from casewatch import connect
from casewatch.cli import main
from sync.platforms.airtable_pace import Pace
from tests.contracts.airtable_desk import CREATOR, NAME, RUNNER
from tests.contracts.test_copying import lived, writes  # noqa: F401 -- a fixture
from tests.stories.conftest import plain_letters  # noqa: F401 -- a fixture


@pytest.fixture
def command(tmp_path: Path, lived, at, monkeypatch):  # noqa: F811
    """`casewatch copy` to the wire-rule server, from bases in memory in NocoDB's place."""
    letterhead = '[landlord]\nname = "x"\naddress = ["x"]\ntelephone = "x"\nemail = "x"\nneutral_sender = "x"\n'
    (tmp_path / "from.toml").write_text(f'{letterhead}[nocodb]\nurl = "http://127.0.0.1:9"\nname = "x"\n')
    told = f'{letterhead}[airtable]\nname = "{NAME}"\napi = "{at.url}"\ncontent = "{at.url}"\n'
    (tmp_path / "to.toml").write_text(told)
    monkeypatch.setenv("CASEWATCH_NOCODB_TOKEN", "a-token")
    monkeypatch.setattr("sync.platforms.airtable_pace.SHARED", Pace(at.clock.time, at.clock.sleep))
    found = connect.platform
    monkeypatch.setattr(connect, "platform", lambda settings: found(settings) if settings.airtable else lived)

    def call(*words: str, token: str = RUNNER):
        monkeypatch.setenv("CASEWATCH_AIRTABLE_TOKEN", token)
        files = ["--from-settings", str(tmp_path / "from.toml"), "--to-settings", str(tmp_path / "to.toml")]
        return CliRunner().invoke(main, ["copy", "--from", "nocodb", "--to", "airtable", *files, *words])

    return call


def test_the_command_says_what_it_would_do_then_does_it_and_names_its_account(command, lived, at):  # noqa: F811
    """A dry run writes no row. Afterwards nobody else may run there: the runner believes its own rows alone (R-26)."""
    tried = command("--dry-run")
    assert (tried.exit_code, tried.output.splitlines()[-1]) == (0, "Nothing was written.")
    assert not any(writes(method, path) for method, path in at.asked)

    done = command()
    assert done.exit_code == 0, done.output
    assert "0 tables differ" in done.output
    assert done.output.splitlines()[-1].startswith("Run Casewatch there as runner@casewatch.example and no other")

    lived.spoil("Contacts", "2", "At", "secret Tuesday")
    tried = command("--dry-run")
    assert (tried.exit_code, "cannot be copied: Contacts 2, field At: it cannot be read." in tried.output) == (1, True)
    assert "secret" not in tried.output


def test_whoever_makes_the_bases_does_not_copy_into_them(command, at):
    """R-26: the runner would take nothing in the rows for its own, and send every alert and notice again."""
    refused = command(token=CREATOR)
    assert (refused.exit_code, "and no more" in refused.output) == (4, True)
    assert not any(writes(method, path) for method, path in at.asked)


def test_the_command_says_what_it_needs(tmp_path: Path):
    """Two platforms, and a settings file for each."""
    same = CliRunner().invoke(main, ["copy", "--from", "nocodb", "--to", "nocodb"])
    unset = CliRunner().invoke(main, ["copy", "--from", "nocodb", "--to", "airtable",
                                      "--from-settings", str(tmp_path / "none.toml")])  # fmt: skip

    assert (same.exit_code, unset.exit_code) == (4, 4)
    assert "two platforms" in same.output
    assert "no settings file" in unset.output
