"""Processes: started in a session of their own, remembered with the instant they began, ended by us alone.

In: a command, a log file, a note file. Out: a process that is certainly the one we started, or None.
Never here: a signal to a process known only by its number or its name.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import psutil

from automations.errors import Stop
from casewatch.local.account import Account

KEPT_LOGS = 3
_BORN_TOLERANCE = 2.0  # seconds: the kernel's boot time is corrected now and then
_children: list[subprocess.Popen[bytes]] = []  # held so that Python does not complain of them when we leave


def spawn(
    command: Sequence[str], *, log: Path, note: Path, env: Mapping[str, str], cwd: Path, account: Account
) -> psutil.Process:
    """Start the command with its output in *log*, and write down in *note* which process it is."""
    turn_over(log)
    with log.open("wb") as out:
        child = subprocess.Popen(
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=dict(env),
            cwd=cwd,
            umask=0o077,
            start_new_session=True,
            **account.as_popen(),
        )
    _children.append(child)
    process = psutil.Process(child.pid)
    try:
        remember(note, process)
    except BaseException:
        end(process)
        raise
    return process


def remember(note: Path, process: psutil.Process) -> None:
    """Write down which process it is: its number and the instant it began."""
    write_whole(note, json.dumps({"pid": process.pid, "born": process.create_time()}))


def remembered(note: Path) -> psutil.Process | None:
    """The living process that the note speaks of; a number given to another process since is not it."""
    try:
        told = json.loads(note.read_text())
        process = psutil.Process(told["pid"])
        same = abs(process.create_time() - told["born"]) < _BORN_TOLERANCE
    except (OSError, ValueError, KeyError, TypeError, psutil.Error):
        return None
    return process if same and is_alive(process) else None


def strays(arguments: Sequence[str]) -> list[psutil.Process]:
    """Living processes whose first arguments are exactly these: ours, if the starter died before its note.

    The arguments name a folder of ours, so that no program of anybody else's can be meant.
    """
    wanted = list(arguments)
    return [
        process
        for process in psutil.process_iter(["cmdline"])
        if (process.info["cmdline"] or [])[1 : 1 + len(wanted)] == wanted and is_alive(process)
    ]


def is_alive(process: psutil.Process) -> bool:
    """Whether the process is there and not merely waiting to be buried.

    Node's first thread may look dead while others still write: only a process down to one thread is gone.
    """
    try:
        if process.status() != psutil.STATUS_ZOMBIE or process.num_threads() > 1:
            return process.is_running()
        with contextlib.suppress(psutil.Error):
            process.wait(0)
    except psutil.Error:
        pass
    return False


def end(process: psutil.Process, polite: int = signal.SIGTERM, patience: float = 10) -> None:
    """Ask the process to stop, wait, then make it and its children stop."""
    with contextlib.suppress(psutil.Error):
        family = process.children(recursive=True)
        process.send_signal(polite)
        _gone([process], patience)
        _gone(family, 2)
        for left in filter(is_alive, (process, *family)):
            left.kill()
        _gone([process, *family], 5)


def _gone(processes: Sequence[psutil.Process], patience: float) -> None:
    """Wait until none of them lives. A dead one that its parent has not buried yet counts as gone."""
    until = time.monotonic() + patience
    while any(map(is_alive, processes)) and time.monotonic() < until:
        time.sleep(0.05)


def end_all(living: Callable[[], psutil.Process | None], polite: int = signal.SIGTERM) -> None:
    """End what *living* gives until it gives nothing more."""
    for _ in range(5):
        if not (process := living()):
            return
        end(process, polite)
    raise Stop("A server of another account cannot be stopped by this one.")


def turn_over(log: Path) -> None:
    """Put the last logs aside as .1, .2 and .3, newest first."""
    for number in range(KEPT_LOGS, 0, -1):
        older = log.with_name(f"{log.name}.{number}")
        newer = log if number == 1 else log.with_name(f"{log.name}.{number - 1}")
        if newer.exists():
            newer.replace(older)


def tail(log: Path, secrets: Sequence[str] = (), lines: int = 6) -> str:
    """The last lines of a log without the secrets, for the message that says a server died."""
    try:
        text = log.read_text(errors="replace")[-4000:]
    except OSError:
        return ""
    for secret in secrets:
        text = text.replace(secret, "***")
    return "\n".join(f"  {line}" for line in text.strip().splitlines()[-lines:])


def write_whole(path: Path, text: str, mode: int = 0o600) -> None:
    """Write the file so that a reader sees all of it or nothing."""
    half = path.with_name(f".{path.name}.half")
    half.unlink(missing_ok=True)
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    half.replace(path)
