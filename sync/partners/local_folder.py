"""A local folder: files are written whole or not at all, and no link or odd file in it leads anywhere else.

In: a path from the settings, names that files.py made, bytes. Out: files of mode 0600; what is there already.
Never here: what the bytes are, a path that a row of a base could change.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EINVAL, ELOOP, ENOTSUP
from pathlib import Path

from sync.partners.receipt_files import LONGEST, READ, Stamp

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_LOOK = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


class HalfWritten(OSError):
    """The file could not be written, and what was written of it could not be taken away."""


class Folder:
    """A folder held open, so that it stays the same one whatever becomes of its path."""

    def __init__(self, handle: int) -> None:
        """Use `opened`."""
        self._handle = handle

    def beginning(self, name: str, longest: int) -> bytes | None:
        """The first bytes of a plain file; None where nothing has that name. OSError where it is something else."""
        try:
            handle = os.open(name, _LOOK, dir_fd=self._handle)
        except FileNotFoundError:
            return None
        with _held(handle):
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise OSError(ELOOP, "not a plain file")
            with open(handle, "rb", closefd=False) as file:
                return file.read(longest)

    def new(self, name: str) -> int:
        """A handle on an empty `.part` beside the name, in place of any that an earlier try left."""
        with suppress(FileNotFoundError):
            os.unlink(f"{name}.part", dir_fd=self._handle)
        return os.open(f"{name}.part", _NEW, 0o600, dir_fd=self._handle)

    def fill(self, name: str, handle: int, content: bytes) -> None:
        """Write it to the disk. OSError: nothing of it is there any more. HalfWritten: some of it is."""
        try:
            with open(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(handle)
        except OSError as error:
            try:
                os.unlink(f"{name}.part", dir_fd=self._handle)
            except OSError:
                raise HalfWritten(error.errno, "half written") from None
            raise

    def name(self, name: str) -> None:
        """Give the whole file its name, and make sure that it keeps it."""
        os.rename(f"{name}.part", name, src_dir_fd=self._handle, dst_dir_fd=self._handle)
        try:
            os.fsync(self._handle)
        except OSError as error:
            if error.errno not in (EINVAL, ENOTSUP):  # some network folders have no such thing
                raise

    def stamps(self) -> dict[str, Stamp]:
        """The plain files of the folder."""
        with os.scandir(self._handle) as entries:
            plain = [(e.name, e.stat(follow_symlinks=False)) for e in entries if e.is_file(follow_symlinks=False)]
        return {name: Stamp(says.st_size, says.st_mtime) for name, says in plain}

    def receipt(self, name: str) -> bytes | None:
        """A receipt, or its beginning where it is too long; None where it cannot be read."""
        try:
            return self.beginning(name, LONGEST + 1)
        except OSError:
            return None

    def move(self, names: list[str]) -> None:
        """Into the folder for what is done with. What has the same name there is replaced."""
        if names:
            with suppress(FileExistsError):
                os.mkdir(READ, 0o700, dir_fd=self._handle)
            with _held(os.open(READ, _FOLDER, dir_fd=self._handle)) as done:
                for name in names:
                    os.rename(name, name, src_dir_fd=self._handle, dst_dir_fd=done)


@contextmanager
def opened(path: str, inside: str = "") -> Iterator[Folder]:
    """The folder, or one in it. OSError where it is not there, or where any part of the way to it is a link."""
    if os.path.realpath(path) != str(Path(path)):
        raise OSError(ELOOP, "a link on the way")
    with _held(os.open(path, _FOLDER)) as outer:
        if not inside:
            yield Folder(outer)
            return
        with _held(os.open(inside, _FOLDER, dir_fd=outer)) as inner:
            yield Folder(inner)


@contextmanager
def _held(handle: int) -> Iterator[int]:
    try:
        yield handle
    finally:
        os.close(handle)
