"""A file that a command leaves on the disk: for the account alone that called it.

In: what is in it, and where. Out: the file, whole or not at all.
Never here: a file that others may read; what it holds is about people.
"""

import os
from pathlib import Path
from tempfile import mkstemp

import click


def save_private(made: bytes, output: Path) -> None:
    """The whole file or none of it, for its owner's eyes alone (0600). UsageError where it cannot be written.

    What is no file, a pipe or a device, is written to and never replaced.
    """
    half = ""
    try:
        if output.exists() and not output.is_file():
            output.write_bytes(made)
            return
        number, half = mkstemp(dir=output.parent, prefix=f".{output.name}.")  # made with 0600
        with os.fdopen(number, "wb") as file:
            file.write(made)
        Path(half).replace(output)
    except OSError as error:
        if half:
            Path(half).unlink(missing_ok=True)
        raise click.UsageError(f"{output} cannot be written: {error.strerror}.") from None
