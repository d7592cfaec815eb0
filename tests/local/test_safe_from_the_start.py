"""A platform that has just been started: who can reach it, who can get in, what it sends to a browser."""

from __future__ import annotations

import json
import os
import socket
import stat
import time
from urllib.parse import urlsplit

import psutil
import psycopg
import pytest
import requests

from casewatch.local.safety import check
from casewatch.local.server import LocalPlatform
from tests.local.conftest import Started, casewatch_command, processes_of


def test_a_second_start_gives_the_same_platform_at_once(started: Started) -> None:
    """Nothing is started twice."""
    before = time.monotonic()
    again = LocalPlatform(started.platform.home, port=started.platform.port).start()

    assert again == started.running
    assert time.monotonic() - before < 2


def test_nobody_could_sign_up_while_it_started(started: Started) -> None:
    """The door stays shut (503) until sign-up is seen to be closed (400)."""
    answers = set(started.stranger.answers)

    assert 503 in answers
    assert answers <= {503, 400}


def test_a_stranger_cannot_sign_up_and_the_administrator_can_sign_in(started: Started) -> None:
    """Sign-up is by invitation only."""
    who = {"email": "somebody@casewatch.example", "password": "a-password-of-12"}
    refused = requests.post(f"{started.running.url}/api/v1/auth/user/signup", json=who, timeout=10)

    assert refused.status_code == 400
    assert started.token


@pytest.mark.parametrize(
    ("method", "path", "answer"),
    [
        ("GET", "/", 302),
        ("GET", "/dashboard", 301),
        ("GET", "/dashboard/", 200),
        ("GET", "/no-such-page", 404),
        ("GET", "/api/v1/health", 200),
        ("GET", "/api/v2/meta/bases", 401),
        ("POST", "/api/v1/auth/user/signin", 401),
        ("GET", "/dltemp/none", 404),
        ("GET", "/socket.io/?EIO=4&transport=polling", 200),
        ("GET", "/socket.io/?EIO=1&transport=none", 400),
        ("GET", "/api/v1/version", 404),
    ],
)
def test_every_answer_carries_our_content_security_policy(
    started: Started, method: str, path: str, answer: int
) -> None:
    """Pages, errors and the web-socket library's answers alike: no third party's script can load."""
    got = requests.request(method, started.running.url + path, timeout=10, allow_redirects=False)

    assert got.status_code == answer
    policy = got.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self'; script-src 'self' ")
    assert "frame-ancestors 'self'" in policy
    assert "http" not in policy
    assert "X-Powered-By" not in got.headers


@pytest.mark.parametrize("nonsense", [b"NONSENSE\r\n\r\n", b"GET /% HTTP/1.1\r\nHost: x\r\n\r\n"])
def test_even_the_answer_to_nonsense_carries_the_policy(started: Started, nonsense: bytes) -> None:
    """A request that is no request is answered by Node before any middleware."""
    at = urlsplit(started.running.url)
    with socket.create_connection((at.hostname or "", at.port or 0), timeout=10) as line:
        line.sendall(nonsense)
        said = line.recv(4096)

    assert said.startswith(b"HTTP/1.1 400")
    assert b"\r\nContent-Security-Policy: default-src 'self'" in said


def test_both_servers_listen_on_loopback_only(started: Started) -> None:
    """No other machine can reach them."""
    ours = processes_of(started.platform.home)
    heard = [
        connection.laddr.ip
        for process in ours
        for connection in process.net_connections("all")
        if connection.status == psutil.CONN_LISTEN
    ]

    assert sorted(heard) == ["127.0.0.1", "127.0.0.1"]
    assert not [unix for process in ours for unix in process.net_connections("unix") if unix.laddr]


def test_the_database_asks_for_the_password(started: Started) -> None:
    """Being on this machine is not enough."""
    with psycopg.connect(started.running.postgres_dsn) as link:
        told = link.execute("select current_user, current_setting('password_encryption'), version()").fetchone()
        first = link.execute("select current_setting('TimeZone')").fetchone()

    assert told is not None
    assert told[:2] == ("nocodb", "scram-sha-256")
    assert told[2].startswith("PostgreSQL 18")
    assert first == ("UTC",)
    at = urlsplit(started.running.postgres_dsn)
    for user in ("nocodb", "casewatch"):
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(host=at.hostname, port=at.port, user=user, password="wrong", dbname="nocodb")


def test_an_attachment_cannot_be_fetched_by_its_plain_address(started: Started) -> None:
    """The signed address opens the file; the plain one does not."""
    url = started.running.url
    sent = requests.post(
        f"{url}/api/v2/storage/upload",
        params={"path": "evidence"},
        files={"file": ("note.txt", b"words", "text/plain")},
        headers={"xc-auth": started.token},
        timeout=10,
    ).json()[0]

    assert requests.get(f"{url}/{sent['signedPath']}", timeout=10).text == "words"
    assert requests.get(f"{url}/{sent['path']}", timeout=10).status_code == 404


def test_its_own_settings_pass_the_check_for_servers_of_others(started: Started) -> None:
    """Audit on, sign-up closed, nothing sent to the maker, PostgreSQL, attachments closed."""
    check(started.running.url, started.token)
    info = requests.get(
        f"{started.running.url}/api/v2/meta/nocodb/info", headers={"xc-auth": started.token}, timeout=10
    ).json()

    assert psutil.Process(started.running.pid).environ()["TZ"] == "UTC"
    assert info["disableOnboardingFlow"] is True


def test_secrets_are_for_our_eyes_only(started: Started) -> None:
    """Folders 0700, files 0600, and no password in a command line or a log."""
    home = started.platform.home
    secrets = [path.read_text() for path in (home / "secrets").iterdir()]

    assert len(set(secrets)) == 3
    for name in ("secrets", "log", "run", "postgres", "nocodb"):
        assert stat.S_IMODE((home / name).stat().st_mode) == 0o700
    for path in (home / "secrets").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    said = " ".join(word for process in processes_of(home) for word in process.cmdline())
    said += repr(started.running)
    said += " ".join(path.read_text() for path in (home / "log").iterdir())
    assert not [secret for secret in secrets if secret in said]


def test_neither_server_runs_as_root(started: Started) -> None:
    """Whoever starts them, they run without rights over the machine."""
    assert {process.uids().effective for process in processes_of(started.platform.home)}.isdisjoint({0})


def test_status_tells_a_program_what_runs(started: Started) -> None:
    """`casewatch nocodb status --json`, without any secret in it."""
    asked = casewatch_command("nocodb", "status", "--json", "--home", str(started.platform.home))
    said, _ = asked.communicate(timeout=20)
    told = json.loads(said)

    assert asked.returncode == 0
    assert (told["running"], told["url"], told["nocodb"]) == (True, started.running.url, started.running.pid)
    assert started.running.admin_password not in said
    assert os.path.isabs(told["home"])
