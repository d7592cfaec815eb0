"""Places: where the local platform keeps things on this disk, and whether there is room for them.

In: settings from the environment. Out: folders. The cache can be thrown away; the home holds the data.
Never here: anything inside the checkout.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from automations.errors import Stop
from casewatch.local.errors import Busy, NoSpace
from casewatch.local.processes import write_whole

ROOM_FOR_INSTALL = 2_000_000_000  # measured: 1.6 GB at its highest, 0.35 GB in the end
ROOM_FOR_DATA = 200_000_000  # measured: 94 MB when new
NEXT_TO_NOTHING = 10_000_000
LOCK_PATIENCE = 900.0


def default_cache() -> Path:
    """CASEWATCH_CACHE, or the platform's place for what can be fetched again."""
    if told := os.environ.get("CASEWATCH_CACHE"):
        return Path(told).expanduser().absolute()
    if os.geteuid() == 0:
        return Path("/var/cache/casewatch")
    return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "casewatch"


def default_home() -> Path:
    """CASEWATCH_HOME, or the platform's place for an account's data."""
    if told := os.environ.get("CASEWATCH_HOME"):
        return Path(told).expanduser().absolute()
    if os.geteuid() == 0:
        return Path("/var/lib/casewatch")
    return Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share").expanduser() / "casewatch"


def demo_folder() -> Path:
    """CASEWATCH_DEMO, or beside the platform's own place: where the demo keeps everything."""
    return Path(os.environ.get("CASEWATCH_DEMO") or default_home().parent / "casewatch-demo").expanduser().absolute()


def demo_home(folder: Path) -> Path:
    """Where the NocoDB of a demo is kept, in the demo's folder."""
    return folder / "platform"


def need_room(folder: Path, needed: int, what: str) -> None:
    """Stop with one sentence when the disk that holds the folder has less room than *what* needs."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(there).free
    if free < needed:
        raise NoSpace(f"{what} in {folder} needs {size(needed)} and {size(free)} is free.")


def is_full(folder: Path) -> bool:
    """Whether the folder's disk has next to nothing left; a server that dies of it may not say so."""
    return shutil.disk_usage(folder).free < NEXT_TO_NOTHING


def size(number: int) -> str:
    """A number of bytes as people say it."""
    return f"{number / 1e9:.1f} GB" if number >= 1e9 else f"{number / 1e6:.0f} MB"


def secret(folder: Path, name: str) -> str:
    """The secret of that name, made at random the first time; one file each, for our eyes only."""
    path = folder / name
    try:
        kept = path.read_text()
    except FileNotFoundError:
        kept = secrets.token_urlsafe(24)
        write_whole(path, kept)
    if not kept:
        raise Stop(f"{path} is empty: put the secret back from your backup.")
    return kept


@contextlib.contextmanager
def one_at_a_time(lock: Path, progress: Callable[[str], None], patience: float = LOCK_PATIENCE) -> Iterator[None]:
    """Hold the lock file; wait for whoever holds it now, so many seconds at most, and say so."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + patience
    with lock.open("a") as file:
        said = False
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= until:
                    raise Busy(f"Its lock is {lock}.") from None
                if not said:
                    progress("Another start or stop is under way; waiting for it")
                    said = True
                time.sleep(0.1)
        yield
