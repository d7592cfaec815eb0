"""Every command, given what it cannot use: one sentence and an exit code, never a traceback."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from casewatch.cli import COMMANDS, main

pytestmark = pytest.mark.usefixtures("signals_as_before")
NOT_A_PORT = ("-1", "65536", "8080.5", "http")


def ask(*words: str, **environment: str) -> tuple[int, str]:
    """The exit code and what was said. An error that is not ours would come through here."""
    blank = dict.fromkeys(("CASEWATCH_SETTINGS", "CASEWATCH_SECRETS", "CASEWATCH_HOME", "CASEWATCH_DEMO"))
    answer = CliRunner().invoke(main, words, env=blank | {"CASEWATCH_NOCODB_TOKEN": "token"} | environment)
    if answer.exception and not isinstance(answer.exception, SystemExit):
        raise answer.exception
    return answer.exit_code, answer.output


@pytest.fixture
def taken() -> Iterator[str]:
    """A port on which somebody else listens: nothing that a test gets wrong starts a server."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield str(server.getsockname()[1])


@pytest.mark.parametrize("command", ["nocodb start --home", "demo --once --data"])
@pytest.mark.parametrize("where", ["file/below", "/dev/null", "/dev/null/below", "/proc/none"])
def test_a_folder_that_cannot_be_one_is_said_in_a_sentence(
    tmp_path: Path, taken: str, command: str, where: str
) -> None:
    """Below a file, a device, a place where nobody may make a folder. A good folder gets as far as the port."""
    (tmp_path / "file").write_text("x")

    code, said = ask(*command.split(), str(tmp_path / where), "--port", taken)
    assert (code, said.count("\n")) == (4, 1)
    assert "cannot be used" in said or "may not be used" in said

    code, said = ask(*command.split(), str(tmp_path / "home"), "--port", taken)
    assert code == 4
    assert "The port is in use" in said


@pytest.mark.parametrize("command", ["nocodb start --home", "nocodb stop --home", "nocodb status --home",
                                     "demo --once --data", "run --once --settings"])  # fmt: skip
def test_a_file_for_a_folder_and_a_folder_for_a_file_are_wrong_usage(tmp_path: Path, command: str) -> None:
    """Settings are a file, a home is a folder."""
    wrong = tmp_path if "settings" in command else tmp_path / "file"
    (tmp_path / "file").write_text("x")
    assert ask(*command.split(), str(wrong))[0] == 2


@pytest.mark.parametrize("command", ["nocodb start", "demo --once"])
@pytest.mark.parametrize("port", NOT_A_PORT)
def test_a_port_that_no_machine_has_is_wrong_usage(tmp_path: Path, command: str, port: str) -> None:
    where = "--home" if "start" in command else "--data"
    code, said = ask(*command.split(), "--port", port, where, str(tmp_path))
    assert code == 2
    assert "--port" in said


@pytest.mark.parametrize("note", ["[]", "3", '"x"', "{", '{"pid": "x", "born": 0}', '{"pid": -1, "born": null}'])
def test_a_note_that_was_spoiled_is_no_running_server(tmp_path: Path, note: str) -> None:
    """Cut off while it was written, or written by something else."""
    (tmp_path / "run").mkdir()
    for name in ("ready.json", "nocodb.json", "postgres.json"):
        (tmp_path / "run" / name).write_text(note)
    assert ask("nocodb", "status", "--home", str(tmp_path))[0] == 1
    assert ask("nocodb", "stop", "--home", str(tmp_path)) == (0, "Nothing was running.\n")


def test_a_lock_that_is_a_folder_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "run" / "lock").mkdir(parents=True)
    code, said = ask("nocodb", "stop", "--home", str(tmp_path))
    assert (code, said.count("\n")) == (4, 1)
    assert "lock cannot be used" in said


@pytest.mark.parametrize("content", [b"\xff\xfe", b"a = [", b"a = 1\na = 2", b"landlord = 3\nnocodb = []", b"", None])
def test_a_settings_file_that_cannot_be_used_is_said(tmp_path: Path, content: bytes | None) -> None:
    """No text, no TOML, other kinds of value, nothing in it, not there."""
    path = tmp_path / "casewatch.toml"
    if content is not None:
        path.write_bytes(content)
    for words, environment in (
        (("run", "--once", "--settings", str(path)), {}),
        (("run", "--once"), {"CASEWATCH_SETTINGS": str(path)}),
    ):
        code, said = ask(*words, **environment)
        assert code == 4
        assert "casewatch.toml" in said


def test_a_secret_that_is_no_text_is_named(tmp_path: Path) -> None:
    """Bytes that no UTF-8 has, as a shell may pass them on."""
    (tmp_path / "casewatch.toml").write_text("")
    code, said = ask(
        "run", "--once", "--settings", str(tmp_path / "casewatch.toml"), CASEWATCH_REFERENCE_SECRET="a\udcff"
    )
    assert code == 4
    assert "reference_secret: " in said


def test_every_command_answers_its_help() -> None:
    for name in COMMANDS:
        code, said = ask(name, "--help")
        assert code == 0
        assert "Examples:" in said
