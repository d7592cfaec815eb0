"""One at once: a folder's demonstration is open in one process, and another is told which.

In: the demo's folder. Out: the folder held until the process ends, however it ends, or a refusal with the way out.
Never here: a wait, or a process known only by its number.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil

from automations.errors import Stop
from casewatch.local.errors import Busy
from casewatch.local.places import demo_home, one_at_a_time
from casewatch.local.processes import remember, remembered
from casewatch.local.server import LocalPlatform


class OpenAlready(Stop):
    """A demonstration is open already."""

    def __init__(self, process: psutil.Process | None, url: str | None) -> None:
        """`url` is None while its servers start; the process, in the instant before it is written down."""
        which = f" (process {process.pid})" if process else ""
        where = f": {url}/dashboard/" if url else ""
        super().__init__(f"A demonstration is open already{which}{where}. "
                         "Stop that one with Ctrl-C, or give this one `--data` and `--port 0`.")  # fmt: skip

    def __str__(self) -> str:
        return self.detail


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the folder. The system lets go of it when the process ends, so that a dead one refuses nobody."""
    note = folder / "open.json"
    with ExitStack() as stack:
        try:
            stack.enter_context(one_at_a_time(folder / "open.lock", lambda _: None, patience=0))
        except Busy:
            raise OpenAlready(remembered(note), LocalPlatform(demo_home(folder)).status().url) from None
        remember(note, psutil.Process())
        yield
