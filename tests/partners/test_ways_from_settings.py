"""From the settings file to the partner: destinations that take files, wired as a run wires them."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from by_folder import PUBLIC as THEIR_KEY
from by_folder import opened
from by_sftp import PASSPHRASE, PRIVATE, PUBLIC
from way_to_a_partner import NAMED

from automations.delivery import Outlet
from automations.errors import Stop
from casewatch import connect
from casewatch.desks.sftp import SftpDesk
from casewatch.settings import load
from sync.platforms.memory import MemoryPlatform

GUIDE = Path(__file__).parents[2] / "docs" / "settings.md"
LANDLORD = """
[landlord]
name = "Harbour Row Homes"
address = ["1 Sample Quay"]
telephone = "01632 960100"
email = "hello@harbour-row.example"
neutral_sender = "HRH"
[nocodb]
url = "https://nocodb.harbour-row.example"
name = "Harbour Row Homes"
"""


@pytest.fixture
def ways(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name in ("CASEWATCH_SETTINGS", "CASEWATCH_SECRETS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CASEWATCH_NOCODB_TOKEN", "made-up-for-tests")
    monkeypatch.setenv("CASEWATCH_REFERENCE_SECRET", "sixteen letters and more")

    def from_(text: str) -> Outlet:
        (tmp_path / "casewatch.toml").write_text(text)
        return connect.outlet(load(tmp_path / "casewatch.toml"), MemoryPlatform(lambda: datetime.now(UTC)))

    return from_


def test_a_partners_server_is_reached_with_the_key_from_the_secrets(tmp_path, ways, monkeypatch):
    """HC-052, R-26: everything but the secrets stands in the settings, and nothing anywhere else."""
    with SftpDesk(tmp_path / "desk", PUBLIC) as desk:
        text = f"""{LANDLORD}
[destinations.north-gate]
kind = "sftp"
partner = "Northgate Council"
host = "localhost"
port = {desk.port}
username = "harbour-row"
host_keys = ["{desk.host_key}"]
folder = "in"
format = "csv"
receipts = "receipts"
"""
        with pytest.raises(Stop, match="north-gate: it needs the secret key"):
            ways(text)
        monkeypatch.setenv("CASEWATCH_PARTNER_NORTH_GATE_KEY", PRIVATE)
        monkeypatch.setenv("CASEWATCH_PARTNER_NORTH_GATE_PASSPHRASE", PASSPHRASE)
        outlet = ways(text)
        assert outlet.transports["north-gate"].deliver(NAMED.body, NAMED.key).accepted
        assert desk.messages() == [json.loads(NAMED.body)]
        assert outlet.owners == {"north-gate": "Northgate Council"}


def test_a_partners_folder_is_reached_and_sealed_with_their_key(tmp_path, ways):
    """HC-052: without a key the same settings are of a way that carries no names."""
    folder = tmp_path / "in"
    folder.mkdir()
    text = f"""{LANDLORD}
[destinations.harbourwatch]
kind = "file_drop"
partner = "Harbour Watch"
folder = "{folder}"
"""
    assert not ways(text).transports["harbourwatch"].carries_names
    sealed = ways(f"{text}public_key = '''{THEIR_KEY}'''\n").transports["harbourwatch"]
    assert sealed.carries_names
    assert sealed.deliver(NAMED.body, NAMED.key).accepted
    assert [opened(path.read_bytes()) for path in folder.iterdir()] == [NAMED.body]


def test_the_settings_in_the_guide_are_settings(tmp_path, ways, monkeypatch):
    """An example that is refused helps nobody. What its partners must fill in themselves is told at once."""
    example = "\n".join(re.findall(r"```toml\n(.*?)```", GUIDE.read_text("utf-8"), re.S))
    monkeypatch.setenv("CASEWATCH_PARTNER_QUAYSIDE_TOKEN", "made-up-for-tests")
    with pytest.raises(Stop) as told:
        ways(example)
    assert {line.partition(":")[0] for line in told.value.detail.splitlines()} == {
        "northgate", "harbourwatch", "destinations.quayside-mail.certificates, victim-care.pem",
    }  # fmt: skip
    assert {"northgate: host_keys", "harbourwatch: public_key"} <= {
        " ".join(line.split()[:2]) for line in told.value.detail.splitlines()
    }
