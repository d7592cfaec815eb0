"""A landlord on Airtable: what the settings must say, and what the commands say without an account."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from automations.errors import Stop
from casewatch import connect
from casewatch.commands.demo import demo
from casewatch.settings import Settings, load
from sync.platforms.airtable import AirtablePlatform

SECRET = "not-for-anybodys-eyes"
LANDLORD = """
[landlord]
name = "Harbour Row Homes"
address = ["1 Sample Quay"]
telephone = "01632 960100"
email = "hello@harbour-row.example"
neutral_sender = "HRH"
"""
AIRTABLE = '[airtable]\nname = "Harbour Row Homes"\n'
NOCODB = '[nocodb]\nurl = "https://nocodb.harbour-row.example"\nname = "Harbour Row Homes"\n'


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("SETTINGS", "SECRETS", "NOCODB_TOKEN", "AIRTABLE_TOKEN"):
        monkeypatch.delenv(f"CASEWATCH_{name}", raising=False)
    return tmp_path / "casewatch.toml"


def read(home: Path, text: str) -> Settings:
    home.write_text(text)
    return load(home)


def test_the_bases_may_be_on_airtable(home, monkeypatch):
    """Its token is all that is needed besides; a record's page follows Airtable's address."""
    monkeypatch.setenv("CASEWATCH_AIRTABLE_TOKEN", SECRET)
    settings = read(home, LANDLORD + AIRTABLE)

    assert isinstance(connect.platform(settings), AirtablePlatform)
    assert connect._address(settings) == "https://airtable.com/"
    assert SECRET not in repr(settings)


@pytest.mark.parametrize(
    ("line", "file"), [("", "airtable-audit.sqlite"), ('audit = "kept/who.sqlite"', "kept/who.sqlite")]
)
def test_who_changed_what_is_kept_beside_the_settings(home, monkeypatch, line, file):
    """Wherever the command is called from; a folder that is not there is named before anything is done (R-25)."""
    monkeypatch.setenv("CASEWATCH_AIRTABLE_TOKEN", SECRET)
    settings = read(home, LANDLORD + AIRTABLE + line)
    assert settings.airtable
    assert settings.airtable.audit == home.parent / file
    if "/" in file:
        with pytest.raises(Stop, match="ledger"):
            connect.platform(settings)
        (home.parent / "kept").mkdir()
    connect.platform(settings)
    assert (home.parent / file).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("text", "missing"),
    [(LANDLORD + AIRTABLE, ["no airtable token"]), (LANDLORD + NOCODB, ["no nocodb token"]),
     (LANDLORD, ["nocodb", "no nocodb token"])],
)  # fmt: skip
def test_what_the_platform_needs_is_named(home, text, missing):
    """And nothing of the other one."""
    with pytest.raises(Stop) as stop:
        read(home, text)

    assert [line.split(":")[0].strip(" -") for line in stop.value.detail.splitlines()[1:]] == missing


def test_one_platform_is_named_and_not_two(home, monkeypatch):
    monkeypatch.setenv("CASEWATCH_AIRTABLE_TOKEN", SECRET)
    with pytest.raises(Stop, match="one platform"):
        read(home, LANDLORD + AIRTABLE + NOCODB)


def test_cases_never_cross_a_network_in_the_clear(home, monkeypatch):
    monkeypatch.setenv("CASEWATCH_AIRTABLE_TOKEN", SECRET)
    with pytest.raises(Stop, match=r"airtable\.api"):
        read(home, LANDLORD + AIRTABLE + 'api = "http://airtable.example"\n')


def test_a_token_in_the_settings_file_is_refused(home):
    with pytest.raises(Stop, match="airtable_token"):
        read(home, f'airtable_token = "{SECRET}"\n{LANDLORD}{AIRTABLE}')


def test_the_demonstration_on_airtable_says_that_it_needs_a_token():
    """Exit code 4, and what to do step by step; nothing is started."""
    told = CliRunner().invoke(demo, ["--platform", "airtable"])

    assert told.exit_code == 4
    assert "needs an account and a token" in told.output
    assert "casewatch schema apply --platform airtable" in told.output
