"""Errors of the local platform: what can go wrong on this machine, one sentence each.

In: the detail (a folder, a port, a log's last lines). Out: an exception whose text can be shown as it is.
Never here: a password, or the address of a package registry.
"""

from __future__ import annotations

import errno

from automations.errors import Stop, TryAgainLater

_DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_DISK_FULL_WORDS = (
    "No space left on device",
    "ENOSPC",
    "Disk quota exceeded",
    "EDQUOT",
    "File too large",
    "EFBIG",
    "File size limit exceeded",
)


class PortTaken(Stop):
    """The port is in use: stop the other program, or choose another port with --port."""


class NoSpace(Stop):
    """There is not enough disk space: make room and run the same command again."""


class FolderOutOfReach(Stop):
    """The servers run as another account, which cannot reach a folder they need."""


class ServerDied(Stop):
    """A server stopped while it was starting."""


class Unsafe(Stop):
    """This NocoDB is not safe for casework."""


class NotInstalled(Stop):
    """NocoDB could not be installed."""


class PackagesOutOfReach(TryAgainLater):
    """The packages could not be fetched: check the network and run the same command again."""


class Busy(TryAgainLater):
    """Another start or stop of the same servers did not finish in time; run the same command again."""


def is_disk_full(error: OSError) -> bool:
    """Whether the operating system refused a write for want of room."""
    return error.errno in _DISK_FULL


def says_disk_full(text: str) -> bool:
    """Whether another program's output says that the disk is full."""
    return any(words in text for words in _DISK_FULL_WORDS)
