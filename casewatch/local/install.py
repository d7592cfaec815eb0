"""Install: NocoDB from npm, once, into a cache folder that carries its version and the hash of its lock.

In: the committed package.json and lock. Out: a folder that NocoDB runs from, or one sentence why not.
Never here: a compiler, a package whose hash differs from the lock, a half-finished folder taken for a whole one.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from casewatch.local.errors import NoSpace, NotInstalled, PackagesOutOfReach, is_disk_full, says_disk_full
from casewatch.local.places import ROOM_FOR_INSTALL, need_room, one_at_a_time, size

HERE = Path(__file__).parent
KEYED = ("package.json", "package-lock.json")
RECIPE = (*KEYED, ".npmrc")
MARKER = "installed.json"
LAYOUT = "1"  # raise it when what is left out below changes, so that older installations are made anew

# Never loaded by the server as we run it (measured); they are two thirds of the space.
NEEDLESS_PACKAGES = (
    *("googleapis", "monaco-editor", "node-sql-parser", "pdfjs-dist", "@linear/sdk", "@octokit", "octokit"),
    *("pdf-lib", "@azure", "npm", "snowflake-sdk", "openai", "apache-arrow", "@ai-sdk", "jira-client"),
    *("react-dom", "stripe", "@slack", "@databricks", "web-streams-polyfill"),
)
NEEDLESS_FILES = re.compile(r"\.(map|d\.ts|d\.mts|d\.cts|md)$")
KEPT_FILES = re.compile(r"licen[cs]e|notice|copying", re.IGNORECASE)

# NocoDB asks for sqlite3 as it starts, even on PostgreSQL; this takes its place, so nothing is compiled.
STUB = "module.exports = { verbose() { return module.exports; } };\n"

_NO_NETWORK = (
    "ECONNREFUSED",
    "ENOTFOUND",
    "EAI_AGAIN",
    "ETIMEDOUT",
    "ECONNRESET",
    "EHOSTUNREACH",
    "ENETUNREACH",
    "ERR_SOCKET_TIMEOUT",
    "network",
    "UNABLE_TO_GET_ISSUER",
    "CERT_",
    "E401",
    "E403",
    "E50",
)


def version() -> str:
    """The NocoDB that this Casewatch runs."""
    return str(json.loads((HERE / "package.json").read_text())["dependencies"]["nocodb"])


def folder(cache: Path) -> Path:
    """Where this NocoDB is installed in the cache: another version or lock is another folder."""
    parts = [LAYOUT.encode(), *((HERE / name).read_bytes() for name in KEYED)]
    return cache / f"nocodb-{version()}-{hashlib.sha256(b''.join(parts)).hexdigest()[:12]}"


def is_whole(place: Path) -> bool:
    """Whether the installation was finished; its marker is the last thing written."""
    return (place / MARKER).is_file() and (place / "node_modules/nocodb/dist/bundle.js").is_file()


def installed(cache: Path, node: Path, progress: Callable[[str], None]) -> Path:
    """The folder with NocoDB in it, installed now if it was not."""
    place = folder(cache)
    if is_whole(place):
        return place
    half = place.with_name(f".{place.name}.half")
    try:
        with one_at_a_time(cache / "install.lock", progress):
            if is_whole(place):
                return place
            for left in (place, half):
                if left.exists():
                    progress("An earlier installation was not finished; clearing it away and starting again")
                    shutil.rmtree(left)
            need_room(cache, ROOM_FOR_INSTALL, "Installing NocoDB")
            try:
                _fetch(half, cache / "npm", node, progress)
                progress("Leaving out what the server never loads")
                _shrink(half)
                _finish(half)
                half.rename(place)
            except BaseException:
                shutil.rmtree(half, ignore_errors=True)
                raise
            shutil.rmtree(cache / "npm", ignore_errors=True)
    except OSError as error:
        if is_disk_full(error):
            raise NoSpace(f"Installing NocoDB in {cache} needs {size(ROOM_FOR_INSTALL)}.") from error
        raise NotInstalled(f"{error.strerror}: {error.filename}.") from error
    return place


def _fetch(place: Path, downloads: Path, node: Path, progress: Callable[[str], None]) -> None:
    place.mkdir(parents=True)
    for name in RECIPE:
        shutil.copyfile(HERE / name, place / name)
    npm = node.parents[1] / "lib/node_modules/npm/bin/npm-cli.js"
    command = [str(node), str(npm), "ci", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund"]
    command += [
        "--no-update-notifier",
        "--loglevel=error",
        "--fetch-retries=2",
        "--fetch-retry-mintimeout=1000",
        f"--cache={downloads}",
    ]
    env = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    said = place / "npm.log"
    began = time.monotonic()
    with said.open("wb") as out:
        npm_run = subprocess.Popen(
            command,
            cwd=place,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            umask=0o022,
            start_new_session=True,
        )
        try:
            while (code := npm_run.poll()) is None:
                progress(f"Fetching NocoDB {version()}, once, a few minutes ({time.monotonic() - began:.0f} s)")
                _wait(npm_run, 5)
        finally:
            if npm_run.poll() is None:
                os.killpg(npm_run.pid, signal.SIGKILL)
                npm_run.wait()
    if code != 0:
        raise _npm_failed(said.read_text(errors="replace"), place, code)
    said.unlink()


def _wait(process: subprocess.Popen[bytes], seconds: float) -> None:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return


def _npm_failed(said: str, place: Path, code: int) -> Exception:
    if says_disk_full(said):
        return NoSpace(f"Installing NocoDB in {place.parent} needs {size(ROOM_FOR_INSTALL)}.")
    reason = re.search(r"^npm (?:error|ERR!) code (\S+)", said, re.MULTILINE)
    why = reason.group(1) if reason else f"exit code {code}"
    if any(word in why or (not reason and word in said) for word in _NO_NETWORK):
        return PackagesOutOfReach(f"(npm says {why}.)")
    if why == "EINTEGRITY":
        return NotInstalled("A package differs from the one whose hash is in the lock; nothing of it was kept.")
    return NotInstalled(f"npm says {why}; run the same command again.")


def _shrink(place: Path) -> None:
    modules = place / "node_modules"
    for name in NEEDLESS_PACKAGES:
        shutil.rmtree(modules / name, ignore_errors=True)
    for parent, _, names in os.walk(modules):
        for name in names:
            if NEEDLESS_FILES.search(name) and not KEPT_FILES.search(name):
                os.unlink(os.path.join(parent, name))
    stub = modules / "sqlite3"
    shutil.rmtree(stub, ignore_errors=True)
    stub.mkdir()
    (stub / "package.json").write_text('{"name": "sqlite3", "version": "0.0.0", "main": "stub.js"}\n')
    (stub / "stub.js").write_text(STUB)


def _finish(place: Path) -> None:
    files = [path for path in place.rglob("*") if path.is_file() and not path.is_symlink()]
    told = {"nocodb": version(), "files": len(files), "bytes": sum(path.stat().st_size for path in files)}
    place.chmod(0o755)
    (place / MARKER).write_text(json.dumps(told))
