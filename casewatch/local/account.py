"""The account the servers run as: ourselves, or for root an account of its own without any rights.

In: who is running Casewatch. Out: how to start a program as that account, and what it can reach.
Never here: a change to a folder that Casewatch did not make, other than letting it be passed through.
"""

from __future__ import annotations

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casewatch.local.errors import FolderOutOfReach, NotInstalled

NAME = "casewatch"


@dataclass(frozen=True)
class Account:
    """A system account; `switch` says whether programs must be started as somebody else."""

    uid: int
    gid: int
    switch: bool

    def as_popen(self) -> dict[str, Any]:
        """The arguments that make subprocess start a program as this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.switch else {}

    def own(self, path: Path, mode: int = 0o700) -> Path:
        """Make the folder if need be, closed to everybody but this account."""
        path.mkdir(parents=True, exist_ok=True, mode=mode)
        path.chmod(mode)
        if self.switch:
            os.chown(path, self.uid, self.gid)
        return path

    def can_read(self, path: Path) -> bool:
        """Whether this account can reach and read the path."""
        if not self.switch:
            return os.access(path, os.R_OK)
        test = ["/bin/sh", "-c", 'test -r "$1"', "sh", str(path)]
        return subprocess.run(test, check=False, cwd="/", **self.as_popen()).returncode == 0

    def can_run(self, program: Path) -> bool:
        """Whether this account can start the program and the libraries it needs."""
        if not self.can_read(program):
            return False
        asked = subprocess.run(
            [str(program), "--version"], check=False, capture_output=True, cwd="/", **self.as_popen()
        )
        return asked.returncode == 0

    def must_read(self, path: Path, setting: str) -> None:
        """Stop with one sentence when the account cannot reach the path."""
        if not self.can_read(path):
            raise FolderOutOfReach(f"Run as root, they run as '{NAME}': put {path} elsewhere with {setting}.")


def account() -> Account:
    """The account for the servers on this machine; root gets one made the first time."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), switch=False)
    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        entry = _made()
    return Account(entry.pw_uid, entry.pw_gid, switch=True)


def _made() -> pwd.struct_passwd:
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        why = (getattr(error, "stderr", "") or str(error)).strip()
        raise NotInstalled(f"PostgreSQL refuses to run as root and no account could be made: {why}") from error
    return pwd.getpwnam(NAME)
