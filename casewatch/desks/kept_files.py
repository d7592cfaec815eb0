"""Kept files: text that is made once, such as a key, and kept closed to others.

In: a file, and how to make what is in it. Out: the text.
Never here: what the text is.
"""

from collections.abc import Callable
from pathlib import Path


def kept(file: Path, make: Callable[[], str]) -> str:
    """The text in the file; made and written the first time, whole, of mode 0600."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        half = file.with_suffix(".part")
        half.touch(mode=0o600)
        half.write_text(make(), "utf-8")
        half.replace(file)
    return file.read_text("utf-8")
