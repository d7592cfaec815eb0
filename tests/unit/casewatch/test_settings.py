"""Settings: every fault in one message, and no secret in any."""

import json
from pathlib import Path

import pytest
from pydantic import SecretStr

from automations.errors import Stop
from casewatch import connect
from casewatch.destinations import KINDS
from casewatch.settings import Settings, load, partner_secret

SECRET = "not-for-anybodys-eyes"
GOOD = """
[landlord]
name = "Harbour Row Homes"
address = ["1 Sample Quay"]
telephone = "01632 960100"
email = "hello@harbour-row.example"
neutral_sender = "HRH"
[nocodb]
url = "https://nocodb.harbour-row.example"
name = "Harbour Row Homes"
[mail]
host = "mail.harbour-row.example"
sender = "casewatch@harbour-row.example"
[destinations.quayside]
url = "https://desk.quayside.example/notices"
partner = "Quayside Community Safety Partnership"
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("CASEWATCH_SETTINGS", "CASEWATCH_SECRETS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CASEWATCH_NOCODB_TOKEN", SECRET)
    (tmp_path / "casewatch.toml").write_text(GOOD)
    return tmp_path


def settings(home: Path, text: str = GOOD) -> Settings:
    (home / "casewatch.toml").write_text(text)
    return load(home / "casewatch.toml")


def why_not(home: Path, text: str = GOOD) -> str:
    with pytest.raises(Stop) as stop:
        settings(home, text)
    assert SECRET not in str(stop.value)
    return stop.value.detail


def test_settings_that_are_right_are_read_and_show_no_secret(home: Path) -> None:
    loaded = settings(home)
    assert loaded.nocodb_token.get_secret_value() == SECRET
    assert SECRET not in repr(loaded)


def test_every_fault_is_told_at_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CASEWATCH_NOCODB_TOKEN")
    said = why_not(home, GOOD.replace('telephone = "01632 960100"', 'fax = "1"').replace("partner =", "owner ="))
    for part in (
        "no nocodb token: set CASEWATCH_NOCODB_TOKEN, or put it into the file nocodb_token of the folder",
        "landlord.telephone: missing",
        "landlord.fax: not a setting",
        "partner: miss",
    ):
        assert part in said


@pytest.mark.parametrize("where", [
    f'mail_password = "{SECRET}"\n{GOOD}', GOOD.replace("[mail]", f'[mail]\npassword = "{SECRET}"'),
    f'{GOOD}token = "{SECRET}"\n', f'nocodb_token = "{SECRET}"\n{GOOD}',
])  # fmt: skip
def test_a_secret_in_the_file_is_refused_and_not_repeated(home: Path, where: str) -> None:
    why_not(home, where)


@pytest.mark.parametrize("name", ["CASEWATCH_MAIL", "CASEWATCH_PARTNER_SECRETS", "CASEWATCH_DESTINATIONS"])
def test_a_table_in_the_environment_that_cannot_be_read_is_a_fault_without_its_words(
    home: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, f"{{{SECRET}")
    assert name.removeprefix("CASEWATCH_").lower() in why_not(home)

    monkeypatch.setenv(name, "{}" if "MAIL" not in name else '{"host": "localhost", "sender": "a@b.example"}')
    assert settings(home).nocodb.name == "Harbour Row Homes"


def test_a_file_that_is_no_text_is_a_fault(home: Path) -> None:
    (home / "casewatch.toml").write_bytes(b'name = "\xff\xfe"')
    with pytest.raises(Stop, match=r"casewatch\.toml"):
        load(home / "casewatch.toml")


def test_a_secrets_folder_that_is_not_there_is_a_fault(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEWATCH_SECRETS", str(home / "none"))
    assert "CASEWATCH_SECRETS" in why_not(home)
    monkeypatch.setenv("CASEWATCH_SECRETS", str(home / "casewatch.toml"))
    assert "CASEWATCH_SECRETS" in why_not(home)

    folder = home / "secrets"
    folder.mkdir()
    (folder / "nocodb_token").write_text(f"{SECRET}\n")
    (folder / "partner_quayside_token").write_text("a-token\n")
    monkeypatch.setenv("CASEWATCH_SECRETS", str(folder))
    monkeypatch.delenv("CASEWATCH_NOCODB_TOKEN")
    assert settings(home).nocodb_token.get_secret_value() == SECRET
    assert partner_secret("quayside", "token", settings(home)) == "a-token"
    (folder / "partner_quayside_token").write_bytes(b"\xff")
    with pytest.raises(Stop, match="quayside"):
        partner_secret("quayside", "token", settings(home))


@pytest.mark.parametrize("url", ["http://nocodb.harbour-row.example", "nocodb.harbour-row.example", "ftp://127.0.0.1"])
def test_cases_do_not_cross_a_network_in_the_clear(home: Path, url: str) -> None:
    """As with mail and partners: plain HTTP is for this machine alone."""
    assert "nocodb.url" in why_not(home, GOOD.replace("https://nocodb.harbour-row.example", url))
    for allowed in ("http://127.0.0.1:8080", "http://localhost:8080", "https://nocodb.harbour-row.example"):
        assert settings(home, GOOD.replace("https://nocodb.harbour-row.example", allowed)).nocodb.url == allowed


def test_what_cannot_be_wired_is_told_at_once(home: Path) -> None:
    """The mail server and the ways to partners: one message for both."""
    loaded = settings(home, GOOD.replace("[destinations", 'mode = "plain"\n[destinations'))
    with pytest.raises(Stop) as stop:
        connect.runner(loaded)
    for part in ("Mail without protection", "quayside has no token"):
        assert part in stop.value.detail


CARRIED = "letters, digits and signs of the English keyboard"


@pytest.mark.parametrize("token", ["to\u2019ken", f"{SECRET}\n", f" {SECRET}", "to ken", "t\u00f6ken", "tok\x00en", ""])
def test_a_token_that_no_header_can_carry_is_a_fault_that_names_its_setting(
    home: Path, monkeypatch: pytest.MonkeyPatch, token: str
) -> None:
    """Copied from a letter it has curly quotes, from a file a line's end: told at the start, and never repeated."""
    if "\x00" not in token:  # no environment can hold that one
        monkeypatch.setenv("CASEWATCH_NOCODB_TOKEN", token)
        assert "nocodb_token" in (said := why_not(home))
        assert CARRIED in said
    monkeypatch.setenv("CASEWATCH_NOCODB_TOKEN", SECRET)
    monkeypatch.setenv("CASEWATCH_PARTNER_SECRETS", json.dumps({"quayside": {"token": token}}))
    with pytest.raises(Stop, match="CASEWATCH_PARTNER_QUAYSIDE_TOKEN") as stop:
        connect.runner(settings(home))
    assert SECRET not in stop.value.detail
    assert (CARRIED if token else "has no token") in stop.value.detail

    monkeypatch.setenv("CASEWATCH_PARTNER_SECRETS", json.dumps({"quayside": {"token": SECRET}}))
    assert settings(home).nocodb_token.get_secret_value() == SECRET


def test_a_partners_token_that_no_header_can_carry_names_its_variable(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEWATCH_PARTNER_QUAYSIDE_TOKEN", f"{SECRET}\n")
    with pytest.raises(Stop, match="CASEWATCH_PARTNER_QUAYSIDE_TOKEN") as stop:
        connect.runner(settings(home))
    assert CARRIED in stop.value.detail
    assert SECRET not in stop.value.detail

    monkeypatch.setenv("CASEWATCH_PARTNER_QUAYSIDE_TOKEN", SECRET)
    assert partner_secret("quayside", "token", settings(home)) == SECRET


@pytest.mark.parametrize("name", ["nocodb_token", "mail_password"])
def test_a_secret_that_is_no_text_or_no_file_is_named(home: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Saved by an editor as UTF-16, or a folder of that name."""
    folder = home / "secrets"
    folder.mkdir()
    monkeypatch.setenv("CASEWATCH_SECRETS", str(folder))
    (folder / name).write_bytes(SECRET.encode("utf-16"))
    assert f"{name} in CASEWATCH_SECRETS cannot be read" in why_not(home)

    (folder / name).unlink()
    (folder / name).mkdir()
    assert f"{name} in CASEWATCH_SECRETS cannot be read" in why_not(home)

    (folder / name).rmdir()
    (folder / name).write_text(SECRET)
    assert settings(home).nocodb_token.get_secret_value() == SECRET


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_port_that_no_machine_has_is_a_fault(home: Path, port: int) -> None:
    assert "mail.port" in why_not(home, GOOD.replace("[destinations", f"port = {port}\n[destinations"))
    assert settings(home, GOOD.replace("[destinations", "port = 25\n[destinations"))


def test_a_destination_is_told_by_its_kind_and_without_one_is_https(home: Path) -> None:
    """R-26. A file from before there were kinds stays valid; a fault names the setting as it stands in the file."""
    assert settings(home).destinations["quayside"].kind == "https_json"
    assert settings(home, f'{GOOD}kind = "https_json"\n').destinations["quayside"].kind == "https_json"

    assert "destinations.quayside" in (said := why_not(home, f'{GOOD}kind = "{SECRET}"\n'))
    assert "https_json" in said
    assert "destinations.quayside.colour: not a setting" in why_not(home, f'{GOOD}colour = "red"\n')


def test_every_kind_of_destination_has_a_way() -> None:
    """The word in the file, its class and its maker: none without the others."""
    assert set(connect.WAYS) == set(KINDS)


def test_a_destinations_secrets_are_found_by_what_they_are(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the environment, before the secrets folder, before those of a destination made while we run."""
    loaded = settings(home).model_copy(update={"partner_secrets": {"north-side": {"key": SecretStr("third")}}})
    assert partner_secret("north-side", "key", loaded) == "third"
    assert partner_secret("north-side", "passphrase", loaded) == ""
    monkeypatch.setenv("CASEWATCH_SECRETS", str(home))
    (home / "partner_north-side_key").write_text("second\n")
    assert partner_secret("north-side", "key", loaded) == "second"
    monkeypatch.setenv("CASEWATCH_PARTNER_NORTH_SIDE_KEY", "first")
    assert partner_secret("north-side", "key", loaded) == "first"
    assert "third" not in repr(loaded)


def test_a_certificate_of_our_own_takes_the_place_of_a_token_and_a_signature_needs_its_key(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R-26: one of the two is needed, and what the settings promise a partner is not left out in silence."""
    monkeypatch.setenv("CASEWATCH_REFERENCE_SECRET", "sixteen letters!")
    with pytest.raises(Stop, match="client_certificate of quayside cannot be used"):
        connect.runner(settings(home, f'{GOOD}client_certificate = "{home / "none.pem"}"\n'))
    with pytest.raises(Stop, match="quayside has no token"):
        connect.runner(settings(home))
    monkeypatch.setenv("CASEWATCH_PARTNER_QUAYSIDE_TOKEN", SECRET)
    with pytest.raises(Stop, match="CASEWATCH_PARTNER_QUAYSIDE_SIGNING_KEY"):
        connect.runner(settings(home, f'{GOOD}signing_key_id = "hrh-1"\n'))
    with pytest.raises(Stop, match="allow_private"):
        connect.runner(settings(home, GOOD.replace("desk.quayside.example", "10.1.2.3")))

    private = GOOD.replace("desk.quayside.example", "10.1.2.3") + "allow_private = true\n"
    assert connect.runner(settings(home, private))
