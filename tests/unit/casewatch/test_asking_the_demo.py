"""Asking the demo: its settings file and its secrets are all that `casewatch explain` and `casewatch referral` need."""

import stat
from pathlib import Path

import pytest
from pydantic import SecretStr

from casewatch.demo import asking
from casewatch.demo.landlord import LANDLORD
from casewatch.settings import Landlord, NocoDB, Settings, load

TOKEN = "a-token-of-the-runners-own-account"


def demo(port: int) -> Settings:
    url = f"http://127.0.0.1:{port}"
    return Settings(
        landlord=Landlord(**{f: getattr(LANDLORD, f) for f in Landlord.model_fields}),
        nocodb=NocoDB(url=url, name='Harbour "Row" Homes', address=f"{url}/dashboard/"),
        nocodb_token=SecretStr(TOKEN),
    )


def test_a_newcomer_can_ask_about_a_case_of_the_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """HC-003: with the words as printed; after a start on another port too. The token stands in no settings file."""
    folder = tmp_path / "my demo"
    for port in (8080, 9000):
        asking.keep(demo(port), folder)
    monkeypatch.setenv("CASEWATCH_SECRETS", str(folder / "secrets"))

    read = load(folder / "casewatch.toml")
    assert (read.landlord, read.nocodb) == (demo(9000).landlord, demo(9000).nocodb)
    assert read.nocodb_token.get_secret_value() == TOKEN
    assert TOKEN not in (folder / "casewatch.toml").read_text()
    assert stat.S_IMODE((folder / "secrets" / "nocodb_token").stat().st_mode) == 0o600
    assert asking.words(folder, "explain", "CW-2026-0009") == (
        f"CASEWATCH_SECRETS='{folder}/secrets' .venv/bin/casewatch explain CW-2026-0009 "
        f"--settings '{folder}/casewatch.toml'"
    )
