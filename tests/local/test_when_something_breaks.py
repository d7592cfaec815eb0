"""A start that is killed, crowded or refused: one sentence, nothing left behind, and the next start works."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import psutil
import pytest
import requests

from automations.errors import Stop
from casewatch.local import nocodb, processes
from casewatch.local.account import account
from casewatch.local.errors import PortTaken, Unsafe
from casewatch.local.server import LocalPlatform, Running
from tests.local.conftest import Started, casewatch_command, processes_of, python_for


def database_of(home: Path) -> psutil.Process:
    return next(process for process in processes_of(home) if "-D" in process.cmdline())


def make_a_base(running: Running, title: str) -> None:
    """A base with one table and one row, as provisioning makes them."""
    with signed_in(running) as session:
        base = session.post(f"{running.url}/api/v2/meta/bases", json={"title": title}).json()["id"]
        columns = [{"title": "Reference", "column_name": "reference", "uidt": "SingleLineText", "pv": True}]
        table = {"title": "Cases", "table_name": "cases", "columns": columns}
        made = session.post(f"{running.url}/api/v2/meta/bases/{base}/tables", json=table).json()["id"]
        kept = session.post(f"{running.url}/api/v2/tables/{made}/records", json={"Reference": "CW-2026-0007"})
        kept.raise_for_status()


def bases(running: Running) -> list[str]:
    with signed_in(running) as session:
        return [base["title"] for base in session.get(f"{running.url}/api/v2/meta/bases").json()["list"]]


def signed_in(running: Running) -> requests.Session:
    session = requests.Session()
    who = {"email": running.admin_email, "password": running.admin_password}
    token = session.post(f"{running.url}/api/v1/auth/user/signin", json=who).json()["token"]
    session.headers["xc-auth"] = token
    return session


def test_killed_servers_start_again(home: Path) -> None:
    """kill -9 of either server, even with a lock file whose number is another program's by now; no case is lost."""
    platform = LocalPlatform(home, port=0)
    first = platform.start()
    make_a_base(first, "Casework")

    psutil.Process(first.pid).kill()
    second = platform.start()
    assert second.pid != first.pid

    database_of(home).kill()
    time.sleep(0.2)
    bystander = subprocess.Popen(["/bin/sleep", "600"], **account().as_popen())
    lock = home / "postgres" / "data" / "postmaster.pid"
    lines = lock.read_text().splitlines()
    lock.write_text("\n".join([str(bystander.pid), *lines[1:]]) + "\n")
    third = platform.start()

    assert "Casework" in bases(third)
    assert third.pid != second.pid
    assert platform.stop()
    assert bystander.poll() is None
    bystander.kill()
    bystander.wait()
    assert not platform.stop()


def test_a_port_in_use_is_said_before_any_work(home: Path) -> None:
    """One sentence with the port and, where it may be known, who holds it."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(PortTaken, match=f"choose another port with --port. 127.0.0.1:{port}"):
            LocalPlatform(home, port=port).start()

    assert not (home / "postgres").exists()


def test_another_port_while_it_runs_is_refused(started: Started) -> None:
    """A platform has one address."""
    asked = casewatch_command("nocodb", "start", "--port", "1", "--home", str(started.platform.home))
    _, said = asked.communicate(timeout=20)

    assert asked.returncode == 4
    assert "stop it before choosing another port" in said


def test_two_starts_at_once_make_one_platform(home: Path) -> None:
    """The second waits for the first and gets the same address."""
    words = ("nocodb", "start", "--json", "--port", "0", "--home", str(home))
    both = [casewatch_command(*words), casewatch_command(*words)]
    said = [json.loads(one.communicate(timeout=150)[0]) for one in both]

    assert said[0] == said[1]
    assert len([process for process in processes_of(home) if "start.cjs" in " ".join(process.cmdline())]) == 1


def test_an_unsafe_start_is_undone(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the audit off nothing stays running, and the sentence says what is wrong."""
    monkeypatch.setitem(nocodb.SETTINGS, "NC_DISABLE_AUDIT", "true")

    with pytest.raises(Unsafe, match="the audit is off"):
        LocalPlatform(home, port=0).start()

    assert processes_of(home) == []


def test_a_server_that_dies_is_quoted(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The end of its log is in the message, without the passwords."""
    monkeypatch.setattr(nocodb, "HERE", home)
    (home / "start.cjs").write_text("console.error('no luck with', process.env.NC_DB); process.exit(1);")

    with pytest.raises(Stop, match=r"no luck with pg://.*p=\*\*\*") as told:
        LocalPlatform(home, port=0).start()

    assert (home / "secrets" / "postgres_password").read_text() not in str(told.value)
    assert processes_of(home) == []


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_start_that_is_ended_half_way_leaves_nothing_for_long(home: Path, how: signal.Signals) -> None:
    """A polite end undoes the start itself; after kill -9 the next stop finds what was left."""
    asked = casewatch_command("nocodb", "start", "--port", "0", "--home", str(home), start_new_session=True)
    assert asked.stderr is not None
    for line in asked.stderr:
        if "Starting NocoDB" in line:
            break
    time.sleep(0.3)
    asked.send_signal(how)
    asked.communicate(timeout=20)

    if how is signal.SIGKILL:
        assert processes_of(home)
        (home / "run" / "nocodb.json").unlink()
        assert LocalPlatform(home).stop()
    assert asked.returncode != 0
    assert processes_of(home) == []


def test_a_process_that_only_has_the_number_is_left_alone(tmp_path: Path) -> None:
    """A note from before the machine was restarted names somebody else's process today."""
    note = tmp_path / "nocodb.json"
    note.write_text(json.dumps({"pid": os.getpid(), "born": psutil.Process().create_time() - 60}))
    assert processes.remembered(note) is None

    note.write_text(json.dumps({"pid": os.getpid(), "born": psutil.Process().create_time()}))
    assert processes.remembered(note) == psutil.Process()


def test_an_ordinary_user_starts_and_stops_it_too(home: Path) -> None:
    """Run as root, the test becomes another account; run as anybody else, it already is one."""
    whoever = account()
    if whoever.switch:
        os.chown(home, whoever.uid, whoever.gid)
    words = ("--home", str(home / "own"))
    as_them = {"python": python_for(whoever), "env": {"HOME": str(home)}, **whoever.as_popen()}
    started = casewatch_command("nocodb", "start", "--json", "--port", "0", *words, **as_them)
    said, complaint = started.communicate(timeout=150)
    assert started.returncode == 0, complaint
    ran = processes_of(home)
    stopped = casewatch_command("nocodb", "stop", *words, **as_them)

    assert json.loads(said)["url"].startswith("http://127.0.0.1:")
    assert len(ran) >= 2
    assert stopped.communicate(timeout=30)[0] == "Stopped.\n"
    assert processes_of(home) == []


def test_logs_are_turned_over(tmp_path: Path) -> None:
    """The newest is .log, then .log.1; the fourth back is gone."""
    log = tmp_path / "nocodb.log"
    for number in range(5):
        log.write_text(str(number))
        processes.turn_over(log)

    assert sorted((path.name, path.read_text()) for path in tmp_path.iterdir()) == [
        ("nocodb.log.1", "4"),
        ("nocodb.log.2", "3"),
        ("nocodb.log.3", "2"),
    ]
