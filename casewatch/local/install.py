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
import time
from collections.abc import Callable
from pathlib import Path

from casewatch.local import npm
from casewatch.local.errors import NoSpace, NotInstalled, is_disk_full
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
            except (NoSpace, OSError):
                shutil.rmtree(cache / "npm", ignore_errors=True)  # otherwise kept: a second try is quicker
                raise
            finally:
                shutil.rmtree(half, ignore_errors=True)
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
    began = time.monotonic()
    npm.fetch(
        place,
        downloads,
        node,
        lambda: progress(f"Fetching NocoDB {version()}, once, a minute or more ({time.monotonic() - began:.0f} s)"),
    )


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
