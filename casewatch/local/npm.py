"""npm: fetches the packages of a lock into a folder, with the npm that comes in Node's own wheel.

In: a folder with a package.json and a lock. Out: its node_modules, or the error that says why not in one sentence.
Never here: a package's own install script, an npm left running, the address of a registry.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import psutil

from automations.errors import CaseworkError
from casewatch.local.errors import NoSpace, NotInstalled, PackagesOutOfReach, says_disk_full
from casewatch.local.places import is_full
from casewatch.local.processes import end, remember, remembered

OPTIONS = (
    *("--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund"),
    *("--no-update-notifier", "--loglevel=error"),
)
_NO_NETWORK = re.compile(
    r"ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|SOCKET_TIMEOUT|CERT|ISSUER|E401|E403|E50\d"
)


def fetch(place: Path, downloads: Path, node: Path, progress: Callable[[], None]) -> None:
    """Run `npm ci` in the folder; *progress* is called every few seconds."""
    npm = node.parents[1] / "lib/node_modules/npm/bin/npm-cli.js"
    path = os.pathsep.join(filter(None, [str(node.parent), os.environ.get("PATH")]))
    note = downloads.with_name("npm.json")
    if (left := remembered(note)) is not None:  # its starter was killed
        end(left)
    with subprocess.Popen(
        [str(node), str(npm), "ci", *OPTIONS, f"--cache={downloads}"],
        cwd=place,
        env={**os.environ, "PATH": path},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        umask=0o022,
        start_new_session=True,
    ) as run:
        try:
            remember(note, psutil.Process(run.pid))
            said = _what_it_says(run, progress)
        finally:
            if run.poll() is None:
                os.killpg(run.pid, signal.SIGKILL)
            note.unlink(missing_ok=True)
    if run.returncode != 0:
        raise failure(said, run.returncode, is_full(place))


def _what_it_says(run: subprocess.Popen[str], progress: Callable[[], None]) -> str:
    while True:
        progress()
        try:
            return run.communicate(timeout=5)[0]
        except subprocess.TimeoutExpired:
            continue


def failure(said: str, code: int, disk_is_full: bool) -> CaseworkError:
    """The error that npm's output tells of, or the disk itself: on a full one npm may end without a word."""
    reason = re.search(r"^npm (?:error|ERR!) code (\S+)", said, re.MULTILINE)
    why = reason.group(1) if reason else f"exit code {code}"
    if says_disk_full(said) or disk_is_full:
        return NoSpace("It ran out while npm fetched the packages.")
    if _NO_NETWORK.search(why if reason else said):
        return PackagesOutOfReach(f"(npm says {why}.)")
    if why == "EINTEGRITY":
        return NotInstalled("A package differs from the one whose hash is in the lock; nothing of it was kept.")
    return NotInstalled(f"npm says {why}; run the same command again.")
